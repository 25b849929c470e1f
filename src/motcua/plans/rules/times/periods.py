"""Names of periods: keys for programs, words for people."""

import re
from datetime import date, timedelta

_KEY = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|W(\d{2})|(\d{2})(?:-(\d{2}))?))?")
_ROMAN = ("", "I", "II", "III", "IV")


def period_in_words(key: str) -> str:
    """Return the Vietnamese words for a period's key; what is no key stays as it is.

    2026-Q3 "quý III/2026", 2026-H1 "6 tháng đầu năm 2026", 2026-11 "tháng 11/2026", 2026-W47 "tuần 47/2026",
    2026-11-21 "từ 21/11/2026", 2026 "năm 2026".
    """
    found = _KEY.fullmatch(key)
    if found is None:
        return key
    year, quarter, half, week, month, day = found.groups()
    if quarter:
        return f"quý {_ROMAN[int(quarter)]}/{year}"
    if half:
        return f"6 tháng {'đầu' if half == '1' else 'cuối'} năm {year}"
    if week:
        return f"tuần {week}/{year}"
    if day:
        return f"từ {day}/{month}/{year}"
    return f"tháng {month}/{year}" if month else f"năm {year}"


def quarter_of(day: date) -> str:
    """Return the key of the quarter in which ``day`` lies: 2026-Q3."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_days(key: str) -> tuple[date, date]:
    """Return the first and last day of a quarter.

    Raises:
        ValueError: ``key`` names no quarter.
    """
    found = re.fullmatch(r"(\d{4})-Q([1-4])", key)
    if found is None:
        raise ValueError(key)
    year, quarter = int(found.group(1)), int(found.group(2))
    after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), after - timedelta(days=1)
