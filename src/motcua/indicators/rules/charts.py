"""Points of a line in a small drawing that needs no script. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 1000, 200, 60


@dataclass(frozen=True)
class Dot:
    """A value's place in the drawing, in the drawing's own units, with what it says."""

    x: int
    y: int
    label: str
    value: str


def line(values: Sequence[tuple[str, Decimal | None]], top: Decimal) -> list[Dot]:
    """Return the dots of a line over labels at even distances, 0 at the bottom and ``top`` at the top.

    Values that are not known leave a gap.
    """
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
    room = HEIGHT - 2 * MARGIN
    return [
        Dot(
            round(MARGIN + position * step),
            round(HEIGHT - MARGIN - room * float(min(Decimal(1), value / top))),
            label,
            f"{value:.1f}".replace(".", ","),
        )
        for position, (label, value) in enumerate(values)
        if value is not None
    ]
