"""Values of fields: read from what people type or machines send, and said in words.

Kept in JSON: text; whole numbers as such, others as a number of at most four places; days "2026-03-07"; periods
"2026Q1"; yes and no as truth; many as a list of codes. What is blank is not kept at all.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold, nfc, squash
from motcua.registers.rules.definitions import Definition, Field
from motcua.registers.rules.formulas import Read, value_of
from motcua.registers.rules.periods import period_of
from motcua.registers.rules.shapes import (
    DATE,
    DOSSIER,
    FILES,
    LINK,
    LONG_TEXT,
    MONEY,
    NUMBER,
    PERIOD,
    TASK,
    TEXT,
    YES_NO,
)

LONGEST_LINE, LONGEST_TEXT, MOST_DIGITS, PLACES = 500, 10_000, 15, 4
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_CODE = re.compile(r"[\w.\-/]{1,80}")
_YES, _NO = {"yes", "true", "1", "co", "x", "dung", "on"}, {"no", "false", "0", "khong", "sai"}
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


def read_value(field: Field, given: Any) -> Any:
    """Return what was typed or sent for ``field`` as it is kept; None where it is blank.

    Raises:
        Refused: it is no value of the field's type, or outside its limits; ``field`` is the field's code.
    """
    try:
        return _read(field, given)
    except Refused as refusal:
        words = gettext("%(name)s: %(words)s") % {"name": field.name, "words": refusal.message}
        raise Refused(words, field=field.code) from refusal


def _read(field: Field, given: Any) -> Any:
    if field.is_many:
        return _read_many(field, given)
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if field.type == YES_NO:
        return _truth(given)
    if field.type in (NUMBER, MONEY):
        return _number(field, given)
    if not isinstance(given, str | int | date):
        raise Refused(gettext("cần một chuỗi chữ."))
    text = _clear(str(given), LONGEST_TEXT if field.type == LONG_TEXT else LONGEST_LINE)
    if field.type == LONG_TEXT:
        return nfc(text).strip()
    text = squash(text)
    if field.type == DATE:
        return day_of(text).isoformat()
    if field.type == PERIOD:
        return _period(field, text)
    if field.has_options:
        return _option(field, text)
    if field.type == LINK:
        return _link(text)
    if field.type != TEXT and not _CODE.fullmatch(text):
        raise Refused(gettext("“%(text)s” không phải là mã.") % {"text": text[:40]})
    return text.upper() if field.type in (DOSSIER, TASK) else text


def _read_many(field: Field, given: Any) -> Any:
    if given is None or given == "":
        return None
    rows: Iterable[Any] = re.split(r"[;\n]", given) if isinstance(given, str) else given
    if not isinstance(rows, list | tuple):
        raise Refused(gettext("cần một danh sách."))
    if field.type == FILES:
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in rows):
            raise Refused(gettext("cần một danh sách số của tệp."))
        return list(dict.fromkeys(rows)) or None
    return list(dict.fromkeys(_option(field, squash(str(each))) for each in rows if str(each).strip())) or None


def _clear(text: str, most: int) -> str:
    if len(text) > most or "\0" in text:
        raise Refused(gettext("dài nhất %(most)s ký tự, không có ký tự điều khiển.") % {"most": most})
    return text.replace("\r\n", "\n")


def _truth(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    word = fold(str(given).strip())
    if word in _YES | _NO:
        return word in _YES
    raise Refused(gettext("cần “có” hoặc “không”."))


def _number(field: Field, given: Any) -> int | float:
    text = str(given).strip().replace("\u00a0", "").replace(" ", "")
    if isinstance(given, bool) or len(text) > 40:
        raise Refused(gettext("cần một số."))
    if isinstance(given, str):
        # As people here write it: dots part thousands, a comma stands before the decimals.
        text = text.replace(".", "") if _GROUPED.fullmatch(text) else text
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise Refused(gettext("“%(text)s” không phải là số.") % {"text": text[:40]}) from error
    if not number.is_finite() or abs(number) >= 10**MOST_DIGITS or (field.type == MONEY and number != int(number)):
        raise Refused(gettext("“%(text)s” không phải là số dùng được ở đây.") % {"text": text[:40]})
    _check_limits(field, number)
    return kept_number(number)


def kept_number(number: Decimal | Fraction) -> int | float:
    """Return a number as it is kept: whole, or rounded to four places, half away from nothing."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return int(exact)
    scaled = abs(exact) * 10**PLACES
    rounded = int(scaled + Fraction(1, 2)) * (1 if exact > 0 else -1)
    return rounded // 10**PLACES if rounded % 10**PLACES == 0 else rounded / 10**PLACES


