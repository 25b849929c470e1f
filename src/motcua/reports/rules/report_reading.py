"""Reading a report, ours or not, into narrative, tables and appendices (DOMAIN 8.3-8.9 for the appendices' shape).

The reader works on ``Line`` objects and knows no file format: whatever yields lines with cells can feed it. A table
is an appendix of ours when its rows' names say so (``form_matching``); every other table stays a ``Grid``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.reports.rules.catalogue import forms_of
from motcua.reports.rules.citations import Citation, DateRange, Passage, citations_in, ranges_in
from motcua.reports.rules.form_matching import FormMatch, best_match
from motcua.reports.rules.grid_heads import CODE_LABELS, is_figure, letters_of
from motcua.reports.rules.grids import Grid, grid_from
from motcua.reports.rules.headings import heading_of
from motcua.reports.rules.lines import Line
from motcua.reports.rules.loose_tables import gathered
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.rules.values import SHORTEST_TEXT, Cell, OptionLine, Printed, text_passages

MAX_FILE = 60_000_000  # bytes, of any format
_OPEN_ERRORS: dict[type[OSError], str] = {
    FileNotFoundError: "không có tệp này",
    IsADirectoryError: "đây là thư mục",
    PermissionError: "không có quyền đọc",
}
_HEADING = re.compile(
    r"\W*(?P<kind>phu luc|pl|phu bieu|bieu mau|bieu|bang|mau)\s*(?:so)?\s*[:.]?\s*"
    r"(?:(?P<number>\d{1,2}|[ivx]{1,5})(?!\w|[./]\w)|(?P<code>[ivx\d]{1,4}(?:\.\d{1,2}[a-z]?|[a-z])?(?:/[\w/-]+)?)(?!\w))"
)
_A_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_NO_HEADING = re.compile(r"\W*(?:kem theo|ban hanh|cua|neu|va|den|dinh kem|nay)\b(?! bao cao so)")
_IN_BODY = {"bang"}
_ROMAN = {name: number for number, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)}
_CAPTIONS_KEPT = 4
_LONG = 220  # letters: a lone text this long in a table's lines is a note under it


@dataclass
class ReportReading:
    """A report in parts.

    ``appendices``: appendix number of our form -> row code -> cell; ``printed`` says how the file itself numbers
    them. ``grids`` are the tables that are none of our forms; ``notes`` the lines around appendices' tables.
    """

    narrative: tuple[Line, ...] = ()
    appendices: dict[int, dict[str, Cell]] = field(default_factory=dict)
    options: dict[int, list[OptionLine]] = field(default_factory=dict)
    printed: dict[int, Printed] = field(default_factory=dict)
    matches: list[FormMatch] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)
    number: str = ""
    symbol: str = ""
    dated: date | None = None
    title: str = ""
    issuer: str = ""
    reporter: str | None = None
    period: ReportPeriod | None = None
    regime: str = "cchc"

    @property
    def names_itself_a_report(self) -> bool:
        """Say whether a period's window can be asked of it: a plan or a dispatch names periods and keeps none."""
        return bool(self.title or self.appendices) or self.dated is None

    def passages(self) -> list[Passage]:
        """Return every piece of text with its place: the narrative, then texts and notes of cells."""
        return text_passages(self.narrative, self.appendices)

    @property
    def citations(self) -> list[Citation]:
        return list(citations_in(self.passages()))

    @property
    def ranges(self) -> list[DateRange]:
        return list(ranges_in(self.passages()))


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
    reading = ReportReading()
    parts = _Parts(reading)
    for line in gathered(lines):
        parts.take(line)
    parts.close()
    reading.narrative = tuple(parts.narrative)
    heading = heading_of(reading.narrative, parts.captions)
    reading.number, reading.symbol, reading.dated = heading.number, heading.symbol, heading.dated
    reading.title, reading.period = heading.title, heading.period
    reading.issuer, reading.reporter, reading.regime = heading.issuer, heading.reporter, heading.regime
    _match_forms(reading, parts.grids)
    if not reading.appendices and not reading.grids and reading.dated is None and not heading.is_report:
        raise Refused(f"Tệp {filename} không phải báo cáo: không thấy phụ lục số liệu, cũng không thấy ngày báo cáo.")
    return reading


