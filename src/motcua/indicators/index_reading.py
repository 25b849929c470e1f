"""The live index of Decision 766: what our own measures count, what was typed and verified, scored by the rules.

A row that neither a measure nor a verified figure answers has no points: it is said, never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.base.clock import today
from motcua.indicators.grouped import Numbers, numbers_of
from motcua.indicators.models import TypedFigure
from motcua.indicators.queries import children_of
from motcua.indicators.registry import measures
from motcua.indicators.rules.component_file import ON_TIME
from motcua.indicators.rules.index_periods import YEAR, IndexPeriod
from motcua.indicators.rules.service_index import VERIFIED, Counts, IndexRow, IndexScore, score
from motcua.indicators.score_command import index_version
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE, DEPARTMENT, OFFICE, PROVINCE, VERTICAL_AGENCY

FAMILY = "766"  # typed figures name rows as "766:DOSSIER_SYNC"
MEASURED, TYPED, NONE = "measured", "typed", "none"  # where a row's counts come from
LEVEL_OF = {
    PROVINCE: "province", COMMUNE: "commune", DEPARTMENT: "department", OFFICE: "department",
    VERTICAL_AGENCY: "department",
}  # fmt: skip


@dataclass(frozen=True)
class Lost:
    """A count of what lost points, and the page that lists it."""

    code: str
    label: str
    number: int | None
    url: str


@dataclass(frozen=True)
class Origin:
    """Where a row's counts come from: MEASURED, TYPED (with its source) or NONE; ``note`` says how they are meant."""

    kind: str = NONE
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class UnitIndex:
    """The index of a unit over a period."""

    unit: Unit
    period: IndexPeriod
    score: IndexScore
    counts: dict[str, Counts]
    payment: dict[str, Decimal]
    origins: dict[str, Origin]  # by row code


def level_of(unit: Unit) -> str | None:
    """Return the level at which the index scores a unit, or None for units that it does not know."""
    return LEVEL_OF.get(unit.kind)


def index_of(unit: Unit, period: IndexPeriod) -> UnitIndex:
    """Return the live index of a unit with all under it."""
    return _read([unit], unit, dict.fromkeys(children_of(unit), unit.pk), period)[0]


def indexes_below(unit: Unit, period: IndexPeriod) -> list[UnitIndex]:
    """Return the live index of each unit right under ``unit`` that existed in the period, best first.

    Compared by the share of the points that could be scored at all: a unit without figures is not a bad one. Units
    that handled no dossier come last.
    """
    asked = Unit.objects.filter(parent=unit, kind__in=LEVEL_OF, valid_from__lte=period.last).select_related("parent")
    children = [each for each in asked if each.valid_to is None or each.valid_to >= period.first]
    wanted = {each.pk for each in children}
    groups = {own: child for own, child in children_of(unit).items() if child in wanted}
    found = _read(children, unit, groups, period) if children else []
    return sorted(found, key=lambda each: (is_idle(each), -share(each.score), each.unit.sort_key))


def share(found: IndexScore) -> Decimal:
    """Return the points of the scored rows as a share of what these rows are worth, 0 to 1."""
    return found.known / found.known_max if found.known_max else Decimal(0)


def _read(units: Sequence[Unit], top: Unit, groups: Mapping[int, int], period: IndexPeriod) -> list[UnitIndex]:
    """Score units together. Rows that are the province's are counted once, at the province above ``top``."""
    version = index_version()
    province = province_of(top)
    whole = dict.fromkeys(children_of(province), province.pk) if _codes(version, "province") else {}
    shared = numbers_of(_codes(version, "province"), province, period.first, period.last, whole)
    own = numbers_of(_codes(version, "own"), top, period.first, period.last, groups)
    typed = _typed([*units, province], period)
    return [_scored(version, unit, province, period, own, shared, typed) for unit in units]


def province_of(unit: Unit) -> Unit:
    """Return the province that a unit stands under; the unit itself where there is none."""
    above = Unit.objects.filter(pk__in=[int(key) for key in unit.path.strip("/").split("/")], kind=PROVINCE)
    return above.first() or unit


def _codes(version: Mapping[str, Any], of: str) -> list[str]:
    """Return the measures that rows of the version need, "own" ones or those of the "province"."""
    found: list[str] = []
    for row in version["rows"]:
        told = row.get("measured")
        if told and told["of"] == of:
            found += [*told.get("part", []), *told.get("whole", [])]
            found += [code for codes in told.get("counts", {}).values() for code in codes]
    return [code for code in dict.fromkeys(found) if code in measures()]


def _scored(
    version: Mapping[str, Any],
    unit: Unit,
    province: Unit,
    period: IndexPeriod,
    own: Numbers,
    shared: Numbers,
    typed: Mapping[tuple[str, int], TypedFigure],
) -> UnitIndex:
    counts: dict[str, Counts] = {}
    payment: dict[str, Decimal] = {}
    origins: dict[str, Origin] = {}
    for row in version["rows"]:
        told = row.get("measured") or {}
        numbers, place = (shared, province.pk) if told.get("of") == "province" else (own, unit.pk)
        if row["rule"] == "payment":
            payment, origins[row["code"]] = _payment(row, unit, numbers, place, typed)
            continue
        counts[row["code"]], origins[row["code"]] = _row_counts(row, unit, province, numbers, place, typed)
    level = level_of(unit) or "department"
    found = score(version, {code: each for code, each in counts.items() if each.is_told}, payment, level=level)
    return UnitIndex(unit, period, found, counts, payment, origins)


