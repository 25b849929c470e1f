"""DOCX: the same blocks from WordprocessingML. Lines are paragraphs counted through the whole body."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Row, Table

MAX_BYTES = 50_000_000
MAX_UNPACKED = 200_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"


def read_docx(content: bytes) -> Document:
    """Return the blocks of a DOCX. Raise Refused if the file is broken, locked or unreasonably large."""
    body = _body(content)
    lines: list[str] = []
    blocks: list[Block] = []
    for element in _children(body):
        if element.tag == f"{_W}p":
            at = _add(lines, _text(element))
            if lines[at - 1]:
                blocks.append(Paragraph(squash(lines[at - 1]), Place(at, at)))
        elif element.tag == f"{_W}tbl":
            table = _table(element, lines)
            if table:
                blocks.append(table)
    if not any(line.strip() for line in lines):
        raise Refused("Tệp DOCX không có chữ nào để đọc (có thể chỉ gồm ảnh quét).")
    return Document(tuple(blocks), tuple(lines), "docx")


def _body(content: bytes) -> etree._Element:
    if len(content) > MAX_BYTES:
        raise Refused(f"Tệp DOCX quá lớn (tối đa {MAX_BYTES // 1_000_000} MB).")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = archive.getinfo(_BODY)
            if info.file_size > MAX_UNPACKED:
                raise Refused("Tệp DOCX nén bất thường, không được đọc.")
            xml = archive.read(_BODY)
    except KeyError as error:
        raise Refused("Tệp ZIP này không phải tài liệu DOCX.") from error
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise Refused("Tệp DOCX hỏng hoặc bị khóa mật khẩu, không mở được.") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        body = etree.fromstring(xml, parser).find(f"{_W}body")
    except etree.XMLSyntaxError as error:
        raise Refused("Nội dung tệp DOCX hỏng, không đọc được.") from error
    if body is None:
        raise Refused("Tệp DOCX không có phần thân văn bản.")
    return body


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body or cell, through content controls."""
    for child in element:
        if child.tag == f"{_W}sdt":
            inner = child.find(f"{_W}sdtContent")
            if inner is not None:
                yield from _children(inner)
        elif child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen", f"{_W}footnoteReference"):
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif node.tag == f"{_W}footnoteReference":
            pieces.append(f"({node.get(f'{_W}id')})")
        else:
            pieces.append(" ")
    dash = "- " if paragraph.find(f"{_W}pPr/{_W}numPr") is not None and pieces else ""
    return nfc(dash + "".join(pieces)).strip()


def _add(lines: list[str], text: str) -> int:
    lines.append(text)
    return len(lines)


def _table(element: etree._Element, lines: list[str]) -> Table | None:
    rows: list[Row] = []
    above: dict[int, Cell] = {}
    width = 0
    for row in element.iter(f"{_W}tr"):
        cells: list[Cell] = []
        column = 0
        for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"):
            span, merge = _span(cell), cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
            parts = _parts(cell, lines)
            if goes_on and column in above and not any(text for _, text in parts):
                # The merged cell is empty below its first row: whoever understands the table decides what that means.
                parts = ((parts[0][0], ""),)
            else:
                above[column] = Cell(parts, column)
            cells.append(Cell(parts, column, goes_on))
            cells += [Cell(((parts[0][0], ""),), column + extra) for extra in range(1, span)]
            column += span
        width = max(width, column)
        if cells:
            rows.append(Row(tuple(cells)))
    return Table(tuple(rows), width) if rows and width >= 2 else None


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = found.get(f"{_W}val", "1") if found is not None else "1"
    return min(max(int(value), 1), 60) if value.isdigit() else 1


def _parts(cell: etree._Element, lines: list[str]) -> tuple[tuple[int, str], ...]:
    parts = []
    for paragraph in cell.iter(f"{_W}p"):
        text = _text(paragraph)
        parts.append((_add(lines, text), text))
    kept = tuple(part for part in parts if part[1])
    return kept or (tuple(parts[:1]) or ((max(len(lines), 1), ""),))
