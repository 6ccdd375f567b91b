"""Indicators read plainly: what READINGS makes of each clause, without building a rule.

The clauses are read once more, apart from `tassei.rules`, with the oracle for the single facts.
"""

from collections.abc import Mapping

from attrs import frozen

from judging.oracle import Oracle, Truth, all_of, any_of, at_least
from tassei.evidence.model import Engagement
from tassei.framework.edition import Edition
from tassei.framework.indicator import Bound, Indicator, Rung, SizeItem


@frozen
class Plainly:
    """Reads the indicators of one edition for one field, for one person."""

    oracle: Oracle
    edition: Edition
    field_id: str
    readings: Mapping[str, str]

    def meets(self, indicator: Indicator) -> Truth:
        """Whether the person meets an indicator."""
        standing = all_of([self._business(indicator), self._professional(indicator)])
        if self.readings["R-EXAM"] == "note":
            return standing
        return any_of([standing, *(self.oracle.passed(x.name) for x in indicator.examinations)])

    # --- business contribution

    def _business(self, indicator: Indicator) -> Truth:
        said = indicator.responsibility
        level = said.work_level or indicator.level
        experiences = [
            self.oracle.times(1, lambda w, term=term: self._experience(indicator, term.id, w))  # type: ignore[misc]  # bound now
            for term in said.experiences
        ]
        if said.years is not None:
            long_enough = self.oracle.years(
                said.years,
                self.readings["R-YEARS"] == "continuous",
                lambda w: self._counts(indicator, level, said.or_above, w),
            )
            return all_of([long_enough, *experiences])
        asked = said.engagements
        if asked is None:
            often = self.oracle.times(1, lambda w: self._counts(indicator, level, said.or_above, w))
            return all_of([often, *experiences])
        others = asked.others_level or level
        verdicts = [
            self.oracle.times(
                asked.at_least, lambda w: self._counts(indicator, others, said.or_above, w)
            )
        ]
        if asked.of_which is not None and asked.of_which_level is not None:
            high = asked.of_which_level
            verdicts.append(
                self.oracle.times(
                    asked.of_which,
                    lambda w: all_of(
                        [
                            self._counts(indicator, others, said.or_above, w),
                            self._counts(indicator, high, False, w),
                        ]
                    ),
                )
            )
        return all_of([*verdicts, *experiences])

    def _counts(self, indicator: Indicator, level: int, or_above: bool, work: Engagement) -> Truth:
        """Whether an engagement counts as work of a level."""
        said, asks = indicator.responsibility, self.oracle
        truths = [self._in_field(indicator, work), asks.had_role(said.role.id, work)]
        if said.supervised and self.readings["R-SUPERVISED"] == "required":
            truths.append(work.supervised)
        if said.succeeded:
            truths.append(work.succeeded)
        truths += [asks.achieved(t.id, work) for t in said.outcomes]
        truths += [
            asks.contained(activity.id, work)
            for reading, activity in said.implied.items()
            if self.readings[reading] == "stated"
        ]
        if indicator.tasks and self.readings["R-TASK"] == "required":
            truths += [asks.showed(t.id, work) for t in indicator.tasks.items]
        return all_of([*truths, self._of_level(level, or_above, work)])

    def _experience(self, indicator: Indicator, activity: str, work: Engagement) -> Truth:
        role = self.oracle.had_role(indicator.responsibility.role.id, work)
        return all_of(
            [self._in_field(indicator, work), role, self.oracle.contained(activity, work)]
        )

    def _in_field(self, indicator: Indicator, work: Engagement) -> Truth:
        owner = next(f for f in self.edition.fields if f.id == indicator.field_id)
        fields = [self.field_id]
        if owner.applies_to and self.readings["R-COMMON"] == "category":
            fields = [f.id for f in self.edition.fields]
        return any_of(self.oracle.in_field(f"{self.edition.id}/{f}", work) for f in fields)

    # --- the level of the work

    def _of_level(self, level: int, or_above: bool, work: Engagement) -> Truth:
        upward = self.readings["R-ENTRY"] == "entry" or or_above
        return any_of(
            self._as_demanding_as(other, work)
            for other in self._all_levels()
            if other.level == level or (upward and other.level > level)
        )

    def _all_levels(self) -> list[Indicator]:
        common = [f.id for f in self.edition.fields if self.field_id in f.applies_to]
        return [i for i in self.edition.indicators if i.field_id in (self.field_id, *common)]

    def _as_demanding_as(self, indicator: Indicator, work: Engagement) -> Truth:
        return all_of([self._complexity(indicator, work), self._size(indicator, work)])

    def _complexity(self, indicator: Indicator, work: Engagement) -> Truth:
        asked = indicator.complexity
        if asked.kind == "ceiling" and self.readings["R-CEILING"] == "floor":
            return True
        count = int(self.readings["R-SOME"]) if asked.at_least == "some" else int(asked.at_least)
        held = self._criteria(count, indicator, work)
        if count == 0:
            return True
        return all_of([held, *(self.oracle.criterion(c, work) for c in asked.required)])

    def _criteria(self, count: int, indicator: Indicator, work: Engagement) -> Truth:
        terms = indicator.complexity.criteria
        return at_least(count, [self.oracle.criterion(t.id, work) for t in terms])

    def _size(self, indicator: Indicator, work: Engagement) -> Truth:
        if not indicator.size:
            return True
        return any_of(self._item(indicator, item, work) for item in indicator.size)

    def _item(self, indicator: Indicator, item: SizeItem, work: Engagement) -> Truth:
        if item.same_as_level is None:
            sizes = [self._bound(b, work) for b in item.any_of]
        else:
            (other,) = (
                i
                for i in self.edition.indicators
                if (i.field_id, i.level) == (indicator.field_id, item.same_as_level)
            )
            sizes = [self._item(other, i, work) for i in other.size]
        if item.complexity_at_least is None:
            return any_of(sizes)
        condition = self._criteria(item.complexity_at_least, indicator, work)
        if item.leading or self.readings["R-BRANCH"] == "both":
            return all_of([any_of(sizes), condition])
        return any_of([*sizes[:-1], all_of([sizes[-1], condition])])

    def _bound(self, bound: Bound | Rung, work: Engagement) -> Truth:
        if isinstance(bound, Bound):
            return self.oracle.measured(bound.measure.id, bound.at_least, bound.below, work)
        return self.oracle.on_scale(bound.scale, bound.at_least, work.size.get(bound.scale.id))

    # --- professional contribution

    def _professional(self, indicator: Indicator) -> Truth:
        asked, asks = indicator.professional, self.oracle
        truths: list[Truth] = []
        if asked.areas:
            depths = [asks.area(t.id, asked.areas.depth.id) for t in asked.areas.items]
            match asked.areas.at_least:
                case "all":
                    count = len(depths)
                case None:
                    count = len(depths) if self.readings["R-AREAS"] == "all" else 1
                case number:
                    count = int(number)
            truths.append(at_least(count, depths))
        if asked.succession:
            kinds = {t.id for t in asked.succession.restored or asked.succession.items}
            truths.append(
                at_least(asked.succession.at_least, [asks.handed_on(k) for k in sorted(kinds)])
            )
        if asked.mentoring:
            truths.append(asks.evidence.professional.mentoring)
        if asked.contributions:
            named = [asks.handed_on(t.id) for t in asked.contributions.items]
            if asked.contributions.mentoring:
                named.append(asks.evidence.professional.mentoring)
            every = self.readings["R-EXAMPLES"] == "all"
            truths.append(all_of(named) if every else any_of(named))
        return all_of(truths)
