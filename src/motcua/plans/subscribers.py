"""Who is told what of plans: heads of units when work is given, who accepts when it is done, who reported after."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.base.facts import hears
from motcua.base.models import Fact
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account
from motcua.plans import opening_subscribers as opening_subscribers  # its functions hear, too
from motcua.plans.actions.closing_by_fact import close_by_fact
from motcua.plans.actions.recurring import make_turns
from motcua.plans.addresses import MY_TASKS, page_of, page_of_urging
from motcua.plans.closing_facts import VERBS
from motcua.plans.models import Extension, Progress, Task, Urging
from motcua.plans.queries import chiefs_of, heads_of, holders_officers, units_of
from motcua.plans.states import ASKED, COMPLETED


def _tell(person: Account, fact: Fact, task: Task, words: str, **more: str) -> None:
    """Tell a person, once, what happened to a task; ``words`` name its row and plan, and what ``more`` gives."""
    text = words % {"row": task.short_code, "plan": task.plan.name, **more}
    notify(person, key=f"fact:{fact.pk}", subject=fact.subject, text=text, link=page_of(task.code))


@hears("plan.approved")
def tell_units_of_plan(fact: Fact) -> None:
    """Tell the heads of every unit with work in the plan: one notice for each, however many tasks."""
    for head, unit, count in heads_of(units_of(fact.subject)):
        notify(
            head,
            key=f"fact:{fact.pk}",
            subject=fact.subject,
            text=_("Kế hoạch %(plan)s đã duyệt: %(unit)s có %(count)s nhiệm vụ.")
            % {"plan": fact.subject, "unit": unit, "count": count},
            link=MY_TASKS,
        )


@hears("task.assigned")
def tell_unit_of_task(fact: Fact) -> None:
    """Tell the heads of a unit that a task of an approved plan was given to it later."""
    task = Task.objects.select_related("plan").filter(code=fact.subject, plan__state="approved").first()
    if task is None:
        return
    for head, unit, _count in heads_of({fact.data["to"]: 1}):
        _tell(head, fact, task, _("%(unit)s được giao nhiệm vụ %(row)s của %(plan)s."), unit=unit)


@hears("task.completed")
def tell_holder(fact: Fact) -> None:
    """Tell who accepts completions that one waits."""
    task = Task.objects.select_related("plan__holder__parent").filter(code=fact.subject).first()
    if task is None:
        return
    for officer in holders_officers(task.plan):
        _tell(officer, fact, task, _("Nhiệm vụ %(row)s của %(plan)s được báo cáo hoàn thành, chờ xác nhận."))


@hears("task.returned", "task.accepted")
def tell_reporter(fact: Fact) -> None:
    """Tell who reported the completion what became of it."""
    line = (
        Progress.objects.filter(
            task__code=fact.subject, kind=COMPLETED, unit__code=fact.data["of_unit"], at__lt=fact.at
        )
        .select_related("by", "task__plan")
        .order_by("-id")
        .first()
    )
    if line is None:
        return
    reporter: Account = line.by
    words = (
        _("Nhiệm vụ %(row)s của %(plan)s đã được chấp nhận hoàn thành.")
        if fact.verb == "task.accepted"
        else _("Nhiệm vụ %(row)s của %(plan)s bị trả lại. Xem lý do trên trang nhiệm vụ.")
    )
    _tell(reporter, fact, line.task, words)


@hears("plan.approved")
def make_turns_of_plan(fact: Fact) -> None:
    """Make the turns of a plan's recurring tasks once it is approved; the daily job goes on with them."""
    make_turns(plan=fact.subject)


@hears(*VERBS)
def complete_what_waits_for_it(fact: Fact) -> None:
    """Complete the tasks that were bound to this fact."""
    close_by_fact(fact)


@hears("task.person_named")
def tell_person(fact: Fact) -> None:
    """Tell a person that a unit's part of a task is theirs."""
    task = Task.objects.select_related("plan").filter(code=fact.subject).first()
    person = Account.objects.filter(code=fact.data["person"]).first() if fact.data["person"] else None
    if task is None or person is None or fact.actor == person.code:
        return
    _tell(person, fact, task, _("Bạn được giao theo dõi nhiệm vụ %(row)s của %(plan)s."))


@hears("task.extension_asked")
def tell_holder_of_request(fact: Fact) -> None:
    """Tell who accepts completions that a unit asks for a later day."""
    task = Task.objects.select_related("plan__holder__parent").filter(code=fact.subject).first()
    if task is None:
        return
    for officer in holders_officers(task.plan):
        _tell(officer, fact, task, _("Có đề nghị gia hạn nhiệm vụ %(row)s của %(plan)s, chờ trả lời."))


@hears("task.extension_granted", "task.extension_refused")
def tell_who_asked(fact: Fact) -> None:
    """Tell who asked for a later day what became of it."""
    asked = (
        Extension.objects.filter(task__code=fact.subject, unit__code=fact.data["of_unit"], answered_at__lte=fact.at)
        .exclude(state=ASKED)
        .select_related("asked_by", "task__plan")
        .order_by("-answered_at")
        .first()
    )
    if asked is None:
        return
    words = (
        _("Đề nghị gia hạn nhiệm vụ %(row)s của %(plan)s được đồng ý.")
        if fact.verb == "task.extension_granted"
        else _("Đề nghị gia hạn nhiệm vụ %(row)s của %(plan)s không được đồng ý. Xem lý do trên trang nhiệm vụ.")
    )
    _tell(asked.asked_by, fact, asked.task, words)


@hears("task.turn_opened")
def tell_unit_of_turn(fact: Fact) -> None:
    """Tell the heads of a unit that an event began a turn of one of its tasks."""
    task = Task.objects.select_related("plan").filter(code=fact.subject).first()
    if task is None:
        return
    day = f"{date.fromisoformat(fact.data['due_on']):%d/%m/%Y}"
    for heads in chiefs_of([fact.data["of_unit"]]).values():
        for head in heads:
            _tell(head, fact, task, _("Nhiệm vụ %(row)s của %(plan)s phát sinh việc, hạn %(day)s."), day=day)


@hears("urging.sent")
def tell_urged_unit(fact: Fact) -> None:
    """Tell the heads of a unit that an urging letter was sent to it."""
    urging = Urging.objects.select_related("unit").filter(code=fact.subject).first()
    if urging is None:
        return
    for head in chiefs_of([urging.unit.code]).get(urging.unit.code, []):
        notify(
            head,
            key=f"fact:{fact.pk}",
            subject=fact.subject,
            text=_("%(unit)s nhận văn bản đôn đốc %(number)s: %(count)s nhiệm vụ.")
            % {"unit": urging.unit.name, "number": urging.number, "count": len(urging.tasks)},
            link=page_of_urging(urging.code),
        )
