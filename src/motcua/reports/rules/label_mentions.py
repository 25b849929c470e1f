"""What a table's row names, told again in the text: "truyền thanh 52 tin, bài" and a row "Tin, bài truyền thanh".

A sentence's number is a row's when its unit is the row's and its clause holds all words of the row's name, and of no
other row's. ``quantities`` knows the usual quantities by their words; this knows a table's own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, plain_number, read_figure
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import GridSheet
from motcua.reports.rules.grids import Grid, GridRow
from motcua.reports.rules.lines import Line

LEAST_WORDS = 2  # of a row's name beside the weak ones: one word names too much
_NUMBER = re.compile(r"(?<![\d./,-])(\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/%])(?!,\d)")
_WEAK = frozenset(
    re.findall(
        r"[a-z]+",
        "so luong tong cong la co da duoc cac cua tai trong ky quy nay bao cao va voi den thoi diem tren theo cho o "
        "tu ve ket qua lan thu tinh huyen xa don vi toan nhung mot",
    )
)
_ELSEWHEN = re.compile(
    r"so voi|cung ky|ky truoc|nam truoc|quy truoc|thang truoc|phan dau|du kien|ke hoach giao|tang|giam|them|binh quan|"
    r"muc tieu|chi tieu|cap tinh|cap xa|cap huyen|moi (?:ngay|thang|tuan)|trong do"
)
_CLAUSE_END = re.compile(r"[;:]|[.,](?!\d)|\btrong do\b")
_QUOTE = 100


@dataclass(frozen=True)
class _Row:
    words: frozenset[str]
    unit: str
    where: Where
    written: str
    figures: frozenset[Fraction]
    main: Figure


def label_findings(
    lines: Sequence[Line], grids: Iterable[Grid], said: Set[tuple[int | None, str | None]]
) -> Iterator[Finding]:
    """Yield rows whose number the text tells otherwise; ``said`` are (appendix, row) of which a rule spoke."""
    rows = [row for grid in grids for row in _rows(grid)]
    told: dict[int, list[tuple[Fraction, Line, str]]] = defaultdict(list)
    for line in lines:
        for value, unit, clause, quote in _numbers(line):
            fitting = [at for at, row in enumerate(rows) if _is_of(row, unit, clause)]
            if len(fitting) == 1:
                told[fitting[0]].append((value, line, quote))
    for at, mentions in told.items():
        row = rows[at]
        if (row.where.appendix, row.where.row) in said or any(value in row.figures for value, _, _ in mentions):
            continue
        if len({value for value, _, _ in mentions}) == 1:
            value, line, quote = mentions[0]
            yield finding(
                "T06", "text_table", row.where, found=row.written, expected=plain_number(value),
                text_line=line.number, quote=quote,
            )  # fmt: skip


def _rows(grid: Grid) -> Iterator[_Row]:
    sheet = GridSheet(grid)
    if grid.main is None or not grid.is_of_indicators or not grid.of("unit"):
        return
    for row in sheet.data:
        figure = sheet.figure(row, grid.main)
        words = _words(row)
        if figure is None or sheet.is_percent(row, grid.main) or len(words) < LEAST_WORDS or "." in row.full:
            continue  # a row under another is that one's part: its name says too little
        figures = frozenset(found.value for column in sheet.values if (found := sheet.figure(row, column)))
        shown = next((c for c in reversed(sheet.values) if sheet.figure(row, c)), grid.main)
        yield _Row(words, fold(row.unit).strip(), sheet.where(row, shown), row.cell(shown), figures, figure)


def _words(row: GridRow) -> frozenset[str]:
    name = re.sub(r"\([^)]*\)", "", fold(row.name))
    return frozenset(re.findall(r"[a-z]{2,}", name)) - _WEAK


def _is_of(row: _Row, unit: str, clause: str) -> bool:
    return unit.startswith(row.unit) and row.words <= set(re.findall(r"[a-z]{2,}", clause))


def _numbers(line: Line) -> Iterator[tuple[Fraction, str, str, str]]:
    """Yield the numbers of a line: value, the folded words behind it, its clause, the clause as written."""
    folded = fold(line.text)
    if len(folded) != len(line.text):
        return  # a letter outside the usual ones: places would not agree
    for match in _NUMBER.finditer(folded):
        figure = read_figure(match[1].strip())
        start, end = _clause(folded, match.start(), match.end())
        clause = folded[start:end]
        others = [one for one in _NUMBER.findall(clause) if one != match[1]]
        if figure is None or others or _ELSEWHEN.search(clause):
            continue
        yield (
            figure.value,
            folded[match.end() : match.end() + 40].strip(),
            clause,
            line.text[start:end].strip()[:_QUOTE],
        )


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _CLAUSE_END.finditer(text, 0, start)]
    # "52 tin, bài": the comma of a unit ends no clause.
    after = re.compile(r"[;:.()]|,(?! bai)").search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))
