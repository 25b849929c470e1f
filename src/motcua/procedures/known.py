"""What is known of a person already, to fill a form with: the account, and stores that other modules offer.

A module offers ``known_data.py`` with ``known_of(account) -> dict[str, Known]``, found by name; keys are concepts such
as ``person.birth_date``. A store of the nation joins by the same port.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from motcua.base.modules import offered

ACCOUNT = {
    "person.full_name": "full_name",
    "person.identity_number": "identity_number",
    "person.phone": "phone",
    "person.email": "email",
    "person.address": "address",
}


@dataclass(frozen=True)
class Known:
    """A datum and where it comes from, in words for the person: ``tài khoản của bạn``."""

    value: Any
    origin: str


def known_about(account: Any) -> dict[str, Known]:
    """Return what is known of the account's owner by concept; the account itself goes before every store."""
    found: dict[str, Known] = {}
    for module in offered("known_data"):
        found |= module.known_of(account)
    told = {concept: str(getattr(account, name, "") or "") for concept, name in ACCOUNT.items()}
    return found | {concept: Known(value, gettext("tài khoản của bạn")) for concept, value in told.items() if value}
