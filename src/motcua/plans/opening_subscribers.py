"""Who is told of how plans begin and relate: who uploaded, units that owe a plan, who gets one, who has not read."""

from django.utils.translation import gettext as _

from motcua.base.facts import hears
from motcua.base.models import Fact
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account
from motcua.plans.addresses import page_of_intake, page_of_plan
from motcua.plans.models import Intake, Plan
from motcua.plans.queries import heads_of, holders_officers, units_of


def _say(account: Account, fact: Fact, text: str, link: str) -> None:
    notify(account, key=f"fact:{fact.pk}", subject=fact.subject, text=text, link=link)


@hears("plan.read")
def tell_uploader(fact: Fact) -> None:
    """Tell who uploaded a document that it was read."""
    kept = Intake.objects.select_related("by", "plan").filter(code=fact.data.get("intake", "")).first()
    if kept is None:
        return
    words = _("Đã đọc “%(name)s”: %(count)s dòng, chờ rà soát.") % {"name": kept.name, "count": fact.data["tasks"]}
    _say(kept.by, fact, words, page_of_intake(kept.code))


@hears("intake.unread")
def tell_uploader_of_failure(fact: Fact) -> None:
    """Tell who uploaded a document that it could not be read."""
    kept = Intake.objects.select_related("by").filter(code=fact.subject).first()
    if kept is not None:
        _say(kept.by, fact, _("Không đọc được “%(name)s”.") % {"name": kept.name}, page_of_intake(kept.code))


@hears("plan.children_asked")
def tell_units_that_owe_a_plan(fact: Fact) -> None:
    """Tell the heads of the units with work in a plan until when they send their own."""
    plan = Plan.objects.filter(code=fact.subject).first()
    if plan is None or plan.children_due_on is None:
        return
    for head, unit, _count in heads_of(units_of(fact.subject)):
        words = _("%(unit)s lập kế hoạch thực hiện %(plan)s, gửi chậm nhất ngày %(day)s.") % {
            "unit": unit, "plan": plan.name, "day": f"{plan.children_due_on:%d/%m/%Y}",
        }  # fmt: skip
        _say(head, fact, words, f"{page_of_plan(plan.code)}/cap-duoi")


@hears("plan.sent")
def tell_holder_of_parent(fact: Fact) -> None:
    """Tell who approves the plan above that one below came."""
    plan = Plan.objects.select_related("parent__holder", "holder").filter(code=fact.subject).first()
    if plan is None or plan.parent is None:
        return
    for officer in holders_officers(plan.parent):
        words = _("%(unit)s đã gửi kế hoạch %(plan)s.") % {"unit": plan.holder.name, "plan": plan.name}
        _say(officer, fact, words, f"{page_of_plan(plan.code)}/doi-chieu")


@hears("plan.readers_reminded")
def tell_heads_to_read(fact: Fact) -> None:
    """Tell the heads of units in which somebody has not read a plan."""
    plan = Plan.objects.filter(code=fact.subject).first()
    if plan is None:
        return
    for head, unit, _count in heads_of(dict.fromkeys(fact.data["units"], 1)):
        words = _("Cán bộ của %(unit)s chưa đọc đủ %(plan)s.") % {"unit": unit, "plan": plan.name}
        _say(head, fact, words, page_of_plan(plan.code))


@hears("plan.handed_over", "task.handed_over")
def tell_successor(fact: Fact) -> None:
    """Tell the heads of a unit what it has from a unit that is no more; once for each plan."""
    plan = Plan.objects.filter(code=fact.data.get("plan", fact.subject)).first()
    if plan is None:
        return
    for head, unit, _count in heads_of({fact.data["to"]: 1}):
        notify(
            head,
            key=f"handed-over:{plan.code}:{fact.data['from_unit']}",
            subject=plan.code,
            text=_("%(unit)s nhận việc của đơn vị cũ trong %(plan)s.") % {"unit": unit, "plan": plan.name},
            link=page_of_plan(plan.code),
        )
