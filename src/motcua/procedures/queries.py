"""Reading the catalogue: search, one procedure with its parts, who offers it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Left

from motcua.base.clock import today
from motcua.base.text import sort_key
from motcua.organizations.models import Unit, in_force
from motcua.procedures.models import Component, Offering, Procedure, ProcedureResult, ProcedureVersion, Trait
from motcua.procedures.rules.search import CatalogueIndex, Entry, Hit
from motcua.procedures.states import LEVELS, OFFERED_ONLINE

CATALOGUE_KEPT_FOR = 10  # seconds: how late another process may learn of a changed catalogue

PAPER_SEARCHED = 120  # characters of a paper's name that are searched

# What the filter "online" asks for.
HERE, YES, NO = "here", "yes", "no"


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; "" asks for everything. ``agency`` is an issuing or an executing agency, ``mark`` one
    of publishing_states.TRAITS that a procedure bears today."""

    field: str = ""
    level: str = ""
    agency: str = ""
    online: str = ""
    mark: str = ""

    def fits(self, entry: Entry) -> bool:
        return (
            (not self.field or entry.field == self.field)
            and (not self.level or self.level in entry.levels)
            and (not self.agency or self.agency in (entry.issuing_agency, *entry.executing_agencies))
            and (not self.online or ONLINE_TESTS.get(self.online, _nothing)(entry))
        )


def _nothing(_entry: Entry) -> bool:
    return False


ONLINE_TESTS: dict[str, Callable[[Entry], bool]] = {
    HERE: lambda entry: entry.is_filed_here,
    YES: lambda entry: entry.online_kind in OFFERED_ONLINE,
    NO: lambda entry: entry.online_kind not in OFFERED_ONLINE,
}


@dataclass(frozen=True)
class Found:
    """A page of what was found, and how much there is in all."""

    total: int
    hits: list[Hit]


def search(query: str = "", filters: Filters | None = None, *, limit: int | None = 20, offset: int = 0) -> Found:
    """Return procedures in force that fit, best first; without a query all of them, by name. ``limit`` None: all."""
    hits = catalogue().search(query) if query.strip() else _all_hits(catalogue())
    if filters is not None and filters != Filters():
        hits = [hit for hit in hits if filters.fits(hit.entry)]
        if filters.mark:
            marked = codes_marked(filters.mark)
            hits = [hit for hit in hits if hit.entry.code in marked]
    return Found(len(hits), hits[offset:] if limit is None else hits[offset : offset + limit])


def codes_marked(mark: str, day: date | None = None) -> set[str]:
    """Return the codes of the procedures that bear a mark on ``day`` (default: today)."""
    found = Trait.objects.filter(in_force(day or today()), trait=mark)
    return set(found.values_list("procedure__code", flat=True))


@lru_cache(maxsize=1)
def _all_hits(index: CatalogueIndex) -> list[Hit]:
    return [Hit(entry, 1.0) for entry in index.entries]


@dataclass(frozen=True)
class Choices:
    """What the filters of the catalogue offer: (value, how many procedures) in the order of a dictionary."""

    fields: tuple[tuple[str, int], ...]
    agencies: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]


def choices() -> Choices:
    """Return the fields, issuing agencies and levels of the procedures in force."""
    return _choices(catalogue())


@lru_cache(maxsize=1)
def _choices(index: CatalogueIndex) -> Choices:
    def sorted_names(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(counts.items(), key=lambda pair: sort_key(pair[0])))

    levels = Counter(level for entry in index.entries for level in entry.levels)
    return Choices(
        sorted_names(Counter(entry.field for entry in index.entries)),
        sorted_names(Counter(entry.issuing_agency for entry in index.entries)),
        tuple((level, levels[level]) for level in LEVELS if levels[level]),
    )


