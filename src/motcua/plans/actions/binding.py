"""Binding a plan's numbers to the indicators that measure them."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.indicators.actions.targets import COMPARATORS, set_target, withdraw_target
from motcua.indicators.models import Indicator, Target
from motcua.organizations.models import Account
from motcua.organizations.states import COMMUNE, DEPARTMENT, DISTRICT
from motcua.plans import events
from motcua.plans.access import may_approve
from motcua.plans.actions.locking import locked_plan
from motcua.plans.models import PlanTarget
from motcua.plans.states import CLOSED

KIND_OF_TIER = {"tỉnh": DEPARTMENT, "huyện": DISTRICT, "xã": COMMUNE}


def _locked(code: str, actor: Account) -> PlanTarget:
    found = PlanTarget.objects.filter(code=code).values_list("task__plan__code", flat=True).first()
    if found is None:
        raise Refused(gettext("Không có chỉ tiêu “%(code)s”.") % {"code": code})
    plan = locked_plan(found)
    if not may_approve(actor, plan.holder):
        raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát gắn được chỉ tiêu."))
    if plan.is_draft or plan.state == CLOSED:
        raise Refused(gettext("Chỉ gắn được chỉ tiêu của kế hoạch đã duyệt và chưa đóng."))
    target = PlanTarget.objects.select_related("task").get(code=code)
    target.task.plan = plan
    return target


@transaction.atomic
def bind_target(code: str, *, indicator: Indicator, actor: Account, remark: str = "") -> PlanTarget:
    """Let ``indicator`` measure a plan's number, over the plan's year, for its holder or the level that it names.

    A number without a comparator binds as "at least". The binding before it is taken back.

    Raises:
        Refused: the actor may not, the plan is not approved, the number is no percentage, or its level is gone.
    """
    target = _locked(code, actor)
    if target.unit != "%":
        raise Refused(gettext("Chỉ tiêu này không phải tỷ lệ phần trăm nên chưa có chỉ số nào đo được."))
    kind = KIND_OF_TIER.get(target.tier, "")
    if kind == DISTRICT:
        raise Refused(gettext("Cấp huyện chấm dứt hoạt động từ 01/7/2025, chỉ tiêu của cấp này không đo được nữa."))
    if target.indicator and target.indicator != indicator.code:
        _withdraw(target, actor)
    comparator = target.comparator if target.comparator in COMPARATORS else ">="
    set_target(
        indicator,
        set_by=target.code,
        words=target.text,
        scope_unit=target.task.plan.holder,
        unit_kind=kind,
        comparator=comparator,
        value=Decimal(target.value),
        first_day=target.task.plan.first_day,
        last_day=target.task.plan.last_day,
        actor=actor.code,
    )
    target.indicator, target.remark = indicator.code, nfc(remark).strip()[:500]
    target.save(update_fields=["indicator", "remark"])
    record(
        events.BOUND, subject=code, actor=actor.code, unit=target.task.plan.holder.code, plan=target.task.plan.code,
        indicator=indicator.code, unit_kind=kind,
    )  # fmt: skip
    return target


@transaction.atomic
def leave_unbound(code: str, *, remark: str, actor: Account) -> PlanTarget:
    """Say why nothing measures a plan's number; what measured it before does so no more.

    Raises:
        Refused: the actor may not, the plan is not approved, or no reason is given.
    """
    target = _locked(code, actor)
    remark = nfc(remark).strip()
    if not remark or len(remark) > 500:
        raise Refused(gettext("Cần ghi vì sao chỉ tiêu chưa đo được (tối đa 500 ký tự)."), field="remark")
    before = target.indicator
    _withdraw(target, actor)
    target.indicator, target.remark = "", remark
    target.save(update_fields=["indicator", "remark"])
    record(
        events.UNBOUND, subject=code, actor=actor.code, unit=target.task.plan.holder.code, plan=target.task.plan.code,
        indicator=before,
    )  # fmt: skip
    return target


def _withdraw(target: PlanTarget, actor: Account) -> None:
    for standing in Target.objects.filter(set_by=target.code, withdrawn_at__isnull=True):
        withdraw_target(standing, actor=actor.code)
