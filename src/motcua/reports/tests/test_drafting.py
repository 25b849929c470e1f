"""Words drafted from cells: bound numbers, what nought is told as, what is missing said, exports that check clean."""

import pytest
from django.urls import reverse

from motcua.reports.actions.narrating import narrate
from motcua.reports.actions.writing import Entry, fill, open_report
from motcua.reports.models import Report
from motcua.reports.queries import checked, draft_of
from motcua.reports.rendering.official import render
from motcua.reports.report_files import read_report_file
from motcua.reports.rules.bound_text import filled_text, loose_numbers, told
from motcua.reports.rules.catalogue import data_file, forms_of
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.drafting import drafted
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.rules.values import Cell
from motcua.reports.tests.conftest import PERIOD

FORMS = forms_of("cchc", PERIOD.window().last)


def words(values, groups=None):
    return drafted("cchc", {1: {code: Cell(value) for code, value in values.items()}}, {1: FORMS[1]}, groups)


def test_sentence_is_told_with_its_numbers_bound_to_cells():
    text = words({"2.1": "34", "2.2": "19", "2": "55,9"}).text
    assert "đề ra {PL1-2.1} nhiệm vụ; đến nay đã hoàn thành {PL1-2.2} nhiệm vụ, đạt {PL1-2}%" in text


def test_nought_is_told_and_a_blank_is_named_as_missing():
    draft = words({"1": "0", "4.1": "0"})
    assert "không ban hành văn bản chỉ đạo" in draft.text
    assert "không phát hiện vấn đề" in draft.text
    assert "[Chưa có số liệu: Tỷ lệ hoàn thành" not in draft.text  # its own parts stand before it
    assert "(PL1-2.1)" in draft.text
    assert {(each.appendix, each.row) for each in draft.missing} >= {(1, "2.1"), (1, "3")}


def test_row_of_other_reporters_is_neither_told_nor_missed():
    assert "Chính phủ, Thủ tướng" not in words({"8.1": "44"}, frozenset({"A"})).text
    assert all(each.row != "8.1" for each in words({}, frozenset({"A"})).missing)


def test_what_people_judge_is_left_to_them():
    assert "[Đơn vị viết: Ưu điểm" in words({}).text


def test_regime_without_words_has_no_draft():
    assert drafted("decree-09", {}, {}) is None


def test_every_place_of_the_drafts_is_a_row_of_its_form():
    for regime in ("cchc", "kstt", "resolution-131"):
        forms = forms_of(regime, None)
        rows = {f"{number}-{code}" for number, form in forms.items() for code in form.rows}
        sentences = [one for section in data_file("drafts")[regime] for one in section["sentences"]]
        asked = {place for one in sentences for place in one["rows"]}
        assert asked - rows == set()


def test_bound_number_is_told_apart_from_one_typed_by_hand():
    (paragraph,) = told("Hoàn thành {PL1-2.2} trên 34 nhiệm vụ.", {1: {"2.2": Cell("19")}})
    assert [(piece.text, piece.kind) for piece in paragraph.pieces if piece.kind] == [("19", "bound"), ("34", "typed")]


def test_headings_and_what_is_still_to_be_written_hold_no_typed_number():
    text = "# 1. Công tác\n[Chưa có số liệu: mức độ 3 (PL7-6.1.2).]\nHoàn thành 34 nhiệm vụ."
    assert [(each.line, each.text) for each in loose_numbers(text, {})] == [(3, "34")]


def test_thousands_and_the_sign_of_percent_are_told_once():
    values = {3: {"1.2": Cell("1100"), "3.1": Cell("99,1%")}}
    assert filled_text("{PL3-1.2} thủ tục, đạt {PL3-3.1}%", values) == "1.100 thủ tục, đạt 99,1%"


@pytest.mark.django_db
@pytest.mark.parametrize("file_format", ["docx", "pdf", "xlsx"])
def test_drafted_report_of_controlled_procedures_exports_wide_and_checks_clean(cast, file_format):
    report = open_report(unit=cast.unit, period=ReportPeriod.parse("2026Q3"), regime="kstt", actor=cast.specialist)
    typed = {"4": "1.120", "5": "80", "6": "31", "8": "900", "9": "250", "10": "11", "12": "69", "13": "1"}
    entries = {(6, f"1.{column}"): Entry(value, "", "đối chiếu sổ") for column, value in typed.items()}
    entries |= {(7, row): Entry(value) for row, value in {"1.1": "138", "1.3": "21", "2.1": "138", "2.3": "20"}.items()}
    fill(report.code, entries, actor=cast.specialist)
    narrate(report.code, draft_of(Report.objects.get(pk=report.pk)).text, actor=cast.specialist)
    seen = checked(Report.objects.select_related("unit__parent").get(pk=report.pk))
    reading = read_report_file(render(seen, file_format), f"bao-cao.{file_format}")
    assert [found.message for found in check_report(reading) if found.severity != "info"] == []
    wide = next(grid for grid in reading.grids if "II.06a" in grid.label)
    assert [row.cells[2:13] for row in wide.rows if row.kind == "total"] == [
        tuple(value.replace(".", "") if file_format == "xlsx" else value for value in
              ("1.231", "1.120", "80", "31", "1.161", "900", "250", "11", "70", "69", "1"))
    ]  # fmt: skip


@pytest.mark.django_db
def test_page_offers_a_draft_and_keeps_nothing_of_it(client, cast, report):
    client.force_login(cast.specialist)
    fill(report.code, {(1, "2.1"): Entry("34"), (1, "2.2"): Entry("19")}, actor=cast.specialist)
    page = client.get(reverse("reports:narrative", args=[report.code]), {"soan": "1"}).content.decode()
    assert "{PL1-2.1}" in page
    assert Report.objects.get(pk=report.pk).narrative == ""
    answer = client.get(f"/api/v1/reports/{report.code}/draft")
    assert (answer.status_code, "{PL1-2.2}" in answer.json()["text"]) == (200, True)
