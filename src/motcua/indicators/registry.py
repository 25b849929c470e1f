"""Every measure that the modules of the house declare, by its code."""

from functools import cache

from django.utils.translation import gettext

from motcua.base.measures import Measure, Ratio
from motcua.base.modules import offered
from motcua.base.refusal import Refused


@cache
def measures() -> dict[str, Measure]:
    """Return every measure of the house by its code.

    Raises:
        ValueError: two modules declare one code, or a ratio names a count that nobody declares.
    """
    found: dict[str, Measure] = {}
    for module in offered("measures"):
        for measure in getattr(module, "MEASURES", ()):  # the ground's own measures.py declares the shapes only
            if measure.code in found:
                raise ValueError(f"measure {measure.code} is declared twice")
            found[measure.code] = measure
    for measure in found.values():
        if isinstance(measure, Ratio) and not {measure.part, measure.whole} <= found.keys():
            raise ValueError(f"measure {measure.code} names a count that does not exist")
    return found


def measure_of(code: str) -> Measure:
    """Return the measure with ``code``.

    Raises:
        Refused: nobody offers it.
    """
    if code not in measures():
        raise Refused(gettext("Không có số đo “%(code)s”.") % {"code": code})
    return measures()[code]
