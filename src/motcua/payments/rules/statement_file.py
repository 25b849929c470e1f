"""A gateway's daily statement as CSV: one movement of money a line.

Columns, in any order, by English or Vietnamese name: transaction, order, kind (payment or refund; payment where the
column is absent), amount (đồng), at (ISO 8601 with zone, or day and time as counted in Vietnam).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash

PAYMENT, REFUND = "payment", "refund"
MOST_LINES = 200_000
MOST_DONG = 10**12
_VIETNAM = timezone(timedelta(hours=7))  # no summer time
_NAMES = {
    "transaction": ("transaction", "ma giao dich", "so giao dich"),
    "order": ("order", "ma don hang", "ma lan thanh toan", "so lan thanh toan"),
    "kind": ("kind", "loai", "loai giao dich"),
    "amount": ("amount", "so tien"),
    "at": ("at", "thoi gian", "thoi diem"),
}
_KINDS = {"payment": PAYMENT, "thanh toan": PAYMENT, "thu": PAYMENT, "": PAYMENT,
          "refund": REFUND, "hoan": REFUND, "hoan tien": REFUND}  # fmt: skip
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})[ T](\d{1,2}:\d{2}(?::\d{2})?)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One movement: ``at`` is aware; ``position`` its line in the file."""

    position: int
    kind: str
    number: str
    order_number: str
    amount: int
    at: datetime


def read_statement(text: str) -> list[Line]:
    """Return the lines of a statement.

    Raises:
        Refused: a column is missing, or a line cannot be read; says which.
    """
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise Refused(gettext("Tệp sao kê có ký tự không dùng được."), field="file")
    head_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=head_line.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Refused(gettext("Tệp sao kê không đúng dạng CSV."), field="file") from error
    if len(rows) > MOST_LINES:
        raise Refused(gettext("Tệp sao kê có quá %(most)s dòng.") % {"most": MOST_LINES}, field="file")
    columns = _columns(rows[0] if rows else [])
    return list(_lines(rows, columns))


def _columns(head: list[str]) -> dict[str, int]:
    names = [fold(squash(cell)) for cell in head]
    found = {
        column: position for column, known in _NAMES.items() for position, name in enumerate(names) if name in known
    }
    if missing := [known[0] for column, known in _NAMES.items() if column not in found and column != "kind"]:
        raise Refused(gettext("Tệp sao kê thiếu cột: %(columns)s.") % {"columns": ", ".join(missing)}, field="file")
    return found


def _lines(rows: list[list[str]], columns: dict[str, int]) -> Iterator[Line]:
    for position, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            cells = {column: squash(row[at]) for column, at in columns.items()}
            number, order = cells["transaction"].removeprefix("'"), cells["order"].removeprefix("'")
            if not 0 < len(number) <= 80 or len(order) > 60:
                raise ValueError(number)
            kind = _KINDS[fold(cells.get("kind", ""))]
            yield Line(position, kind, number, order, _amount(cells["amount"]), _instant(cells["at"]))
        except (ValueError, KeyError, IndexError, OverflowError) as error:
            raise Refused(
                gettext("Tệp sao kê, dòng %(line)s: không đọc được.") % {"line": position}, field="file"
            ) from error


def _amount(text: str) -> int:
    digits = re.sub(r"[.,\s]|đồng|vnđ|vnd|₫", "", text.lower())
    if not digits.isascii() or not digits.isdigit() or not 0 < int(digits) <= MOST_DONG:
        raise ValueError(text)
    return int(digits)


def _instant(text: str) -> datetime:
    if found := _DAY_FIRST.match(text):
        day, month, year, hour = found.groups()
        text = f"{year}-{int(month):02d}-{int(day):02d} {hour.rjust(5 if hour.count(':') == 1 else 8, '0')}"
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=_VIETNAM)
