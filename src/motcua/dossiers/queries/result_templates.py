"""Templates of results: those that are shipped and the province's own versions, as one list."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from motcua.dossiers.models import OwnResultTemplate, ResultDocument
from motcua.dossiers.rules.result_templates import ResultTemplate, in_force, shipped_source, shipped_templates


@dataclass(frozen=True)
class Version:
    """One version of a template; ``own`` is the province's row, None for one that is shipped and untouched."""

    template: ResultTemplate
    source: str
    own: OwnResultTemplate | None
    is_shipped: bool  # its text is the shipped one


@dataclass(frozen=True)
class Listed:
    """One code with its versions, newest first; ``now`` is the one in force, ``shown`` what the list names it by."""

    code: str
    versions: list[Version]
    now: Version | None
    shown: Version
    comes: Version | None  # begins later


def versions() -> list[Version]:
    """Return every version, the province's row in place of the shipped one of the same code and day."""
    found: dict[tuple[str, date], Version] = {
        (each.code, each.valid_from): Version(each, shipped_source(), None, True) for each in shipped_templates()
    }
    for row in OwnResultTemplate.objects.all():
        is_shipped = (row.code, row.valid_from) in found
        found[row.code, row.valid_from] = Version(row.template, row.source, row, is_shipped)
    return list(found.values())


def all_templates() -> list[ResultTemplate]:
    """Return every version of every template, in force or not."""
    return [each.template for each in versions()]


def templates_for(procedure: str, day: date) -> list[ResultTemplate]:
    """Return the templates for ``procedure`` on ``day``: its own first, then those for any."""
    return in_force(all_templates(), procedure, day)


def template_of(code: str, valid_from: date) -> ResultTemplate:
    """Return the version of a template that a draft was made with.

    Raises:
        LookupError: there is none.
    """
    return version_of(code, valid_from).template


def version_of(code: str, valid_from: date) -> Version:
    """Return one version.

    Raises:
        LookupError: there is none.
    """
    for each in versions():
        if (each.template.code, each.template.valid_from) == (code, valid_from):
            return each
    raise LookupError(f"No template {code} of {valid_from}")


def templates_listed(day: date, *, procedure: str = "", is_all: bool = False) -> list[Listed]:
    """Return the templates in force on ``day`` (or all) by name, those for ``procedure`` if it is given."""
    by_code: dict[str, list[Version]] = defaultdict(list)
    for each in versions():
        by_code[each.template.code].append(each)
    listed = [_listed(code, found, day) for code, found in by_code.items()]
    return sorted(
        (
            each
            for each in listed
            if (is_all or each.now is not None or each.comes is not None)
            and (not procedure or not each.shown.template.procedures or procedure in each.shown.template.procedures)
        ),
        key=lambda each: (not each.shown.template.procedures, each.shown.template.name),
    )


def template_listed(code: str, day: date) -> Listed | None:
    """Return one template with all its versions; None where there is none."""
    found = [each for each in versions() if each.template.code == code]
    return _listed(code, found, day) if found else None


def _listed(code: str, found: list[Version], day: date) -> Listed:
    found = sorted(found, key=lambda each: each.template.valid_from, reverse=True)
    begun = next((each for each in found if each.template.valid_from <= day), None)
    comes = next((each for each in reversed(found) if each.template.valid_from > day), None)
    now = begun if begun and (begun.template.valid_to is None or begun.template.valid_to >= day) else None
    return Listed(code, found, now, begun or found[-1], comes)


def used(code: str) -> dict[date, int]:
    """Return how many drafts were made with each version of ``code``, by its first day."""
    rows = ResultDocument.objects.filter(template=code).values_list("template_from").annotate(Count("pk"))
    return dict(rows)
