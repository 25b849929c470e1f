"""What this module puts on desks: dossiers as a kind of work, and the trays of heads and leaders."""

from django.db.models import Expression, F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from motcua.base.desk import Kind, Together
from motcua.dossiers.models import Dossier
from motcua.organizations.access import official

KIND = "dossier"


def applicant_words() -> Expression:
    """Return who asks, folded: the applicant and the organisation that he stands for."""
    names = Concat(F("applicant_name"), Value(" "), F("organisation_name"), output_field=TextField())
    folded = Func(names, function="motcua_fold", output_field=TextField())
    return Subquery(Dossier.objects.filter(code=OuterRef("subject")).values(words=folded)[:1])


# Whoever holds work on a dossier sees the dossier, its applicant with it (``access.sees``).
KINDS = [
    Kind(
        KIND,
        _("Hồ sơ"),
        words=applicant_words,
        may_search=official,
        together=(Together(_("Chuyển bước"), "dossiers:bulk_preview", "m"),),
    )
]
