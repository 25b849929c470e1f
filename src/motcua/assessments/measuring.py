"""The values of criteria that a measure answers: counted by ``indicators`` for one unit over the round's period."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.measures import Ratio
from motcua.indicators.models import PublishedIndex
from motcua.indicators.queries import count, ratio, rows_behind
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
    if code == INDEX_766:
        return _published(unit, period)
    measure = measure_of(code)
    first, last = period.first, min(period.last, today())
    lineage: dict[str, Any] = {
        "measure": code,
        "label": str(measure.label),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    if last < first:
        return Measured(None, lineage | {"note": gettext("kỳ chưa bắt đầu")})
    if isinstance(measure, Ratio):
        return _shared(code, unit, first, last, lineage)
    number = count(code, unit, first, last)
    link = getattr(measure, "link", None)
    lineage |= {"part": number, "part_url": link(code, unit.code, first, last) if link else ""}
    return Measured(None if number is None else Decimal(number), lineage)


def _shared(code: str, unit: Unit, first: date, last: date, lineage: dict[str, Any]) -> Measured:
    found = ratio(code, unit, first, last)
    lineage |= {"part": found.part, "whole": found.whole, **rows_behind(code, unit.code, first, last)}
    if not found.whole:
        return Measured(None, lineage | {"note": gettext("không phát sinh")}, is_nothing=True)
    share = (Decimal(found.part) * 100 / Decimal(found.whole)).quantize(Decimal("0.0001"))
    return Measured(share, lineage)


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
