"""HTML: saved pages of legal portals, pages saved by Word, web archives (MHTML). Styles say what is printed."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Row, Table
from motcua.reading.encodings import decoded
from motcua.reading.framing import unfolded
from motcua.reading.numerals import roman
from motcua.reading.page_signs import is_archive
from motcua.reading.spans import Laid, lay

MAX_BYTES = 20_000_000
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "aside",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "form",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "audio",
        "video",
        "map",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SIDE_ROLES = frozenset(("navigation", "banner", "search", "complementary", "menu", "menubar", "dialog"))
_NOTE_LINK = re.compile(r"#_(?:ftn|edn)(?:ref)?(\d+)$", re.I)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I)
_DIGITS = re.compile(r"\(?\d{1,2}\)?")
_MENU_LINKS = 5  # a list of so many links and hardly a word besides is a menu
_MENU_SHARE = 0.85
_MENU_WORDS = 60  # letters per link: longer ones are titles of laws
_MAIN_SHARE = 0.5  # of the page's letters, in what the page itself calls its main part
_FRAME_SHARE = 0.6  # of a table's letters, in the tables inside it: then it only places them
_DEEPEST = 200
_HEAD = 4096  # letters at either end of a page in which its first and last marks stand
_TOO_DEEP = "Trang HTML có các phần lồng nhau quá sâu, không được đọc."
_SIGNS = str.maketrans({"\u200b": None, "\ufeff": None, "\u00ad": None, "\uf0b7": "-", "\uf0a7": "-", "\uf02d": "-"})


def read_html(content: bytes) -> Document:
    """Return the blocks of a page. Raise Refused if it is too large or has no text."""
    if len(content) > MAX_BYTES:
        raise Refused(f"Trang HTML quá lớn (tối đa {MAX_BYTES // 1_000_000} MB).")
    charset = ""
    if is_archive(content):
        content, charset = _page_of_archive(content)
    text = _unstyled(_text_of(content, charset))
    if not text.strip():
        raise Refused("Trang HTML không có nội dung.")
    parser = html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("Trang HTML hỏng, không đọc được.") from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Refused(_TOO_DEEP)  # the parser leaves out what lies deeper, without a word
    page = _Page()
    page.take(_main_part(root))
    if not any(page.lines):
        raise Refused("Trang HTML không có chữ nào để đọc.")
    notes = [*page.told()]
    if "<html" in text[:_HEAD].lower() and "</html" not in text[-_HEAD:].lower():
        notes.append("Trang HTML không có chỗ kết thúc (thiếu </html>): có thể đã bị cụt khi tải.")
    return Document(tuple(page.blocks), tuple(page.lines), "html", tuple(notes))


def _page_of_archive(content: bytes) -> tuple[bytes, str]:
    """Return the page inside a web archive and the charset that the archive names."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            inner = part.get_payload(decode=True)
            return (inner if isinstance(inner, bytes) else b""), part.get_content_charset("")
    raise Refused("Tệp lưu trang web (MHTML) không chứa trang nào.")


def _text_of(content: bytes, charset: str) -> str:
    said = charset or (found.group(1).decode() if (found := _CHARSET.search(content[:4096])) else "")
    return decoded(content, said)[0]


