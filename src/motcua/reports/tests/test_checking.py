"""The checker on invented reports: silent on what is right, exact on what is planted, usable while typing."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from motcua.reports.rules.catalogue import forms_of
from motcua.reports.rules.checking import check, check_report, computed_rows
from motcua.reports.rules.context import Context
from motcua.reports.rules.expressions import NOTHING_OCCURRED
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.rules.report_reading import read_report
from motcua.reports.rules.values import Cell
from motcua.reports.tests.drafts import RATIOS, SUMS, clean_draft
from motcua.reports.tests.planted import PLANTS

FORMS = forms_of("cchc", date(2023, 3, 14))
MEASURED = {(1, "7.1"), (1, "8.1")}  # totals that come from a measure and are checked, not computed
TYPING = Context(reporter="provincial_office", period=ReportPeriod.parse("2023Q1"), is_final=False)


def findings_of(draft):
    return check_report(read_report(draft.text().encode(), "thử.txt"))


def typed(appendix, **rows):
    return {appendix: {code.replace("_", "."): Cell(value) for code, value in rows.items()}}


def rules(values, context=TYPING):
    return [(f.rule, f.where.row) for f in check(values, FORMS.values(), context)]


@pytest.mark.parametrize("seed", range(25))
def test_report_that_is_right_raises_no_alarm(seed):
    assert [f.message for f in findings_of(clean_draft(Random(seed)))] == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.rule} {plant.name}")
def test_planted_error_is_named_by_its_rule_alone(plant):
    for seed in range(3):
        draft = clean_draft(Random(seed))
        plant.change(draft, Random(seed))
        found = findings_of(draft)
        also = {"M13"} if plant.rule in ("V02", "V14", "V20") else set()  # its sentence adds up no more
        assert plant.rule in {f.rule for f in found} <= {plant.rule, *also}
        assert (plant.appendix, plant.row) in {(f.where.appendix, f.where.row) for f in found}


@pytest.mark.parametrize("seed", range(40))
def test_any_changed_part_is_noticed_at_the_rows_that_use_it(seed):
    random = Random(seed)
    draft = clean_draft(random)
    users = [(appendix, total, part) for (appendix, total), parts in SUMS.items() for part in parts]
    appendix, total, part = random.choice(users)
    draft.values[appendix, part] = str(draft.number(appendix, part) + random.randint(1, 50))
    assert (appendix, total) in {(f.where.appendix, f.where.row) for f in findings_of(draft)}


def test_computed_rows_equal_the_tables_worked_by_hand():
    draft = clean_draft(Random(7))
    values = {number: {} for number in FORMS}
    for (appendix, row), value in draft.values.items():
        if (appendix, row) not in SUMS and (appendix, row) not in RATIOS:
            values[appendix][row] = Cell(value)
    computed = {
        (appendix, row): value for appendix, form in FORMS.items() for row, value in computed_rows(values, form).items()
    }
    sums = {
        (appendix, row): sum(draft.number(appendix, part) for part in parts)
        for (appendix, row), parts in SUMS.items()
        if (appendix, row) not in MEASURED
    }
    ratios = {
        (appendix, row): Fraction(100 * draft.number(appendix, part), draft.number(appendix, whole))
        for (appendix, row), (part, whole) in RATIOS.items()
    }
    assert computed == sums | ratios


def test_computed_ratio_without_cases_says_so():
    values = typed(1, **{"4_1": 0, "4_2": 0, "2_1": 12})
    computed = computed_rows(values, FORMS[1])
    assert (computed["4"], computed["2"], computed["3"]) == (NOTHING_OCCURRED, None, None)


def test_live_check_names_the_wrong_ratio_at_once():
    assert rules(typed(1, **{"2": "100%", "2_1": "12", "2_2": "10"})) == [("V03", "2")]
    assert rules(typed(1, **{"2": "83,3", "2_1": "12", "2_2": "10"})) == []
    assert rules(typed(1, **{"2": 83.33, "2_1": 12, "2_2": 10})) == []


def test_live_check_waits_for_rows_not_typed_yet():
    assert rules(typed(1, **{"7_1": "186"})) == []
    assert rules(typed(1, **{"7_1": "186", "7_2": "82"})) == [("V01", "7.1")]
    partial = check(typed(1, **{"7_1": "186", "7_2": "82"}), FORMS[1], TYPING)
    assert partial[0].severity == "warning"
    assert rules(typed(1, **{"7_1": "186", "7_2": "82", "7_3": "9", "7_4": "95"})) == []


def test_nothing_occurred_is_the_right_word_for_zero_of_zero():
    assert rules(typed(1, **{"4": "không phát sinh", "4_1": "0", "4_2": "0"})) == []
    assert rules(typed(1, **{"4": "", "4_1": "0", "4_2": "0"})) == []
    assert rules(typed(1, **{"4": "0", "4_1": "0", "4_2": "0"})) == [("V04", "4")]
    assert rules(typed(1, **{"4": "không phát sinh", "4_1": "4", "4_2": "3"})) == [("V04", "4")]


def test_rounding_up_to_a_hundred_is_noticed():
    assert rules(typed(3, **{"3_1": "100%", "3_1_1": "9999", "3_1_2": "9998"})) == [("V09", "3.1")]
    assert rules(typed(3, **{"3_1": "99,99%", "3_1_1": "9999", "3_1_2": "9998"})) == []


def test_late_tasks_without_a_row_count_from_the_note():
    values = {1: {code: Cell(value) for code, value in {"7.2": "80", "7.3": "9", "7.4": "95"}.items()}}
    values[1]["7.1"] = Cell("186", note="trong đó hoàn thành nhưng quá hạn: 02 nhiệm vụ")
    assert rules(values) == []
    values[1]["7.1"] = Cell("186", note="số liệu toàn tỉnh")
    assert rules(values) == [("V01", "7.1")]


def test_cumulative_count_never_falls_within_the_year():
    context = Context(previous=typed(1, **{"2_1": 10, "2_2": 8, "2": "80%"}), is_final=False)
    assert rules(typed(1, **{"2_1": 10, "2_2": 7, "2": "70%"}), context) == [("V17", "2.2")]
    assert rules(typed(1, **{"2_1": 16, "2_2": 8, "2": "50%"}), context) == []


def test_rows_of_abolished_levels_stay_blank():
    context = Context(period=ReportPeriod.parse("2026Q3"), is_final=False)
    assert rules(typed(3, **{"1_4_2": "5"}), context) == [("V08", "1.4"), ("V18", "1.4.2")]
    assert rules(typed(3, **{"1_4": "12", "1_4_1": "5", "1_4_3": "7"}), context) == []


def test_rules_across_appendices_wait_for_both():
    assert rules(typed(7, **{"6_3_1": "3", "6_1_2": "1", "6_2_2": "2"})) == []


def test_unknown_reporter_is_not_told_what_to_fill():
    values = typed(1, **{"5_1": "3", "9": "Có"})
    assert rules(values, Context()) == []
    assert rules(values, Context(reporter="department", is_final=False)) == [("V18", "5.1"), ("V18", "9")]


@pytest.mark.parametrize("hostile", ["{0}", "{place}", "%s", "<script>", "9" * 5000, "\x00", "=1+1", "[7.1]"])
def test_hostile_cell_is_blamed_and_quoted_as_it_stands(hostile):
    found = check(typed(1, **{"6_1": hostile}), FORMS[1], TYPING)
    assert [f.rule for f in found] == ["V15"]
    assert hostile[:20] in found[0].message
