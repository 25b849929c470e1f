"""Every measure that the modules of the house declare, by its code, and those put together from them."""

from dataclasses import replace
from datetime import date
from functools import cache
from urllib.parse import quote, urlencode

from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.measures import ByDetail, Count, Measure, Ratio
from motcua.base.modules import offered
from motcua.base.refusal import Refused
from motcua.indicators.rules.building import Side, side_of, sides_of


@cache
def measures() -> dict[str, Measure]:
    """Return every measure of the house by its code.

    Raises:
        ValueError: two modules declare one code, or a measure names a count that nobody declares.
    """
    found: dict[str, Measure] = {}
    for module in offered("measures"):
        for measure in getattr(module, "MEASURES", ()):  # the ground's own measures.py declares the shapes only
            if measure.code in found:
                raise ValueError(f"measure {measure.code} is declared twice")
            found[measure.code] = measure
    for measure in found.values():
        named = {measure.part, measure.whole} if isinstance(measure, Ratio) else set()
        if isinstance(measure, ByDetail):
            named = {measure.of}
        if not named <= found.keys():
            raise ValueError(f"measure {measure.code} names a count that does not exist")
    return found


def made_measures() -> dict[str, Measure]:
    """Return the measures of what officers made in the browser, as it is now: ``made_measures`` of modules' measures.

    What is declared goes before: a code means one thing for ever.
    """
    offers = [offer for module in offered("measures") if (offer := getattr(module, "made_measures", None))]
    return {each.code: each for offer in offers for each in offer() if each.code not in measures()}


def measure_of(code: str) -> Measure:
    """Return the measure with ``code``: a declared one, a narrowed count, or a ratio of two of them (rules.building).

    Raises:
        Refused: nobody offers it, or it cannot be narrowed so.
    """
    if code in measures():
        return measures()[code]
    if sides := sides_of(code):
        part, whole = (_narrowed(side) for side in sides)
        return Ratio(code, f"{part.label} / {whole.label}", str(sides[0]), str(sides[1]))
    if "?" in code:
        return _narrowed(side_of(code))
    if made := made_measures().get(code):
        return made
    raise Refused(gettext("Không có số đo “%(code)s”.") % {"code": code})


def _narrowed(side: Side) -> Count:
    """Return the count that a side means. Narrowed, it is counted from rows: nothing keeps every possible question."""
    count = measures().get(side.code) or made_measures().get(side.code)
    if not isinstance(count, Count):
        raise Refused(gettext("“%(code)s” không phải là số đếm được khai báo.") % {"code": side.code})
    if unknown := {name for name, _value in side.where} - count.narrowings.keys():
        raise Refused(
            gettext("Số đo “%(code)s” không lọc được theo “%(name)s”.") % {"code": side.code, "name": min(unknown)}
        )
    if not side.where:
        return count
    condition = count.condition
    for name, value in side.where:
        condition &= count.narrowings[name](value)
    link = count.link

    def narrowed_link(_code: str, unit: str, first: date, last: date) -> str:
        address = link(side.code, unit, first, last) if link else ""
        return f"{address}&{urlencode(side.where, quote_via=quote)}" if address else ""

    words = ", ".join(value for _name, value in side.where)
    return replace(
        count,
        code=str(side),
        label=f"{count.label} ({words})",
        source=replace(count.source, detail=""),
        condition=condition or Q(),
        link=narrowed_link,
    )
