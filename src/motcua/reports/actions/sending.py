"""Sending a report up, and what the office does with it."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account
from motcua.reports.access import may_accept, may_submit
from motcua.reports.events import ACCEPTED as ACCEPTED_EVENT
from motcua.reports.events import RETURNED as RETURNED_EVENT
from motcua.reports.events import SUBMITTED as SUBMITTED_EVENT
from motcua.reports.models import Report
from motcua.reports.queries import checked
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
    report.state, report.submitted_at, report.return_reason = SUBMITTED, now(), ""
    report.save(update_fields=["state", "submitted_at", "return_reason"])
    record(
        SUBMITTED_EVENT,
        subject=report.code,
        actor=actor.code,
        unit=report.unit.code,
        errors=0,
        warnings=len(seen.findings),
    )
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
