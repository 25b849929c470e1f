"""Who is told what of plans: heads of units when work is given, who accepts when it is done, who reported after."""

from django.utils.translation import gettext as _

from motcua.base.facts import hears
from motcua.base.models import Fact
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account
from motcua.plans.addresses import MY_TASKS, page_of
from motcua.plans.models import Progress, Task
from motcua.plans.queries import heads_of, holders_officers, units_of
from motcua.plans.states import COMPLETED


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
        notify(
            head,
            key=f"fact:{fact.pk}",
            subject=fact.subject,
            text=_("%(unit)s được giao nhiệm vụ %(row)s của %(plan)s.")
            % {"unit": unit, "row": task.short_code, "plan": task.plan.name},
            link=page_of(task.code),
        )


@hears("task.completed")
def tell_holder(fact: Fact) -> None:
    """Tell who accepts completions that one waits."""
    task = Task.objects.select_related("plan__holder__parent").filter(code=fact.subject).first()
    if task is None:
        return
    for officer in holders_officers(task.plan):
        notify(
            officer,
            key=f"fact:{fact.pk}",
            subject=fact.subject,
            text=_("Nhiệm vụ %(row)s của %(plan)s được báo cáo hoàn thành, chờ xác nhận.")
            % {"row": task.short_code, "plan": task.plan.name},
            link=page_of(task.code),
        )


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
    notify(
        reporter,
        key=f"fact:{fact.pk}",
        subject=fact.subject,
        text=words % {"row": line.task.short_code, "plan": line.task.plan.name},
        link=page_of(line.task.code),
    )
