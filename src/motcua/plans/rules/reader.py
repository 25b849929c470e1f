"""The way in: a plan document to everything it says. Pure; works without a database."""

from pathlib import Path

from motcua.plans.rules.annexes import Annex, annex_of
from motcua.plans.rules.assembly import Assembly
from motcua.plans.rules.body_tasks import body_tasks
from motcua.plans.rules.casing import Casing
from motcua.plans.rules.claims import document_claims, section_claims
from motcua.plans.rules.columns import Role
from motcua.plans.rules.finish import finish
from motcua.plans.rules.footnotes import attach
from motcua.plans.rules.legal_bases import date_doubts, legal_bases
from motcua.plans.rules.metadata import metadata_of
from motcua.plans.rules.outline import Outline
from motcua.plans.rules.prose import passages
from motcua.plans.rules.records import Grid, grid_of
from motcua.plans.rules.targets import targets_of
from motcua.plans.rules.values import Claim, Finding, Metadata, PlanReading, Task
from motcua.reading.blocks import Block, Document, Table
from motcua.reading.reader import read


def read_plan(source: Path | str | bytes, filename: str = "") -> PlanReading:
    """Return what a plan document says. ``source``: a path or the bytes. Raise Refused if it cannot be read."""
    return understand(read(source, filename))


def understand(document: Document) -> PlanReading:
    """Return the plan in a document that is already read into blocks."""
    casing = Casing([block.text for block in document.paragraphs] + _cell_texts(document))
    metadata = metadata_of(document, casing)
    texts = passages(document)
    tables = _Tables(document, casing, metadata)
    tables.run()
    tasks = tables.tasks
    attach(tasks, texts)
    targets = [target for task in tasks for target in targets_of(task)]
    bases, base_doubts = legal_bases(texts, metadata)
    headings = {section: numbers for outline in tables.outlines for section, numbers in outline.headings_below.items()}
    sections = sum(len(outline.seen_sections) for outline in tables.outlines)
    annexes = len({line for line, text in enumerate(document.lines) if _is_annex_line(text)})
    claims = document_claims(texts, tasks, sections, headings, annexes, len(targets))
    claims += section_claims(tables.titles, tasks, headings)
    missing = [row for outline in tables.outlines for row in outline.missing]
    lines = [(number, text) for number, text in enumerate(document.lines, start=1)]
    warnings = base_doubts + [one for one in date_doubts(lines, metadata) if one not in base_doubts]
    warnings += tables.findings + _claim_findings(claims) + _whole_findings(document, tasks, metadata)
    return PlanReading(
        metadata,
        tasks,
        targets,
        body_tasks(texts, metadata),
        bases,
        claims,
        missing,
        sorted(warnings, key=lambda one: one.line or 0),
    )


class _Tables:
    """Walks the blocks: captions open annexes, task tables fill them."""

    def __init__(self, document: Document, casing: Casing, metadata: Metadata) -> None:
        self.document, self.casing, self.metadata = document, casing, metadata
        self.tasks: list[Task] = []
        self.outlines: list[Outline] = []
        self.findings: list[Finding] = []
        self.titles: list[tuple[str, str, int]] = []
        self._taken: set[str] = set()

    def run(self) -> None:
        between: list[Block] = []
        before: Grid | None = None
        for block in self.document.blocks:
            if not isinstance(block, Table):
                between.append(block)
                continue
            grid = grid_of(block, before)
            if grid is None:
                continue
            annex = annex_of(between, self.casing)
            if annex is not None or not self.outlines:
                self._open(annex)
            self._fill(grid)
            before, between = grid, []
        for outline in self.outlines:
            self.findings += outline.findings

    def _open(self, annex: Annex | None) -> None:
        code = annex.code if annex else ""
        if code and any(outline.annex == code for outline in self.outlines):
            code = f"{code}{chr(96 + len(self.outlines) + 1)}"
        self.outlines.append(Outline(code, annex.title if annex else ""))

    def _fill(self, grid: Grid) -> None:
        outline = self.outlines[-1]
        assembly = Assembly(grid, outline, self._taken)
        tasks = assembly.run()
        self.findings += assembly.findings
        end = max((table.line_end for table in self.document.tables), default=0)
        for task in tasks:
            is_last = task is tasks[-1] and task.line_end == end
            finish(task, grid.roles, has_headings=grid.has_headings, year=self.metadata.year, is_last=is_last)
        self.tasks += tasks
        for record in grid.records:
            label, _, title = record.text(Role.TEXT).partition(". ")
            self.titles.append((label, title, record.row.line_start))


def _cell_texts(document: Document) -> list[str]:
    return [text for table in document.tables for row in table.rows for text in row.texts]


def _is_annex_line(text: str) -> bool:
    folded = text.strip(" *_|").lower()
    return folded.startswith("phụ lục") and (len(folded) < 20 or "**" in text)


def _claim_findings(claims: list[Claim]) -> list[Finding]:
    found = []
    shown = {
        "groups": "nhóm",
        "tasks": "nhiệm vụ",
        "activities": "hoạt động",
        "targets": "chỉ tiêu",
        "appendices": "phụ lục",
    }
    for claim in claims:
        for kind, stated in claim.stated.items():
            if claim.found[kind] != stated:
                where = f"Mục {claim.section}" if claim.section else "Văn bản"
                message = f"{where} ghi {stated} {shown[kind]}, đọc được {claim.found[kind]}."
                found.append(Finding("claim-differs", message, "error", claim.line))
    return found


def _whole_findings(document: Document, tasks: list[Task], metadata: Metadata) -> list[Finding]:
    found = []
    if not tasks:
        found.append(Finding("no-tasks", "Không thấy bảng nhiệm vụ nào trong văn bản.", "warning"))
    if metadata.number is None:
        found.append(Finding("number-missing", "Không thấy số của văn bản.", "warning"))
    if metadata.date is None:
        found.append(Finding("date-missing", "Không thấy ngày của văn bản.", "warning"))
    found += [Finding("note", note, "info") for note in document.notes]
    return found
