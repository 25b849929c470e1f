"""The way in: a plan document to everything it says. Pure; works without a database."""

from dataclasses import replace
from pathlib import Path

from motcua.plans.rules.confidence import judge
from motcua.plans.rules.doubts import has_unknown_field, table_doubts
from motcua.plans.rules.finish import finish
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.plain_headings import column_doubts
from motcua.plans.rules.layout.tables import Tables
from motcua.plans.rules.layout.target_tables import targets_of_table
from motcua.plans.rules.layout.volumes import documents_in
from motcua.plans.rules.legal_bases import citations, date_doubts, legal_bases
from motcua.plans.rules.metadata import metadata_of
from motcua.plans.rules.numbers.claims import document_claims, section_claims
from motcua.plans.rules.numbers.targets import targets_of, targets_of_text
from motcua.plans.rules.sentences.body_tasks import body_tasks
from motcua.plans.rules.sentences.footnotes import attach
from motcua.plans.rules.sentences.prose import Passage, passages
from motcua.plans.rules.sentences.prose_tasks import prose_tasks
from motcua.plans.rules.values import Claim, Finding, Metadata, MissingRow, PlanReading, Task
from motcua.reading.blocks import Document
from motcua.reading.casing import Casing
from motcua.reading.reader import read


def read_plan(source: Path | str | bytes, filename: str = "") -> PlanReading:
    """Return what a plan document says. ``source``: a path or the bytes. Raise Refused if it cannot be read."""
    return understand(read(source, filename))


def understand(document: Document) -> PlanReading:
    """Return the plan in a document that is already read into blocks; of several plans in one file, all of them."""
    parts = documents_in(document)
    readings = [_understood(part, f"VB{number}" if number > 1 else "") for number, part in enumerate(parts, 1)]
    return readings[0] if len(readings) == 1 else _together(readings)


def _understood(document: Document, prefix: str) -> PlanReading:
    """Return the reading of one document. ``prefix`` heads the ids of a second document in the same file."""
    casing = Casing([block.text for block in document.paragraphs] + _cell_texts(document))
    metadata = metadata_of(document, casing)
    texts = passages(document)
    tables = Tables(document, casing, prefix)
    tables.run()
    tasks, skipped, used = _tasks(document, tables, texts, metadata, prefix)
    attach(tasks, texts)
    targets = [target for task in tasks for target in targets_of(task)]
    targets += targets_of_text([text for text in texts if text.line_start not in used])
    for heading, rows in tables.target_tables:
        targets += targets_of_table(heading.whole, rows, metadata.year)
    bases, base_doubts = legal_bases(texts, metadata)
    claims = _claims(document, tables, texts, tasks, len(targets))
    lines = [(number, text) for number, text in enumerate(document.lines, start=1) if _is_within(number, document)]
    warnings = base_doubts + [one for one in date_doubts(lines, metadata) if one not in base_doubts]
    warnings += tables.findings + _claim_findings(claims) + _whole_findings(document, tasks, metadata)
    known = {name for task in tasks for name in (*task.lead, *task.coordinating) if len(name.split()) > 1}
    last = max((task.line_end for task, _ in tables.rows), default=None)
    bodies = body_tasks([text for text in texts if text.line_start not in used], metadata, known, last)
    if any(not claim.agrees for claim in claims):
        for task in tasks:
            task.doubts.append("claims-differ")
    judge(tasks, document)
    return PlanReading(
        metadata,
        tasks,
        targets,
        [replace(body, id=f"{prefix}.{body.id}") for body in bodies] if prefix else bodies,
        bases,
        claims,
        [row for outline in tables.outlines for row in outline.missing] + skipped,
        sorted(warnings, key=lambda one: one.line or 0),
        citations(lines, bases),
    )


def _tasks(
    document: Document, tables: Tables, texts: list[Passage], metadata: Metadata, prefix: str
) -> tuple[list[Task], list[MissingRow], set[int]]:
    """Return the tasks of tables and of prose in order, rows lost from the prose, and lines that prose tasks take."""
    written, skipped, used = prose_tasks(texts, tables.taken, prefix)
    end = max((table.line_end for table in document.tables), default=0)
    tasks = []
    for task, grid in tables.rows:
        is_last = task is tables.rows[-1][0] and task.line_end == end
        finish(task, grid.roles, metadata, has_headings=grid.has_headings and not grid.is_guessed, is_last=is_last)
        tasks.append(task)
    for rows, grid in tables.by_grid():
        lost = any(one.code in ("text-unplaced", "row-empty") for one in tables.findings)
        is_numbered = any(task.number for task in rows)
        table_doubts(
            rows, is_numbered=is_numbered, has_losses=lost, has_unknown_fields=has_unknown_field(grid.names, grid.roles)
        )
        cells = {role: [record.text(role) for record in grid.records if not record.is_title] for role in grid.roles}
        found = column_doubts(grid.names, grid.roles, cells)
        for task in rows:
            task.doubts += found
    said = {role for task in written for role in Role if role.value in task.parts}
    for task in written:
        finish(task, list(said), metadata, has_headings=True, is_last=False)
    if written:
        tasks = sorted([*tasks, *written], key=lambda task: task.line_start)
    return tasks, skipped, used


def _claims(document: Document, tables: Tables, texts: list[Passage], tasks: list[Task], targets: int) -> list[Claim]:
    headings = {section: numbers for outline in tables.outlines for section, numbers in outline.headings_below.items()}
    sections = sum(len(outline.seen_sections) for outline in tables.outlines)
    annexes = len({line for line, text in enumerate(document.lines) if _is_annex_line(text)})
    claims = document_claims(texts, tasks, sections, headings, annexes, targets)
    return claims + section_claims(tables.titles, tasks, headings)


def _together(readings: list[PlanReading]) -> PlanReading:
    """Return one reading of several documents: the first's own data, everybody's rows, and a warning."""
    first = readings[0]
    shown = "; ".join(f"{one.document.kind or 'văn bản'} {one.document.number or '(không số)'}" for one in readings)
    message = f"Tệp này gồm {len(readings)} văn bản: {shown}. Hãy tách tệp, hoặc kiểm tra kỹ trước khi duyệt."
    line = readings[1].document.lines.get("number") or readings[1].document.lines.get("kind")
    return PlanReading(
        first.document,
        [task for one in readings for task in one.tasks],
        [target for one in readings for target in one.targets],
        [task for one in readings for task in one.body_tasks],
        [base for one in readings for base in one.legal_bases],
        [claim for one in readings for claim in one.claims],
        [row for one in readings for row in one.missing_rows],
        # What is said of the whole file, each of its documents says.
        list(dict.fromkeys([Finding("several-documents", message, "error", line), *_all_warnings(readings)])),
        [cited for one in readings for cited in one.citations],
    )


def _all_warnings(readings: list[PlanReading]) -> list[Finding]:
    return [found for one in readings for found in one.warnings]


def _is_within(line: int, document: Document) -> bool:
    """Tell whether a line of the file belongs to this document of it."""
    return not document.blocks or document.blocks[0].line_start <= line <= document.blocks[-1].line_end


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
    found += [Finding("page-lost", loss, "error") for loss in document.losses]
    found += [Finding("note", note, "info") for note in document.notes]
    return found
