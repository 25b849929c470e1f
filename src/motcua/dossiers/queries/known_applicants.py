"""Whom the counter knows already, and which dossiers a new one may repeat: both found by an exact number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from motcua.base.clock import VIETNAM
from motcua.base.text import fold
from motcua.dossiers.actions.handed_in import Applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.rules.reception_rules import reception_rules_on
from motcua.dossiers.states import OPEN_STATES, REFUSED, WITHDRAWN
from motcua.organizations.models import Account

MOST_PEOPLE = 5  # that one number finds: a family may share a telephone
LOOKED_AT = 20  # dossiers of a number, newest first
_NUMBER = re.compile(r"\+?[0-9]{8,15}|[0-9]{10}-[0-9]{3}")


@dataclass(frozen=True)
class KnownApplicant:
    """Somebody who filed before, as last written down, and when that was (None: only an account tells)."""

    applicant: Applicant
    filed_on: date | None


def known_applicants(number: str) -> list[KnownApplicant]:
    """Return who filed under an identity number, a tax code or a telephone number, newest first; [] if nobody did.

    The number must be whole: there is no browsing. An account of that number comes last, where no dossier tells more.
    """
    number = re.sub(r"[\s.()]", "", number)
    if not _NUMBER.fullmatch(number):
        return []
    found: dict[tuple[str, str], KnownApplicant] = {}
    for dossier in _newest(Q(identity_number=number)) or _newest(Q(phone=number)):
        person = Applicant(
            name=dossier.applicant_name,
            identity_number=dossier.identity_number,
            phone=dossier.phone,
            email=dossier.email,
            address=dossier.address,
            organisation_name=dossier.organisation_name,
            organisation_tax_code=dossier.organisation_tax_code,
        )
        filed_on = dossier.filed_at.astimezone(VIETNAM).date()
        found.setdefault(_same(person), KnownApplicant(person, filed_on))
    for account in Account.objects.filter(identity_number=number, is_active=True)[:MOST_PEOPLE]:
        person = Applicant(account.full_name, account.identity_number, account.phone, account.email, account.address)
        found.setdefault(_same(person), KnownApplicant(person, None))
    return list(found.values())[:MOST_PEOPLE]


def _newest(condition: Q) -> list[Dossier]:
    return list(Dossier.objects.filter(condition).order_by("-filed_at")[:LOOKED_AT])


def _same(person: Applicant) -> tuple[str, str]:
    return fold(person.name), person.identity_number


def duplicates_of(
    applicant: Applicant, procedure_code: str, *, at: datetime, account: Any = None, key: UUID | None = None
) -> list[Dossier]:
    """Return like dossiers: of the same person and procedure, still open or filed some days ago; newest first.

    Who is the same: the account, else the identity number, else the telephone with the name. What was refused or
    withdrawn is no reason to ask, nor the form itself sent twice (``key``).
    """
    same = _is_same(applicant, account)
    if same is None:
        return []
    since = at - timedelta(days=reception_rules_on(at.astimezone(VIETNAM).date()).duplicate_within_days)
    itself = Q(submission_key=key) if key else Q(pk__in=[])
    rows = (
        Dossier.objects.filter(
            same, version__procedure__code=procedure_code, organisation_name=applicant.organisation_name
        )
        .filter(Q(state__in=OPEN_STATES) | Q(filed_at__gte=since))
        .exclude(state__in=[REFUSED, WITHDRAWN])
        .exclude(itself)
        .select_related("competent_unit")
        .order_by("-filed_at")
    )
    return list(_named(rows[:MOST_PEOPLE], applicant))


def _is_same(applicant: Applicant, account: Any) -> Q | None:
    if account is not None:  # who files alone is told of the account's own dossiers, not of those of a typed number
        return Q(applicant=account)
    if applicant.identity_number:
        return Q(identity_number=applicant.identity_number)
    if applicant.phone:
        return Q(phone=applicant.phone, identity_number="")
    return None


def _named(rows: Iterable[Dossier], applicant: Applicant) -> Iterable[Dossier]:
    for dossier in rows:
        if dossier.applicant_id or applicant.identity_number or fold(dossier.applicant_name) == fold(applicant.name):
            dossier.version = version_of(dossier.version_id)
            yield dossier
