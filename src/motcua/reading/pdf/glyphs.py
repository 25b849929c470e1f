"""The letters of a page's text layer, put together to words with their boxes."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable

import pypdfium2.raw as pdfium

from motcua.reading.pdf.frame import Frame, quarter
from motcua.reading.pdf.shapes import Box, Piece

_SPACES = frozenset((9, 10, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000))
_SILENT = frozenset((0xAD, 0x200B, 0xFEFF))
# pdfium's own sign for a hyphen at the end of a line, and signs that symbol fonts put into the private area.
_READ_AS = {0x02: "-", 0xFFFE: "-", 0xF02D: "-", 0x2011: "-"}
_WORD_GAP = 0.17  # of the font's size; a space is at least a fifth of it
_GAP_WITH_SPACES = 0.3  # where the file writes its spaces out
_RAISED = 0.25
_ENOUGH_SPACES = 0.08
_MAX_LETTERS = 60_000  # of one page; a full page of small print has 8,000
_SAMPLED = 400  # letters of a page that tell whether it writes its spaces
_MEASURED = 50  # letters of a page that tell whether its fonts say how high they are
_ASTRAY = 0.35  # of the font's size: a box that ends so far from its line is not that of the line
_ABOVE, _BELOW = 0.9, 0.22  # of the font's size: where a line of text stands over and under its base line
Sides = tuple[float, float, float, float]  # left, top, right, bottom


class Letters:
    """The text layer of one page. ``lost`` counts the letters whose font does not say what they are."""

    def __init__(self, page: object, frame: Frame) -> None:
        self.layer = pdfium.FPDFText_LoadPage(page)
        self.count = min(max(pdfium.FPDFText_CountChars(self.layer), 0), _MAX_LETTERS)
        self.frame = frame
        self.lost = 0
        self.spaces = 0

    def close(self) -> None:
        """Give the layer's memory back."""
        pdfium.FPDFText_ClosePage(self.layer)

    def turned(self) -> int:
        """Return the degrees clockwise that most of the text must be turned by to stand upright as shown."""
        found: Counter[int] = Counter()
        for at in range(0, self.count, max(self.count // 60, 1)):
            if pdfium.FPDFText_GetUnicode(self.layer, at) not in _SPACES:
                angle = pdfium.FPDFText_GetCharAngle(self.layer, at)
                if angle >= 0:
                    found[quarter(angle)] += 1
        if not found:
            return 0
        angle, times = found.most_common(1)[0]
        return -(angle + self.frame.turned) % 360 if times > 0.6 * found.total() else 0

    def pieces(self) -> list[Piece]:
        """Return the words in the order of the file."""
        words = _Words(self._gap())
        side_of = self._sides()
        get_letter, layer = pdfium.FPDFText_GetUnicode, self.layer
        for at in range(self.count):
            letter = get_letter(layer, at)
            if letter in _SPACES:
                words.space()
                continue
            if letter in _SILENT:
                continue
            if letter > 0x2FF and unicodedata.combining(chr(letter)):
                words.mark(chr(letter))
                continue
            sides = side_of(at)
            if sides is not None:
                words.add(self._text(letter), *sides)
        words.close()
        return words.pieces

    def _text(self, letter: int) -> str:
        if letter in _READ_AS:
            return _READ_AS[letter]
        if 0xF000 <= letter <= 0xF0FF:
            return "•"
        if letter < 32 or letter == 0xFFFD or 0xE000 <= letter <= 0xF8FF or letter > 0x10FFFF:
            self.lost += 1
            return "\ufffd"
        return chr(letter)

    def _gap(self) -> float:
        seen = self._sample(_SAMPLED)
        spaces = sum(
            pdfium.FPDFText_GetUnicode(self.layer, at) == 32 and not pdfium.FPDFText_IsGenerated(self.layer, at)
            for at in seen
        )
        return _GAP_WITH_SPACES if spaces > _ENOUGH_SPACES * max(len(seen), 1) else _WORD_GAP

    def _sample(self, times: int) -> range:
        return range(0, self.count, max(self.count // times, 1))

    def _up(self, at: int) -> tuple[float, float]:
        """Return which way is up for a letter and how far its font's size goes there, in points of the page."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.layer, at, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(self.layer, at)
        return size * matrix.c, size * matrix.d

    def _has_flat_font(self) -> bool:
        """Tell whether some font of the page does not say how high its lines are.

        pdfium then gives the box of the ink, or one measured by any two letters, so that a comma leaves its word.
        """
        rect = pdfium.FS_RECTF()
        for at in self._sample(_MEASURED):
            is_space = pdfium.FPDFText_GetUnicode(self.layer, at) in _SPACES
            if is_space or not pdfium.FPDFText_GetLooseCharBox(self.layer, at, ctypes.byref(rect)):
                continue
            sides = self.frame.upright(rect.left, rect.bottom, rect.right, rect.top)
            if self._on_its_line(at, sides) != sides:
                return True
        return False

    def _on_its_line(self, at: int, sides: Sides) -> Sides:
        """Return the sides of a letter, those of a line of its font where its own stand elsewhere."""
        left, top, right, bottom = sides
        across, up = self._up(at)
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self.layer, at, ctypes.byref(x), ctypes.byref(y)):
            return sides
        over = (x.value + _ABOVE * across, y.value + _ABOVE * up)
        under = (x.value - _BELOW * across, y.value - _BELOW * up)
        line = self.frame.upright(
            min(over[0], under[0]), min(over[1], under[1]), max(over[0], under[0]), max(over[1], under[1])
        )
        most = _ASTRAY * math.hypot(across, up)
        is_there = abs(top - line.top) <= most and abs(bottom - line.bottom) <= most
        return sides if is_there else (left, line.top, right, line.bottom)

    def _sides(self) -> Callable[[int], Sides | None]:
        """Return a function that gives left, top, right, bottom of a letter, or None if it has no place."""
        rect, layer, frame = pdfium.FS_RECTF(), self.layer, self.frame
        reference, get = ctypes.byref(rect), pdfium.FPDFText_GetLooseCharBox
        x0, _, _, y1 = frame.crop

        def plain(at: int) -> Sides | None:
            if not get(layer, at, reference) or rect.top <= rect.bottom:
                return tight(at)
            return rect.left - x0, y1 - rect.top, rect.right - x0, y1 - rect.bottom

        edges = [ctypes.c_double() for _ in range(4)]
        references = [ctypes.byref(edge) for edge in edges]

        def tight(at: int) -> Sides | None:
            if not pdfium.FPDFText_GetCharBox(layer, at, *references):
                return None
            left, right, bottom, top = (edge.value for edge in edges)
            return frame.upright(left, bottom, right, top) if right > left or top > bottom else None

        def turned(at: int) -> Sides | None:
            if not get(layer, at, reference) or rect.top <= rect.bottom or rect.right <= rect.left:
                return tight(at)
            return frame.upright(rect.left, rect.bottom, rect.right, rect.top)

        straight = plain if frame.is_plain else turned
        if not self._has_flat_font():
            return straight

        def lifted(at: int) -> Sides | None:
            sides = straight(at)
            return None if sides is None else self._on_its_line(at, sides)

        return lifted


class _Words:
    """Puts letters together to words."""

    def __init__(self, gap: float) -> None:
        self.gap = gap
        self.pieces: list[Piece] = []
        self.letters: list[str] = []
        self.lefts: list[float] = []
        self.left = self.top = self.right = self.bottom = self.last_bottom = 0.0
        self.is_after_space = True
        self.has_space = False

    def space(self) -> None:
        """Note a space; whether it ends the word is seen when the next letter's place is known."""
        self.has_space = True

    def add(self, text: str, left: float, top: float, right: float, bottom: float) -> None:
        """Add a letter to the word or begin the next."""
        height = bottom - top
        if self.letters:
            gap, step = left - self.right, abs(bottom - self.last_bottom)
            is_far = gap > self.gap * height or gap < -0.5 * height
            # A space of no width is pdfium's guess.
            is_apart = self.has_space and (gap > 0.1 * height or gap < -0.1 * height or step > _RAISED * height)
            if is_far or is_apart or step > _RAISED * height:
                is_spaced = is_apart or is_far
                self.close()
                self.is_after_space = is_spaced
        if not self.letters:
            self.left, self.top, self.right, self.bottom = left, top, right, bottom
        elif top < self.top or bottom > self.bottom or right > self.right:
            self.top, self.bottom, self.right = min(self.top, top), max(self.bottom, bottom), max(self.right, right)
        self.letters.append(text)
        self.lefts.append(left)
        self.last_bottom = bottom
        self.has_space = False

    def mark(self, text: str) -> None:
        """Add an accent to the letter before it, wherever its own box and pdfium's guessed spaces stand."""
        if self.letters:
            self.letters[-1] += text
            self.has_space = False

    def close(self) -> None:
        """End the word."""
        if self.letters:
            box = Box(self.left, self.top, self.right, self.bottom)
            self.pieces.append(Piece("".join(self.letters), box, self.lefts, self.is_after_space))
        self.letters, self.lefts = [], []
        self.is_after_space = True
