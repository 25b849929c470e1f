"""Numbers of rows that recognition misread, put right where the numbers around them leave only one reading.

"11" and "12" below heading 1 are 1.1 and 1.2; "Ll" between 6 and 8 is 7; "Hị" before the second section is II.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from motcua.base.text import fold
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.labels import as_label
from motcua.plans.rules.layout.records import Record
from motcua.plans.rules.layout.roman import as_roman

_STROKES = re.compile(r"^[ivxl1|!thnjlu\]\[.,)( ]{1,7}$")  # folded: what strokes of Roman numerals are seen as
_BESIDE = {Role.NUMBER, Role.TEXT, Role.GROUP}


def mend_numbers(records: Sequence[Record]) -> None:
    """Put the numbers of rows and sections right in ``records``, in place. Rows without a printed number stay so."""
    rows = [record for record in records if _is_row(record)]
    if not rows:
        return
    heads = [record for record in records if _is_head(record)]
    groups = _below(records, heads)
    if any(_is_dotted(head, children) for head, children in groups):
        for head, children in groups:
            _mend_dotted(head, children)
        return
    _mend_sections(records, heads)
    _mend_plain(records, rows)


def _is_row(record: Record) -> bool:
    return bool(record.text(Role.NUMBER) and record.text(Role.TEXT) and record.filled - _BESIDE)


def _is_head(record: Record) -> bool:
    """Tell whether a row holds only a number and a title."""
    return bool(record.text(Role.NUMBER) and record.text(Role.TEXT)) and not record.filled - _BESIDE


def _value(record: Record) -> int | None:
    """Return a number of one level, None for anything else."""
    label = as_label(record.text(Role.NUMBER))
    return label.path[0] if label is not None and label.style == "arabic" and label.depth == 1 else None


def _set(record: Record, number: str) -> None:
    cell = record.cells[Role.NUMBER]
    if cell.text.strip(" .)") != number:
        record.cells[Role.NUMBER] = replace(cell, parts=((cell.line_start, number),))


def _below(records: Sequence[Record], heads: Sequence[Record]) -> list[tuple[Record, list[Record]]]:
    """Return each heading with the rows below it."""
    own = {id(head) for head in heads}
    found: list[tuple[Record, list[Record]]] = []
    for record in records:
        if id(record) in own:
            found.append((record, []))
        elif found and _is_row(record):
            found[-1][1].append(record)
    return found


# Rows numbered 1.1, 1.2


def _digits(record: Record) -> str:
    return re.sub(r"\D", "", record.text(Role.NUMBER))


def _is_dotted(head: Record, children: Sequence[Record]) -> bool:
    """Tell whether rows count on from their heading: 1.1 below 1, be it without its point."""
    value = _value(head)
    label = as_label(children[0].text(Role.NUMBER)) if children else None
    if value is None or label is None:
        return False
    return label.path == (value, 1) or _digits(children[0]) == f"{value}1" and len(children) > 1


def _mend_dotted(head: Record, children: Sequence[Record]) -> None:
    value = _value(head)
    if value is None:
        return
    sure = [at for at, child in enumerate(children, 1) if _digits(child) == f"{value}{at}"]
    for at, child in enumerate(children, 1):
        # One number seen right at its place, and most of the list with it, vouch for a neighbour that is not.
        if at in sure or 2 * len(sure) >= len(children) or {at - 1, at + 1} <= set(sure):
            _set(child, f"{value}.{at}")


# Sections numbered I, II


def _mend_sections(records: Sequence[Record], heads: Sequence[Record]) -> None:
    """Number the section rows I, II … where all look like strokes of such numerals and none like another count."""
    printed = [fold(head.text(Role.NUMBER)) for head in heads]
    labels = [as_label(head.text(Role.NUMBER)) for head in heads]
    is_roman = any(label is not None and label.style == "roman" for label in labels)
    if not heads or not all(map(_STROKES.match, printed)):
        return
    first = next((at for at, record in enumerate(records) if record is heads[0]), 0)
    following = records[first + 1] if first + 1 < len(records) else None
    again = following is not None and _value(heads[0]) == 1 == _value(following)  # "1" above a row that is 1 itself
    unread = sum(label is None for label in labels)
    if is_roman or again or unread == len(labels):
        for at, head in enumerate(heads, 1):
            _set(head, as_roman(at))


# Rows numbered 1, 2, 3


def _mend_plain(records: Sequence[Record], rows: Sequence[Record]) -> None:
    for part in _counted_apart(records, rows):
        values = [_value(record) for record in part]
        known = sum(value is not None for value in values)
        if 2 * known < len(values):
            continue
        sure = [at for at in range(len(values)) if _is_sure(values, at)]
        for at, record in enumerate(part):
            number = _between(values, sure, at)
            if number is not None:
                _set(record, str(number))


def _counted_apart(records: Sequence[Record], rows: Sequence[Record]) -> list[list[Record]]:
    """Return the rows in parts that are counted by themselves: a section whose rows begin with 1 again."""
    own = {id(row) for row in rows}
    parts: list[list[Record]] = [[]]
    fresh = True
    for at, record in enumerate(records):
        if id(record) not in own:
            fresh = fresh or not record.filled - _BESIDE
            continue
        following = next((one for one in records[at + 1 :] if id(one) in own), None)
        begins = _value(record) == 1 or _value(record) is None and following is not None and _value(following) == 2
        if fresh and begins and parts[-1]:
            parts.append([])
        parts[-1].append(record)
        fresh = False
    return parts


def _is_sure(values: Sequence[int | None], at: int) -> bool:
    """Tell whether a number goes on from the one above, be it over one that does not, or is gone on from below."""
    value = values[at]
    if value is None:
        return False
    above = values[at - 1] if at else 0
    below = values[at + 1] if at + 1 < len(values) else None
    over = values[at - 2] if at > 1 else None
    return above == value - 1 or below == value + 1 or over == value - 2


def _between(values: Sequence[int | None], sure: Sequence[int], at: int) -> int | None:
    """Return the only number that fits at a place, None where it is right already or several fit."""
    if at in sure:
        return None
    before = max((one for one in sure if one < at), default=-1)
    after = min((one for one in sure if one > at), default=None)
    low = (values[before] or 0) if before >= 0 else 0
    if after is not None:
        fits = (values[after] or 0) - low == after - before
        return low + at - before if fits else None
    return low + at - before if before >= 0 and values[at] is None else None
