"""Which form a table is, told by the names and codes of its rows: reports renumber, drop and move rows.

The number in a caption only decides between equals: one province's "Phụ lục 3" is another's "Phụ lục 4".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from motcua.base.text import fold
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grids import Grid, GridRow
from motcua.reports.rules.values import Cell, Printed

SAME_NAME = 84  # of 100, two names written by two offices
RENAMED = 55  # with the same code
LEAST_SHARE = 0.6
LEAST_SHARE_NUMBERED = 0.5  # where the caption has the form's number too
LEAST_ROWS = 3
_SAME_CODE, _SAME_PARENT, _IN_ORDER = 12, 6, 4
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class FormMatch:
    """A grid read as a form: form code -> row of the grid; what of the grid the form does not know."""

    form: Form
    grid: Grid
    rows: Mapping[str, GridRow]
    unknown: tuple[GridRow, ...] = ()
    renamed: tuple[str, ...] = field(default=())

    @property
    def printed(self) -> Printed:
        rows = {code: row.full for code, row in self.rows.items() if row.full != code}
        return Printed(self.grid.appendix, self.grid.label, rows)

    def cells(self, column: Column) -> dict[str, Cell]:
        """Return the values of one column by form code; rows the form does not know stand under their own code."""
        found = {code: _cell(row, column) for code, row in self.rows.items()}
        for row in self.unknown:
            found.setdefault(row.full, _cell(row, column))
        lines = {cell.line: code for code, cell in found.items()}
        return {code: found[code] for _, code in sorted(lines.items(), key=lambda item: item[0] or 0)}


def _cell(row: GridRow, column: Column) -> Cell:
    return Cell(row.cell(column), row.note, row.unit, row.name, row.line)


def best_match(grid: Grid, forms: Iterable[Form]) -> FormMatch | None:
    """Return the form a grid is, or None."""
    rows = [row for row in grid.rows if row.name and row.kind in ("data", "heading")]
    if not rows or grid.main is None:
        return None
    matches = [match for form in forms if (match := _match(grid, rows, form)) is not None]
    return max(matches, key=lambda match: (len(match.rows), match.form.appendix == grid.appendix), default=None)


def _match(grid: Grid, rows: list[GridRow], form: Form) -> FormMatch | None:
    names = {code: _names(row) for code, row in form.rows.items()}
    order = {code: index for index, code in enumerate(form.rows)}
    taken: dict[str, GridRow] = {}
    codes: dict[str, str] = {}  # printed code -> form code
    unknown, renamed, last = [], [], -1
    for row in rows:
        scores = _scores(row, names, taken)
        best = max(
            scores,
            key=lambda code: scores[code] + _bonus(row, code, codes) + (_IN_ORDER if order[code] > last else 0),
            default=None,
        )
        if best is None:
            unknown.append(row)
            continue
        if scores[best] < SAME_NAME:
            renamed.append(best)
        taken[best], codes[row.full], last = row, best, order[best]
    share = (len(taken) - len(renamed)) / len(rows)
    numbered = grid.appendix == form.appendix
    if share < (LEAST_SHARE_NUMBERED if numbered else LEAST_SHARE) or (len(taken) < LEAST_ROWS and not numbered):
        return None
    return FormMatch(form, grid, taken, tuple(row for row in unknown if row.code), tuple(renamed))


def _names(row: Row) -> tuple[str, ...]:
    texts = [text for text in (row.name, row.source_name, row.label) if text]
    texts += [_BRACKETS.sub("", text) for text in texts]
    return tuple(dict.fromkeys(_plain(text) for text in texts))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _scores(row: GridRow, names: Mapping[str, tuple[str, ...]], taken: Mapping[str, GridRow]) -> dict[str, float]:
    own = {_plain(row.name), _plain(_BRACKETS.sub("", row.name))}
    scores = {}
    for code, known in names.items():
        if code in taken:
            continue
        least = RENAMED if code == row.full else SAME_NAME
        score = max(fuzz.ratio(one, other, score_cutoff=least) for one in own for other in known)
        if score >= least:
            scores[code] = score
    return scores


def _bonus(row: GridRow, code: str, codes: Mapping[str, str]) -> int:
    if code == row.full:
        return _SAME_CODE
    parent = codes.get(row.full.rpartition(".")[0])
    return _SAME_PARENT if parent is not None and code.rpartition(".")[0] == parent else 0
