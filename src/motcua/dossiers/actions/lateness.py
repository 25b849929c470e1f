"""Late dossiers: explanations asked and given (R4.18), the letter of apology (R4.16, R4.17), the watchdog's round."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.dossiers.access.dossier import sees
from motcua.dossiers.access.late import Lateness, why_not_late
from motcua.dossiers.events import (
    APOLOGISED,
    APOLOGY_APPROVED,
    APOLOGY_DRAFTED,
    EXPLAINED,
    EXPLANATION_ASKED,
    STUCK,
    as_text,
)
from motcua.dossiers.models import Apology, Dossier, Explanation
from motcua.dossiers.queries.forecast import Forecast, forecast_of
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.dossiers.states import RUNNING_STATES
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.workflow.actions import runs
from motcua.workflow.models import CLOSED, Holding, Run

MOST_AT_ONCE = 500  # dossiers of one round; the next round goes on
LOOKS_BACK = timedelta(days=7)  # for what became late and was decided between two rounds


def _lock(action: str, code: str, actor: Account) -> Lateness:
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit", "receiving_unit")
    dossier = dossiers.filter(code=code).first()
    if dossier is None:
        raise Http404
    run = runs.lock(code)
    explanation = Explanation.objects.select_related("unit").filter(dossier=dossier).first()
    late = Lateness(dossier, run, explanation, Apology.objects.filter(dossier=dossier).first())
    held_it = explanation is not None and not why_not_late("explain", actor, late)
    if not (sees(actor, dossier, run) or held_it):
        raise Http404
    if reason := why_not_late(action, actor, late):
        raise Refused(reason)
    return late


@transaction.atomic
def explain(code: str, *, text: str, actor: Account, at: datetime | None = None) -> Explanation:
    """Answer, once, why the dossier became late.

    Raises:
        Http404: no such dossier for the actor.
        Refused: nothing is asked, it was answered, the text is empty, or the actor did not hold it.
    """
    text = wording.lines(text, field="text", label=gettext("giải trình"), longest=2000, required=True)
    late = _lock("explain", code, actor)
    asked, answered_at = late.explanation, at or now()
    assert asked is not None  # the table asks for it

    asked.text, asked.answered_at, asked.answered_by = text, answered_at, actor.code
    asked.save(update_fields=["text", "answered_at", "answered_by"])

    record(EXPLAINED, subject=code, actor=actor.code, unit=asked.unit.code, at=answered_at)
    return asked


@transaction.atomic
def draft_apology(
    code: str, *, reason: str, new_due_at: datetime, actor: Account, at: datetime | None = None
) -> Apology:
    """Write the letter of apology, or change it until it is signed; the new day is given once (R4.17).

    Raises:
        Http404: no such dossier for the actor.
        Refused: it was signed, no promise runs, no reason, or the new day is not after the promised one and today.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    late, drafted_at = _lock("draft_apology", code, actor), at or now()
    due_at = late.dossier.due_at
    assert due_at is not None
    if new_due_at <= max(due_at, drafted_at):
        raise Refused(gettext("Ngày hẹn mới phải sau ngày đã hẹn và sau hôm nay."), field="new_due_at")

    letter = _write(late.dossier, reason=reason, new_due_at=new_due_at, at=drafted_at, by=actor.code)

    record(APOLOGY_DRAFTED, subject=code, actor=actor.code, unit=late.run.unit.code, at=drafted_at, is_proposed=False)
    return letter


def _write(dossier: Dossier, *, reason: str, new_due_at: datetime, at: datetime, by: str) -> Apology:
    due_at = dossier.due_at
    assert due_at is not None
    letter, _is_new = Apology.objects.update_or_create(
        dossier=dossier,
        defaults={
            "reason": reason,
            "new_due_at": new_due_at,
            "send_by": _send_by(dossier.competent_unit, due_at),
            "drafted_at": at,
            "drafted_by": by,
        },
    )
    return letter


