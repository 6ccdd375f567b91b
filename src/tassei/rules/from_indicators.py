"""Indicator -> rule, under chosen readings: the only place where an open text gets its meaning.

Each `readings["R-..."]` below is one entry of READINGS; nothing else in the package decides one.
"""

from tassei.framework.edition import Edition
from tassei.framework.indicator import (
    ALL,
    SOME,
    Bound,
    Indicator,
    Responsibility,
    Rung,
    SizeItem,
)
from tassei.framework.readings import Readings
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Counted,
    Criteria,
    InField,
    Measured,
    Mentoring,
    NotRead,
    OnScale,
    Outcomes,
    Passed,
    RoleAtLeast,
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Years,
)
from tassei.text import Text

ALWAYS = All(label="always", parts=())


def rule_of(edition: Edition, indicator: Indicator, field_id: str, readings: Readings) -> Rule:
    """Build the rule by which a person stands at the indicator's level in a field.

    Args:
        field_id: a specialty field that the indicator covers; for a common indicator the answer
            depends on it only where the readings make it so (R-COMMON, R-ENTRY).

    Raises:
        KeyError: `readings` lacks a reading that the indicator needs.
    """
    reader = _Reader(edition, indicator, field_id, readings)
    parts = (
        *(p for p in (reader.business(), reader.professional()) if p != ALWAYS),
        *reader.not_read(indicator, of_the_work=False),
    )
    standing = All(label="indicator", place=indicator.place, parts=parts)
    if indicator.examinations and readings["R-EXAM"] == "route":
        passed = tuple(
            Passed(place=e.place, name=e.name, title=e.title.name) for e in indicator.examinations
        )
        return Any(label="routes", place=indicator.place, parts=(standing, *passed))
    return standing


