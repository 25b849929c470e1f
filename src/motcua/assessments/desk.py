"""What assessments put before officials: to be scored, to be verified, to be answered, to be closed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.assessments.access import judged_by, may_manage, rounds_for, works_in
from motcua.assessments.models import Assessment
from motcua.assessments.queries import sheet_of
from motcua.assessments.states import OPEN, VERIFIED, VERIFYING
from motcua.base.clock import start_of
from motcua.base.desk import Entry, Tray, TrayPage
from motcua.organizations.access import has_role
from motcua.organizations.states import CONTROL_OFFICER, LEADER, SPECIALIST, UNIT_HEAD

COUNT_CAP = 200  # assessments looked through for one tray


def to_score(account: Any, most: int) -> TrayPage:
    """Assessments of the account's units that score themselves or may explain, the nearest last day first."""
    units = {unit.pk for unit in account.units_as(SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER)}
    found = Assessment.objects.filter(unit__in=units, state__in=[OPEN, VERIFIED], agreed_at__isnull=True)
    rows = list(_loaded(found).order_by("round__self_score_by", "pk")[:COUNT_CAP])
    return _page(rows, most)


def to_verify(account: Any, most: int) -> TrayPage:
    """Assessments in which the account has criteria to judge, the nearest last day first."""
    rounds = list(rounds_for(account).filter(assessments__state__in=VERIFYING).distinct()[:COUNT_CAP])
    found = Assessment.objects.filter(round__in=[each.pk for each in rounds], state__in=VERIFYING)
    rows = [
        row
        for row in _loaded(found).order_by("round__verify_by", "pk")[:COUNT_CAP]
        if judged_by(account, row) and sheet_of(row, account).mine_open
    ]
    return _page(rows, most)


def to_close(account: Any, most: int) -> TrayPage:
    """Verified assessments whose unit agreed: their points may be closed."""
    found = _loaded(Assessment.objects.filter(state=VERIFIED, agreed_at__isnull=False)).order_by("agreed_at", "pk")
    rows = [row for row in found[:COUNT_CAP] if may_manage(account, row.round.unit) and not works_in(account, row.unit)]
    return _page(rows, most)


def _loaded(found: Any) -> Any:
    return found.select_related("round__version__set", "round__unit__parent", "unit__parent")


def _page(rows: list[Assessment], most: int) -> TrayPage:
    return TrayPage([_entry(row) for row in rows[:most]], len(rows), reverse("assessments:rounds"))


def _entry(row: Assessment) -> Entry:
    due_on = row.due_on()
    until = gettext(", hạn %(day)s") % {"day": f"{due_on:%d/%m/%Y}"} if due_on else ""
    address = reverse("assessments:sheet", args=[row.round.code, row.unit.code])
    note = f"{row.unit.name}: {row.state_label}{until}"
    return Entry(row.round.title, address, note, start_of(due_on) if due_on else None, row.code)


TRAYS = [
    Tray("assessments_to_score", _("Tự chấm điểm, giải trình"), 66, has_role(UNIT_HEAD, LEADER), to_score),
    Tray(
        "assessments_to_verify",
        _("Điểm tự chấm chờ thẩm định"),
        67,
        has_role(UNIT_HEAD, LEADER, CONTROL_OFFICER),
        to_verify,
    ),
    Tray("assessments_to_close", _("Kết quả đánh giá chờ chốt"), 68, has_role(CONTROL_OFFICER), to_close),
]
