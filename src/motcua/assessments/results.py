"""The results of a round: every closed assessment with its groups, rank and band, and where points were lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.assessments.models import Assessment, Round, Score
from motcua.assessments.points import verified_total
from motcua.assessments.rules.criteria import Criterion, Tree
from motcua.assessments.rules.points import Total, rounded
from motcua.assessments.rules.ranking import band_of, ranks
from motcua.assessments.states import CLOSED
from motcua.organizations.models import Unit


@dataclass(frozen=True)
class Result:
    """One unit's final result; ``groups`` by the code of each top group."""

    assessment: Assessment
    unit: Unit
    total: Total
    groups: dict[str, Total]
    scores: Sequence[Score]
    rank: int
    band: str
    decimals: int

    @property
    def shown(self) -> Decimal:
        """The points that are compared, rounded as the set says."""
        return rounded(self.total.scaled, self.decimals)

    def as_json(self) -> dict[str, Any]:
        """Return the result as it is frozen: numbers as text, no words of people."""
        return {
            "code": self.unit.code,
            "name": self.unit.name,
            "kind": self.unit.kind,
            "points": _text(self.total.points, self.decimals),
            "most": _text(self.total.most, self.decimals),
            "scaled": _text(self.total.scaled, self.decimals),
            "share": _text(self.total.share, self.decimals),
            "rank": self.rank,
            "band": self.band,
            "groups": {
                code: {"points": _text(each.points, self.decimals), "most": _text(each.most, self.decimals)}
                for code, each in self.groups.items()
            },
            "scores": [_score(each, self.decimals) for each in self.scores],
        }


def _text(number: Decimal, decimals: int) -> str:
    return str(rounded(number, decimals))


def _score(row: Score, decimals: int) -> dict[str, Any]:
    return {
        "criterion": row.criterion,
        "self": None if row.self_points is None else _text(row.self_points, decimals),
        "value": None if row.value is None else f"{row.value.normalize():f}",
        "is_measured": row.measured is not None and row.self_value is None,
        "points": None if row.verified_points is None else _text(row.verified_points, decimals),
        "is_not_applicable": row.verified_not_applicable,
    }


def results_of(found: Round) -> list[Result]:
    """Return the closed assessments of a round, best first; equal ones by name."""
    rows = list(
        found.assessments.filter(state__in=CLOSED).select_related("unit").prefetch_related("scores").order_by("pk")
    )
    return results(found.tree, rows)


def results(tree: Tree, rows: Sequence[Assessment]) -> list[Result]:
    """Return assessments with their totals, ranks and bands, best first. Compared as shown: rounded."""
    order = {each.code: place for place, each in enumerate(tree.leaves)}
    kept = {row.pk: sorted(row.scores.all(), key=lambda score: order[score.criterion]) for row in rows}
    totals = {row.pk: verified_total(tree, kept[row.pk]) for row in rows}
    groups = {row.pk: {top.code: verified_total(tree, kept[row.pk], top.code) for top in tree.tops} for row in rows}
    compared = {
        row.pk: (
            rounded(totals[row.pk].scaled, tree.decimals),
            *(rounded(verified_total(tree, kept[row.pk], code).scaled, tree.decimals) for code in tree.tie_breakers),
        )
        for row in rows
    }
    places = ranks(compared)
    found = [
        Result(
            row,
            row.unit,
            totals[row.pk],
            groups[row.pk],
            kept[row.pk],
            places[row.pk],
            band_of(tree.bands, rounded(totals[row.pk].share, tree.decimals)),
            tree.decimals,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.rank, each.unit.sort_key))


@dataclass(frozen=True)
class Lost:
    """A criterion and the points that units lost on it together; ``units`` lost some."""

    criterion: Criterion
    points: Decimal
    most: Decimal
    units: int

    @property
    def share(self) -> Decimal:
        return self.points * 100 / self.most if self.most else Decimal(0)


def lost_points(tree: Tree, found: Sequence[Result]) -> list[Lost]:
    """Return the criteria on which units lost points, the most first."""
    lost: dict[str, list[Decimal]] = {each.code: [] for each in tree.leaves}
    for result in found:
        for row in result.scores:
            if row.verified_points is not None and not row.verified_not_applicable:
                lost[row.criterion].append(tree.by_code[row.criterion].worth - row.verified_points)
    rows = [
        Lost(each, sum(gone, Decimal(0)), each.most * len(gone), sum(points > 0 for points in gone))
        for each in tree.leaves
        if (gone := lost[each.code])
    ]
    return sorted((row for row in rows if row.points > 0), key=lambda row: -row.points)
