"""One quantity told twice in a text: the same words around two numbers that one slip of a digit sets apart.

Of two such numbers the one that stands nowhere else, neither in a table nor in another sentence, is the doubtful one.
Where nothing confirms either, or both, nothing is said: they may be two quantities.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from motcua.reports.rules.figures import vietnamese
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import GridSheet
from motcua.reports.rules.grids import Grid
from motcua.reports.rules.lines import Line
from motcua.reports.rules.same_figures import QUALIFIERS, Mention, mentions_in
from motcua.reports.rules.told import kind_of_unit, typo_of

LEAST_SHARED = 3  # words
ALIKE = Fraction(3, 5)
SURELY_ALIKE = 4  # words, where two short numbers differ in one digit
MOST_MENTIONS = 400


def twice_findings(lines: Sequence[Line], grids: Iterable[Grid]) -> Iterator[Finding]:
    """Yield numbers that a text tells otherwise in another sentence."""
    mentions = [mention for mention in mentions_in(lines) if len(mention.clause) >= LEAST_SHARED][:MOST_MENTIONS]
    often = Counter(mention.figure.value for mention in mentions)
    printed = {value for grid in grids for value in _values(GridSheet(grid))}
    told: set[tuple[int, int]] = set()
    for at, one in enumerate(mentions):
        for other in mentions[at + 1 :]:
            pair = _odd_one(one, other, often, printed) if _are_one(one, other) else None
            if pair is None:
                continue
            odd, right = pair
            if (odd.line, odd.told.start) not in told:
                told.add((odd.line, odd.told.start))
                yield finding(
                    "T06", "two_texts", Where(line=odd.line), found=odd.quote, expected=vietnamese(right.figure.value),
                    other_line=right.line, quote=right.quote, severity="warning",
                )  # fmt: skip


def _values(sheet: GridSheet) -> Iterator[Fraction]:
    for row in sheet.rows:
        for column in sheet.grid.of("value", "percent"):
            if (value := sheet.value(row, column)) is not None:
                yield value


def _are_one(one: Mention, other: Mention) -> bool:
    """Say whether two mentions speak of one thing and a slip parts their numbers."""
    if one.is_percent != other.is_percent or one.line == other.line:
        return False  # numbers side by side are of several things
    if one.figure.value == other.figure.value or not _is_same_unit(one, other):
        return False
    shared, either = one.clause & other.clause, one.clause | other.clause
    if len(shared) < LEAST_SHARED or len(shared) < ALIKE * len(either) or _narrowed(one) != _narrowed(other):
        return False
    left, right = (str(mention.figure.value) for mention in (one, other))
    if not typo_of(left, right):
        return False
    return len(left) > 2 or sorted(left) == sorted(right) or (shared == either and len(shared) >= SURELY_ALIKE)


def _is_same_unit(one: Mention, other: Mention) -> bool:
    units = [kind_of_unit(mention.told.unit) for mention in (one, other)]
    if units[0] == "nhiem":
        return False  # the tasks of several givers are told in the same words
    return units[0] == units[1] and (bool(units[0]) or one.is_percent)


def _narrowed(mention: Mention) -> frozenset[str]:
    return frozenset(words for words in QUALIFIERS if words in mention.around)


def _odd_one(
    one: Mention, other: Mention, often: Counter[Fraction], printed: set[Fraction]
) -> tuple[Mention, Mention] | None:
    """Return the doubtful mention and the other, None where both or neither are confirmed elsewhere."""
    confirmed = [mention.figure.value in printed or often[mention.figure.value] > 1 for mention in (one, other)]
    if confirmed[0] == confirmed[1]:
        return None
    return (other, one) if confirmed[0] else (one, other)
