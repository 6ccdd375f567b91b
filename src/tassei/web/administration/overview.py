"""Where administration begins: what there is to do, for whom it is."""

from typing import ClassVar

from attrs import frozen
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tassei.text import Text
from tassei.web.administration.chart import Chart, Scope
from tassei.web.models import Person
from tassei.web.permits import Act, Concern, Viewer, may
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in, viewer_of


@frozen
class Task:
    name: str
    url: str
    said: str


@frozen
class OverviewPage:
    template: ClassVar[str] = "web/admin.html"
    title: str
    tasks: tuple[Task, ...]


_PEOPLE = (
    (Text("人", "People"), "admin-people", Text("加える、変える、CSVで取り込む。アカウントと役割", "Add, change, import as CSV; accounts and roles")),
    (Text("組織", "Units"), "admin-units", Text("部や課と、その上下", "Departments and sections, and what is above what")),
)  # fmt: skip
_OTHERS = (
    (Act.TAILOR_STANDARD, Text("自社の基準", "Tailored layers"), "admin-layers", Text("公式の版の上に、自社のしきい値や言葉を重ねる", "Thresholds and words of your own over an official edition")),
    (Act.READ_EVENTS, Text("履歴", "History"), "admin-history", Text("誰が、いつ、何を、なぜ変えたか。改ざんの検査", "Who changed what, when and why; whether the chain holds")),
    (Act.CHANGE_SETTINGS, Text("保存の期間", "Retention"), "admin-retention", Text("いつまで残し、いま何が消えるか", "How long things are kept, and what would be erased now")),
    (Act.BACK_UP, Text("バックアップ", "Backup"), "admin-backup", Text("すべてを一つのファイルに", "Everything in one file")),
    (Act.CHANGE_SETTINGS, Text("動作の状態", "Health"), "health", Text("版、データベース、空き容量", "Version, database, free space")),
)  # fmt: skip


@require_safe
@signed_in
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    """What may be administered here, by whoever asks."""
    lang, viewer = lang_of(request), viewer_of(person)
    shown = list(_PEOPLE) if not Scope.of(viewer, Chart.read()).empty else []
    shown += [(n, u, s) for act, n, u, s in _OTHERS if somewhere(viewer, act)]
    if not shown:
        raise PermissionDenied
    tasks = tuple(Task(n[lang], reverse(u), s[lang]) for n, u, s in shown)
    return render(request, OverviewPage(Text("管理", "Administration")[lang], tasks))


def somewhere(viewer: Viewer, act: Act) -> bool:
    """Whether something may be done in any unit at all."""
    held = frozenset(unit for _, unit in viewer.roles if unit is not None)
    return may(viewer, act, Concern(units=held))
