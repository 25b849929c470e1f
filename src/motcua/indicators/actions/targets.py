"""Defining indicators and setting targets for them."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.measures import Ratio
from motcua.base.refusal import Refused
from motcua.indicators.events import DEFINED, TARGET_SET, TARGET_WITHDRAWN
from motcua.indicators.models import Indicator, Target
from motcua.indicators.registry import measure_of
from motcua.organizations.models import Unit

COMPARATORS = (">=", ">", "=", "<=", "<")


@transaction.atomic
def define(
    *,
    code: str,
    name: str,
    measure: str,
    valid_from: date,
    actor: str,
    formula: str = "",
    source: str = "",
    position: int = 0,
) -> Indicator:
    """Define an indicator from a day on; the version before it ends the day before.

    ``measure``: a declared ratio, one put together (``rules.building``), or "" where its values are typed.

    Raises:
        Refused: the measure is none, or no ratio, or there is a version from that day or later.
    """
    if measure and not isinstance(measure_of(measure), Ratio):
        raise Refused(gettext("Chỉ số phải dựa trên một tỷ lệ."), field="measure")
    older = Indicator.objects.select_for_update().filter(code=code)
    if older.filter(valid_from__gte=valid_from).exists():
        raise Refused(gettext("Chỉ số “%(code)s” đã có phiên bản từ ngày đó.") % {"code": code}, field="valid_from")
    older.filter(valid_to__isnull=True).update(valid_to=date.fromordinal(valid_from.toordinal() - 1))
    indicator = Indicator.objects.create(
        code=code, name=name, measure=measure, formula=formula, source=source, position=position, valid_from=valid_from
    )
    record(DEFINED, subject=code, actor=actor, measure=measure, valid_from=str(valid_from))
    return indicator


@transaction.atomic
def set_target(
    indicator: Indicator,
    *,
    set_by: str,
    words: str,
    scope_unit: Unit,
    comparator: str,
    value: Decimal,
    first_day: date,
    last_day: date,
    actor: str,
    unit_kind: str = "",
) -> Target:
    """Set a target; the same setter's earlier target for the same indicator and kind of unit is withdrawn.

    Raises:
        Refused: unknown comparator, a value outside 0-100, or days out of order.
    """
    if comparator not in COMPARATORS:
        raise Refused(gettext("Dấu so sánh không có: “%(sign)s”.") % {"sign": comparator}, field="comparator")
    if not 0 <= value <= 100:
        raise Refused(gettext("Chỉ tiêu là tỷ lệ phần trăm từ 0 đến 100."), field="value")
    if last_day < first_day:
        raise Refused(gettext("Kỳ của chỉ tiêu kết thúc trước khi bắt đầu."), field="last_day")
    standing = Target.objects.select_for_update().filter(
        set_by=set_by, indicator=indicator, unit_kind=unit_kind, withdrawn_at__isnull=True
    )
    standing.update(withdrawn_at=now())
    target = Target.objects.create(
        indicator=indicator,
        set_by=set_by,
        words=words,
        scope_unit=scope_unit,
        unit_kind=unit_kind,
        comparator=comparator,
        value=value,
        first_day=first_day,
        last_day=last_day,
    )
    record(
        TARGET_SET,
        subject=indicator.code,
        actor=actor,
        unit=scope_unit.code,
        set_by=set_by,
        value=str(value),
        comparator=comparator,
        unit_kind=unit_kind,
    )
    return target


@transaction.atomic
def withdraw_target(target: Target, *, actor: str) -> None:
    """Withdraw a target; it stays readable. Withdrawing twice changes nothing."""
    if Target.objects.filter(pk=target.pk, withdrawn_at__isnull=True).update(withdrawn_at=now()):
        record(TARGET_WITHDRAWN, subject=target.indicator.code, actor=actor, set_by=target.set_by)
