"""Reports over the API: the same actions as the pages."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Router, Schema

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest, scope_of
from motcua.organizations.queries import unit_at
from motcua.reports.access import may_make_requests, may_see_reports, visible_to
from motcua.reports.actions import narrating, rounds, sending, writing
from motcua.reports.actions import requests as asking
from motcua.reports.models import Report
from motcua.reports.obligations import duties
from motcua.reports.queries import checked, draft_of
from motcua.reports.regimes import regimes_on
from motcua.reports.requests import board_of, seen_by
from motcua.reports.rules.due_periods import check_due
from motcua.reports.rules.periods import ReportPeriod

router = Router(tags=["reports"])


class ReportIn(Schema):
    unit: str
    period: str
    regime: str = "cchc"
    appendices: list[int] = []  # none: every form of the regime


class ReturnIn(Schema):
    appendix: int
    row: str
    words: str


class RequestIn(Schema):
    title: str
    words: str = ""
    items: list[str] = []
    due_on: date
    units: list[str]


class AnswerIn(Schema):
    unit: str
    values: list[str] = []
    words: str = ""


class NarrativeIn(Schema):
    text: str


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
                    "summed": row.cell.summed if row.cell else "",
                }
                for row in sheet.rows
                if not row.is_group
            ]
            for sheet in seen.sheets
        },
        "findings": [found.as_dict() for found in seen.findings],
        "consolidation": report.consolidation,
        "narrative": report.narrative,
        "versions": [version.number for version in report.versions.order_by("number")],
        "returned": [
            {"appendix": each.appendix, "row": each.row, "words": each.words}
            for each in report.cell_returns.filter(answered_at__isnull=True).order_by("appendix", "pk")
        ],
        "receipts": [
            {"unit": each.unit.code, "version": each.version, "received_at": each.received_at}
            for each in report.receipts.select_related("unit").order_by("version", "unit__code")
        ],
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


@router.post("/reports/{code}/consolidate", operation_id="consolidate_report", summary="Add up the units below")
@opens_to(may_see_reports)
def consolidate_report(request: SignedInRequest, code: str) -> dict[str, Any]:
    """The sums stand beside what is typed or measured; who is missing or late is named."""
    _find(request, code)
    rounds.consolidate(code, actor=request.user)
    return _out(_find(request, code))


@router.post("/reports/{code}/return", operation_id="return_report_cells", summary="Give single cells back with words")
@opens_to(may_see_reports)
def return_report_cells(request: SignedInRequest, code: str, cells: list[ReturnIn]) -> dict[str, Any]:
    """The report is open again; it cannot be sent before each of these cells was changed or explained."""
    _find(request, code)
    words = {(cell.appendix, cell.row): cell.words for cell in cells}
    return _out(sending.return_cells(code, words, actor=request.user))


@router.post("/reports/{code}/receive", operation_id="receive_report", summary="Say that a receiver has the report")
@opens_to(may_see_reports)
def receive_report(request: SignedInRequest, code: str) -> dict[str, Any]:
    """For every unit of the account that it was sent to."""
    _find(request, code)
    return _out(sending.acknowledge(code, actor=request.user))


@router.put("/reports/{code}/narrative", operation_id="narrate_report", summary="Write the words of a report")
@opens_to(may_see_reports)
def narrate_report(request: SignedInRequest, code: str, narrative: NarrativeIn) -> dict[str, Any]:
    """Numbers bound to cells are written {PL3-3.1.1}."""
    _find(request, code)
    return _out(narrating.narrate(code, narrative.text, actor=request.user))


@router.get("/reports/{code}/draft", operation_id="draft_report_narrative", summary="The words that the cells say")
@opens_to(may_see_reports)
def draft_report_narrative(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Nothing is kept; every number is bound to its cell, rows that sentences lack are listed."""
    draft = draft_of(_find(request, code))
    if draft is None:
        raise Http404
    missing = [{"appendix": each.appendix, "row": each.row, "name": each.name} for each in draft.missing]
    return {"text": draft.text, "missing": missing}


