"""A report before it is written: its head, paragraphs and tables, every number still a number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

Value = int | Decimal | str | None
STYLES = ("plain", "dots", "commas", "spaces")


@dataclass
class Sheet:
    """A table. ``head`` rows hold (text, columns, rows) of merged heads; ``percents`` are columns of percentages."""

    caption: str
    head: list[list[tuple[str, int, int]]]
    rows: list[list[Value]]
    title: str = ""
    percents: set[int] = field(default_factory=set)
    numbering: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def width(self) -> int:
        return sum(span for _, span, _ in self.head[0])

    def find(self, name: str) -> list[Value]:
        """Return the row whose code or name is ``name``."""
        return next(row for row in self.rows if name in row[:3])


@dataclass
class Report:
    """``upper`` is the unit above the sender in the letterhead; ``text`` the paragraphs by name, in order."""

    family: str
    upper: str
    sender: str
    number: str
    place: str
    day: tuple[int, int, int]
    title: str
    text: dict[str, str] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    style: str = "dots"
    planted: str = ""  # the code or name of the row an error was planted in; "" for the text
    is_possible: bool = True  # False where a plant found nothing to spoil

    def shown(self, value: Value, *, is_percent: bool = False) -> str:
        """Return a cell as this report's office writes numbers."""
        if value is None or isinstance(value, str):
            return value or ""
        whole, _, rest = f"{value:,}".partition(".")
        thousands, point = {"plain": ("", ","), "dots": (".", ","), "commas": (",", "."), "spaces": (" ", ",")}[
            self.style
        ]
        text = whole.replace(",", thousands) + (f"{point}{rest}" if rest else "")
        return f"{text}%" if is_percent and self.style in ("dots", "spaces") else text


def number(value: int) -> str:
    """Return a number as sentences write it."""
    return f"{value:,}".replace(",", ".") if value >= 10 else f"{value:02d}"


def rate(part: int, whole: int, places: int = 2) -> Decimal:
    """Return a percentage rounded as people round."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def said(value: Decimal) -> str:
    """Return a percentage as sentences write it."""
    return f"{value}".replace(".", ",") + "%"


def split(random: Random, total: int, parts: int) -> list[int]:
    """Return ``parts`` positive numbers that make ``total``."""
    cuts = sorted(random.sample(range(1, total), parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


Change = Callable[[Report, Random], None]


@dataclass(frozen=True)
class Plant:
    """An error: the change, and the rules that may name it. ``family`` "*" is any."""

    name: str
    family: str
    rules: frozenset[str]
    change: Change
