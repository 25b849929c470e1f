"""Dates and instruments in text: what is a slip and what is only unusual."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.reports.rules.citations import Passage, citations_in
from motcua.reports.rules.context import Context
from motcua.reports.rules.dates import citation_findings, date_findings
from motcua.reports.rules.future_events import future_events
from motcua.reports.rules.lines import clean
from motcua.reports.rules.periods import ReportPeriod

CONTEXT = Context(report_date=date(2023, 3, 15), symbol="BC-SNV", period=ReportPeriod.parse("2023Q1"))

RESULTS = replace(CONTEXT, outlook_line=100)  # what stands before that line tells what was done


def rules(*texts, context=CONTEXT):
    passages = [Passage(text, number) for number, text in enumerate(texts, start=1)]
    return [found.rule for found in [*date_findings(passages, context), *citation_findings(passages, context)]]


def test_citation_is_read_in_all_its_parts():
    (found,) = citations_in([Passage("theo Nghị định số 120/2020/NĐ-CP ngày 07 tháng 10 năm 2020 của Chính phủ", 4)])
    assert (found.kind, found.number, found.number_year, found.symbol) == ("Nghị định", 120, 2020, "NĐ-CP")
    assert (found.dated, found.name) == (date(2020, 10, 7), "Nghị định 120/2020/NĐ-CP")


@pytest.mark.parametrize("text", ["đạt 90/101 người", "ngày 24/8/2021", "02/03 chỉ tiêu", "từ 01/01/2023"])
def test_fractions_and_dates_are_no_citations(text):
    assert list(citations_in([Passage(text, 1)])) == []


@pytest.mark.parametrize(
    "texts",
    [
        ["Nghị quyết số 202/2025/QH15", "hoàn thành trước ngày 30/6/2023", "giai đoạn 2021-2025"],
        ["Kế hoạch số 12/KH-SNV ngày 05/01/2022", "Kế hoạch số 12/KH-SNV ngày 09/01/2023"],
        ["Quyết định số 2088/QĐ-SNV ngày 14/5/2022 và Quyết định số 53/2022/QĐ-SNV ngày 07/12/2022"],
        ["số liệu từ ngày 15/12/2022 đến ngày 14/3/2023", "giai đoạn từ 01/01/2021 đến 31/12/2025"],
        ["lấy ý kiến từ ngày 01/02/2023 đến ngày 10/02/2023"],
        ["Quyết Định số 10/QÐ-SNV ngày 02/02/2023"],
    ],
)
def test_right_dates_raise_no_alarm(texts):
    assert rules(*(clean(text) for text in texts)) == []


def test_registers_that_many_offices_share_are_left_alone():
    texts = ["Quyết định số 900/QĐ-UBND ngày 05/01/2023", "Quyết định số 80/QĐ-UBND ngày 09/02/2023"]
    assert rules(*texts, context=Context(report_date=date(2023, 3, 15), symbol="BC-UBND")) == []
    own = [text.replace("UBND", "SNV") for text in texts]
    assert rules(*own) == ["M12"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Kế hoạch số 5/KH-SNV ngày 16/3/2023", "V16"),
        ("họp ngày 31/4/2023", "V16"),
        ("số liệu từ ngày 15/12/2022 đến ngày 14/3/2022", "V16"),
        ("số liệu từ ngày 01/01/2023 đến ngày 14/3/2023", "V19"),
        ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2019", "M10"),
        ("Nghị quyết số 5/QĐ-HĐND ngày 02/02/2023", "M11"),
    ],
)
def test_wrong_date_or_number_is_named(text, rule):
    assert rules(text) == [rule]


def test_report_before_its_closing_day_is_noticed():
    early = Context(report_date=date(2023, 3, 10), period=ReportPeriod.parse("2023Q1"))
    assert rules("Báo cáo quý I", context=early) == ["V19"]


@pytest.mark.parametrize(
    ("caption", "alarms"),
    [
        ("Kỳ báo cáo: Quý I/2024", 0),
        ("Kỳ báo cáo: Quý IV/2024", 1),
        ("Kỳ báo cáo: Quý I năm 2024 (từ ngày 15/12/2023 đến ngày 14/3/2024)", 0),
        ("Kỳ báo cáo: Quý I năm 2024 (từ ngày 15/9/2023 đến ngày 14/3/2024)", 1),
        ("Kỳ báo cáo: Quý I năm 2024 (lũy kế từ ngày 15/9/2023 đến ngày 14/3/2024)", 0),
    ],
)
def test_period_over_a_table_is_the_reports(caption, alarms):
    period = ReportPeriod(2024, "quarter", 1)
    context = Context(period=period, report_date=date(2024, 3, 18), notes=(Passage(caption, 9, 1),))
    assert len(list(date_findings([Passage(caption, 9, 1)], context))) == alarms


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 20/4/2023, Sở đã tổ chức hội nghị tập huấn cho 45 công chức.",
        "Số liệu được chốt ngày 14/5/2023.",
        "Đăng tải 12 tin bài, đợt cuối ngày 02/6/2023 trên cổng thông tin.",
        "Kiểm tra 04 đơn vị (ngày 10/6/2023 tại Phòng Công chứng số 1).",
        "Đối thoại với doanh nghiệp diễn ra ngày 05 tháng 7 năm 2023.",
    ],
)
def test_what_was_done_is_not_done_on_a_day_to_come(text):
    assert [found.message for found in future_events([Passage(text, 1)], RESULTS)]


@pytest.mark.parametrize(
    "text",
    [
        "Sở sẽ tổ chức hội nghị ngày 20/4/2023.",
        "Đã giao các phòng hoàn thành trước ngày 30/6/2023.",
        "Dự kiến kiểm tra 04 đơn vị, bắt đầu ngày 10/6/2023.",
        "Thẻ có hạn sử dụng 31/12/2030.",
        "Đã tổ chức ngày 20/02/2023.",
        "Đã ban hành Kế hoạch số 05/KH-STP ngày 12/8/2023.",  # another rule's, told once
    ],
)
def test_what_is_to_come_may_have_its_day(text):
    assert list(future_events([Passage(text, 1)], RESULTS)) == []
