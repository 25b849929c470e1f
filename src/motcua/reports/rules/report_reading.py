"""Reading a report, ours or not, into narrative and appendices (DOMAIN 8.3-8.9 for the appendices' shape).

The reader works on ``Line`` objects and knows no file format: whatever yields lines with cells can feed it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.citations import (
    Citation,
    DateRange,
    Passage,
    as_date,
    citations_in,
    ranges_in,
)
from motcua.reports.rules.figures import Raw
from motcua.reports.rules.lines import Line
from motcua.reports.rules.periods import ReportPeriod

MAX_FILE = 60_000_000  # bytes, of any format
_OPEN_ERRORS: dict[type[OSError], str] = {
    FileNotFoundError: "không có tệp này",
    IsADirectoryError: "đây là thư mục",
    PermissionError: "không có quyền đọc",
}
_HEADING = re.compile(r"\W*(?:phu luc|pl)\s*(?:so\s*)?(\d{1,2}|[ivx]{1,4})(?![\w.])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ROW_CODE = re.compile(r"(?:[IVX]{1,4}|\d{1,2}(?:\.\d{1,2}){0,4})\.?")
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,2}\)?")
_OPTION = re.compile(r".+=\s*\d+")
_NUMBER = re.compile(r"\bSố:\s*(\d{1,6})\s*/\s*([A-ZĐ][A-Za-zĐđ-]*)")
_REPORT_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_CAPTION_ISSUER = re.compile(r"Kèm theo Báo cáo.*?\bcủa\s+([^()]+?)\s*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A row's value as it stands, with what is printed beside it. ``unit`` None: not printed."""

    value: Raw = None
    note: str = ""
    unit: str | None = None
    name: str | None = None
    line: int | None = None


Values = Mapping[int, Mapping[str, Cell]]


@dataclass(frozen=True)
class OptionLine:
    """A line that only lists a further code of the row above (``Hoàn thành = 1``)."""

    parent: str
    name: str
    unit: str
    line: int


@dataclass
class ReportReading:
    """A report in parts. ``appendices``: appendix number -> row code -> cell, rows in printed order."""

    narrative: tuple[Line, ...] = ()
    appendices: dict[int, dict[str, Cell]] = field(default_factory=dict)
    options: dict[int, list[OptionLine]] = field(default_factory=dict)
    number: str = ""
    symbol: str = ""
    dated: date | None = None
    title: str = ""
    issuer: str = ""
    reporter: str | None = None
    period: ReportPeriod | None = None

    def passages(self) -> list[Passage]:
        """Return every piece of text with its place: the narrative, then texts and notes of cells."""
        return text_passages(self.narrative, self.appendices)

    @property
    def citations(self) -> list[Citation]:
        return list(citations_in(self.passages()))

    @property
    def ranges(self) -> list[DateRange]:
        return list(ranges_in(self.passages()))


def text_passages(narrative: Iterable[Line], appendices: Values) -> list[Passage]:
    """Return narrative lines, and values and notes of cells that hold text, as passages."""
    found = [Passage(line.text, line.number) for line in narrative if line.text]
    for appendix, rows in appendices.items():
        for code, cell in rows.items():
            for text in (cell.value, cell.note):
                if isinstance(text, str) and len(text) > 7:
                    found.append(Passage(text, cell.line, appendix, code))
    return found


def opened(source: Path | str | bytes, filename: str = "") -> tuple[bytes, str]:
    """Return the bytes of a report's file and the name to speak of it. Raise Refused if it cannot be opened."""
    if isinstance(source, bytes):
        return source, filename or "báo cáo"
    filename = filename or Path(source).name
    try:
        if Path(source).stat().st_size > MAX_FILE:
            raise Refused(f"Tệp {filename} lớn quá {MAX_FILE // 1_000_000} MB.")
        return Path(source).read_bytes(), filename
    except OSError as error:
        why = _OPEN_ERRORS.get(type(error), "không đọc được")
        raise Refused(f"Không mở được tệp {filename}: {why}.") from error


def read_report(source: Path | str | bytes, filename: str = "") -> ReportReading:
    """Return the reading of a report file (TXT, DOCX, XLSX) or of its bytes.

    Strangers' files go through ``report_files.read_report_file``, which reads in a limited process.

    Raises:
        Refused: the file cannot be opened or holds neither a report's text nor an appendix table.
    """
    content, filename = opened(source, filename)
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.reports.rules.source_files import read_lines

    return read_report_lines(read_lines(content, filename), filename)


