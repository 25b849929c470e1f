"""What grades are made from: the published result of a round, or the published index of Decision 766."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.assessments.grading_models import BY_INDEX, GradeScheme
from motcua.assessments.measuring import measured
from motcua.assessments.models import Publication
from motcua.assessments.rules.grading import Case
from motcua.indicators.models import PublishedIndex
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.states import LEADER


@dataclass(frozen=True)
class Source:
    """A publication: its name in lists and addresses, its period, the shares of units (per cent) by code."""

    name: str
    period: IndexPeriod
    unit: Unit
    shares: dict[str, Decimal]
    title: str = ""


def sources_for(scheme: GradeScheme, unit: Unit) -> list[Source]:
    """Return what a scheme can grade under a unit, newest first; of each round or period only the newest edition."""
    if scheme.basis == BY_INDEX:
        return _indexes(unit)
    found: dict[str, Source] = {}
    published = Publication.objects.filter(round__unit=unit).select_related("round__unit").order_by("-published_at")
    for each in published:
        found.setdefault(each.round.code, _of_round(each))
    return list(found.values())


def _of_round(each: Publication) -> Source:
    made, period = each.round, IndexPeriod.parse(each.content["period"])
    shares = {unit["code"]: Decimal(unit["share"]) for unit in each.content["units"]}
    return Source(f"{made.code}-{each.edition}", period, made.unit, shares, made.title)


def _indexes(unit: Unit) -> list[Source]:
    found: dict[str, Source] = {}
    for each in PublishedIndex.objects.filter(unit=unit).select_related("unit").order_by("-published_at"):
        shares = {
            told["code"]: (Decimal(str(told["known"])) * 100 / Decimal(str(told["known_max"]))).quantize(
                Decimal("0.01")
            )
            for told in each.content["units"][1:]
            if told["known_max"]
        }
        found.setdefault(each.period, Source(each.code, IndexPeriod.parse(each.period), each.unit, shares))
    return list(found.values())


def cases_of(scheme: GradeScheme, source: Source, units: Sequence[Unit]) -> list[Case]:
    """Return units with their shares and the values of the measures that the scheme's bars ask for."""
    codes = {bar.measure for bar in scheme.scheme.bars}
    return [
        Case(
            unit.code,
            source.shares.get(unit.code),
            {code: measured(code, unit, source.period).value for code in codes},
        )
        for unit in units
    ]


def heads_of(units: Sequence[Unit], period: IndexPeriod) -> dict[int, Account]:
    """Return who led each unit on the period's last day, by the unit's key; of several the one longest in post."""
    posts = (
        Post.objects.filter(in_force(period.last), unit__in=units, role=LEADER)
        .select_related("account")
        .order_by("valid_from", "pk")
    )
    found: dict[int, Account] = {}
    for post in posts:
        found.setdefault(post.unit_id, post.account)
    return found


def in_words(reasons: Sequence[Any]) -> str:
    """Return reasons as one line."""
    return "; ".join(str(each) for each in reasons)
