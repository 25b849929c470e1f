"""The procedures that a decision lists: codes as anchors, their names beside them, changes from the headings above.

Lists come as tables whose cells still know their columns, and as cells in a row where the scraper lost the table. A
national code is unmistakable (DOMAIN 4.9), so it leads; the printed headings tell on which side of it the name stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from motcua.base.text import fold, squash
from motcua.procedures.rules.decisions.changes import change_of_heading
from motcua.procedures.rules.decisions.values import LISTED, NEW, Doubt, NamedProcedure
from motcua.reading.blocks import Document, Table

# The suffix of a local copy is broken anywhere by narrow columns: "2.000908.00 0.00.00.H61".
CODE = re.compile(
    r"(?<![\d.])([1-9]\.\d{6})((?:\.\s?\d{2}\s?\d(?!\d))?(?:\s?\.\s?\d{2}){0,2}(?:\s?\.\s?H\d{1,3})?)(?![\d])"
)
_BROKEN = re.compile(r"[1-9][.,]\s?(?:\d{4,5}|\d{7,8})")  # a code with a digit too few or too many
_BARE = re.compile(r"^[\s(]*(?:mã(?: số)?(?: tthc| thủ tục hành chính)?\s*:?\s*)?", re.I)
_MARKED = re.compile(r"[(\[]?\s*(?:mã(?: số| hồ sơ)?(?:\s+(?:tthc|thủ tục(?: hành chính)?|hồ sơ))?\s*:?\s*)$", re.I)
_CODE_HEAD = re.compile(r"^(ma( so)?( tthc| thu tuc| ho so| quoc gia)?|so ho so)\b")
_NAME_HEAD = re.compile(r"^(ten|danh muc)?\s*(thu tuc|tthc|ten tthc)|^ten\b")
_ANNEX = re.compile(r"^(phu luc|danh muc|noi dung cu the|quy trinh|phan [ivx\d]+)\b")
_SIGNED = re.compile(r"^(noi nhan|luu:|kt\.|tm\.)")
_LIMIT = re.compile(
    r"^(\d+([.,]\d+)?\s*(\(.{1,20}\)\s*)?(ngay|gio|thang|nam)\b|(trong )?(thoi han|thoi gian)|khong qua|"
    r"ngay trong ngay|tong so|khong$|"
    r"toan trinh|mot phan|truc tiep|x$|luat |nghi dinh|thong tu|quyet dinh so|nop |muoi |cach thuc|dia diem)"
)
_HEADING = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ]|\d+)\s*[.)/-]\s*\S|^(?:DANH MỤC|PHẦN|PHỤ LỤC|THỦ TỤC)\b")
_LIST = re.compile(r"^(?:[ivx\d]+[.)]?\s*)?(?:phu luc\s*[ivx\d]*\s*[.:]?\s*)?danh muc\b.{0,80}\b(?:thu tuc|tthc)\b")
_COLUMN_HEAD = re.compile(r"^(?:(?:so )?(?:stt|tt)|ten (?:thu tuc|tthc))\b|^[ivxa-z]{1,4}[.)]?$")
_NUMBERED = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ]|\d{1,2})\s*[.)/-]\s*\S")
_TAIL = re.compile(r"[\s,;:–—-]*(?:ký hiệu\s*:?\s*[\w-]+\s*)?[\s,;:.)(\]–—-]*$", re.I)
_HEAD = re.compile(r"^[\s\d]{0,4}[.)]?\s*[-–—:.()]*\s*")
_LABEL = re.compile(r"^tên (?:quy trình|thủ tục(?: hành chính)?|tthc)\s*:\s*", re.I)
_NAME_COLUMN = re.compile(r"^(?:ten|danh muc) (?:thu tuc|tthc)\b")
# A cell that says nothing but what happens to the procedure of its row: "TTHC bị bãi bỏ" under "Ghi chú".
_OWN_CHANGE = re.compile(
    r"(?:(?:la )?(?:tthc|thu tuc(?: hanh chinh)?) )?(?:duoc |bi )?"
    r"(?:moi(?: ban hanh)?|ban hanh moi|sua doi|bo sung|sua doi,? bo sung|thay the|bai bo|huy bo)\W*"
)


@dataclass(frozen=True)
class Piece:
    """A cell or paragraph in reading order; ``row`` and ``column`` where its table still knows them."""

    text: str
    line_start: int
    line_end: int
    row: tuple[int, int] | None = None  # table, row
    column: int | None = None


@dataclass
class _Found:
    piece: Piece
    at: int
    code: str
    local_code: str
    rest: str  # what else stands in the piece of the code


def pieces_of(document: Document) -> list[Piece]:
    """Return all cells and paragraphs that hold text, in reading order; lines of one sentence or heading as one."""
    found: list[Piece] = []
    for piece in _pieces(document):
        above = found[-1] if found else None
        if above is not None and _goes_on(above, piece):
            found[-1] = replace(above, text=f"{above.text} {piece.text}", line_end=piece.line_end)
        else:
            found.append(piece)
    return found


def _goes_on(above: Piece, piece: Piece) -> bool:
    if above.row is not None or piece.row is not None or piece.line_start != above.line_end + 1:
        return False
    if CODE.search(piece.text) or CODE.search(above.text) or _NUMBERED.match(piece.text):
        return False
    return piece.text[:1].islower() or (_is_capital(above.text) and _is_capital(piece.text) and len(above.text) < 400)


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)


def _pieces(document: Document) -> Iterator[Piece]:
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            if block.text:
                yield Piece(block.text, block.line_start, block.line_end)
            continue
        for at, row in enumerate(block.rows):
            for cell in row.cells:
                if cell.text:
                    yield Piece(cell.text, cell.line_start, cell.line_end, (number, at), cell.column)


def procedures_of(document: Document, change: str) -> tuple[list[NamedProcedure], list[Doubt]]:
    """Return the procedures listed in the annexes, in order; ``change`` is that of rows under no telling heading."""
    pieces = pieces_of(document)
    start = _end_of_articles(pieces)
    found = [one for at in range(start, len(pieces)) for one in _codes_in(pieces[at], at)]
    if (
        not found and start
    ):  # no annex: the list stands in the articles, as where a decision only abolishes or delegates
        start = _start_of_articles(pieces)
        found = [one for at in range(start, len(pieces)) for one in _codes_in(pieces[at], at)]
    side = _side(pieces)
    sections = _sections(pieces, start, change)
    table_rows = _TableRows(pieces)
    rows: list[NamedProcedure] = []
    for one in found:
        name, last = table_rows.name(one) or _name(one, pieces, side)
        section, own = sections[one.at]
        own = table_rows.change(one) or own
        rows.append(NamedProcedure(one.code, name, own, one.piece.line_start, last, one.local_code, section))
    settled, doubts = _settled(rows)
    for at in range(start, len(pieces)):
        if _BROKEN.fullmatch(pieces[at].text.strip()):
            one = _Found(pieces[at], at, "", pieces[at].text.strip(), "")
            name, last = _name(one, pieces, side)
            section, own = sections[at]
            settled.append(NamedProcedure("", name, own, one.piece.line_start, last, one.local_code, section))
            message = f"Mã “{one.local_code}” không đúng dạng mã thủ tục."
            doubts.append(Doubt("code-broken", message, one.piece.line_start))
    at_line = {piece.line_start: section for piece, section in zip(pieces, sections, strict=True)}
    named = settled + _without_codes(document, at_line)
    return sorted(named, key=lambda row: row.line_start), doubts


def _without_codes(document: Document, sections: dict[int, tuple[str, str]]) -> list[NamedProcedure]:
    """Return the rows of lists that print no codes (internal procedures, drafts): only where a heading says "Tên"."""
    rows: list[NamedProcedure] = []
    for table in document.tables:
        heads = [cell for row in table.rows[:2] for cell in row.cells if len(cell.text) < 60]
        column = next((cell.column for cell in heads if re.match(r"^ten (thu tuc|tthc)", fold(cell.text))), None)
        texts = [text for row in table.rows for text in row.texts]
        if column is None or any(CODE.search(text) or _BROKEN.fullmatch(text) for text in texts):
            continue
        for row in table.rows:
            cells = {cell.column: cell for cell in row.cells}
            name, number = cells.get(column), cells.get(0)
            if (
                name is None
                or number is None
                or not re.fullmatch(r"\d{1,3}\.?", number.text)
                or not _is_name(name.text)
            ):
                continue
            if any(fold(name.text).startswith(fold(row_above.name)) for row_above in rows):
                continue  # its workflow, drawn in an annex below the list
            section, change = sections.get(name.line_start, ("", LISTED))
            rows.append(NamedProcedure("", name.text, change, row.line_start, name.line_end, "", section))
    return rows


class _TableRows:
    """What the row of a code says in tables that know their columns: the name by its heading, the row's own change."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._cells: dict[tuple[int, int], list[Piece]] = {}
        self._name_columns: dict[tuple[int, int], int | None] = {}  # from this row on; None where two columns are names
        for piece in pieces:
            if piece.row is None:
                continue
            self._cells.setdefault(piece.row, []).append(piece)
            if len(piece.text) < 60 and _NAME_COLUMN.match(fold(piece.text)) and not CODE.search(piece.text):
                self._name_columns[piece.row] = None if piece.row in self._name_columns else piece.column

    def name(self, one: _Found) -> tuple[str, int] | None:
        """Return the name in the column whose heading says so, with the last line; None where no heading tells."""
        row = one.piece.row
        if row is None or one.rest:
            return None
        above = [head for head in self._name_columns if head[0] == row[0] and head[1] < row[1]]
        column = self._name_columns[max(above)] if above else None
        cell = next((cell for cell in self._cells[row] if cell.column == column and column is not None), None)
        if cell is None or not _is_name(cell.text):
            return None
        return cell.text.rstrip(" .;,"), max(cell.line_end, one.piece.line_end)

    def change(self, one: _Found) -> str | None:
        """Return the change that a cell of the row states on its own ("Bãi bỏ"), which is nearer than any heading."""
        for cell in self._cells.get(one.piece.row, []) if one.piece.row else []:
            if len(cell.text) <= 60 and _OWN_CHANGE.fullmatch(fold(cell.text).strip()):
                return change_of_heading(cell.text) or (NEW if fold(cell.text).startswith("moi") else None)
        return None


