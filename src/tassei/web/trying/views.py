"""Trying a record: nothing is kept."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tassei.errors import Fault, TasseiError
from tassei.evidence.read import record_from
from tassei.marked import decode, parse
from tassei.text import Lang, Text
from tassei.web.clock import this_month
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice, OptionGroup
from tassei.web.explorer.shelf import editions_of, field_at, judge_for, known, standards
from tassei.web.site import lang_of, render
from tassei.web.troubles import Told, told
from tassei.web.trying.form import MOST_WORKS, filled
from tassei.web.trying.pages import FilePage, FormPage, StartPage
from tassei.web.trying.result import Result, result_of

MOST_BYTES = 64 * 1024
"""A person's record has a few kilobytes; a larger one is for `tassei judge`."""
_TITLE = Text("試す", "Try it")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Choose a field, or bring a file."""
    lang, field = lang_of(request), request.GET.get("field", "")
    if field:
        level = request.GET.get("level", "")
        return HttpResponseRedirect(f"{reverse('try-form')}?{_query(field, level)}")
    groups = tuple(
        OptionGroup(
            edition_name(e)[lang],
            tuple(Choice(e.qualified(f.id), f.name[lang], False) for f in e.specialty_fields()),
        )
        for e in standards().editions
    )
    return render(request, StartPage(_TITLE[lang], groups))


def _query(field: str, level: str) -> str:
    edition, found = field_at(field)
    path = edition.qualified(found.id)
    return f"field={path}&show={path}/{int(level)}" if level.isdecimal() else f"field={path}"


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form of one field; once it is sent, the verdict stands above it."""
    lang = lang_of(request)
    given = request.POST if request.method == "POST" else request.GET
    edition, field = field_at(given.get("field", ""))
    sent = request.method == "POST"
    count = _count(given.get("works", "1")) + (given.get("do") == "more")
    answers = {k: str(v) for k, v in given.items()} if sent else {}
    form = filled(edition, field, answers, count, this_month(), lang)
    judged = sent and given.get("do") != "more"
    result = None
    if judged and form.evidence is not None:
        judge = judge_for((edition.id,))
        result = result_of(
            judge,
            form.evidence,
            this_month(),
            given.get("show", ""),
            lang,
            edition.qualified(field.id),
        )
    page = FormPage(
        Text(f"{field.name.ja}を試す", f"Try {field.name.en}")[lang],
        edition.qualified(field.id),
        edition_name(edition)[lang],
        len(form.works),
        len(form.works) == MOST_WORKS,
        form,
        result,
        judged and form.evidence is None and not form.faults,
    )
    return render(request, page, 422 if judged and form.faults else 200)


def _count(written: str) -> int:
    return min(int(written), MOST_WORKS) if written.isdecimal() and len(written) < 4 else 1


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """An evidence file, pasted or uploaded."""
    lang = lang_of(request)
    title = Text("業務の記録のファイルを試す", "Try an evidence file")[lang]
    if request.method != "POST":
        return render(request, FilePage(title, "", (), None))
    upload = request.FILES.get("file")
    data = upload.read(MOST_BYTES + 1) if upload else request.POST.get("text", "").encode()
    try:
        text = decoded(data)
        result = _judged(text, request.POST.get("show", ""), lang)
    except TasseiError as error:
        written = data[:MOST_BYTES].decode("utf-8", "replace").replace("\0", "")
        return render(request, FilePage(title, written, _told(error, lang), None), 422)
    return render(request, FilePage(title, text, (), result))


def decoded(data: bytes) -> str:
    """The text of a file that is not too large.

    Raises:
        TasseiError: it is too large, or no UTF-8.
    """
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // 1024
        raise TasseiError(
            [
                Fault(
                    "file-too-large",
                    Text(f"{limit}KBを超えています", f"it is larger than {limit} KB"),
                    Text(
                        "1人分の記録を送ってください。多人数は tassei judge で判定できます",
                        "send the record of one person; `tassei judge` judges many",
                    ),
                )
            ]
        )
    return decode(data, "")


def _judged(text: str, asked: str, lang: Lang) -> Result:
    as_of = this_month()
    record = record_from(parse(text, ""), known(), as_of, "")
    return result_of(judge_for(editions_of(record.evidence)), record.evidence, as_of, asked, lang)


def _told(error: TasseiError, lang: Lang) -> tuple[Told, ...]:
    return tuple(told(f, lang) for f in error.faults)
