"""Published things, kept in memory by their number: versions and offerings are never edited (a change is a new row)."""

from functools import lru_cache

from motcua.procedures.models import Offering, ProcedureVersion


@lru_cache(maxsize=2048)
def version_of(version_id: int) -> ProcedureVersion:
    """Return a version with its procedure; its long texts are read when asked for."""
    versions = ProcedureVersion.objects.select_related("procedure")
    return versions.only("name", "field", "valid_from", "procedure__code").get(pk=version_id)


@lru_cache(maxsize=4096)
def offering_of(offering_id: int) -> Offering:
    """Return an offering: route, limit, fee and the questions of its form."""
    return Offering.objects.get(pk=offering_id)
