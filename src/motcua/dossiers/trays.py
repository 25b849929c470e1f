"""What of dossiers waits for heads and leaders: to sign, to look through, late, to explain, to apologise for, stuck."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.desk import Entry, TrayPage
from motcua.dossiers.models import Apology, Explanation
from motcua.dossiers.queries.board import stuck_for
from motcua.dossiers.queries.forecast import KIND
from motcua.dossiers.queries.why import as_time
from motcua.dossiers.states import APPROVE, OPEN_STATES, PROPOSE, RETURN
from motcua.organizations.states import LEADER, UNIT_HEAD
from motcua.workflow.models import JOINING, OPEN, Run

COUNT_CAP = 1_000


def to_sign(account: Any, most: int) -> TrayPage:
    """Results put before the account to be signed."""
    return _steps(account, most, phase=APPROVE, role=LEADER)


def to_review(account: Any, most: int) -> TrayPage:
    """Results put before the account as head, to be passed on or given back."""
    return _steps(account, most, phase=PROPOSE, role=UNIT_HEAD)


def late(account: Any, most: int) -> TrayPage:
    """Open dossiers of the account's units past their promise, the oldest first."""
    runs = Run.objects.filter(competent_unit__in=_led(account), state__in=[OPEN, JOINING], kind=KIND, branch=0)
    found = runs.exclude(phase=RETURN).filter(legal_minutes__gt=0, due_at__lt=now()).order_by("due_at", "id")
    return _page(found.select_related("unit", "assignee"), most, _late_entry)


def explanations(account: Any, most: int) -> TrayPage:
    """Explanations that the account's units still owe."""
    owed = Explanation.objects.filter(unit__in=_led(account), answered_at__isnull=True).order_by("answer_by", "id")
    return _page(
        owed.select_related("dossier", "unit", "holder"), most, _owed_entry, url=reverse("dossiers:late_counts")
    )


def apologies(account: Any, most: int) -> TrayPage:
    """Letters of apology to be signed by the account."""
    units = {unit.pk for unit in account.units_as(LEADER)}
    drafted = Apology.objects.filter(
        approved_at__isnull=True,
        sent_at__isnull=True,
        dossier__competent_unit__in=units,
        dossier__state__in=OPEN_STATES,
    )
    return _page(drafted.select_related("dossier").order_by("send_by", "id"), most, _letter_entry)


def letters_to_send(account: Any, most: int) -> TrayPage:
    """Letters of apology that are signed and lie in the account's units unsent."""
    signed = Apology.objects.filter(
        Q(dossier__competent_unit__in=_led(account)), approved_at__isnull=False, sent_at__isnull=True
    )
    return _page(signed.select_related("dossier").order_by("send_by", "id"), most, _letter_entry)


def stuck(account: Any, most: int) -> TrayPage:
    """What has not moved for days in the units that the account looks over."""
    found = stuck_for(account)
    entries = [
        Entry(
            title=each.run.title,
            url=each.run.link,
            note=gettext("%(step)s, %(unit)s: đứng yên %(time)s")
            % {"step": each.run.step_name, "unit": each.run.unit.name, "time": as_time(each.held)},
            due_at=each.run.due_at,
            code=each.run.subject,
        )
        for each in found[:most]
    ]
    return TrayPage(entries, len(found), reverse("dossiers:stuck"))


def _led(account: Any) -> set[int]:
    return {unit.pk for unit in account.units_as(UNIT_HEAD, LEADER)}


def _steps(account: Any, most: int, *, phase: str, role: str) -> TrayPage:
    """Return the open steps of ``phase`` that wait for ``role`` in the account's units, the soonest due first."""
    units = {unit.pk for unit in account.units_as(role)}
    free = Q(assignee__isnull=True) | Q(assignee=account)
    runs = Run.objects.filter(free, unit__in=units, role=role, state=OPEN, phase=phase, kind=KIND)
    return _page(runs.select_related("unit", "assignee").order_by("step_due_at", "id"), most, _step_entry)


def _page(found: QuerySet[Any], most: int, entry: Callable[[Any], Entry], url: str = "") -> TrayPage:
    rows = list(found[: most + 1])
    count = len(rows) if len(rows) <= most else found.order_by()[:COUNT_CAP].count()
    return TrayPage([entry(row) for row in rows[:most]], count, url)


def _step_entry(run: Run) -> Entry:
    return Entry(run.title, run.link, f"{run.step_name}, {run.unit.name}", run.step_due_at, run.subject, KIND)


def _late_entry(run: Run) -> Entry:
    who = run.assignee.full_name if run.assignee else gettext("chưa ai nhận")
    url = reverse("dossiers:late", args=[run.subject])
    return Entry(run.title, url, f"{run.step_name}, {run.unit.name}, {who}", run.due_at, run.subject)


def _owed_entry(owed: Explanation) -> Entry:
    who = owed.holder.full_name if owed.holder else owed.unit.name
    code = owed.dossier.code
    return Entry(
        gettext("Giải trình bước “%(step)s”") % {"step": owed.step_name},
        reverse("dossiers:late", args=[code]),
        who,
        owed.answer_by,
        code,
    )


def _letter_entry(letter: Apology) -> Entry:
    code = letter.dossier.code
    title = gettext("Văn bản xin lỗi và hẹn lại")
    return Entry(title, reverse("dossiers:late", args=[code]), letter.reason[:120], letter.send_by, code)
