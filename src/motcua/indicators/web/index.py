"""The live index of Decision 766: points, what lost them, ranking, trend; what would happen if counts were other."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to
from motcua.indicators.access import may_publish, may_see_live
from motcua.indicators.index_reading import (
    UnitIndex,
    index_of,
    indexes_below,
    is_idle,
    level_of,
    losses,
    lost_by,
    payment_labels,
    share,
    trend_of,
)
from motcua.indicators.rules.charts import HEIGHT, MARGIN, WIDTH, line
from motcua.indicators.rules.component_file import ON_TIME
from motcua.indicators.rules.service_index import score
from motcua.indicators.rules.what_if import Change, changed, exact_points, next_steps
from motcua.indicators.score_command import index_version
from motcua.indicators.web.asked import asked
from motcua.organizations.states import COMMUNE, DEPARTMENT, PROVINCE, UNIT_KINDS

STEPS_SHOWN = 5
LEVEL_LABELS = {"province": UNIT_KINDS[PROVINCE], "department": UNIT_KINDS[DEPARTMENT], "commune": UNIT_KINDS[COMMUNE]}
OPEN_LATE = "dossiers.open_late"  # lives are named by code, never imported
FEWEST, MOST = -(10**9), 10**9


def groups_of(found: UnitIndex, *, is_linked: bool) -> list[dict[str, Any]]:
    """Return the groups with their rows; a row that lost points has the pages of what lost them."""
    lost = losses(found.score.rows, found.unit, found.period) if is_linked else {}
    groups = []
    for group in index_version()["groups"]:
        rows: list[dict[str, Any]] = [
            {
                "row": row,
                "origin": found.origins[row.code],
                "lost": [each for each in lost.get(row.code, []) if each.number],
            }
            for row in found.score.rows
            if row.group == group["code"]
        ]
        known = [each["row"] for each in rows if each["row"].points is not None]
        groups.append(
            {
                "group": group,
                "rows": rows,
                "points": sum((row.points for row in known), Decimal(0)),
                "known_max": sum((row.max for row in known), Decimal(0)),
                "is_whole": len(known) == len(rows) and bool(rows),
            }
        )
    return groups


def rankings(below: list[UnitIndex]) -> list[dict[str, Any]]:
    """Return units apart by level, as the portal ranks them: a department and a commune are not scored on the same."""
    levels: dict[str, list[dict[str, Any]]] = {}
    for each in below:
        line = {"index": each, "percent": 100 * share(each.score), "is_idle": is_idle(each)}
        levels.setdefault(str(LEVEL_LABELS[level_of(each.unit) or "department"]), []).append(line)
    return [{"label": label, "rows": rows} for label, rows in levels.items()]


def drawing(found: list[UnitIndex]) -> dict[str, Any]:
    """Return the trend as a drawing, in per cent of the points that could be scored, with the table behind it."""
    values = [(each.period.label, None if is_idle(each) else 100 * share(each.score)) for each in found]
    dots = line(values, Decimal(100))
    return {
        "dots": dots,
        "points": " ".join(f"{dot.x},{dot.y}" for dot in dots),
        "width": WIDTH,
        "height": HEIGHT,
        "bottom": HEIGHT - MARGIN,
        "rows": [{"index": each, "percent": percent} for each, (_label, percent) in zip(found, values, strict=True)],
    }


@never_cache
@require_GET
@opens_to(may_see_live)
def live(request: HttpRequest) -> HttpResponse:
    """A unit's index over a period, with what lost each point, best next steps, trend and the units under it."""
    question = asked(request)
    found = index_of(question.unit, question.period)
    below = indexes_below(question.unit, question.period)
    labels = payment_labels()
    page = {
        "form": question.form,
        "payment": [(labels[name], number) for name, number in found.payment.items()],
        "index": found,
        "unit": question.unit,
        "period": question.period,
        "groups": groups_of(found, is_linked=True),
        "steps": next_steps(index_version(), found.score.rows)[:STEPS_SHOWN],
        "rankings": rankings(below),
        "trend": drawing(trend_of(question.unit, question.period)),
        "version": index_version(),
        "may_publish": may_publish(request.user),
    }
    return render(request, "indicators/index.html", page, status=question.status)


@never_cache
@require_GET
@opens_to(may_see_live)
def what_if(request: HttpRequest) -> HttpResponse:
    """The same unit and period with other counts, beside what they are."""
    question = asked(request)
    found = index_of(question.unit, question.period)
    changes, errors = _changes(request, found)
    counts = changed(found.counts, changes)
    told = {code: each for code, each in counts.items() if each.is_told}
    other = score(index_version(), told, found.payment, level=level_of(question.unit) or "department")
    by_code = {row.code: row for row in other.rows}
    rows = [
        {
            "row": row,
            "part": changes.get(row.code, Change()).part,
            "whole": changes.get(row.code, Change()).whole,
            "then": by_code[row.code],
            "gain": (by_code[row.code].points or Decimal(0)) - (row.points or Decimal(0)),
            "error": errors.get(row.code, ""),
        }
        for row in found.score.rows
        if row.counts.is_told and row.code in by_code
    ]
    open_late, late_gain = _carried(found)
    page = {
        "form": question.form,
        "unit": question.unit,
        "period": question.period,
        "open_late": open_late,
        "late_gain": late_gain,
        "rows": rows,
        "now": found.score,
        "then": other,
        "gain": other.known - found.score.known,
        "steps": next_steps(index_version(), found.score.rows)[:STEPS_SHOWN],
        "errors": errors,
        "is_changed": bool(changes),
    }
    return render(request, "indicators/what_if.html", page, status=422 if errors else question.status)


def _carried(found: UnitIndex) -> tuple[int, Decimal]:
    """Return the open dossiers that are late already, and what not carrying them over would be worth."""
    row = next((row for row in found.score.rows if row.code == ON_TIME), None)
    if row is None or row.points is None:
        return 0, Decimal(0)
    lost = {each.code: each for each in lost_by(row, found.unit, found.period)}
    number = lost[OPEN_LATE].number or 0 if OPEN_LATE in lost else 0
    counts = changed(found.counts, {ON_TIME: Change(whole=-number)})
    rule = next(rule for rule in index_version()["rows"] if rule["code"] == ON_TIME)
    return number, (exact_points(rule, counts[ON_TIME]) or Decimal(0)) - row.points


def _changes(request: HttpRequest, found: UnitIndex) -> tuple[dict[str, Change], dict[str, str]]:
    """Return the changes asked for by row, and the texts that are no whole numbers."""
    changes: dict[str, Change] = {}
    errors: dict[str, str] = {}
    for row in found.score.rows:
        numbers = []
        for side in ("part", "whole"):
            text = request.GET.get(f"{side}.{row.code}", "").strip().replace(".", "")
            try:
                number = int(text or 0)
            except ValueError:
                number, errors[row.code] = 0, text[:20]
            if not FEWEST <= number <= MOST:
                number, errors[row.code] = 0, text[:20]
            numbers.append(number)
        if any(numbers):
            changes[row.code] = Change(*numbers)
    return changes, errors
