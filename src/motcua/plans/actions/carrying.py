"""The end of a plan's year: what is open goes on in the next one with its age; and who read a plan (C011, C141)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.access import may_approve, may_draft
from motcua.plans.actions.copying import copy_of, write_copies
from motcua.plans.actions.drafting import NewPlan, in_year, new_plan
from motcua.plans.actions.locking import locked_plan, touch
from motcua.plans.actions.opening import save_new
from motcua.plans.models import Plan, PlanReader, Task
from motcua.plans.queries.beginning import open_tasks, readers_of, unit_of_reader
from motcua.plans.states import APPROVED, CLOSED, DRAFT


@transaction.atomic
def carry_over(code: str, *, actor: Account, only: Collection[str] | None = None) -> Plan:
    """Bring what is open of a published plan into a draft of the next year, the one that follows it or a new one.

    Each task keeps its text, its last day and the year in which it was first set; a unit that has done its part is not
    asked again. ``only``: short codes of the tasks wanted. Tasks that are there already are not brought twice.

    Raises:
        Refused: the plan is not published, nothing is open, the actor may not draft for its holder.
    """
    plan = locked_plan(code)
    if not may_draft(actor, plan.holder):
        raise Refused(gettext("Bạn không lập kế hoạch cho %(unit)s.") % {"unit": plan.holder})
    if plan.state not in (APPROVED, CLOSED):
        raise Refused(gettext("Chỉ chuyển được nhiệm vụ của kế hoạch đã duyệt."))
    into = plan.followed_by.select_for_update(of=("self",)).filter(state=DRAFT).order_by("pk").first()
    there = set(Task.objects.filter(previous__plan=plan, plan__follows=plan).values_list("previous_id", flat=True))
    wanted = [task for task in open_tasks(plan) if task.pk not in there and (only is None or task.short_code in only)]
    if not wanted:
        raise Refused(gettext("Không còn nhiệm vụ nào phải chuyển sang năm sau."))
    if into is None:
        told = NewPlan(
            plan.unit, in_year(plan.title, plan.year, plan.year + 1), plan.year + 1, is_reform=plan.is_reform
        )
        into = new_plan(told, actor=actor)
        into.follows = plan
        save_new(into)
    else:
        touch(into, actor=actor)
    last = into.tasks.aggregate(last=Max("position"))["last"] or 0
    rows = []
    for position, old in enumerate(wanted, start=last + 1):
        fresh = copy_of(old, into, position)
        fresh.code = f"{into.code}.C{plan.year}.{old.short_code}"[:80]
        fresh.previous, fresh.first_year = old, old.first_year or plan.year
        fresh.assigned_in = old.assigned_in or plan.name[:300]
        fresh.assigner = old.assigner
        rows.append((old, fresh))
    write_copies(
        rows,
        keeps_unit=lambda part: part.done_on is None,
        keeps_target=lambda target: not target.duplicate_of,
    )
    record(events.CARRIED, subject=code, actor=actor.code, unit=plan.holder.code, into=into.code, tasks=len(rows))
    return into


@transaction.atomic
def read_by(code: str, *, actor: Account) -> PlanReader:
    """Say that an official of a unit with work in an approved plan has read it. Twice is once.

    Raises:
        Refused: the plan is not followed, or the actor's units have nothing in it.
    """
    plan = Plan.objects.filter(code=code, state=APPROVED).first()
    unit = unit_of_reader(plan, actor) if plan else None
    if plan is None or unit is None:
        raise Refused(gettext("Kế hoạch này không giao việc cho đơn vị của bạn."))
    reader, is_new = PlanReader.objects.get_or_create(plan=plan, account=actor, defaults={"unit": unit, "at": now()})
    if is_new:
        record(events.READ_BY, subject=code, actor=actor.code, unit=unit.code)
    return reader


@transaction.atomic
def remind_readers(code: str, *, actor: Account) -> int:
    """Tell the heads of every unit in which somebody has not read the plan; return how many units.

    Raises:
        Refused: the plan is not followed, the actor may not, or everybody has read it.
    """
    plan = locked_plan(code)
    if not may_approve(actor, plan.holder) or plan.state != APPROVED:
        raise Refused(gettext("Bạn không nhắc được các đơn vị đọc kế hoạch này."))
    behind = [each.unit.code for each in readers_of(plan) if each.read < len(each.people)]
    if not behind:
        raise Refused(gettext("Mọi cán bộ của các đơn vị đều đã đọc kế hoạch."))
    record(events.READERS_REMINDED, subject=code, actor=actor.code, unit=plan.holder.code, units=behind)
    return len(behind)
