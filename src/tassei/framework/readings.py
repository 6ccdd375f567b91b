"""Readings: the choices that the documents leave open, each made once and in the open.

`Reading` describes one choice; `Readings` is a full set of choices under which people are judged.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from tassei.text import Text


@frozen
class Alternative:
    """One way to read an open place."""

    id: str
    meaning: Text


@frozen
class Reading:
    """An open place of the documents with its alternatives; the first of them is the default."""

    id: str
    question: Text
    why: Text
    alternatives: tuple[Alternative, ...]

    @property
    def default(self) -> str:
        return self.alternatives[0].id

    def allows(self, alternative: str) -> bool:
        return any(a.id == alternative for a in self.alternatives)


@frozen
class Readings:
    """A choice for every registered reading.

    Invariant: built by `chosen`, so that each id is registered and each choice allowed.
    """

    choices: tuple[tuple[str, str], ...]

    @classmethod
    def chosen(
        cls, registry: tuple[Reading, ...], other: Mapping[str, str] | None = None
    ) -> "Readings":
        """The defaults, but for what `other` says.

        Raises:
            KeyError: `other` names a reading that is not registered.
            ValueError: an alternative that the reading does not have.
        """
        other = dict(other or {})
        by_id = {r.id: r for r in registry}
        for reading_id, alternative in other.items():
            if not by_id[reading_id].allows(alternative):
                raise ValueError(f"{reading_id} has no alternative {alternative!r}")
        return cls(tuple((r.id, other.get(r.id, r.default)) for r in registry))

    def __getitem__(self, reading_id: str) -> str:
        return dict(self.choices)[reading_id]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.choices)
