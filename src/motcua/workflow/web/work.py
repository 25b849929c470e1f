"""My work: one sorted list over every kind of subject, its numbers as a fragment, and the list as CSV."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.clock import VIETNAM
from motcua.base.guard import opens_to
from motcua.base.paging import after_of, key_of
from motcua.workflow.access import may_see_work
from motcua.workflow.models import Run
from motcua.workflow.queries import (
    ALL,
    COUNT_CAP,
    DUE_SOON,
    DUE_TODAY,
    OVERDUE,
    WAITING,
    my_work,
    work_counts,
)

LABELS = {
    ALL: _("Tất cả"),
    DUE_SOON: _("Đến hạn trong 2 giờ làm việc"),
    DUE_TODAY: _("Đến hạn hôm nay"),
    OVERDUE: _("Quá hạn"),
    WAITING: _("Đang chờ người nộp"),
}
MOST_IN_CSV = 5_000


@never_cache
@require_GET
@opens_to(may_see_work)
def my_work_page(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, soonest due first, a hundred at a time; the numbers come after the page."""
    due = _due(request)
    after = request.GET.get("after")
    page = my_work(request.user, due=due, after=key_of(after) if after else None)
    shown = {
        "runs": page.runs,
        "after": after_of(page.after),
        "tabs": _tabs(due),
        "due": due,
        "is_waiting": due == WAITING,
    }
    return render(request, "workflow/my_work.html", shown)


@never_cache
@require_GET
@opens_to(may_see_work)
def counts(request: HttpRequest) -> HttpResponse:
    """The tabs with their numbers: counted apart, so that the list does not wait for them."""
    return render(request, "workflow/work_tabs.html", {"tabs": _tabs(_due(request), work_counts(request.user))})


@never_cache
@require_GET
@opens_to(may_see_work)
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The list as CSV, at most MOST_IN_CSV lines, with a mark that spreadsheets need to read Vietnamese."""
    lines = _csv_lines(request.user, _due(request))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="viec-cua-toi.csv"'
    return response


def _due(request: HttpRequest) -> str:
    due = request.GET.get("due", ALL)
    return due if due in LABELS else ALL


def _tabs(due: str, numbers: dict[str, int] | None = None) -> list[dict[str, Any]]:
    here = reverse("workflow:my_work")
    tabs = []
    for name, label in LABELS.items():
        number = (numbers or {}).get(name)
        is_capped = number == COUNT_CAP
        words = f"{label} (≥ {COUNT_CAP})" if is_capped else str(label)
        number = None if is_capped else number
        tabs.append({"label": words, "url": f"{here}?due={name}", "active": name == due, "count": number})
    return tabs


class _Line:
    """A file that returns the line written to it, for ``csv``."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(account: Any, due: str) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    yield writer.writerow(
        [
            gettext("Mã"),
            gettext("Nội dung"),
            gettext("Bước"),
            gettext("Đơn vị"),
            gettext("Hạn của bước"),
            gettext("Hạn trả kết quả"),
        ]
    )
    after, written = None, 0
    while written < MOST_IN_CSV:
        page = my_work(account, due=due, after=after, limit=1000)
        for run in page.runs:
            yield writer.writerow([harmless(cell) for cell in _cells(run)])
        written, after = written + len(page.runs), page.after
        if after is None:
            return


def _cells(run: Run) -> list[str]:
    return [run.subject, run.title, run.step_name, run.unit.name, _when(run.step_due_at), _when(run.due_at)]


def _when(instant: datetime) -> str:
    return f"{instant.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
