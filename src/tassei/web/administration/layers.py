"""Tailored layers as rows: read from what was stored, activated, and laid over the editions."""

import logging

from django.db import transaction

from tassei.encoding import layers
from tassei.encoding.compiled import standards as official
from tassei.errors import TasseiError
from tassei.rules.checks import Finding, findings
from tassei.web.administration.roles import locked
from tassei.web.explorer.shelf import laid, lay
from tassei.web.history import Author, Stale, change, create
from tassei.web.models import Layer

logger = logging.getLogger("tassei.web")
NAME = "layer.yaml"


def read(text: str) -> layers.Layer:
    """
    Raises:
        TasseiError: every fault of the text, each with its line.
    """
    return layers.read_layer(text.encode(), NAME, official())


def new_findings(layer: layers.Layer) -> tuple[Finding, ...]:
    """What the static checks find in the layer and not in the edition below it."""
    before = {(f.code, f.field_id, f.level, f.text.en) for f in findings(layer.over)}
    return tuple(
        f for f in findings(layer.edition) if (f.code, f.field_id, f.level, f.text.en) not in before
    )


def activate(author: Author, text: str, replaces: Layer | None, version: int) -> Layer:
    """Store a layer and let people be judged by it; one of the same id ends.

    Args:
        replaces: the active layer of that id, as the author saw it.

    Raises:
        Stale: another one is active by now.
    """
    read_one = read(text)
    with transaction.atomic():
        locked()
        active = Layer.objects.filter(edition=read_one.edition.id, active=True).first()
        if active != replaces:
            raise Stale
        if active is not None:
            change(author, active, version, active=False)
        row = Layer(
            edition=read_one.edition.id, over=read_one.over.id, text=text, digest=read_one.digest
        )
        create(author, row)
    renew()
    return row


def end(author: Author, row: Layer, version: int) -> None:
    """Let nobody be judged by a layer any more; what was judged by it stays.

    Raises:
        Stale: it was changed since.
    """
    change(author, row, version, active=False)
    renew()


def renew() -> bool:
    """Lay the active layers over the editions of this process; says whether there was anything to do."""
    rows = list(Layer.objects.filter(active=True).order_by("edition"))
    if [r.digest for r in rows] == [x.digest for x in laid()]:
        return False
    found = []
    for row in rows:
        try:
            found.append(read(row.text))
        except TasseiError:
            # a later version of the program may check more; the others are still to be judged by
            logger.exception("the tailored layer %s can no longer be read", row.edition)
    lay(found)
    return True
