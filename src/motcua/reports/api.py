"""Reports over the API: the same actions as the pages."""

from typing import Any

from django.http import Http404
from ninja import Router, Schema

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.reports.access import may_see_reports, visible_to
from motcua.reports.actions import sending, writing
from motcua.reports.models import Report
from motcua.reports.queries import checked
from motcua.reports.rules.periods import ReportPeriod

router = Router(tags=["reports"])


class ReportIn(Schema):
    unit: str
    period: str
    regime: str = "cchc"
    appendices: list[int] = [1, 3]


class CellIn(Schema):
    appendix: int
    row: str
    value: str
    note: str = ""
    reason: str = ""


def _find(request: SignedInRequest, code: str) -> Report:
    found = visible_to(request.user).select_related("unit__parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _out(report: Report) -> dict[str, Any]:
    seen = checked(report, is_final=True)
    return {
        "code": report.code,
        "unit": report.unit.code,
        "period": report.period,
        "state": report.state,
        "appendices": {
            sheet.form.appendix: [
                {
                    "row": row.row.code,
                    "name": row.row.name,
                    "unit": row.row.unit,
                    "value": row.shown,
                    "origin": "computed" if row.is_computed else row.cell.origin if row.cell else "",
                    "lineage": row.cell.lineage if row.cell else {},
                }
                for row in sheet.rows
                if not row.is_group
            ]
            for sheet in seen.sheets
        },
        "findings": [found.as_dict() for found in seen.findings],
    }


@router.post("/reports", operation_id="open_report", summary="Open the report of a unit for a period")
@opens_to(may_see_reports)
def open_report(request: SignedInRequest, report: ReportIn) -> dict[str, Any]:
    """Opens and measures it; the same unit and period give the same report."""
    opened = writing.open_report(
        unit=unit_at(report.unit),
        period=ReportPeriod.parse(report.period),
        regime=report.regime,
        appendices=tuple(report.appendices),
        actor=request.user,
    )
    return _out(opened)


@router.get("/reports/{code}", operation_id="get_report", summary="A report with its cells and findings")
@opens_to(may_see_reports)
def get_report(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Every row with where its number comes from, and what the checker says."""
    return _out(_find(request, code))


@router.patch("/reports/{code}/cells", operation_id="fill_report", summary="Type values into cells")
@opens_to(may_see_reports)
def fill_report(request: SignedInRequest, code: str, cells: list[CellIn]) -> dict[str, Any]:
    """All or nothing."""
    _find(request, code)
    entries = {(cell.appendix, cell.row): writing.Entry(cell.value, cell.note, cell.reason) for cell in cells}
    return _out(writing.fill(code, entries, actor=request.user))


@router.post("/reports/{code}/submit", operation_id="submit_report", summary="Send a report")
@opens_to(may_see_reports)
def submit_report(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Refused with 409 while the checker finds errors."""
    _find(request, code)
    return _out(sending.submit(code, actor=request.user))
