"""Tailored layers as rows: read from what was stored, activated, and laid over the editions."""

import logging

from django.db import transaction

from tassei.encoding import layers
from tassei.encoding.compiled import standards as official
from tassei.errors import Fault, RequestError, TasseiError
from tassei.rules.checks import Finding, findings
from tassei.text import Text
from tassei.web.administration.roles import locked
from tassei.web.explorer.shelf import laid, lay
from tassei.web.history import Author, Stale, change, create
from tassei.web.models import Assessment, Layer

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
        RequestError: somebody was assessed by an earlier text of that id, which says what that was.
    """
    read_one = read(text)
    if used(read_one.edition.id):
        raise RequestError([_USED])
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


_USED = Fault(
    "doubled-term",
    Text("このidの基準で審査された人がいます", "somebody was assessed by the layer of this id"),
    Text("example-2027 のように新しいidにしてください", "give it a new id, such as example-2027"),
    file=NAME,
)


def used(edition: str) -> bool:
    """Whether somebody was assessed by a layer."""
    return Assessment.objects.filter(field__startswith=f"{edition}/").exists()


def end(author: Author, row: Layer, version: int) -> None:
    """Let nobody be judged by a layer any more; what was judged by it stays.

    Raises:
        Stale: it was changed since.
    """
    change(author, row, version, active=False)
    renew()


def renew() -> bool:
    """Lay the layers over the editions of this process; says whether there was anything to do.

    One that has ended stays as long as somebody was assessed by it: a case must be open to be read.
    """
    latest = {r.edition: r for r in Layer.objects.order_by("pk")}
    rows = [r for _, r in sorted(latest.items()) if r.active or used(r.edition)]
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
