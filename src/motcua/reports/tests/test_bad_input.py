"""What reports meet that should not be: told clearly, at its place, and nothing is lost."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.base.refusal import Refused
from motcua.organizations.actions.units import establish
from motcua.organizations.states import DEPARTMENT
from motcua.reports.actions.rounds import consolidate
from motcua.reports.actions.sending import submit
from motcua.reports.actions.writing import Entry, fill, open_report
from motcua.reports.models import Report
from motcua.reports.queries import checked
from motcua.reports.rules.form_making import made_form
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.tests.conftest import PERIOD

pytestmark = pytest.mark.django_db


def typed(report, appendix, row):
    return report.cells.get(appendix=appendix, row=row).value


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("1.234", True), ("1 234", True), ("1\u00a0234", True), (" 12 ", True), ("12 hồ sơ", False), ("#REF!", False),
        ("=1+1", False), ("1,5", False), ("không phát sinh", True), ("mười hai", False), ("1e3", False),
    ],
)  # fmt: skip
def test_text_pasted_into_a_number_cell_is_kept_and_named_with_its_cell(cast, report, text, is_number):
    fill(report.code, {(1, "2.1"): Entry(text), (1, "2.2"): Entry("10")}, actor=cast.specialist)
    assert typed(report, 1, "2.1") == text.replace("\u00a0", " ").strip() or typed(report, 1, "2.1") == text.strip()
    said = {(found.rule, found.where.row) for found in checked(report, is_final=True).findings}
    assert (("V15", "2.1") not in said) == is_number
    assert typed(report, 1, "2.2") == "10"


def test_two_people_in_one_cell_see_both_values(client, cast, report):
    client.force_login(cast.specialist)
    address = reverse("reports:sheet", args=[report.code, 1])
    seen = client.get(address).context["seen"]
    fill(report.code, {(1, "2.1"): Entry("12")}, actor=cast.leader)
    answer = client.post(address, {"row": ["2.1", "2.2"], "v:2.1": "99", "v:2.2": "10", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "12" in page
    assert 'value="99"' in page
    assert 'value="10"' in page  # what was typed beside it is not lost either
    assert typed(report, 1, "2.1") == "12"
    assert not report.cells.filter(appendix=1, row="2.2").exclude(typed="").exists()


def test_nothing_of_nothing_is_no_per_cent(cast, report):
    fill(report.code, {(1, "2.1"): Entry("0"), (1, "2.2"): Entry("0"), (1, "2"): Entry("0")}, actor=cast.specialist)
    said = [found for found in checked(report, is_final=True).findings if found.where.row == "2"]
    assert [(found.severity, found.expected) for found in said] == [("warning", "không phát sinh")]


@pytest.mark.parametrize(
    "rules",
    [
        "[1] = [2]\n[1] = [2] + 1",
        "[1] = [2] + [3]\n[2] = [1] - [3] + 1",
        "[1] := [2] + [3]\n[2] + [3] > [1]",
        "[1] := [2] + [3]\n[1] != [3] + [2]",
        "[1] >= [2] + 5\n[1] * 2 <= [2] * 2",
        "[1] = [1] + 1",
    ],
)
def test_rules_that_no_number_can_keep_are_refused_and_named(rules):
    rows = "\n".join(f"{code} | Dòng {code} | Hồ sơ | number" for code in (1, 2, 3))
    with pytest.raises(Refused, match="trái với") as refused:
        made_form(
            code="own-1", appendix=50, title="Biểu", regime="decree-09", valid_from="2026-01-01", rows=rows, rules=rules
        )
    assert rules.splitlines()[-1].replace(":= ", "= ")[:3] in refused.value.message


@pytest.mark.parametrize("rules", ["[1] := [2] + [3]\n[2] <= [1]", "[1] / [2] * 100 >= 5\n[1] <= [2]", "[1] < [2]"])
def test_rules_that_go_together_stand(rules):
    rows = "\n".join(f"{code} | Dòng {code} | Hồ sơ | number" for code in (1, 2, 3))
    made_form(
        code="own-1", appendix=50, title="Biểu", regime="decree-09", valid_from="2026-01-01", rows=rows, rules=rules
    )


def test_report_cannot_be_opened_before_its_period_or_for_one_reported_otherwise(cast):
    for code, words in (("2199Q1", "chưa thể"), ("2026Q2", "2026H1")):
        with pytest.raises(Refused, match=words):
            open_report(unit=cast.unit, period=ReportPeriod.parse(code), regime="cchc", actor=cast.specialist)
    assert Report.objects.count() == 0


@pytest.fixture
def dissolved(cast):
    gone = establish(code="P.4", name="Sở Cũ", kind=DEPARTMENT, parent=cast.top, valid_from=date(2024, 1, 1), actor="")
    below = open_report(unit=gone, period=PERIOD, regime="cchc", actor=cast.control)
    fill(below.code, {(1, "2.1"): Entry("7"), (1, "2.2"): Entry("5")}, actor=cast.control)
    submit(below.code, actor=cast.control)
    gone.valid_to = date(2026, 8, 1)
    gone.save(update_fields=["valid_to"])
    return below


def test_unit_dissolved_within_the_period_is_named_with_what_it_had_sent(client, cast, dissolved):
    whole = open_report(unit=cast.top, period=PERIOD, regime="cchc", actor=cast.control)
    consolidate(whole.code, actor=cast.control)
    client.force_login(cast.control)
    page = client.get(reverse("reports:report", args=[whole.code])).content.decode()
    assert "Sở Cũ giải thể trong kỳ" in page
    assert dissolved.code in page
    assert client.get(reverse("reports:report", args=[dissolved.code])).status_code == 200
    assert typed(dissolved, 1, "2.1") == "7"
