"""Taking the fee at the counter."""

from datetime import datetime

from django.db import transaction

from motcua.base.facts import record
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import PAID
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Account
from motcua.payments.actions import fees
from motcua.payments.models import ONLINE


@transaction.atomic
def take_payment(code: str, *, method: str, reference: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Note that the fee was paid: in cash, by transfer or online (with the number of the transaction).

    The counter notes it in every case; an applicant's word alone is no payment.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no fee was asked or it is paid, unknown method, no transaction number, or the actor is not the counter.
    """
    dossier, run, paid_at = lock_for("take_payment", code, actor=actor, at=at)

    fee = fees.pay(code, method=method, reference=reference, at=paid_at, actor=actor)
    dossier.is_paid_online = method == ONLINE
    dossier.save(update_fields=["is_paid_online"])

    record(PAID, subject=code, actor=actor.code, unit=run.unit.code, at=paid_at, amount=fee.amount, method=method)
    return dossier
