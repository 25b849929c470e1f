"""Plans below a plan (C002): asked for, made from it in minutes, sent back to its holder in time or late."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.organizations.states import COMMUNE
from motcua.plans import events
from motcua.plans.access import may_approve, may_draft
from motcua.plans.actions.copying import copy_of, put_day, write_copies
from motcua.plans.actions.drafting import NewPlan, new_plan
from motcua.plans.actions.locking import draft_for, locked_plan
from motcua.plans.actions.naming import give_units
from motcua.plans.actions.opening import save_new, values_of
from motcua.plans.models import Assignment, Plan, PlanTarget, Task
from motcua.plans.queries.beginning import TIER_OF, Habit, habits_of, tasks_for, unit_heads
from motcua.plans.states import APPROVED, CHOSEN, SUPERSEDED

MOST_LEAD_DAYS = 60


@transaction.atomic
def ask_for_children(code: str, *, due_on: date, lead_days: int, actor: Account) -> Plan:
    """Ask the units with work in an approved plan for their own plans until ``due_on``.

    ``lead_days``: how many working days their deadlines come before the plan's own.

    Raises:
        Refused: the plan is not approved, the actor may not, or a day or number is out of range.
    """
    plan = locked_plan(code)
    if not may_approve(actor, plan.holder):
        raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát làm được việc này."))
    if plan.state != APPROVED:
        raise Refused(gettext("Chỉ yêu cầu kế hoạch cấp dưới theo kế hoạch đang thực hiện."))
    if due_on < plan.first_day - timedelta(days=366) or due_on > plan.last_day:
        raise Refused(gettext("Ngày gửi phải trước khi kế hoạch kết thúc."), field="due_on")
    if not 0 <= lead_days <= MOST_LEAD_DAYS:
        raise Refused(gettext("Số ngày sớm hơn phải từ 0 đến %(most)s.") % {"most": MOST_LEAD_DAYS}, field="lead_days")
    plan.children_due_on, plan.children_lead_days, plan.changed_at = due_on, lead_days, now()
    plan.save(update_fields=["children_due_on", "children_lead_days", "changed_at"])
    record(
        events.CHILDREN_ASKED, subject=code, actor=actor.code, unit=plan.holder.code, due_on=due_on.isoformat(),
        lead_days=lead_days,
    )  # fmt: skip
    return plan


@transaction.atomic
def derive(parent_code: str, *, unit: Unit, actor: Account) -> Plan:
    """Draft the plan of ``unit`` that carries out a published plan: the tasks given to it, its own people and days.

    Who led a task in the unit's last plan leads it again; else the unit itself, its head in person. Deadlines come
    earlier by the working days that the parent's holder set. Of numbers set by tier, the unit's own are taken. Asked
    again it is the same draft.

    Raises:
        Refused: the plan is not published; the unit is its holder, has nothing in it, or has its plan already; the
            actor may not draft for the unit.
    """
    parent = locked_plan(parent_code)
    if parent.state != APPROVED:
        raise Refused(gettext("Chỉ lập kế hoạch theo kế hoạch đang thực hiện."))
    if unit.pk == parent.holder_id:
        raise Refused(gettext("Đây là kế hoạch của chính %(unit)s.") % {"unit": unit}, field="unit")
    if found := parent.children.filter(holder=unit).exclude(state=SUPERSEDED).first():
        if found.is_draft and may_draft(actor, unit):
            return found
        raise Refused(gettext("%(unit)s đã có kế hoạch theo kế hoạch này.") % {"unit": unit}, field="unit")
    mine = tasks_for(parent, unit)
    if not mine:
        raise Refused(gettext("Kế hoạch không giao việc nào cho %(unit)s.") % {"unit": unit}, field="unit")
    plan = new_plan(
        NewPlan(unit=unit, title=_title(parent, unit), year=parent.year, is_reform=parent.is_reform), actor=actor
    )
    plan.parent = parent
    save_new(plan)
    _write_rows(plan, parent, mine, unit)
    record(events.DERIVED, subject=plan.code, actor=actor.code, unit=unit.code, parent=parent.code, tasks=len(mine))
    return plan


def _title(parent: Plan, unit: Unit) -> str:
    """Return the parent's title with the unit's place in it; where it names no place, with whose plan it is behind."""
    above, own = (f"{each.name[:1].lower()}{each.name[1:]}" for each in (parent.unit, unit))
    if above in parent.title and unit.kind == COMMUNE:
        return parent.title.replace(above, own)[:1000]
    return gettext("%(title)s (%(unit)s thực hiện %(parent)s)") % {
        "title": parent.title[:700], "unit": unit.name, "parent": parent.name,
    }  # fmt: skip


def _write_rows(plan: Plan, parent: Plan, mine: list[Task], unit: Unit) -> None:
    habits = habits_of(unit, parent.year, mine)
    rows = []
    for position, old in enumerate(mine, start=1):
        old.plan = parent
        fresh = copy_of(old, plan, position)
        fresh.parent, fresh.assigner, fresh.assigned_in, fresh.first_year = old, "", "", 0
        habit = habits.get(old.pk)
        fresh.lead_text = habit.lead_text if habit else unit.name
        fresh.coordinating_text = habit.coordinating_text if habit else ""
        fresh.lead = habit.lead if habit else [unit.name]
        fresh.coordinating = habit.coordinating if habit else []
        _earlier(fresh, parent, unit)
        fresh.original = values_of(fresh)
        rows.append((old, fresh))
    tier = TIER_OF.get(unit.kind, "")
    tasks = write_copies(rows, keeps_target=lambda target: _is_ours(target, tier))
    give_units(plan, tasks)
    _give_people(tasks, unit, habits)


def _is_ours(target: PlanTarget, tier: str) -> bool:
    return not target.duplicate_of and target.tier in ("", tier)


def _earlier(task: Task, parent: Plan, unit: Unit) -> None:
    """Let a dated deadline come before the parent's by the working days that were set."""
    if not parent.children_lead_days or task.due_on is None or task.deadline_kind in ("recurring", "ongoing"):
        return
    day = working_days_before(task.due_on, parent.children_lead_days, unit)
    task.deadline_text = gettext("Chậm nhất ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    put_day(
        task, day,
        gettext("Sớm hơn kế hoạch cấp trên %(n)s ngày làm việc.") % {"n": parent.children_lead_days},
    )  # fmt: skip