def _unstyled(text: str) -> str:
    """Return a page without what parsers stumble over: its declaration of encoding, and Word's conditions."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    # "<![if !supportLists]>": what stands between two such marks is printed.
    return re.sub(r"<!\[(?:if [^\]<]{0,200}|endif)\]>", "", text)


def _main_part(root: etree._Element) -> etree._Element:
    """Return the part that a page calls its main one, if it has most of the text; the body otherwise."""
    body = root.find("body")
    body = root if body is None else body
    letters = len(body.text_content())
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.xpath(path)
        if len(found) == 1 and len(found[0].text_content()) > _MAIN_SHARE * letters:
            return found[0]
    return body


@dataclass
class _List:
    """A list being printed: the form of its labels and the number of its next item."""

    form: str
    number: int = 1


@dataclass
class _Page:
    """What has been printed so far. ``_open`` are the pieces of the line being made."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0
    _open: list[str] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _depth: int = 0

    def told(self) -> Iterator[str]:
        if self.pictures:
            yield f"Trang có {self.pictures} ảnh trong bảng; chữ trong ảnh không được đọc."

    def take(self, container: etree._Element) -> None:
        """Take all that a container prints, as paragraphs and tables."""
        for line, text in self._printed(container, self.blocks):
            self.blocks.append(Paragraph(text, Place(line, line)))

    def _printed(self, element: etree._Element, blocks: list[Block] | None) -> Iterator[tuple[int, str]]:
        """Yield the printed lines of an element; its tables go to ``blocks``, or are lines too where that is None."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused(_TOO_DEEP)
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _is_silent(child):
                yield from self._child(child, blocks)
            self._say(child.tail)
        if element.tag in _BLOCKS:
            yield from self._close()
        self._depth -= 1

    def _child(self, child: etree._Element, blocks: list[Block] | None) -> Iterator[tuple[int, str]]:
        tag = child.tag
        if tag == "br":
            yield from self._close()
        elif tag == "img":
            self.pictures += blocks is None
        elif tag == "table":
            yield from self._close()
            yield from self._table(child, blocks)
        elif tag in ("ul", "ol", "menu", "dir"):
            yield from self._close()
            self._lists.append(_List(child.get("type", "1") if tag == "ol" else "", _number(child.get("start"), 1)))
            yield from self._printed(child, blocks)
            self._lists.pop()
        else:
            if tag in _BLOCKS:
                yield from self._close()
            if tag == "li":
                self._label(child)
            if (mark := _mark(child, "".join(self._open[-3:]))) is not None:
                self._open.append(mark)
            else:
                yield from self._printed(child, blocks)

    def _say(self, text: str | None) -> None:
        if text:
            self._open.append(re.sub(r"[ \t\r\n\f]+", " ", text))

    def _label(self, item: etree._Element) -> None:
        if not self._lists:
            return
        own = self._lists[-1]
        if not own.form:
            if not re.match(r"\s*[-–+•]", item.text_content()[:20]):
                self._open.append("- ")
            return
        own.number = _number(item.get("value"), own.number)
        self._open.append(f"{_shown(own.number, own.form)}. ")
        own.number += 1

    def _close(self) -> Iterator[tuple[int, str]]:
        text = squash("".join(self._open).translate(_SIGNS))
        self._open.clear()
        if text.strip("- "):
            self.lines.append(text)
            yield len(self.lines), text
        elif self.lines and self.lines[-1]:
            self.lines.append("")  # parts what stands above from what stands below

    def _table(self, table: etree._Element, blocks: list[Block] | None) -> Iterator[tuple[int, str]]:
        rows = lay(list(_rows(table)))
        if blocks is None:
            yield from self._inner_lines(rows)
            return
        if _only_places(table, rows):
            for row in rows:
                for cell in row:
                    if cell.element is not None and cell.is_start:
                        yield from self._printed(cell.element, blocks)
            return
        width = max((len(row) for row in rows), default=0)
        grid = Table(tuple(self._row(row) for row in rows if row), width)
        blocks += unfolded(grid) or [grid]

    def _row(self, row: list[Laid]) -> Row:
        parts = [self._parts(cell) for cell in row]
        at = next((own[0][0] for own in parts if own), max(len(self.lines), 1))
        cells = []
        for column, (cell, own) in enumerate(zip(row, parts, strict=True)):
            at = own[0][0] if own else at
            cells.append(Cell(own or ((at, ""),), column, cell.is_below))
        return Row(tuple(cells))

    def _parts(self, cell: Laid) -> tuple[tuple[int, str], ...]:
        if cell.element is None or not cell.is_start:
            return ()
        return (*self._printed(cell.element, None), *self._close())

    def _inner_lines(self, rows: list[list[Laid]]) -> Iterator[tuple[int, str]]:
        for row in rows:
            texts = []
            for cell in row:
                if cell.element is not None and cell.is_start:
                    before = len(self.lines)
                    texts.append(" ".join(text for _, text in self._parts(cell)))
                    del self.lines[before:]
            text = " | ".join(text for text in texts if text)
            if text:
                self.lines.append(text)
                yield len(self.lines), text


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the cells of each row of a table itself, not of those inside it; hidden ones left out."""
    groups = [child for child in table if child.tag in ("thead", "tbody", "tfoot", "tr")]
    groups.sort(key=lambda group: (group.tag == "tfoot") - (group.tag == "thead"))  # printed in this order
    for group in groups:
        for row in [group] if group.tag == "tr" else [each for each in group if each.tag == "tr"]:
            if not _is_silent(row):
                yield [cell for cell in row if cell.tag in ("td", "th") and not _is_silent(cell)]


def _only_places(table: etree._Element, rows: list[list[Laid]]) -> bool:
    """Tell whether a table is there for the layout of the page.

    Its rows are of one column, its text is that of tables inside, or most of it stands in one cell with a table inside.
    """
    if all(sum(cell.is_start for cell in row) <= 1 for row in rows):
        return True
    inner = [each for each in table.iterdescendants("table") if next(each.iterancestors("table")) is table]
    letters = len(squash(table.text_content()))
    if sum(len(squash(each.text_content())) for each in inner) > _FRAME_SHARE * letters:
        return True
    # A column of the page holds the whole document, its letterhead a table in it, beside a menu.
    cells = [cell.element for row in rows for cell in row if cell.element is not None and cell.is_start]
    frames = [cell for cell in cells if next(cell.iter("table"), None) is not None]
    return any(len(squash(cell.text_content())) > _FRAME_SHARE * letters for cell in frames)


def _is_silent(element: etree._Element) -> bool:
    """Tell whether an element prints nothing of the document: hidden, code, or a menu."""
    if element.tag in _SILENT or element.get("hidden") is not None:
        return True
    if _HIDDEN.search(element.get("style", "")) or element.get("role") in _SIDE_ROLES:
        return True
    if element.tag in ("ul", "div", "header", "footer", "section"):
        return _is_menu(element)
    return False


def _is_menu(element: etree._Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < _MENU_LINKS or next(element.iter("table"), None) is not None:
        return False
    linked = sum(len(squash(link.text_content())) for link in links)
    whole = len(squash(element.text_content()))
    return linked >= _MENU_SHARE * whole and linked < _MENU_WORDS * len(links)


def _mark(element: etree._Element, before: str) -> str | None:
    """Return "(1)" for a footnote's mark, in the text or before the note; None for what is no mark."""
    if element.tag == "a" and (found := _NOTE_LINK.search(element.get("href", ""))):
        return f"({found.group(1)}) " if not before.strip() else f"({found.group(1)})"
    if element.tag == "sup":
        digits = squash(element.text_content())
        if (
            _DIGITS.fullmatch(digits)
            and not re.search(r"(?:^|[\W\d])[kcdm]?m$", before)
            and element.find(".//a") is None
        ):
            return f"({digits.strip('()')}) " if not before.strip() else f"({digits.strip('()')})"
    return None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text.strip()) else otherwise


def _shown(number: int, form: str) -> str:
    if form in ("i", "I"):
        return roman(number) if form == "I" else roman(number).lower()
    if form in ("a", "A") and 1 <= number <= 26:
        return chr((97 if form == "a" else 65) + number - 1)
    return str(number)
