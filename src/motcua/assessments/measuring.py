"""The values of criteria that a measure answers: counted by ``indicators`` for one unit over the round's period."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.measures import Ratio
from motcua.indicators.grouped import Numbers, numbers_of
from motcua.indicators.models import PublishedIndex
from motcua.indicators.queries import rows_behind
from motcua.indicators.registry import measure_of
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.models import Unit

INDEX_766 = "index.766"  # the published index of Decision 766, per cent of the points that could be scored


@dataclass(frozen=True)
class Measured:
    """A value and where it comes from; None: not known, or nothing happened (``is_nothing``)."""

    value: Decimal | None
    lineage: dict[str, Any] = field(default_factory=dict)
    is_nothing: bool = False


def check_measure(code: str) -> str:
    """Return the words of what a code measures.

    Raises:
        Refused: nobody offers it.
    """
    return (
        gettext("Chỉ số phục vụ theo Quyết định 766/QĐ-TTg đã công bố")
        if code == INDEX_766
        else str(measure_of(code).label)
    )


def is_share(code: str) -> bool:
    """Whether a measure gives per cent."""
    return code == INDEX_766 or isinstance(measure_of(code), Ratio)


def measured(code: str, unit: Unit, period: IndexPeriod) -> Measured:
    """Return what a measure says of a unit with all under it: per cent for a ratio, else the number itself."""
    return measured_for([code], [unit], unit, period)[code, unit.pk]


def measured_for(
    codes: Collection[str], units: Sequence[Unit], top: Unit, period: IndexPeriod
) -> dict[tuple[str, int], Measured]:
    """Return what measures say of units under ``top``, by code and key of the unit: each count asked once for all."""
    first, last = period.first, min(period.last, today())
    groups = _groups(units)
    if groups is None:  # a unit stands under another one: its rows count for both
        return {
            (code, unit.pk): found
            for unit in units
            for (code, _pk), found in measured_for(codes, [unit], unit, period).items()
        }
    counted = [code for code in dict.fromkeys(codes) if code != INDEX_766]
    numbers = numbers_of(_counts(counted), top, first, last, groups) if last >= first else {}
    found = {(code, unit.pk): _counted(code, unit, first, last, numbers) for code in counted for unit in units}
    if INDEX_766 in codes:
        found |= {(INDEX_766, unit.pk): _published(unit, period) for unit in units}
    return found


def _groups(units: Sequence[Unit]) -> dict[int, int] | None:
    """Return the key of every unit under ``units`` -> that unit's; None where one of them stands under another."""
    keys = {unit.pk for unit in units}
    found: dict[int, int] = {}
    for pk, path in Unit.objects.below(*units).values_list("pk", "path"):
        owners = keys & {int(part) for part in path.strip("/").split("/")}
        if len(owners) > 1:
            return None
        found[pk] = owners.pop()
    return found


def _counts(codes: Iterable[str]) -> list[str]:
    found: list[str] = []
    for code in codes:
        measure = measure_of(code)
        found += [measure.part, measure.whole] if isinstance(measure, Ratio) else [measure.code]
    return list(dict.fromkeys(found))


def _counted(code: str, unit: Unit, first: date, last: date, numbers: Numbers) -> Measured:
    measure = measure_of(code)
    lineage: dict[str, Any] = {"measure": code, "label": str(measure.label)}
    lineage |= {"first": first.isoformat(), "last": last.isoformat()}
    if last < first:
        return Measured(None, lineage | {"note": gettext("kỳ chưa bắt đầu")})
    if isinstance(measure, Ratio):
        part, whole = numbers[measure.part].get(unit.pk) or 0, numbers[measure.whole].get(unit.pk) or 0
        lineage |= {"part": part, "whole": whole, **rows_behind(code, unit.code, first, last)}
        if not whole:
            return Measured(None, lineage | {"note": gettext("không phát sinh")}, is_nothing=True)
        return Measured((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.0001")), lineage)
    number = numbers[measure.code].get(unit.pk)
    link = getattr(measure, "link", None)
    lineage |= {"part": number, "part_url": link(code, unit.code, first, last) if link else ""}
    return Measured(None if number is None else Decimal(number), lineage)


def _published(unit: Unit, period: IndexPeriod) -> Measured:
    """Return the unit's share in the newest published edition of the period that names it."""
    lineage = {
        "measure": INDEX_766,
        "label": check_measure(INDEX_766),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
    for edition in PublishedIndex.objects.filter(period=period.code).order_by("-published_at"):
        for each in edition.content["units"]:
            if each["code"] == unit.code and each["known_max"]:
                known, most = Decimal(str(each["known"])), Decimal(str(each["known_max"]))
                link = reverse("indicators:publication", args=[edition.code]) + f"?unit={unit.code}"
                more = {"part": str(known), "whole": str(most), "part_url": link, "note": edition.code}
                return Measured((known * 100 / most).quantize(Decimal("0.0001")), lineage | more)
    return Measured(None, lineage | {"note": gettext("kỳ này chưa công bố chỉ số")})
