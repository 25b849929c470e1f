"""Saying which unit handles which procedure, along which route, within which limit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Unit
from motcua.organizations.rules.time_limits import LimitUnit
from motcua.organizations.states import UNIT_KINDS
from motcua.procedures.events import PROCEDURES_OFFERED
from motcua.procedures.models import Offering, Procedure
from motcua.procedures.queries import forget_catalogue
from motcua.procedures.rules.questions import faults_of
from motcua.workflow.models import Route


@dataclass(frozen=True)
class NewOffering:
    """One procedure handled by ``unit`` or, where that is None, by every unit of ``unit_kind``. ``fee`` in đồng."""

    procedure_code: str
    route: Route
    limit_value: int
    limit_unit: str
    unit: Unit | None = None
    unit_kind: str = ""
    fee: int = 0
    is_online: bool = True
    questions: list[dict[str, Any]] = field(default_factory=list)
    source: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return (self.unit.code, "") if self.unit else ("", self.unit_kind)


@transaction.atomic
def offer(*, offerings: Sequence[NewOffering], valid_from: date, actor: str) -> int:
    """Publish the offerings from a day on; those that are there from that day already are left alone.

    Returns the number written.

    Raises:
        Refused: a procedure does not exist, or a place, limit, fee or question is wrong (says which procedure).
    """
    for one in offerings:
        _check(one)
    codes = {one.procedure_code for one in offerings}
    procedures = {found.code: found for found in Procedure.objects.select_for_update().filter(code__in=codes)}
    if missing := sorted(codes - procedures.keys()):
        raise Refused(gettext("Không có thủ tục mang mã “%(code)s”.") % {"code": missing[0]}, field="procedure")
    present = Offering.objects.filter(procedure__in=procedures.values(), valid_from=valid_from)
    taken = {
        (code, unit or "", kind)
        for code, unit, kind in present.values_list("procedure__code", "unit__code", "unit_kind")
    }
    new = {(one.procedure_code, *one.place): one for one in offerings}
    wanted = [one for key, one in new.items() if key not in taken]
    Offering.objects.bulk_create(
        Offering(
            procedure=procedures[one.procedure_code], unit=one.unit, unit_kind="" if one.unit else one.unit_kind,
            route=one.route, limit_value=one.limit_value, limit_unit=one.limit_unit, fee=one.fee,
            is_online=one.is_online, questions=one.questions, valid_from=valid_from, source=one.source,
        )
        for one in wanted
    )  # fmt: skip
    if wanted:
        record(
            PROCEDURES_OFFERED, subject="catalogue", actor=actor, offerings=len(wanted),
            valid_from=valid_from.isoformat(),
        )  # fmt: skip
        transaction.on_commit(forget_catalogue)
    return len(wanted)


def _check(one: NewOffering) -> None:
    where = {"code": one.procedure_code}
    if one.unit is None and one.unit_kind not in UNIT_KINDS:
        raise Refused(gettext("Thủ tục %(code)s: thiếu đơn vị hoặc loại đơn vị giải quyết.") % where, field="unit")
    if one.limit_value < 1 or one.limit_unit not in list(LimitUnit):
        raise Refused(gettext("Thủ tục %(code)s: thời hạn giải quyết không đúng.") % where, field="limit")
    if one.fee < 0:
        raise Refused(gettext("Thủ tục %(code)s: phí, lệ phí không được âm.") % where, field="fee")
    if faults := faults_of(one.questions):
        position, fault = faults[0]
        words = {
            "shape": gettext("không đúng dạng"),
            "name": gettext("tên trường phải gồm chữ thường không dấu, số và gạch dưới"),
            "twice": gettext("tên trường trùng với câu hỏi trước"),
            "label": gettext("thiếu nhãn"),
            "type": gettext("loại câu hỏi không có"),
            "choices": gettext("phải có ít nhất hai lựa chọn khác nhau"),
        }
        raise Refused(
            gettext("Thủ tục %(code)s, câu hỏi %(position)s: %(problem)s.")
            % {**where, "position": position, "problem": words[fault]},
            field="questions",
        )
