"""What the index would be if counts were other than they are, and where a dossier more gains most. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.indicators.rules.service_index import MAXIMUM, VERIFIED, Counts, IndexRow


@dataclass(frozen=True)
class Change:
    """So many more (or fewer) in the part and in the whole of a row."""

    part: int = 0
    whole: int = 0


@dataclass(frozen=True)
class Step:
    """What bringing ``needed`` items of a row to the good side would gain; ``each`` is the gain per item."""

    row: IndexRow
    needed: int
    gain: Decimal
    each: Decimal


def changed(counts: Mapping[str, Counts], changes: Mapping[str, Change]) -> dict[str, Counts]:
    """Return the counts with the changes made: never below 0, and no part above its whole."""
    found = dict(counts)
    for code, change in changes.items():
        counted = found.get(code, Counts())
        if counted.numerator is None or counted.denominator is None:
            continue
        whole = max(Decimal(0), counted.denominator + change.whole)
        found[code] = Counts(min(whole, max(Decimal(0), counted.numerator + change.part)), whole)
    return found


def exact_points(rule: Mapping[str, Any], counts: Counts) -> Decimal | None:
    """Return the unrounded points of a ratio row, None where its counts are not told or it is no plain ratio."""
    if rule["rule"] != "ratio" or counts.numerator is None or counts.denominator is None:
        return None
    most = Decimal(str(rule["max"]))
    if not counts.denominator:
        return most if rule.get("zero") == MAXIMUM else Decimal(0)
    return most * min(Decimal(1), counts.numerator / counts.denominator / Decimal(str(rule.get("threshold", 1))))


def next_steps(version: Mapping[str, Any], rows: tuple[IndexRow, ...]) -> list[Step]:
    """Return what could still be gained, the row that gains most per item first.

    Only rows with a verified rule are proposed: nobody should work for points that a guess promises. Needed is how
    many of the present whole are missing for the row's threshold.
    """
    rules = {rule["code"]: rule for rule in version["rows"]}
    found = []
    for row in rows:
        rule, counts = rules[row.code], row.counts
        now = exact_points(rule, counts)
        if now is None or rule["status"] != VERIFIED or not counts.denominator or counts.numerator is None:
            continue
        enough = (counts.denominator * Decimal(str(rule.get("threshold", 1)))).to_integral_value("ROUND_CEILING")
        needed = int(max(Decimal(0), enough - counts.numerator))
        if needed:
            gain = Decimal(str(rule["max"])) - now
            found.append(Step(row, needed, gain, gain / needed))
    return sorted(found, key=lambda step: -step.each)
