"""Who keeps a confidential register besides the heads of agencies; who was trusted and until when stays known."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.registers.access import may_trust
from motcua.registers.events import TRUST_ENDED, TRUSTED
from motcua.registers.models import Register, Trust


@transaction.atomic
def entrust(register: Register, *, account: Account, unit: Unit, actor: Account | None) -> Trust:
    """Let an official keep a confidential register for a unit and all under it; twice is once.

    Raises:
        Refused: the actor may not, the register is not confidential, or the account is no official.
    """
    if actor is not None and not may_trust(actor, unit):
        raise Refused(gettext("Bạn không giao được sổ này cho %(unit)s.") % {"unit": unit}, field="unit")
    if not register.is_confidential:
        raise Refused(gettext("Sổ này không mật: không cần giao riêng."))
    if not account.is_official:
        raise Refused(gettext("Người này không giữ vị trí công tác nào."), field="username")
    trust, is_new = Trust.objects.get_or_create(
        register=register, account=account, unit=unit, ended_at=None,
        defaults={"given_at": now(), "given_by": actor.code if actor else ""},
    )  # fmt: skip
    if is_new:
        record(TRUSTED, subject=register.code, actor=trust.given_by, unit=unit.code, account=account.code)
    return trust


@transaction.atomic
def end_trust(pk: int, *, actor: Account) -> None:
    """Take a register back from somebody. Raises Refused where the actor may not."""
    trust = Trust.objects.select_for_update(of=("self",)).select_related("register", "unit", "account").filter(
        pk=pk, ended_at__isnull=True
    ).first()  # fmt: skip
    if trust is None or not may_trust(actor, trust.unit):
        raise Refused(gettext("Bạn không thôi giao được sổ này."))
    trust.ended_at = now()
    trust.save(update_fields=["ended_at"])
    record(TRUST_ENDED, subject=trust.register.code, actor=actor.code, unit=trust.unit.code, account=trust.account.code)
