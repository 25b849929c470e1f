"""A description as XLSX: a sheet for every table, its titles above it, merges, typed dates and percents where asked."""

import datetime
import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from plan_documents.description import Description, Paragraph, Table

THIN = Side(style="thin")


def write_workbook(description: Description, path: Path, layout: str) -> None:
    """Write the tables of a description. ``typed`` makes real dates and percents; ``one`` puts all on one sheet."""
    book = Workbook()
    sheet, titles, at, count = book.active, [], 1, 0
    for block in description.blocks:
        if isinstance(block, Paragraph):
            titles = [*titles, block.text][-2:]
        elif isinstance(block, Table):
            count += 1
            if count > 1 and layout != "one":
                sheet, at = book.create_sheet(), 1
            assert isinstance(sheet, Worksheet)
            sheet.title = f"Biểu {count}" if layout != "one" else "Tổng hợp"
            at = _put(sheet, block, titles if count > 1 else _first_titles(description), at, typed=layout == "typed")
            titles = []
    book.save(path)


def _first_titles(description: Description) -> list[str]:
    head = description.head
    return [head["issuer"].upper(), f"{head['kind'].upper()}", head["title"]]


def _put(sheet: Worksheet, table: Table, titles: list[str], at: int, *, typed: bool) -> int:
    wide = len(table.roles)
    for title in titles:
        sheet.cell(at, 1, re.sub(r"\[\^(\w+)\]", r"(\1)", title)).font = Font(bold=True)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=wide)
        at += 1
    at += 1
    for row in range(len(table.rows)):
        for column, cell in table.anchors(row):
            text = f"{cell.label} {cell.text}".strip()
            value, form = _value(re.sub(r"\[\^(\w+)\]", r"(\1)", text), typed)
            put = sheet.cell(at + row, column + 1, value)
            if form:
                put.number_format = form
            put.font = Font(bold=cell.bold)
            put.alignment = Alignment(wrap_text=True, vertical="center")
            put.border = Border(THIN, THIN, THIN, THIN)
            if cell.colspan > 1 or cell.rowspan > 1:
                sheet.merge_cells(
                    start_row=at + row, start_column=column + 1,
                    end_row=at + row + cell.rowspan - 1, end_column=column + cell.colspan,
                )  # fmt: skip
    return at + len(table.rows) + 2


def _value(text: str, typed: bool) -> tuple[Any, str]:
    """Return (value, number format): what a person who types into a spreadsheet would get."""
    if re.fullmatch(r"\d{1,4}", text):
        return int(text), ""
    if typed and (day := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)):
        return datetime.date(int(day[3]), int(day[2]), int(day[1])), "dd/mm/yyyy"
    if typed and re.fullmatch(r"\d+%", text):
        return int(text[:-1]) / 100, "0%"
    return text or None, ""
