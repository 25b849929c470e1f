"""Numbers as a workbook prints them: percent, dates, thousands, decimals. Vietnamese signs: 1.234,5 and 30/06/2025."""

import re
from datetime import UTC, datetime, timedelta

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "dd/mm/yyyy", 16: "dd/mm", 17: "mm/yyyy", 18: "hh:mm", 19: "hh:mm", 20: "hh:mm", 21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "hh:mm:ss",
    49: "@",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_SIGNS = re.compile(r"[dmyh]", re.I)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
_SIGNS = str.maketrans(",.", ".,")
_LAST_DAY = 2_958_465  # 31/12/9999


def format_of(number: int, own: dict[int, str]) -> str:
    """Return the format with an id: the workbook's own, else the one that every workbook knows."""
    return own.get(number) or _BUILT_IN.get(number, "General")


def shown(text: str, form: str, *, from_1904: bool = False) -> str:
    """Return a number, given as the file writes it, as its format prints it; other text as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    if abs(value) > 1e15 or value != value:
        return text
    bare = _QUOTED.sub("", form.split(";")[0])
    if form != "General" and _is_date(bare) and 0 <= value <= _LAST_DAY:
        return _day(value, bare.lower(), from_1904=from_1904)
    if "%" in bare:
        return f"{_number(value * 100, bare)}%"
    return _number(value, bare) + _unit(form)


def _is_date(bare: str) -> bool:
    return bool(_DATE_SIGNS.search(bare)) and "general" not in bare.lower() and "0" not in bare and "#" not in bare


def _day(value: float, bare: str, *, from_1904: bool) -> str:
    at = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=value)
    at = (at + timedelta(microseconds=500_000)).replace(microsecond=0)
    time = f"{at:%H:%M}" if "h" in bare else ""
    if "y" not in bare and "d" not in bare:
        return time or f"{at:%m}"
    if "d" not in bare:
        return f"{at:%m/%Y}" if "m" in bare else f"{at:%Y}"
    day = f"{at:%d/%m/%Y}" if "y" in bare else f"{at:%d/%m}"
    return f"{day} {time}".strip()


def _number(value: float, bare: str) -> str:
    places = re.search(r"\.([0#?]+)", bare)
    if re.search(r"[0#]", bare):
        most = len(places.group(1)) if places else 0
        least = places.group(1).count("0") if places else 0
        written = f"{value:,.{most}f}" if "," in bare else f"{value:.{most}f}"
        whole, _, rest = written.partition(".")
        while len(rest) > least and rest.endswith("0"):
            rest = rest[:-1]
        written = f"{whole}.{rest}" if rest else whole
    else:
        written = str(int(value)) if value == int(value) else repr(round(value, 9))
    return written.translate(_SIGNS)


def _unit(form: str) -> str:
    """Return the words that a format prints behind the number ('0 "hồ sơ"')."""
    found = re.search(r'[0#]\s*"([^"]*)"\s*$', form.split(";")[0])
    return f" {found.group(1).strip()}" if found and found.group(1).strip() else ""
