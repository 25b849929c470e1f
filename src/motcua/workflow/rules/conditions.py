"""Conditions on the answers of a form: a small part of FEEL, the expression language of DMN that BPMN tools know.

    loai_ho_so = "cap_moi" and dien_tich > 500
    tinh in ("42", "44") or not(la_to_chuc)

A name is a question of the electronic form. A question that was not answered equals nothing and exceeds nothing.
Numbers are compared as numbers, everything else as text (days are written 2026-01-31, so they compare as well).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

LONGEST = 500  # characters
DEEPEST = 20  # parentheses within each other
_TOKEN = re.compile(r'\s*(?:(<=|>=|!=|=|<|>|\(|\)|,)|"([^"]*)"|(-?\d+(?:\.\d+)?)|([^\W\d]\w*)|(\S))')
_OPERATORS = {"=", "!=", "<", "<=", ">", ">="}

Value = str | Decimal | bool


class WrongCondition(ValueError):
    """The text is no condition; the argument is the piece at which it could not be read on ("" at its end)."""


@dataclass(frozen=True)
class Comparison:
    """``name`` compared with values; several only with "in"."""

    name: str
    operator: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Joined:
    """Parts of which all ("and"), one ("or") or none ("not") hold."""

    word: str
    parts: tuple[Expression, ...]


Expression = Comparison | Joined


@lru_cache(maxsize=2048)
def parse(text: str) -> Expression | None:
    """Return the expression that ``text`` says, None for an empty one.

    Raises:
        WrongCondition: it cannot be read, or is longer than LONGEST.
    """
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise WrongCondition(text[:40])
    reader = _Reader(text)
    found = reader.disjunction(0)
    if reader.token:
        raise WrongCondition(reader.token[1])
    return found


def holds(text: str, answers: Mapping[str, Any]) -> bool:
    """Whether the condition holds for ``answers``; an empty one always does."""
    expression = parse(text)
    return expression is None or _holds(expression, answers)


def comparisons(text: str) -> list[Comparison]:
    """Return every comparison in the condition."""
    expression = parse(text)
    return list(_comparisons(expression)) if expression else []


def both(first: str, second: str) -> str:
    """Return the condition that holds where both do."""
    if not first or not second:
        return first or second
    return f"{_wrapped(first)} and {_wrapped(second)}"


def none_of(conditions: list[str]) -> str:
    """Return the condition that holds where none of ``conditions`` does."""
    return " and ".join(f"not({condition})" for condition in conditions if condition)


def _wrapped(text: str) -> str:
    expression = parse(text)
    return f"({text})" if isinstance(expression, Joined) and expression.word == "or" else text


def _holds(expression: Expression, answers: Mapping[str, Any]) -> bool:
    if isinstance(expression, Joined):
        if expression.word == "and":
            return all(_holds(part, answers) for part in expression.parts)
        found = any(_holds(part, answers) for part in expression.parts)
        return found if expression.word == "or" else not found
    return _compares(expression, answers.get(expression.name))


def _compares(comparison: Comparison, given: Any) -> bool:
    if comparison.operator == "in":
        return any(_equal(given, value) for value in comparison.values)
    value = comparison.values[0]
    if comparison.operator in ("=", "!="):
        return _equal(given, value) == (comparison.operator == "=")
    if given in (None, ""):
        return False
    numbers = _number(given), _number(value)
    if None not in numbers:
        order = (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])  # type: ignore[operator]
    else:
        order = (str(given) > str(value)) - (str(given) < str(value))
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[comparison.operator]


def _equal(given: Any, value: Value) -> bool:
    if isinstance(given, (list, tuple)):
        return any(_equal(each, value) for each in given)
    if given is None or given == "":
        return value is False  # a box that was not ticked
    if isinstance(value, bool) or isinstance(given, bool):
        return str(given).lower() == str(value).lower()
    if isinstance(value, Decimal):
        return _number(given) == value
    return str(given) == str(value)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None


def _comparisons(expression: Expression) -> Iterator[Comparison]:
    if isinstance(expression, Comparison):
        yield expression
        return
    for part in expression.parts:
        yield from _comparisons(part)


class _Reader:
    """Reads one text from left to right; ``token`` is (kind, text) of what comes next, None at the end."""

    def __init__(self, text: str) -> None:
        self._tokens = iter(_TOKEN.finditer(text.strip()))
        self.token: tuple[str, str] | None = None
        self._next()

    def disjunction(self, depth: int) -> Expression:
        return self._joined("or", self._conjunction, depth)

    def _conjunction(self, depth: int) -> Expression:
        return self._joined("and", self._unit, depth)

    def _joined(self, word: str, read: Any, depth: int) -> Expression:
        parts = [read(depth)]
        while self.token == ("name", word):
            self._next()
            parts.append(read(depth))
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def _unit(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise WrongCondition("(")
        if self.token == ("name", "not"):
            self._next()
            return Joined("not", (self._bracketed(depth),))
        if self.token == ("mark", "("):
            return self._bracketed(depth)
        return self._comparison()

    def _bracketed(self, depth: int) -> Expression:
        self._expect("(")
        found = self.disjunction(depth + 1)
        self._expect(")")
        return found

    def _comparison(self) -> Expression:
        name = self._take("name")
        if name in ("and", "or", "not", "in", "true", "false"):
            raise WrongCondition(name)
        if self.token == ("name", "in"):
            self._next()
            self._expect("(")
            values = [self._value()]
            while self.token == ("mark", ","):
                self._next()
                values.append(self._value())
            self._expect(")")
            return Comparison(name, "in", tuple(values))
        if self.token and self.token[0] == "mark" and self.token[1] in _OPERATORS:
            operator = self.token[1]
            self._next()
            return Comparison(name, operator, (self._value(),))
        return Comparison(name, "=", (True,))

    def _value(self) -> Value:
        if self.token is None:
            raise WrongCondition("")
        kind, text = self.token
        if kind == "name" and text in ("true", "false"):
            self._next()
            return text == "true"
        if kind not in ("text", "number"):
            raise WrongCondition(text)
        self._next()
        return Decimal(text) if kind == "number" else text

    def _expect(self, mark: str) -> None:
        if self.token != ("mark", mark):
            raise WrongCondition(self.token[1] if self.token else "")
        self._next()

    def _take(self, kind: str) -> str:
        if self.token is None or self.token[0] != kind:
            raise WrongCondition(self.token[1] if self.token else "")
        text = self.token[1]
        self._next()
        return text

    def _next(self) -> None:
        match = next(self._tokens, None)
        if match is None:
            self.token = None
            return
        kinds = ("mark", "text", "number", "name", "other")
        kind, text = next((kind, text) for kind, text in zip(kinds, match.groups(), strict=True) if text is not None)
        if kind == "other":
            raise WrongCondition(text)
        self.token = (kind, text)
