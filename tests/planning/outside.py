"""A program outside the project: makes evidence, has it planned, applies the plans, has them judged.

It knows the command `tassei` and the documented JSON alone (docs/reference/plan.md), and imports
nothing of the project. The number of people, a seed, a folder to work in and readings other than the
defaults are its arguments; it prints how many plans it applied, or ends with what it found wrong.
"""

import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

AS_OF = "2026-11"
ROLES = ("participant", "member", "leader", "responsible", "overall_responsible")
DEPTHS = ("basic", "independent", "guides_juniors", "leads_company", "leads_industry")
Json = dict[str, Any]


def tassei(*argv: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "tassei", *argv]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(argv)}: {done.stderr}")
    return done.stdout


def month(written: str, later: int = 0) -> str:
    """A month, so many months later."""
    number = int(written[:4]) * 12 + int(written[5:]) - 1 + later
    return f"{number // 12}-{number % 12 + 1:02}"


# --- evidence


def people(count: int, seed: int) -> Iterator[Json]:
    """People whose work is near to what the indicators ask, with gaps."""
    editions = [e["id"] for e in json.loads(tassei("editions", "--format", "json"))]
    rows = {e: json.loads(tassei("table", e, "--format", "json")) for e in editions}
    for number in range(count):
        draw = random.Random(seed * 1_000_003 + number)
        edition = draw.choice(editions)
        found = person(draw, f"F{number:03}", edition, rows[edition])
        if any("fields" in w for w in found.get("engagements", ())) and draw.random() < 0.3:
            del found["for"]  # the fields of the work say it
        yield found


def person(draw: random.Random, name: str, edition: str, rows: list[Json]) -> Json:
    level = draw.randint(1, 7)
    near = [r for r in rows if abs(r["level"] - level) <= 1] or rows
    found: Json = {"schema": "tassei/evidence/1", "for": [edition], "person": {"id": name}}
    if draw.random() < 0.9:
        found["engagements"] = [
            engagement(draw, f"work-{n}", edition, draw.choice(near))
            for n in range(draw.randint(0, 4))
        ]
    asked = [r["professional"] for r in near]
    areas = [a for p in asked if p["areas"] for a in p["areas"]["items"]]
    kinds = [k for p in asked if p["succession"] for k in p["succession"]["items"]]
    professional: Json = {
        "areas": {a: draw.choice(DEPTHS) for a in dict.fromkeys(areas) if draw.random() < 0.3},
        "succession": [{"kind": k} for k in dict.fromkeys(kinds) if draw.random() < 0.5],
        "mentoring": draw.random() < 0.5,
    }
    found["professional"] = {k: v for k, v in professional.items() if draw.random() < 0.8}
    return found


def engagement(draw: random.Random, name: str, edition: str, row: Json) -> Json:
    field = draw.choice(row.get("applies_to") or [row["specialty_field"]["id"]])
    ago = draw.randint(2, 120)
    criteria = [c["id"] for c in row["complexity"]["criteria"]] if row["complexity"] else []
    sizes = {
        s["measure"]: (s["at_least"] or s["below"] or 1) + draw.choice([-1, 0, 0, 1])
        for s in row["size"] or []
        if isinstance(s["at_least"] or s["below"], int)
    }
    values: Json = {
        "fields": [f"{edition}/{field}"],
        "from": month(AS_OF, -ago),
        "role": draw.choice(ROLES),
        "succeeded": draw.random() < 0.9,
        "complexity": terms(draw, criteria),
        "achieved": terms(draw, row["responsibility"]["outcomes"]),
        "size": {k: max(v, 0) for k, v in sizes.items() if draw.random() < 0.6},
    }
    if draw.random() < 0.7:
        values["to"] = month(AS_OF, -draw.randint(0, ago))
    kept = {k: v for k, v in values.items() if k in ("fields", "to") or draw.random() < 0.85}
    return {"id": name, **kept}


def terms(draw: random.Random, ids: list[str]) -> Any:
    """Some terms, as a list that is complete or as a mapping that need not be."""
    if draw.random() < 0.7:
        return [i for i in ids if draw.random() < 0.7]
    return {i: draw.random() < 0.7 for i in ids if draw.random() < 0.7}


# --- applying


def applied(evidence: Json, written_for: list[str], additions: list[Json]) -> Json:
    """The evidence once the additions are made, as docs/reference/plan.md says."""
    after = deepcopy(evidence) | {"for": written_for}
    works = {w["id"]: w for w in after.get("engagements") or []}
    for work in works.values():
        if work.get("to") is None or work["to"] > AS_OF:
            work["to"] = AS_OF
    for a in additions:
        if a["engagement"] is None:
            to_person(after, a)
            continue
        if a["engagement"] not in works:
            works[a["engagement"]] = {"id": a["engagement"]}
            if a["origin"] == "unlisted":
                works[a["engagement"]]["to"] = AS_OF
        to_engagement(works[a["engagement"]], a)
    # new work without months is none
    kept = [w for w in works.values() if "to" in w]
    if kept or "engagements" in after:
        after["engagements"] = kept
    return after