def _send_by(unit: Unit, due_at: datetime) -> datetime:
    days = control_rules_on(due_at.astimezone(VIETNAM).date()).apology_days_before_due
    return calendar_for(unit.code).subtract_working_days(due_at, days)


@transaction.atomic
def approve_apology(
    code: str, *, actor: Account, signed_file: StoredFile | None = None, at: datetime | None = None
) -> Apology:
    """Sign the letter: the signed file is attached, or it was signed on paper.

    Raises:
        Http404: no such dossier for the actor.
        Refused: there is no draft, or the actor is not the head of the agency.
    """
    late, approved_at = _lock("approve_apology", code, actor), at or now()
    letter = late.apology
    assert letter is not None

    letter.approved_at, letter.approved_by, letter.signed_file = approved_at, actor.code, signed_file
    letter.save(update_fields=["approved_at", "approved_by", "signed_file"])

    record(APOLOGY_APPROVED, subject=code, actor=actor.code, unit=late.dossier.competent_unit.code, at=approved_at)
    return letter


@transaction.atomic
def send_apology(code: str, *, actor: Account, at: datetime | None = None) -> Apology:
    """Send the signed letter to the applicant; the fact keeps whether that was before the law's last instant.

    The promise itself does not move: what is late stays late (DOMAIN 4.12).

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not signed, it was sent, or the actor neither receives nor leads there.
    """
    late, sent_at = _lock("send_apology", code, actor), at or now()
    letter = late.apology
    assert letter is not None

    letter.sent_at, letter.sent_by = sent_at, actor.code
    letter.save(update_fields=["sent_at", "sent_by"])

    record(
        APOLOGISED,
        subject=code,
        actor=actor.code,
        unit=late.dossier.competent_unit.code,
        at=sent_at,
        new_due_at=as_text(letter.new_due_at),
        is_in_time=letter.is_in_time,
    )
    return letter


def make_round(*, at: datetime | None = None) -> dict[str, int]:
    """Ask for explanations, propose apologies and bark at what stands still; return how many of each.

    Done again it does nothing new.
    """
    at = at or now()
    counts = {"explanations": _ask_explanations(at), "apologies": 0, "stuck": 0}
    busy = Run.objects.exclude(state=CLOSED).filter(branch=0).values("competent_unit").distinct()
    for unit in Unit.objects.filter(pk__in=busy).order_by("code"):
        try:
            found = forecast_of(unit, at=at)
        except CalendarRefused:
            continue  # its calendar does not reach so far: no forecast is better than a wrong one
        counts["apologies"] += _propose_apologies(unit, found, at)
        stuck = [each for each in found if each.is_stuck]
        said = _barked(stuck)
        counts["stuck"] += sum(_bark(each, at) for each in stuck if (each.code, as_text(each.held_since)) not in said)
    return counts


def _ask_explanations(at: datetime) -> int:
    """Ask about what is late by now, and about what was decided too late since the rounds of the last week (R4.18)."""
    open_late = Run.objects.exclude(state=CLOSED).filter(branch=0, due_at__lt=at).values("subject")
    unasked = ~Exists(Explanation.objects.filter(dossier=OuterRef("pk")))
    waiting = Dossier.objects.filter(unasked, code__in=open_late, state__in=RUNNING_STATES, due_at__lt=at)
    ended = Dossier.objects.filter(unasked, decided_at__gte=at - LOOKS_BACK, decided_at__lte=at, is_on_time=False)
    codes = [
        code
        for late in (waiting, ended)
        for code in late.order_by("due_at").values_list("code", flat=True)[:MOST_AT_ONCE]
    ]
    return sum(_ask_explanation(code, at) for code in codes)


