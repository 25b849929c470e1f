"""A round of reports: opened for every unit that owes one, sending days set, and what came in added up."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account
from motcua.organizations.states import CONTROL_OFFICER, UNIT_KINDS
from motcua.reports.access import may_write
from motcua.reports.actions.writing import begun, open_report
from motcua.reports.consolidation import Gathered, gathered
from motcua.reports.events import CONSOLIDATED, SENDING_DAY_SET
from motcua.reports.models import Report, ReportCell, SendingDay
from motcua.reports.obligations import owing_units
from motcua.reports.rules.due_periods import check_due
from motcua.reports.rules.periods import ReportPeriod, regime_rules, send_is_late_enough


def open_round(regime: str, period: ReportPeriod, *, actor: Account) -> int:
    """Open the report of every unit under the actor's control that owes one; return how many were new.

    Nothing is measured yet: each unit takes its numbers when it begins. Every unit is its own transaction, so that a
    round that was interrupted goes on where it stopped.

    Raises:
        Refused: the actor controls no unit, the period has not begun, or the regime asks for no such report.
    """
    scopes = [scope_of(post) for post in actor.posts_now if post.role == CONTROL_OFFICER]
    if not scopes:
        raise Refused(gettext("Chỉ cán bộ kiểm soát mở được đợt báo cáo."))
    begun(period, regime)
    check_due(period, regime)
    units = owing_units(regime, period, scopes)
    standing = set(
        Report.objects.filter(regime=regime, period=period.code, unit__in=units).values_list("unit", flat=True)
    )
    new = [unit for unit in units if unit.pk not in standing]
    for unit in new:
        open_report(unit=unit, period=period, regime=regime, actor=actor, is_measured=False)
    return len(new)


@transaction.atomic
def set_sending_day(regime: str, *, level: str, day: int, valid_from: date, source: str, actor: Account) -> SendingDay:
    """Set by which day of a period's last month units of ``level`` send, from ``valid_from`` on.

    Raises:
        Refused: the actor controls no unit, no source is given, the day is out of range or not a working day after
            the closing day (R8.1).
    """
    if not actor.has_role(CONTROL_OFFICER):
        raise Refused(gettext("Chỉ cán bộ kiểm soát đặt được ngày gửi."))
    rules = regime_rules(regime)
    if not rules["send"] or (level and level not in UNIT_KINDS):
        raise Refused(gettext("Chế độ báo cáo này không đặt ngày gửi cho cấp ấy."), field="level")
    if not 1 <= day <= 28 or not nfc(source).strip():
        raise Refused(gettext("Ngày gửi từ 1 đến 28 của tháng cuối kỳ, và cần ghi căn cứ."), field="day")
    closing = rules["closes"]["day"]
    if isinstance(closing, int) and not send_is_late_enough(date(2026, 6, closing), date(2026, 6, day)):
        raise Refused(
            gettext("Từ ngày chốt (%(day)s) đến ngày gửi phải có ít nhất một ngày làm việc.") % {"day": closing},
            field="day",
        )
    setting, _is_new = SendingDay.objects.update_or_create(
        regime=regime, level=level, valid_from=valid_from, defaults={"day": day, "source": nfc(source).strip()[:200]}
    )
    record(SENDING_DAY_SET, subject=f"regime:{regime}", actor=actor.code, unit="", regime=regime, level=level, day=day)
    return setting


@transaction.atomic
def consolidate(code: str, *, actor: Account) -> Gathered:
    """Add up what the units below have sent into the report; who is missing or late is kept with the sums.

    A typed or measured number stays what counts; the sum stands beside it.

    Raises:
        Refused: the actor may not write it, it is sent, or no unit below owes the report.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("unit__parent").get(code=code)
    if not may_write(actor, report.unit):
        raise Refused(gettext("Bạn không lập báo cáo cho %(unit)s.") % {"unit": report.unit})
    if not report.is_open:
        raise Refused(gettext("Báo cáo đang ở trạng thái “%(state)s”, không sửa được.") % {"state": report.state_label})
    found = gathered(report)
    if not found.children and not found.missing:
        raise Refused(gettext("Không có đơn vị cấp dưới nào phải gửi báo cáo này."))
    changed = _put_sums(report, found, actor)
    report.consolidation = {
        "at": now().isoformat(),
        "children": [
            {"unit": child.unit, "name": child.name, "report": child.report, "version": child.version}
            for child in found.children
        ],
        "missing": found.missing,
        "late": found.late,
        "unplaced": found.unplaced,
    }
    report.save(update_fields=["consolidation"])
    record(
        CONSOLIDATED,
        subject=report.code,
        actor=actor.code,
        unit=report.unit.code,
        children=len(found.children),
        missing=len(found.missing),
        cells=changed,
    )
    return found


def _put_sums(report: Report, found: Gathered, actor: Account) -> int:
    cells = {(cell.appendix, cell.row): cell for cell in report.cells.all()}
    at, changed = now(), []
    for place in found.sums.keys() | {place for place, cell in cells.items() if cell.summed}:
        cell = cells.get(place) or ReportCell(report=report, appendix=place[0], row=place[1])
        value = found.sums.get(place, "")
        if cell.summed != value:
            cell.summed, cell.changed_at, cell.changed_by = value, at, actor.code
            changed.append(cell)
    ReportCell.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["report", "appendix", "row"],
        update_fields=["summed", "changed_at", "changed_by"],
    )
    return len(changed)
