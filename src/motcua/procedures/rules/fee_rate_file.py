"""Fee rates as a CSV file, the way a resolution's annex is typed off: one rate a line.

Columns by English or Vietnamese name: procedure, unit, unit_kind, channel, amount, basis, valid_from, valid_to. Unit,
kind and channel may be empty or absent (every unit, every channel), valid_to too (open).
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash

MOST_LINES = 20_000
MOST_DONG = 10**12
_NAMES = {
    "procedure": ("procedure", "ma thu tuc", "ma tthc"),
    "unit": ("unit", "ma don vi"),
    "unit_kind": ("unit_kind", "loai don vi"),
    "channel": ("channel", "cach nop", "kenh nop"),
    "amount": ("amount", "muc phi", "so tien", "muc thu"),
    "basis": ("basis", "can cu", "can cu phap ly"),
    "valid_from": ("valid_from", "tu ngay", "hieu luc tu"),
    "valid_to": ("valid_to", "den ngay", "hieu luc den"),
}
_NEEDED = ("procedure", "amount", "basis", "valid_from")
_CHANNELS = {
    "": "", "tat ca": "", "in_person": "in_person", "truc tiep": "in_person", "tai quay": "in_person",
    "online": "online", "truc tuyen": "online", "post": "post", "buu chinh": "post", "dich vu buu chinh": "post",
}  # fmt: skip
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@dataclass(frozen=True, slots=True)
class RateLine:
    """One line: codes as written, ``amount`` in đồng, ``position`` its line in the file."""

    position: int
    procedure: str
    unit: str
    unit_kind: str
    channel: str
    amount: int
    basis: str
    valid_from: date
    valid_to: date | None


def read_rates(text: str) -> list[RateLine]:
    """Return the lines of a file of rates.

    Raises:
        Refused: a column is missing or a line cannot be read; says which.
    """
    text = text.removeprefix("\ufeff")
    head_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=head_line.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Refused(gettext("Tệp mức phí không đúng dạng CSV."), field="file") from error
    if len(rows) > MOST_LINES or "\0" in text:
        raise Refused(gettext("Tệp mức phí quá dài hoặc có ký tự không dùng được."), field="file")
    columns = _columns(rows[0] if rows else [])
    found = []
    for position, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            found.append(_line(position, row, columns))
    return found


def _columns(head: list[str]) -> dict[str, int]:
    names = [fold(squash(cell)) for cell in head]
    found = {
        column: place for column, known in _NAMES.items() for place, name in enumerate(names) if name in known
    }  # fmt: skip
    if missing := [_NAMES[column][0] for column in _NEEDED if column not in found]:
        raise Refused(
            gettext("Tệp mức phí thiếu cột: %(columns)s.") % {"columns": ", ".join(missing)}, field="file"
        )  # fmt: skip
    return found


def _line(position: int, row: list[str], columns: dict[str, int]) -> RateLine:
    try:
        cells = {column: squash(row[place]) if place < len(row) else "" for column, place in columns.items()}
        basis = cells["basis"]
        if not basis or len(basis) > 300:
            raise ValueError(basis)
        last = cells.get("valid_to", "")
        return RateLine(
            position, cells["procedure"], cells.get("unit", ""), cells.get("unit_kind", ""),
            _CHANNELS[fold(cells.get("channel", ""))], _amount(cells["amount"]), basis, _day(cells["valid_from"]),
            _day(last) if last else None,
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise Refused(
            gettext("Tệp mức phí, dòng %(line)s: không đọc được.") % {"line": position}, field="file"
        ) from error


def _amount(text: str) -> int:
    if fold(text) in ("mien phi", "khong"):
        return 0
    digits = re.sub(r"[.,\s]|đồng|vnđ|vnd|₫", "", text.lower())
    if not digits.isascii() or not digits.isdigit() or int(digits) > MOST_DONG:
        raise ValueError(text)
    return int(digits)


def _day(text: str) -> date:
    if found := _DAY.match(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)
