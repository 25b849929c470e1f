"""A sheet or JSON of tasks that a person edited, compared with the rows as they stand. Pure.

The sheet is the one that the plan's page exports: a heading row with "Mã" and "Nhiệm vụ", then one row for each task.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from motcua.base.text import fold, nfc

MOST_ROWS = 3000
_MOST_LINES_ABOVE = 30
_MOST_COLUMNS = 40
HEADINGS = {
    "ma": "code", "so": "number", "nhiem vu": "text", "san pham": "product", "chu tri": "lead_text",
    "phoi hop": "coordinating_text", "thoi han": "deadline_text", "han cuoi": "due_on",
}  # fmt: skip
FIELDS = ("number", "text", "product", "lead_text", "coordinating_text", "deadline_text")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@dataclass(frozen=True)
class CellError:
    """What is wrong with a cell; ``cell`` is its address in the sheet ("D7"), or "tasks[3].text" in JSON."""

    cell: str
    message: str


@dataclass
class SheetRow:
    """A row of the file: only the fields that the file has. ``code`` "" is a new row; ``cells`` where each stands."""

    code: str
    fields: dict[str, str]
    due_on: date | None = None
    has_due_on: bool = False
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """Everything that was read of a file, and every cell that could not be."""

    rows: list[SheetRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


@dataclass
class Difference:
    """What a file changes. ``changed``: {code: {field: (before, after)}}, a last day as ISO under "due_on"; ``added``:
    (code of the row before it, fields); ``missing``: codes that the file does not have."""

    changed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    added: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.changed or self.added or self.missing or self.errors)


def read_sheet(content: bytes) -> Sheet:
    """Return the rows of a workbook's first sheet that has the headings."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        return Sheet(errors=[CellError("", gettext("Tệp này không phải bảng tính XLSX đọc được."))])
    try:
        for page in book.worksheets:
            rows = page.iter_rows(max_col=_MOST_COLUMNS, max_row=MOST_ROWS + _MOST_LINES_ABOVE + 1, values_only=True)
            found = _page(list(rows))
            if found is not None:
                return found
    finally:
        book.close()
    return Sheet(errors=[CellError("", gettext("Không thấy hàng tiêu đề có cột “Mã” và “Nhiệm vụ”."))])


def _page(lines: list[tuple[Any, ...]]) -> Sheet | None:
    for at, line in enumerate(lines[:_MOST_LINES_ABOVE]):
        columns = {
            HEADINGS[name]: place for place, value in enumerate(line) if (name := fold(_text(value))) in HEADINGS
        }
        if {"code", "text"} <= set(columns):
            return _rows(lines, at + 1, columns)
    return None


def _rows(lines: list[tuple[Any, ...]], first: int, columns: dict[str, int]) -> Sheet:
    found = Sheet()
    for number, line in enumerate(lines[first:], start=first + 1):
        told = {name: line[place] if place < len(line) else None for name, place in columns.items()}
        if not any(_text(value) for value in told.values()):
            continue
        cells = {name: f"{get_column_letter(place + 1)}{number}" for name, place in columns.items()}
        found.rows.append(_row(told, cells, found.errors))
    return found


def read_json(content: bytes) -> Sheet:
    """Return the rows of a file as the JSON export writes it: {"tasks": [{"code", "text", …}]}."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
        tasks = told["tasks"]
        if not isinstance(tasks, list) or not all(isinstance(each, dict) for each in tasks):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return Sheet(errors=[CellError("", gettext("Tệp JSON không có danh sách “tasks”."))])
    found = Sheet()
    names = {"code", "due_on", *FIELDS}
    for at, each in enumerate(tasks[: MOST_ROWS + 1]):
        cells = {name: f"tasks[{at}].{name}" for name in names}
        found.rows.append(_row({name: each[name] for name in names if name in each}, cells, found.errors))
    return found


def _row(told: Mapping[str, Any], cells: dict[str, str], errors: list[CellError]) -> SheetRow:
    row = SheetRow(_text(told.get("code")), {}, cells=cells)
    for name in FIELDS:
        if name in told:
            row.fields[name] = _text(told[name])
    if "due_on" in told:
        try:
            row.due_on, row.has_due_on = _day(told["due_on"]), True
        except ValueError:
            errors.append(CellError(cells["due_on"], gettext("Ngày phải viết như 31/12/2026.")))
    return row


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)).strip()


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    text = _text(value)
    if not text:
        return None
    if found := _DAY.match(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


def compare(
    sheet: Sheet, rows: Sequence[tuple[str, Mapping[str, str], date | None]], longest: Mapping[str, int]
) -> Difference:
    """Return what ``sheet`` changes in ``rows`` (code, fields, last day), in the plan's order; ``longest``: letters."""
    found = Difference(errors=list(sheet.errors))
    known = {code: (fields, due_on) for code, fields, due_on in rows}
    seen: set[str] = set()
    above = ""
    if len(sheet.rows) > MOST_ROWS:
        found.errors.append(CellError("", gettext("Tệp có hơn %(most)s dòng.") % {"most": MOST_ROWS}))
    for row in sheet.rows[:MOST_ROWS]:
        problems = _problems(row, known, seen, longest)
        found.errors += problems
        if row.code:
            seen.add(row.code)
        if problems:
            continue
        if not row.code:
            found.added.append((above, row.fields))
            continue
        above = row.code
        changes = _changes(row, *known[row.code])
        if changes:
            found.changed[row.code] = changes
    found.missing = [] if sheet.errors and not sheet.rows else [code for code in known if code not in seen]
    return found


def _problems(row: SheetRow, known: Mapping[str, Any], seen: set[str], longest: Mapping[str, int]) -> list[CellError]:
    found = []
    if row.code and row.code not in known:
        found.append(
            CellError(row.cells["code"], gettext("Kế hoạch không có dòng mã “%(code)s”.") % {"code": row.code[:60]})
        )
    if row.code in seen:
        found.append(CellError(row.cells["code"], gettext("Mã “%(code)s” lặp lại.") % {"code": row.code[:60]}))
    if "text" in row.fields and not row.fields["text"] or not row.code and not row.fields.get("text"):
        found.append(CellError(row.cells["text"], gettext("Nhiệm vụ phải có nội dung.")))
    for name, text in row.fields.items():
        if len(text) > longest[name]:
            found.append(
                CellError(
                    row.cells[name], gettext("Nội dung quá dài: tối đa %(most)s ký tự.") % {"most": longest[name]}
                )
            )
        if "\0" in text:
            found.append(CellError(row.cells[name], gettext("Nội dung có ký tự không dùng được.")))
    return found


def _changes(row: SheetRow, fields: Mapping[str, str], due_on: date | None) -> dict[str, tuple[str, str]]:
    changed = {name: (fields[name], text) for name, text in row.fields.items() if _plain(text) != _plain(fields[name])}
    if row.has_due_on and row.due_on != due_on:
        changed["due_on"] = (due_on.isoformat() if due_on else "", row.due_on.isoformat() if row.due_on else "")
    return changed


def _plain(text: str) -> str:
    """Spreadsheets change the ends of lines, nothing else."""
    return "\n".join(line.strip() for line in nfc(text).replace("\r\n", "\n").split("\n")).strip()
