"""The tables of a document in order: captions open annexes, task tables fill them, target tables give numbers."""

from motcua.plans.rules.annexes import Annex, annex_of
from motcua.plans.rules.assembly import Assembly
from motcua.plans.rules.columns import Role
from motcua.plans.rules.headings import TableHeading, heading_of
from motcua.plans.rules.outline import Outline
from motcua.plans.rules.records import Grid, grid_of, parts_of
from motcua.plans.rules.values import Finding, Task
from motcua.reading.blocks import Block, Document, Row, Table
from motcua.reading.casing import Casing


class Tables:
    """Walks the blocks of one document; afterwards ``rows`` are its tasks, each with the grid it came from."""

    def __init__(self, document: Document, casing: Casing, prefix: str = "") -> None:
        self.document, self.casing = document, casing
        self.rows: list[tuple[Task, Grid]] = []
        self.outlines: list[Outline] = []
        self.findings: list[Finding] = []
        self.titles: list[tuple[str, str, int]] = []
        self.target_tables: list[tuple[TableHeading, list[Row]]] = []
        self.taken: set[str] = set()
        self._prefix = prefix

    def run(self) -> None:
        between: list[Block] = []
        before: Grid | None = None
        for block in self.document.blocks:
            if not isinstance(block, Table):
                between.append(block)
                continue
            for part in parts_of(block):
                grid = grid_of(part, before)
                if grid is None:
                    heading = heading_of(part)
                    if heading is not None and heading.kind == "target":
                        self.target_tables.append((heading, list(part.rows[heading.last + 1 :])))
                    continue
                annex = annex_of(between, self.casing)
                if annex is not None or not self.outlines:
                    self._open(annex)
                self._fill(grid)
                before, between = grid, []
        for outline in self.outlines:
            self.findings += outline.findings

    def _open(self, annex: Annex | None) -> None:
        code = ".".join(filter(None, (self._prefix, annex.code if annex else "")))
        if annex and any(outline.annex == code for outline in self.outlines):
            code = f"{code}{chr(96 + len(self.outlines) + 1)}"
        self.outlines.append(Outline(code, annex.title if annex else ""))

    def _fill(self, grid: Grid) -> None:
        outline = self.outlines[-1]
        recognised = self.document.confidence(grid.line_start, grid.line_end) is not None
        assembly = Assembly(grid, outline, self.taken, recognised=recognised)
        self.rows += [(task, grid) for task in assembly.run()]
        self.findings += assembly.findings
        for record in grid.records:
            label, _, title = record.text(Role.TEXT).partition(". ")
            self.titles.append((label, title, record.row.line_start))
