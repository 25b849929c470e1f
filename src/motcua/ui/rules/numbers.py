"""Numbers and instants as Vietnamese papers print them: 1.234.567,5 and 16:30 09/02/2026."""

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

NUMBER = int | float | Decimal


def grouped(value: NUMBER, decimals: int | None = None) -> str:
    """Return ``value`` with dots between thousands and a decimal comma.

    ``decimals`` fixes the digits after the comma; without it at most two are shown, closing zeros dropped.
    """
    exact = Decimal(str(value))
    step = Decimal(1).scaleb(-(2 if decimals is None else decimals))
    text = f"{exact.quantize(step, ROUND_HALF_UP):,f}"
    whole, _, fraction = text.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    if whole.strip("-0,") == "" and not fraction.strip("0"):
        whole = whole.lstrip("-")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def as_percent(part: NUMBER, whole: NUMBER | None = None, decimals: int = 1) -> str:
    """Return ``part`` of ``whole`` as ``83,3 %``; without ``whole``, ``part`` is a ratio (0.833).

    A ``whole`` of zero has no percentage: a dash is returned, never 0 % or 100 %.
    """
    ratio = Decimal(str(part))
    if whole is not None:
        if not whole:
            return "–"
        ratio = ratio / Decimal(str(whole))
    return f"{grouped(ratio * 100, decimals)}\u00a0%"


def as_day(value: date | datetime, zone: tzinfo) -> str:
    """Return the day of ``value`` in ``zone`` as ``09/02/2026``."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(zone)
    return value.strftime("%d/%m/%Y")


def as_instant(value: datetime, zone: tzinfo) -> str:
    """Return ``value`` in ``zone`` as ``16:30 09/02/2026``."""
    if value.tzinfo is not None:
        value = value.astimezone(zone)
    return value.strftime("%H:%M %d/%m/%Y")
