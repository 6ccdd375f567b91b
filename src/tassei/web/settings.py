"""Django's settings, from the environment that `serve` prepares; importing them writes nothing.

Without `TASSEI_WEB_DATA` (in tests, in type checks) the key lasts as long as the process and the
database stands in memory.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from tassei.web.folder import DataFolder, postgresql_settings, sqlite_settings
from tassei.web.fonts import fonts
from tassei.web.mail import mail_settings
from tassei.web.scripts import scripts

_HERE = Path(__file__).resolve().parent
_DATA = os.environ.get("TASSEI_WEB_DATA")
_ORIGIN = os.environ.get("TASSEI_WEB_ORIGIN", "")
_DATABASE = os.environ.get("TASSEI_WEB_DATABASE", "")
_HTTPS = _ORIGIN.startswith("https://")

DEBUG = False
SECRET_KEY = DataFolder(Path(_DATA)).secret() if _DATA else secrets.token_urlsafe(64)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([urlsplit(_ORIGIN).hostname or ""] if _ORIGIN else []),
]
CSRF_TRUSTED_ORIGINS = [_ORIGIN] if _ORIGIN else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "tassei.web.apps.Web",
]
AUTH_USER_MODEL = "web.Account"
AUTHENTICATION_BACKENDS = ["tassei.web.account.backend.Backend"]
PASSWORD_HASHERS = ["tassei.web.passwords.Argon2"]
MIDDLEWARE = [
    "tassei.web.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tassei.web.headers.Faults",
]
ROOT_URLCONF = "tassei.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        # a template that asks for a field which its page does not have is told of in tests
        "OPTIONS": {
            "builtins": ["tassei.web.templatetags.say"],
            "context_processors": [
                "django.template.context_processors.csrf",
                "django.template.context_processors.request",
            ],
        },
    }
]

DATABASES = {
    "default": postgresql_settings(_DATABASE)
    if _DATABASE
    else sqlite_settings(DataFolder(Path(_DATA)).database if _DATA else ":memory:")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_SECURE = _HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [_HERE / "static", *fonts(), *scripts()]
STATICFILES_FINDERS = ["tassei.web.finding.Finder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# the address of a file carries a digest of it (`asset`), so that a browser may keep it
WHITENOISE_MAX_AGE = 365 * 24 * 3600

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tassei.web.troubles.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
# waitress answers behind the proxy that speaks https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None

TASSEI_ORIGIN = _ORIGIN
# mail goes out where a server was named, and nowhere else
globals().update(mail_settings(os.environ.get("TASSEI_WEB_MAIL", "")))
EMAIL_HOST_SET = bool(os.environ.get("TASSEI_WEB_MAIL"))

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # a page that does not exist is no event; a mistake of ours is, with all that led to it
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
