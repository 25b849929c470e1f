"""Setting what is asked: a rate is added, ended and followed; once it has begun nobody edits it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import Event, record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import UNIT_KINDS
from motcua.procedures.fee_rate_events import FEE_RATE_ENDED, FEE_RATE_SET, FEE_RATE_WITHDRAWN
from motcua.procedures.fee_rates import as_rule, forget_fee_rates
from motcua.procedures.models import FeeRate, Procedure
from motcua.procedures.rules.fee_choice import Rate, overlap
from motcua.procedures.rules.fee_rate_file import MOST_DONG, read_rates
from motcua.procedures.states import FEE_CHANNELS

LONGEST_BASIS = 300


@dataclass(frozen=True)
class NewRate:
    """A rate as a resolution has it: for one unit, or a kind of unit, or all; by one channel or ("") by every one."""

    procedure: str
    amount: int  # đồng
    basis: str
    valid_from: date
    valid_to: date | None = None
    unit: str = ""
    unit_kind: str = ""
    channel: str = ""


@transaction.atomic
def set_rate(new: NewRate, *, actor: Account) -> FeeRate:
    """Set a rate from a day on. The rate of the same place and channel in force until then ends the day before.

    Dossiers keep what was asked of them: a rate that is entered late for days gone by asks nobody again, and takes the
    place of none that has counted already.

    Raises:
        Refused: no such procedure, unit or channel, an amount or basis at fault, or a rate stands in the way.
    """
    rate = _set(new, actor.code)
    transaction.on_commit(forget_fee_rates)
    return rate


def _set(new: NewRate, actor_code: str) -> FeeRate:
    basis = squash(new.basis)
    procedure, unit = _checked(new, basis)
    same = FeeRate.objects.filter(procedure=procedure, unit=unit, unit_kind=new.unit_kind, channel=new.channel)
    wanted = Rate(
        unit.pk if unit else None, new.unit_kind, new.channel, new.amount, basis, new.valid_from, new.valid_to
    )
    follows = None
    for other in same.order_by("valid_from"):
        if not overlap(wanted, as_rule(other)):
            continue
        if other.valid_from >= new.valid_from or new.valid_from < today():
            raise Refused(
                gettext("Đã có mức phí của nơi và cách nộp này từ %(day)s: mức đã áp dụng chỉ được thay từ hôm nay.")
                % {"day": f"{other.valid_from:%d/%m/%Y}"},
                field="valid_from",
            )
        other.valid_to, follows = new.valid_from - timedelta(days=1), other
        other.save(update_fields=["valid_to"])
    rate = FeeRate.objects.create(
        procedure=procedure, unit=unit, unit_kind=new.unit_kind, channel=new.channel, amount=new.amount, basis=basis,
        valid_from=new.valid_from, valid_to=new.valid_to, follows=follows, added_by=actor_code, added_at=now(),
    )  # fmt: skip
    _record(FEE_RATE_SET, rate, actor_code)
    return rate


def _checked(new: NewRate, basis: str) -> tuple[Procedure, Unit | None]:
    # Locked: of two rates set at once for one procedure the second sees the first.
    code = new.procedure.replace("\0", "")
    procedure = Procedure.objects.select_for_update(of=("self",)).filter(code=code).first()
    if procedure is None:
        raise Refused(gettext("Không có thủ tục mang mã “%(code)s”.") % {"code": new.procedure}, field="procedure")
    unit = None
    if new.unit:
        unit = Unit.objects.in_force(new.valid_from).filter(code=new.unit.replace("\0", "")).first()
        if unit is None:
            raise Refused(gettext("Không có đơn vị nào mang mã “%(code)s”.") % {"code": new.unit[:40]}, field="unit")
    if new.unit_kind and (new.unit or new.unit_kind not in UNIT_KINDS):
        raise Refused(gettext("Chọn một đơn vị, hoặc một loại đơn vị."), field="unit_kind")
    if new.channel and new.channel not in FEE_CHANNELS:
        raise Refused(gettext("Không có cách nộp “%(channel)s”.") % {"channel": new.channel[:20]}, field="channel")
    if not 0 <= new.amount <= MOST_DONG:
        raise Refused(gettext("Mức phí phải là số đồng từ 0 trở lên."), field="amount")
    if not basis or len(basis) > LONGEST_BASIS or "\0" in basis:
        raise Refused(
            gettext("Cần ghi căn cứ pháp lý, tối đa %(most)s ký tự.") % {"most": LONGEST_BASIS}, field="basis"
        )  # fmt: skip
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise Refused(gettext("Ngày thôi áp dụng phải sau ngày bắt đầu."), field="valid_to")
    return procedure, unit


@transaction.atomic
def end_rate(number: int, *, on: date, actor: Account) -> FeeRate:
    """Let a rate (its primary key) count for the last time on a day, today at the earliest.

    Raises:
        Refused: there is no such rate, it ends by then anyway, has not begun, or the day is past.
    """
    rate = _locked(number)
    if on < today():
        raise Refused(gettext("Chỉ thôi áp dụng từ hôm nay trở đi: ngày đã qua thì đã thu theo mức này."), field="on")
    if rate.valid_from > on:
        raise Refused(gettext("Mức phí này chưa áp dụng vào ngày đó: hãy bỏ nó."), field="on")
    if rate.valid_to is not None and rate.valid_to <= on:
        raise Refused(gettext("Mức phí này đã hết hiệu lực trước ngày đó."), field="on")
    rate.valid_to = on
    rate.save(update_fields=["valid_to"])
    _record(FEE_RATE_ENDED, rate, actor.code)
    transaction.on_commit(forget_fee_rates)
    return rate


@transaction.atomic
def withdraw_rate(number: int, *, actor: Account) -> None:
    """Take back a rate (its primary key) that has not begun; the one that it would have followed is open again.

    Raises:
        Refused: there is no such rate, or it has begun.
    """
    rate = _locked(number)
    if rate.valid_from <= today():
        raise Refused(gettext("Mức phí đã áp dụng thì không bỏ được, chỉ thôi áp dụng."))
    earlier = rate.follows
    if earlier is not None and earlier.valid_to == rate.valid_from - timedelta(days=1):
        earlier.valid_to = None
        earlier.save(update_fields=["valid_to"])
    _record(FEE_RATE_WITHDRAWN, rate, actor.code)
    rate.delete()
    transaction.on_commit(forget_fee_rates)


@transaction.atomic
def import_rates(text: str, *, actor: Account) -> tuple[int, int]:
    """Set every rate of a CSV file, or none; return how many were set and how many stood there already.

    Raises:
        Refused: a line cannot be read or a rate cannot be set; says which line.
    """
    written = known = 0
    for line in sorted(read_rates(text), key=lambda one: (one.valid_from, one.position)):
        new = NewRate(
            line.procedure, line.amount, line.basis, line.valid_from, line.valid_to, line.unit, line.unit_kind,
            line.channel,
        )  # fmt: skip
        if _stands(new):
            known += 1
            continue
        try:
            _set(new, actor.code)
        except Refused as refusal:
            words = {"line": line.position, "why": refusal.message}
            raise Refused(gettext("Tệp mức phí, dòng %(line)s: %(why)s") % words, field="file") from refusal
        written += 1
    transaction.on_commit(forget_fee_rates)
    return written, known


def _stands(new: NewRate) -> bool:
    found = FeeRate.objects.filter(
        procedure__code=new.procedure, unit_kind=new.unit_kind, channel=new.channel, amount=new.amount,
        basis=squash(new.basis), valid_from=new.valid_from,
    )  # fmt: skip
    return (found.filter(unit__code=new.unit) if new.unit else found.filter(unit=None)).exists()


def many(new: NewRate, amounts: dict[str, int | None]) -> Sequence[NewRate]:
    """Return one rate for each channel with an amount, otherwise as ``new``: one line of a resolution at once."""
    return [replace(new, channel=channel, amount=amount) for channel, amount in amounts.items() if amount is not None]


@transaction.atomic
def set_rates(rates: Sequence[NewRate], *, actor: Account | None) -> list[FeeRate]:
    """Set several rates, or none; without an actor they come with the house's own data.

    Raises:
        Refused: as ``set_rate``, or there is none.
    """
    if not rates:
        raise Refused(gettext("Cần ghi mức phí của ít nhất một cách nộp."))
    found = [_set(rate, actor.code if actor else "") for rate in rates]
    transaction.on_commit(forget_fee_rates)
    return found


def _locked(number: int) -> FeeRate:
    found = FeeRate.objects.select_for_update(of=("self",)).select_related("procedure", "unit", "follows")
    rate = found.filter(pk=number).first()
    if rate is None:
        raise Refused(gettext("Không có mức phí này."))
    return rate


def _record(event: Event, rate: FeeRate, actor_code: str) -> None:
    unit = rate.unit.code if rate.unit else ""
    record(
        event, subject=rate.procedure.code, actor=actor_code, unit=unit, rate=rate.pk, place=unit or rate.unit_kind,
        channel=rate.channel, amount=rate.amount, valid_from=rate.valid_from.isoformat(),
        valid_to=rate.valid_to.isoformat() if rate.valid_to else None,
    )  # fmt: skip
