"""Naming the bank account to which fees are transferred; an account that is no longer used is ended, never edited."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit, in_force
from motcua.payments.events import ACCOUNT_ENDED, ACCOUNT_NAMED
from motcua.payments.models import CollectingAccount


@dataclass(frozen=True)
class NewAccount:
    """An account as its paper has it; ``unit_code`` "" is for every unit."""

    bank_bin: str
    bank_name: str
    account_number: str
    account_name: str
    valid_from: date
    source: str
    unit_code: str = ""


@transaction.atomic
def name_account(new: NewAccount, *, actor: Account) -> CollectingAccount:
    """Name the account of a unit, or of all, from a day on; the one in use until then ends the day before.

    Raises:
        Refused: there is no such unit, or an account begins on that day or later already.
    """
    unit = None
    if new.unit_code:
        unit = Unit.objects.in_force(new.valid_from).filter(code=new.unit_code.replace("\0", "")).first()
        if unit is None:
            raise Refused(gettext("Không có đơn vị nào mang mã “%(code)s”.") % {"code": new.unit_code}, field="unit")
    same = CollectingAccount.objects.select_for_update().filter(unit=unit)
    if same.filter(valid_from__gte=new.valid_from).exists():
        raise Refused(gettext("Đã có tài khoản dùng từ ngày này hoặc sau đó."), field="valid_from")
    same.filter(in_force(new.valid_from)).update(valid_to=new.valid_from - timedelta(days=1))
    account = CollectingAccount.objects.create(
        unit=unit, bank_bin=new.bank_bin, bank_name=new.bank_name, account_number=new.account_number,
        account_name=new.account_name, valid_from=new.valid_from, source=new.source, added_by=actor.code,
    )  # fmt: skip
    record(
        ACCOUNT_NAMED, subject=_name(account), actor=actor.code, unit=unit.code if unit else "",
        valid_from=new.valid_from.isoformat(),
    )  # fmt: skip
    return account


@transaction.atomic
def end_account(number: int, *, on: date, actor: Account) -> CollectingAccount:
    """Let an account (its primary key) be used for the last time on a day.

    Raises:
        Refused: there is no such account, it has ended, or it begins after that day.
    """
    account = CollectingAccount.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if account is None or account.valid_to is not None or account.valid_from > on:
        raise Refused(gettext("Tài khoản này không dùng vào ngày đó."))
    account.valid_to = on
    account.save(update_fields=["valid_to"])
    record(ACCOUNT_ENDED, subject=_name(account), actor=actor.code, valid_to=on.isoformat())
    return account


def _name(account: CollectingAccount) -> str:
    return f"collecting_account:{account.pk}"
