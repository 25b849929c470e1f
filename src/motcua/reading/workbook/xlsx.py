"""XLSX read as sheets of printed texts: shared strings, number formats, merged cells, borders, what is hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.reading.package import Package
from motcua.reading.workbook.formats import format_of, shown
from motcua.reading.workbook.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet, place

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_SHEETS = 60
_ON = ("1", "true")


@dataclass
class _Look:
    """Styles by index: number format, and whether lines are drawn around the cell."""

    formats: list[str] = field(default_factory=list)
    bordered: list[bool] = field(default_factory=list)


def read_sheets(package: Package) -> tuple[list[Sheet], list[str]]:
    """Return the visible sheets of an XLSX and the names of the hidden ones. Raise Refused if it is broken."""
    name = package.main_part("xl/workbook.xml")
    book = package.xml(name)
    if book is None:
        raise Refused("Tệp XLSX hỏng: không có danh sách trang tính.")
    related = package.relations(name)
    parts = {kind: target for kind, target in related.values()}
    strings = _strings(package.xml(parts.get("sharedStrings", "")))
    look = _look(package.xml(parts.get("styles", "")))
    properties = book.find(f"{S}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in _ON
    sheets: list[Sheet] = []
    hidden: list[str] = []
    left = MAX_CELLS
    for each in book.iter(f"{S}sheet"):
        title = each.get("name", "")
        target = related.get(each.get(_RELATION, ""), ("", ""))
        if each.get("state", "visible") != "visible":
            hidden.append(title)
        elif target[0] == "worksheet" and len(sheets) < MAX_SHEETS:
            root = package.xml(target[1])
            if root is not None:
                sheets.append(_Reader(strings, look, from_1904=from_1904, most=left).read(root, title))
                left -= len(sheets[-1].texts)
    return sheets, hidden


def _strings(root: etree._Element | None) -> list[str]:
    if root is None:
        return []
    return [_text(item) for item in root.iterchildren(f"{S}si")]


def _text(item: etree._Element) -> str:
    """Return a string's text; not the readings (phonetic runs) above it."""
    pieces = [node.text or "" for node in item.iter(f"{S}t") if node.getparent().tag != f"{S}rPh"]
    text = "".join(pieces)
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return nfc(text)


def _look(root: etree._Element | None) -> _Look:
    look = _Look()
    if root is None:
        return look
    own = {_whole(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter(f"{S}numFmt")}
    borders = [
        any(side.get("style", "none") != "none" for side in border) for border in root.iterfind(f"{S}borders/{S}border")
    ]
    for each in root.iterfind(f"{S}cellXfs/{S}xf"):
        look.formats.append(format_of(_whole(each.get("numFmtId")), own))
        border = _whole(each.get("borderId"))
        look.bordered.append(0 <= border < len(borders) and borders[border])
    return look


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


class _Reader:
    def __init__(self, strings: list[str], look: _Look, *, from_1904: bool, most: int) -> None:
        self._strings, self._look, self._from_1904, self._most = strings, look, from_1904, most

    def read(self, root: etree._Element, title: str) -> Sheet:
        sheet = Sheet(nfc(title))
        for column in root.iterfind(f"{S}cols/{S}col"):
            if column.get("hidden") in _ON:
                first, last = _whole(column.get("min")), _whole(column.get("max"))
                sheet.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        for at, row in self._rows(root, sheet):
            self._row(sheet, at, row)
            if len(sheet.texts) >= self._most:
                sheet.is_cut = True
                break
        for merge in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
            first, _, last = merge.get("ref", "").partition(":")
            top, bottom = place(first), place(last or first)
            if top and bottom and top[0] <= bottom[0] < MAX_ROWS and top[1] <= bottom[1] and top[1] < MAX_COLUMNS:
                sheet.merged.append((top[0], top[1], bottom[0], min(bottom[1], MAX_COLUMNS - 1)))
        return sheet

    def _rows(self, root: etree._Element, sheet: Sheet) -> Iterator[tuple[int, etree._Element]]:
        at = -1
        for row in root.iterfind(f"{S}sheetData/{S}row"):
            at = _whole(row.get("r")) - 1 if row.get("r") else at + 1
            if not 0 <= at < MAX_ROWS:
                sheet.is_cut = any(cell.find(f"{S}v") is not None for cell in row)
                if sheet.is_cut:
                    return
                continue  # workbooks often have a million rows with nothing in them
            if row.get("hidden") in _ON:
                sheet.hidden_rows.add(at)
            yield at, row

    def _row(self, sheet: Sheet, at: int, row: etree._Element) -> None:
        column = -1
        for cell in row.iterchildren(f"{S}c"):
            named = place(cell.get("r", ""))
            column = named[1] if named else column + 1
            if column >= MAX_COLUMNS:
                break
            style = _whole(cell.get("s"))
            if style < len(self._look.bordered) and self._look.bordered[style]:
                sheet.bordered.add((at, column))
            text = self._cell(cell, style, sheet)
            if text.strip():
                sheet.texts[at, column] = text

    def _cell(self, cell: etree._Element, style: int, sheet: Sheet) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return _text(inline) if inline is not None else ""
        held = cell.findtext(f"{S}v")
        if held is None or not held.strip():
            sheet.unreckoned += cell.find(f"{S}f") is not None and kind != "str"
            return ""
        if kind == "s":
            at = _whole(held)
            return self._strings[at] if at < len(self._strings) else ""
        if kind == "b":
            return "Có" if held == "1" else "Không"
        if kind in ("str", "e", "d"):
            return nfc(held)
        form = self._look.formats[style] if style < len(self._look.formats) else "General"
        return shown(held, form, from_1904=self._from_1904)
