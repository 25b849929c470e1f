"""Who owes a regime's report for a period, by when, and how far each is: the boards of completeness and timeliness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, Q
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, today
from motcua.organizations.models import Unit, UnitQuerySet
from motcua.organizations.queries import successors_of
from motcua.organizations.states import OFFICE, PROVINCE
from motcua.reports.forms_in_use import forms_for
from motcua.reports.models import Report, ReportCell, ReportVersion, SendingDay
from motcua.reports.queries import reporter_kind
from motcua.reports.rules.catalogue import reporter_groups
from motcua.reports.rules.periods import ReportPeriod, regime_rules
from motcua.reports.states import OPEN_STATES

SOON = timedelta(days=10)  # from when on a report shows as falling due
NOT_OPENED, WRITING, OVERDUE, SENT, SENT_LATE = "not_opened", "writing", "overdue", "sent", "sent_late"


def send_by(regime: str, period: ReportPeriod, level: str) -> date | None:
    """Return the last day to send for units of ``level``: the province's own setting, else the regime's day."""
    last = period.window(regime).last
    own = SendingDay.objects.filter(regime=regime, level__in=("", level), valid_from__lte=last)
    chosen = max(own, key=lambda each: (bool(each.level), each.valid_from), default=None)
    if chosen is not None:
        return date(period.year, period.last_month, chosen.day)
    return period.send_by(regime, level)


def _owing_kinds(regime: str) -> UnitQuerySet:
    kinds = set(regime_rules(regime).get("owed_by", ()))
    office = Q(kind=OFFICE, parent__kind=PROVINCE) if OFFICE in kinds else Q(pk__in=[])
    return Unit.objects.filter(Q(kind__in=kinds - {OFFICE}) | office).select_related("parent")


def owing_units(regime: str, period: ReportPeriod, scopes: Iterable[Unit]) -> list[Unit]:
    """Return the units under ``scopes`` that owe the report: those in force on the closing day, by level and name."""
    units = _owing_kinds(regime).in_force(period.window(regime).last).below(*scopes)
    return sorted(units, key=lambda unit: (unit.kind != PROVINCE, unit.kind, unit.sort_key))


def dissolved_units(regime: str, period: ReportPeriod, scopes: Iterable[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Return the units that ended within the window, each with those that hold today what it was."""
    window = period.window(regime)
    gone = _owing_kinds(regime).below(*scopes).filter(valid_to__gte=window.first, valid_to__lt=window.last)
    return [(unit, successors_of(unit)) for unit in gone.order_by("code")]


@dataclass(frozen=True)
class Dissolved:
    """A unit that ended within a report's window: who holds it today, and what it had sent (None: nothing)."""

    unit: Unit
    heirs: list[Unit]
    report: Report | None


def dissolved_below(report: Report) -> list[Dissolved]:
    """Return the units right below a report's unit that ended within its window: no sum holds what they sent."""
    gone = [
        (unit, heirs)
        for unit, heirs in dissolved_units(report.regime, report.report_period, [report.unit])
        if unit.parent_id == report.unit_id
    ]
    sent = Report.objects.filter(
        regime=report.regime, period=report.period, unit__in=[unit for unit, _ in gone], submitted_at__isnull=False
    )
    by_unit = {each.unit_id: each for each in sent} if gone else {}
    return [Dissolved(unit, heirs, by_unit.get(unit.pk)) for unit, heirs in gone]


def receivers_of(report: Report) -> list[Unit]:
    """Return the units a report goes to: the unit above, and the regime's own receivers in the province."""
    wanted = set(regime_rules(report.regime).get("receivers", ()))
    unit, day = report.unit, report.report_period.window(report.regime).last
    province = unit
    while province.parent is not None and province.kind != PROVINCE:
        province = province.parent
    found = {} if unit.parent is None else {unit.parent_id: unit.parent}
    for other in Unit.objects.in_force(day).filter(parent=province).select_related("parent"):
        if other.pk != unit.pk and reporter_kind(other) in wanted:
            found[other.pk] = other
    return sorted(found.values(), key=lambda each: each.sort_key)


