"""Rules of a form that no numbers can fulfil together, told with the rules that stand against each other.

Sums with fixed factors are decided: equalities are solved one into the next, comparisons are then held against each
other in pairs. What multiplies or divides rows by each other is left alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from motcua.reports.rules.expressions import Comparison, Expression, Negation, Operation, Reference

Sum = dict[Reference | None, Fraction]  # row -> factor; None -> the fixed part


@dataclass(frozen=True)
class _Fact:
    """``terms`` = 0, or <= 0, or < 0, or != 0; ``texts`` are the rules that say so."""

    terms: Sum
    sign: str
    texts: tuple[str, ...]

    @property
    def rows(self) -> list[Reference]:
        return [row for row in self.terms if row is not None]

    @property
    def fixed(self) -> Fraction:
        return self.terms.get(None, Fraction(0))


def contradiction(rules: Iterable[tuple[str, Comparison]]) -> tuple[str, ...]:
    """Return the texts of rules that cannot hold together, () where none are found: (text, rule) each."""
    facts = [fact for text, rule in rules if (fact := _fact(text, rule))]
    solved: list[tuple[Reference, _Fact]] = []
    for fact in (each for each in facts if each.sign == "="):
        reduced = _reduced(fact, solved)
        if not reduced.rows:
            if reduced.fixed != 0:
                return reduced.texts
            continue
        solved.append((reduced.rows[0], reduced))
    others = [_reduced(each, solved) for each in facts if each.sign != "="]
    for at, one in enumerate(others):
        if not one.rows and not _holds(one.fixed, one.sign):
            return one.texts
        for other in others[:at]:
            if texts := _against(one, other):
                return texts
    return ()


def _fact(text: str, rule: Comparison) -> _Fact | None:
    left, right = _sum(rule.left), _sum(rule.right)
    if left is None or right is None:
        return None
    if rule.sign in (">", ">="):
        left, right = right, left
    sign = {">": "<", ">=": "<="}.get(rule.sign, rule.sign)
    return _Fact(_plus(left, right, Fraction(-1)), sign, (text,))


def _sum(expression: Expression) -> Sum | None:
    """Return an expression as a sum of rows with fixed factors, None where it is none."""
    if isinstance(expression, Fraction):
        return {None: expression}
    if isinstance(expression, Reference):
        return {expression: Fraction(1)}
    if isinstance(expression, Negation):
        inner = _sum(expression.inner)
        return _plus({}, inner, Fraction(-1)) if inner is not None else None
    assert isinstance(expression, Operation)
    left, right = _sum(expression.left), _sum(expression.right)
    if left is None or right is None:
        return None
    if expression.sign in "+-":
        return _plus(left, right, Fraction(1 if expression.sign == "+" else -1))
    return _scaled(expression.sign, left, right)


def _scaled(sign: str, left: Sum, right: Sum) -> Sum | None:
    factor = _only_fixed(right)
    if factor is not None and (sign == "*" or factor != 0):
        return _plus({}, left, factor if sign == "*" else 1 / factor)
    factor = _only_fixed(left)
    return _plus({}, right, factor) if factor is not None and sign == "*" else None


def _only_fixed(terms: Sum) -> Fraction | None:
    return terms.get(None, Fraction(0)) if all(row is None for row in terms) else None


def _plus(
    left: Mapping[Reference | None, Fraction], right: Mapping[Reference | None, Fraction], times: Fraction
) -> Sum:
    keys = [*left, *(key for key in right if key not in left)]
    added = {key: left.get(key, Fraction(0)) + times * right.get(key, Fraction(0)) for key in keys}
    return {key: value for key, value in added.items() if value or key is None}


def _reduced(fact: _Fact, solved: Iterable[tuple[Reference, _Fact]]) -> _Fact:
    """Return a fact without the rows that equalities before it give."""
    for row, equality in solved:
        if factor := fact.terms.get(row):
            terms = _plus(fact.terms, equality.terms, -factor / equality.terms[row])
            fact = _Fact(terms, fact.sign, tuple(dict.fromkeys([*fact.texts, *equality.texts])))
    return fact


def _holds(fixed: Fraction, sign: str) -> bool:
    return {"<": fixed < 0, "<=": fixed <= 0, "!=": fixed != 0}[sign]


def _against(one: _Fact, other: _Fact) -> tuple[str, ...]:
    """Return the texts of two comparisons whose sum, one of them scaled, is fixed and cannot hold."""
    if "!=" in (one.sign, other.sign) or not one.rows or set(one.rows) != set(other.rows):
        return ()
    times = -one.terms[one.rows[0]] / other.terms[one.rows[0]]
    added = _plus(one.terms, other.terms, times)
    if times <= 0 or any(row is not None for row in added):
        return ()
    sign = "<" if "<" in (one.sign, other.sign) else "<="
    fixed = added.get(None, Fraction(0))
    return () if _holds(fixed, sign) else tuple(dict.fromkeys([*one.texts, *other.texts]))
