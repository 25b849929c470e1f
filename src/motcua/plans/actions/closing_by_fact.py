"""Tasks that a fact of the house completes: a report accepted, a plan approved, a procedure published."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_accept
from motcua.plans.actions.following import locked_task, part_of, settle, write_line
from motcua.plans.closing_facts import offered_verbs
from motcua.plans.models import Assignment, FactBinding, Occurrence, Task
from motcua.plans.states import ACCEPTED, APPROVED, COMPLETED


@transaction.atomic
def bind_to_fact(code: str, *, unit: Unit, verb: str, subject: str, actor: Account) -> FactBinding:
    """Let the fact ``verb``, of ``subject`` or of any of the unit's, complete the part of ``unit``. Twice is once.

    Raises:
        Refused: the actor may not accept completions, the unit does not lead the task, or the house records no such
            fact.
    """
    task = locked_task(code)
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới gắn được nhiệm vụ với sự kiện."))
    part = part_of(task, unit)
    if not part.is_lead:
        raise Refused(gettext("%(unit)s chỉ phối hợp nhiệm vụ này.") % {"unit": unit}, field="unit")
    if verb not in dict(offered_verbs()):
        raise Refused(gettext("Hệ thống không ghi sự kiện “%(verb)s”.") % {"verb": verb[:60]}, field="verb")
    subject = subject.strip()
    if len(subject) > 80 or "\0" in subject or " " in subject:
        raise Refused(gettext("Mã đối tượng không đúng."), field="subject")
    found, is_new = FactBinding.objects.get_or_create(
        task=task, unit=unit, verb=verb, subject=subject, defaults={"by": actor, "at": now()}
    )
    if is_new:
        record(
            events.CLOSING_BOUND, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
            of_unit=unit.code, verb=verb, of_subject=subject,
        )  # fmt: skip
    return found


@transaction.atomic
def unbind_from_fact(code: str, *, unit: Unit, verb: str, subject: str, actor: Account) -> None:
    """Take such a binding away; what it completed stays completed.

    Raises:
        Refused: the actor may not accept completions.
    """
    task = locked_task(code)
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới gắn được nhiệm vụ với sự kiện."))
    gone, _ = task.fact_bindings.filter(unit=unit, verb=verb, subject=subject).delete()
    if gone:
        record(
            events.CLOSING_UNBOUND, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
            of_unit=unit.code, verb=verb,
        )  # fmt: skip


def close_by_fact(fact: Fact) -> int:
    """Complete and accept what waits for ``fact``, in the name of who bound it; return how many parts or turns.

    A fact that is heard again completes nothing more. The fact of another unit completes nothing, unless the binding
    names its subject.
    """
    found = FactBinding.objects.filter(
        Q(subject=fact.subject) | Q(subject="", unit__code=fact.unit),
        verb=fact.verb,
        task__plan__state=APPROVED,
        task__is_dropped=False,
    ).exclude(task__code=fact.subject)
    return sum(_close(binding, fact) for binding in found.select_related("unit", "by").order_by("pk"))


@transaction.atomic
def _close(binding: FactBinding, fact: Fact) -> int:
    task = locked_task(Task.objects.values_list("code", flat=True).get(pk=binding.task_id))
    words = f"{fact.verb} {fact.subject}"
    part = task.assignments.filter(unit=binding.unit, is_lead=True).first()
    day = fact.at.astimezone(VIETNAM).date()
    if part is None or day < (task.plan.issued_on or task.plan.first_day):
        return 0
    if task.history.filter(unit=binding.unit, kind=COMPLETED, fact=words, on_day=day).exists():
        return 0
    about = _waiting(part, day)
    if about is None:
        return 0
    about.done_on, about.reported_on = day, None
    about.save(update_fields=["done_on", "reported_on"])
    turn = about if isinstance(about, Occurrence) else None
    for kind in (COMPLETED, ACCEPTED):
        write_line(task, binding.unit, binding.by, kind, "", day, turn, fact=words)
    settle(task)
    by, on_day, key = binding.by.code, day.isoformat(), turn.key if turn else ""
    record(
        events.COMPLETED, subject=task.code, actor=by, unit=binding.unit.code, plan=task.plan.code, on_day=on_day,
        evidence="fact", turn=key,
    )  # fmt: skip
    record(
        events.ACCEPTED, subject=task.code, actor=by, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=binding.unit.code, on_day=on_day, turn=key,
    )  # fmt: skip
    return 1


def _waiting(part: Assignment, day: date) -> Assignment | Occurrence | None:
    """Return what a fact of ``day`` completes: of a task with turns the one that runs then, else the part itself."""
    if part.occurrences.exists():
        begun = part.occurrences.filter(done_on__isnull=True, starts_on__lte=day)
        return begun.filter(due_on__gte=day).order_by("due_on").first() or begun.order_by("-starts_on").first()
    return part if part.done_on is None else None