def _row_counts(
    row: Mapping[str, Any],
    unit: Unit,
    province: Unit,
    numbers: Numbers,
    place: int,
    typed: Mapping[tuple[str, int], TypedFigure],
) -> tuple[Counts, Origin]:
    told = row.get("measured") or {}
    part, whole = (_sum(numbers, told.get(side, []), place) for side in ("part", "whole"))
    is_guess = row["status"] != VERIFIED and whole == 0  # what nothing is worth under an unverified rule, nobody knows
    if told and part is not None and whole is not None and not is_guess:
        return Counts(part, whole), Origin(MEASURED, note=told["note"])
    bearers = [unit.pk, province.pk] if told.get("of") == "province" else [unit.pk]
    for bearer in bearers:
        if figure := typed.get((f"{FAMILY}:{row['code']}", bearer)):
            return Counts(figure.part, figure.whole), Origin(TYPED, figure.source)
    return Counts(), Origin()


def _payment(
    row: Mapping[str, Any], unit: Unit, numbers: Numbers, place: int, typed: Mapping[tuple[str, int], TypedFigure]
) -> tuple[dict[str, Decimal], Origin]:
    found: dict[str, Decimal] = {}
    sources = []
    for name, codes in row["measured"]["counts"].items():
        number = _sum(numbers, codes, place)
        figure = typed.get((f"{FAMILY}:{name}", unit.pk))
        if number is not None:
            found[name] = number
        elif figure is not None:
            found[name] = figure.part
            sources.append(figure.source)
    return found, Origin(TYPED if sources else MEASURED, "; ".join(sources), row["measured"]["note"])


def _sum(numbers: Numbers, codes: Iterable[str], place: int) -> Decimal | None:
    """Return the sum of measures for a unit; None where one of them is not known."""
    values = [numbers.get(code, {}).get(place) for code in codes]
    known = [value for value in values if value is not None]
    return Decimal(sum(known)) if values and len(known) == len(values) else None


def _typed(units: Iterable[Unit], period: IndexPeriod) -> dict[tuple[str, int], TypedFigure]:
    """Return the newest verified figures of the index for the very period, by (what, key of the unit)."""
    rows = TypedFigure.objects.filter(
        what__startswith=f"{FAMILY}:",
        unit__in={each.pk for each in units},
        first_day=period.first,
        last_day=period.last,
        verified_at__isnull=False,
    )
    return {(each.what, each.unit_id): each for each in reversed(rows)}  # newest first: it is put in last


def lost_by(row: IndexRow, unit: Unit, period: IndexPeriod) -> list[Lost]:
    """Return what lost the points of a row: its counts, each with the page of the very dossiers or decisions."""
    return losses([row], unit, period).get(row.code, [])


def losses(rows: Iterable[IndexRow], unit: Unit, period: IndexPeriod) -> dict[str, list[Lost]]:
    """Return what lost the points of rows, by row code; rows that lost none, or that nothing measures, are left out."""
    asked = {row.code for row in rows if row.lost}
    told = {rule["code"]: rule["measured"] for rule in index_version()["rows"] if rule["code"] in asked & _measured()}
    found: dict[str, list[Lost]] = {}
    for of, whose in (("own", unit), ("province", province_of(unit))):
        wanted = {code: each["lost"] for code, each in told.items() if each["of"] == of}
        found |= _counted_losses(wanted, whose, period)
    return found


def _measured() -> set[str]:
    return {rule["code"] for rule in index_version()["rows"] if "measured" in rule}


def _counted_losses(wanted: Mapping[str, Iterable[str]], of: Unit, period: IndexPeriod) -> dict[str, list[Lost]]:
    """Count the measures of several rows together for one unit: {row code: measures} -> {row code: losses}."""
    known = {row: [code for code in codes if code in measures()] for row, codes in wanted.items()}
    groups = dict.fromkeys(children_of(of), of.pk)
    asked = [code for codes in known.values() for code in codes]
    numbers = numbers_of(asked, of, period.first, period.last, groups)
    last = min(period.last, today())
    return {
        row: [
            Lost(
                code,
                str(getattr(measures()[code], "label", "")),
                numbers.get(code, {}).get(of.pk),
                _address(code, of.code, period.first, last),
            )
            for code in codes
        ]
        for row, codes in known.items()
    }


def _address(code: str, unit: str, first: date, last: date) -> str:
    link = getattr(measures()[code], "link", None)
    return link(code, unit, first, last) if link else ""


def payment_labels() -> dict[str, str]:
    """Return the words for the counts of the payment row: those of the measures that count them."""
    rule = next(each for each in index_version()["rows"] if each["rule"] == "payment")
    counts = rule["measured"]["counts"].items()
    return {name: str(measures()[codes[0]].label) if codes[0] in measures() else name for name, codes in counts}


def is_idle(found: UnitIndex) -> bool:
    """Tell whether the unit handled no dossier at all in the period, so that its points say nothing of its work."""
    handled = found.counts.get(ON_TIME, Counts())
    return not handled.denominator


def trend_of(unit: Unit, period: IndexPeriod, periods: int = 6) -> list[UnitIndex]:
    """Return the index of a unit over the periods up to ``period``, oldest first; of a year its latest months."""
    asked = [IndexPeriod.of_month(min(period.last, today())) if period.kind == YEAR else period]
    while len(asked) < periods:
        asked.append(asked[-1].before())
    return [index_of(unit, each) for each in reversed(asked)]