def read_report_lines(lines: Iterable[Line], filename: str = "báo cáo") -> ReportReading:
    """Return the reading of a report given as lines; raises Refused where nothing of a report is in them."""
    narrative: list[Line] = []
    reading = ReportReading()
    table: _AppendixTable | None = None
    captions: list[str] = []
    for line in lines:
        heading = _appendix_heading(line)
        if heading is not None:
            captions.append(line.text)
            table = _AppendixTable(reading, heading)
        elif table is None:
            narrative.append(line)
        elif len([cell for cell in line.cells if cell]) < 2 and line.text:
            captions.append(line.text)
            table.take(line)
        else:
            table.take(line)
    reading.narrative = tuple(narrative)
    reading.appendices = {number: rows for number, rows in reading.appendices.items() if rows}
    _read_heading(reading, captions)
    if not reading.appendices and reading.dated is None:
        raise Refused(f"Tệp {filename} không phải báo cáo: không thấy phụ lục số liệu, cũng không thấy ngày báo cáo.")
    return reading


def _appendix_heading(line: Line) -> int | None:
    filled = [cell for cell in line.cells if cell]
    if len(filled) != 1 or len(filled[0]) > 400:
        return None
    match = _HEADING.match(fold(filled[0]))
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _ROMAN.get(match[1])


class _AppendixTable:
    """Collects the rows of one appendix; header rows, repeated on every page, say which column is which."""

    def __init__(self, reading: ReportReading, appendix: int) -> None:
        self.rows = reading.appendices.setdefault(appendix, {})
        self.options = reading.options.setdefault(appendix, [])
        self.columns: dict[str, int] = {}
        self.group = ""
        self.last = ""
        self.children = 0

    def take(self, line: Line) -> None:
        """Take a header row, a data row, an option line, or ignore what is none of them."""
        cells = line.cells
        if self._is_header(cells) or "value" not in self.columns or len([c for c in cells if c]) == 0:
            return
        if all(_COLUMN_NUMBERS.fullmatch(cell) for cell in cells if cell) and cells[0].startswith("("):
            return
        unit, value = self._at(cells, "unit"), self._at(cells, "value")
        names = [cell for cell in cells[1 : self.columns.get("unit", self.columns["value"])] if cell]
        name = names[-1] if names else ""
        code = cells[0].strip()
        if _ROW_CODE.fullmatch(code):
            self._add(
                self._full_code(code.rstrip(".")),
                Cell(value, self._at(cells, "note"), unit, name, line.number),
            )
        elif not code and self.last and _OPTION.fullmatch(unit) and not value:
            self.options.append(OptionLine(self.last, name, unit, line.number))
        elif not code and self.last and name and unit:
            self.children += 1
            child = f"{self.last}.{self.children}"
            self.rows.setdefault(child, Cell(value, self._at(cells, "note"), unit, name, line.number))

    def _add(self, code: str, cell: Cell) -> None:
        self.rows.setdefault(code, cell)
        self.last, self.children = code, 0

    def _full_code(self, code: str) -> str:
        if not code[0].isdigit():
            self.group = code
            return code
        return f"{self.group}.{code}" if self.group else code

    def _at(self, cells: tuple[str, ...], column: str) -> str:
        index = self.columns.get(column)
        return cells[index] if index is not None and index < len(cells) else ""

    def _is_header(self, cells: tuple[str, ...]) -> bool:
        folded = [fold(cell) for cell in cells]
        first = folded[0].replace(" ", "") if folded else ""
        starts = first in {"stt", "tt", "sothutu"}
        if not starts and (first or "don vi tinh" not in folded):
            return False
        if starts:
            self.columns = {}
        for index, text in enumerate(folded):
            column = _column_of(text)
            if column:
                self.columns.setdefault(column, index)
        return True


def _column_of(text: str) -> str | None:
    if text == "don vi tinh":
        return "unit"
    if text.startswith("ghi chu"):
        return "note"
    if text.startswith(("so lieu", "thong ke so lieu", "ket qua thuc hien")):
        return "value"
    return None


def _read_heading(reading: ReportReading, captions: list[str]) -> None:
    """Fill in number, date, title, period and issuer from the narrative's head and the appendix captions."""
    head = [text for line in reading.narrative[:40] for text in line.cells if text]
    joined = "\n".join(head)
    if match := _NUMBER.search(joined):
        reading.number, reading.symbol = f"{match[1]}/{match[2]}", match[2]
    if match := _REPORT_DATE.search(joined):
        reading.dated = as_date(*match.groups())
    for index, text in enumerate(head):
        if fold(text) == "bao cao" and index + 1 < len(head):
            reading.title = head[index + 1]
            break
    for text in (reading.title, *head[:12], *captions):
        if text and (period := ReportPeriod.from_title(text)):
            reading.period = period
            break
    captioned = [match[1] for text in captions if (match := _CAPTION_ISSUER.search(text))]
    for text in (*captioned, *head[:12]):
        if kind := reporter_kind(text):
            reading.issuer, reading.reporter = text, kind
            break


def reporter_kind(issuer: str) -> str | None:
    """Return the kind of reporter a unit's name shows (``department``, ``commune`` ...), or None."""
    for kind, entry in data_file("reporters")["kinds"].items():
        if re.match(entry["issuer"], issuer, re.IGNORECASE):
            return kind
    return None
