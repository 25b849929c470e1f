"""What is measured of the catalogue: numbers that are true on a day."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Standing
from motcua.organizations.models import Unit, in_force
from motcua.organizations.states import COMMUNE, PROVINCE
from motcua.procedures.models import ProcedureVersion


def _total(_unit: Unit, day: date, level: str = "") -> int | None:
    """Procedures in force that localities handle, at one level or at any: a procedure of both levels counts once.

    The catalogue is the whole province's, so the unit narrows nothing. A level that no procedure has is not known.
    """
    versions = ProcedureVersion.objects.filter(in_force(day))
    if not level:
        return versions.filter(levels__overlap=[PROVINCE, COMMUNE]).count()
    return versions.filter(levels__contains=[level]).count() or None


MEASURES = [Standing("procedures.total", _("Thủ tục thuộc thẩm quyền địa phương"), _total)]
