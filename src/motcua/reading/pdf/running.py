"""Page numbers and running heads: what is printed on the edge of pages and belongs to no sentence."""

import re
from collections import Counter

from motcua.reading.pdf.columns import text_key
from motcua.reading.pdf.shapes import Line

_NUMBER = re.compile(r"^[-–|\s]*(?:trang\s*)?(\d{1,4})(?:\s*[/|]\s*\d{1,4})?[-–|\s]*$", re.I)
_EDGE = 0.1  # of the page's height


def running_lines(pages: list[tuple[float, list[Line], list[float]]]) -> set[int]:
    """Return the ids of lines that are page numbers or running heads.

    ``pages`` are (height, lines outside tables, where tables begin and end) in order.
    """
    dropped: set[int] = set()
    seen: Counter[tuple[bool, str]] = Counter()
    edges: list[list[tuple[bool, Line]]] = []
    for height, lines, tables in pages:
        own = []
        for line in _outermost(lines):
            is_above = line.box.bottom < height / 2
            at_edge = line.box.bottom < _EDGE * height or line.box.top > (1 - _EDGE) * height
            outside = not tables or line.box.bottom <= min(tables) + 2 or line.box.top >= max(tables) - 2
            if at_edge and outside:
                own.append((is_above, line))
        edges.append(own)
        seen.update({(is_above, text_key(line)) for is_above, line in own})
    for own in edges:
        for is_above, line in own:
            often = seen[is_above, text_key(line)]
            if _NUMBER.match(line.text) or (often >= 3 and often > len(pages) / 2):
                dropped.add(id(line))
    return dropped


def _outermost(lines: list[Line]) -> list[Line]:
    """Return the first and the last two lines of a page."""
    return lines if len(lines) <= 4 else lines[:2] + lines[-2:]
