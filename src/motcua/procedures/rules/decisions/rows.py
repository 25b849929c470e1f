"""The procedures that a decision lists: codes as anchors, their names beside them, changes from the headings above.

Lists come as tables whose cells still know their columns, and as cells in a row where the scraper lost the table. A
national code is unmistakable (DOMAIN 4.9), so it leads; the printed headings tell on which side of it the name stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from motcua.base.text import fold, squash
from motcua.procedures.rules.decisions.changes import change_of_heading
from motcua.procedures.rules.decisions.clauses import clause_rows, named_codes, uncoded_rows
from motcua.procedures.rules.decisions.columns import HeadedRows
from motcua.procedures.rules.decisions.fitting import NAME_HEAD, is_deed
from motcua.procedures.rules.decisions.naming import bare, shared_names
from motcua.procedures.rules.decisions.pieces import (
    BROKEN,
    CODE,
    CODE_HEAD,
    LIST,
    Piece,
    is_capital,
    is_name,
    pieces_of,
)
from motcua.procedures.rules.decisions.uncoded import in_lines, in_tables
from motcua.procedures.rules.decisions.values import ABOLISHED, LISTED, NEW, Doubt, NamedProcedure
from motcua.reading.blocks import Document

_BARE = re.compile(r"^[\s(]*(?:mã(?: số)?(?: tthc| thủ tục hành chính)?\s*:?\s*)?", re.I)
_MARKED = re.compile(r"[(\[]?\s*(?:mã(?: số| hồ sơ)?(?:\s+(?:tthc|thủ tục(?: hành chính)?|hồ sơ))?\s*:?\s*)$", re.I)
_ANNEX = re.compile(r"^(phu luc|danh muc|noi dung cu the|quy trinh|phan [ivx\d]+)\b")
_SIGNED = re.compile(r"^(noi nhan|luu:|kt\.|tm\.)")
_HEADING = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ]|\d+)\s*[.)/-]\s*\S|^(?:DANH MỤC|PHẦN|PHỤ LỤC|THỦ TỤC)\b")
_COLUMN_HEAD = re.compile(r"^(?:(?:so )?(?:stt|tt)|ten (?:thu tuc|tthc))\b|^[ivxa-z]{1,4}[.)]?$")
_BARE_HEAD = re.compile(r"(?:ten|danh muc)?\s*(?:cac )?(?:thu tuc|tthc)(?: hanh chinh)?(?: noi bo)?(?:\s*\(.*\))?")
_NUMBERED = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ]|\d{1,2})\s*[.)/-]\s*\S")
_NUMBER_LABEL = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/]\s*(?=\S)")
_TAIL = re.compile(r"[\s,;:–—-]*(?:ký hiệu\s*:?\s*[\w-]+\s*)?[\s,;:.)(\]–—-]*$", re.I)
_HEAD = re.compile(r"^[\s\d]{0,4}[.)]?\s*[-–—:.()]*\s*")
_LABEL = re.compile(
    r"^(?:tên )?(?:quy trình(?: nội bộ)?(?:,? điện tử)?(?: giải quyết)?(?: thủ tục(?: hành chính)?| tthc)?(?: số \d+)?|"
    r"(?:thủ tục(?: hành chính)?|tthc)(?: nội bộ)?)\s*:\s*|^tên (?:thủ tục(?: hành chính)?|tthc)\s+(?=[A-ZÀ-ỸĐ])",
    re.I,
)
_TITLE = re.compile(r"[\s+–-]*tên (?:thủ tục(?: hành chính)?|tthc)(?: nội bộ)?\s*:", re.I)
_ABOVE_MOST = 4  # pieces between a name and the line of its code
# A cell that says nothing but what happens to the procedure of its row: "TTHC bị bãi bỏ" under "Ghi chú".
_OWN_CHANGE = re.compile(
    r"(?:(?:la )?(?:tthc|thu tuc(?: hanh chinh)?) )?(?:duoc |bi )?"
    r"(?:moi(?: ban hanh)?|ban hanh moi|sua doi|bo sung|sua doi,? bo sung|thay the|bai bo|huy bo)\W*"
)


@dataclass
class _Found:
    piece: Piece
    at: int
    code: str
    local_code: str
    rest: str  # what else stands in the piece of the code


def procedures_of(document: Document, change: str) -> tuple[list[NamedProcedure], list[Doubt]]:
    """Return the procedures listed in the annexes, in order; ``change`` is that of rows under no telling heading."""
    pieces = pieces_of(document)
    end = start = _end_of_articles(pieces)
    found = _found(pieces, start)
    articles = clause_rows(pieces[_start_of_articles(pieces) : end], change) if end else []
    if not found and start:  # no annex: the list stands in the articles, where a decision only abolishes or delegates
        start = _start_of_articles(pieces)
        found = [one for one in _found(pieces, start) if one.piece.row is not None or one.at >= end]
        clauses = [one.row for one in articles]
    else:  # beside an annex, articles name what is abolished without being listed
        listed = {one.code for one in found}
        clauses = [one.row for one in articles if one.is_told and one.row.change == ABOLISHED and one.row.name]
        clauses = [one for one in clauses if one.code not in listed]
    headed = HeadedRows(pieces, document)
    found = [_beside_name(one, headed) for one in found if not headed.is_misprint(one.piece)]
    side = _side(pieces)
    sections = _sections(pieces, start, change)
    shared = shared_names([(one.at, bool(one.rest)) for one in found], pieces, headed, side)
    rows: list[NamedProcedure] = []
    for number, one in enumerate(found):
        name, last = shared.get(number) or _headed_name(one, headed) or _name(one, pieces, side, headed)
        section, own = sections[one.at]
        own = _own_change(headed.cells(one.piece.row)) or own
        rows.append(NamedProcedure(one.code, bare(name), own, one.piece.line_start, last, one.local_code, section))
    settled, doubts = _settled([*clauses, *(row for row in rows if row.code)])
    settled += [row for row in rows if not row.code]
    doubts += _misprints(found)
    at_line = {piece.line_start: section for piece, section in zip(pieces, sections, strict=True)}
    coded = {one.piece.line_start for one in found}
    named = settled + in_tables(document, at_line, coded)
    first = pieces[start].line_start if pieces else 0
    for row in _uncoded(headed, at_line):
        if row.line_start >= first and not any(_is_again(row, other) for other in named):
            named.append(row)
            doubts.append(Doubt("code-missing", f"Thủ tục “{row.name}” trong danh mục không ghi mã.", row.line_start))
    if end:
        told = uncoded_rows(pieces[_start_of_articles(pieces) : end])
        named += [row for row in told if not any(_is_again(row, other) for other in named)]
    named += _more_lines(list(in_lines(pieces, sections)), named)
    return sorted(named, key=lambda row: row.line_start), doubts


def _found(pieces: list[Piece], start: int) -> list[_Found]:
    found: list[_Found] = []
    for at in range(start, len(pieces)):
        text = pieces[at].text.strip()
        if BROKEN.fullmatch(text):
            found.append(_Found(pieces[at], at, "", text, ""))
        found += _codes_in(pieces[at], at)
    return found


def _more_lines(lines: list[NamedProcedure], named: list[NamedProcedure]) -> list[NamedProcedure]:
    """Return the numbered lines without codes that are rows: where nothing else is, or below a change of their own."""
    if not named:
        return lines
    known = [fold(row.name) for row in named]
    runs: dict[str, list[NamedProcedure]] = {}
    for row in lines:
        runs.setdefault(row.section, []).append(row)
    return [
        row
        for section, run in runs.items()
        if change_of_heading(section) is not None
        and all(
            is_deed(one.name) and not any(fold(one.name) in other or other in fold(one.name) for other in known)
            for one in run
        )
        for row in run
    ]


def _is_again(row: NamedProcedure, other: NamedProcedure) -> bool:
    """Tell whether a row without a code repeats one: under another heading with another change it is one of its own."""
    return fold(row.name) == fold(other.name) and (row.line_start == other.line_start or row.change == other.change)


def _beside_name(one: _Found, headed: HeadedRows) -> _Found:
    """Return a code of a column of codes without what else its cell says ("Mã cũ: …", "(cấp xã)"): no name of it."""
    is_named = bool(one.rest) and headed.is_code_cell(one.piece) and headed.name(one.piece) is not None
    return replace(one, rest="") if is_named else one


def _misprints(found: list[_Found]) -> Iterator[Doubt]:
    for one in found:
        if not one.code:
            message = f"Mã “{one.local_code}” không đúng dạng mã thủ tục."
            yield Doubt("code-broken", message, one.piece.line_start)
        elif one.piece.printed:
            message = f"Mã in là “{one.piece.printed}”, hiểu là {one.code}."
            yield Doubt("code-mended", message, one.piece.line_start)


def _uncoded(headed: HeadedRows, sections: dict[int, tuple[str, str]]) -> Iterator[NamedProcedure]:
    for cell in headed.uncoded():
        section, change = sections.get(cell.line_start, ("", LISTED))
        change = _own_change(headed.cells(cell.row)) or change
        yield NamedProcedure("", bare(cell.text.rstrip(" .;,")), change, cell.line_start, cell.line_end, "", section)


def _headed_name(one: _Found, headed: HeadedRows) -> tuple[str, int] | None:
    """Return the name in the column whose heading says so, with the last line; None where no heading tells."""
    cell = None if one.rest else headed.name(one.piece)
    return (cell.text.rstrip(" .;,"), max(cell.line_end, one.piece.line_end)) if cell is not None else None


def _own_change(cells: list[Piece]) -> str | None:
    """Return the change that a cell of the row states on its own ("Bãi bỏ"), which is nearer than any heading."""
    for cell in cells:
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
    _, items = named_codes(piece.text)
    if piece.row is None or _NUMBER_LABEL.match(piece.text) or all(_bare_name(name) for _, _, name in items):
        for code, local_code, name in items:
            yield _Found(piece, at, code, local_code, _bare_name(name))
        return
    ends = [match.start() for match in matches[1:]] + [len(piece.text)]
    for number, (match, end) in enumerate(zip(matches, ends, strict=True)):
        before = piece.text[: match.start()] if number == 0 else ""
        after = piece.text[match.end() : end]
        rest = _bare_name(_MARKED.sub("", before)) or _bare_name(_MARKED.sub("", after))
        yield _Found(piece, at, match.group(1), squash(match.group()).replace(" ", ""), rest)


def _bare_name(text: str) -> str:
    whole = squash(text).rstrip(" .;,")
    text = _LABEL.sub("", _TAIL.sub("", _HEAD.sub("", squash(text))))
    text = _BARE.sub("", text) if len(text) < 30 else text
    if text.count("(") > text.count(")") and whole.endswith(")"):  # its own bracket, not one around the code
        text += ")"
    return text if len(text) >= 8 and sum(letter.isalpha() for letter in text) >= 5 else ""


def _side(pieces: list[Piece]) -> int:
    """Return +1 if names stand after codes, -1 if before: as the headings say, else as most codes have them."""
    for at, piece in enumerate(pieces):
        folded = fold(piece.text)
        if len(folded) > 60 or not CODE_HEAD.match(folded) or CODE.search(piece.text):
            continue
        if at + 1 < len(pieces) and NAME_HEAD.match(fold(pieces[at + 1].text)):
            return 1
        if at and NAME_HEAD.match(fold(pieces[at - 1].text)):
            return -1
    after = before = 0
    for at, piece in enumerate(pieces):
        if CODE.fullmatch(piece.text.strip()):
            after += at + 1 < len(pieces) and is_name(pieces[at + 1].text)
            before += at > 0 and is_name(pieces[at - 1].text)
    return -1 if before > after else 1


def _name(one: _Found, pieces: list[Piece], side: int, headed: HeadedRows) -> tuple[str, int]:
    """Return the name beside a code, and the last line of both."""
    if one.rest:
        return one.rest, one.piece.line_end
    if (below := _labelled_below(one, pieces)) is not None:
        return below, one.piece.line_end
    if (above := _labelled_above(one, pieces, headed)) is not None:
        return above, one.piece.line_end
    for step in (side, -side):
        at = one.at + step
        if (
            0 <= at < len(pieces)
            and _same_row(one.piece, pieces[at])
            and is_name(_NUMBER_LABEL.sub("", pieces[at].text))
        ):
            text, last = _whole(pieces, at)
            text = _TAIL.sub("", _HEAD.sub("", text)) if text[:1].isdigit() else text.rstrip(" .;,")
            return text, max(last, one.piece.line_end)
    return "", one.piece.line_end


def _labelled_below(one: _Found, pieces: list[Piece]) -> str | None:
    """Return the name in the line below that of its code: "1. Mã số: 1.014001", then "Tên thủ tục: …"."""
    below = pieces[one.at + 1] if one.at + 1 < len(pieces) else None
    if below is None or one.piece.row is not None or below.row is not None or not _TITLE.match(below.text):
        return None
    text = _LABEL.sub("", _HEAD.sub("", below.text))
    return text.rstrip(" .;,") if is_name(text) else None


def _labelled_above(one: _Found, pieces: list[Piece], headed: HeadedRows) -> str | None:
    """Return the name that stands above the line of its code: "1. Tên thủ tục: …", then "Mã TTHC: 1.014001"."""
    if not headed.is_loose(one.piece):
        return None
    if CODE.fullmatch(one.piece.text.strip()):
        return _labelled_line_above(one, pieces)
    is_counted = bool(_NUMBER_LABEL.match(one.piece.text))
    for piece in reversed(pieces[max(one.at - _ABOVE_MOST, 0) : one.at]):
        if not headed.is_loose(piece) or CODE.search(piece.text):
            return None
        words = _HEAD.sub("", _NUMBER_LABEL.sub("", piece.text))
        text = _LABEL.sub("", words)
        is_labelled = text != words or bool(_NUMBER_LABEL.match(piece.text))
        if (is_labelled or (not is_counted and piece is pieces[one.at - 1] and is_deed(text))) and is_name(text):
            return text.rstrip(" .;,")
    return None


def _labelled_line_above(one: _Found, pieces: list[Piece]) -> str | None:
    """Return the name where labels stand on lines of their own: "Tên thủ tục", a name, "Mã số", a code."""
    if not one.at or not CODE_HEAD.match(fold(pieces[one.at - 1].text)):
        return None
    for at in range(one.at - 2, max(one.at - 2 - _ABOVE_MOST, 0), -1):
        if NAME_HEAD.match(fold(pieces[at - 1].text)) and len(pieces[at - 1].text) < 40 and is_name(pieces[at].text):
            return pieces[at].text.rstrip(" .;,")
    return None


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
    if piece.row is not None and _BARE_HEAD.fullmatch(folded):
        return False
    if CODE.search(text) or CODE_HEAD.match(folded) or _COLUMN_HEAD.match(folded):
        return False
    if len(text) <= 700 and LIST.match(folded):
        return True  # lists that follow each other may be one table of the source, the heading in any column
    if len(text) > 400:
        return False
    if piece.row is not None and piece.column not in (None, 0, 1):
        return False
    if is_capital(text):
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
