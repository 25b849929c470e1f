"""Text made fit for paper: one normal form, no invisible tricks, no character that the font lacks."""

import math
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
TEMPLATES = Path(__file__).resolve().parent
# For a character the font lacks: PDF/A forbids missing glyphs, and one odd letter must not stop a receipt.
MISSING = "□"
_ODD_SPACES = re.compile(r"[^\S\n\u00a0]")  # of any width and script: the face draws the plain one and the hard one
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Zero-width space, where a page may break a word; ``clean`` takes it out of foreign text, so it is ours.
BREAK_HERE = "\u200b"
_MEASURE_PT = 1000
_LOOK_PT = 32
# How far a line may go beyond an equal share before the next word moves down.
_SLACK = 1.15


def clean(text: str) -> str:
    """Return ``text`` in NFC with plain line feeds and spaces, without control and direction characters.

    What is left is legal in XML, so DOCX and XLSX take it as it stands.
    """
    text = _ODD_SPACES.sub(" ", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    return "".join(letter for letter in text if letter == "\n" or _is_visible(letter))


def for_print(text: str, *, longest_word: int = 60) -> str:
    """Return ``text`` clean, with what the embedded font lacks shown as a box.

    A word over ``longest_word`` letters carries ``BREAK_HERE`` between them, else it would run off the page.
    """
    shown = "".join(letter if letter == "\n" or is_covered(letter) else MISSING for letter in clean(text))
    return re.sub(rf"\S{{{longest_word + 1},}}", lambda word: BREAK_HERE.join(word.group()), shown)


def width_mm(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Return how wide ``text`` runs in one line, in millimetres; Times New Roman has the same widths."""
    units = _face("Tinos-Bold.ttf" if bold else "Tinos-Regular.ttf", _MEASURE_PT).getlength(text)
    return units / _MEASURE_PT * size_pt * 25.4 / 72


def balanced(line: str, size_pt: float, limit_mm: float, *, bold: bool = False) -> list[str]:
    """Return ``line`` as the fewest lines that fit ``limit_mm``, about equally wide; never split at a hard space."""
    words = [word for word in re.split(r"[ \n]+", line) if word]
    lines_wanted = max(1, math.ceil(width_mm(line, size_pt, bold=bold) / limit_mm))
    while lines_wanted < len(words):
        lines = _pack(words, width_mm(line, size_pt, bold=bold) / lines_wanted * _SLACK, size_pt, bold=bold)
        if all(width_mm(part, size_pt, bold=bold) <= limit_mm for part in lines):
            return lines
        lines_wanted += 1
    return words


def _pack(words: list[str], target_mm: float, size_pt: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_mm(longer, size_pt, bold=bold) <= target_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=4096)
def is_covered(letter: str) -> bool:
    """Say whether the embedded font can draw ``letter``."""
    face = _face("Tinos-Regular.ttf", _LOOK_PT)
    return bytes(face.getmask(letter)) != bytes(face.getmask("\uffff")) or letter.isspace() or letter == MISSING


@cache
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def _is_visible(letter: str) -> bool:
    # Cc control, Cf direction and joiners, Cs half a pair, Cn unassigned and non-characters.
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Cn"}
