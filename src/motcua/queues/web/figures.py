"""Figures of waiting and serving, and the numbers behind them."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.clock import VIETNAM, day_bounds
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.queues.access import halls_with_figures_for, may_manage_halls, may_see_some_figures
from motcua.queues.chart import chart_of
from motcua.queues.figures import Figures, figures_of
from motcua.queues.forms import BehindForm, PeriodForm
from motcua.queues.measures import COUNTS
from motcua.queues.models import Hall, Ticket
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.ui.rules.numbers import as_instant

SHOWN, MOST_ROWS = 200, 50_000


@never_cache
@require_GET
@opens_to(may_see_some_figures)
def figures(request: SignedInRequest) -> HttpResponseBase:
    """How long people waited and were served, by hour, group and window; as CSV with format=csv."""
    halls = list(halls_with_figures_for(request.user))
    page: dict[str, Any] = {"halls": halls, "form": None, "figures": None, "may_manage": may_manage_halls(request.user)}
    if not halls:
        return render(request, "queues/figures.html", page)
    form = PeriodForm(request.GET if "san" in request.GET else {"san": halls[0].code}, halls=halls)
    page["form"] = form
    if not form.is_valid():
        return render(request, "queues/figures.html", page, status=422)
    hall = next(each for each in halls if each.code == form.cleaned_data["san"])
    found = figures_of(hall, form.cleaned_data["tu"], form.cleaned_data["den"])
    if request.GET.get("format") == "csv":
        return _file(_lines_of(found), f"xep-hang-{hall.code}")
    page |= {
        "figures": found,
        "chart": chart_of(found.by_hour),
        "limit": _limit(found),
        "hall": hall,
        "over_tone": "danger" if found.total.over_limit else "",
    }
    return render(request, "queues/figures.html", page)


def _limit(found: Figures) -> int | None:
    try:
        return hall_rules_on(found.last).waiting_limit_minutes
    except LookupError:
        return None


@never_cache
@require_GET
@opens_to(may_see_some_figures)
def tickets(request: SignedInRequest) -> HttpResponseBase:
    """List the numbers that a measure counted for a unit and all under it, as far as the reader may see them."""
    form = BehindForm(request.GET or None)
    page: dict[str, Any] = {"form": form, "rows": [], "message": "", "shown": SHOWN}
    if not form.is_valid():
        return render(request, "queues/tickets.html", page, status=422 if request.GET else 200)
    try:
        unit = unit_at(form.cleaned_data["don_vi"], form.cleaned_data["den"])
    except Refused as refusal:
        return render(request, "queues/tickets.html", page | {"message": refusal.message}, status=422)
    measure = COUNTS[form.cleaned_data["so"]]
    start, end = day_bounds(form.cleaned_data["tu"], form.cleaned_data["den"])
    at = measure.source.at
    rows = (
        Ticket.objects.filter(measure.condition, unit__path__startswith=unit.path, hall__in=_seen(request))
        .filter(**{f"{at}__gte": start, f"{at}__lt": end})
        .select_related("hall", "group", "window")
        .order_by(at, "id")
    )
    if request.GET.get("format") == "csv":
        return _file(_lines_of_tickets(rows), "luot-xep-hang")
    page |= {"rows": rows[:SHOWN], "measure": measure, "unit": unit, "count": rows.count()}
    return render(request, "queues/tickets.html", page)


def _seen(request: SignedInRequest) -> QuerySet[Hall]:
    return halls_with_figures_for(request.user).order_by()


class _Line:
    def write(self, text: str) -> str:
        return text


def _file(lines: Iterator[list[Any]], name: str) -> HttpResponseBase:
    def written() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        writer = csv.writer(_Line())
        for line in lines:
            yield writer.writerow([harmless(value) for value in line])

    response = StreamingHttpResponse(written(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines_of(found: Figures) -> Iterator[list[Any]]:
    """Yield the figures: one line for all, each hour and each group; minutes with a decimal."""
    yield [
        gettext("Phần"),
        gettext("Tên"),
        gettext("Lấy số"),
        gettext("Được gọi"),
        gettext("Chờ trung vị (phút)"),
        gettext("9/10 người chờ không quá (phút)"),
        gettext("Chờ quá quy định"),
    ]
    rows = [(gettext("Tất cả"), found.total)]
    rows += [(gettext("Giờ"), each) for each in found.by_hour]
    rows += [(gettext("Nhóm dịch vụ"), each) for each in found.by_group]
    for part, row in rows:
        yield [part, row.label, row.taken, row.called, _minutes(row.median), _minutes(row.ninety), row.over_limit]
    yield []
    yield [
        gettext("Quầy"), gettext("Phục vụ xong"), gettext("Vắng khi gọi"), gettext("Chuyển đi"),
        gettext("Phục vụ trung vị (phút)"),
    ]  # fmt: skip
    for each in found.by_window:
        yield [each.window, each.served, each.missed, each.passed_on, _minutes(each.median)]


def _lines_of_tickets(rows: QuerySet[Ticket]) -> Iterator[list[Any]]:
    yield [
        gettext("Số"), gettext("Sảnh"), gettext("Nhóm dịch vụ"), gettext("Quầy"), gettext("Lấy lúc"),
        gettext("Gọi lúc"), gettext("Chờ (phút)"), gettext("Trạng thái"),
    ]  # fmt: skip
    for ticket in rows[:MOST_ROWS].iterator(chunk_size=2000):
        yield [
            ticket.label,
            ticket.hall.code,
            ticket.group.shown_name,
            ticket.window.number if ticket.window else "",
            as_instant(ticket.taken_at, VIETNAM) if ticket.taken_at else "",
            as_instant(ticket.called_at, VIETNAM) if ticket.called_at else "",
            _minutes(ticket.waited_seconds),
            ticket.state_label,
        ]


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:.1f}"
