"""Lists that print no codes (internal procedures, drafts): by the headings of a table, else by numbered lines. Pure."""

import re
from collections.abc import Iterator

from motcua.base.text import fold
from motcua.procedures.rules.decisions.columns import is_old
from motcua.procedures.rules.decisions.fitting import Holds, holds, is_deed
from motcua.procedures.rules.decisions.naming import bare
from motcua.procedures.rules.decisions.pieces import CODE, LIST, Piece, is_capital, is_headed_name, is_name
from motcua.procedures.rules.decisions.values import LISTED, NamedProcedure
from motcua.reading.blocks import Cell, Document, Row, Table

_NAME_HEAD = re.compile(
    r"ten (?:thu tuc|tthc|quy trinh)\b|(?:danh muc )?(?:cac )?(?:thu tuc(?: hanh chinh)?|tthc)(?: noi bo)?"
    r"(?: (?:trong|giua|thuoc|duoc|bi|moi|sua|bai|thay|de|can|thuc) .*)?\s*$"
)
_NUMBER = re.compile(r"\d{1,3}\s?[.)]?")
_STEPS = re.compile(r"\b(?:quy trinh|trinh tu|buoc|noi dung cong viec|noi dung thuc hien)\b")
_ITEM = re.compile(r"\s*(\d{1,3})[.)/]\s+(?=\S)")
_HEAD_MOST, _LEAD_MOST = 60, 300  # characters
_LEAD = re.compile(r"\b(?:thu tuc|tthc|danh muc)\b.*:\s*$")
_ITEMS_LEAST = 2


def in_tables(document: Document, sections: dict[int, tuple[str, str]], coded: set[int]) -> list[NamedProcedure]:
    """Return the rows of tables that head names and hold no codes.

    ``sections`` are heading and change by line; ``coded`` the lines on which codes stand, mended ones too.
    """
    rows: list[NamedProcedure] = []
    first_heads: list[str] = []
    for table in document.tables:
        columns = _columns(table)
        cells = [cell for row in table.rows for cell in row.cells if cell.text]
        if columns is None or any(CODE.search(cell.text) or cell.line_start in coded for cell in cells):
            continue
        heads = [fold(text) for text in table.rows[0].texts]
        before = rows[:] if heads != first_heads and any(_STEPS.search(head) for head in heads) else []
        first_heads = first_heads or heads
        for row in table.rows:
            name = _named(row, columns)
            if name is None or any(_repeats(name.text, above.name) for above in before):
                continue  # its workflow, drawn in an annex below the list
            section, change = sections.get(name.line_start, ("", LISTED))
            rows.append(NamedProcedure("", bare(name.text), change, row.line_start, name.line_end, "", section))
    return rows


def _repeats(text: str, name: str) -> bool:
    """Tell whether a text is a name listed before, alone or with the time that its workflow takes."""
    rest = fold(text).removeprefix(fold(name))
    return rest != fold(text) and bool(re.match(r"\W*(?:$|(?:tong )?(?:thoi gian|thoi han)\b)", rest))


def _columns(table: Table) -> tuple[int | None, int] | None:
    """Return the columns of numbers (None: none is headed) and of names; None where the table heads no name."""
    for row in table.rows[:3]:
        heads = [cell for cell in row.cells if cell.text and len(cell.text) < _HEAD_MOST and cell.column is not None]
        names = [cell for cell in heads if _NAME_HEAD.match(fold(cell.text)) and holds(cell.text) is Holds.NAME]
        new = [cell for cell in names if not is_old(fold(cell.text))]
        names = new if len(names) > 1 else names
        if len(heads) > 1 and names and names[0].column is not None:
            numbers = [cell.column for cell in heads if holds(cell.text) is Holds.NUMBER]
            return (numbers[0] if numbers else None), names[0].column
    return None


def _named(row: Row, columns: tuple[int | None, int]) -> Cell | None:
    at = {cell.column: cell for cell in row.cells}
    name = at.get(columns[1])
    if name is None:
        return None
    if columns[0] is None:  # no numbers are headed: the name alone tells, and the row has more than a title
        first = at.get(0)
        is_row = is_deed(name.text) and sum(bool(text) for text in row.texts) > 1
        return name if is_row or (first is not None and _NUMBER.fullmatch(first.text) and is_name(name.text)) else None
    number = at.get(columns[0])
    is_row = number is not None and bool(_NUMBER.fullmatch(number.text)) and is_headed_name(name.text)
    return name if is_row else None


def in_lines(pieces: list[Piece], sections: list[tuple[str, str]]) -> Iterator[NamedProcedure]:
    """Yield the numbered lines right below the heading of a list, where nothing else was read: "1. Cử đi đào tạo"."""
    for at, piece in enumerate(pieces):
        folded = fold(piece.text)
        is_heading = (
            piece.row is None
            and len(piece.text) <= _LEAD_MOST
            and not _ITEM.match(piece.text)
            and (LIST.match(folded) or _LEAD.search(folded) or (is_capital(piece.text) and "thu tuc" in folded))
        )
        if is_heading:
            run = list(_run(pieces, at + 1))
            if len(run) >= _ITEMS_LEAST:
                yield from (
                    NamedProcedure(
                        "", _name(pieces[one].text), sections[one][1], pieces[one].line_start, pieces[one].line_end, "",
                        sections[one][0],
                    )
                    for one in run
                )  # fmt: skip


def _run(pieces: list[Piece], start: int) -> Iterator[int]:
    """Yield the places of items that count up from one; brackets and titles of fields may stand between."""
    wanted = 1
    for at in range(start, len(pieces)):
        found = _ITEM.match(pieces[at].text)
        if found is None:
            if wanted == 1 and pieces[at].text.startswith("("):
                continue
            if re.match(r"(?:[IVX]{1,5}|[A-ZĐ])[.)]\s|linh vuc", pieces[at].text) or fold(pieces[at].text).startswith(
                "linh vuc"
            ):
                wanted = 1 if at + 1 < len(pieces) and re.match(r"\s*1[.)/]", pieces[at + 1].text) else wanted
                continue
            return
        if (
            int(found[1]) != wanted
            or pieces[at].row is not None
            or not is_name(_name(pieces[at].text))
            or (CODE.search(pieces[at].text))
        ):
            return
        yield at
        wanted += 1


def _name(text: str) -> str:
    return bare(_ITEM.sub("", text)).rstrip(" .;,")
