"""The ways to look at a plan's tasks: table, board, calendar, tree; one address, the filters common to all."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.plans.models import Plan, Task
from motcua.plans.queries import TaskRow
from motcua.plans.states import PUBLISHED
from motcua.plans.task_status import DONE, OPEN_IN_TIME, OPEN_LATE

TABLE, BOARD, CALENDAR, TREE = "bang", "cot", "lich", "cay"
SAVED_PAGE = "plans:plan"
FRIDAY = 4
_MONTH = re.compile(r"(?P<year>(?:199|20\d)\d)-(?P<month>0?[1-9]|1[0-2])", re.ASCII)
MOST_CARDS = 200  # in one column of the board


def view_context(request: HttpRequest, plan: Plan, rows: list[TaskRow], day: date) -> dict[str, Any]:
    """Return what ``plans/views.html`` shows of ``rows``, already filtered, as ``?xem=`` asks."""
    asked = request.GET.get("xem", "")
    chosen = asked if asked in _VIEWS else TABLE
    template, make = _VIEWS[chosen]
    query = request.GET.copy()
    tabs = []
    for code, label in LABELS.items():
        query["xem"] = code
        tabs.append({"label": label, "url": f"?{query.urlencode()}", "active": code == chosen})
    account = request.user
    return {
        "view": chosen,
        "view_template": template,
        "view_tabs": tabs,
        "saved": list(account.saved_views.filter(page=SAVED_PAGE).order_by("name")) if account.is_authenticated else [],
        "saved_page": SAVED_PAGE,
        **make(request, plan, rows, day),
    }


def _table(_request: HttpRequest, _plan: Plan, _rows: list[TaskRow], _day: date) -> dict[str, Any]:
    return {}


def _board(_request: HttpRequest, plan: Plan, rows: list[TaskRow], _day: date) -> dict[str, Any]:
    """Columns: late, in time, no day, reported and waiting, done."""
    waiting = set(
        plan.tasks.filter(
            assignments__is_lead=True, assignments__reported_on__isnull=False, assignments__done_on__isnull=True
        ).values_list("pk", flat=True)
    )
    columns: dict[str, list[TaskRow]] = {name: [] for name in _COLUMNS}
    for row in rows:
        columns[_column(row, waiting)].append(row)
    return {
        "columns": [
            {
                "name": name,
                "label": label,
                "tone": tone,
                "count": len(columns[name]),
                "rows": columns[name][:MOST_CARDS],
            }
            for name, (label, tone) in _COLUMNS.items()
        ]
    }


_COLUMNS = {
    "late": (_("Quá hạn"), "danger"),
    "open": (_("Đang trong hạn"), "progress"),
    "undated": (_("Thường xuyên, chưa có hạn"), "info"),
    "waiting": (_("Chờ xác nhận"), "waiting"),
    "done": (_("Hoàn thành"), "good"),
}


def _column(row: TaskRow, waiting: set[int]) -> str:
    if row.status.code in DONE:
        return "done"
    if row.task.pk in waiting:
        return "waiting"
    return {OPEN_LATE: "late", OPEN_IN_TIME: "open"}.get(row.status.code, "undated")


def _calendar(request: HttpRequest, plan: Plan, rows: list[TaskRow], day: date) -> dict[str, Any]:
    """A month's weeks, Monday first; each day with the tasks whose last day it is."""
    first = _month(request.GET.get("thang", ""), plan, rows, day)
    by_day: dict[date, list[TaskRow]] = {}
    for row in rows:
        if row.task.due_on is not None and row.task.deadline_kind != "ongoing":
            by_day.setdefault(row.task.due_on, []).append(row)
    is_off = _days_off(plan)
    weeks = [
        [
            {
                "day": each,
                "rows": by_day.get(each, []),
                "is_outside": each.month != first.month,
                "is_off": is_off(each),
                "is_today": each == day,
            }
            for each in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    query = request.GET.copy()
    around = {}
    for name, other in (("previous", first - timedelta(1)), ("next", first + timedelta(31))):
        if 1990 <= other.year <= 2100:
            query["thang"] = f"{other:%Y-%m}"
            around[name] = {"url": f"?{query.urlencode()}", "label": _month_name(other)}
    return {
        "month": _month_name(first),
        "weeks": weeks,
        "around": around,
        "weekdays": [
            gettext("T2"),
            gettext("T3"),
            gettext("T4"),
            gettext("T5"),
            gettext("T6"),
            gettext("T7"),
            gettext("CN"),
        ],
        "without_day": [row for row in rows if row.task.due_on is None or row.task.deadline_kind == "ongoing"],
    }


def _month(asked: str, plan: Plan, rows: list[TaskRow], day: date) -> date:
    """Return the first day of the month asked for ("2026-06"), else of today's, else of the plan's first last day."""
    if found := _MONTH.fullmatch(asked):
        return date(int(found["year"]), int(found["month"]), 1)
    if plan.first_day <= day <= plan.last_day:
        return day.replace(day=1)
    earliest = min((row.task.due_on for row in rows if row.task.due_on), default=plan.first_day)
    return earliest.replace(day=1)


def _month_name(day: date) -> str:
    return gettext("tháng %(month)s/%(year)s") % {"month": day.month, "year": day.year}


def _days_off(plan: Plan) -> Callable[[date], bool]:
    """Return what tells days off in the holder's working calendar; beyond it weekends alone are known."""
    try:
        known = calendar_for(plan.holder.code)
    except Refused:
        return lambda each: each.weekday() > FRIDAY

    def is_off(each: date) -> bool:
        try:
            return not known.is_working_day(each)
        except CalendarRefused:
            return each.weekday() > FRIDAY

    return is_off


def _tree(_request: HttpRequest, plan: Plan, rows: list[TaskRow], _day: date) -> dict[str, Any]:
    """Sections, their tasks, and tasks under tasks by their numbers; the plans above and below."""
    ordered = sorted(rows, key=lambda row: row.task.position)
    root: dict[str, Any] = {"label": "", "parts": {}, "rows": []}
    for row in ordered:
        node = root
        for name in row.task.section_path:
            node = node["parts"].setdefault(name, {"label": name, "parts": {}, "rows": []})
        node["rows"].append(row)
    return {
        "tree": _settled(root),
        "plan_children": list(plan.children.filter(state__in=PUBLISHED).select_related("unit").order_by("code")),
    }


def _settled(node: dict[str, Any]) -> dict[str, Any]:
    parts = [_settled(part) for part in node["parts"].values()]
    rows = node["rows"]
    return {
        "label": node["label"],
        "parts": parts,
        "tasks": _nested(rows),
        "count": len(rows) + sum(part["count"] for part in parts),
        "late": sum(row.status.code == OPEN_LATE for row in rows) + sum(part["late"] for part in parts),
        "done": sum(row.status.code in DONE for row in rows) + sum(part["done"] for part in parts),
    }


def _nested(rows: list[TaskRow]) -> list[dict[str, Any]]:
    """Put a task under the one whose number its own begins with: 1.2 under 1."""
    found: list[dict[str, Any]] = []
    by_number: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry: dict[str, Any] = {"row": row, "below": []}
        above = by_number.get(_above(row.task))
        (above["below"] if above else found).append(entry)
        if row.task.number:
            by_number[row.task.number.rstrip(".")] = entry
    return found


def _above(task: Task) -> str:
    return task.number.rstrip(".").rpartition(".")[0]


_View = Callable[[HttpRequest, Plan, list[TaskRow], date], dict[str, Any]]
LABELS = {TABLE: _("Bảng"), BOARD: _("Cột trạng thái"), CALENDAR: _("Lịch"), TREE: _("Cây")}
_VIEWS: dict[str, tuple[str, _View]] = {
    TABLE: ("plans/view_table.html", _table),
    BOARD: ("plans/view_board.html", _board),
    CALENDAR: ("plans/view_calendar.html", _calendar),
    TREE: ("plans/view_tree.html", _tree),
}
