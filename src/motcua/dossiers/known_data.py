"""What a person declared before, offered to fill the next form with: answers of the person's own finished dossiers."""

from typing import Any

from django.utils.translation import gettext

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import DECIDED, RETURNED
from motcua.procedures.eforms import form_of
from motcua.procedures.known import Known

LOOKED_AT = 10  # dossiers, newest first


def known_of(account: Any) -> dict[str, Known]:
    """Return the newest answer to each concept, of dossiers that an official has decided: those were looked at."""
    found: dict[str, Known] = {}
    rows = Dossier.objects.filter(applicant=account, state__in=[DECIDED, RETURNED], form_version__isnull=False)
    for dossier in rows.only("code", "form_version_id", "answers").order_by("-filed_at")[:LOOKED_AT]:
        assert dossier.form_version_id is not None  # the query asks for dossiers with a form
        origin = gettext("hồ sơ %(code)s của bạn") % {"code": dossier.code}
        for field in form_of(dossier.form_version_id).fields:
            if field.concept and field.name in dossier.answers:
                found.setdefault(field.concept, Known(dossier.answers[field.name], origin))
    return found
