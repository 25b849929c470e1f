"""Geometry of a bar drawn by the server: widths in percent of the drawing."""

from decimal import ROUND_HALF_UP, Decimal

NUMBER = int | float | Decimal


def share(value: NUMBER, top: NUMBER) -> str:
    """Return ``value`` of ``top`` as a width between ``0%`` and ``100%`` with one decimal."""
    if not top or top < 0:
        return "0%"
    part = Decimal(str(value)) * 100 / Decimal(str(top))
    part = min(max(part, Decimal(0)), Decimal(100))
    return f"{part.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return the page numbers to offer: first, last and those near ``current``; None stands for a gap."""
    near = {1, last, current - 1, current, current + 1}
    shown: list[int | None] = []
    previous = 0
    for number in sorted(number for number in near if 1 <= number <= last):
        if number - previous == 2:
            shown.append(number - 1)
        elif number - previous > 2:
            shown.append(None)
        shown.append(number)
        previous = number
    return shown