def _start_of_articles(pieces: list[Piece]) -> int:
    """Return where the first article begins: what stands above only cites."""
    return next((at for at, piece in enumerate(pieces) if re.match(r"\W*Điều 1\s*[.:]", piece.text)), 0)


def _end_of_articles(pieces: list[Piece]) -> int:
    """Return where the annexes begin: what the articles cite is no list of theirs."""
    for at, piece in enumerate(pieces):
        if _SIGNED.match(fold(piece.text)):
            return at
    return 0


def _codes_in(piece: Piece, at: int) -> Iterator[_Found]:
    matches = list(CODE.finditer(piece.text))
    if not matches or len(piece.text) > 1500:
        return
    ends = [match.start() for match in matches[1:]] + [len(piece.text)]
    for number, (match, end) in enumerate(zip(matches, ends, strict=True)):
        before = piece.text[: match.start()] if number == 0 else ""
        after = piece.text[match.end() : end]
        rest = _bare_name(_MARKED.sub("", before)) or _bare_name(_MARKED.sub("", after))
        yield _Found(piece, at, match.group(1), squash(match.group()).replace(" ", ""), rest)


def _bare_name(text: str) -> str:
    text = _LABEL.sub("", _TAIL.sub("", _HEAD.sub("", squash(text))))
    text = _BARE.sub("", text) if len(text) < 30 else text
    return text if len(text) >= 8 and any(letter.isalpha() for letter in text) else ""


