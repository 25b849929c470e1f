"""Reports as TXT, DOCX, XLSX and PDF (typeset by Typst; LibreOffice is not needed)."""

import io

import docx
import openpyxl
import typst
from docx.shared import Pt

from reports.pieces import Report, Sheet

FORMATS = ("txt", "docx", "xlsx", "pdf")


def write(report: Report, kind: str) -> bytes:
    """Return the bytes of a report in one of ``FORMATS``."""
    return {"txt": _txt, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf}[kind](report)


def _date(report: Report) -> str:
    day, month, year = report.day
    return f"{report.place}, ngày {day:02d} tháng {month} năm {year}"


def _head(report: Report) -> list[str]:
    return [report.upper, report.sender, f"Số: {report.number}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def _grid(sheet: Sheet) -> list[list[str]]:
    """Return the head rows with each text at its first column."""
    rows: list[list[str]] = []
    covered: set[tuple[int, int]] = set()
    for level, row in enumerate(sheet.head):
        cells = [""] * sheet.width
        at = 0
        for text, columns, deep in row:
            while (level, at) in covered:
                at += 1
            cells[at] = text
            covered |= {(level + down, at + right) for down in range(deep) for right in range(columns)}
            at += columns
        rows.append(cells)
    return [*rows, *([sheet.numbering] if sheet.numbering else [])]


def _body(report: Report, sheet: Sheet) -> list[list[str]]:
    percents = sheet.percents
    return [
        [report.shown(value, is_percent=at in percents or _is_rate(row, at)) for at, value in enumerate(row)]
        for row in sheet.rows
    ]


def _is_rate(row: list, at: int) -> bool:  # type: ignore[type-arg]
    return at >= 3 and row[2] == "%"


def _txt(report: Report) -> bytes:
    lines = [*_head(report), _date(report), "BÁO CÁO", report.title, *report.text.values(), "Nơi nhận:", "- Như trên;"]
    for sheet in report.sheets:
        lines += ["", sheet.caption, *([sheet.title] if sheet.title else []), ""]
        lines += ["\t".join(cells) for cells in (*_grid(sheet), *_body(report, sheet))]
        lines += [sheet.note] if sheet.note else []
    return "\n".join(lines).encode()


def _docx(report: Report) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = f"{report.upper}\n{report.sender}", _head(report)[3]
    head.cell(1, 0).text, head.cell(1, 1).text = f"Số: {report.number}", _date(report)
    for text in ("", "BÁO CÁO", report.title, *report.text.values()):
        document.add_paragraph(text)
    for sheet in report.sheets:
        for text in filter(None, (sheet.caption, sheet.title)):
            document.add_paragraph(text)
        _docx_table(document, report, sheet)
        document.add_paragraph(sheet.note)
    return _saved(document)


def _docx_table(document: docx.document.Document, report: Report, sheet: Sheet) -> None:
    body = _body(report, sheet)
    levels = len(sheet.head)
    table = document.add_table(rows=levels + bool(sheet.numbering) + len(body), cols=sheet.width)
    covered: set[tuple[int, int]] = set()
    for level, row in enumerate(sheet.head):
        at = 0
        for text, columns, deep in row:
            while (level, at) in covered:
                at += 1
            cell = table.cell(level, at)
            if columns > 1 or deep > 1:
                cell = cell.merge(table.cell(level + deep - 1, at + columns - 1))
            cell.text = text
            covered |= {(level + down, at + right) for down in range(deep) for right in range(columns)}
            at += columns
    for down, row_cells in enumerate([*([sheet.numbering] if sheet.numbering else []), *body], start=levels):
        for cell, text in zip(table.rows[down].cells, row_cells, strict=True):
            cell.text = text


def _xlsx(report: Report) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Báo cáo"
    for text in (*_head(report), _date(report), "BÁO CÁO", report.title, *report.text.values()):
        page.append([text])
    for number, sheet in enumerate(report.sheets, start=1):
        page = book.create_sheet(f"PL{number}" if "hụ lục" in sheet.caption else f"Sheet{number + 1}")
        page.append([sheet.caption])
        page.append([sheet.title])
        for cells in _grid(sheet):
            page.append(cells)
        for row in sheet.rows:
            page.append([float(v) if not isinstance(v, (str, int, type(None))) else v for v in row])
            for at, value in enumerate(row):
                if (at in sheet.percents or _is_rate(row, at)) and not isinstance(value, (str, type(None))):
                    page.cell(page.max_row, at + 1).number_format = "0.00"
    return _saved(book)


def _saved(thing) -> bytes:  # type: ignore[no-untyped-def]
    held = io.BytesIO()
    thing.save(held)
    return held.getvalue()


def _pdf(report: Report) -> bytes:
    parts = ['#set page(paper: "a4", margin: 1.6cm, flipped: true)', '#set text(size: 9pt, font: "DejaVu Serif")']
    parts += [f"{_quoted(text)}\n" for text in (*_head(report), _date(report), "BÁO CÁO", report.title)]
    parts += [f"{_quoted(text)}\n" for text in report.text.values()]
    for sheet in report.sheets:
        parts += ["#pagebreak()", *(f"{_quoted(text)}\n" for text in (sheet.caption, sheet.title) if text)]
        wide = "(" + ", ".join("3fr" if at == 1 else "1fr" for at in range(sheet.width)) + ")"
        cells = [
            f"table.cell(colspan: {columns}, rowspan: {deep})[{_quoted(text)}]"
            for row in sheet.head
            for text, columns, deep in row
        ]
        cells += [f"[{_quoted(text)}]" for row in ([sheet.numbering] if sheet.numbering else []) for text in row]
        cells += [f"[{_quoted(text)}]" for row in _body(report, sheet) for text in row]
        parts.append(f"#table(columns: {wide}, {', '.join(cells)})")
    return typst.compile("\n".join(parts).encode())


def _quoted(text: str) -> str:
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
