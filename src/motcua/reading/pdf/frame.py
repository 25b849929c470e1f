"""Which way up a page stands, and where a point of the file is then seen."""

import math
from dataclasses import dataclass

from motcua.reading.pdf.shapes import Box

Sides = tuple[float, float, float, float]  # left, bottom, right, top, as PDF counts: upwards


@dataclass(frozen=True)
class Frame:
    """Turns points of a page's own space (upwards from a corner anywhere) to points from the top left.

    ``turned``: degrees clockwise that the page is shown turned by; ``text_turned``: those that its text needs beside.
    """

    crop: Sides
    turned: int = 0
    text_turned: int = 0

    @property
    def is_plain(self) -> bool:
        return (self.turned + self.text_turned) % 360 == 0

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as a viewer shows it."""
        return _size(self.crop, self.turned)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page with its text upright."""
        return _size(self.crop, self.turned + self.text_turned)

    def upright(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the box with the text upright."""
        return _turn(self.crop, self.turned + self.text_turned, left, bottom, right, top)

    def shown(self, box: Box) -> Box:
        """Return an upright box where a viewer shows it."""
        if not self.text_turned:
            return box
        width, height = self.size
        # Seen as a page of its own, the upright one is turned back.
        return _turn(
            (0, 0, width, height), -self.text_turned, box.left, height - box.bottom, box.right, height - box.top
        )


def _size(crop: Sides, degrees: int) -> tuple[float, float]:
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return (height, width) if degrees % 180 else (width, height)


def _turn(crop: Sides, degrees: int, left: float, bottom: float, right: float, top: float) -> Box:
    x0, y0, x1, y1 = crop
    match degrees % 360:
        case 90:
            return Box(bottom - y0, left - x0, top - y0, right - x0)
        case 180:
            return Box(x1 - right, bottom - y0, x1 - left, top - y0)
        case 270:
            return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)
        case _:
            return Box(left - x0, y1 - top, right - x0, y1 - bottom)


def quarter(radians: float) -> int:
    """Return the quarter turn (0, 90, 180, 270 degrees) nearest to an angle."""
    return round(math.degrees(radians) / 90) % 4 * 90