def _side(pieces: list[Piece]) -> int:
    """Return +1 if names stand after codes, -1 if before: as the headings say, else as most codes have them."""
    for at, piece in enumerate(pieces):
        folded = fold(piece.text)
        if len(folded) > 60 or not _CODE_HEAD.match(folded) or CODE.search(piece.text):
            continue
        if at + 1 < len(pieces) and _NAME_HEAD.match(fold(pieces[at + 1].text)):
            return 1
        if at and _NAME_HEAD.match(fold(pieces[at - 1].text)):
            return -1
    after = before = 0
    for at, piece in enumerate(pieces):
        if CODE.fullmatch(piece.text.strip()):
            after += at + 1 < len(pieces) and _is_name(pieces[at + 1].text)
            before += at > 0 and _is_name(pieces[at - 1].text)
    return -1 if before > after else 1


def _is_name(text: str) -> bool:
    folded = fold(text)
    starts_high = text.lstrip("“\"'*(- ")[:1].isupper()
    return len(text) >= 10 and starts_high and not _LIMIT.match(folded.lstrip("-+* ")) and not CODE.search(text)


def _name(one: _Found, pieces: list[Piece], side: int) -> tuple[str, int]:
    """Return the name beside a code, and the last line of both."""
    if one.rest:
        return one.rest, one.piece.line_end
    for step in (side, -side):
        at = one.at + step
        if 0 <= at < len(pieces) and _same_row(one.piece, pieces[at]) and _is_name(pieces[at].text):
            text, last = _whole(pieces, at)
            text = _TAIL.sub("", _HEAD.sub("", text)) if text[:1].isdigit() else text.rstrip(" .;,")
            return text, max(last, one.piece.line_end)
    return "", one.piece.line_end


