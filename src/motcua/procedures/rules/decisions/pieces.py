"""The cells and paragraphs of a decision in reading order, and what a code and a name look like in them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from motcua.base.text import fold, squash
from motcua.reading.blocks import Cell, Document, Table

# The suffix of a local copy is broken anywhere by narrow columns: "2.000908.00 0.00.00.H61", "….0 00.00.00.H 61".
CODE = re.compile(
    r"(?<![\d.])([1-9]\.\d{6})"
    r"((?:\s?\.\s?0\s?0\s?0(?!\d))?(?:\s?\.\s?\d\s?\d(?!\d)){0,2}(?:\s?\.\s?H\s?\d(?:\s?\d){0,2})?)(?![\d])"
)
BROKEN = re.compile(r"[1-9][.,]\s?(?:\d{4,5}|\d{7,8})")  # a code with a digit too few or too many
CODE_HEAD = re.compile(r"^(ma( so)?( tthc| thu tuc| ho so| quoc gia| moi)?|so ho so)\b")
_SLIPPED = re.compile(r"([1-9])\s*\.\s*(\d(?:\s?\d){5})")  # blanks within: "1. 002010", "1.0 08624"
_GLUED = re.compile(r"(?:[1-9]\.\d{6}){2,}")  # two codes below each other, where a cell of a PDF joined its lines
_SECOND_STOP = re.compile(r"([1-9])\s?\.\s?(\d{3})\s?\.\s?(\d{3})")  # also a sum of money: only under its heading
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", ",": "."})
_CODE_MOST = 16  # characters of a code with all its slips
_NUMBERED = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ]|\d{1,2})\s*[.)/-]\s*\S")
_LETTERED = re.compile(r"^[a-zđ]\)\s")
LIST = re.compile(r"^(?:[ivx\d]+[.)]?\s*)?(?:phu luc\s*[ivx\d]*\s*[.:]?\s*)?danh muc\b.{0,80}\b(?:thu tuc|tthc)\b")
# A heading that the source runs on from the bracket above it: "(Kèm theo Quyết định …) 1. Danh mục …".
_RUN_ON = re.compile(r"(?<=\))\s+(?=(?:[IVX]{1,4}|\d{1,2}|[A-ZĐ])\.\s+(?:Danh mục|DANH MỤC|Thủ tục|THỦ TỤC|TTHC)\s)")
_LIMIT = re.compile(
    r"^(\d+([.,]\d+)?\s*(\(.{1,20}\)\s*)?(ngay|gio|thang|nam)\b|(trong )?(thoi han|thoi gian)|khong qua|"
    r"ngay trong ngay|tong so|khong$|"
    r"toan trinh|mot phan|truc tiep|x$|luat |nghi dinh|thong tu|quyet dinh so|nop |muoi |cach thuc|dia diem)"
)
# Words that end no name: what stands below goes on.
OPEN_END = re.compile(
    r"(?:[,(/–-]|\b(?:và|của|cho|với|về|trong|tại|thuộc|hoặc|đối|từ|bằng|theo|để|các|những|đến|bị|khi|như|gồm|nhằm|phải|được|"
    r"là|có|mã|mã số|mã(?: số)?(?: tthc| thủ tục| hồ sơ)*\s*:))\s*$",
    re.I,
)
_LABELLED_LINE = re.compile(r"[\s+–-]*(?:tên thủ tục|tên tthc|lĩnh vực|cơ quan thực hiện)(?: hành chính)?\s*:", re.I)
_FOLDS, _RAGGED, _FOLDED_LINES = (40, 130), 6, 4  # lengths of folded lines; how ragged; how many there must be
_ANNEX = re.compile(r"^phu luc\b")


@dataclass(frozen=True)
class Piece:
    """A cell or paragraph in reading order; ``row`` and ``column`` where its table still knows them.

    ``lines`` are the lines of a cell, where one cell may name several procedures; ``printed`` what stood where a
    misprinted code is mended.
    """

    text: str
    line_start: int
    line_end: int
    row: tuple[int, int] | None = None  # table, row
    column: int | None = None
    lines: tuple[str, ...] = ()
    printed: str = ""


def pieces_of(document: Document) -> list[Piece]:
    """Return all cells and paragraphs that hold text, in reading order; lines of one sentence or heading as one."""
    found: list[Piece] = []
    width = _folded_at(document)
    for piece in _pieces(document):
        above = found[-1] if found else None
        if above is not None and (_goes_on(above, piece) or _is_folded(above, piece, document.lines, width)):
            found[-1] = replace(above, text=f"{above.text} {piece.text}", line_end=piece.line_end)
        else:
            found.append(piece)
    return found


def is_capital(text: str) -> bool:
    """Tell whether a text is set in capitals, as headings are."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)


def is_name(text: str) -> bool:
    """Tell whether a text may name a procedure: no time limit, legal basis, mark, code or heading of an annex."""
    folded = fold(text)
    starts_high = re.sub(r"^[a-zđ]\)\s*", "", text).lstrip("“\"'*(- ")[:1].isupper()
    if len(text) < 10 or not starts_high or CODE.search(text):
        return False
    return not _LIMIT.match(folded.lstrip("-+* ")) and not (_ANNEX.match(folded) and is_capital(text))


