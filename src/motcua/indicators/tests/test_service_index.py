"""Points of index 766: the test vectors of DOMAIN 3.9, the published unit, and files that are none."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.base.refusal import Refused
from motcua.indicators.rules.component_file import components_of
from motcua.indicators.rules.service_index import Counts, score
from motcua.indicators.score_command import index_version

VERSION = index_version()
CODES = {row["row"]: row["code"] for row in VERSION["rows"]}
EXAMPLE = Path(__file__).parent / "index_766_gia_lai.json"


def points_of(row: int, numerator: object, denominator: object) -> Decimal | None:
    counts = {CODES[row]: Counts(Decimal(str(numerator)), Decimal(str(denominator)))}
    found = score(VERSION, counts, {}, level="province")
    return next(one.points for one in found.rows if one.row == row)


@pytest.mark.parametrize(
    ("row", "numerator", "denominator", "points"),
    [
        (5, 980, 1000, "19.60"),
        (1, 47, 50, "5.64"),
        (14, 40, 100, "1.00"),
        (14, 80, 100, "2.00"),
        (14, 95, 100, "2.00"),
        (23, 810, 1000, "5.40"),
        (23, 950, 1000, "6.00"),
        (23, 0, 0, "0"),
        (21, 0, 0, "6"),
        (21, 9, 12, "4.50"),
    ],
)
def test_vectors_of_the_domain(row: int, numerator: int, denominator: int, points: str) -> None:
    assert points_of(row, numerator, denominator) == Decimal(points)


@pytest.mark.parametrize(("a", "b", "c", "points"), [("0.5", "0.2", "0.6", "5.00"), (1, 1, 1, "10"), (0, 0, 0, "0")])
def test_payment_adds_three_parts_and_is_capped(a: object, b: object, c: object, points: str) -> None:
    payment = {
        "dossiers_paid_online": Decimal(str(a)),
        "dossiers_with_fee": Decimal(1),
        "procedures_paid_online": Decimal(str(b)),
        "procedures_with_fee": Decimal(str(c)),
        "fee_procedures": Decimal(1),
    }
    found = score(VERSION, {}, payment, level="province")
    assert next(row.points for row in found.rows if row.row == 24) == Decimal(points)


def test_payment_without_a_part_says_what_is_known_and_guesses_nothing() -> None:
    payment = {"dossiers_paid_online": Decimal(1), "dossiers_with_fee": Decimal(2)}
    row = next(row for row in score(VERSION, {}, payment, level="province").rows if row.row == 24)
    assert (row.points, row.at_least, row.reason) == (None, Decimal("3.00"), "part-unknown")


def test_all_ratios_one_make_a_hundred() -> None:
    counts = {row["code"]: Counts(Decimal(7), Decimal(7)) for row in VERSION["rows"] if row["rule"] == "ratio"}
    names = {
        part[side] for row in VERSION["rows"] for part in row.get("parts", []) for side in ("numerator", "denominator")
    }
    found = score(VERSION, counts, {name: Decimal(3) for name in names}, level="province")
    assert found.total == 100
    assert found.band == "Xuất sắc"


def test_published_unit_is_met_within_two_hundredths() -> None:
    content = EXAMPLE.read_bytes()
    unit = json.loads(content)["unit"]
    told = components_of(content, set(CODES.values()), {group["code"] for group in VERSION["groups"]})
    found = score(
        VERSION, told.counts, told.payment, level=told.level,
        published_rows=told.published_rows, published_groups=told.published_groups,
    )  # fmt: skip
    published = {metric["code"]: Decimal(str(metric["score"])) for metric in unit["metrics"]}
    ours = {row.code: row.points for row in found.rows}
    assert {code for code, points in published.items() if abs(points - (ours[code] or 0)) > Decimal("0.02")} == set()
    for code in ("CKMB", "TDGQ", "MDHL", "MDSH"):
        assert code not in found.taken
        assert abs((found.groups[code] or 0) - Decimal(str(unit["groups"][code]))) <= Decimal("0.02")
    assert found.total == Decimal("66.23")


def test_group_that_nobody_published_leaves_the_total_unknown() -> None:
    found = score(VERSION, {CODES[5]: Counts(Decimal(1), Decimal(2))}, {}, level="province")
    assert found.groups["TDGQ"] == 10
    assert found.total is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "JSON"),
        ("[]", "thành phần"),
        ('{"unit": {"metrics": [{"code": "PUBLISH_ON_TIME", "numerator": -1}]}}', "metrics[0].numerator"),
        ('{"unit": {"metrics": [{"code": "PUBLISH_ON_TIME", "numerator": "x"}]}}', "metrics[0].numerator"),
        ('{"unit": {"metrics": [{}]}}', "metrics[0]"),
        ('{"unit": {"level": "planet", "metrics": []}}', "level"),
        ('{"unit": {"received": 1e999, "metrics": []}}', "unit.received"),
    ],
)
def test_bad_file_is_refused_by_its_place(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words.replace("[", r"\[").replace("]", r"\]")):
        components_of(text.encode(), set(CODES.values()), {"CKMB"})
