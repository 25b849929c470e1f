"""The head of a table: which rows number its columns, what each column is by its heads and its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.base.text import fold
from motcua.reports.rules.figures import is_blank, read_figure, says_nothing_occurred

MOST_COLUMNS = 60
_COLUMN_NUMBER = re.compile(r"\(?\[?([A-Z]|[a-z]|\d{1,2})[)\]]?\s*(?:=\s*(.{1,80}))?")
_INLINE_FORMULA = re.compile(r"\(?(\d{1,2})?\)?\s*=\s*((?:[\s()+\-*/x×:%,\[\]]|\d{1,3})*\d[\s()\d%\]]*)")
_NUMBERING_LETTERS = re.compile(r"[\d()+\-*/x×=:%\s]+")
_TERM = r"\(?\d{1,3}\)?"
HEAD_WORDS = re.compile(
    r"\b(?:chi tieu|noi dung|nhiem vu|tieu chi|don vi(?: tinh)?|dvt|so lieu|ket qua|ghi chu|tong so|ty le|ti le|"
    r"linh vuc|co quan|ky (?:nay|truoc|bao cao)|luy ke|so luong|ten)\b"
)
CODE_LABELS = {"stt", "tt", "sothutu", "sott", "maso", "ma", "so"}
_NAME_WORDS = re.compile(
    r"\b(?:chi tieu|noi dung|nhiem vu|tieu chi|linh vuc|co quan|ten|danh muc|don vi|dia phuong|xa|phuong|thu tuc)\b"
)
MAIN_VALUE = re.compile(r"\b(?:ky bao cao|ky nay|trong ky|quy nay|so lieu|ket qua|thuc hien|gia tri|so luong)\b")
_GROUP_HEAD = re.compile(r"([^:()]{3,40}):\s*([Tt]ổng(?: số)?|[Cc]ộng)")


@dataclass(frozen=True)
class Column:
    """A column of a grid. ``role``: code, name, unit, value, percent or note; ``path`` its heads from top to bottom.

    ``number`` is the printed number of the column ("3", "A") and ``formula`` what the head says it is ("4+5+6").
    """

    index: int
    role: str
    path: tuple[str, ...] = ()
    number: str = ""
    formula: str = ""

    @property
    def label(self) -> str:
        return " – ".join(self.path)

    @property
    def words(self) -> str:
        return fold(" ".join(self.path))


def is_figure(text: str) -> bool:
    """Say whether a cell holds a number, or says that there is none."""
    return read_figure(text) is not None or read_figure(text, is_percent=True) is not None


def letters_of(text: str) -> str:
    """Return the folded letters of a text, nothing else: "ST T" is "stt"."""
    return re.sub(r"[^a-z]", "", fold(text))


def is_numbering(filled: Sequence[str]) -> bool:
    """Say whether a row only numbers the columns: ``(1) (2) (3)=(4)+(5) (4) (5)``."""
    matches = [_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in filled]
    if len(filled) < 2 or not all(matches):
        return False
    numbers = [int(match[1]) for match in matches if match and match[1].isdigit()]
    has_enough = len(numbers) >= 2 or (bool(numbers) and len(filled) >= 3)
    return has_enough and all(later == earlier + 1 for earlier, later in zip(numbers, numbers[1:], strict=False))


def is_torn(filled: Sequence[str]) -> bool:
    """Say whether a row numbers the columns with formulas that narrow columns of a PDF cut and mixed."""
    return (
        len(filled) >= 3
        and bool(_NUMBERING_LETTERS.fullmatch(" ".join(filled)))
        and any("=" in cell for cell in filled)
        and filled[0].strip("()") == "1"
    )


def _torn_numbering(filled: Sequence[str]) -> dict[int, str]:
    """Return column number -> formula of a cut numbering; {} where its pieces are out of order."""
    text = re.sub(r"\s*([-+*/x×=:])\s*", r"\1", " ".join(filled))
    text = re.sub(r"([-+=(])\s+|\s+([)+=])", r"\1\2", text).strip()
    found: dict[int, str] = {}
    position = 0
    for number in range(1, MOST_COLUMNS):
        match = re.compile(rf"\s*\(?{number}\)?(?!\d)(?:=({_TERM}(?:[-+*/x×:]{_TERM})*%?))?").match(text, position)
        if match is None:
            break
        found[number], position = match[1] or "", match.end()
    return found if len(found) >= 3 and not text[position:].strip() else {}


def columns_of(head: Sequence[tuple[str, ...]], body: Sequence[tuple[str, ...]], width: int) -> tuple[Column, ...]:
    numbering: tuple[str, ...] = ()
    if head and is_numbering([cell for cell in head[-1] if cell]):
        numbering, head = head[-1], head[:-1]
    elif head and is_torn(filled := [cell for cell in head[-1] if cell]):
        torn = _torn_numbering(filled)
        numbering, head = tuple(f"{n}={formula}" if formula else str(n) for n, formula in torn.items()), head[:-1]
    paths = _grouped([_path(head, index) for index in range(width)])
    columns: list[Column] = []
    taken: set[str] = set()
    for index in range(width):
        path, number, formula = _formula_of(paths[index], numbering[index] if index < len(numbering) else "")
        role = _role(path, [row[index] for row in body if index < len(row)], taken, index)
        taken.add(role)
        columns.append(Column(index, role, path, number, formula))
    if "name" not in taken:
        columns = _with_name(columns, body)
    return tuple(column for column in columns if column.role)


def _path(head: Sequence[tuple[str, ...]], index: int) -> tuple[str, ...]:
    """Return a column's heads; a head merged over several columns stands at the first of them."""
    path: list[str] = []
    for level, row in enumerate(head):
        text = row[index] if index < len(row) else ""
        below = any(index < len(lower) and lower[index] for lower in head[level + 1 :])
        if not text and below and level < len(head) - 1 and not path:
            left = next((row[at] for at in range(min(index, len(row)) - 1, -1, -1) if row[at]), "")
            text = left if left and not _spans_only_itself(head, row, index, level) else ""
        if text and text not in path:
            path.append(text)
    return tuple(path)


