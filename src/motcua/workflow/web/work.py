"""My work: one sorted list over every kind of subject, its numbers as a fragment, and the list as a file."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import VIETNAM
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import opening_query
from motcua.workflow.access import may_see_work
from motcua.workflow.models import Run
from motcua.workflow.my_work import (
    ALL,
    COUNT_CAP,
    DUE_SOON,
    DUE_TODAY,
    OVERDUE,
    SECTION_LATE,
    SECTION_REST,
    SECTION_SOON,
    SECTION_TODAY,
    WAITING,
    Asked,
    Cursor,
    WorkPage,
    is_substitute,
    kinds,
    my_work,
    work_counts,
)
from motcua.workflow.rendering.work_list import MEDIA_TYPES, as_csv, as_xlsx
from motcua.workflow.work_forms import WorkForm

LIST = "workflow:my_work"  # the name under which filters of this list are kept
LABELS = {
    ALL: _("Tất cả"),
    DUE_SOON: _("Đến hạn trong 2 giờ làm việc"),
    DUE_TODAY: _("Đến hạn hôm nay"),
    OVERDUE: _("Quá hạn"),
    WAITING: _("Đang tạm dừng"),
}
SECTIONS = {
    SECTION_SOON: _("Cần xong trong 2 giờ làm việc tới"),
    SECTION_LATE: _("Bước đã quá hạn"),
    SECTION_TODAY: _("Đến hạn hôm nay"),
    SECTION_REST: _("Còn lại"),
}
MOST_IN_FILE = 5_000
IN_ONE_READ = 1_000


@never_cache
@require_GET
@opens_to(may_see_work)
def my_work_page(request: SignedInRequest) -> HttpResponse:
    """What waits for the reader, fifty at a time; the numbers and the kept filters come after the page.

    Without a question the list opens with the filters that the reader chose for it.
    """
    if not request.GET and (query := opening_query(request.user, LIST)):
        return redirect(f"{request.path}?{query}")
    form = WorkForm(request.GET, account=request.user)
    page = _page(request, form) if form.is_valid() else {}
    status = 200 if form.is_valid() else 422
    return render(request, "workflow/my_work.html", _NOTHING | {"form": form, "tabs": _tabs(ALL)} | page, status=status)


@cache_control(private=True, no_cache=True)
@require_GET
@opens_to(may_see_work)
def counts(request: SignedInRequest) -> HttpResponse:
    """The tabs with their numbers, in one statement; asked again every half minute, so what stayed is not sent."""
    due = request.GET.get("due", ALL)
    numbers = work_counts(request.user)
    tag = _tag(due, numbers)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    tabs = _tabs(due if due in LABELS else ALL, numbers)
    response = render(request, "workflow/work_tabs.html", {"tabs": tabs, "total": numbers[ALL]})
    response["ETag"] = tag
    return response


@never_cache
@require_GET
@opens_to(may_see_work)
def following(request: SignedInRequest) -> HttpResponse:
    """Go on to the work after (or with ``truoc`` before) the one at ``after``, in the list with the same filters."""
    form = WorkForm(request.GET, account=request.user)
    if not form.is_valid():
        return redirect(LIST)
    after, backwards = request.GET.get("after"), "truoc" in request.GET
    found = my_work(
        request.user, form.asked(), after=Cursor.from_text(after) if after else None, limit=1, backwards=backwards
    )
    if not found.runs:
        messages.success(request, gettext("Hết việc trong danh sách này."))
        return redirect(f"{reverse(LIST)}?{form.query() or 'due=all'}")
    return redirect(_link(form.query(), found.runs[0], found.cursors[0]))


@never_cache
@require_GET
@opens_to(may_see_work)
def download(request: SignedInRequest, file_format: str = "csv") -> HttpResponseBase:
    """The list that is seen, as CSV or XLSX, at most MOST_IN_FILE lines."""
    form = WorkForm(request.GET, account=request.user)
    if file_format not in MEDIA_TYPES or not form.is_valid():
        raise Http404
    lines = _lines(request.user, form.asked())
    response: HttpResponseBase
    if file_format == "csv":
        response = StreamingHttpResponse(as_csv(lines), content_type=MEDIA_TYPES["csv"])
    else:
        response = HttpResponse(as_xlsx(lines, name=gettext("Việc của tôi")), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="viec-cua-toi.{file_format}"'
    return response


# What the page shows of a question that it does not understand.
_NOTHING: dict[str, Any] = {
    "chips": [], "query": "", "rows": [], "after": "", "total": "", "due": ALL, "is_waiting": False, "together": [],
    "saved": urlencode({"page": LIST, "back": ""}),
}  # fmt: skip


def _page(request: SignedInRequest, form: WorkForm) -> dict[str, Any]:
    asked, after = form.asked(), request.GET.get("after")
    found = my_work(request.user, asked, after=Cursor.from_text(after) if after else None)
    return {
        "chips": form.chips(),
        "query": form.query(),
        "rows": _rows(request.user, form, found),
        "after": found.after.as_text() if found.after else "",
        "tabs": _tabs(asked.due),
        "due": asked.due,
        "is_waiting": asked.due == WAITING,
        "together": _together(request.user),
        "saved": urlencode({"page": LIST, "back": request.get_full_path(), "query": form.query()}),
    }


def _tabs(due: str, numbers: dict[str, int] | None = None) -> list[dict[str, Any]]:
    here = reverse(LIST)
    tabs = []
    for name, label in LABELS.items():
        number = (numbers or {}).get(name)
        is_capped = number == COUNT_CAP
        words = f"{label} (≥ {COUNT_CAP})" if is_capped else str(label)
        number = None if is_capped else number
        tabs.append({"label": words, "url": f"{here}?due={name}", "active": name == due, "count": number})
    return tabs


def _tag(due: str, numbers: dict[str, int]) -> str:
    told = f"{get_language()} {due} {sorted(numbers.items())}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'


def _rows(account: Any, form: WorkForm, found: WorkPage) -> list[dict[str, Any]]:
    """Return the rows of the list; ``section`` stands with the first row of each."""
    rows, before, kept = [], "", form.query()
    for run, section, cursor in zip(found.runs, found.sections, found.cursors, strict=True):
        rows.append(
            {
                "run": run,
                "section": SECTIONS[section] if section != before else "",
                "link": _link(kept, run, cursor),
                "is_substitute": is_substitute(account, run),
            }
        )
        before = section
    return rows


def _link(kept: str, run: Run, cursor: Cursor) -> str:
    """Return the address of the subject, with the place in the list from which the reader goes on.

    ``kept`` are the filters as a query string.
    """
    place = urlencode({"viec": f"{kept}&{urlencode({'after': cursor.as_text()})}".lstrip("&")})
    return f"{run.link}{'&' if '?' in run.link else '?'}{place}"


def _together(account: Any) -> list[dict[str, Any]]:
    return [
        {"label": each.label, "url": reverse(each.url_name), "key": each.key}
        for kind in kinds().values()
        for each in kind.together
        if each.opens_to(account)
    ]


def _lines(account: Any, asked: Asked) -> Iterator[list[str]]:
    yield [
        gettext("Mã"),
        gettext("Nội dung"),
        gettext("Bước"),
        gettext("Đơn vị"),
        gettext("Hạn của bước"),
        gettext("Hạn trả kết quả"),
        gettext("Ai nhận"),
        gettext("Người nộp"),
    ]
    after, written = None, 0
    while written < MOST_IN_FILE:
        page = my_work(account, asked, after=after, limit=IN_ONE_READ)
        for run in page.runs:
            yield _cells(run)
        written, after = written + len(page.runs), page.after
        if after is None:
            return
    yield [gettext("Danh sách còn nữa: tệp chỉ chứa %(most)s dòng đầu. Hãy lọc hẹp hơn.") % {"most": MOST_IN_FILE}]


def _cells(run: Run) -> list[str]:
    claimed = gettext("Tôi đã nhận") if run.assignee_id else gettext("Chưa ai nhận")
    dues = (_when(run.step_due_at), _when(run.due_at))
    return [run.subject, run.title, run.step_name, run.unit.name, *dues, claimed, getattr(run, "who", "") or ""]


def _when(instant: datetime) -> str:
    return f"{instant.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
