"""A small arithmetic over rows of a form: ``[7.1] = [7.2] + [7.3] + [7.4]``, ``[2.2] / [2.1] * 100``.

``[2.1]`` is a row of the form at hand, ``[7:6.3.1]`` a row of appendix 7. Values are exact fractions. A blank
row makes its expression blank (``None``); 0/0 is ``NOTHING_OCCURRED``, which is not 0 (DOMAIN 8.10 V04). The
text is parsed by the grammar below and never given to Python: a form that an officer wrote cannot run code.

    comparison := sum (("=" | "!=" | "<=" | ">=" | "<" | ">") sum)?
    sum        := product (("+" | "-") product)*
    product    := signed (("*" | "/") signed)*
    signed     := "-" signed | number | "[" row "]" | "(" sum ")"
"""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from motcua.base.refusal import Refused

MAX_LENGTH = 2000
MAX_DEPTH = 40
MAX_TOKENS = 300  # also bounds the recursion over a long chain of additions
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|\[([^\[\]]{1,40})\]|(<=|>=|!=|[-+*/()=<>]))")
_REFERENCE = re.compile(r"(?:(\d{1,3}):)?([0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)")


class Absence(Enum):
    """Results that are no number and not blank either."""

    NOTHING_OCCURRED = "không phát sinh"  # 0/0
    UNDEFINED = "không xác định"  # x/0: the parts contradict each other


NOTHING_OCCURRED = Absence.NOTHING_OCCURRED
UNDEFINED = Absence.UNDEFINED
Outcome = Fraction | Absence | None


@dataclass(frozen=True)
class Reference:
    """A row; ``appendix`` is None for the form at hand."""

    row: str
    appendix: int | None = None


@dataclass(frozen=True)
class Negation:
    inner: "Expression"


@dataclass(frozen=True)
class Operation:
    sign: str
    left: "Expression"
    right: "Expression"


Expression = Fraction | Reference | Negation | Operation
Lookup = Callable[[Reference], Outcome]


@dataclass(frozen=True)
class Comparison:
    """Two sums and the relation that must hold between them."""

    sign: str
    left: Expression
    right: Expression


_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise Refused(f"Công thức dài quá {MAX_LENGTH} ký tự.")
        self.text = text
        self.tokens = list(_tokens(text))
        if len(self.tokens) > MAX_TOKENS:
            raise Refused(f"Công thức có quá {MAX_TOKENS} thành phần.")
        self.position = 0
        self.depth = 0

    def peek(self) -> str | Fraction | Reference | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> str | Fraction | Reference | None:
        token = self.peek()
        self.position += 1
        return token

    def wrong(self, why: str) -> Refused:
        return Refused(f"Công thức “{self.text}” không đọc được: {why}.")

    def sum(self) -> Expression:
        left = self.product()
        while self.peek() in ("+", "-"):
            left = Operation(str(self.take()), left, self.product())
        return left

    def product(self) -> Expression:
        left = self.signed()
        while self.peek() in ("*", "/"):
            left = Operation(str(self.take()), left, self.signed())
        return left

    def signed(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong("lồng nhau quá sâu")
        word = self.take()
        if isinstance(word, Fraction | Reference):
            found: Expression = word
        elif word == "-":
            found = Negation(self.signed())
        elif word == "(":
            found = self.sum()
            if self.take() != ")":
                raise self.wrong("thiếu dấu đóng ngoặc")
        else:
            raise self.wrong(f"không chờ “{word}”" if word else "thiếu một vế")
        self.depth -= 1
        return found

    def finish(self) -> None:
        if self.peek() is not None:
            raise self.wrong(f"thừa “{self.peek()}”")


def _tokens(text: str) -> Iterator[str | Fraction | Reference]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise Refused(f"Công thức “{text}” có ký tự lạ ở vị trí {position + 1}.")
        number, reference, sign = match.groups()
        if number is not None:
            yield Fraction(number)
        elif reference is not None:
            yield _reference(reference)
        else:
            yield sign
        position = match.end()


def _reference(text: str) -> Reference:
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        raise Refused(f"“[{text}]” không phải mã dòng.")
    return Reference(match[2], int(match[1]) if match[1] else None)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Return the expression written in ``text``. Raises Refused, saying what cannot be read."""
    parser = _Parser(text)
    expression = parser.sum()
    parser.finish()
    return expression


@lru_cache(maxsize=4096)
def parse_comparison(text: str) -> Comparison:
    """Return the comparison written in ``text``. Raises Refused, also where a relation sign is missing."""
    parser = _Parser(text)
    left = parser.sum()
    sign = parser.take()
    if not isinstance(sign, str) or sign not in _COMPARE:
        raise parser.wrong("thiếu dấu so sánh")
    comparison = Comparison(sign, left, parser.sum())
    parser.finish()
    return comparison


def references(expression: Expression | Comparison) -> tuple[Reference, ...]:
    """Return the rows an expression reads, in order, each once."""
    return tuple(dict.fromkeys(_walk(expression)))


def _walk(expression: Expression | Comparison) -> Iterator[Reference]:
    if isinstance(expression, Reference):
        yield expression
    elif isinstance(expression, Negation):
        yield from _walk(expression.inner)
    elif isinstance(expression, Operation | Comparison):
        yield from _walk(expression.left)
        yield from _walk(expression.right)


def divides(expression: Expression) -> bool:
    """Say whether the expression is a ratio somewhere."""
    if isinstance(expression, Negation):
        return divides(expression.inner)
    if isinstance(expression, Operation):
        return expression.sign == "/" or divides(expression.left) or divides(expression.right)
    return False


def evaluate(expression: Expression, lookup: Lookup) -> Outcome:
    """Return the exact value; a blank or an absence inside passes through to the result, blank first."""
    if isinstance(expression, Fraction):
        return expression
    if isinstance(expression, Reference):
        return lookup(expression)
    if isinstance(expression, Negation):
        inner = evaluate(expression.inner, lookup)
        return -inner if isinstance(inner, Fraction) else inner
    left, right = evaluate(expression.left, lookup), evaluate(expression.right, lookup)
    if left is None or right is None:
        return None
    if isinstance(left, Absence):
        return left
    if isinstance(right, Absence):
        return right
    return _apply(expression.sign, left, right)


def _apply(sign: str, left: Fraction, right: Fraction) -> Outcome:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if right:
        return left / right
    return UNDEFINED if left else NOTHING_OCCURRED


def holds(comparison: Comparison, left: Fraction, right: Fraction) -> bool:
    """Say whether the relation of ``comparison`` is true of two values."""
    return _COMPARE[comparison.sign](left, right)
