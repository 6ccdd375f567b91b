"""Random evidence in plain data, in the words that people use, over the small vocabulary."""

from io import StringIO

from hypothesis import strategies as st
from ruamel.yaml import YAML

from evidence.small import AS_OF, COMMON, DESK, HARDWARE, KNOWN, OPERATIONS
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA


def as_yaml(value: object) -> str:
    """Plain data as YAML."""
    out = StringIO()
    YAML(typ="safe", pure=True).dump(value, out)
    return out.getvalue()


CRITERIA = sorted(set(KNOWN.criteria.words.values()))
holdings = st.none() | st.lists(st.sampled_from(CRITERIA), unique=True) | st.dictionaries(
    st.sampled_from(CRITERIA), st.sampled_from([True, False, None])
)  # fmt: skip
months = st.integers(Month.of(1990, 1).number, AS_OF.number).map(lambda n: str(Month(n)))
sizes = st.fixed_dictionaries(
    {},
    optional={
        "managed_staff": st.none() | st.integers(0, 999),
        "annual_contract_yen": st.integers(0, 10**10) | st.just("26億円"),
        "scope": st.sampled_from(["one_user", "業界全体"]),
    },
)
works = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["x", "運用"]),
        "fields": st.lists(st.sampled_from([OPERATIONS, DESK, HARDWARE, COMMON])),
        "from": months,
        "role": st.sampled_from([None, "leader", "責任者"]),
        "supervised": st.sampled_from([True, "いいえ", None]),
        "size": sizes,
        "achieved": st.none() | st.lists(st.sampled_from(["sla", "safety", "satisfies-users"])),
        "activities": st.lists(st.just("platform-design")),
    },
)
people = st.fixed_dictionaries(
    {"schema": st.just(SCHEMA), "person": st.just({"id": "E1", "name": "見本"})},
    optional={
        "for": st.lists(st.sampled_from(["one/it", "two/it"])),
        "engagements": st.lists(st.tuples(works, holdings), max_size=4).map(
            lambda found: [
                w | {"id": f"w{n}"} | ({} if "fields" in w else {"complexity": h})
                for n, (w, h) in enumerate(found)
            ]
        ),
        "professional": st.fixed_dictionaries(
            {},
            optional={
                "areas": st.dictionaries(
                    st.sampled_from(["security", "network"]),
                    st.sampled_from(["basic", "業界をリード"]),
                ),
                "succession": st.lists(
                    st.fixed_dictionaries(
                        {"kind": st.sampled_from(["book", "特許出願"])},
                        optional={"title": st.sampled_from(["x", "y"]), "on": months},
                    )
                ),
                "mentoring": st.booleans(),
            },
        ),
        "examinations": st.lists(
            st.fixed_dictionaries(
                {"name": st.sampled_from(["AP", "ap", "PMP"])}, optional={"passed": months}
            )
        ),
        "skills": st.dictionaries(st.just("service-support"), st.integers(0, 7)),
        "knowledge": st.lists(st.just("monitoring")),
    },
)
