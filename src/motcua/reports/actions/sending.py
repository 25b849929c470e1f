"""Sending a report up, and what the office does with it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account
from motcua.reports.access import may_accept, may_submit, units_of
from motcua.reports.events import ACCEPTED as ACCEPTED_EVENT
from motcua.reports.events import CELLS_RETURNED, RECEIVED
from motcua.reports.events import RETURNED as RETURNED_EVENT
from motcua.reports.events import SUBMITTED as SUBMITTED_EVENT
from motcua.reports.forms_in_use import forms_for, own_lines
from motcua.reports.models import CellReturn, Receipt, Report, ReportVersion
from motcua.reports.obligations import receivers_of
from motcua.reports.queries import CheckedReport, checked, snapshot
from motcua.reports.states import ACCEPTED, NEXT, RETURNED, SUBMITTED


def _locked(code: str, to_state: str) -> Report:
    report = Report.objects.select_for_update(of=("self",)).select_related("unit__parent").get(code=code)
    if to_state not in NEXT[report.state]:
        raise Refused(
            gettext("Báo cáo đang ở trạng thái “%(state)s”, không thực hiện được việc này.")
            % {"state": report.state_label}
        )
    return report


@transaction.atomic
def submit(code: str, *, actor: Account) -> Report:
    """Send the report; what contradicts itself is not sent.

    Raises:
        Refused: it was sent, the actor may not send for the unit, or the checker finds errors (their number is said).
    """
    report = _locked(code, SUBMITTED)
    if not may_submit(actor, report.unit):
        raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát gửi được báo cáo."))
    seen = checked(report, is_final=True)
    if seen.errors:
        raise Refused(
            gettext("Báo cáo còn %(count)s lỗi số liệu, hãy sửa trước khi gửi.") % {"count": len(seen.errors)}
        )
    if waiting := report.cell_returns.filter(answered_at__isnull=True).order_by("appendix", "pk"):
        places = ", ".join(f"{each.appendix}-{each.row}" for each in waiting[:5])
        raise Refused(gettext("Còn ô bị trả lại chưa sửa hoặc giải trình: %(cells)s.") % {"cells": places})
    report.state, report.submitted_at, report.return_reason = SUBMITTED, now(), ""
    report.save(update_fields=["state", "submitted_at", "return_reason"])
    _send_version(report, seen, actor)
    record(
        SUBMITTED_EVENT,
        subject=report.code,
        actor=actor.code,
        unit=report.unit.code,
        errors=0,
        warnings=len(seen.findings),
    )
    return report


def _send_version(report: Report, seen: CheckedReport, actor: Account) -> None:
    """Keep the values as they are sent, and say to whom."""
    number = report.versions.count() + 1
    forms = {sheet.form.appendix: sheet.form for sheet in seen.sheets}
    ReportVersion.objects.create(
        report=report,
        number=number,
        at=now(),
        by=actor.code,
        cells=snapshot(forms, seen.values),
        lines={str(number): [line.as_dict() for line in lines] for number, lines in own_lines(report).items()},
        narrative=report.narrative,
    )
    Receipt.objects.bulk_create(
        Receipt(report=report, version=number, unit=unit, sent_at=now()) for unit in receivers_of(report)
    )


@transaction.atomic
def return_cells(code: str, cells: Mapping[tuple[int, str], str], *, actor: Account) -> Report:
    """Give single cells of a sent report back with words; the rest stands, and the report is open again.

    Raises:
        Refused: it is with its unit already, a cell is unknown or without words, or the actor does not oversee it.
    """
    report = _locked(code, RETURNED)
    if not may_accept(actor, report.unit):
        raise Refused(gettext("Chỉ cán bộ kiểm soát trả lại được báo cáo."))
    forms = forms_for(report)
    for (appendix, row), words in cells.items():
        if appendix not in forms or row not in forms[appendix].rows:
            raise Refused(gettext("Không có ô %(cell)s trong báo cáo.") % {"cell": f"{appendix}-{row[:20]}"})
        if not words.strip() or len(words) > 500:
            raise Refused(gettext("Ô %(cell)s: cần ghi điều phải sửa (tối đa 500 ký tự).") % {"cell": row})
    if not cells:
        raise Refused(gettext("Chưa chọn ô nào để trả lại."), field="cells")
    at = now()
    CellReturn.objects.bulk_create(
        CellReturn(report=report, appendix=appendix, row=row, words=nfc(words).strip(), at=at, by=actor.code)
        for (appendix, row), words in cells.items()
    )
    report.state, report.accepted_at = RETURNED, None
    report.return_reason = gettext("Sửa %(count)s ô được nêu trong báo cáo.") % {"count": len(cells)}
    report.save(update_fields=["state", "return_reason", "accepted_at"])
    record(
        CELLS_RETURNED,
        subject=report.code,
        actor=actor.code,
        unit=report.unit.code,
        cells=[f"PL{appendix}-{row}" for appendix, row in cells],
    )
    return report


@transaction.atomic
def acknowledge(code: str, *, actor: Account) -> Report:
    """Say that a receiver has the report: for every unit of the actor that it was sent to.

    Raises:
        Refused: it was sent to none of the actor's units, or all of them have said so.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("unit").get(code=code)
    waiting = report.receipts.filter(unit__in=units_of(actor), received_at__isnull=True)
    version = max((receipt.version for receipt in waiting), default=0)
    if not waiting.update(received_at=now(), received_by=actor.code):
        raise Refused(gettext("Báo cáo không chờ đơn vị của bạn xác nhận."))
    record(RECEIVED, subject=report.code, actor=actor.code, unit=report.unit.code, version=version)
    return report


@transaction.atomic
def send_back(code: str, *, reason: str, actor: Account) -> Report:
    """Give a sent or accepted report back to be changed, with words.

    Raises:
        Refused: it is with its unit already, no reason is given, or the actor does not oversee the unit.
    """
    report = _locked(code, RETURNED)
    reason = nfc(reason).strip()
    if not may_accept(actor, report.unit):
        raise Refused(gettext("Chỉ cán bộ kiểm soát trả lại được báo cáo."))
    if not reason or len(reason) > 1000:
        raise Refused(gettext("Cần ghi lý do trả lại (tối đa 1000 ký tự)."), field="reason")
    report.state, report.return_reason, report.accepted_at = RETURNED, reason, None
    report.save(update_fields=["state", "return_reason", "accepted_at"])
    record(RETURNED_EVENT, subject=report.code, actor=actor.code, unit=report.unit.code)
    return report


@transaction.atomic
def accept(code: str, *, actor: Account) -> Report:
    """Accept a sent report.

    Raises:
        Refused: it is not sent, or the actor does not oversee the unit.
    """
    report = _locked(code, ACCEPTED)
    if not may_accept(actor, report.unit):
        raise Refused(gettext("Chỉ cán bộ kiểm soát duyệt được báo cáo."))
    report.state, report.accepted_at = ACCEPTED, now()
    report.save(update_fields=["state", "accepted_at"])
    record(ACCEPTED_EVENT, subject=report.code, actor=actor.code, unit=report.unit.code)
    return report
