"""The grid of one form of a report: typed, checked while it is typed, each number opened down to what made it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import now
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.reports.access import may_accept, may_see_reports, may_write
from motcua.reports.actions import sending, writing
from motcua.reports.consolidation import parts_of
from motcua.reports.forms import entries_in
from motcua.reports.forms_in_use import line_source, lines_in
from motcua.reports.models import Report, ReportCell
from motcua.reports.queries import CheckedReport, SheetPage, checked, in_words, say, severity_label
from motcua.reports.states import NEXT, RETURNED
from motcua.reports.web.pages import find_report


def _find(request: SignedInRequest, code: str, appendix: int) -> Report:
    found = find_report(request, code)
    if appendix not in found.appendices:
        raise Http404
    return found


def _sheet_of(seen: CheckedReport, appendix: int) -> SheetPage:
    return next(each for each in seen.sheets if each.form.appendix == appendix)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_reports)
def sheet(request: SignedInRequest, code: str, appendix: int) -> HttpResponse:
    """Show one form; save what was typed. What is refused stays in its cells."""
    found = _find(request, code, appendix)
    message = ""
    if request.method == "POST":
        try:
            writing.fill(code, entries_in(request.POST, appendix), actor=request.user)
        except Refused as refusal:
            message = refusal.message
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("reports:sheet", code, appendix)
    return _sheet_page(request, found, appendix, message)


def _sheet_page(request: SignedInRequest, found: Report, appendix: int, message: str) -> HttpResponse:
    read_at = now()  # before the cells are read: what changes meanwhile is a change that this reader did not see
    seen = checked(found)
    shown = _sheet_of(seen, appendix)
    returns = found.cell_returns.filter(appendix=appendix, answered_at__isnull=True)
    page = {
        "report": found,
        "appendix": appendix,
        "sheet": shown,
        "columns": [name for _code, name in shown.form.cells],
        "findings": [entry for entry in in_words(seen.findings) if entry["appendix"] == appendix],
        "others": [each.form for each in seen.sheets],
        "returned": {each.row: each.words for each in returns},
        "may_write": found.is_open and may_write(request.user, found.unit),
        "may_return": RETURNED in NEXT[found.state] and may_accept(request.user, found.unit),
        "lines": lines_in(found, appendix) if line_source(shown.form) == "fields" else [],
        "typed": request.POST if message else {},
        "message": message,
        "seen": read_at.isoformat(),
    }
    return render(request, "reports/sheet.html", page, status=409 if message else 200)


@require_POST
@opens_to(may_see_reports)
def live_check(request: SignedInRequest, code: str, appendix: int) -> HttpResponse:
    """Say what is wrong with cells as they stand on the screen; nothing is kept.

    Answers {"rows": {row: [{"severity", "label", "words"}]}, "computed": {row: value}, "errors": number}.
    """
    found = _find(request, code, appendix)
    cells = {(cell.appendix, cell.row): cell for cell in found.cells.all()}
    for (number, row), entry in entries_in(request.POST, appendix).items():
        cell = cells.get((number, row)) or ReportCell(report=found, appendix=number, row=row)
        value = entry.value.strip()[: writing.LONGEST_VALUE]
        cell.typed, cell.is_typed = value, bool(value) or bool(cell.measured or cell.summed)
        cells[number, row] = cell
    seen = checked(found, cells=cells.values())
    shown = _sheet_of(seen, appendix)
    rows = {
        row.row.code: [
            {"severity": each.severity, "label": severity_label(each), "words": say(each)} for each in row.findings
        ]
        for row in shown.rows
        if row.findings
    }
    computed = {row.row.code: row.shown for row in shown.rows if row.is_computed}
    return JsonResponse({"rows": rows, "computed": computed, "errors": len(seen.errors)})


@require_POST
@opens_to(may_see_reports)
def lines(request: SignedInRequest, code: str, appendix: int) -> HttpResponse:
    """Set the fields that a form by fields has a line for."""
    found = _find(request, code, appendix)
    try:
        writing.set_lines(code, appendix, request.POST.get("lines", "").splitlines(), actor=request.user)
    except Refused as refusal:
        return _sheet_page(request, found, appendix, refusal.message)
    return redirect("reports:sheet", code, appendix)


@require_POST
@opens_to(may_see_reports)
def return_cells(request: SignedInRequest, code: str, appendix: int) -> HttpResponse:
    """Send cells back, each with words: ``w:<row>``."""
    found = _find(request, code, appendix)
    words = {
        (appendix, name.removeprefix("w:")): str(value)
        for name, value in request.POST.items()
        if name.startswith("w:") and str(value).strip()
    }
    try:
        sending.return_cells(code, words, actor=request.user)
    except Refused as refusal:
        return _sheet_page(request, found, appendix, refusal.message)
    messages.success(request, gettext("Đã trả lại %(count)s ô.") % {"count": len(words)})
    return redirect("reports:report", code)


@require_GET
@opens_to(may_see_reports)
def cell(request: SignedInRequest, code: str, appendix: int, row: str) -> HttpResponse:
    """Where one number comes from: what was measured, what the units below reported, what was typed and why."""
    found = _find(request, code, appendix)
    shown = next((each for each in _sheet_of(checked(found), appendix).rows if each.row.code == row), None)
    if shown is None or shown.is_group:
        raise Http404
    parts = list(parts_of(found, appendix, row)) if shown.cell and shown.cell.summed else []
    history = [
        {"number": version.number, "at": version.at, "value": version.cells.get(str(appendix), {}).get(row, "")}
        for version in found.versions.order_by("number")
    ]
    page = {"report": found, "appendix": appendix, "row": shown, "parts": parts, "history": history}
    return render(request, "reports/cell.html", page)
