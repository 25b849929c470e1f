"""A unit is no more: its plans and what it has not finished go to its successor; what it did stays with it."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.access import oversees
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import successors_of
from motcua.organizations.states import CONTROL_OFFICER
from motcua.plans import events
from motcua.plans.models import Assignment, Occurrence, Plan, Progress
from motcua.plans.queries.beginning import left_parts
from motcua.plans.states import APPROVED, ASKED, DRAFT, HANDED_OVER, SUCCESSOR


@transaction.atomic
def hand_over(unit: Unit, *, to: Unit, actor: Account, plan: Plan | None = None) -> int:
    """Give ``to``, a successor of ``unit``, its open plans and all that it has not finished; return how many parts.

    Of a unit that was split, ``plan`` says which plan's work goes to which successor. Where the successor has the task
    already, it has it once, as the leading unit if either was. A line of history says so on each task.

    Raises:
        Refused: the unit still exists, ``to`` is not its successor, or the actor does not control it.
    """
    if not oversees(actor, unit, CONTROL_OFFICER):
        raise Refused(gettext("Chỉ cán bộ kiểm soát của cấp trên chuyển được việc của %(unit)s.") % {"unit": unit})
    if unit.valid_to is None or unit.valid_to >= today():
        raise Refused(gettext("%(unit)s đang hoạt động, không chuyển được việc.") % {"unit": unit}, field="unit")
    if to.pk not in {each.pk for each in successors_of(unit)}:
        raise Refused(gettext("%(to)s không kế thừa %(unit)s.") % {"to": to, "unit": unit}, field="to")
    held = Plan.objects.filter(holder=unit, state__in=(DRAFT, APPROVED))
    parts = left_parts(unit)
    if plan is not None:
        held, parts = held.filter(pk=plan.pk), parts.filter(task__plan=plan)
    for each in held.select_for_update(of=("self",)).order_by("pk"):
        each.holder, each.changed_at = to, now()
        each.save(update_fields=["holder", "changed_at"])
        record(events.HANDED_OVER, subject=each.code, actor=actor.code, unit=to.code, from_unit=unit.code, to=to.code)
    moved = list(parts.select_for_update(of=("self",)).select_related("task__plan").order_by("pk"))
    for part in moved:
        _hand_over(part, unit, to, actor)
    return len(moved)


def _hand_over(part: Assignment, unit: Unit, to: Unit, actor: Account) -> None:
    there = Assignment.objects.select_for_update(of=("self",)).filter(task=part.task_id, unit=to).first()
    if there is None:
        # The person belonged to the unit that is no more.
        part.unit, part.person, part.origin = to, None, SUCCESSOR
        part.save(update_fields=["unit", "person", "origin"])
    else:
        if part.is_lead and not there.is_lead:
            there.is_lead, there.reported_on, there.done_on = True, part.reported_on, None
            there.save(update_fields=["is_lead", "reported_on", "done_on"])
        known = there.occurrences.values_list("key", flat=True)
        Occurrence.objects.filter(assignment=part).exclude(key__in=list(known)).update(assignment=there)
        if Progress.objects.filter(occurrence__assignment=part).exists():
            # A turn that both have was reported by the old unit: its line stays, beside the successor's turn.
            for line in Progress.objects.filter(occurrence__assignment=part).select_related("occurrence"):
                line.occurrence = there.occurrences.filter(key=line.occurrence.key).first()  # type: ignore[union-attr]
                line.save(update_fields=["occurrence"])
        part.delete()
    task = part.task
    task.extensions.filter(unit=unit, state=ASKED).exclude(task__extensions__unit=to).update(unit=to)
    bound = task.fact_bindings.filter(unit=to).values_list("verb", flat=True)
    task.fact_bindings.filter(unit=unit).exclude(verb__in=list(bound)).update(unit=to)
    Progress.objects.create(
        task=task, unit=to, by=actor, at=now(), kind=HANDED_OVER,
        note=gettext("%(old)s chuyển sang %(new)s.") % {"old": unit.name, "new": to.name},
    )  # fmt: skip
    record(
        events.TASK_HANDED_OVER, subject=task.code, actor=actor.code, unit=to.code, plan=task.plan.code,
        from_unit=unit.code, to=to.code,
    )  # fmt: skip
