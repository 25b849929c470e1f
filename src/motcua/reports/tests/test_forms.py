"""Form versions as data: complete, equal to the printed form, refused where they contradict themselves."""

import json
from datetime import date
from pathlib import Path

import pytest

from motcua.base.refusal import Refused
from motcua.reports.rules.catalogue import data_file, form_on, form_versions, forms_of
from motcua.reports.rules.expressions import parse
from motcua.reports.rules.forms import form_from

PRINTED = json.loads((Path(__file__).parent / "report_415_indicators.json").read_text(encoding="utf-8"))
# The printed unit cell lists the codes, or lacks or mistakes the unit; the form data sets it right.
MENDED_UNITS = {(1, "10.2"), (1, "11"), (2, "1"), (3, "3.4"), (4, "I.1"), (7, "1"), (7, "2"), (7, "4")}


def test_forms_hold_every_printed_row_in_order():
    forms = forms_of("cchc", date(2023, 3, 15))
    printed = {number: [] for number in range(1, 8)}
    for row in PRINTED:
        if row["kind"] != "option":
            printed[row["appendix"]].append((row["full_code"], row["code"], row["name"]))
    held = {
        number: [(row.code, "" if row.label else row.number, row.source_name or row.name) for row in form.rows.values()]
        for number, form in forms.items()
    }
    for number, form in forms.items():
        for row in form.rows.values():
            if row.label:
                assert row.number == "", f"{number}-{row.code}"
    assert held == printed


def test_forms_hold_every_printed_unit_but_the_mended_ones():
    forms = forms_of("cchc", date(2023, 3, 15))
    differing = set()
    for row in PRINTED:
        if (
            row["kind"] != "option"
            and forms[row["appendix"]].rows[row["full_code"]].unit.casefold() != row["unit"].casefold()
        ):
            differing.add((row["appendix"], row["full_code"]))
    assert differing == MENDED_UNITS


def test_form_is_chosen_by_day():
    assert form_on("cchc-appendix-3", date(2026, 9, 14)).appendix == 3
    with pytest.raises(Refused, match="cchc-appendix-3"):
        form_on("cchc-appendix-3", date(2020, 1, 1))


def test_district_rows_end_with_the_district_level():
    form = form_on("cchc-appendix-3", date(2026, 9, 14))
    gone = form.rows.keys() - form.rows_on(date(2025, 7, 1)).keys()
    assert gone == {"1.4.2", "3.2", "3.2.1", "3.2.2"}
    assert form.rows_on(date(2025, 6, 30)).keys() == form.rows.keys()


def test_every_rule_of_a_form_has_words():
    rules = data_file("rules")["rules"]
    used = {relation.rule for form in form_versions() for relation in form.relations}
    assert used <= rules.keys()
    assert {f"V{number:02d}" for number in range(1, 21)} <= rules.keys()


def test_appendix_1_says_who_reports_what():
    form = form_on("cchc-appendix-1", date(2023, 3, 14))
    due = {
        group: [code for code, row in form.rows.items() if row.reporters == {group} and "." not in code]
        for group in "ASVH"
    }
    assert due == {"A": ["1", "2", "3", "4", "6", "7", "11"], "S": ["5"], "V": ["8"], "H": ["9", "10"]}


def minimal(**changes):
    row = {"code": "1", "name": "Tổng", "unit": "Hồ sơ", "kind": "number"}
    form = {
        "code": "thu",
        "appendix": 1,
        "title": "Biểu thử",
        "regime": "cchc",
        "valid_from": "2026-01-01",
        "source": "biểu thử",
        "columns": [],
        "rows": [row, {**row, "code": "2"}],
        "relations": [],
    }
    return {**form, **changes}


def test_form_of_sound_data_is_made():
    assert list(form_from(minimal()).rows) == ["1", "2"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rows": [{"code": "1", "name": "a", "unit": "", "kind": "number"}] * 2}, "cùng mã"),
        ({"rows": [{"code": "1", "name": "a", "unit": "", "kind": "picture"}]}, "picture"),
        ({"rows": [{"code": "1", "unit": "", "kind": "number"}]}, "name"),
        (
            {"rows": [{"code": "1", "name": "a", "unit": "", "kind": "number", "formula": "[1] + 1"}]},
            "quay vòng",
        ),
        ({"relations": [{"rule": "V01", "check": "[1] = [9]"}]}, "9"),
        ({"relations": [{"rule": "V01", "check": "[1]"}]}, "so sánh"),
        ({"relations": [{"rule": "V01", "formula_of": "1"}]}, "công thức"),
    ],
)
def test_form_that_contradicts_itself_is_refused(changes, words):
    with pytest.raises(Refused, match=words):
        form_from(minimal(**changes))


def test_formulas_are_derived_parts_first():
    form = form_on("cchc-appendix-6", date(2023, 3, 14))
    order = list(form.derivation_order)
    assert order.index("II.4") < order.index("II.1")
    assert form.rows["I"].formula == parse("[I.2] / [I.1] * 100")
