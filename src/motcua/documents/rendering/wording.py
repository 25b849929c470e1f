"""Days, instants and numbers as an official document writes them (DOMAIN 11.5)."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# To be filled in by hand.
_ROOM = "\u00a0" * 6
_LEADING_ZERO_MONTHS = 2


def place_and_day(place: str, day: date | None) -> str:
    """Return ``Hà Giang, ngày 05 tháng 02 năm 2023``; room to write when there is no day yet."""
    if day is None:
        return f"{place}, ngày{_ROOM}tháng{_ROOM}năm{_ROOM}"
    return f"{place}, {day_in_words(day)}"


def day_in_words(day: date) -> str:
    """Return ``ngày 05 tháng 02 năm 2023``: days below 10 and months 1 and 2 with a leading zero."""
    month = f"{day.month:02d}" if day.month <= _LEADING_ZERO_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def instant_in_words(instant: datetime) -> str:
    """Return ``14 giờ 05 phút, ngày 05 tháng 02 năm 2023`` in Vietnam's time.

    Raises:
        ValueError: the instant carries no zone.
    """
    local = in_vietnam(instant)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {day_in_words(local.date())}"


def in_vietnam(instant: datetime) -> datetime:
    """Return ``instant`` in Vietnam's zone; ValueError when it carries none."""
    if instant.tzinfo is None:
        raise ValueError(f"An instant without a zone cannot be printed: {instant.isoformat()}")
    return instant.astimezone(_VIETNAM)


def number_in_words(value: int | float | Decimal, decimals: int | None = None) -> str:
    """Return ``1.234.567,5``: points between thousands, a comma before the fraction."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"Not a number that can be printed: {value}")
    if decimals is not None:
        # Half goes up, as in a spreadsheet: the same figure reads the same in all three formats.
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    shown = f"{exact:,f}"
    return shown.replace(",", "\u0000").replace(".", ",").replace("\u0000", ".")


def value_in_words(value: object, decimals: int | None = None) -> str:
    """Return any value of a table cell as text: nothing for None, ``05/02/2023`` for a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{in_vietnam(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (int, float, Decimal)):
        return number_in_words(value, decimals)
    return str(value)