@transaction.atomic
def _ask_explanation(code: str, at: datetime) -> bool:
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit")
    dossier = dossiers.filter(code=code, due_at__lt=at).first()
    if dossier is None or not _is_late(dossier) or Explanation.objects.filter(dossier=dossier).exists():
        return False  # a supplement moved the due instant, or another worker asked meanwhile
    held = _held_when_due(dossier)
    if held is None:
        return False
    holding, holder = held
    days = control_rules_on(at.astimezone(VIETNAM).date()).explain_within_days
    answer_by = calendar_for(holding.unit.code).add_working_days(at, days)

    Explanation.objects.create(
        dossier=dossier,
        unit=holding.unit,
        holder=holder,
        role=holding.role,
        step_name=holding.step_name,
        demanded_at=at,
        answer_by=answer_by,
    )

    record(
        EXPLANATION_ASKED,
        subject=code,
        actor="",
        unit=holding.unit.code,
        at=at,
        step=holding.step_name,
        answer_by=as_text(answer_by),
    )
    return True


def _is_late(dossier: Dossier) -> bool:
    return dossier.state in RUNNING_STATES or dossier.is_on_time is False


def _held_when_due(dossier: Dossier) -> tuple[Holding, Account | None] | None:
    """Return the holding in which the due instant passed, and by whom: who ended it, else who has claimed it."""
    held = Holding.objects.filter(run__subject=dossier.code, run__branch=0, started_at__lte=dossier.due_at)
    holding = held.select_related("unit", "run__assignee").order_by("-id").first()
    if holding is None:
        return None
    if holding.ended_at is None:
        return holding, holding.run.assignee
    return holding, Account.objects.filter(code=holding.account_code, is_active=True).first()


def _propose_apologies(unit: Unit, found: list[Forecast], at: datetime) -> int:
    until = calendar_for(unit.code).add_working_days(
        at, control_rules_on(at.astimezone(VIETNAM).date()).forecast_ahead_days
    )
    wanted = {each.code: each for each in found if each.is_late and each.due_at <= until}
    has_letter = set(Apology.objects.filter(dossier__code__in=wanted).values_list("dossier__code", flat=True))
    return sum(_propose(each, at) for code, each in wanted.items() if code not in has_letter)


@transaction.atomic
def _propose(found: Forecast, at: datetime) -> bool:
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit")
    dossier = dossiers.filter(code=found.code, state__in=RUNNING_STATES).first()
    if dossier is None or dossier.due_at is None or Apology.objects.filter(dossier=dossier).exists():
        return False
    calendar = calendar_for(dossier.competent_unit.code)
    new_due_at = calendar.closing_of(calendar.next_working_day(found.expected_at.astimezone(VIETNAM).date()))
    if new_due_at <= max(dossier.due_at, at):
        new_due_at = calendar.add_working_days(max(dossier.due_at, at), 1)
    # Kept with the letter, as Vietnamese as what is printed; who signs it says it better.
    reason = f"Hồ sơ đang ở bước “{found.step_name}” tại {found.unit.name}, cần thêm thời gian để giải quyết."

    _write(dossier, reason=reason, new_due_at=new_due_at, at=at, by="")

    record(APOLOGY_DRAFTED, subject=found.code, actor="", unit=found.unit.code, at=at, is_proposed=True)
    return True


def _barked(stuck: list[Forecast]) -> set[tuple[str, str]]:
    """Return (code, since when) of what was said before, so that a quiet round opens no transaction for it."""
    facts = Fact.objects.filter(subject__in=[each.code for each in stuck], verb=STUCK.verb)
    return set(facts.values_list("subject", "data__since"))


@transaction.atomic
def _bark(found: Forecast, at: datetime) -> bool:
    """Say once for each holding that the dossier stands still."""
    since = as_text(found.held_since)
    Dossier.objects.select_for_update().filter(code=found.code).first()
    if Fact.objects.filter(subject=found.code, verb=STUCK.verb, data__since=since).exists():
        return False
    record(STUCK, subject=found.code, actor="", unit=found.unit.code, at=at, step=found.step_name, since=since)
    return True
