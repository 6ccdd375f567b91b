"""zen-engine: a decision of expressions, asked person by person as the engine is made for.

What is recorded of a person is the input, as plain dictionaries that are ready in memory; of the ways to
ask, `evaluate_batch` took half the time of `evaluate`. The union of months is an expression too: each
engagement adds the months behind the ends of those that began before it. The same as a function node
(JavaScript) took four times as long.
"""

import json
from importlib.metadata import version

import numpy as np
import zen
from rule import ALL_OUTCOMES, FIVE, INTERNATIONAL, LEVELS, SEVEN, Level
from serve import Columns, Masks, packed, serve

PEOPLE = 20_000
"""How many people are asked about, if there are so many."""
BATCH = 1_000


def _of_level(asked: Level) -> str:
    count = {FIVE: "w.five", SEVEN: "w.seven"}[asked.criteria]
    required = "and w.international" if asked.required == INTERNATIONAL else ""
    return f"""({count} >= {asked.at_least} {required} and (w.staff >= {asked.staff}
        or w.yen >= {asked.yen} or ({count} >= {asked.at_least_low}
        and (w.staff >= {asked.staff_low} or w.yen >= {asked.yen_low}))))"""


def _expressions() -> list[tuple[str, str]]:
    """The decision, name by name; an engagement counts for a level where all of its clauses hold."""
    fits = f"w.field and w.succeeded and w.outcomes == {ALL_OUTCOMES} and w.first >= 0"
    found = []
    source = "engagements"
    # what counts for a level is among what counts for the one below
    for n, asked in reversed(list(enumerate(LEVELS))):
        of_level = " or ".join(map(_of_level, LEVELS[: n + 1]))
        level = asked.level
        found += [
            (
                f"w{level}",
                f"filter({source} as w, {fits} and w.role >= {asked.role} and ({of_level}))",
            ),
            (
                f"months{level}",
                f"sum(map($.w{level} as a, max([0, a.last - max(map($.w{level} as b,"
                " b.first < a.first or (b.first == a.first and b.id < a.id)"
                " ? max([b.last, a.first - 1]) : a.first - 1))])))",
            ),
            (
                f"level{level}",
                f"$.months{level} >= {asked.months} and depth >= {asked.depth}"
                f" and kinds >= {asked.kinds} and mentoring",
            ),
        ]
        source, fits = f"$.w{level}", "true"
    return found


def decision() -> str:
    """The decision graph, as its editor would store it."""
    expressions = [{"id": f"e{n}", "key": k, "value": v} for n, (k, v) in enumerate(_expressions())]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "judge",
            "type": "expressionNode",
            "name": "judge",
            "content": {"expressions": expressions, "passThrough": False},
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in (("in", "judge"), ("judge", "out"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _records(columns: Columns) -> list[dict]:
    """The first people, each with what is recorded."""
    count = min(PEOPLE, len(columns["person_depth"]))
    rows = int(np.searchsorted(columns["work_person"], count))
    people = [
        {"depth": d, "kinds": k, "mentoring": m, "engagements": []}
        for d, k, m in zip(
            columns["person_depth"][:count].tolist(),
            np.bitwise_count(columns["person_kinds"][:count]).tolist(),
            columns["person_mentoring"][:count].tolist(),
            strict=True,
        )
    ]
    work = {k[5:]: v[:rows] for k, v in columns.items() if k.startswith("work_")}
    criteria = work.pop("criteria")
    work["five"] = np.bitwise_count(criteria & FIVE)
    work["seven"] = np.bitwise_count(criteria & SEVEN)
    work["international"] = (criteria & INTERNATIONAL) > 0
    person = work.pop("person").tolist()
    for n, values in enumerate(zip(*(v.tolist() for v in work.values()), strict=True)):
        people[person[n]]["engagements"].append({"id": n, **dict(zip(work, values, strict=True))})
    return people


def prepare(columns: Columns):
    """The decision, compiled, and the records in batches."""
    content = {"judge": json.loads(decision())}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
    asked = [{"key": "judge", "context": record} for record in _records(columns)]
    batches = [asked[n : n + BATCH] for n in range(0, len(asked), BATCH)]
    return lambda: [found for batch in batches for found in engine.evaluate_batch(batch)]


def masks(found: list) -> Masks:
    """Of the four answers."""
    results = [f["data"]["result"] for f in found]
    return packed(*(np.array([r[f"level{a.level}"] for r in results]) for a in LEVELS))


if __name__ == "__main__":
    serve(f"zen-engine {version('zen-engine')}", prepare, masks)
