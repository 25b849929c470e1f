"""What stands on one page, whether it was read or recognised: pieces of text, lines of text, ruling lines.

All lengths are points from the top left of the page turned so that its text is upright.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: "Box", slack: float = 2.0) -> bool:
        """Tell whether ``other`` lies within, give or take ``slack``."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


def around(boxes: list[Box]) -> Box:
    """Return the smallest box that holds all."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@dataclass(slots=True)
class Piece:
    """A word, or part of one. ``lefts``: where each letter begins; ``is_spaced``: a space stands before it."""

    text: str
    box: Box
    lefts: list[float] = field(default_factory=list)
    is_spaced: bool = True
    confidence: float | None = None


@dataclass(slots=True)
class Line:
    """Pieces on one base line, from left to right. ``is_broken``: its last word goes on in the next line."""

    text: str
    box: Box
    pieces: list[Piece]
    confidence: float | None = None
    is_broken: bool = False

    @property
    def size(self) -> float:
        """The height of its letters' boxes: the font's size where the text was read."""
        return self.box.height


class Ruling(NamedTuple):
    """A straight ruling line: at ``at`` from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass
class Rulings:
    """The level and the upright ruling lines of a page."""

    level: list[Ruling]
    upright: list[Ruling]
