"""The server that mail goes out by, as one address says it."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tassei.errors import Fault, RequestError
from tassei.text import Text

_PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 20
"""How long a server may take to answer."""


def mail_settings(url: str) -> dict[str, Any]:
    """Django's settings of `smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS`; none where it is empty.

    With `smtps` the connection is encrypted from the start, with `smtp` as soon as somebody signs in.

    Raises:
        RequestError: it is no address of that form, or names no sender.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    sender = parse_qs(parts.query).get("from", [""])[0]
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or not port or "@" not in sender:
        raise RequestError(
            [
                Fault(
                    "malformed-mail",
                    Text(
                        "メールサーバーのアドレスを読むことができません",
                        "the address of the mail server cannot be read",
                    ),
                    Text(
                        "smtp://利用者:パスワード@ホスト:587?from=skills@example.jp の形で書いてください",
                        "write it like smtp://user:password@host:587?from=skills@example.jp",
                    ),
                )
            ]
        )
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and bool(parts.username),
        "EMAIL_TIMEOUT": SECONDS,
        "DEFAULT_FROM_EMAIL": sender,
    }
