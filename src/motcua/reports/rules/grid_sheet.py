"""A grid under check: each figure read once, places named, sums and ratios compared with what rounding allows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, is_blank, plain_number, read_figure, vietnamese
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grids import Grid, GridRow

PERCENT = re.compile(r"\bt[iy] le\b|%|phan tram")
_NOT_ADDITIVE = re.compile(
    r"binh quan|trung binh|\bdiem\b|xep hang|thu hang|xep loai|\bhe so\b|thoi gian|thoi han|\bngay\b|\bmuc\b|"
    r"dien tich/|\bnam \d{4}\b.*\bty le\b|so voi|tang|giam|\bmat do\b|\bnam sinh\b|dien thoai"
)
_COUNT_HEAD = re.compile(r"\b(?:tu so|mau so|so luong|ho so|tong so)\b")
EXACT, NEAR, WRONG = "exact", "near", "wrong"


@dataclass
class GridSheet:
    """``figure`` is None for a blank cell and for words; ``rows`` are those that can hold figures."""

    grid: Grid
    _figures: dict[tuple[int, int], Figure | None] = field(default_factory=dict)

    @property
    def rows(self) -> list[GridRow]:
        return [row for row in self.grid.rows if row.kind in ("data", "total")]

    @property
    def data(self) -> list[GridRow]:
        return [row for row in self.grid.rows if row.kind == "data"]

    @property
    def values(self) -> list[Column]:
        return self.grid.of("value")

    def is_percent(self, row: GridRow, column: Column) -> bool:
        if column.role == "percent":
            return True
        unit = row.unit.strip()
        if unit.startswith("%"):
            return True
        # Beside a column of percentages the others hold what the ratio is made of: "Tử số", "Mẫu số", "Số lượng".
        is_named = not unit and not self.grid.of("percent") and not _COUNT_HEAD.search(column.words)
        return is_named and bool(re.match(r"t[iy] le\b", fold(row.name)))

    def figure(self, row: GridRow, column: Column) -> Figure | None:
        key = (id(row), column.index)
        if key not in self._figures:
            self._figures[key] = read_figure(row.cell(column), is_percent=self.is_percent(row, column))
        return self._figures[key]

    def value(self, row: GridRow, column: Column) -> Fraction | None:
        figure = self.figure(row, column)
        return figure.value if figure else None

    def is_blank(self, row: GridRow, column: Column) -> bool:
        return is_blank(row.cell(column))

    def has_figures(self, row: GridRow) -> bool:
        return any(self.figure(row, column) for column in self.grid.of("value", "percent"))

    def where(self, row: GridRow, column: Column | None = None) -> Where:
        grid = self.grid
        label = grid.label if grid.appendix is None or not re.match(r"(?:phu luc|pl)\b", fold(grid.label)) else None
        if grid.appendix is None and not label:
            label = "Bảng" + (f" “{grid.captions[-1][:60]}”" if grid.captions else "")
        shown = column.label if column and len(grid.of("value", "percent")) > 1 else None
        return Where(grid.appendix, row.full or row.name or None, row.line, label or None, shown or None)

    def is_additive(self, column: Column) -> bool:
        return column.role == "value" and not _NOT_ADDITIVE.search(column.words)


def half_place(figure: Figure) -> Fraction:
    """Return half of the last place a figure was written with; a whole number is exact."""
    return Fraction(1, 2 * 10**figure.decimals) if figure.decimals else Fraction(0)


def sum_holds(written: Figure, parts: Iterable[Figure], total: Fraction) -> bool:
    """Say whether a written sum can be ``total``, each rounded part being off by half its last place."""
    parts = list(parts)
    if not written.decimals and not any(part.decimals for part in parts):
        return written.value == total
    slack = Fraction(1, 2 * 10**written.decimals) + sum((half_place(part) for part in parts), Fraction(0))
    return abs(written.value - total) <= slack


def ratio_holds(written: Figure, part: Figure, whole: Figure, times: int = 100) -> str:
    """Say how a written ratio fits: EXACT when rounded, NEAR when cut off or off by less than its last place."""
    if whole.value == 0:
        return WRONG
    exact = part.value / whole.value * times
    one = Fraction(1)
    slack = abs(exact) * (half_place(part) / max(abs(part.value), one) + half_place(whole) / max(abs(whole.value), one))
    apart = abs(written.value - exact) - slack
    place = Fraction(1, 10**written.decimals)
    if apart * 2 <= place:
        return EXACT
    return NEAR if apart < place else WRONG


def pairs(columns: list[Column], most: int = 14) -> Iterator[tuple[Column, Column]]:
    """Yield ordered pairs of different columns; of very wide tables only the first ``most`` columns."""
    for one in columns[:most]:
        for other in columns[:most]:
            if one is not other:
                yield one, other


MOST_NAMED = 6  # parts: more would bury what is said of them


def place_of(row: GridRow, where: Where) -> str:
    """Return a place in words with the row's name behind its code: "dòng 3 “Đất đai”, cột “Tổng số”"."""
    if not row.name or not where.row or row.name == where.row:
        return where.words
    return where.words.replace(f"dòng {where.row}", f"dòng {where.row} “{row.name[:60]}”", 1)


def parts_told(sheet: GridSheet, named: Sequence[tuple[str, GridRow, Column]]) -> str:
    """Return parts as a sum in words, each with its figure where they are few: "Trước hạn 62 + Đúng hạn 30"."""
    if len(named) > MOST_NAMED:
        return " + ".join(name for name, _, _ in named)
    return " + ".join(f"{name} {row.cell(column) or '…'}" for name, row, column in named)


def mismatch(
    sheet: GridSheet,
    rule: str,
    row: GridRow,
    column: Column,
    relation: str,
    exact: Fraction,
    severity: str | None = None,
) -> Finding:
    """Return the finding that a cell does not hold what ``relation``, told in words, makes ``exact``."""
    written = sheet.figure(row, column)
    places = max(written.decimals if written else 0, 1)
    where = sheet.where(row, column)
    return finding(
        rule,
        "mismatch",
        where,
        place=place_of(row, where),
        found=row.cell(column),
        expected=plain_number(exact, places),
        severity=severity,
        relation=relation,
        exact=vietnamese(exact, places),
    )
