"""Writes a report as DOCX, HTML, TXT (three manners of copying) and XLSX."""

import html
import re
import textwrap
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from reports_blind.markup import Block, Report

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
Span = tuple[int, int, int, int, str]  # row, column, rows, columns, words


def spans(rows: list[list[str]]) -> list[Span]:
    """Return the cells of a table with what "<" and "^" join to them."""
    found = []
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            across = 1
            while left + across < len(row) and row[left + across] == "<":
                across += 1
            down = 1
            while top + down < len(rows) and rows[top + down][left] == "^":
                down += 1
            found.append((top, left, down, across, cell))
    return found


def write_docx(report: Report, path: Path) -> None:
    word = Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.paragraph_format.space_after = Pt(4)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    before = ""
    for block in report.blocks:
        match block.kind:
            case "letterhead":
                left, right = [*block.lines[:-1]], [*MOTTO, "", block.lines[-1]]
                _columns(word, left, right)
            case "sign":
                middle = block.lines.index("--")
                _columns(word, block.lines[:middle], [*block.lines[middle + 1 : -1], "", "", block.lines[-1]])
            case "page":
                wide = word.add_section()
                wide.orientation = WD_ORIENT.LANDSCAPE
                wide.page_width, wide.page_height = Cm(29.7), Cm(21)
            case "table":
                _word_table(word, block)
            case _:
                _word_lines(word, block, new_page=before != "page")
        before = block.kind
    word.core_properties.author = "Văn phòng mẫu"
    word.save(str(path))


