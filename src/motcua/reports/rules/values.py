"""The values of a report's appendices, row by row, as they stand in a file or a grid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from motcua.reports.rules.citations import Passage
from motcua.reports.rules.figures import Raw
from motcua.reports.rules.lines import Line

SHORTEST_TEXT = 7  # letters: what is shorter cites nothing


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


@dataclass(frozen=True)
class Printed:
    """How a file prints one of our forms: its own number of the appendix, and its own code of each row."""

    appendix: int | None
    label: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)

    def row(self, code: str) -> str:
        return self.rows.get(code, code)


def text_passages(narrative: Iterable[Line], appendices: Values) -> list[Passage]:
    """Return narrative lines, and values and notes of cells that hold text, as passages."""
    found = [Passage(line.text, line.number) for line in narrative if line.text]
    for appendix, rows in appendices.items():
        for code, cell in rows.items():
            for text in (cell.value, cell.note):
                if isinstance(text, str) and len(text) > SHORTEST_TEXT:
                    found.append(Passage(text, cell.line, appendix, code))
    return found