@router.get("/report-rounds/{regime}/{period}", operation_id="get_report_round", summary="Who has sent, late, missing")
@opens_to(may_see_reports)
def get_report_round(request: SignedInRequest, regime: str, period: str) -> list[dict[str, Any]]:
    """Every unit under the account that owes the report."""
    asked = ReportPeriod.parse(period)
    check_due(asked, regime)
    return [
        {
            "unit": duty.unit.code,
            "report": duty.report.code if duty.report else None,
            "state": duty.state,
            "due_on": duty.due_on,
            "first_sent_on": duty.first_sent_on,
            "days_late": duty.days_late,
            "filled": duty.filled,
            "due": duty.due,
        }
        for duty in duties(regime, asked, [scope_of(post) for post in request.user.posts_now])
    ]


@router.post("/report-rounds/{regime}/{period}", operation_id="open_report_round", summary="Open every report owed")
@opens_to(may_see_reports)
def open_report_round(request: SignedInRequest, regime: str, period: str) -> dict[str, int]:
    """Answers how many were new."""
    return {"opened": rounds.open_round(regime, ReportPeriod.parse(period), actor=request.user)}


@router.get("/report-regimes", operation_id="list_report_regimes", summary="Regimes in force: days, units, forms")
@opens_to(may_see_reports)
def list_report_regimes(request: SignedInRequest) -> list[dict[str, Any]]:
    """With the province's own sending days and forms."""
    return [
        {
            "code": each.code,
            "name": each.name,
            "period": each.period.code,
            "first": each.window.first,
            "last": each.window.last,
            "owed_by": each.owed_by,
            "send_by": [{"level": one.level, "day": one.day, "source": one.source} for one in each.days],
            "forms": [{"code": form.code, "title": form.title, "valid_from": form.valid_from} for form in each.forms],
            "source": each.source,
        }
        for each in regimes_on(today())
    ]


@router.post("/report-requests", operation_id="ask_for_report", summary="Ask units for a report by a day")
@opens_to(may_make_requests)
def ask_for_report(request: SignedInRequest, asked: RequestIn) -> dict[str, Any]:
    """``items``: the numbers asked for, "name | unit" each."""
    made = asking.ask(
        title=asked.title,
        words=asked.words,
        items="\n".join(asked.items),
        due_on=asked.due_on,
        units=[unit_at(code) for code in asked.units],
        actor=request.user,
    )
    return _request_out(request, made.code)


@router.get("/report-requests/{code}", operation_id="get_report_request", summary="Who answered a request, and what")
@opens_to(may_see_reports)
def get_report_request(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Every unit asked that the account may see, and the sums of their numbers."""
    return _request_out(request, code)


@router.post("/report-requests/{code}/answers", operation_id="answer_report_request", summary="Answer for a unit")
@opens_to(may_see_reports)
def answer_report_request(request: SignedInRequest, code: str, answer: AnswerIn) -> dict[str, Any]:
    """Answering again appends an answer; a value that is no number is refused and named."""
    _request_out(request, code)
    asking.answer(code, answer.unit, values=answer.values, words=answer.words, actor=request.user)
    return _request_out(request, code)


def _request_out(request: SignedInRequest, code: str) -> dict[str, Any]:
    found = seen_by(request.user).filter(code=code).first()
    if found is None:
        raise Http404
    board = board_of(found, request.user)
    return {
        "code": found.code,
        "title": found.title,
        "words": found.words,
        "items": found.items,
        "due_on": found.due_on,
        "withdrawn": found.withdrawn_at is not None,
        "sums": board.sums,
        "units": [
            {
                "unit": line.asked.unit.code,
                "state": line.state,
                "values": line.newest.values if line.newest else [],
                "words": line.newest.words if line.newest else "",
                "answers": len(line.answers),
                "sent_back_for": line.asked.sent_back_for,
            }
            for line in board.lines
        ],
    }