def _whole(pieces: list[Piece], at: int) -> tuple[str, int]:
    """Return the text of a cell whose table was lost, line by line, and its last line."""
    text, last = pieces[at].text, pieces[at].line_end
    while pieces[at].row is None and at + 1 < len(pieces):
        at += 1
        below = pieces[at]
        if below.row is not None or below.line_start != last + 1 or CODE.search(below.text):
            break
        text, last = f"{text} {below.text}", below.line_end
    return text, last


def _same_row(one: Piece, other: Piece) -> bool:
    return one.row is None or other.row is None or one.row == other.row


def _sections(pieces: list[Piece], start: int, change: str) -> list[tuple[str, str]]:
    """Return for each piece the heading above it and the change that it stands for."""
    result: list[tuple[str, str]] = []
    heading, current = "", change
    open_line: list[str] = []
    for at, piece in enumerate(pieces):
        if at >= start and _is_heading(piece):
            if _NUMBERED.match(piece.text):  # a heading of its own, not the rest of the one above
                open_line = []
            open_line.append(piece.text)
            heading = squash(" ".join(open_line))[-300:]
            found = change_of_heading(heading)
            if found is None and _ANNEX.match(fold(open_line[0])):
                found = change
            current = found or current
        else:
            open_line = []
        result.append((heading, current))
    return result


def _is_heading(piece: Piece) -> bool:
    text = piece.text.strip()
    folded = fold(text)
    if CODE.search(text) or _CODE_HEAD.match(folded) or _COLUMN_HEAD.match(folded):
        return False
    if len(text) <= 700 and _LIST.match(folded):
        return True  # lists that follow each other may be one table of the source, the heading in any column
    if len(text) > 400:
        return False
    if piece.row is not None and piece.column not in (None, 0, 1):
        return False
    if _is_capital(text):
        return True
    return bool(_HEADING.match(text)) and change_of_heading(text) is not None and "thu tuc" in folded


def _settled(rows: list[NamedProcedure]) -> tuple[list[NamedProcedure], list[Doubt]]:
    """Return each procedure once, with doubts: the annexes with workflows name again what the list names first."""
    kept: dict[str, NamedProcedure] = {}
    doubts: list[Doubt] = []
    for row in rows:
        first = kept.get(row.code)
        if first is None:
            kept[row.code] = row
            continue
        if not first.name and row.name:
            first = replace(first, name=row.name)
        elif row.name and _differs(first.name, row.name):
            message = f"Mã {row.code} ghi cho hai tên: “{first.name}” (dòng {first.line_start}) và “{row.name}”."
            doubts.append(Doubt("code-repeated", message, row.line_start))
        kept[row.code] = replace(first, also_on=(*first.also_on, row.line_start))
    for row in kept.values():
        if not row.name:
            doubts.append(Doubt("name-missing", f"Không thấy tên của thủ tục mã {row.code}.", row.line_start))
    return list(kept.values()), doubts


def _differs(one: str, other: str) -> bool:
    first, second = re.sub(r"\W+", "", fold(one)), re.sub(r"\W+", "", fold(other))
    if second.startswith(("thutu", "quytrinh", "tenquytrinh", "buoc")):  # the heading of its workflow, no name
        return False
    return first not in second and second not in first
