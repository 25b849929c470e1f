"""Reading forms, and judging answers by them: what filing and the pages of forms call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.organizations.models import in_force
from motcua.procedures.gateways import unit_trees
from motcua.procedures.models import Component, FormVersion, Offering, ProcedureVersion
from motcua.procedures.models.eforms import PUBLISHED
from motcua.procedures.rules.eforms.burden import Burden, burden_of
from motcua.procedures.rules.eforms.checking import Checked, Problem, addresses, check
from motcua.procedures.rules.eforms.form import Eform
from motcua.procedures.rules.eforms.questions import from_questions
from motcua.procedures.rules.eforms.showing import Shown, shown


def form_in_force(procedure_code: str, day: date | None = None) -> FormVersion | None:
    """Return the form to fill in on ``day`` (default: today), or None where the procedure has none."""
    found = FormVersion.objects.filter(in_force(day or today()), procedure__code=procedure_code, state=PUBLISHED)
    return found.select_related("procedure").first()


@lru_cache(maxsize=2048)
def form_of(form_version_id: int) -> Eform:
    """Return a published form; kept in memory, since it is never edited."""
    version = FormVersion.objects.get(pk=form_version_id)
    if version.is_draft:
        raise ValueError("a draft may change: read it from its row")
    return version.form


def form_asked(form_version_id: int | None, offering: Offering) -> Eform:
    """Return what a dossier is asked: its form version, or the offering's own questions where it has none."""
    if form_version_id is not None:
        return form_of(form_version_id)
    return from_questions(offering.questions, "", gettext("Nội dung kê khai"))


def checked(form: Eform, answers: Mapping[str, Any]) -> Checked:
    """Return ``answers`` cleaned and judged, the units of addresses too."""
    found = check(form, answers)
    told = {problem.path[:-1] for problem in found.problems} | {problem.path for problem in found.problems}
    unknown = [
        Problem((*path, "commune"), field.title, gettext("Địa danh không có trong danh mục đơn vị hành chính."))
        for path, field, value in addresses(form, found.answers)
        if path not in told and not (isinstance(value, dict) and unit_trees.is_known(value))
    ]
    return Checked(found.answers, found.problems + unknown) if unknown else found


def answers_or_refusal(form: Eform, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return clean answers.

    Raises:
        Refused: an answer is missing or wrong (the first is told, ``field`` is its place), or is to no question.
    """
    found = checked(form, answers)
    if found.problems:
        first = found.problems[0]
        raise Refused(
            gettext("Mục “%(title)s”: %(message)s") % {"title": first.title, "message": first.message},
            field=first.place,
        )
    return found.answers


def answers_shown(form: Eform, answers: Mapping[str, Any], *, blanks: bool = False) -> list[Shown]:
    """Return answers as people read them, addresses with the names of their units."""
    return shown(form, answers, unit_trees.words_of, blanks=blanks)


@dataclass(frozen=True)
class Measured:
    """A version of a form with how much it asks."""

    version: FormVersion
    burden: Burden


def versions_measured(procedure_code: str) -> list[Measured]:
    """Return all versions of a procedure's form, newest first, with their burdens."""
    versions = FormVersion.objects.filter(procedure__code=procedure_code).select_related("procedure")
    papers = attachments_of(procedure_code)
    return [Measured(version, burden_of(version.form, papers)) for version in versions.order_by("-number")]


def forms_measured(day: date | None = None) -> list[Measured]:
    """Return the forms in force with their burdens, those furthest from the target first."""
    found = FormVersion.objects.filter(in_force(day or today()), state=PUBLISHED).select_related(
        "procedure", "published_with"
    )
    papers = _papers_by_version([version.published_with_id for version in found])
    measured = [
        Measured(version, burden_of(version.form, papers.get(version.published_with_id or 0, 0))) for version in found
    ]
    return sorted(measured, key=lambda one: (one.burden.cut, one.version.procedure.code))


def number_of_forms(day: date | None = None) -> int:
    """Return how many forms are in force."""
    return FormVersion.objects.filter(in_force(day or today()), state=PUBLISHED).count()


def attachments_of(procedure_code: str, day: date | None = None) -> int:
    """Return how many papers the procedure in force asks for, over all its cases."""
    version = ProcedureVersion.objects.filter(in_force(day or today()), procedure__code=procedure_code).first()
    return _papers_by_version([version.pk]).get(version.pk, 0) if version else 0


def _papers_by_version(version_ids: list[int | None]) -> dict[int, int]:
    # The national catalogue keeps remarks among the components, with neither originals nor copies.
    rows = Component.objects.filter(
        Q(originals__gt=0) | Q(copies__gt=0), version__in=[one for one in version_ids if one]
    )
    counts: dict[int, int] = {}
    for number in rows.values_list("version_id", flat=True):
        counts[number] = counts.get(number, 0) + 1
    return counts


def names_of(procedure_codes: list[str], day: date | None = None) -> dict[str, str]:
    """Return the names of procedures in force by code."""
    found = ProcedureVersion.objects.filter(in_force(day or today()), procedure__code__in=procedure_codes)
    return dict(found.values_list("procedure__code", "name"))


def without_form(day: date | None = None) -> list[tuple[str, str]]:
    """Return (code, name) of procedures that are filed online here on ``day`` and have no form, by code."""
    there = FormVersion.objects.filter(in_force(day or today()), state=PUBLISHED).values("procedure")
    offered = Offering.objects.filter(in_force(day or today()), is_online=True).exclude(procedure__in=there)
    codes = sorted(set(offered.values_list("procedure__code", flat=True)))
    names = names_of(codes, day)
    return [(code, names[code]) for code in codes if code in names]
