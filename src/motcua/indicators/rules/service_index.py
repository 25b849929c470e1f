"""The service-quality index of Decision 766/QĐ-TTg: a unit's components to points (DOMAIN 3.1-3.5). Pure.

The rules are a version of the index as data (``data/index-766-*.json``): maxima, thresholds, what 0/0 is worth, and
whether a rule was verified on published points. Points published elsewhere are never overwritten (R3.3): they stand
beside ours with the difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

VERIFIED = "verified"
ZERO, MAXIMUM = "zero", "maximum"  # what 0/0 is worth (R3.1, R3.2)
NO_COUNTS, NO_PART = "no-counts", "part-unknown"  # why a row has no points
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Counts:
    """A numerator over its denominator; None: not told."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_told(self) -> bool:
        return self.numerator is not None and self.denominator is not None


@dataclass(frozen=True)
class IndexRow:
    """The points of one row. ``points`` None: they cannot be told from what was given, ``reason`` says why.

    ``at_least`` is what the told parts of a row alone are worth; ``published`` the points that the source itself gave.
    """

    row: int
    code: str
    name: str
    group: str
    max: Decimal
    points: Decimal | None
    is_verified: bool
    counts: Counts = Counts()
    reason: str = ""
    at_least: Decimal | None = None
    published: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """Ours less the published points."""
        return None if self.points is None or self.published is None else self.points - self.published

    @property
    def lost(self) -> Decimal | None:
        return None if self.points is None else self.max - self.points


@dataclass(frozen=True)
class IndexScore:
    """All rows that apply to a unit. A group or total that lacks a row's points takes the published figure, and says so
    in ``taken`` (codes of groups); it is None where none was published either."""

    rows: tuple[IndexRow, ...]
    groups: dict[str, Decimal | None]
    taken: tuple[str, ...]
    total: Decimal | None
    band: str | None

    @property
    def known(self) -> Decimal:
        """Points of the rows that could be scored."""
        return sum((row.points for row in self.rows if row.points is not None), Decimal(0))

    @property
    def known_max(self) -> Decimal:
        """What those rows are worth at most."""
        return sum((row.max for row in self.rows if row.points is not None), Decimal(0))

    @property
    def unknown(self) -> tuple[IndexRow, ...]:
        return tuple(row for row in self.rows if row.points is None)

    def as_json(self) -> dict[str, Any]:
        """Return the contract of ``motcua index score --json``: points as numbers with two decimals."""
        return {
            "rows": [
                {
                    "row": row.row,
                    "code": row.code,
                    "name": row.name,
                    "group": row.group,
                    "max": _number(row.max),
                    "numerator": _number(row.counts.numerator),
                    "denominator": _number(row.counts.denominator),
                    "points": _number(row.points),
                    "at_least": _number(row.at_least),
                    "published": _number(row.published),
                    "difference": _number(row.difference),
                    "is_verified": row.is_verified,
                    "reason": row.reason,
                }
                for row in self.rows
            ],
            "groups": {code: _number(points) for code, points in self.groups.items()},
            "groups_taken_as_published": list(self.taken),
            "total": _number(self.total),
            "band": self.band,
        }


def rounded(points: Decimal) -> Decimal:
    """Return points as they are shown: two decimals, halves up."""
    return points.quantize(_CENT, ROUND_HALF_UP)


def ratio_points(counts: Counts, *, most: Decimal, threshold: Decimal, zero: str) -> Decimal:
    """Return the points of a ratio: the maximum from ``threshold`` on, in proportion below (R3.1).

    Raises:
        ValueError: a count is not told, or is negative.
    """
    if counts.numerator is None or counts.denominator is None:
        raise ValueError("both counts are needed")
    if counts.numerator < 0 or counts.denominator < 0:
        raise ValueError("counts are never negative")
    if counts.denominator == 0:
        return most if zero == MAXIMUM else Decimal(0)
    return rounded(most * min(Decimal(1), counts.numerator / counts.denominator / threshold))


def score(
    version: Mapping[str, Any],
    counts: Mapping[str, Counts],
    payment: Mapping[str, Decimal],
    *,
    level: str,
    published_rows: Mapping[str, Decimal] | None = None,
    published_groups: Mapping[str, Decimal] | None = None,
) -> IndexScore:
    """Return the points of a unit.

    Args:
        version: an index version as data.
        counts: {row code: counts}.
        payment: the counts of row 24 by name (``parts`` of its rule).
        level: province, department or commune: rows that are not for it are left out.
        published_rows: points that the source gives for rows; a row without counts may have them alone.
        published_groups: points that the source gives for groups.
    """
    told, told_groups = published_rows or {}, published_groups or {}
    rows = tuple(
        _row(rule, counts.get(rule["code"], Counts()), payment, told.get(rule["code"]))
        for rule in version["rows"]
        if level in rule["scope"] or rule["code"] in counts  # a row that is not for the level but was counted, counts
    )
    groups: dict[str, Decimal | None] = {}
    taken = []
    for group in version["groups"]:
        own = [row.points for row in rows if row.group == group["code"]]
        known = [points for points in own if points is not None]
        if own and len(known) == len(own):
            groups[group["code"]] = min(Decimal(str(group["max"])), sum(known, Decimal(0)))
            continue
        groups[group["code"]] = told_groups.get(group["code"])
        if groups[group["code"]] is not None:
            taken.append(group["code"])
    found = [points for points in groups.values() if points is not None]
    total = sum(found, Decimal(0)) if len(found) == len(groups) else None
    return IndexScore(rows, groups, tuple(taken), total, band_of(version, total))


def band_of(version: Mapping[str, Any], total: Decimal | None) -> str | None:
    """Return the name of the band that a total lies in (R3.4)."""
    if total is None:
        return None
    bands = sorted(version["bands"], key=lambda band: -band["from"])
    return next((band["name"] for band in bands if total >= Decimal(str(band["from"]))), None)


def _row(
    rule: Mapping[str, Any], counts: Counts, payment: Mapping[str, Decimal], published: Decimal | None
) -> IndexRow:
    most = Decimal(str(rule["max"]))
    points: Decimal | None = None
    at_least: Decimal | None = None
    reason = ""
    if rule["rule"] == "payment":
        points, at_least = _payment_points(rule, payment, most)
        points = published if points is None else points
        reason = "" if points is not None else NO_PART
    elif counts.is_told:
        points = ratio_points(
            counts, most=most, threshold=Decimal(str(rule.get("threshold", 1))), zero=rule.get("zero", ZERO)
        )
    elif published is not None:
        points = published  # a row without counts of its own, such as a service that is simply offered
    else:
        reason = NO_COUNTS
    return IndexRow(
        rule["row"], rule["code"], rule["name"], rule["group"], most, points, rule["status"] == VERIFIED, counts,
        reason, at_least, published,
    )  # fmt: skip


def _payment_points(
    rule: Mapping[str, Any], payment: Mapping[str, Decimal], most: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Return the points of row 24 and what its told parts are worth; each ratio is 0 when its denominator is."""
    worth = Decimal(0)
    is_whole = True
    for part in rule["parts"]:
        numerator, denominator = payment.get(part["numerator"]), payment.get(part["denominator"])
        if numerator is None or denominator is None:
            is_whole = False
            continue
        ratio = numerator / denominator if denominator else Decimal(0)
        points = Decimal(str(part["weight"])) * ratio
        worth += min(points, Decimal(str(part["most"]))) if "most" in part else points
    worth = min(most, rounded(worth))
    return (worth, worth) if is_whole else (None, worth)


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
