"""What a person declared before, offered to fill the next form with: answers of the person's own finished dossiers."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from motcua.dossiers.actions.handed_in import Applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import DECIDED, RETURNED
from motcua.procedures.eforms import form_of
from motcua.procedures.known import Known

LOOKED_AT = 10  # dossiers, newest first


def known_of(account: Any) -> dict[str, Known]:
    """Return the newest answer to each concept, of dossiers that an official has decided: those were looked at."""
    return _declared(Q(applicant=account))


def known_of_applicant(applicant: Applicant) -> dict[str, Known]:
    """Return what is known of somebody at the counter: what the last dossier tells of the person, then its answers."""
    origin = gettext("lần nộp trước")
    told = {
        "person.full_name": applicant.name,
        "person.identity_number": applicant.identity_number,
        "person.phone": applicant.phone,
        "person.email": applicant.email,
        "person.address": applicant.address,
    }
    known = {concept: Known(value, origin) for concept, value in told.items() if value}
    if not applicant.identity_number:
        return known
    return _declared(Q(identity_number=applicant.identity_number)) | known


def _declared(whose: Q) -> dict[str, Known]:
    found: dict[str, Known] = {}
    rows = Dossier.objects.filter(whose, state__in=[DECIDED, RETURNED], form_version__isnull=False)
    for dossier in rows.only("code", "form_version_id", "answers").order_by("-filed_at")[:LOOKED_AT]:
        assert dossier.form_version_id is not None  # the query asks for dossiers with a form
        origin = gettext("hồ sơ %(code)s") % {"code": dossier.code}
        for field in form_of(dossier.form_version_id).fields:
            if field.concept and field.name in dossier.answers:
                found.setdefault(field.concept, Known(dossier.answers[field.name], origin))
    return found