def to_engagement(work: Json, a: Json) -> None:
    what, name, value = a["what"], a["id"], a["value"]
    if what == "field":
        work.setdefault("fields", []).append(name)
    elif what == "role":
        work["role"] = value
    elif what in ("supervised", "succeeded"):
        work[what] = True
    elif what in ("measure", "scale"):
        work.setdefault("size", {})[name] = value
    elif what == "begin":
        work["from"] = value
    elif what == "months":
        work["to"] = month(AS_OF, value)
        if a["origin"] == "new":
            work["from"] = month(AS_OF, 1)
    else:
        listed = isinstance(work.get("achieved"), list)
        as_activity = listed and not isinstance(work.get("activities"), list)
        key = {"criterion": "complexity", "outcome": "achieved", "activity": "activities",
               "task": "activities" if as_activity else "achieved"}[what]  # fmt: skip
        held = work.setdefault(key, {})
        if isinstance(held, list):
            held.append(name)
        else:
            held[name] = True


def to_person(after: Json, a: Json) -> None:
    what, name, value = a["what"], a["id"], a["value"]
    professional = after.setdefault("professional", {})
    if what == "area":
        professional.setdefault("areas", {})[name] = value
    elif what == "kind":
        professional.setdefault("succession", []).append({"kind": name})
    elif what == "mentoring":
        professional["mentoring"] = True
    elif what == "examination":
        after.setdefault("examinations", []).append({"name": name})
    elif what == "skill":
        after.setdefault("skills", {})[name] = value
    else:
        after.setdefault("knowledge", []).append(name)


# --- plans


def planned(
    records: dict[str, Json], seed: int, folder: Path, readings: list[str]
) -> Iterator[tuple[Json, Json, Json]]:
    """An answer, the level that a plan of it reaches, and the plan: next levels, and all to a far one."""
    path = folder / "people.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records.values()), "utf-8")
    how = ("--as-of", AS_OF, "--format", "json", *readings)
    told = tassei("plan", str(path), "--next", *how)
    reached: dict[str, list[Json]] = defaultdict(list)
    own: dict[str, list[Json]] = defaultdict(list)
    for answer in map(json.loads, told.splitlines()):
        for level in answer["next"]:
            reached[level["edition"]].append(level)
            yield answer, level, level["plan"]
        for edition in answer["for"]:
            own[edition].append(records[answer["person"]])
    draw = random.Random(seed)
    for edition, levels in sorted(reached.items()):
        goal = draw.choice(levels)
        path.write_text("".join(json.dumps(r) + "\n" for r in own[edition]), "utf-8")
        target = f"{edition}/{goal['field']}/{goal['level']}"
        told = tassei("plan", str(path), "--to", target, *how)
        for answer in map(json.loads, told.splitlines()):
            for plan in (answer["plan"], answer["earliest"], *answer["alternatives"]):
                yield answer, answer, plan


def main(count: int, seed: int, folder: Path, *others: str) -> None:
    draw = random.Random(seed)
    records = {r["person"]["id"]: r for r in people(count, seed)}
    by_month: dict[str, list[tuple[Json, Json, str]]] = defaultdict(list)
    plans = 0
    readings = [a for r in others for a in ("--reading", r)]
    for answer, goal, plan in planned(records, seed, folder, readings):
        name, additions = answer["person"], [*plan["facts"], *plan["work"]]
        if not additions:
            continue
        plans += 1
        fewer = list(additions)
        fewer.pop(draw.randrange(len(fewer)))
        for some, wanted in ((additions, "met"), (fewer, "less")):
            record = applied(records[name], answer["for"], some)
            record["person"]["id"] = f"{name}-{plans}-{wanted}"
            by_month[plan["by"]].append((record, goal, wanted))
    for by, cases in by_month.items():
        path = folder / "after.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r, _, _ in cases), "utf-8")
        told = tassei("judge", str(path), "--as-of", by, "--format", "json", *readings)
        verdicts = {
            (j["person"], j["edition"], j["field"], j["level"]): j["verdict"]
            for j in map(json.loads, told.splitlines())
        }
        for record, goal, wanted in cases:
            key = (record["person"]["id"], goal["edition"], goal["field"], goal["level"])
            if (verdicts[key] == "met") != (wanted == "met"):
                sys.exit(f"{key} is {verdicts[key]} in {by}: {json.dumps(record)}")
    sys.stdout.write(f"{plans}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
