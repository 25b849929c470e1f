"""Names beside codes: what is no part of a name, and several procedures in one cell or one row. Pure."""

import re
from itertools import groupby

from motcua.procedures.rules.decisions.columns import HeadedRows
from motcua.procedures.rules.decisions.pieces import CODE, Piece, is_name

_FOOTNOTE = re.compile(r"\s*(?:\[\d{1,3}\]|[¹²³⁰-⁹]+)\s*$")
_OLD_CODE = re.compile(
    r"[\s(\[,;–-]*(?:(?:mã(?: số)?|số hồ sơ)(?: tthc)?(?: cũ)?\s*:?\s*)?\b[A-Z]{1,2}-[A-Z]{2,5}-\d{3,7}(?:-TT)?[)\]]*|"
    r"[\s(\[,;–-]+mã(?: số)?(?: tthc| thủ tục| hồ sơ)*\s*:?\s*\d[\d.,]{2,12}[)\]]*$",
    re.I,
)
_LETTER = re.compile(r"^\s*(?:[a-zđ]\)|[-–+•])\s*")
_NEXT_LETTER = re.compile(r"(?:^|(?<=[\s;.,]))(?=[a-zđ]\)\s)")
_WORKFLOW = re.compile(
    r"^(?:tên )?quy trình(?:\s+(?:nội bộ|điện tử|số))?\s+[A-ZĐ\d][\w./-]*\d[\w./-]*\s*[:.–-]\s*", re.I
)


def bare(name: str) -> str:
    """Return a name without the mark of a footnote, the letter of a list, the sign of its workflow, an old code."""
    return _LETTER.sub("", _WORKFLOW.sub("", _OLD_CODE.sub("", _FOOTNOTE.sub("", name)))).strip(" ;,")


def shared_names(
    codes: list[tuple[int, bool]], pieces: list[Piece], headed: HeadedRows, side: int
) -> dict[int, tuple[str, int]]:
    """Return the names, with their last line, of codes that stand several to a cell, or one below the other.

    ``codes`` are the place of each code among ``pieces`` and whether its own piece names it; the result is by the
    place in ``codes``. The n-th name belongs to the n-th code; where there are not as many, nothing is said.
    """
    named: dict[int, tuple[str, int]] = {}
    for run in _runs(codes, pieces):
        if len(run) < 2:
            continue
        places = sorted({codes[number][0] for number in run})
        names = _names_beside(places, len(run), pieces, headed, side)
        named |= dict(zip(run, names, strict=True)) if len(names) == len(run) else {}
    return named


def _runs(codes: list[tuple[int, bool]], pieces: list[Piece]) -> list[list[int]]:
    """Return the codes that share a cell, or follow each other line by line outside tables, by their numbers."""
    runs: list[list[int]] = []
    for at, group in groupby(enumerate(codes), key=lambda one: one[1][0]):
        numbers = [number for number, (_, is_named) in group if not is_named]
        if not numbers:
            continue
        above = codes[runs[-1][-1]][0] if runs else -2
        loose = pieces[at].row is None and at == above + 1 and pieces[above].row is None
        if loose and CODE.fullmatch(pieces[at].text.strip()):
            runs[-1] += numbers
        else:
            runs.append(numbers)
    return runs


def _names_beside(
    places: list[int], count: int, pieces: list[Piece], headed: HeadedRows, side: int
) -> list[tuple[str, int]]:
    first, last = pieces[places[0]], pieces[places[-1]]
    if first.row is not None:
        cell = headed.name(first) or next(
            (one for one in headed.cells(first.row) if one is not first and len(parted(one, count)) == count), None
        )
        texts = parted(cell, count) if cell is not None else []
        return [(text, max(cell.line_end, last.line_end)) for text in texts] if cell is not None else []
    begin = places[0] - count if side < 0 else places[-1] + 1
    beside = pieces[max(begin, 0) : begin + count]
    if len(beside) < count or not all(one.row is None and is_name(one.text) for one in beside):
        return []
    return [(one.text.rstrip(" .;,"), max(one.line_end, last.line_end)) for one in beside]


def parted(cell: Piece, count: int) -> list[str]:
    """Return the names in a cell if they are ``count``: by letters "a)", by lines, by semicolons; else none."""
    for texts in (_NEXT_LETTER.split(cell.text), list(cell.lines), cell.text.split(";")):
        found = [text.strip(" .;,") for text in texts if text.strip(" .;,")]
        if len(found) == count and all(is_name(text) for text in found):
            return found
    return []
