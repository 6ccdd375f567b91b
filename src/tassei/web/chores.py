"""What the application does by itself while it is served: once a minute, and once a day."""

import logging
import threading

from django.db import Error, close_old_connections

logger = logging.getLogger("tassei.web")
SECONDS = 60


def begin() -> threading.Event:
    """Do what is due now and every minute from then on, until the event is set."""
    stop = threading.Event()
    threading.Thread(target=_run, args=(stop,), name="chores", daemon=True).start()
    return stop


def _run(stop: threading.Event) -> None:
    while True:
        do()
        if stop.wait(SECONDS):
            return


def do() -> None:
    """Follow the layers that another process activated; let go what is past its time, once a day;
    bring where people stand up to the present month."""
    from tassei.web.administration.layers import renew
    from tassei.web.administration.retention import let_go_daily
    from tassei.web.standings import renew_when_due

    close_old_connections()
    for chore in (renew, let_go_daily, renew_when_due):
        try:
            chore()
        except Error:
            # the database may be away for a while; the next minute comes
            logger.exception("%s could not be done", chore.__name__)
    close_old_connections()
