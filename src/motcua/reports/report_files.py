"""A report's file, ours or not, to its reading: opened in a limited process, its lines understood here."""

import re
from pathlib import Path
from typing import Any

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document, Paragraph
from motcua.reading.limited import call_limited, read_limited
from motcua.reports.rules.lines import Line, clean
from motcua.reports.rules.report_reading import ReportReading, opened, read_report_lines

_FULL_LINE = 70  # letters: what is shorter ended because its sentence or heading did
_BROKEN_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})\. (\d{3})(?!\d)")  # "172. 000" in a narrow printed column
# Formats whose lines the house's own reader of documents gives, as it does for text whose tables are drawn with bars or
# spaces; the others have a reader made for reports.
_FOREIGN = (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<!DOCTYPE", b"<!doctype", b"<html", b"\x89PNG", b"\xff\xd8\xff")


def read_report_file(source: Path | str | bytes, filename: str = "") -> ReportReading:
    """Return the reading of a report: TXT, DOCX, XLSX, and what ``motcua.reading`` reads besides (PDF, HTML, DOC).

    Raise Refused, with the file's name, where it cannot be read within the limits or is no report.
    """
    content, name = opened(source, filename)
    if not content.startswith(_FOREIGN) and (content.startswith(b"PK") or b"\t" in content or not content.strip()):
        lines = call_limited(_plain, content, name)
        if lines is not None:
            return read_report_lines([Line(number, tuple(cells)) for number, cells in lines], name)
    try:
        return read_report_lines(_lines_of(read_limited(content, name)), name)
    except Refused as refusal:
        raise refusal if name in refusal.message else Refused(f"Tệp {name}: {refusal.message}") from refusal


def template_lines(content: bytes, filename: str) -> list[list[str]]:
    """Return the cells of a workbook's lines, read in the limited process. Raise Refused where it is no workbook."""
    if not content.startswith(b"PK"):
        raise Refused(f"Tệp {filename} không phải tệp Excel (.xlsx).")
    lines = call_limited(_plain, content, filename) or []
    return [[str(cell) for cell in cells] for _number, cells in lines]


def _plain(content: bytes, filename: str) -> list[Any] | None:
    """Return the lines of a TXT, DOCX or XLSX as [number, cells]. Runs in the limited process.

    None: a document that Word numbers by itself, whose numbers only the house's own reader knows.
    """
    from motcua.reports.rules.source_files import (  # late: the libraries weigh 20 MB, the server needs none
        is_numbered_by_word,
        read_lines,
    )

    lines = read_lines(content, filename)
    return None if is_numbered_by_word(content) else [[line.number, list(line.cells)] for line in lines]


def _lines_of(document: Document) -> list[Line]:
    """Return paragraphs and table rows as lines; a row's cells stand at their columns.

    Raise Refused where pages were lost: what is checked must be whole, or what is missing would look like a mistake.
    """
    if document.losses:
        raise Refused(" ".join(document.losses))
    lines: list[Line] = []
    last = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = clean(block.text)
            if block.line_start == last + 1 and lines and _goes_on(lines[-1], text):
                lines[-1] = Line(lines[-1].number, (f"{lines[-1].text} {text}",))
            else:
                lines.append(Line(block.line_start, (text,)))
            last = block.line_start
            continue
        for row in block.rows:
            cells = [""] * block.width
            for at, cell in enumerate(row.cells[: block.width]):
                text = _BROKEN_THOUSANDS.sub(r"\1.\2", clean(cell.text))
                cells[at if cell.column is None else min(cell.column, block.width - 1)] = text
            lines.append(Line(row.line_start, tuple(cells)))
    return lines


def _goes_on(before: Line, text: str) -> bool:
    """Say whether a line of plain text carries on the sentence of the line right above, which was full."""
    if len(before.cells) > 1 or len(before.text) < _FULL_LINE or before.text.endswith((".", ":", ";")):
        return False
    return text[:1].islower() or bool(re.match(r"\d[\d.,/%]*\s+\w", text) and not re.match(r"\d+[.)]\s", text))