def _check_limits(field: Field, number: Decimal) -> None:
    if field.min is not None and number < Decimal(str(field.min)):
        raise Refused(gettext("nhỏ nhất là %(limit)s.") % {"limit": field.min})
    if field.max is not None and number > Decimal(str(field.max)):
        raise Refused(gettext("lớn nhất là %(limit)s.") % {"limit": field.max})


def day_of(text: str) -> date:
    """Return the day of 9/2/2026 or 2026-02-09. Raises Refused where it is none between 1900 and 2200."""
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day, month, year, *other = (int(part) if part else 0 for part in found.groups())
        read = date(*other) if other[0] else date(year, month, day)
        if not EARLIEST <= read <= LATEST:
            raise ValueError
    except ValueError as error:
        raise Refused(
            gettext("“%(text)s” không phải là ngày; ví dụ đúng: 09/02/2026.") % {"text": text[:40]}
        ) from error
    return read


def _period(field: Field, text: str) -> str:
    period = period_of(text)
    if field.every and period.kind != field.every:
        raise Refused(gettext("“%(text)s” không phải loại kỳ của sổ này.") % {"text": text[:40]})
    return period.code


def _option(field: Field, text: str) -> str:
    """Return the code of an option that was given by code or by name."""
    wanted = fold(text)
    for option in field.options:
        if text == option.code or wanted == fold(squash(option.name)):
            return option.code
    raise Refused(gettext("không có lựa chọn “%(text)s”.") % {"text": text[:60]})


def _link(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    # Anything but the web could run in the reader's browser.
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused(gettext("đường dẫn phải bắt đầu bằng http:// hoặc https://."))
    return text


def read_values(definition: Definition, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Refused]]:
    """Return the values that are given for typed fields, and every refusal; unknown names are refused too."""
    found: dict[str, Any] = {}
    refusals: list[Refused] = []
    for code in given:
        if code not in definition.by_code:
            refusals.append(Refused(gettext("Sổ không có trường “%(code)s”.") % {"code": str(code)[:40]}))
    for field in definition.fields:
        if field.formula or field.code not in given:
            continue
        try:
            value = read_value(field, given[field.code])
        except Refused as refusal:
            refusals.append(refusal)
            continue
        if value is not None:
            found[field.code] = value
    return found, refusals


def computed(definition: Definition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` with what formulas come to; formulas may read each other, in any order."""
    found = {code: value for code, value in values.items() if not definition.by_code[code].formula}
    waiting = [each for each in definition.fields if each.formula]
    for _round in waiting:
        for each in waiting:
            part = each.computes
            number = value_of(part, reader(definition, found)) if part is not None and each.code not in found else None
            if number is not None:
                found[each.code] = kept_number(number)
    return found


def reader(definition: Definition, values: Mapping[str, Any], previous: Mapping[str, Any] | None = None) -> Any:
    """Return a lookup for formulas: numbers as fractions, days as their ordinals."""

    def lookup(read: Read) -> Fraction | None:
        value = (previous or {}).get(read.field) if read.is_previous else values.get(read.field)
        if value is None:
            return None
        if definition.by_code[read.field].type == DATE:
            return Fraction(date.fromisoformat(value).toordinal())
        return Fraction(Decimal(str(value)))

    return lookup


def dated_on(definition: Definition, values: Mapping[str, Any]) -> date:
    """Return the day that dates an entry: its day, or the first day of its period."""
    value = values[definition.dated_by]
    if definition.by_code[definition.dated_by].type == PERIOD:
        return period_of(value).first
    return date.fromisoformat(value)
