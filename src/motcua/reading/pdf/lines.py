"""From pieces to lines, and from lines to printed paragraphs, by where they stand."""

import re
import statistics
from collections import Counter

from motcua.base.text import nfc
from motcua.reading.pdf.shapes import Box, Line, Piece, around

_WORD_GAP = 0.17
_SAME_ROW = 0.5  # of the lower of two heights
_LABEL = re.compile(
    r"^(?:[-–+•*●▪■◦]\s?|\(?(?:\d{1,3}|[a-zđ]|[ivxlIVXL]{1,6})(?:\.\d{1,3}){0,4}\s?[.)/](?=\s|[A-ZĐÀ-Ỹ]|$)"
    r"|(?:Điều|Khoản|Chương|Mục|Phần|Phụ lục|Căn cứ|Biểu|Mẫu)\s(?:số\s)?[\dIVXLA-ZĐL]|(?:PHẦN|PHỤ LỤC|CHƯƠNG|MỤC)\s)"
)
_GLUED = re.compile(r"(?:\w[-/–]|(?:https?:/|www)[\w./-]*[/.])$")
_ENDED = re.compile(r"(?:[.:;!?]|\./\.)[\"”»)]?$")


def lines_of(pieces: list[Piece]) -> list[Line]:
    """Return the lines that pieces make, from the top, each from left to right."""
    rows: list[list[Piece]] = []
    anchors: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda one: (one.box.top + one.box.bottom) / 2):
        top, bottom = piece.box.top, piece.box.bottom
        for back in range(1, min(len(rows), 3) + 1):
            row_top, row_bottom = anchors[-back]
            shared = min(bottom, row_bottom) - max(top, row_top)
            if shared > _SAME_ROW * min(bottom - top, row_bottom - row_top):
                rows[-back].append(piece)
                # The tallest piece says where the line is: a raised digit may have begun it.
                if bottom - top > 1.15 * (row_bottom - row_top):
                    anchors[-back] = (top, bottom)
                break
        else:
            rows.append([piece])
            anchors.append((top, bottom))
    return [_line(row) for row in rows]


def _line(pieces: list[Piece]) -> Line:
    pieces.sort(key=lambda one: one.box.left)
    kept = [pieces[0]]
    words = [pieces[0].text]
    for piece in pieces[1:]:
        before = kept[-1]
        if piece.text == before.text and abs(piece.box.left - before.box.left) < 0.12 * piece.box.height:
            continue  # printed twice to look bold
        gap = piece.box.left - before.box.right
        if piece.is_spaced or gap > _WORD_GAP * min(piece.box.height, before.box.height):
            words.append(" ")
        words.append(piece.text)
        kept.append(piece)
    sure = [piece.confidence for piece in kept if piece.confidence is not None]
    # A row's height is that of its usual letters: fonts of accents are taller, raised digits smaller.
    box = around([piece.box for piece in kept])
    height = statistics.median_low(piece.box.height for piece in kept)
    bottom = statistics.median(piece.box.bottom for piece in kept)
    text = nfc("".join(words)).strip()
    return Line(text, Box(box.left, bottom - height, box.right, bottom), kept, min(sure, default=None))


def printed_text(lines: list[Line]) -> str:
    """Return the text of lines that go on one another: a word broken at the end of a line made whole."""
    text, is_broken = "", False
    for line in lines:
        if text and not is_broken and not is_glued(text, line.text):
            text += " "
        text += line.text
        is_broken = line.is_broken
    return text


def is_glued(text: str, following: str) -> bool:
    """Tell whether a line was broken after a hyphen, a slash or a dot of an address, where no space stands."""
    return following[:1].isalnum() and bool(_GLUED.search(text))


def _is_cut(before: Line, line: Line, room: float) -> bool:
    """Tell whether a line was cut within a word that is wider than its column: "14/12/202" and "3"."""
    last, first = before.text.rsplit(" ", 1)[-1], line.text.split(" ", 1)[0]
    letter = line.pieces[0]
    wide = letter.box.width / max(len(letter.text), 1)
    if before.box.width + 1.2 * wide < room - 4 or not last[-1:].isalnum():
        return False
    if re.search(r"\d/\d{1,2}/\d{1,3}$", last) and re.match(r"\d{1,3}\b", first):
        return True  # "15/10/2" and "026)", which is no label
    if is_label(line.text):
        return False
    if last[-1:].isdigit() and first[:1].isdigit():
        if re.search(r"(?:^|/)\d{4}$", last):
            return False  # a whole year
        return bool(re.search(r"\d[/.]\d|/\d", last)) or " " not in before.text
    if re.search(r"https?:/|www\.|@", last):
        return first[:1].islower()
    return bool(re.search(r"\d/[\d/]*[A-ZĐ-]+$", last) and re.match(r"[A-ZĐ-]+\b", first))


def is_label(text: str) -> bool:
    """Tell whether a text begins as an item of a list, an article or a chapter does."""
    return bool(_LABEL.match(text))


def has_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence or an item does."""
    return bool(_ENDED.search(text))


def first_word_width(line: Line) -> float:
    """Return the width of a line's first word."""
    width = line.pieces[0].box.right - line.pieces[0].box.left
    for before, piece in zip(line.pieces, line.pieces[1:], strict=False):
        if piece.is_spaced or piece.box.left - before.box.right > _WORD_GAP * piece.box.height:
            break
        width = piece.box.right - line.pieces[0].box.left
    return width


def would_fit(line: Line, following: Line, right: float) -> bool:
    """Tell whether the first word of the following line had room behind this one, so that the line was ended."""
    return line.box.right + 0.25 * line.size + first_word_width(following) < right - 0.5


def usual_pitch(lines: list[Line]) -> float:
    """Return the usual distance of base lines in points; 16 if nothing tells."""
    found: Counter[int] = Counter()
    for before, line in zip(lines, lines[1:], strict=False):
        step = line.box.bottom - before.box.bottom
        if 0.6 * line.size < step < 2.4 * line.size:
            found[round(step)] += 1
    if not found:
        return 16.0
    # Neighbours count together: distances are not whole points.
    weight = {step: found[step - 1] + found[step] + found[step + 1] for step in found}
    most = max(weight.values())
    return float(min(step for step, times in weight.items() if times >= 0.6 * most))


def cell_paragraphs(lines: list[Line], left: float, right: float) -> list[list[Line]]:
    """Group the lines of a cell to printed paragraphs; text may stand between ``left`` and ``right``."""
    groups: list[list[Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        if before is not None and _is_cut(before, line, right - left):
            before.is_broken = True
            groups[-1].append(line)
        elif before is not None and not _begins_in_cell(before, line, right - left):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins_in_cell(before: Line, line: Line, room: float) -> bool:
    text = line.text
    if _is_numbering(before.text, text):
        return False
    if text[:1] in "-–+•*●▪" and not (text[1:2].isdigit() or before.text[-1:].isdigit()):
        return True
    if not before.text or text[:1].islower() and not is_label(text):
        return False
    used = before.box.width
    has_room = used + 0.25 * before.size + first_word_width(line) < room - 0.5
    if is_label(text):
        return has_room or has_ended(before.text)
    return has_room and not is_glued(before.text, text)


def _is_numbering(before: str, text: str) -> bool:
    """Tell whether two lines are one number broken in a narrow column: "III.2." and "1"."""
    return bool(re.fullmatch(r"[\dIVXLa-z]+(?:\.[\dIVXLa-z]+)*[.-]", before) and re.fullmatch(r"[\d.]{1,6}", text))