def is_headed_name(text: str) -> bool:
    """Tell whether a text under the heading of names may be one: it may be short, or begin with a small letter."""
    if is_name(text):
        return True
    folded = fold(text).lstrip("-+* ")
    letters = sum(letter.isalpha() for letter in text)
    return letters >= 5 and not CODE.search(text) and not _LIMIT.match(folded) and text[:1] not in "(-–"


def _goes_on(above: Piece, piece: Piece) -> bool:
    if above.row is not None or piece.row is not None or piece.line_start != above.line_end + 1:
        return False
    if _LABELLED_LINE.match(piece.text) or _LETTERED.match(piece.text):
        return False
    if CODE.search(above.text) or CODE.search(piece.text):  # "a) Thủ tục … đơn / vị của địa phương (mã số 1.010060)"
        if not _is_item(above.text) or CODE.search(above.text) and CODE.match(piece.text):
            return False
        return _is_open(above.text) or (piece.text[:1].islower() and not _has_ended(above.text))
    if _NUMBERED.match(piece.text) or _LETTERED.match(piece.text):
        return False
    return piece.text[:1].islower() or (is_capital(above.text) and is_capital(piece.text) and len(above.text) < 400)


def _folded_at(document: Document) -> int:
    """Return the length at which a copied text was folded, 0 where it was not: several lines are that long."""
    if document.kind != "text":
        return 0
    sizes = sorted((len(document.lines[one.line_start - 1].rstrip()) for one in document.paragraphs), reverse=True)
    for at, size in enumerate(sizes):
        if not _FOLDS[0] <= size <= _FOLDS[1]:
            continue
        if sum(other > size - _RAGGED for other in sizes[at:]) >= _FOLDED_LINES:
            return size
    return 0


def _is_folded(above: Piece, piece: Piece, lines: tuple[str, ...], width: int) -> bool:
    """Tell whether an item goes on because its line was full: the next word had no room in it."""
    if not width or above.row is not None or piece.row is not None or piece.line_start != above.line_end + 1:
        return False
    if not _is_item(above.text) or _NUMBERED.match(piece.text) or _LETTERED.match(piece.text) or is_capital(piece.text):
        return False
    last = lines[above.line_end - 1].rstrip()
    return len(last) <= width < len(last) + 1 + len(piece.text.split(" ")[0])


def _is_item(text: str) -> bool:
    """Tell whether a text is an item of a list: "1. Cấp giấy phép cho tổ chức, cá"."""
    return bool(_LETTERED.match(text) or re.match(r"\s*(?:\d{1,2}[.)]|[-–+])\s+\S", text))


def _has_ended(text: str) -> bool:
    return text.rstrip()[-1:] in (".", ";", ":")


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or bool(OPEN_END.search(text))


def _pieces(document: Document) -> Iterator[Piece]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield from _cells(block, number)
            continue
        for text in _RUN_ON.split(block.text):
            if text:
                mended, printed = _mended(text, False)
                yield Piece(mended, block.line_start, block.line_end, printed=printed)


def _cells(table: Table, number: int) -> Iterator[Piece]:
    heads = [cell for row in table.rows[:3] for cell in row.cells if cell.text and not CODE.search(cell.text)]
    codes = {cell.column for cell in heads if len(cell.text) < 60 and CODE_HEAD.match(fold(cell.text))}
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            if cell.text:
                yield from _split(cell, (number, at), cell.column is not None and cell.column in codes)


def _split(cell: Cell, row: tuple[int, int], is_code: bool) -> Iterator[Piece]:
    """Yield a cell, cut before a line that heads a list: where rows ran together it is no part of what is above."""
    runs: list[list[tuple[int, str]]] = [[]]
    for line, text in cell.parts:
        if runs[-1] and LIST.match(fold(text)):
            runs.append([])
        runs[-1].append((line, text))
    for run in runs:
        text = squash(" ".join(text for _, text in run))
        if text:
            lines = tuple(squash(text) for _, text in run if squash(text))
            mended, printed = _mended(text, is_code)
            yield Piece(mended, run[0][0], run[-1][0], row, cell.column, lines, printed)


def _mended(text: str, is_code: bool) -> tuple[str, str]:
    """Return a cell that is a code but for a slip as that code, and what was printed ("" where nothing was mended).

    Blanks are slips anywhere; a stop too many, a comma, the letters O and l only under the heading of codes.
    """
    stripped = text.strip("() ")
    if _GLUED.fullmatch(stripped):
        return " ".join(re.findall(r"[1-9]\.\d{6}", stripped)), ""
    joined = re.sub(r"\s", "", stripped)
    if len(joined) > _CODE_MOST and CODE.fullmatch(joined) and not CODE.fullmatch(stripped):
        return joined, stripped  # a code with its suffix, broken by a narrow column
    if CODE.fullmatch(stripped) or len(stripped) > _CODE_MOST:
        return text, ""
    if found := _SLIPPED.fullmatch(stripped):
        return _code(found[1], found[2]), stripped
    if is_code:
        digits = stripped.translate(_LETTERS)
        if found := _SECOND_STOP.fullmatch(digits) or _SLIPPED.fullmatch(digits):
            return _code(found[1], digits[found.start(2) :]), stripped
    return text, ""


def _code(group: str, rest: str) -> str:
    return f"{group}.{re.sub(r'[^0-9]', '', rest)}"
