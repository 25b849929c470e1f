"""The tables of a document in order: captions open annexes, task tables fill them, target tables give numbers."""

from dataclasses import dataclass

from motcua.plans.rules.layout.annexes import Annex, annex_of
from motcua.plans.rules.layout.assembly import Assembly
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.contexts import asked_above, bodies_named, has_owner, headings_above, is_page_end
from motcua.plans.rules.layout.headings import TableHeading, heading_of
from motcua.plans.rules.layout.labels import split_label
from motcua.plans.rules.layout.misread_numbers import mend_numbers
from motcua.plans.rules.layout.outline import Outline
from motcua.plans.rules.layout.records import Grid, grid_of, parts_of
from motcua.plans.rules.layout.unread_tables import unread
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
        group: list[_Part] = []
        for part in self._parts():
            if part.annex is not None and group:
                self._fill(group)
                group = []
            group.append(part)
        if group:
            self._fill(group)
        for outline in self.outlines:
            self.findings += outline.findings

    def _parts(self) -> list["_Part"]:
        """Return the task tables in order; a table that only goes on with the one above is joined to it."""
        found: list[_Part] = []
        between: list[Block] = []
        before: Grid | None = None
        for block in self.document.blocks:
            if not isinstance(block, Table):
                between.append(block)
                continue
            for part in parts_of(block):
                grid = grid_of(part, before, has_owner=has_owner(between))
                if grid is None:
                    heading = heading_of(part)
                    if heading is not None and heading.kind == "target":
                        self.target_tables.append((heading, list(part.rows[heading.last + 1 :])))
                    elif (finding := unread(part)) is not None:
                        self.findings.append(finding)
                    continue
                annex = annex_of(between, self.casing)
                if annex is None and before is not None and _goes_on(before, grid, between):
                    grid.records[0].after_break = grid.has_headings
                    before.records += grid.records
                    before.line_end = grid.line_end
                else:
                    found.append(_Part(grid, between, annex))
                    before = grid
                between = []
        return found

    def by_grid(self) -> list[tuple[list[Task], Grid]]:
        """Return the tasks table by table."""
        found: dict[int, tuple[list[Task], Grid]] = {}
        for task, grid in self.rows:
            found.setdefault(id(grid), ([], grid))[0].append(task)
        return list(found.values())

    def _open(self, annex: Annex | None) -> None:
        code = ".".join(filter(None, (self._prefix, annex.code if annex else "")))
        if annex and any(outline.annex == code for outline in self.outlines):
            code = f"{code}{chr(96 + len(self.outlines) + 1)}"
        self.outlines.append(Outline(code, annex.title if annex else ""))

    def _fill(self, parts: list["_Part"]) -> None:
        """Make the tasks of the tables of one annex."""
        if parts[0].annex is not None or not self.outlines:
            self._open(parts[0].annex)
        outline = self.outlines[-1]
        above = headings_above([part.between for part in parts])
        for part, headings in zip(parts, above, strict=True):
            for heading in headings:
                outline.stand_below(heading.label, heading.title, heading.rank)
            grid = part.grid
            recognised = self.document.confidence(grid.line_start, grid.line_end) is not None
            if recognised:
                mend_numbers(grid.records)
            assembly = Assembly(grid, outline, self.taken, recognised=recognised)
            owner = asked_above(part.between)
            for task in assembly.run():
                task.owner = self._named_above(task) or owner
                self.rows.append((task, grid))
            self.findings += assembly.findings
            for record in grid.records:
                label, _, title = record.text(Role.TEXT).partition(". ")
                self.titles.append((label, title, record.row.line_start))

    def _named_above(self, task: Task) -> tuple[str, ...]:
        """Return the bodies that the nearest heading above a task names, in their usual case; () if none does."""
        titles = [split_label(heading)[1] for heading in reversed(task.section_path)]
        return next((bodies for title in titles if (bodies := bodies_named(self.casing.name(title)))), ())


@dataclass
class _Part:
    """A task table, what stands between it and the one before, and the annex that it opens."""

    grid: Grid
    between: list[Block]
    annex: Annex | None


def _goes_on(before: Grid, grid: Grid, between: list[Block]) -> bool:
    """Tell whether a table is the rest of the one before: the same columns, only footnotes between."""
    same = sum(one == two for one, two in zip(before.names, grid.names, strict=False))
    is_named_so = not grid.has_headings or 2 * same > len(grid.names)  # recognition may misread one on the next page
    return before.roles == grid.roles and is_named_so and is_page_end(between)
