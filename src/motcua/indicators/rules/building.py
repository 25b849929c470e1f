"""A ratio put together from declared counts, as one line of text that is kept with the indicator. Pure.

    dossiers.late?field=Đất%20đai / dossiers.resolved?field=Đất%20đai

Each side is the code of a declared count with values of the narrowings that the count itself declares. There is
nothing else in the language: no operators, no code, nothing that could be run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

DIVIDED = " / "


@dataclass(frozen=True)
class Side:
    """A count narrowed to some of its rows: {"unit_kind": "commune"}."""

    code: str
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.code}?{urlencode(self.where, quote_via=quote)}" if self.where else self.code


def side_of(text: str) -> Side:
    """Return the side that a text means."""
    code, _mark, query = text.partition("?")
    return Side(code, tuple(parse_qsl(query, keep_blank_values=True)))


def side(code: str, where: Mapping[str, str]) -> Side:
    """Return a side, its narrowings in one order whatever order they were given in; empty values narrow nothing."""
    return Side(code, tuple(sorted((name, value) for name, value in where.items() if value)))


def ratio_text(part: Side, whole: Side) -> str:
    """Return the text of a ratio."""
    return f"{part}{DIVIDED}{whole}"


def sides_of(text: str) -> tuple[Side, Side] | None:
    """Return part and whole of a ratio that was put together, or None for the code of a declared one."""
    part, divided, whole = text.partition(DIVIDED)
    return (side_of(part), side_of(whole)) if divided else None
