"""A document as it is described in ``sources/*.plan``: what is printed and what it means, side by side."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Cell:
    """A cell. ``text`` has a line break between paragraphs; ``label`` is set where Word numbers by itself."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    bold: bool = False
    label: str = ""
    absent: bool = False  # cut off: the row ends before it


@dataclass
class Table:
    """``rows[r][c]`` is the cell that covers that place: a merged cell stands several times, the same object."""

    options: dict[str, str] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    headers: int = 0
    sections: set[int] = field(default_factory=set)  # rows that are section rows

    def anchors(self, row: int) -> list[tuple[int, Cell]]:
        """Return (column, cell) of the cells whose top left corner lies in this row."""
        found = []
        for column, cell in enumerate(self.rows[row]):
            left = column == 0 or self.rows[row][column - 1] is not cell
            top = row == 0 or self.rows[row - 1][column] is not cell
            if left and top and not cell.absent:
                found.append((column, cell))
        return found


@dataclass
class Paragraph:
    """``style``: plain, bold, centre, italic. ``label``: printed by Word's own numbering."""

    text: str
    style: str = "plain"
    label: str = ""


@dataclass
class Letterhead:
    """``number`` may hold several lines: number and subject."""

    left: list[str]
    number: str
    place: str
    motto: list[str] = field(default_factory=list)  # the nation's where empty; the Party prints its own


@dataclass
class Signature:
    recipients: list[str]
    titles: list[str]
    name: str


@dataclass
class Page:
    """A page break; what follows lies upright or across."""

    landscape: bool = False


Block = Paragraph | Table | Letterhead | Signature | Page


@dataclass
class Description:
    """One document: ``head`` its facts, ``blocks`` what is printed, ``gold`` the lists of the answer."""

    name: str
    head: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    body_tasks: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    missing_rows: list[dict[str, Any]] = field(default_factory=list)
    legal_bases: list[dict[str, Any]] = field(default_factory=list)
    optional_rows: list[str] = field(default_factory=list)

    @property
    def formats(self) -> list[str]:
        """The words of the head line: docx, pdf, scan, html:portal, txt:tabs, xlsx."""
        return self.head["formats"].split()

    def as_gold(self) -> dict[str, Any]:
        """Return the answer as it is written to NAME.gold.json."""
        head = self.head
        unasked: dict[str, list[str]] = {}
        for entry in head.get("unasked", "").split(";"):
            if entry.strip():
                form, fields = entry.split(":", 1)
                unasked[form.strip()] = fields.split()
        return {
            "name": self.name,
            "set": head["set"],
            "formats": [one.split(":")[0] for one in self.formats],
            "manner": head.get("manner", ""),
            "unasked": unasked,
            "document": {
                "number": head.get("number", ""),
                "date": head.get("date", ""),
                "issuer": head.get("issuer", ""),
                "title": head.get("title", ""),
                "kind": head.get("kind", ""),
                "year": int(head["year"]) if head.get("year") else None,
            },
            "tasks": self.tasks,
            "body_tasks": self.body_tasks,
            "targets": self.targets,
            "optional_rows": self.optional_rows,
            "claims": self.claims,
            "missing_rows": self.missing_rows,
            "legal_bases": self.legal_bases,
        }
