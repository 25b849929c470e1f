"""The body of a DOCX from top to bottom: each printed line a line, paragraphs and tables as blocks."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Row, Table
from motcua.reading.docx.names import P_PR, R_PR, SDT, SDT_CONTENT, TBL, WRAPPERS, P, W, is_on, value, whole
from motcua.reading.docx.numbering import Numbering
from motcua.reading.docx.runs import Found, Runs
from motcua.reading.docx.styles import Style, Styles
from motcua.reading.docx.tables import Placed, columns_of, placed_rows
from motcua.reading.framing import unfolded
from motcua.reading.package import Package

_BODY = "word/document.xml"
_CHUNK = f"{W}altChunk"
_CONTENTS = "table of contents"
_LIST_SIGN = b"numId"
_OLD_FONT_SIGNS = (b'".Vn', b'"VNI')
_DEEPEST = 20  # tables and boxes within each other
_STYLE, _DELETED, _HIDDEN, _NUMBERED = (f"{W}{name}" for name in ("pStyle", "del", "vanish", "numPr"))
_NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}


def read_docx(content: bytes) -> Document:
    """Return the blocks of a DOCX. Raise Refused if the file is broken, locked or unreasonably large."""
    return read_package(Package(content))


def read_package(package: Package) -> Document:
    """Return the blocks of an open DOCX package."""
    name = package.main_part(_BODY)
    root = package.xml(name)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Refused("Tệp DOCX không có phần thân văn bản.")
    return _Reader(package, name).read(body)


class _Reader:
    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        parts = {kind: target for kind, target in package.relations(name).values()}
        self._related = parts
        self._styles = Styles(package.xml(parts.get("styles", "word/styles.xml")))
        sources = (package.read(name), package.read(parts.get("styles", "word/styles.xml")))
        has_lists = any(_LIST_SIGN in each for each in sources)
        self._numbering = Numbering(package.xml(parts.get("numbering", "word/numbering.xml")) if has_lists else None)
        self._found = Found()
        has_old_fonts = any(sign in each for each in sources for sign in _OLD_FONT_SIGNS)
        self._runs = Runs(self._styles, self._found, has_old_fonts=has_old_fonts)
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._carried = ""  # text of a paragraph whose end was deleted: it goes on in the next
        self._depth = 0

    def read(self, body: etree._Element) -> Document:
        self._take_all(body)
        if not any(line.strip() for line in self._lines):
            if self._found.pictures:
                raise Refused("Tệp DOCX chỉ có ảnh quét, không có chữ. Hãy gửi bản PDF hoặc ảnh để nhận dạng chữ.")
            raise Refused("Tệp DOCX không có chữ nào để đọc.")
        self._take_notes()
        return Document(tuple(self._blocks), tuple(self._lines), "docx", tuple(self._told()))

    def _told(self) -> Iterator[str]:
        found = self._found
        if found.has_changes:
            yield "Văn bản còn thay đổi chưa chốt (Track Changes): đọc như khi đã chấp nhận hết."
        if found.pictures:
            yield f"Văn bản có {found.pictures} ảnh; chữ trong ảnh không được đọc."
        if found.chunks:
            yield f"Văn bản nhúng {found.chunks} tài liệu khác (altChunk); phần đó không được đọc."
        for scheme in sorted(found.schemes):
            yield f"Văn bản dùng phông cũ {scheme}; đã chuyển sang Unicode."
        if self._package.has_macros:
            yield "Tệp có macro; chỉ đọc chữ, macro không được chạy."

    def _take_all(self, container: etree._Element) -> None:
        """Take the paragraphs and tables of a body, a cell that is a mere frame, or a text box."""
        for element in self._children(container):
            if element.tag == TBL:
                self._take_table(element)
            else:
                for at, text in self._printed(element):
                    if text:
                        self._blocks.append(Paragraph(text, Place(at, at)))
                self._take_boxes()

    def _take_boxes(self) -> None:
        boxes, self._found.boxes = self._found.boxes, []
        self._depth += 1
        for box in boxes if self._depth <= _DEEPEST else ():
            self._take_all(box)
        self._depth -= 1

    def _children(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs and tables of a body, cell or box, through content controls; not tables of contents."""
        for child in element:
            if child.tag == P or child.tag == TBL:
                yield child
            elif child.tag == SDT:
                gallery = value(child, f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") or ""
                inner = child.find(SDT_CONTENT)
                if inner is not None and gallery.lower() != _CONTENTS:
                    yield from self._children(inner)
            elif child.tag in WRAPPERS:
                yield from self._children(child)
            elif child.tag == _CHUNK:
                self._found.chunks += 1

    def _printed(self, paragraph: etree._Element) -> list[tuple[int, str]]:
        """Return the printed lines of a paragraph with their numbers, its label in front; empty if nothing is printed.

        One line without text remains of an empty paragraph: it parts what stands above from what stands below.
        """
        properties = paragraph.find(P_PR)
        style_id = value(properties, _STYLE) if properties is not None else None
        style = self._styles.style(style_id)
        if style.name.startswith("toc "):
            return []
        text = self._carried + self._runs.text(paragraph, style)
        mark = properties.find(R_PR) if properties is not None else None
        if mark is not None and mark.find(_DELETED) is not None:
            self._found.has_changes = True
            self._carried = text
            return []
        self._carried = ""
        text = text.strip()
        if not text and is_on(mark, _HIDDEN):
            return []
        label = ""
        if style.number_id is not None or (properties is not None and properties.find(_NUMBERED) is not None):
            label = self._label(properties, style_id, style, has_text=bool(text))
        pieces = [piece.strip() for piece in (label + text).split("\n")]
        # The text is composed already: to squash it is to make its white space single.
        return [(self._add(piece), " ".join(piece.split())) for piece in ([one for one in pieces if one] or [""])]

    def _label(self, properties: etree._Element | None, style_id: str | None, style: Style, *, has_text: bool) -> str:
        own = properties.find(_NUMBERED) if properties is not None else None
        number_id = value(own, f"{W}numId") or style.number_id
        if not number_id or number_id == "0":
            return ""
        level = value(own, f"{W}ilvl")
        if level is not None:
            at = whole(level)
        elif style.level is not None:
            at = style.level
        else:
            at = self._numbering.level_of_style(number_id, style_id)
        label, gap = self._numbering.label(number_id, at)
        if not has_text and label in ("-", "+"):
            return ""
        return label + gap if label else ""

    def _add(self, text: str) -> int:
        self._lines.append(text)
        return len(self._lines)

    def _take_table(self, element: etree._Element) -> None:
        rows, has_removed = placed_rows(element)
        self._found.has_changes |= has_removed
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("Tệp DOCX có bảng lồng nhau quá sâu, không được đọc.")
        if all(len(row) == 1 for row in rows):  # a frame drawn around text or around another table
            for row in rows:
                self._take_all(row[0].element)
        elif rows:
            table = self._table(element, rows)
            self._blocks += unfolded(table) or [table]
        self._depth -= 1

    def _table(self, element: etree._Element, rows: list[list[Placed]]) -> Table:
        place = columns_of(element, rows)
        width = max(place.values()) + 1
        laid: list[Row] = []
        for row in rows:
            parts = [() if cell.goes_on else self._parts(cell.element) for cell in row]
            at = next((own[0][0] for own in parts if own), max(len(self._lines), 1))
            cells: list[Cell] = []
            nexts = [place[cell.start] for cell in row[1:]] + [width]
            for cell, own, after in zip(row, parts, nexts, strict=True):
                column = place[cell.start]
                reach = column
                if cell.end > cell.start + 1:
                    reach = min(max(place[start] for start in place if start < cell.end), after - 1)
                at = own[0][0] if own else at
                cells.append(Cell(own or ((at, ""),), column, cell.goes_on))
                cells += [Cell(((at, ""),), extra) for extra in range(column + 1, reach + 1)]
            laid.append(Row(tuple(cells)))
        return Table(tuple(laid), width)

    def _parts(self, cell: etree._Element) -> tuple[tuple[int, str], ...]:
        """Return the lines of a cell: its paragraphs, and each row of a table inside it as one line."""
        parts: list[tuple[int, str]] = []
        for element in self._children(cell):
            if element.tag == TBL:
                parts += self._inner_lines(element)
                continue
            parts += self._printed(element)
            boxes, self._found.boxes = self._found.boxes, []
            for box in boxes:
                for inner in box.iter(P):
                    parts += self._printed(inner)
            self._found.boxes = []
        kept = tuple(part for part in parts if part[1])
        return kept or tuple(parts[:1])

    def _inner_lines(self, table: etree._Element) -> list[tuple[int, str]]:
        rows, has_removed = placed_rows(table)
        self._found.has_changes |= has_removed
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("Tệp DOCX có bảng lồng nhau quá sâu, không được đọc.")
        parts: list[tuple[int, str]] = []
        for row in rows:
            if len(row) == 1:
                parts += self._parts(row[0].element)
                continue
            before = len(self._lines)
            texts = [" ".join(text for _, text in self._parts(cell.element)) for cell in row if not cell.goes_on]
            del self._lines[before:]
            text = " | ".join(one for one in texts if one)
            parts.append((self._add(text), text))
        self._depth -= 1
        return parts

    def _take_notes(self) -> None:
        """Put the footnotes, then the endnotes, behind the text: "(1) …", as their marks were counted."""
        notes, self._found.notes = self._found.notes, []
        roots = {kind: self._package.xml(self._related.get(part, "")) for kind, part in _NOTE_PARTS.items() if notes}
        for number, (kind, identity) in enumerate(notes, start=1):
            root = roots.get(kind)
            for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}id") != identity:
                    continue
                self._add("")
                texts = [text for paragraph in note.iter(P) for text in self._note_texts(paragraph)]
                text = squash(f"({number}) {' '.join(texts)}")
                if texts:
                    at = self._add(text)
                    self._blocks.append(Paragraph(text, Place(at, at)))
                break

    def _note_texts(self, paragraph: etree._Element) -> list[str]:
        text = squash(self._runs.text(paragraph, replace(self._styles.style(None), is_hidden=None)))
        return [text] if text else []