def working_days_before(day: date, count: int, unit: Unit) -> date:
    """Return the working day of ``unit`` that lies ``count`` working days before ``day``."""
    calendar = calendar_for(unit.code)
    while count > 0:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def _give_people(tasks: list[Task], unit: Unit, habits: dict[int, Habit]) -> None:
    """Propose who does each task; where no name led to a unit, the unit itself leads."""
    head = next((post.account_id for post in unit_heads(unit)), None)
    parts = {part.task_id: part for part in Assignment.objects.filter(task__in=tasks, unit=unit, is_lead=True)}
    fresh = []
    for task in tasks:
        habit = habits.get(task.parent_id or 0)
        person = (habit.person_id if habit else None) or head
        if part := parts.get(task.pk):
            part.person_id = person
        elif not task.assignments.filter(is_lead=True).exists():
            fresh.append(Assignment(task=task, unit=unit, is_lead=True, origin=CHOSEN, person_id=person))
            task.unresolved = []
    Assignment.objects.bulk_update(list(parts.values()), ["person"])
    Assignment.objects.bulk_create(fresh)
    Task.objects.bulk_update(tasks, ["unresolved"])


@transaction.atomic
def choose_parent(code: str, *, parent: Plan | None, actor: Account) -> Plan:
    """Say which plan above a draft carries out, or that there is none; its rows are matched by their text.

    Raises:
        Refused: as ``draft_for``; the plan above is the draft itself, unpublished, or of the same or a lower unit.
    """
    plan = draft_for(code, actor)
    if parent is not None:
        is_above = plan.holder_id != parent.holder_id and plan.holder.path.startswith(_scope(parent.holder))
        if parent.pk == plan.pk or not parent.is_published or not is_above:
            raise Refused(gettext("Kế hoạch cấp trên phải đã duyệt và của đơn vị cấp trên."), field="parent")
    plan.parent, plan.changed_at = parent, now()
    plan.save(update_fields=["parent", "changed_at"])
    if parent is None or any(task.parent and task.parent.plan_id != parent.pk for task in plan.tasks.all()):
        plan.tasks.update(parent=None)
    record(
        events.PARENT_CHOSEN, subject=code, actor=actor.code, unit=plan.holder.code,
        parent=parent.code if parent else "",
    )  # fmt: skip
    return plan


def _scope(holder: Unit) -> str:
    """Return the path under which a plan of ``holder`` gives work: an office or department plans for its province."""
    return holder.path if holder.parent is None else holder.parent.path


@transaction.atomic
def send_up(code: str, *, actor: Account) -> Plan:
    """Send an approved plan to the holder of the plan above; the day counts against the one that was asked. Once.

    Raises:
        Refused: it is not approved, has no plan above, or the actor may not.
    """
    plan = locked_plan(code)
    if not may_approve(actor, plan.holder):
        raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát làm được việc này."))
    if plan.parent is None or plan.state != APPROVED:
        raise Refused(gettext("Chỉ gửi được kế hoạch đã duyệt và có kế hoạch cấp trên."))
    if plan.sent_at is not None:
        return plan
    plan.sent_at = plan.changed_at = now()
    plan.save(update_fields=["sent_at", "changed_at"])
    due_on = plan.parent.children_due_on
    record(
        events.SENT, subject=code, actor=actor.code, unit=plan.holder.code, parent=plan.parent.code,
        is_late=due_on is not None and today() > due_on,
    )  # fmt: skip
    return plan
