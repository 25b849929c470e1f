"""Paying the fee: taken at the counter, or begun by the applicant at the gateway, whose word comes as a fact."""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import may_pay, may_take_money_of
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import PAID
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import dossier_of
from motcua.organizations.models import Account
from motcua.payments.actions import fees, ordering, receipts, refunding
from motcua.payments.models import ONLINE, Order, Receipt, Refund


@transaction.atomic
def take_payment(code: str, *, method: str, reference: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Note that the fee was paid: in cash, by transfer or online; a receipt is issued with it.

    The counter notes it in every case; an applicant's word alone is no payment.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no fee was asked or it is paid, unknown method, no transaction number, or the actor is not the counter.
    """
    dossier, run, paid_at = lock_for("take_payment", code, actor=actor, at=at)

    unit = dossier.competent_unit
    fee = fees.pay(code, method=method, reference=reference, at=paid_at, actor=actor, unit=unit)
    dossier.is_paid_online = method == ONLINE
    dossier.save(update_fields=["is_paid_online"])

    record(PAID, subject=code, actor=actor.code, unit=run.unit.code, at=paid_at, amount=fee.amount, method=method)
    return dossier


@transaction.atomic
def note_online_payment(code: str, *, amount: int, at: datetime) -> bool:
    """Note on the dossier that its fee was paid through the gateway; return False if it was noted before.

    Called once the money is in the books, at least once: it bears repetition.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("receiving_unit").filter(code=code).first()
    if dossier is None or dossier.is_paid_online:
        return False
    dossier.is_paid_online = True
    dossier.save(update_fields=["is_paid_online"])
    unit = dossier.receiving_unit.code
    record(PAID, subject=code, actor="", unit=unit, at=at, amount=amount, method=ONLINE)
    return True


def begin_payment(code: str, *, actor: Account, at: datetime | None = None) -> Order:
    """Open an order at the gateway for the fee of a dossier; its address is where the payer goes.

    No transaction of its own: the gateway is asked between two of them (``ordering.begin``).

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor is neither applicant nor counter, nothing is to be paid, or there is no gateway.
    """
    dossier = dossier_of(code, account=actor)
    if not may_pay(actor, dossier):
        raise Refused(gettext("Việc thanh toán do người nộp hoặc quầy tiếp nhận thực hiện."))
    return ordering.begin(code, asked_by=actor.code, at=at)


@transaction.atomic
def cancel_receipt(code: str, number: int, *, reason: str, actor: Account, at: datetime | None = None) -> Receipt:
    """Cancel a receipt of the dossier (its primary key); the number stays, another receipt may be issued.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor is not the counter, no reason, no such receipt, or it is cancelled.
    """
    _money_of(code, actor)
    if not Receipt.objects.filter(pk=number, fee__subject=code).exists():
        raise Refused(gettext("Không có biên lai này."))
    return receipts.cancel(number, reason=reason, actor_code=actor.code, at=at)


@transaction.atomic
def issue_receipt(code: str, *, actor: Account, at: datetime | None = None) -> Receipt:
    """Give a paid fee the receipt that it lacks.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor is not the counter, nothing is paid, or there is a receipt.
    """
    dossier = _money_of(code, actor)
    return receipts.issue_again(code, actor=actor, unit=dossier.competent_unit, at=at)


@transaction.atomic
def ask_refund(code: str, *, cause: str, method: str, actor: Account, at: datetime | None = None) -> Refund:
    """Ask that the fee of a dossier be given back; somebody else approves it.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor is not the counter, no cause, nothing was paid, or it was asked before.
    """
    _money_of(code, actor)
    return refunding.ask_for_fee(code, cause=cause, method=method, actor=actor, at=at or now())


def _money_of(code: str, actor: Account) -> Dossier:
    if "\0" in code:
        raise Http404
    dossier = dossier_of(code, account=actor)
    if not may_take_money_of(actor, dossier):
        raise Refused(gettext("Việc này do quầy tiếp nhận của hồ sơ thực hiện."))
    return dossier
