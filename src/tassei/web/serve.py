"""Starting the application: the folder, the settings, the server.

Django reads its settings once, from the environment; so nothing of Django is imported before.
"""

import os
import socket
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from tassei.errors import Fault, RequestError
from tassei.text import Text
from tassei.web.folder import DataFolder, postgresql_settings
from tassei.web.mail import mail_settings

THREADS = 8
Ready = Callable[[str, str, Sequence[tuple[str, str, Text]]], None]
"""Called once connections are accepted, with the address; the address at which the first account is
made, empty where there is one; and name, password and purpose of each account of an example."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    data: Path,
    host: str,
    port: int,
    origin: str,
    database: str,
    mail: str,
    demo: bool,
    ready: Ready,
) -> None:
    """Serve until interrupted.

    Args:
        data: the folder that holds everything; of no meaning for the example organisation.
        origin: `https://skills.example.jp`, where people reach it; empty on one's own machine.
        database: the address of a PostgreSQL database; empty for SQLite in the folder.
        mail: the address of the server that reminders go out by; empty where none go out.
        demo: serve the example organisation, out of a folder that is gone afterwards.

    Raises:
        RequestError: the folder, the address, the database or the mail server cannot be used.
    """
    mail_settings(mail)
    os.environ["TASSEI_WEB_MAIL"] = "" if demo else mail
    if database:
        postgresql_settings(database)
    _check_origin(origin)
    if demo:
        _check_alone(host, origin, database)
    with TemporaryDirectory(prefix="tassei-demo-") if demo else nullcontext(str(data)) as folder:
        _serve(Path(folder), host, port, origin, database, demo, ready)


def _serve(
    data: Path, host: str, port: int, origin: str, database: str, demo: bool, ready: Ready
) -> None:
    listening = _listening(host, port)
    # whatever is written from here on is for its owner alone, the database and its journal too
    os.umask(0o077)
    DataFolder(data).prepare()
    os.environ["TASSEI_WEB_DATA"] = str(data.resolve())
    os.environ["TASSEI_WEB_ORIGIN"] = origin
    os.environ["TASSEI_WEB_DATABASE"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "tassei.web.settings"
    server = _server(listening)
    shown = f"[{host}]" if ":" in host else host
    address = f"{origin}/" if origin else f"http://{shown}:{listening.getsockname()[1]}/"
    ready(address, *(("", _filled()) if demo else (_setup(address), ())))
    stop = _chores()
    try:
        server.run()
    finally:
        stop.set()
        server.close()


def _listening(host: str, port: int) -> socket.socket:
    """The port, taken before anything is written."""
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
        raise RequestError(
            [
                Fault(
                    "cannot-listen",
                    Text(
                        f"{host} のポート{port}を開くことができません（{why}）",
                        f"port {port} of {host} cannot be opened ({why})",
                    ),
                    Text(
                        "--host と --port を確かめ、空いているものを指定してください",
                        "check --host and --port, and name one that is free",
                    ),
                )
            ]
        ) from None


def _server(listening: socket.socket) -> Any:
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    application = get_wsgi_application()
    # the database of an earlier version is brought up to this one before the first request
    call_command("migrate", interactive=False, verbosity=0)
    return create_server(application, sockets=[listening], threads=THREADS, ident="")


def _chores() -> Event:
    from tassei.web.administration.layers import renew
    from tassei.web.chores import begin

    # the layers lie over the editions before the first request is answered
    renew()
    return begin()


def _setup(address: str) -> str:
    from tassei.web.account.setup import setup_token
    from tassei.web.models import Account

    return "" if Account.objects.exists() else f"{address}setup/{setup_token()}/"


def _filled() -> Sequence[tuple[str, str, Text]]:
    from tassei.web.demo.fill import fill

    return [(way.login, way.password, way.job) for way in fill()]


def _check_alone(host: str, origin: str, database: str) -> None:
    """The example has passwords that are shown, so that only this machine may reach it."""
    if host not in _LOOPBACK or origin or database:
        raise RequestError(
            [
                Fault(
                    "demo-is-local",
                    Text(
                        "--demo は --host、--origin、--database といっしょに使えません",
                        "--demo does not go with --host, --origin or --database",
                    ),
                    Text(
                        "例の組織はこのコンピューターだけで動かします。ほかの指定を外してください",
                        "the example is served to this machine alone; leave the others out",
                    ),
                )
            ]
        )


def _check_origin(origin: str) -> None:
    scheme, _, rest = origin.partition("://")
    if origin and (scheme not in ("http", "https") or not rest or "/" in rest):
        raise RequestError(
            [
                Fault(
                    "malformed-origin",
                    Text(
                        f"--origin の「{origin}」はアドレスとして読むことができません",
                        f'--origin is "{origin}", which is not an address',
                    ),
                    Text(
                        "https://skills.example.jp の形で書いてください",
                        "write it like https://skills.example.jp",
                    ),
                )
            ]
        )
