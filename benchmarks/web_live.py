"""The verdict beside a form: what saving one change and judging it costs the server while one types.

The whole way of a request is measured, through every middleware, on a database file as `tassei serve`
sets it up: each change is on the disk before it is answered.
"""

import math
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_MS = 150
_GENERATED = 200
_CHANGES = 5
_ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print what live changes take."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TASSEI_WEB_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tassei.web.settings"
        import django
        from django.conf import settings
        from django.core.management import call_command

        django.setup()
        settings.ALLOWED_HOSTS.append("testserver")
        call_command("migrate", interactive=False, verbosity=0)
        times = sorted(_times())
        count = sum(1 for _ in _people())
    median, p99 = statistics.median(times), times[math.ceil(0.99 * len(times)) - 1]
    print(f"live verdict: {len(times)} changes of {count} people, one at a time")
    print(f"{'median':>10} {median:6.1f} ms")
    print(f"{'p99':>10} {p99:6.1f} ms   (at most {MOST_MS} ms are promised)")
    print(f"{'longest':>10} {times[-1]:6.1f} ms")


def _times() -> Iterator[float]:
    """Milliseconds of each change, of one engagement of each person."""
    from django.test import Client
    from selectolax.lexbor import LexborHTMLParser

    from tassei.web.account.setup import make_account
    from tassei.web.models import Entry

    for person in list(_kept()):
        client = Client()
        client.force_login(make_account(person, person.code, "correct horse battery"))
        work = Entry.objects.filter(person=person, kind="engagement").order_by("-key").first()
        if work is None:
            continue
        address = f"/record/work/{work.pk}/"
        answers = _sent(LexborHTMLParser(client.get(address).content.decode()))
        if not any(n.startswith("s-") for n in answers):
            continue
        sizes = [n for n in answers if n.startswith("s-") and answers[n].replace(",", "").isdigit()]
        for number in range(_CHANGES):
            # every change is one: a figure grows, or the name does
            answers |= {sizes[0]: str(10 + number)} if sizes else {"title": f"work {number}"}
            start = time.perf_counter()
            answer = client.post(address, answers, headers={"HX-Request": "true"})
            yield (time.perf_counter() - start) * 1000
            assert answer.status_code == 200, answer.status_code
            answers["seen"] = _seen(answer.content.decode())


def _sent(page: Any) -> dict[str, str]:
    """What the form sends as it is."""
    found: dict[str, str] = {}
    for node in page.css("form#record input, form#record select"):
        name = node.attributes.get("name") or ""
        if node.attributes.get("type") == "checkbox" and "checked" not in node.attributes:
            continue
        if node.tag == "select":
            chosen = node.css("option[selected]") or node.css("option")
            found[name] = chosen[0].attributes.get("value") or ""
        else:
            found[name] = node.attributes.get("value") or ""
    return found


def _seen(page: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    node = LexborHTMLParser(page).css_first("#seen")
    assert node is not None, "the answer has the version that comes next"
    return node.attributes.get("value") or ""


def _people() -> Iterator[str]:
    from tassei.web.models import Person

    yield from (str(code) for code in Person.objects.values_list("code", flat=True))


def _kept() -> Iterator[Any]:
    """The people of the examples, and generated ones, with their records."""
    from benchmarks.people import people
    from tassei.encoding.compiled import standards
    from tassei.evidence.months import Month
    from tassei.evidence.read import read_evidence
    from tassei.web.clock import this_month
    from tassei.web.explorer.shelf import known
    from tassei.web.history import Author, create
    from tassei.web.models import Person
    from tassei.web.records import keep

    as_of: Month = this_month()
    files = sorted((_ROOT / "examples").glob("*.yaml"))
    records = [r.evidence for f in files for r in read_evidence(f, known(), as_of)]
    records += people(standards(), known(), as_of, _GENERATED)
    for number, evidence in enumerate(records):
        person = create(Author(None), Person(code=f"p{number}", name=evidence.person.name))
        keep(Author(person.pk), person, evidence)
        yield person


if __name__ == "__main__":
    main()
