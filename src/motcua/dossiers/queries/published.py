"""Published things, kept in memory by their number: versions and offerings are never edited (a change is a new row)."""

from datetime import date
from functools import lru_cache
from time import monotonic

from motcua.organizations.models import in_force
from motcua.procedures.models import Offering, ProcedureVersion, Trait

MARKS_KEPT_FOR = 30  # seconds: how late another process may learn of a mark


@lru_cache(maxsize=2048)
def version_of(version_id: int) -> ProcedureVersion:
    """Return a version with its procedure; its long texts are read when asked for."""
    versions = ProcedureVersion.objects.select_related("procedure")
    return versions.only("name", "field", "valid_from", "procedure__code").get(pk=version_id)


@lru_cache(maxsize=4096)
def offering_of(offering_id: int) -> Offering:
    """Return an offering: route, limit, fee and the questions of its form."""
    return Offering.objects.get(pk=offering_id)


def marks_of(procedure_id: int, day: date) -> frozenset[str]:
    """Return the marks of a procedure on ``day`` (``procedures.publishing_states.TRAITS``); kept for seconds."""
    return _marks_of(procedure_id, day, int(monotonic() // MARKS_KEPT_FOR))


@lru_cache(maxsize=4096)
def _marks_of(procedure_id: int, day: date, _period: int) -> frozenset[str]:
    return frozenset(Trait.objects.filter(in_force(day), procedure=procedure_id).values_list("trait", flat=True))


def forget_marks() -> None:
    """Make the next question read the marks again; for tests."""
    _marks_of.cache_clear()
