"""Reading published editions: as the public may see them, as files, and what an edition changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.indicators.models import PublishedIndex
from motcua.indicators.rules.small_cells import SmallCells, small_cells

COLUMNS = (
    "period", "edition", "unit", "unit_name", "row", "code", "name", "group", "numerator", "denominator", "points",
    "max", "origin", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """A value that an edition gives otherwise than the one before."""

    unit: str
    row: str
    before: float | None
    after: float | None


def public_content(edition: PublishedIndex) -> dict[str, Any]:
    """Return the content with the counts of small cells left out: ``hidden`` says where. The points stay:
    they must be published (DOMAIN 3.8).

    Rows 1 to 3 count procedures and row 13 communes, not people; only counts of dossiers and petitions can hide anyone,
    but a reader cannot tell them apart by number, so one rule holds for all.
    """
    rule = small_cells(edition.published_at.date())
    content = edition.content
    return {
        **content,
        "least_whole": rule.least_whole,
        "units": [_public_unit(unit, rule) for unit in content["units"]],
    }


def _public_unit(unit: dict[str, Any], rule: SmallCells) -> dict[str, Any]:
    payment = unit["payment"]
    is_small = any(rule.hides(number) for number in payment.values())
    return {
        **unit,
        "rows": [_public_row(row, rule) for row in unit["rows"]],
        "payment": {} if is_small else payment,
    }


def _public_row(row: dict[str, Any], rule: SmallCells) -> dict[str, Any]:
    if not rule.hides(row["denominator"]):
        return {**row, "hidden": False}
    return {**row, "numerator": None, "denominator": None, "hidden": True}


def flat_rows(edition: PublishedIndex) -> Iterator[list[Any]]:
    """Yield the public rows of an edition in the order of COLUMNS."""
    content = public_content(edition)
    for unit in content["units"]:
        head = {"period": edition.period, "edition": edition.edition, "unit": unit["code"], "unit_name": unit["name"]}
        for row in unit["rows"]:
            values = {**row, **head, "name": row["name"], "code": row["code"]}
            yield [values[column] for column in COLUMNS]


def differences(edition: PublishedIndex) -> list[Difference]:
    """Return what an edition says otherwise than the one before it, [] for a first one: points of rows and totals."""
    before = PublishedIndex.objects.filter(
        unit=edition.unit, period=edition.period, edition=edition.edition - 1
    ).first()
    if before is None:
        return []
    old, new = _points(before.content), _points(edition.content)
    return [
        Difference(unit, row, old.get((unit, row)), new.get((unit, row)))
        for unit, row in dict.fromkeys([*old, *new])
        if old.get((unit, row)) != new.get((unit, row))
    ]


def _points(content: dict[str, Any]) -> dict[tuple[str, str], float | None]:
    found = {(unit["name"], row["name"]): row["points"] for unit in content["units"] for row in unit["rows"]}
    return found | {(unit["name"], ""): unit["total"] for unit in content["units"]}
