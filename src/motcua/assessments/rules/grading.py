"""Grades of units and their heads from what they reached (C130): bands, what bars a grade, limits of shares.

A scheme is dated data: {"grades": [{"code", "name", "at_least"}] best first, "bars": [{"measure", "at_least" or
"at_most", "not_above", "words"}], "limits": [{"grade", "most_percent", "of"}], "rewards": [{"grade", "words"}]}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade; ``at_least`` is per cent of what could be reached."""

    code: str
    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """A condition on a measure without which no unit is graded above ``not_above``."""

    measure: str
    not_above: str
    words: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the value fulfils the condition."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most_percent`` of the units graded ``of`` or better may have ``grade``; ``of`` "": of all units."""

    grade: str
    most_percent: Decimal
    of: str = ""


@dataclass(frozen=True)
class Scheme:
    """How totals become grades; ``grades`` best first."""

    grades: tuple[Grade, ...]
    bars: tuple[Bar, ...] = ()
    limits: tuple[Limit, ...] = ()
    rewards: tuple[tuple[str, str], ...] = ()  # grade, what is proposed

    def place(self, code: str) -> int:
        """Return how far a grade is from the best one."""
        return next(at for at, grade in enumerate(self.grades) if grade.code == code)

    def name(self, code: str) -> str:
        """Return a grade's name."""
        return next((grade.name for grade in self.grades if grade.code == code), code)

    def worse(self, one: str, other: str) -> str:
        """Return the worse of two grades."""
        return max(one, other, key=self.place)

    def reward(self, code: str) -> str:
        """Return what is proposed for a grade, "" for nothing."""
        return dict(self.rewards).get(code, "")


@dataclass(frozen=True, slots=True)
class Case:
    """A unit to be graded: its share (per cent; None: not known) and the values of measures that bars ask for."""

    key: str
    share: Decimal | None
    values: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade that the scheme gives, "" where nothing is known, and why it is not a better one."""

    grade: str
    reasons: tuple[str, ...] = ()


def scheme_of(data: Mapping[str, Any]) -> Scheme:
    """Return the scheme that a definition describes.

    Raises:
        KeyError: something is missing.
        TypeError: a word is none.
        ArithmeticError: a number is none.
    """
    grades = [Grade(_word(each["code"]), _word(each["name"]), _number(each["at_least"])) for each in data["grades"]]
    return Scheme(
        grades=tuple(sorted(grades, key=lambda grade: -grade.at_least)),
        bars=tuple(
            Bar(
                _word(each["measure"]),
                _word(each["not_above"]),
                _word(each["words"]),
                _bound(each.get("at_least")),
                _bound(each.get("at_most")),
            )
            for each in data.get("bars", ())
        ),
        limits=tuple(
            Limit(_word(each["grade"]), _number(each["most_percent"]), _word(each.get("of", "")))
            for each in data.get("limits", ())
        ),
        rewards=tuple((_word(each["grade"]), _word(each["words"])) for each in data.get("rewards", ())),
    )


def _word(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(f"{told!r:.40}")
    return told


def _number(told: Any) -> Decimal:
    number = Decimal(str(told))
    if not number.is_finite():
        raise ArithmeticError(str(told)[:40])
    return number


def _bound(told: Any) -> Decimal | None:
    return None if told is None else _number(told)


def proposals(scheme: Scheme, cases: Sequence[Case], limit_words: str) -> dict[str, Proposal]:
    """Return the grade of each case.

    A bar whose measure gave nothing does not bar: nothing happened. ``limit_words`` says that a share was full:
    "%(grade)s" is the grade lost.
    """
    found = {case.key: _alone(scheme, case) for case in cases}
    shares = {case.key: case.share or Decimal(0) for case in cases}
    for limit in scheme.limits:
        found |= _limited(scheme, limit, found, shares, limit_words)
    return found


def _alone(scheme: Scheme, case: Case) -> Proposal:
    if case.share is None:
        return Proposal("")
    grade = next((each.code for each in scheme.grades if case.share >= each.at_least), scheme.grades[-1].code)
    reasons = []
    for bar in scheme.bars:
        value = case.values.get(bar.measure)
        if value is not None and not bar.holds(value) and scheme.place(grade) < scheme.place(bar.not_above):
            grade = bar.not_above
            reasons.append(bar.words)
    return Proposal(grade, tuple(reasons))


def places(scheme: Scheme, limit: Limit, grades: Sequence[str]) -> int:
    """Return how many units may have the limit's grade among units with these grades."""
    whole = [grade for grade in grades if grade and (not limit.of or scheme.place(grade) <= scheme.place(limit.of))]
    return int((len(whole) * limit.most_percent / 100).to_integral_value(ROUND_FLOOR))


def _limited(
    scheme: Scheme, limit: Limit, found: Mapping[str, Proposal], shares: Mapping[str, Decimal], words: str
) -> dict[str, Proposal]:
    """Return those that lose the grade, one down: the lowest shares, and all of a tie for which there is no room."""
    holders = sorted((key for key, each in found.items() if each.grade == limit.grade), key=lambda key: -shares[key])
    room = places(scheme, limit, [each.grade for each in found.values()])
    if len(holders) <= room or scheme.place(limit.grade) + 1 >= len(scheme.grades):
        return {}
    kept = holders[:room]
    if kept and shares[kept[-1]] == shares[holders[room]]:
        kept = [key for key in kept if shares[key] > shares[holders[room]]]
    below = scheme.grades[scheme.place(limit.grade) + 1].code
    told = words % {"grade": scheme.name(limit.grade)}
    return {key: Proposal(below, (*found[key].reasons, told)) for key in holders if key not in kept}


def exceeded(scheme: Scheme, grades: Sequence[str]) -> list[tuple[Limit, int, int]]:
    """Return the limits that grades break, each with how many have the grade and how many may."""
    found = []
    for limit in scheme.limits:
        count, room = sum(grade == limit.grade for grade in grades), places(scheme, limit, grades)
        if count > room:
            found.append((limit, count, room))
    return found
