"""What evidence may name: the vocabulary of all editions, with the names that people use for ids."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term, Vocabulary

ROLE_WORDS: dict[str, Role] = {r.id: r for r in Role} | {
    "全体の責任者": Role.OVERALL_RESPONSIBLE,
    "全体責任者": Role.OVERALL_RESPONSIBLE,
    "統括責任者": Role.OVERALL_RESPONSIBLE,
    "責任者": Role.RESPONSIBLE,
    "リーダー": Role.LEADER,
    "リーダ": Role.LEADER,
    "メンバー": Role.MEMBER,
    "メンバ": Role.MEMBER,
    "参画": Role.PARTICIPANT,
    "参画者": Role.PARTICIPANT,
}
DEPTH_WORDS: dict[str, Depth] = {d.id: d for d in Depth} | {
    "基本": Depth.BASIC,
    "基本的な知識と経験": Depth.BASIC,
    "独力で実践": Depth.INDEPENDENT,
    "後進を指導": Depth.GUIDES_JUNIORS,
    "社内に貢献": Depth.LEADS_COMPANY,
    "業界に貢献": Depth.LEADS_INDUSTRY_CONTRIBUTION,
    "業界をリード": Depth.LEADS_INDUSTRY,
}
ONGOING_WORDS = frozenset({"現在", "現在まで", "継続中", "present", "now", "ongoing"})
"""What people write for the end of work that goes on."""
TRUTH_WORDS: dict[str, bool] = {
    "yes": True, "no": False, "はい": True, "いいえ": False, "true": True, "false": False,
}  # fmt: skip


@frozen
class Kind:
    """The terms of one kind over all editions.

    Args:
        words: every way to write a term -> its id: the id itself, and its names where they are
            unambiguous.
        by_edition: edition id -> ids that the edition knows.
    """

    words: Mapping[str, str]
    by_edition: Mapping[str, frozenset[str]]

    def outside(self, editions: Iterable[str]) -> frozenset[str]:
        """Ids that none of the editions knows: a list written for them says nothing about these."""
        inside: set[str] = set()
        for edition in editions:
            inside |= self.by_edition.get(edition, frozenset())
        return frozenset(self.words.values()) - inside


@frozen
class Known:
    """Everything that evidence may name."""

    editions: tuple[str, ...]
    fields: Mapping[str, Edition]
    criteria_of_field: Mapping[str, frozenset[str]]
    vocabulary: Vocabulary
    criteria: Kind
    outcomes: Kind
    activities: Kind
    areas: Kind
    succession: Kind
    skills: Kind
    knowledge: Kind
    examinations: Mapping[str, str]
    tasks: frozenset[str]

    @classmethod
    def of(cls, editions: Iterable[Edition], vocabulary: Vocabulary) -> "Known":
        """Gather the vocabulary of these editions."""
        editions = tuple(editions)
        return cls(
            editions=tuple(e.id for e in editions),
            fields={e.qualified(f.id): e for e in editions for f in e.fields},
            criteria_of_field={
                e.qualified(f.id): _criteria_of(e, f) for e in editions for f in e.fields
            },
            vocabulary=vocabulary,
            criteria=_kind({e.id: e.terms.criteria for e in editions}),
            # a task characteristic is an outcome or an activity, as the person sees it
            outcomes=_kind({e.id: (*e.terms.outcomes, *e.terms.tasks) for e in editions}),
            activities=_kind({e.id: (*e.terms.activities, *e.terms.tasks) for e in editions}),
            areas=_kind({e.id: e.terms.areas for e in editions}),
            succession=_kind({e.id: e.terms.succession for e in editions}),
            skills=_kind(
                {e.id: tuple(Term(i.id, i.name) for i in e.skills.items) for e in editions}
            ),
            knowledge=_kind(
                {e.id: tuple(t for b in e.skills.knowledge for t in b.leaves()) for e in editions}
            ),
            examinations=_examinations(editions),
            tasks=frozenset(t.id for e in editions for t in e.terms.tasks),
        )


def _criteria_of(edition: Edition, field: SpecialtyField) -> frozenset[str]:
    """What work in a field may show: its own criteria and those of the levels it shares.

    Work recorded under the entry common to several fields may show the criteria of any of them.
    """
    near = (
        f
        for f in edition.fields
        if f.id == field.id or field.id in f.applies_to or f.id in field.applies_to
    )
    return frozenset[str]().union(*(edition.criteria_of(f.id) for f in near))


def _kind(terms: Mapping[str, tuple[Term, ...]]) -> Kind:
    words: dict[str, str] = {}
    ambiguous: set[str] = set()
    for term in (t for ts in terms.values() for t in ts):
        for word in (term.name.ja, term.name.en, _short(term.name.ja), _short(term.name.en)):
            if words.setdefault(word, term.id) != term.id:
                ambiguous.add(word)
    for word in ambiguous:
        del words[word]
    ids = {t.id: t.id for ts in terms.values() for t in ts}
    return Kind(words | ids, {e: frozenset(t.id for t in ts) for e, ts in terms.items()})


def _short(name: str) -> str:
    return name.split("(", 1)[0].strip()


def _examinations(editions: Iterable[Edition]) -> dict[str, str]:
    """Names of examinations that an indicator knows -> the name by which rules ask for them."""
    found: dict[str, str] = {}
    for examination in (x for e in editions for i in e.indicators for x in i.examinations):
        for word in (examination.name, examination.title.name.ja, examination.title.name.en):
            found[word.casefold()] = examination.name
    return found