def _grouped(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the heads of a table of one head row with "Tiếp nhận: Tổng", "Trực tuyến" … as groups and their parts."""
    found: list[tuple[str, ...]] = []
    group = ""
    for path in paths:
        named = _GROUP_HEAD.fullmatch(path[0]) if len(path) == 1 else None
        if named:
            group = named[1]
            found.append((group, named[2]))
        elif group and len(path) == 1 and not HEAD_WORDS.search(fold(path[0])):
            found.append((group, *path))
        else:
            group = ""
            found.append(path)
    return found


def _spans_only_itself(head: Sequence[tuple[str, ...]], row: tuple[str, ...], index: int, level: int) -> bool:
    """Say whether the head to the left has nothing under it, so that it cannot reach this far."""
    at = next(at for at in range(min(index, len(row)) - 1, -1, -1) if row[at])
    return not any(at < len(lower) and lower[at] for lower in head[level + 1 :])


def _formula_of(path: tuple[str, ...], numbered: str) -> tuple[tuple[str, ...], str, str]:
    match = _COLUMN_NUMBER.fullmatch(numbered.strip()) if numbered else None
    number, formula = (match[1], match[2] or "") if match else ("", "")
    kept = []
    for text in path:
        inline = _INLINE_FORMULA.search(text)
        if inline and not formula:
            number, formula = number or inline[1] or "", inline[2]
            text = (text[: inline.start()] + text[inline.end() :]).strip(" ()=-–")
        elif (own := re.search(r"\s*\((\d{1,2})\)\s*$", text)) and not number:
            number, text = own[1], text[: own.start()]
        if text:
            kept.append(text)
    return tuple(kept), number, formula.strip()


def _role(path: tuple[str, ...], cells: Sequence[str], taken: set[str], index: int) -> str:
    words = fold(" ".join(path))
    if "code" not in taken and index <= 1 and path and letters_of(path[0]) in CODE_LABELS:
        return "code"
    if "don vi tinh" in words or letters_of(words) in {"dvt", "dvtinh"} or words.strip() == "don vi tinh":
        return "unit"
    if index and re.match(r"(?:ma|so hieu|ky hieu)\b", words):
        return "text"
    is_reason = re.match(r"(?:.* )?(?:nguyen nhan|ly do)", words)
    figures = sum(is_figure(cell) for cell in cells)
    # "6 tháng Ghi chú" is two heads that a file's blanks ran into one.
    is_note = re.match(r"(?:.* )?(?:ghi chu|giai trinh|thuyet minh)", words) or (is_reason and "name" in taken)
    if is_note and 2 * figures <= len(cells):
        return "note"
    texts = sum(
        bool(cell) and not is_figure(cell) and not is_blank(cell) and not says_nothing_occurred(cell) for cell in cells
    )
    if not path and not texts and not figures:
        return ""
    if words.strip() == "don vi" and "name" in taken and texts > figures:
        return "unit"
    if "name" not in taken and texts > figures and (_NAME_WORDS.search(words) or not MAIN_VALUE.search(words)):
        return "name"
    if not path and texts >= figures:
        return "more" if "name" in taken else "name"
    if re.search(r"\bt[yi] (?:le|trong)\b|%|phan tram|\bco cau\b", words) or _is_signed(cells, figures):
        return "percent"
    if figures or (texts == 0 and path) or MAIN_VALUE.search(words):
        return "value"
    return "more" if not path else "text"


def _is_signed(cells: Sequence[str], figures: int) -> bool:
    """Say whether nearly all figures of a column carry the sign %: "Kết quả" beside "Tử số", "Mẫu số"."""
    signed = sum(cell.strip().endswith("%") and is_figure(cell) for cell in cells)
    return signed >= 2 and signed * 4 >= figures * 3


def _with_name(columns: list[Column], body: Sequence[tuple[str, ...]]) -> list[Column]:
    """Take the column with the most words as the rows' names, where no head names one."""

    def letters(column: Column) -> int:
        return sum(len(row[column.index]) for row in body if column.index < len(row))

    texts = [column for column in columns if column.role in ("text", "more")]
    if not texts:
        return columns
    name = max(texts, key=letters)
    return [Column(c.index, "name", c.path, c.number, c.formula) if c is name else c for c in columns]
