"""Files of components as they really come: parts missing, numbers as text, shares instead of counts, extra keys."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.base.refusal import Refused
from motcua.indicators.rules.component_file import components_of
from motcua.indicators.rules.service_index import Counts, IndexScore, rounded, score
from motcua.indicators.score_command import index_version

VERSION = index_version()
CODES = {row["code"] for row in VERSION["rows"]}
GROUPS = {group["code"] for group in VERSION["groups"]}
EXAMPLE = json.loads((Path(__file__).parent / "index_766_gia_lai.json").read_text(encoding="utf-8"))
NATIONAL = Path(__file__).parents[1] / "data" / "national-766-2026-20261010.csv"


def read(unit: object):
    return components_of(json.dumps(unit).encode(), CODES, GROUPS)


def scored(unit: object) -> IndexScore:
    told = read(unit)
    return score(
        VERSION, told.counts, told.payment, level=told.level,
        published_rows=told.published_rows, published_groups=told.published_groups,
    )  # fmt: skip


def row(found: IndexScore, code: str):
    return next(each for each in found.rows if each.code == code)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ({"numerator": "417.669", "denominator": "1.000.000"}, Counts(Decimal(417669), Decimal(1000000))),
        ({"numerator": "43", "denominator": " 47 "}, Counts(Decimal(43), Decimal(47))),
        ({"numerator": "85,8 %", "denominator": None}, Counts(Decimal("85.8"), Decimal(100))),
        ({"ratio": "85.8%"}, Counts(Decimal("85.8"), Decimal(100))),
        ({"numerator": None, "denominator": None, "percent": 40}, Counts(Decimal(40), Decimal(100))),
        ({"numerator": "-", "denominator": ""}, Counts()),
    ],
)
def test_numbers_written_by_hand_are_read_as_they_mean(metric: dict, expected: Counts) -> None:
    told = read({"metrics": [{"code": " publish_on_time ", **metric}]})
    assert told.counts["PUBLISH_ON_TIME"] == expected


def test_metrics_by_code_and_keys_that_are_not_ours_are_read() -> None:
    told = read(
        {
            "level": "Phường", "metrics": {"PUBLISH_ON_TIME": {"numerator": 1, "denominator": 2, "colour": "red"}},
            "groups": {"CKMB": {"score": 11.79, "max": 18}, "EXTRA": "x"},
            "online_payment": {"dossiers_with_fee": 3, "remark": "crawled"}, "parent": None, "more": [1],
        }
    )  # fmt: skip
    assert told.level == "commune"
    assert told.counts["PUBLISH_ON_TIME"] == Counts(Decimal(1), Decimal(2))
    assert told.published_groups == {"CKMB": Decimal("11.79")}
    assert told.payment == {"dossiers_with_fee": Decimal(3)}


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ({"received": 294, "on_time": 287}, Counts(Decimal(287), Decimal(294))),
        ({"received": 294, "overdue": 7}, Counts(Decimal(287), Decimal(294))),
        ({"received": 294, "on_time_pct": 97.62}, Counts(Decimal("97.62"), Decimal(100))),
        ({"metrics": [{"code": "HANDLED_ON_TIME", "numerator": 1, "denominator": 4}], "received": 9, "on_time": 9},
         Counts(Decimal(1), Decimal(4))),
    ],
)  # fmt: skip
def test_handled_on_time_is_told_in_several_ways(unit: dict, expected: Counts) -> None:
    assert read(unit).counts["HANDLED_ON_TIME"] == expected


@pytest.mark.parametrize(("name", "level"), [("UBND xã Đề Gi", "commune"), ("Sở Y tế", "department"), ("", "province")])
def test_level_that_is_not_told_is_seen_from_the_name(name: str, level: str) -> None:
    assert read({"name": name, "metrics": []}).level == level


@pytest.mark.parametrize("left_out", ["groups", "received", "metrics", "online_payment", "level", "total", "on_time"])
def test_any_part_may_be_missing_and_nothing_is_guessed(left_out: str) -> None:
    unit = {key: value for key, value in EXAMPLE["unit"].items() if key != left_out}
    found = scored({"unit": unit})
    assert len(found.rows) == len(VERSION["rows"])
    if left_out == "groups":
        assert found.total is None
        assert row(found, "PUBLISH_ON_TIME").points == Decimal("0.13")
    if left_out == "metrics":
        assert row(found, "PUBLISH_ON_TIME").points is None


def test_whole_file_as_text_scores_as_with_numbers() -> None:
    unit = json.loads(json.dumps(EXAMPLE["unit"]))
    for metric in unit["metrics"]:
        metric.update(
            {key: f"{metric[key]}" for key in ("numerator", "denominator", "score") if metric[key] is not None}
        )
    unit["received"], unit["on_time"] = "417.669", "358.540"
    assert scored(unit).as_json() == scored(EXAMPLE).as_json()


def test_row_told_twice_alike_counts_once_and_otherwise_is_refused() -> None:
    metric = {"code": "PUBLISH_ON_TIME", "numerator": 1, "denominator": 2}
    assert read({"metrics": [metric, metric]}).counts["PUBLISH_ON_TIME"].denominator == 2
    with pytest.raises(Refused, match=r"metrics\[1\]"):
        read({"metrics": [metric, {**metric, "numerator": 2}]})


@pytest.mark.parametrize("value", [True, [1], {"n": 1}, "1e999", "một", "-3", "NaN"])
def test_what_is_no_count_is_refused_by_its_place(value: object) -> None:
    with pytest.raises(Refused, match=r"metrics\[0\].numerator"):
        read({"metrics": [{"code": "PUBLISH_ON_TIME", "numerator": value, "denominator": 2}]})


def test_published_payment_points_stand_where_its_parts_are_not_told() -> None:
    found = scored({"metrics": [{"code": "ONLINE_PAYMENT", "score": 7.21}]})
    assert (row(found, "ONLINE_PAYMENT").points, found.groups["TTTT"]) == (Decimal("7.21"), Decimal("7.21"))


def test_every_published_record_adds_up_from_its_groups() -> None:
    """183 real records: a file that tells groups and total alone gives the published total within rounding."""
    with NATIONAL.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    assert len(records) == 183
    for record in records:
        unit = {
            "level": record["level"], "name": record["name"], "metrics": [],
            "groups": {group: float(record[group]) for group in GROUPS},
        }  # fmt: skip
        found = scored(unit)
        assert found.total is not None
        assert abs(rounded(found.total) - Decimal(record["total"])) <= Decimal("0.03"), record