@dataclass(frozen=True)
class Duty:
    """What one unit owes for a period. ``filled`` of ``due`` cells are filled; ``days_late`` counts calendar days."""

    unit: Unit
    report: Report | None
    due_on: date | None
    first_sent_on: date | None
    filled: int
    due: int
    state: str
    days_late: int

    @property
    def share(self) -> int:
        """The share of due cells that are filled, in per cent, rounded down: 100 means all."""
        return 100 * self.filled // self.due if self.due else 0

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            NOT_OPENED: gettext("Chưa lập"),
            WRITING: gettext("Đang lập"),
            OVERDUE: gettext("Quá hạn chưa gửi"),
            SENT: gettext("Đã gửi đúng hạn"),
            SENT_LATE: gettext("Đã gửi, muộn %(days)s ngày") % {"days": self.days_late},
        }[self.state]

    @property
    def tone(self) -> str:
        tones = {NOT_OPENED: "neutral", WRITING: "progress", OVERDUE: "danger", SENT: "good", SENT_LATE: "warning"}
        return tones[self.state]


def duties(regime: str, period: ReportPeriod, scopes: Iterable[Unit]) -> list[Duty]:
    """Return how far every unit that owes the report is."""
    units = owing_units(regime, period, list(scopes))
    reports = {
        report.unit_id: report
        for report in Report.objects.filter(regime=regime, period=period.code, unit__in=units).select_related("unit")
    }
    firsts = dict(
        ReportVersion.objects.filter(report__in=reports.values())
        .values_list("report")
        .annotate(first=Min("at"))
        .order_by()
    )
    due_days = {kind: send_by(regime, period, kind) for kind in {unit.kind for unit in units}}
    filled = _filled_rows(reports.values())
    return [_duty(unit, reports.get(unit.pk), due_days[unit.kind], firsts, filled) for unit in units]


def _duty(
    unit: Unit,
    report: Report | None,
    due_on: date | None,
    firsts: dict[int, object],
    filled: dict[int, set[tuple[int, str]]],
) -> Duty:
    sent_at = firsts.get(report.pk) if report else None
    sent_on = sent_at.astimezone(VIETNAM).date() if sent_at is not None else None  # type: ignore[attr-defined]
    days_late = max(0, ((sent_on or today()) - due_on).days) if due_on else 0
    if sent_on is not None:
        state = SENT_LATE if days_late else SENT
    elif days_late:
        state = OVERDUE
    else:
        state = WRITING if report else NOT_OPENED
    rows = due_rows(report, unit) if report else set()
    there = len(rows & filled.get(report.pk, set())) if report else 0
    return Duty(unit, report, due_on, sent_on, there, len(rows), state, days_late)


def unsent(unit: Unit, day: date, *, late: bool) -> list[Report]:
    """Return the open reports of ``unit`` and all under it whose last day is past, or comes within ``SOON`` days."""
    found = []
    days: dict[tuple[str, str, str], date | None] = {}
    for report in Report.objects.filter(unit__path__startswith=unit.path, state__in=OPEN_STATES).select_related("unit"):
        key = (report.regime, report.period, report.unit.kind)
        if key not in days:
            days[key] = send_by(report.regime, report.report_period, report.unit.kind)
        due_on = days[key]
        if due_on is not None and (due_on < day if late else day <= due_on <= day + SOON):
            found.append(report)
    return found


def due_rows(report: Report, unit: Unit) -> set[tuple[int, str]]:
    """Return the rows that the unit must fill by itself: those of its group that nothing computes."""
    groups = reporter_groups(reporter_kind(unit))
    last = report.report_period.window(report.regime).last
    return {
        (number, code)
        for number, form in forms_for(report).items()
        for code, row in form.rows_on(last).items()
        if row.kind != "group" and row.formula is None and not row.is_optional and row.applies_to(groups) is not False
    }


def _filled_rows(reports: Iterable[Report]) -> dict[int, set[tuple[int, str]]]:
    found: dict[int, set[tuple[int, str]]] = {}
    held = Q(is_typed=True) & ~Q(typed="") | Q(is_typed=False) & (~Q(measured="") | ~Q(summed=""))
    cells = ReportCell.objects.filter(held, report__in=list(reports)).values_list("report", "appendix", "row")
    for report, appendix, row in cells:
        found.setdefault(report, set()).add((appendix, row))
    return found
