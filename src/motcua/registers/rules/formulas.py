"""Arithmetic over the fields of an entry: ``[closing] - [opening]``, ``[opening] = previous [closing]``.

``[closing]`` is a field of the entry at hand, ``previous [closing]`` of the one before it. Values are exact fractions;
days count as their ordinals, so that days can be compared and taken from each other. What reads a blank field is
blank (None), and so is a division by nothing. The text is parsed here and never given to Python.

    comparison := sum ("=" | "!=" | "<=" | ">=" | "<" | ">") sum
    sum        := product (("+" | "-") product)*
    product    := signed (("*" | "/") signed)*
    signed     := "-" signed | number | "previous"? "[" field "]" | "(" sum ")"
"""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext

from motcua.base.refusal import Refused

LONGEST, MOST_PARTS, DEEPEST = 500, 100, 20
_PART = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(previous\b\s*)?\[([a-z0-9_]{1,40})\]|(<=|>=|!=|[-+*/()=<>]))")
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True)
class Read:
    """A field, of the entry at hand or of the one before it."""

    field: str
    is_previous: bool = False


@dataclass(frozen=True)
class Step:
    """Two parts and what is done with them."""

    sign: str
    left: "Part"
    right: "Part"


Part = Fraction | Read | Step
Lookup = Callable[[Read], Fraction | None]


@lru_cache(maxsize=2048)
def formula(text: str) -> Part:
    """Return what a formula says. Raises Refused where it cannot be read."""
    reader = _Reader(text)
    found = reader.sum()
    reader.finish()
    return found


@lru_cache(maxsize=2048)
def comparison(text: str) -> Step:
    """Return what a comparison says. Raises Refused where it cannot be read or compares nothing."""
    reader = _Reader(text)
    left = reader.sum()
    sign = reader.take()
    if sign not in _COMPARE:
        raise reader.unreadable()
    found = Step(str(sign), left, reader.sum())
    reader.finish()
    return found


def reads(part: Part) -> Iterator[Read]:
    """Yield every field that a formula or comparison reads."""
    if isinstance(part, Read):
        yield part
    elif isinstance(part, Step):
        yield from reads(part.left)
        yield from reads(part.right)


def value_of(part: Part, lookup: Lookup) -> Fraction | None:
    """Return what a formula comes to; None where a field it reads is blank or it divides by nothing."""
    if isinstance(part, Read):
        return lookup(part)
    if isinstance(part, Fraction):
        return part
    left, right = value_of(part.left, lookup), value_of(part.right, lookup)
    if left is None or right is None:
        return None
    if part.sign == "/":
        return left / right if right else None
    return {"+": left + right, "-": left - right, "*": left * right}[part.sign]


def holds(compared: Step, lookup: Lookup) -> bool | None:
    """Say whether a comparison is true; None where a side of it is blank."""
    left, right = value_of(compared.left, lookup), value_of(compared.right, lookup)
    return None if left is None or right is None else _COMPARE[compared.sign](left, right)


class _Reader:
    """Reads one text by the grammar above."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.parts: list[str | Fraction | Read] = []
        position, end = 0, len(text.rstrip())
        while position < end and len(text) <= LONGEST and len(self.parts) <= MOST_PARTS:
            found = _PART.match(text, position)
            if found is None:
                raise self.unreadable()
            number, previous, field, sign = found.groups()
            self.parts.append(Fraction(number) if number else Read(field, bool(previous)) if field else sign)
            position = found.end()
        if position < end:
            raise Refused(gettext("Công thức quá dài."))

    def unreadable(self) -> Refused:
        return Refused(gettext("Công thức “%(text)s” không đọc được.") % {"text": self.text[:120]})

    def peek(self) -> str | Fraction | Read | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def take(self) -> str | Fraction | Read | None:
        part = self.peek()
        self.at += 1
        return part

    def finish(self) -> None:
        if self.peek() is not None:
            raise self.unreadable()

    def sum(self) -> Part:
        found = self.product()
        while self.peek() in ("+", "-"):
            found = Step(str(self.take()), found, self.product())
        return found

    def product(self) -> Part:
        found = self.signed()
        while self.peek() in ("*", "/"):
            found = Step(str(self.take()), found, self.signed())
        return found

    def signed(self) -> Part:
        self.depth += 1
        part = self.take()
        if self.depth > DEEPEST or part is None:
            raise self.unreadable()
        found: Part
        if isinstance(part, Fraction | Read):
            found = part
        elif part == "-":
            found = Step("-", Fraction(0), self.signed())
        elif part == "(":
            found = self.sum()
            if self.take() != ")":
                raise self.unreadable()
        else:
            raise self.unreadable()
        self.depth -= 1
        return found
