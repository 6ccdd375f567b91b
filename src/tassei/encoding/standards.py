"""All encoded standards together, and how to find one's way in them."""

import difflib
from collections.abc import Mapping

from attrs import field, frozen

from tassei.errors import Fault, RequestError
from tassei.framework.crosswalk import Crosswalk
from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.framework.readings import Reading, Readings
from tassei.framework.vocabulary import Vocabulary
from tassei.shaping import suggestion
from tassei.text import Text


@frozen
class Standards:
    """Every edition with what they share.

    Args:
        digests: edition id -> `sha256:...` over the bytes of everything that can change a verdict
            of that edition: its own files, the vocabulary and the readings.
        crosswalk: what of one edition corresponds to what of the next.
    """

    vocabulary: Vocabulary
    readings: tuple[Reading, ...]
    editions: tuple[Edition, ...]
    doubts: tuple[Doubt, ...] = ()
    digests: Mapping[str, str] = field(factory=dict)
    crosswalk: Crosswalk = field(factory=Crosswalk)

    def edition(self, edition_id: str) -> Edition:
        """The edition of that id.

        Raises:
            RequestError: there is none; the nearest id is suggested.
        """
        for edition in self.editions:
            if edition.id == edition_id:
                return edition
        raise RequestError(
            [
                _unknown(
                    "unknown-edition",
                    Text("版", "edition"),
                    edition_id,
                    [e.id for e in self.editions],
                )
            ]
        )

    def find(self, path: str) -> tuple[Edition, str | None, int | None]:
        """Take `EDITION[/FIELD[/LEVEL]]` apart.

        Raises:
            RequestError: a part of the path names nothing.
        """
        for edition in self.editions:
            if path == edition.id or path.startswith(edition.id + "/"):
                rest = path.removeprefix(edition.id).strip("/").split("/")
                return edition, *_field_and_level(edition, [r for r in rest if r])
        ids = [e.id for e in self.editions]
        near = difflib.get_close_matches(path, ids, n=1, cutoff=0.5)
        raise RequestError([_unknown("unknown-edition", Text("版", "edition"), path, near or ids)])

    def level(self, path: str) -> tuple[str, str, int]:
        """Take `EDITION/FIELD/LEVEL` apart, where the field is a specialty field proper.

        Raises:
            RequestError: a part is missing, or names nothing that a person can be judged by.
        """
        edition, field_id, level = self.find(path)
        owner = edition.field(field_id) if field_id else None
        if owner is not None and level is not None and not owner.applies_to:
            return edition.id, owner.id, level
        first = edition.fields[0]
        example = f"{edition.qualified(first.id)}/{first.levels[0]}"
        raise RequestError(
            [
                Fault(
                    "level-expected",
                    Text(
                        f"「{path}」は専門分野のレベルまで指していません",
                        f'"{path}" does not name a level of a specialty field',
                    ),
                    Text(f"例: {example}", f"for example: {example}"),
                )
            ]
        )

    def doubts_of(self, edition: Edition, indicator: Indicator) -> tuple[Doubt, ...]:
        """The doubts that touch an indicator, in the order of the register."""
        return tuple(
            d for d in self.doubts if d.concerns(edition.id, indicator.field_id, indicator.level)
        )

    def readings_with(self, choices: Mapping[str, str]) -> Readings:
        """The default readings, but for the given choices.

        Raises:
            RequestError: a reading or an alternative that does not exist.
        """
        by_id = {r.id: r for r in self.readings}
        faults = []
        for reading_id, alternative in choices.items():
            if reading_id not in by_id:
                faults.append(
                    _unknown("unknown-reading", Text("読み", "reading"), reading_id, by_id)
                )
            elif not by_id[reading_id].allows(alternative):
                known = [a.id for a in by_id[reading_id].alternatives]
                faults.append(
                    _unknown(
                        "unknown-alternative",
                        Text(f"{reading_id}の選択肢", f"alternative of {reading_id}"),
                        alternative,
                        known,
                    )
                )
        if faults:
            raise RequestError(faults)
        return Readings.chosen(self.readings, choices)


def _field_and_level(edition: Edition, rest: list[str]) -> tuple[str | None, int | None]:
    if not rest:
        return None, None
    if edition.field(rest[0]) is None:
        known = [f.id for f in edition.fields]
        raise RequestError(
            [_unknown("unknown-field", Text("専門分野", "specialty field"), rest[0], known)]
        )
    if len(rest) == 1:
        return rest[0], None
    levels = {
        str(i.level): i.level
        for i in edition.indicators
        if rest[0] in (i.field_id, *edition.covered_by(i))
    }
    if rest[1] not in levels or len(rest) > 2:
        raise RequestError(
            [_unknown("unknown-level", Text("レベル", "level"), "/".join(rest[1:]), levels)]
        )
    return rest[0], levels[rest[1]]


def _unknown(code: str, noun: Text, found: str, known: "Mapping[str, object] | list[str]") -> Fault:
    return Fault(
        code,
        Text(f"{noun.ja}「{found}」はありません", f'no {noun.en} is called "{found}"'),
        suggestion(found, known),
    )