def _match_forms(reading: ReportReading, grids: Iterable[Grid]) -> None:
    window = reading.period.window("cchc") if reading.period else None
    forms = forms_of("cchc", window.last if window else None)
    for grid in grids:
        left = [form for number, form in forms.items() if number not in reading.appendices]
        match = best_match(grid, left)
        if match is None or grid.main is None:
            reading.grids.append(grid)
            reading.notes += [
                Passage(f"{first} {second} {third}", row.line, grid.appendix, row.full or None)
                for row in grid.rows
                for first, second, third in zip(row.cells, row.cells[1:], row.cells[2:], strict=False)
                if _A_DAY.fullmatch(first) and _A_DAY.fullmatch(second)  # deadline, day done, result
            ]
            reading.notes += [
                Passage(text, row.line, grid.appendix, row.full or None)
                for row in grid.rows
                for text in row.cells
                if len(text) > SHORTEST_TEXT and not is_figure(text)
            ]
            continue
        number = match.form.appendix
        reading.matches.append(match)
        reading.appendices[number] = match.cells(grid.main)
        reading.printed[number] = match.printed
        reading.options[number] = [
            OptionLine(row.full, row.name, row.unit, row.line) for row in grid.rows if row.kind == "option"
        ]


class _Parts:
    """Sorts lines into narrative, tables, and what stands around the tables of appendices."""

    def __init__(self, reading: ReportReading) -> None:
        self.reading = reading
        self.narrative: list[Line] = []
        self.grids: list[Grid] = []
        self.captions: list[str] = []
        self.recent: list[str] = []  # lines since the last table, its possible caption
        self.table: list[Line] = []
        self.appendix: int | None = None
        self.label = ""
        self.is_in_appendix = False

    def take(self, line: Line) -> None:
        filled = [cell for cell in line.cells if cell]
        if not filled:
            return
        if len(filled) == 1 and self._opens_appendix(line, filled[0]):
            return
        if line.number == 0:  # a sheet of a workbook that is no appendix by its name
            self.close()
            self.appendix, self.label, self.is_in_appendix = None, filled[0], False
        elif len(line.cells) == 1 or (len(filled) == 1 and (not self.table or len(filled[0]) > _LONG)):
            self.close()
            self._take_text(line)
        else:
            if self._starts_another(line, filled):
                self.close()
            self.table.append(line)

    def _opens_appendix(self, line: Line, text: str) -> bool:
        found = _appendix_heading(text)
        if found is None:
            return False
        kind, number, label = found
        self.close()
        self.appendix, self.label, self.recent = None if kind in _IN_BODY else number, label, [text]
        if kind not in _IN_BODY:
            self.is_in_appendix = True
            self.captions.append(line.text)
        return True

    def _take_text(self, line: Line) -> None:
        self.recent = [*self.recent, line.text][-_CAPTIONS_KEPT:]
        if self.is_in_appendix:
            self.captions.append(line.text)
            self.reading.notes.append(Passage(line.text, line.number, self.appendix))
        else:
            self.narrative.append(line)

    def _starts_another(self, line: Line, filled: list[str]) -> bool:
        """Say whether a head begins here that is not the open table's own, printed again on the next page."""
        if len(self.table) < 3 or len(filled) < 2 or letters_of(line.cells[0]) not in CODE_LABELS:
            return False
        return not any(fold(line.text) == fold(earlier.text) for earlier in self.table[:6])

    def close(self) -> None:
        """End the open table: a grid where it holds figures, else text (a letterhead, signatures)."""
        if not self.table:
            return
        grid = grid_from(self.table, self.recent, self.appendix, self.label)
        if grid is not None:
            self.grids.append(grid)
            self.recent = []
            if not self.is_in_appendix:
                self.appendix, self.label = None, ""
        else:
            for line in self.table:
                self._take_text(line)
        self.table = []


def _appendix_heading(text: str) -> tuple[str, int | None, str] | None:
    """Return the kind of caption, its number and how it is written: ("phu luc", 1, "Phụ lục 1")."""
    folded = fold(text)
    match = _HEADING.match(folded)
    if len(text) > 400 or match is None or _NO_HEADING.match(folded, match.end()):
        return None
    if len(text) > 120 and text.rstrip().endswith((".", ";")) and match["kind"] not in ("phu luc", "pl"):
        return None
    label = text[: match.end()].strip(" :.*")
    if match["number"] is None:
        return match["kind"], None, label
    number = int(match["number"]) if match["number"].isdigit() else _ROMAN.get(match["number"])
    return (match["kind"], number, label) if number is not None else None
