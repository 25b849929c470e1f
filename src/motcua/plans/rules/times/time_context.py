"""Times that leave out what the heading above them says: "Trong tháng", "Tuần 2", "Trước ngày 15" below "THÁNG 7"."""

import re

from motcua.plans.rules.times.time_spans import spans

_DONE = r"\W*(?:thuc hien |hoan thanh |xong )?(?:trong |vao )?"
_WHOLE = re.compile(rf"{_DONE}(?:ca |het |suot |trong )?(?:thang|quy)(?: nay)?\W*")
_PART = re.compile(
    rf"{_DONE}(?P<part>cuoi|dau|giua|nua dau|nua cuoi|tuan(?: thu)? (?:dau|cuoi|[1-4]|i{{1,3}}|iv|nhat|hai|ba|tu))"
    r"(?: (?:cua )?(?P<unit>thang|quy))?(?: nay)?\W*"
)
_DAY = re.compile(
    r"\W*(?P<lead>(?:(?:truoc|den|het|cham nhat|vao|hoan thanh|xong|han)\s+)*)(?:ngay )?(?P<day>\d{1,2})\W*"
)
_DAYS = re.compile(r"\W*(?:tu )?(?:ngay )?(?P<first>\d{1,2})\s*(?:-|den(?: het)?)\s*(?:ngay )?(?P<last>\d{1,2})\W*")


def in_context(folded: str, context: str, default_year: int | None) -> tuple[str, bool] | None:
    """Return the time written out with its month or quarter, and whether its year is assumed; None where it cannot be.

    ``folded``: a time that names no month; ``context``: the headings above it.
    """
    around = [span for span in spans(context, default_year) if span.unit in ("month", "quarter")]
    if not around:
        return None
    last = around[-1]
    shown = _shown(folded, last.unit, last.start.month, last.start.year)
    return (shown, last.year_assumed) if shown else None


def _shown(folded: str, unit: str, month: int, year: int) -> str:
    named = f"tháng {month}/{year}" if unit == "month" else f"quý {(month + 2) // 3}/{year}"
    if _WHOLE.fullmatch(folded) and ("thang" in folded) == (unit == "month"):
        return named
    part = _PART.fullmatch(folded)
    if part:
        fits = part.group("unit") in (None, {"month": "thang", "quarter": "quy"}[unit])
        is_week = part.group("part").startswith("tuan")
        return f"{part.group('part')} {named}" if fits and (unit == "month" or not is_week) else ""
    if unit != "month":
        return ""
    if days := _DAYS.fullmatch(folded):
        return f"{days.group('first')} - {days.group('last')}/{month}/{year}"
    day = _DAY.fullmatch(folded)
    return f"{day.group('lead')}ngày {day.group('day')}/{month}/{year}" if day else ""