class _Reader:
    """Reads one indicator for one field; each method answers for one clause of the document."""

    def __init__(
        self, edition: Edition, indicator: Indicator, field_id: str, readings: Readings
    ) -> None:
        self.edition = edition
        self.indicator = indicator
        self.field_id = field_id
        self.readings = dict(readings)

    def business(self) -> Rule:
        said = self.indicator.responsibility
        where = All(label="engagement", place=said.place, parts=self._engagement(said))
        parts: list[Rule] = []
        if said.years is not None:
            continuous = self.readings["R-YEARS"] == "continuous"
            of_level = self._with_level(
                where, said.work_level or self.indicator.level, said.or_above
            )
            parts.append(
                Years(
                    label="years",
                    place=said.place,
                    years=said.years,
                    where=of_level,
                    continuous=continuous,
                )
            )
        else:
            parts.append(self._counted(said, where))
        parts += [
            Counted(
                label="experience",
                place=said.place,
                at_least=1,
                where=All(
                    label="engagement",
                    place=said.place,
                    parts=(
                        self._in_field(),
                        RoleAtLeast(place=said.place, role=said.role),
                        Activities(place=said.place, terms=(experience,)),
                    ),
                ),
            )
            for experience in said.experiences
        ]
        # V1 knows no business contribution; its tasks stand in the place of the professional one
        label = "work" if self.indicator.tasks else "business"
        return All(label=label, place=said.place, parts=tuple(parts))

    def professional(self) -> Rule:
        asked = self.indicator.professional
        parts: list[Rule] = []
        if asked.areas:
            areas = asked.areas
            all_of = areas.at_least == ALL or (
                areas.at_least is None and self.readings["R-AREAS"] == "all"
            )
            if all_of:
                count = len(areas.items)
            elif areas.at_least == SOME:
                count = min(self._some(), len(areas.items))
            else:
                count = int(areas.at_least or 1)
            parts.append(
                AreasAtDepth(place=areas.place, terms=areas.items, count=count, depth=areas.depth)
            )
        if asked.succession:
            kinds = asked.succession
            parts.append(
                SuccessionKinds(place=kinds.place, terms=kinds.kinds(), count=kinds.at_least)
            )
        if asked.mentoring:
            parts.append(Mentoring(place=asked.mentoring, name=_MENTORING))
        if asked.contributions:
            named = asked.contributions
            examples: list[Rule] = []
            if named.mentoring:
                examples.append(Mentoring(place=named.place, name=named.mentoring.name))
            examples += [SuccessionKinds(place=named.place, terms=(term,)) for term in named.items]
            combine = All if self.readings["R-EXAMPLES"] == "all" else Any
            asked_for = combine(label="contributions", place=named.place, parts=tuple(examples))
            if not parts:
                return asked_for
            parts.append(asked_for)
        return All(label="professional", place=None, parts=tuple(parts)) if parts else ALWAYS

    @staticmethod
    def not_read(indicator: Indicator, *, of_the_work: bool) -> tuple[Rule, ...]:
        """The clauses that await a person: those by which work is of a level, or the others."""
        return tuple(
            NotRead(place=u.place, clause=u.clause, sign=u.sign)
            for u in indicator.unparsed
            if (u.clause in _OF_THE_WORK) == of_the_work
        )

    def _engagement(self, said: Responsibility) -> tuple[Rule, ...]:
        """What every engagement that counts must show, level of the work apart."""
        parts: list[Rule] = [self._in_field(), RoleAtLeast(place=said.place, role=said.role)]
        if said.supervised and self.readings["R-SUPERVISED"] == "required":
            parts.append(Supervised(place=said.place))
        if said.succeeded:
            parts.append(Succeeded(place=said.place))
        if said.outcomes:
            parts.append(Outcomes(place=said.place, terms=said.outcomes))
        parts += [
            Activities(place=said.place, terms=(activity,))
            for reading, activity in said.implied.items()
            if self.readings[reading] == "stated"
        ]
        tasks = self.indicator.tasks
        if tasks and tasks.items and self.readings["R-TASK"] == "required":
            parts.append(Tasks(place=tasks.place, terms=tasks.items))
        return tuple(parts)

    def _in_field(self) -> Rule:
        """R-COMMON: work anywhere in the category counts for a level common to several fields."""
        owner = self.edition.field(self.indicator.field_id)
        common = owner is not None and owner.applies_to
        own = self.edition.field(self.field_id)
        if common and self.readings["R-COMMON"] == "category":
            fields = tuple(f.id for f in self.edition.fields)
            name = self.edition.category.name
        else:
            fields = (self.field_id,)
            name = own.name if own else Text(self.field_id, self.field_id)
        named = tuple(x for f in fields for x in self.edition.recorded_as(f))
        return InField(place=self.indicator.place, fields=named, name=name)

    def _counted(self, said: Responsibility, where: All) -> Rule:
        asked = said.engagements
        level = said.work_level or self.indicator.level
        if asked is None:
            of_level = self._with_level(where, level, said.or_above)
            return Counted(label="count", place=said.place, at_least=1, where=of_level)
        if asked.of_which is None or asked.of_which_level is None:
            of_level = self._with_level(where, asked.others_level or level, said.or_above)
            return Counted(label="count", place=said.place, at_least=asked.at_least, where=of_level)
        # where the text says nothing of the others, work of any level will do
        others = asked.others_level
        of_level = where if others is None else self._with_level(where, others, said.or_above)
        return Counted(
            label="count",
            place=said.place,
            at_least=asked.at_least,
            where=of_level,
            of_which=asked.of_which,
            # the text puts 以上 behind the level of the others alone
            singled_out=self._work_of_level(
                asked.of_which_level, or_above=others is None and said.or_above
            ),
        )

    def _with_level(self, where: All, level: int, or_above: bool) -> Rule:
        of_level = self._work_of_level(level, or_above)
        if of_level == ALWAYS:
            return where
        return All(label=where.label, place=where.place, parts=(*where.parts, of_level))

    def _work_of_level(self, level: int, or_above: bool) -> Rule:
        """R-ENTRY: complexity and size of the level, or of any higher level of the same field.

        A draft may name a level that its document does not print: what that level asks for is then
        not known.
        """
        upward = or_above or self.readings["R-ENTRY"] == "entry"
        levels = [
            i
            for i in reversed(self.edition.ladder(self.field_id))
            if i.level == level or (upward and i.level > level)
        ]
        clauses = tuple(self._level_clause(i) for i in levels)
        if all(i.level != level for i in levels):
            place = self.indicator.responsibility.place
            clauses = (*clauses, NotRead(place=place, clause="work_level", sign=str(level)))
        if ALWAYS in clauses:
            return ALWAYS
        return Any(label="work_level", place=self.indicator.place, parts=clauses, level=level)

    def _level_clause(self, indicator: Indicator) -> Rule:
        parts = (
            *(p for p in (self._complexity(indicator), self._size(indicator)) if p != ALWAYS),
            *self.not_read(indicator, of_the_work=True),
        )
        if not parts:
            return ALWAYS
        return All(label=f"level_{indicator.level}", place=indicator.place, parts=parts)

    def _complexity(self, indicator: Indicator) -> Rule:
        asked = indicator.complexity
        if asked.kind == "ceiling" and self.readings["R-CEILING"] == "floor":
            return ALWAYS
        count = self._some() if asked.at_least == SOME else asked.at_least
        if count == 0:
            return ALWAYS
        return Criteria(
            place=asked.place, terms=asked.criteria, count=count, mandatory=asked.required
        )

    def _some(self) -> int:
        """R-SOME: 幾つか is a number."""
        return int(self.readings["R-SOME"])

    def _size(self, indicator: Indicator) -> Rule:
        if not indicator.size:
            return ALWAYS
        branches: list[Rule] = []
        for item in indicator.size:
            branches += self._size_item(indicator, item)
        return Any(label="size", place=indicator.size_place, parts=tuple(branches))

    def _size_item(self, indicator: Indicator, item: SizeItem) -> list[Rule]:
        if item.same_as_level is not None:
            other = self.edition.indicator(indicator.field_id, item.same_as_level)
            assert other is not None, "checked when the edition was loaded"
            sizes = [s for i in other.size for s in self._size_item(other, i)]
        else:
            sizes = [self._bound(item, bound) for bound in item.any_of]
        if item.complexity_at_least is None:
            return sizes
        both = item.leading or self.readings["R-BRANCH"] == "both"
        condition = Criteria(
            place=item.place, terms=indicator.complexity.criteria, count=item.complexity_at_least
        )
        return [
            All(label="size", place=item.place, parts=(size, condition))
            if both or size is sizes[-1]
            else size
            for size in sizes
        ]

    @staticmethod
    def _bound(item: SizeItem, bound: Bound | Rung) -> Rule:
        if isinstance(bound, Rung):
            return OnScale(place=item.place, scale=bound.scale, term=bound.at_least)
        return Measured(
            place=item.place, measure=bound.measure, lower=bound.at_least, upper=bound.below
        )


_OF_THE_WORK = frozenset({"complexity", "size"})

_MENTORING = Text(
    "後進の育成(メンタリング、コーチング等)",
    "developing juniors (mentoring, coaching and the like)",
)
