"""The flow of text outside tables: columns side by side read one after the other, lines made paragraphs."""

import re
from dataclasses import dataclass, field

from motcua.base.text import squash
from motcua.reading.pdf.lines import has_ended, is_label, lines_of, would_fit
from motcua.reading.pdf.shapes import Box, Line, Piece, around

_GUTTER = 0.9  # of a letter's height: the least room between columns that stand side by side
_LONE_GUTTER = 2.5  # where a single line shows it
_INDENT = 8.0
_OPEN_DATE = re.compile(r"\bngày\b.*\b(?:ngày|tháng|năm)$")
_TAIL = 12  # letters: capitals that end a sentence ("của UBND."), not a title
_APART = 1.25  # of the usual distance of lines: more, and a paragraph begins
_BLANK = 1.75  # of the usual distance: more, and a reader sees an empty line


@dataclass
class Flow:
    """One printed paragraph. ``is_after_blank``: an empty line stands before it."""

    lines: list[Line]
    is_after_blank: bool = False
    is_centred: bool = False
    is_full: bool = False  # its last line goes to the right margin
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        self.box = around([line.box for line in self.lines])


def flows_of(lines: list[Line], pitch: float) -> list[Flow]:
    """Return the paragraphs of lines that stand outside tables, in the order in which a person reads them."""
    found: list[Flow] = []
    if not lines:
        return found
    margins = around([line.box for line in lines])
    at = 0
    plain: list[Line] = []
    while at < len(lines):
        end, gutter = _side_by_side(lines, at)
        if gutter is None:
            plain.append(lines[at])
            at += 1
            continue
        found += _paragraphs(plain, margins, pitch)
        plain = []
        for side in _sides(lines[at:end], gutter):
            found += _paragraphs(side, around([line.box for line in side]), pitch)
        at = end
    return found + _paragraphs(plain, margins, pitch)


def _gaps(line: Line, least: float) -> list[tuple[float, float]]:
    """Return the wide gaps of a line, but not those left for a number to be written into a bracket."""
    gaps, depth = [], 0
    for before, piece in zip(line.pieces, line.pieces[1:], strict=False):
        depth += before.text.count("(") - before.text.count(")")
        if depth <= 0 and piece.box.left - before.box.right > least * line.size:
            gaps.append((before.box.right, piece.box.left))
    return gaps


def _side_by_side(lines: list[Line], at: int) -> tuple[int, tuple[float, float] | None]:
    """Return where a group of lines in two columns that begins at ``at`` ends, and the room between the columns."""
    best: tuple[int, tuple[float, float] | None] = (at, None)
    for gap in _gaps(lines[at], _GUTTER):
        end, parted, gutter = _follow(lines, at, gap)
        is_sure = parted > 1 or gutter[1] - gutter[0] > _LONE_GUTTER * lines[at].size
        if is_sure and end > best[0]:
            best = (end, gutter)
    return best


def _follow(lines: list[Line], at: int, gutter: tuple[float, float]) -> tuple[int, int, tuple[float, float]]:
    """Return the line after the last one that leaves the gutter free, how many are parted by it, and the gutter."""
    parted, end, last = 1, at + 1, lines[at]
    final = gutter
    for number, line in enumerate(lines[at + 1 :], start=at + 1):
        if line.box.top - last.box.bottom > 6 * line.size:
            break
        room, is_parted = _room(line, gutter)
        if room is None:
            break
        gutter, last = room, line
        # Lines on one side belong to the group only if a parted one follows, or as the close tail of a column.
        is_tail = line.box.top - lines[number - 1].box.bottom < line.size and number == end
        if is_parted or is_tail:
            parted += is_parted
            end, final = number + 1, gutter
    return end, parted, final


def _room(line: Line, gutter: tuple[float, float]) -> tuple[tuple[float, float] | None, bool]:
    """Return what is left of the gutter beside a line (None: nothing), and whether the line stands on both sides."""
    least = 0.5 * line.size
    if line.box.right <= gutter[1] - least:
        return (max(gutter[0], line.box.right), gutter[1]), False
    if line.box.left >= gutter[0] + least:
        return (gutter[0], min(gutter[1], line.box.left)), False
    for left, right in _gaps(line, 0.6):
        room = max(left, gutter[0]), min(right, gutter[1])
        if room[1] - room[0] >= least:
            return room, True
    return None, False


def _sides(lines: list[Line], gutter: tuple[float, float]) -> list[list[Line]]:
    middle = (gutter[0] + gutter[1]) / 2
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for line in lines:
        for piece in line.pieces:
            sides[(piece.box.left + piece.box.right) / 2 > middle].append(piece)
    return [lines_of(side) for side in sides if side]


def _paragraphs(lines: list[Line], margins: Box, pitch: float) -> list[Flow]:
    """Group lines that follow one another to paragraphs."""
    flows: list[Flow] = []
    for at, line in enumerate(lines):
        is_centred = _is_centred(line, margins)
        before = lines[at - 1] if at else None
        apart = (line.box.bottom - before.box.bottom) / pitch if before else 1.0
        if before and apart <= _APART and _belongs(flows[-1], before, line, margins, is_centred=is_centred):
            flows[-1].lines.append(line)
            flows[-1].box = around([flows[-1].box, line.box])
        else:
            flows.append(Flow([line], is_after_blank=apart > _BLANK, is_centred=is_centred))
        flows[-1].is_full = line.box.right > margins.right - 6 * line.size
    return flows


def _belongs(flow: Flow, before: Line, line: Line, margins: Box, *, is_centred: bool) -> bool:
    """Tell whether a line goes on with the paragraph before, or with a date broken in a narrow letterhead."""
    if _OPEN_DATE.search(before.text) and line.text[:1].isdigit():
        return True
    return flow.is_centred == is_centred and _goes_on(flow, before, line, margins)


def _is_centred(line: Line, margins: Box) -> bool:
    left, right = line.box.left - margins.left, margins.right - line.box.right
    return left > 2 * line.size and right > 2 * line.size and abs(left - right) < 0.15 * max(left, right) + 6


def _goes_on(flow: Flow, before: Line, line: Line, margins: Box) -> bool:
    """Tell whether a line belongs to the paragraph of the line before."""
    first = flow.lines[0]
    if flow.is_centred:
        is_tail = (line.text[:1].islower() or line.text[:1].isdigit()) and not is_label(line.text)
        return is_tail and not would_fit(before, line, before.box.left + margins.width)
    if abs(before.size - line.size) > 0.35 * max(before.size, line.size):
        return False
    if before.text.isupper() or (line.text.isupper() and sum(map(str.isalpha, line.text)) > _TAIL):
        return False  # titles and names: whether they are one is for the one who understands them
    if would_fit(before, line, margins.right):
        return False
    if len(flow.lines) > 1:
        is_flush = abs(line.box.left - before.box.left) < 4
    else:
        is_hanging = is_label(first.text) and line.box.left - first.box.left < 5 * line.size
        is_flush = line.box.left <= first.box.left + 3 or is_hanging
    if not is_flush:
        return False
    if is_label(line.text):
        # A number that a line happens to begin with: only where paragraphs are indented and this line is not.
        return first.box.left > line.box.left + _INDENT and not has_ended(before.text)
    return True


def text_key(line: Line) -> str:
    """Return a line's text with numbers made one: what running heads have in common."""
    return "".join("0" if letter.isdigit() else letter for letter in squash(line.text))
