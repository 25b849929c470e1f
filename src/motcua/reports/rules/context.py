"""What a check needs to know beyond the values: who reports, for which period, with which text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from motcua.reports.rules.catalogue import reporter_groups
from motcua.reports.rules.citations import Passage
from motcua.reports.rules.expressions import NOTHING_OCCURRED, Outcome, Reference
from motcua.reports.rules.figures import Figure, is_blank, read_figure, says_nothing_occurred
from motcua.reports.rules.findings import Where
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.lines import Line
from motcua.reports.rules.periods import ReportPeriod, Window
from motcua.reports.rules.values import Cell, Printed, Values, text_passages

NO_CELL = Cell()


@dataclass(frozen=True)
class Context:
    """Circumstances of a check.

    ``reporter`` is a kind of ``reporters.json`` (None: unknown, nothing is said about who fills what);
    ``previous`` the accepted values of the period before in the same year; ``is_final`` False while someone
    is still typing (blank rows are not reproached); ``is_printed`` True for a file, whose units and numbering
    may differ from the form's.
    """

    reporter: str | None = None
    period: ReportPeriod | None = None
    report_date: date | None = None
    symbol: str = ""
    number: str = ""  # of the report itself: "214/BC-UBND"
    narrative: tuple[Line, ...] = ()
    previous: Values | None = None
    is_final: bool = True
    is_printed: bool = False
    regime: str = "cchc"
    printed: Mapping[int, Printed] = field(default_factory=dict)
    notes: tuple[Passage, ...] = ()
    outlook_line: int = 0  # where the plans for the next period begin; 0 where that is not known

    @property
    def window(self) -> Window | None:
        return self.period.window(self.regime) if self.period else None


@dataclass
class Sheet:
    """The values under check with their forms, each number read once."""

    values: Values
    forms: Mapping[int, Form]
    context: Context
    groups: frozenset[str] | None = None
    _figures: dict[tuple[int, str], Figure | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = reporter_groups(self.context.reporter)

    def rows(self) -> Iterator[tuple[Form, Row, Cell]]:
        """Yield the rows of every form that has values, with their cells (an empty one where none is)."""
        for appendix in sorted(self.values):
            form = self.forms.get(appendix)
            if form is not None:
                for row in form.rows.values():
                    yield form, row, self.cell(appendix, row.code)

    def cell(self, appendix: int, row: str) -> Cell:
        return self.values.get(appendix, {}).get(row, NO_CELL)

    def where(self, appendix: int, row: str) -> Where:
        return Where(appendix, row, self.cell(appendix, row).line)

    def is_left_out(self, appendix: int | None, row: str) -> bool:
        """Say whether a printed report has no such row: an office's own form may leave it out."""
        return self.context.is_printed and row not in self.values.get(appendix or 0, {})

    def figure(self, appendix: int, row: str) -> Figure | None:
        """Return the number a row holds, None where it holds none."""
        key = (appendix, row)
        if key not in self._figures:
            form = self.forms.get(appendix)
            kind = form.rows[row].kind if form and row in form.rows else "number"
            self._figures[key] = read_figure(self.cell(appendix, row).value, is_percent=kind == "percent")
        return self._figures[key]

    def is_unreadable(self, appendix: int, row: str) -> bool:
        """Say whether a row holds something that is neither a number, a blank nor a stated absence."""
        value = self.cell(appendix, row).value
        return not is_blank(value) and not says_nothing_occurred(value) and self.figure(appendix, row) is None

    def outcome(self, appendix: int, reference: Reference, *, blank: Fraction | None = None) -> Outcome:
        """Return a row's value for the evaluator; ``blank`` stands for an empty or absent one."""
        place = (reference.appendix or appendix, reference.row)
        figure = self.figure(*place)
        if figure is not None:
            return figure.value
        if blank is None and says_nothing_occurred(self.cell(*place).value):
            return NOTHING_OCCURRED
        return blank

    def shown(self, appendix: int, row: str) -> str:
        """Return a row's code as the file prints it, which is the form's own in a report of ours."""
        printed = self.context.printed.get(appendix)
        return printed.row(row) if printed else row

    def passages(self) -> list[Passage]:
        return [*text_passages(self.context.narrative, self.values), *self.context.notes]
