"""Typing, importing and verifying numbers that no measure gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.indicators.events import FIGURE_REFUSED, FIGURE_TYPED, FIGURE_VERIFIED
from motcua.indicators.figures import may_enter_for, may_verify_for, questions
from motcua.indicators.models import TypedFigure
from motcua.organizations.models import Account, Unit

MOST = Decimal(10**15)


@dataclass(frozen=True)
class Entry:
    """A number as it was typed or read from a row of a file."""

    what: str
    unit: Unit
    first_day: date
    last_day: date
    part: Decimal
    whole: Decimal | None
    source: str


@transaction.atomic
def enter(entries: Sequence[Entry], *, actor: Account) -> list[TypedFigure]:
    """Keep numbers that wait for a second person; all or none.

    Raises:
        Refused: a number answers nothing, is impossible or has no source, or the actor may not type for its unit.
    """
    if not entries:
        raise Refused(gettext("Không có số liệu nào để nhập."))
    known = questions()
    for entry in entries:
        _check(entry, set(known), actor)
    at = now()
    made = TypedFigure.objects.bulk_create(
        TypedFigure(
            what=entry.what, unit=entry.unit, first_day=entry.first_day, last_day=entry.last_day, part=entry.part,
            whole=entry.whole, source=nfc(entry.source).strip(), entered_by=actor.code, entered_at=at,
        )
        for entry in entries
    )  # fmt: skip
    for what, unit, first, last in dict.fromkeys((e.what, e.unit.code, e.first_day, e.last_day) for e in entries):
        rows = sum(e.what == what and e.unit.code == unit and e.first_day == first for e in entries)
        record(
            FIGURE_TYPED, subject=what, actor=actor.code, unit=unit, first_day=str(first), last_day=str(last), rows=rows
        )
    return made


def _check(entry: Entry, known: set[str], actor: Account) -> None:
    if entry.what not in known:
        raise Refused(
            gettext("Không có chỉ số hay thành phần nào mang mã “%(code)s”.") % {"code": entry.what}, field="what"
        )
    if not may_enter_for(actor, entry.unit):
        raise Refused(gettext("Bạn không nhập được số liệu của %(unit)s.") % {"unit": entry.unit.name}, field="unit")
    if entry.last_day < entry.first_day:
        raise Refused(gettext("Kỳ kết thúc trước khi bắt đầu."), field="period")
    numbers = [entry.part, *([] if entry.whole is None else [entry.whole])]
    if any(not number.is_finite() or not 0 <= number <= MOST for number in numbers):
        raise Refused(gettext("Số liệu phải là số không âm."), field="part")
    if entry.whole is not None and entry.part > entry.whole:
        raise Refused(gettext("Tử số lớn hơn mẫu số."), field="part")
    if not entry.source.strip() or len(entry.source) > 300:
        raise Refused(gettext("Cần ghi nguồn của số liệu (tối đa 300 ký tự)."), field="source")


@transaction.atomic
def verify(figure_id: int, *, actor: Account) -> TypedFigure:
    """Accept a typed number: from now on it counts, in place of older ones for the same period.

    Raises:
        Refused: it is settled already, the actor typed it, or may not verify for its unit.
    """
    figure = _locked(figure_id, actor)
    figure.verified_by, figure.verified_at = actor.code, now()
    figure.save(update_fields=["verified_by", "verified_at"])
    record(FIGURE_VERIFIED, subject=figure.what, actor=actor.code, unit=figure.unit.code, figure=figure.pk)
    return figure


@transaction.atomic
def refuse(figure_id: int, *, reason: str, actor: Account) -> TypedFigure:
    """Leave a typed number out, saying why; it stays readable.

    Raises:
        Refused: as for verify, or no reason is given.
    """
    reason = nfc(reason).strip()
    if not reason or len(reason) > 300:
        raise Refused(gettext("Cần ghi vì sao không chấp nhận (tối đa 300 ký tự)."), field="reason")
    figure = _locked(figure_id, actor)
    figure.refused_for = reason
    figure.save(update_fields=["refused_for"])
    record(FIGURE_REFUSED, subject=figure.what, actor=actor.code, unit=figure.unit.code, figure=figure.pk)
    return figure


def _locked(figure_id: int, actor: Account) -> TypedFigure:
    figure = TypedFigure.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=figure_id).first()
    if figure is None or not may_verify_for(actor, figure.unit):
        raise Refused(gettext("Bạn không xác minh được số liệu này."))
    if not figure.is_waiting:
        raise Refused(gettext("Số liệu này đã được xử lý."))
    if figure.entered_by == actor.code:
        raise Refused(gettext("Người nhập không tự xác minh số liệu của mình."))
    return figure
