"""The register of a period (form 06 of set A, 07 of set B), as a document and as a table of a workbook."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.process_sheets import Register, RegisterLine, register_book
from motcua.documents.rendering.slips import Office
from motcua.dossiers.models import Dossier
from motcua.dossiers.rendering.heads import place_above
from motcua.dossiers.states import RETURN_METHODS
from motcua.organizations.models import Unit


def register_of(
    unit: Unit, first: date, last: date, rows: Sequence[Dossier], methods: dict[str, str], *, note: str = ""
) -> OfficialDocument:
    """Return the register of ``unit`` for [first, last], oldest entry first; ``methods`` tells how results went out.

    Raises:
        LookupError: no form set was in force on the last day.
    """
    superior = (unit.parent.name.upper(),) if unit.parent else ()
    office = Office(agency=(unit.name.upper(),), superior=superior, place=place_above(unit))
    lines = [_line(each, methods.get(each.code, "")) for each in rows]
    return register_book(Register(office=office, first=first, last=last, lines=lines, note=note))


def _line(dossier: Dossier, method: str) -> RegisterLine:
    note = "" if dossier.is_on_time is not False else gettext("Trễ hạn")
    return RegisterLine(
        code=dossier.code,
        procedure=dossier.version.name,
        sets=1,
        applicant=dossier.applicant_name,
        address=dossier.address,
        competent_unit=dossier.competent_unit.name,
        received_at=_local(dossier.received_at),
        due_at=_local(dossier.due_at),
        returned_at=_local(dossier.returned_at),
        method=str(RETURN_METHODS.get(method, "")),
        note=note if dossier.decided_at or dossier.is_open else dossier.state_label,
    )


def _local(instant: datetime | None) -> datetime | None:
    return instant.astimezone(VIETNAM) if instant else None
