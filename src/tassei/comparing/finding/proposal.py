"""What the rules propose, and how a rule is written."""

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from tassei.comparing.finding.sections import Laid
from tassei.framework.doubts import KINDS
from tassei.source import Place
from tassei.text import Text


@frozen
class Finding:
    """One place that a rule points at.

    Args:
        subject: what sets this matter apart from others that the rule finds; findings of one rule
            and subject are one proposal.
        touch: `FIELD/LEVEL/CLAUSE` within the edition, `*` for every; empty for the whole edition.
    """

    place: Place
    subject: str
    touch: str
    title: Text
    says: Text


@frozen
class Proposal:
    """An entry proposed for the register.

    Args:
        rule: id of the rule.
        kind: the kind that the register knows it by.
        places: every line where it was found, in order.
        touches: `EDITION[/FIELD[/LEVEL[/CLAUSE]]]`, as the register writes them.
    """

    rule: str
    kind: str
    subject: str
    places: tuple[Place, ...]
    touches: tuple[str, ...]
    title: Text
    says: Text

    @property
    def key(self) -> str:
        """What names the proposal from run to run: rule, first place, subject."""
        return f"{self.rule} {self.places[0]} {self.subject}".rstrip()


@frozen
class Rule:
    """A rule of the linter: a small function over an edition and its document."""

    id: str
    kind: str
    what: Text
    find: Callable[[Laid], Iterable[Finding]]

    def proposals(self, laid: Laid) -> Iterator[Proposal]:
        """The findings of the rule, those of one subject together."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.find(laid):
            groups.setdefault(finding.subject, []).append(finding)
        for subject, found in groups.items():
            first = min(found, key=lambda f: f.place)
            touches = dict.fromkeys(f"{laid.edition.id}/{f.touch}".rstrip("/") for f in found)
            yield Proposal(
                self.id,
                self.kind,
                subject,
                tuple(sorted({f.place for f in found})),
                tuple(touches),
                first.title,
                first.says,
            )


RULES: list[Rule] = []


def rule(
    id: str, kind: str, ja: str, en: str
) -> Callable[[Callable[[Laid], Iterable[Finding]]], Callable[[Laid], Iterable[Finding]]]:
    """Register a function as a rule."""
    assert kind in KINDS, kind

    def registered(
        find: Callable[[Laid], Iterable[Finding]],
    ) -> Callable[[Laid], Iterable[Finding]]:
        RULES.append(Rule(id, kind, Text(ja, en), find))
        return find

    return registered
