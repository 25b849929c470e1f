"""Rows that are prefilled from measures: shares and codes, and that shipped rows name measures that exist."""

import pytest

from motcua.base.refusal import Refused
from motcua.indicators.registry import measures
from motcua.reports.measuring import measure_row
from motcua.reports.rules.catalogue import form_on, form_versions
from motcua.reports.rules.forms import Measure, form_from
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.tests.test_forms import minimal

PERIOD = ReportPeriod.parse("2026Q3")
OFFERED = ("registers.", "dossiers.", "units.", "assessments.", "satisfaction.")


def _row(kind="number", **measure):
    options = [{"code": code, "name": code} for code in ("0", "1")] if kind == "enum" else []
    row = {"code": "1", "name": "Thử", "unit": "", "kind": kind, "measure": measure, "options": options}
    return form_from(minimal(rows=[row])).rows["1"]


def test_share_of_two_counts_is_per_cent_with_both_numbers_behind_it(cast):
    departments = {"code": "units.in_force", "where": {"unit_kind": "department"}, "span": "closing_day"}
    whole = {"code": "units.in_force", "span": "closing_day"}
    found = measure_row(_row("percent", **departments, whole=whole), cast.top, PERIOD, "cchc")
    # two departments of four units: the province, its office, "Sở Thử" and "Sở Khác"
    assert (found.value, found.lineage["number"], found.lineage["whole"]) == ("50", "2", "4")
    assert found.lineage["of"]["measure"] == "units.in_force"


def test_share_of_nothing_is_not_known(cast):
    communes = {"code": "units.in_force", "where": {"unit_kind": "commune"}, "span": "closing_day"}
    assert measure_row(_row("percent", **communes, whole=communes), cast.top, PERIOD, "cchc") is None


@pytest.mark.parametrize(("kind", "code"), [("commune", "0"), ("department", "1")])
def test_count_becomes_the_code_of_the_last_bound_it_reaches(cast, kind, code):
    codes = [{"from": 0, "code": "0"}, {"from": 1, "code": "1"}]
    row = _row("enum", code="units.in_force", where={"unit_kind": kind}, span="closing_day", codes=codes)
    assert measure_row(row, cast.top, PERIOD, "cchc").value == code


def test_bounds_are_looked_up_from_the_highest():
    found = Measure("x", codes=((0, "0"), (1, "1"), (3, "2")))
    assert [found.code_for(number) for number in (0, 1, 2, 3, 9)] == ["0", "1", "1", "2", "2"]


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        ("percent", {"code": "units.in_force"}),
        ("number", {"code": "units.in_force", "whole": {"code": "units.in_force"}}),
        ("enum", {"code": "units.in_force"}),
        ("enum", {"code": "units.in_force", "codes": [{"from": 0, "code": "9"}]}),
        ("enum", {"code": "units.in_force", "codes": [{"from": 1, "code": "1"}, {"from": 0, "code": "0"}]}),
        ("text", {"code": "units.in_force"}),
    ],
)
def test_measure_that_gives_no_value_of_the_row_is_refused(kind, measure):
    with pytest.raises(Refused, match="units.in_force"):
        _row(kind, **measure)


def test_rows_measured_from_registers_dossiers_and_units_name_what_is_offered():
    for form in form_versions():
        for row in form.rows.values():
            for asked in (row.measure, row.measure.whole if row.measure else None):
                if asked is None or not asked.code.startswith(OFFERED):
                    continue  # some rows name what no module offers yet
                assert asked.code in measures(), f"{form.code} {row.code}: {asked.code}"
                narrowings = getattr(measures()[asked.code], "narrowings", None)
                assert narrowings is None or dict(asked.where).keys() <= narrowings.keys(), f"{form.code} {row.code}"


def test_share_of_connected_departments_is_asked_on_the_closing_day():
    measure = form_on("cchc-appendix-7", PERIOD.window("cchc").last).rows["5.3.1"].measure
    assert measure.code == "registers.connections.one-stop-departments"
    assert (measure.span, measure.whole.span, measure.whole.where) == (
        "closing_day", "closing_day", (("unit_kind", "department"),),
    )  # fmt: skip
