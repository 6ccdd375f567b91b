"""Sizes in a document -> measures and scales of the vocabulary, or new ones with their units.

A size is a known measure when its unit is one of the measure's, the words that the measure needs stand
in its label, and no other word stands there. Everything else is a new measure, named in the report.
"""

import re
from typing import Any

from attrs import define, evolve, field, frozen

from tassei.documents.grammar.clauses import Amount, InWords
from tassei.documents.grammar.terms import MeasureWords, Terms
from tassei.documents.naming import Naming
from tassei.documents.normal import loose_key
from tassei.documents.runs import Run
from tassei.framework.indicator import Bound, Rung
from tassei.framework.vocabulary import Measure, Scale, Term, Vocabulary
from tassei.text import Text

IN_WORDS = "size_in_words"


@frozen
class NewMeasure:
    """A measure or a term of a scale that the vocabulary does not have."""

    id: str
    name: Text
    unit: Text
    line: int


@define
class Measures:
    """Finds the measure of a size; what is new gathers in `made` and `scale_terms`."""

    terms: Terms
    vocabulary: Vocabulary
    naming: Naming
    made: dict[str, Measure] = field(factory=dict)
    new: list[NewMeasure] = field(factory=list)
    scale_terms: dict[str, Term] = field(factory=dict)
    _by_label: dict[tuple[str, str], str] = field(factory=dict)

    def bound(self, value: Amount | InWords, run: Run, field_name: str, at: str) -> Bound | Rung:
        """The bound or rung that a size asks for."""
        if isinstance(value, InWords):
            return self._rung(value, run, at)
        before, _, after = value.label.partition("\0")
        found = self._on_the_list(before, after, value.unit, run.text, field_name)
        if not found and not value.unit:
            value = evolve(value, unit=self._unit_in(before))
            found = self._on_the_list(before, after, value.unit, run.text, field_name)
        measure = self.vocabulary.measures[found] if found else self._new(value, run, field_name)
        return Bound(measure, value.at_least, value.below)

    def additions(self) -> Vocabulary:
        """What a draft edition adds to the vocabulary."""
        scales = {}
        if self.scale_terms:
            # nobody has said which of them is greater, so each compares with itself alone
            chains = tuple((term,) for term in self.scale_terms.values())
            scales[IN_WORDS] = Scale(
                IN_WORDS, Text("ことばで示された規模", "size in words"), chains
            )
        return Vocabulary(dict(self.made), scales)

    def _unit_in(self, label: str) -> str:
        """The unit of a bare figure: what its label says is counted (拠点数, number of sites)."""
        counted = self.terms.pattern("counted").search(self._label(label))
        return counted["unit"].strip() if counted else ""

    def _on_the_list(
        self, before: str, after: str, unit: str, whole: str, field_name: str
    ) -> str | None:
        for label in (f"{before} {after}", whole):
            for measure in self.terms.measures:
                if unit not in measure.units or measure.id not in self.vocabulary.measures:
                    continue
                if not all(w.search(label) for w in measure.words):
                    continue
                if not self._strange(before, measure, field_name, unit):
                    return measure.id
        return None

    def _strange(self, label: str, measure: MeasureWords, field_name: str, unit: str) -> str:
        """What stands in a label beside the words of the measure: then it counts something else."""
        rest = label.replace(field_name, " ") if field_name else label
        rest = rest.replace(unit, " ") if unit else rest
        for pattern in measure.words:
            rest = pattern.sub(" ", rest)
        for word in measure.may:
            rest = re.sub(word, " ", rest, flags=re.IGNORECASE)
        rest = self.terms.pattern("ignored").sub(" ", rest)
        return re.sub(r"[\s、,()]+", "", rest)

    def _new(self, value: Amount, run: Run, field_name: str) -> Measure:
        before, _, after = value.label.partition("\0")
        label = self._label(before) or self._label(after.split(",")[0])
        if value.unit and self.terms.raw["no_label"].format(value.unit) == label:
            # "number of nodes: 100 nodes" says no more than "100 nodes"
            label = ""
        known = self._by_label.get((loose_key(label), value.unit))
        if known:
            return self.made[known]
        if there := self._named(label or value.unit or run.text, value.unit):
            return there
        units = self.terms.raw["units"]
        unit = units.get(value.unit) or {}
        stem = str(unit.get("id") or self.naming.slug(value.unit) or "count").replace("-", "_")
        words = (self.naming.slug(label) if label else "").replace("-", "_")
        base = words if stem in words else "_".join(w for w in (words, stem) if w)
        base = re.sub(r"[^a-z0-9_]", "", base) or "measure"
        measure_id, n = base, 2
        while measure_id in self.made or measure_id in self.vocabulary.measures:
            measure_id, n = f"{base}_{n}", n + 1
        name = label or value.unit or run.text
        measure = Measure(
            measure_id,
            Text(name, name),
            self._written(unit, value.unit),
            money=bool(unit.get("money", False)),
            countable=bool(unit.get("countable", True)),
        )
        self.made[measure_id] = measure
        self._by_label[loose_key(label), value.unit] = measure_id
        self.new.append(NewMeasure(measure_id, measure.name, measure.unit, run.line))
        return measure

    def _written(self, unit: dict[str, Any], written: str) -> Text:
        """How a unit is written beside a figure, whatever the document says of it."""
        other: dict[str, str] = self.terms.raw["no_unit"]
        return Text(
            unit.get("ja") or written or other["ja"], unit.get("en") or written or other["en"]
        )

    def _named(self, name: str, unit: str) -> Measure | None:
        """A measure of the vocabulary by that very name and unit, as an earlier draft added it."""
        lang = self.terms.lang
        written = self.terms.raw["units"].get(unit, {}).get(lang, unit)
        return next(
            (
                m
                for m in self.vocabulary.measures.values()
                if loose_key(m.name[lang]) == loose_key(name) and m.unit[lang] == written
            ),
            None,
        )

    def _label(self, words: str) -> str:
        return self.terms.pattern("label_edges").sub("", words).strip(" 、,.。()")

    def _rung(self, value: InWords, run: Run, at: str) -> Rung:
        for pattern, term_id in self.terms.scale_terms:
            if pattern.fullmatch(value.words):
                for scale in self.vocabulary.scales.values():
                    for term in scale.terms():
                        if term.id == term_id:
                            return Rung(scale, term)
        wanted = loose_key(value.words)
        for scale in self.vocabulary.scales.values():
            for term in scale.terms():
                if loose_key(term.name[self.terms.lang]) == wanted:
                    return Rung(scale, term)
        if wanted not in self.scale_terms:
            ids = {t.id for t in self.scale_terms.values()}
            base = (self.naming.slug(value.words) or f"size-{at}").replace("-", "_")
            term_id, n = base, 2
            while term_id in ids:
                term_id, n = f"{base}_{n}", n + 1
            term = self.scale_terms[wanted] = Term(term_id, Text(value.words, value.words))
            self.new.append(NewMeasure(f"{IN_WORDS}: {term_id}", term.name, Text("", ""), run.line))
        return Rung(
            Scale(IN_WORDS, Text("", ""), ((self.scale_terms[wanted],),)), self.scale_terms[wanted]
        )
