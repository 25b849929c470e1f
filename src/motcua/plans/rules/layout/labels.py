"""Numbers in front of sections and rows: I, A, 1, 1.1, a), -."""

import re
from dataclasses import dataclass

from motcua.base.text import squash
from motcua.plans.rules.layout.roman import mended, value_of

_ALONE = re.compile(r"^\(?(?P<label>[IVXLl]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ])[.)/]{0,2}$")
_INLINE = re.compile(
    r"^(?P<label>[IVXLl]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ])"
    r"(?:(?:[.)/]|\s*[-–:])\s*(?=\S)|(?<=\d\.\d)\s+|(?<=\d\.\d\d)\s+)"
    r"(?P<rest>\S.*)$",
    re.S,
)
_BROKEN = re.compile(r"^[IVX]+(?: [IVX]+)+\.?$")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Label:
    """A number as printed. ``style``: roman, upper, arabic (1, 1.1, …) or lower. ``path``: its values."""

    text: str
    style: str
    path: tuple[int, ...]

    @property
    def depth(self) -> int:
        """1 for "1", 2 for "1.1"; letters and Roman numbers are 1 deep in their own style."""
        return len(self.path)

    @property
    def rank(self) -> int:
        """Sections sort above numbered rows, letters below."""
        return {"upper": 0, "roman": 1, "arabic": 1 + self.depth, "lower": 9}[self.style]


def as_label(text: str) -> Label | None:
    """Return the label if the whole text is one ("II", "1.", "a)"), else None."""
    clear = squash(text)
    # A narrow column breaks Roman numerals: "II I".
    found = _ALONE.match(clear.replace(" ", "") if _BROKEN.match(clear) else clear)
    return _label(found.group("label")) if found else None


def split_label(text: str) -> tuple[Label | None, str]:
    """Return the label in front of a text and the rest; (None, text) if there is none."""
    clear = squash(text)
    found = _INLINE.match(clear)
    if not found:
        return None, clear
    label = _label(found.group("label"))
    rest = found.group("rest")
    # "2023 - 2025", "24/7" and "1. 000" are no labels; a lone letter before a dash is a word of its own.
    if label is None or (label.style == "arabic" and re.match(r"^\d", rest) and label.depth == 1):
        return None, clear
    if label.style in ("lower", "upper") and not re.match(r"^.[.)/]", clear):
        return None, clear
    if label.style == "arabic" and re.match(r"^\d+\s*(?:/|[-–:])", clear):
        return None, clear
    return label, rest


def _label(text: str) -> Label | None:
    if text[0].isdigit():
        return Label(text, "arabic", tuple(int(part) for part in text.split(".")))
    roman = value_of(mended(text) if "l" in text and len(text) > 1 else text)
    if roman and text not in ("C", "D", "L"):
        return Label(mended(text) if len(text) > 1 else text, "roman", (roman,))
    if len(text) == 1 and text.islower():
        return Label(text, "lower", (_LETTERS.find(text) + 1,))
    if len(text) == 1:
        return Label(text, "upper", (ord(text) - 64 if text != "Đ" else 5,))
    return None
