"""Waiting by hour as bars: numbers for a drawing in SVG; the table beside it says the same."""

from dataclasses import dataclass

from motcua.queues.figures import Waiting

WIDTH, HEIGHT, TOP, BOTTOM, LEFT = 760, 260, 20, 220, 40


@dataclass(frozen=True)
class Bar:
    """One hour: two bars side by side, the median and the 90 % of waiting; in the drawing's own units."""

    label: str
    x: int
    middle_x: int
    ninety_x: int
    width: int
    median_y: int
    median_height: int
    ninety_y: int
    ninety_height: int


@dataclass(frozen=True)
class Chart:
    """A drawing with its bars and the lines that carry minutes: (y, minutes)."""

    bars: list[Bar]
    lines: list[tuple[int, int]]
    width: int = WIDTH
    height: int = HEIGHT
    bottom: int = BOTTOM
    left: int = LEFT


def chart_of(hours: list[Waiting]) -> Chart | None:
    """Return the drawing of waiting by hour; None where nobody was called."""
    if not any(each.called for each in hours):
        return None
    most = max((each.ninety or 0) / 60 for each in hours)
    step = next(step for step in (1, 2, 5, 10, 15, 30, 60, 120, 600, 6000) if step * 5 >= most)
    top = step * 5

    def height(seconds: float | None) -> int:
        return round((seconds or 0) / 60 / top * (BOTTOM - TOP))

    slot = (WIDTH - LEFT) // len(hours)
    width = min(slot * 2 // 5, 40)
    bars = []
    for place, each in enumerate(hours):
        middle = LEFT + place * slot + slot // 2
        median, ninety = height(each.median), height(each.ninety)
        bars.append(
            Bar(
                f"{each.key}h", middle, middle - width, middle, width, BOTTOM - median, median, BOTTOM - ninety, ninety
            )
        )  # fmt: skip
    lines = [(BOTTOM - round(n * (BOTTOM - TOP) / 5), n * step) for n in range(6)]
    return Chart(bars, lines)