def catalogue() -> CatalogueIndex:
    """Return the index of the procedures in force today: built when first asked for, kept while nothing changes."""
    return _built(_stamp(int(monotonic() // CATALOGUE_KEPT_FOR)))


@lru_cache(maxsize=2)
def _stamp(_period: int) -> tuple[object, ...]:
    """Return what changes whenever the catalogue does: versions are added and ended, never edited."""
    versions = ProcedureVersion.objects.aggregate(Max("id"), Count("valid_to"))
    offerings = Offering.objects.aggregate(Max("id"), Count("valid_to"))
    return today(), *versions.values(), *offerings.values()


@lru_cache(maxsize=1)
def _built(_stamp: tuple[object, ...]) -> CatalogueIndex:
    day = today()
    filed_here = set(offerings_in_force(day).filter(is_online=True).values_list("procedure_id", flat=True))
    versions = ProcedureVersion.objects.filter(in_force(day))
    rows = versions.values_list(
        "id", "procedure__code", "name", "field", "levels", "issuing_agency", "executing_agencies", "online_kind",
        "procedure_id",
    )  # fmt: skip
    same: dict[str, str] = {}  # agencies and fields repeat: each is kept once
    entries = [
        Entry(
            number,
            code,
            name,
            same.setdefault(field, field),
            tuple(levels),
            same.setdefault(issuing, issuing),
            tuple(same.setdefault(agency, agency) for agency in executing),
            online_kind,
            procedure in filed_here,
        )  # fmt: skip
        for number, code, name, field, levels, issuing, executing, online_kind, procedure in rows
    ]
    # Some titles begin with a stray full stop or dash, which is no letter of the dictionary.
    entries.sort(key=lambda entry: (sort_key(entry.name.lstrip(' .-–+(“"')), entry.code))
    texts = _texts_of(versions)
    return CatalogueIndex(entries, (texts.get(entry.version_id, "") for entry in entries))


def _texts_of(versions: QuerySet[ProcedureVersion]) -> dict[int, str]:
    """Return by version what is searched besides its name: who may apply, what papers, what result."""
    parts: dict[int, list[str]] = {number: subjects for number, subjects in versions.values_list("id", "subjects")}
    results = ProcedureResult.objects.filter(version__in=versions).values_list("version_id", "name")
    # The beginning says which paper it is; the rest is conditions, in which every second word stands.
    papers = Component.objects.filter(version__in=versions).values_list("version_id", Left("name", PAPER_SEARCHED))
    for number, name in (*results, *papers):
        parts[number].append(name)
    return {number: ". ".join(texts) for number, texts in parts.items()}


def forget_catalogue() -> None:
    """Make the next question read the catalogue again; called by what changes it."""
    _stamp.cache_clear()


def versions_of(code: str) -> list[ProcedureVersion]:
    """Return the dates of all versions of a procedure, newest first; empty when there is no such procedure."""
    dates = "procedure__code", "valid_from", "valid_to", "decision_number"
    found = ProcedureVersion.objects.filter(procedure__code=code).select_related("procedure").only(*dates)
    return list(found.order_by("-valid_from"))


def with_parts(versions: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    """Return the versions with channels, components and results: three statements for however many."""
    return versions.select_related("procedure").prefetch_related("channels", "components", "results")


def version_at(code: str, day: date | None = None) -> ProcedureVersion | None:
    """Return the version of a procedure in force on ``day`` (default: today) with all its parts."""
    return with_parts(ProcedureVersion.objects.filter(in_force(day or today()), procedure__code=code)).first()


def offerings_in_force(day: date | None = None) -> QuerySet[Offering]:
    """Return what is offered on ``day`` (default: today)."""
    return Offering.objects.filter(in_force(day or today()))


def offerings_of(procedure: Procedure, day: date | None = None) -> list[Offering]:
    """Return who offers a procedure on ``day``, with unit and route; kinds of unit first."""
    found = offerings_in_force(day).filter(procedure=procedure).select_related("unit", "route")
    return sorted(found, key=lambda one: (one.unit is not None, sort_key(one.unit.name) if one.unit else ("", "")))


def offering_for(procedure_code: str, unit: Unit, day: date | None = None) -> Offering | None:
    """Return the offering under which ``unit`` handles a procedure on ``day``: its own before that of its kind."""
    own_or_kind = Q(unit=unit) | Q(unit__isnull=True, unit_kind=unit.kind)
    found = offerings_in_force(day).filter(own_or_kind, procedure__code=procedure_code)
    return found.select_related("procedure", "route", "unit").order_by("unit__code").first()


def number_by_level(day: date | None = None) -> dict[str, int]:
    """Return how many procedures in force each level handles (DOMAIN 5.5); one of two levels counts at both."""
    found = ProcedureVersion.objects.filter(in_force(day or today())).values_list("levels", flat=True)
    counts = Counter(level for levels in found for level in levels)
    return {level: counts[level] for level in LEVELS}


def number_in_force(day: date | None = None) -> int:
    """Return how many procedures are in force."""
    return ProcedureVersion.objects.filter(in_force(day or today())).count()


def number_offered_online(day: date | None = None) -> int:
    """Return how many procedures in force name an online channel."""
    found = ProcedureVersion.objects.filter(in_force(day or today()), online_kind__in=OFFERED_ONLINE)
    return found.count()