def _word_lines(word, block: Block, *, new_page: bool) -> None:  # type: ignore[no-untyped-def]
    if block.kind == "annex" and new_page:
        word.add_page_break()
    for number, line in enumerate(block.lines):
        paragraph = word.add_paragraph()
        run = paragraph.add_run(line)
        run.bold = block.kind in ("title", "heading") or (block.kind == "annex" and number < 2)
        run.italic = block.kind == "annex" and number >= 2
        if block.kind in ("title", "annex"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif block.kind == "paragraph":
            paragraph.paragraph_format.first_line_indent = Cm(1)


def _word_table(word, block: Block) -> None:  # type: ignore[no-untyped-def]
    if block.caption:
        word.add_paragraph().add_run(block.caption).bold = True
    table = word.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
    for top, left, down, across, words in spans(block.rows):
        cell = table.cell(top, left)
        if (down, across) != (1, 1):
            cell = cell.merge(table.cell(top + down - 1, left + across - 1))
        run = cell.paragraphs[0].add_run(words)
        run.font.size = Pt(11 if len(block.rows[0]) < 9 else 9)
        run.bold = top < block.header
    section = word.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    plain = [row for row in block.rows[block.header - 1 :] if "(4)" not in row]
    longest = [min(40, max(7, *(len(row[column]) for row in plain))) for column in range(len(block.rows[0]))]
    for column, size in enumerate(longest):
        table.columns[column].width = int(room * size / sum(longest))
        for cell in table.columns[column].cells:
            cell.width = int(room * size / sum(longest))
    for row in table.rows[: block.header]:
        repeated = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(repeated)
    word.add_paragraph()


def _columns(word, left: list[str], right: list[str]) -> None:  # type: ignore[no-untyped-def]
    table = word.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.add_paragraph()


def write_html(report: Report, path: Path) -> None:
    """A page as portals print it: a menu before, a footer after, the report between."""
    parts = []
    for block in report.blocks:
        match block.kind:
            case "letterhead" | "sign":
                middle = block.lines.index("--") if block.kind == "sign" else len(block.lines) - 1
                right = block.lines[middle + 1 :] if block.kind == "sign" else [*MOTTO, block.lines[-1]]
                cells = ["<br>".join(map(html.escape, side)) for side in (block.lines[:middle], right)]
                parts.append(f'<table style="border:0"><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></table>')
            case "table":
                parts.append(_page_table(block))
            case "page":
                continue
            case _:
                tag = {"title": "h1", "heading": "h3", "annex": "h2"}.get(block.kind, "p")
                parts += [f"<{tag}><span>{html.escape(line)}</span></{tag}>" for line in block.lines]
    page = (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Báo cáo</title></head><body>'
        "<nav><ul><li>Trang chủ</li><li>Văn bản</li><li>Liên hệ</li></ul></nav><main><article>\n"
        + "\n".join(parts)
        + "\n</article></main><footer>Lượt truy cập: 1.204.551</footer></body></html>\n"
    )
    path.write_text(page, "utf-8")


def _page_table(block: Block) -> str:
    lines: dict[int, list[str]] = {number: [] for number in range(len(block.rows))}
    for top, _, down, across, words in spans(block.rows):
        tag = "th" if top < block.header else "td"
        size = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
        lines[top].append(f"<{tag}{size}><p>{html.escape(words) or '&nbsp;'}</p></{tag}>")
    caption = f"<p><b>{html.escape(block.caption)}</b></p>" if block.caption else ""
    return caption + "<table>" + "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in lines.values()) + "</table>"


def write_text(report: Report, path: Path) -> None:
    """Copied text: tables as ``tabs`` between cells, ``cells`` one a line, or ``columns`` set in blanks."""
    manner = report.head.get("text", "tabs")
    parts: list[str] = []
    for block in report.blocks:
        match block.kind:
            case "table":
                parts += [block.caption, ""] if block.caption else []
                parts += [*_text_table(block, manner), ""]
            case "letterhead":
                parts += [*block.lines[:-2], "", *MOTTO, "", block.lines[-2], "", block.lines[-1], ""]
            case "sign":
                parts += [*(line for line in block.lines if line != "--"), ""]
            case "page":
                continue
            case "paragraph" if manner == "columns":
                parts += [*textwrap.wrap(block.lines[0], 92, initial_indent="     "), ""]
            case _:
                parts += [*block.lines, ""]
    path.write_text("\n".join(parts) + "\n", "utf-8")


def _text_table(block: Block, manner: str) -> list[str]:
    rows = [["" if cell in ("<", "^") else cell for cell in row] for row in block.rows]
    if manner == "tabs":
        return ["\t".join(row) for row in rows]
    if manner == "cells":
        return [line for row in rows for line in [*(cell for cell in row if cell), ""]]
    wide = [min(34, max(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        folded = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, wide, strict=True)]
        for height in range(max(map(len, folded))):
            shown = [
                (cell[height] if height < len(cell) else "").ljust(size)
                for cell, size in zip(folded, wide, strict=True)
            ]
            lines.append("  ".join(shown).rstrip())
    return lines


def write_workbook(report: Report, path: Path) -> None:
    """The tables only, a sheet each, with the words of their annex above; numbers are numbers where a cell is one."""
    book = Workbook()
    book.remove(book.active)
    above: list[str] = []
    title = next((" ".join(block.lines) for block in report.blocks if block.kind == "title"), "")
    line = Side(style="thin")
    for block in report.blocks:
        if block.kind == "annex":
            above = block.lines
        if block.kind != "table":
            continue
        name = re.sub(r"[\\/*?:\[\]]", "-", block.annex or f"Bảng {len(book.sheetnames) + 1}")[:28]
        sheet = book.create_sheet(name + (f" ({len(book.sheetnames) + 1})" if name in book.sheetnames else ""))
        lead = [*([] if above else [title]), *above, *([block.caption] if block.caption else []), ""]
        for number, words in enumerate(lead, 1):
            sheet.cell(number, 1, words).font = Font(bold=True)
        for top, left, down, across, words in spans(block.rows):
            row, column = len(lead) + top + 1, left + 1
            whole = re.fullmatch(r"\d{1,3}(?:\.\d{3})+|[1-9]\d*|0", words)
            cell = sheet.cell(row, column, int(words.replace(".", "")) if whole and left else words)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=top < block.header)
            if whole and "." in words:
                cell.number_format = "#,##0"
            if (down, across) != (1, 1):
                sheet.merge_cells(
                    start_row=row, start_column=column, end_row=row + down - 1, end_column=column + across - 1
                )
        for column in range(1, len(block.rows[0]) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 34 if column == 2 else 13
    book.save(path)
