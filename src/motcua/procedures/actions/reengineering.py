"""Recording what the redesign of a procedure changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account
from motcua.procedures.access import may_publish
from motcua.procedures.models import Procedure, Reengineering
from motcua.procedures.reengineering_events import REDESIGN_CORRECTED, REENGINEERED
from motcua.procedures.rules.compliance_cost import Activity
from motcua.procedures.states import LIMIT_UNITS
from motcua.workflow.models import Route

NUMBERS = ("steps_before", "steps_after", "papers_before", "papers_after", "limit_before", "limit_after")
MOST = 30_000
Row = dict[str, Any]


@transaction.atomic
def record_reengineering(
    procedure_code: str,
    *,
    decision_number: str,
    decided_on: date,
    summary: str,
    limit_unit: str,
    numbers: Mapping[str, int],
    before: Sequence[Activity],
    after: Sequence[Activity],
    actor: Account,
    iso_reference: str = "",
    route_before: Route | None = None,
    route_after: Route | None = None,
    corrects: int | None = None,
) -> Reengineering:
    """Record a redesign under its decision; ``numbers`` are the six counts of NUMBERS.

    ``corrects`` is the number of a record of the same procedure that this one takes the place of; it stays to be read.

    Raises:
        Refused: the actor keeps no catalogue, no such procedure, no decision, a day to come, a number out of range, or
            the decision is recorded already, or there is nothing to correct.
    """
    if not may_publish(actor):
        raise Refused(gettext("Chỉ cán bộ kiểm soát thủ tục hành chính ghi kết quả tái cấu trúc."))
    procedure = Procedure.objects.select_for_update().filter(code=procedure_code).first()
    if procedure is None:
        raise Refused(
            gettext("Không có thủ tục mang mã “%(code)s”.") % {"code": procedure_code[:20]}, field="procedure"
        )
    decision_number, summary = squash(decision_number), squash(summary)
    if not decision_number:
        raise Refused(gettext("Cần ghi số quyết định."), field="decision_number")
    if not summary:
        raise Refused(gettext("Cần ghi nội dung tái cấu trúc."), field="summary")
    if decided_on > today():
        raise Refused(gettext("Ngày quyết định không thể ở tương lai."), field="decided_on")
    if limit_unit not in LIMIT_UNITS:
        raise Refused(gettext("Đơn vị thời hạn không đúng."), field="limit_unit")
    if wrong := next((name for name in NUMBERS if not 0 <= numbers[name] <= MOST), ""):
        raise Refused(gettext("Số phải từ 0 đến 30.000."), field=wrong)
    old = _corrected(corrects, procedure)
    counting = Reengineering.objects.filter(procedure=procedure, replaced_by__isnull=True)
    if counting.filter(decision_number=decision_number).exclude(pk=corrects or 0).exists():
        raise Refused(
            gettext("Quyết định %(number)s đã được ghi cho thủ tục này.") % {"number": decision_number},
            field="decision_number",
        )
    if old is not None:  # out of the way of the constraint; it names its successor below, in the same transaction
        Reengineering.objects.filter(pk=old.pk).update(replaced_by=old)
    written = Reengineering.objects.create(
        procedure=procedure, decision_number=decision_number[:100], decided_on=decided_on, summary=summary[:1000],
        iso_reference=squash(iso_reference)[:120], route_before=route_before, route_after=route_after,
        limit_unit=limit_unit, activities_before=_rows(before), activities_after=_rows(after), by=actor,
        written_at=now(), **{name: numbers[name] for name in NUMBERS},
    )  # fmt: skip
    if old is not None:
        Reengineering.objects.filter(pk=old.pk).update(replaced_by=written)
        record(REDESIGN_CORRECTED, subject=procedure_code, actor=actor.code, old=old.pk, new=written.pk)
    record(
        REENGINEERED, subject=procedure_code, actor=actor.code, decision=decision_number,
        steps_before=written.steps_before, steps_after=written.steps_after, saved=written.saving.yearly,
    )  # fmt: skip
    return written


def _corrected(number: int | None, procedure: Procedure) -> Reengineering | None:
    if number is None:
        return None
    old = Reengineering.objects.filter(pk=number, procedure=procedure, replaced_by__isnull=True).first()
    if old is None:
        raise Refused(gettext("Không có bản ghi nào của thủ tục này để sửa, hoặc nó đã được sửa."))
    return old


def _rows(activities: Sequence[Activity]) -> list[Row]:
    return [asdict(one) | {"hours": str(one.hours), "times": str(one.times)} for one in activities]
