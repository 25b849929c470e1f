"""Every deadline expression of DOMAIN 10.2 and its family (R10.1-R10.6)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.times.deadlines import find_deadline, parse_deadline


def period(start: str, end: str, **more: str) -> dict[str, str]:
    return {"kind": "period", "start": start, "end": end, **more}


DOMAIN_10_2 = {
    "14/12/2023": {"kind": "date", "date": "2023-12-14"},
    "Trước ngày 01/4/2023": {"kind": "before", "before": "2023-04-01"},
    "Trước ngày 15/3/2023": {"kind": "before", "before": "2023-03-15"},
    "Trước ngày 10/9/2023": {"kind": "before", "before": "2023-09-10"},
    "trước ngày 15/12/2023": {"kind": "before", "before": "2023-12-15"},
    "trước ngày 22/02/2023 (theo giờ nhận trên VNPT-iOffice)": {"kind": "before", "before": "2023-02-22"},
    "Trước tháng 11/2023": {"kind": "before", "before": "2023-11-01"},
    "Trước tháng 8/2023": {"kind": "before", "before": "2023-08-01"},
    "Tháng 02/2023": period("2023-02-01", "2023-02-28"),
    "Tháng 4/2023": period("2023-04-01", "2023-04-30"),
    "Tháng 12/2022": period("2022-12-01", "2022-12-31"),
    "Tháng 11/2022, chậm nhất tháng 3/2023": period("2022-11-01", "2022-11-30", latest="2023-03-31"),
    "Tháng 03 năm 2022": period("2022-03-01", "2022-03-31"),
    "Tháng 8 năm 2022": period("2022-08-01", "2022-08-31"),
    "Tháng 3 đến tháng 7 năm 2022": period("2022-03-01", "2022-07-31"),
    "Quý I năm 2023": period("2023-01-01", "2023-03-31"),
    "Quý II/2023": period("2023-04-01", "2023-06-30"),
    "Quý III/2023": period("2023-07-01", "2023-09-30"),
    "Quý IV năm 2022": period("2022-10-01", "2022-12-31"),
    "Quý I, II/2023": period("2023-01-01", "2023-06-30"),
    "Quý l, II năm 2022": period("2022-01-01", "2022-06-30", ocr_fix="Quý I, II năm 2022"),
    "Giai đoạn 2023 - 2025": period("2023-01-01", "2025-12-31"),
    "Thường xuyên": {"kind": "ongoing"},
    "Thường xuyên trong năm 2022": {"kind": "ongoing", "start": "2022-01-01", "end": "2022-12-31"},
    "Trong năm 2023": period("2023-01-01", "2023-12-31"),
    "Hàng quý": {"kind": "recurring", "every": "quarter"},
    "Định kỳ hàng tháng": {"kind": "recurring", "every": "month"},
    "Định kỳ Quý I, II, III và cả năm": {"kind": "recurring", "every": "quarter", "note": "Q1,Q2,Q3 and the year"},
    "hàng quý, năm": {"kind": "recurring", "every": "quarter", "note": "Q1,Q2,Q3,Q4 and the year"},
    "định kỳ ngày 18 tháng cuối quý": {"kind": "recurring", "every": "quarter", "day": 18},
    "định kỳ hàng quý hoặc đột xuất": {"kind": "recurring", "every": "quarter", "note": "also on demand"},
    "Theo lộ trình Nghị định số 107/2021/NĐ-CP": {"kind": "external", "refers_to": "107/2021/NĐ-CP"},
    "Theo tiến độ của Đề án 06": {"kind": "external", "refers_to": "Đề án 06"},
    "Theo tiến độ Đề án 06 và Quyết định số 422/QĐ-TTg": {"kind": "external", "refers_to": "Đề án 06; 422/QĐ-TTg"},
    "Theo kế hoạch cụ thể": {"kind": "external", "refers_to": "kế hoạch cụ thể"},
    "Theo KH của UBND tỉnh, của huyện": {"kind": "external", "refers_to": "KH của UBND tỉnh, của huyện"},
    "Khi có yêu cầu": {"kind": "event"},
    "Khi có phản ánh, kiến nghị": {"kind": "event"},
    "Khi có thay đổi thành viên": {"kind": "event"},
    "": {"kind": "unspecified"},
}
FAMILY = {
    "Chậm nhất ngày 30/6/2023": {"kind": "date", "date": "2023-06-30"},
    "Từ ngày 01/3/2023 đến ngày 30/6/2023": period("2023-03-01", "2023-06-30"),
    "6 tháng đầu năm 2023": period("2023-01-01", "2023-06-30"),
    "Trước ngày 15 tháng 3 năm 2023": {"kind": "before", "before": "2023-03-15"},
    "Tháng 3-4/2023": period("2023-03-01", "2023-04-30"),
    "Quý II - IV/2023": period("2023-04-01", "2023-12-31"),
    "Quý III/2023 đến Quý I/2024": period("2023-07-01", "2024-03-31"),
    "15 ngày làm việc kể từ ngày ban hành": {"kind": "event", "within": {"number": 15, "unit": "working days"}},
    "Trước ngày 15 hàng tháng": {"kind": "recurring", "every": "month", "day": 15, "day_excluded": True},
    "Hằng năm": {"kind": "recurring", "every": "year"},
    "Đến hết năm 2025": {"kind": "date", "date": "2025-12-31"},
    "Từ tháng 3/2023": {"kind": "ongoing", "start": "2023-03-01"},
    "Bao giờ xong thì xong": {"kind": "unspecified"},
    "31/02/2023": {"kind": "unspecified", "doubts": ["Không có “31/02/2023” trong lịch."]},
    "Hằng tháng, ngày 99": {"kind": "recurring", "every": "month", "doubts": ["Không có “ngày 99” trong lịch."]},
    "Hằng tuần, thứ 9": {"kind": "recurring", "every": "week", "doubts": ["Không có “Hằng tuần, thứ 9” trong lịch."]},
    "Năm 20266": {"kind": "unspecified", "doubts": ["Không có “Năm 20266” trong lịch."]},
}


@pytest.mark.parametrize(("text", "expected"), [*DOMAIN_10_2.items(), *FAMILY.items()])
def test_deadline_is_typed(text, expected):
    assert parse_deadline(text).as_json() == expected


@pytest.mark.parametrize("text", [*DOMAIN_10_2, *FAMILY])
def test_deadline_is_read_without_accents_of_case(text):
    assert parse_deadline(text.lower()).kind == parse_deadline(text).kind


@pytest.mark.parametrize("text", [*DOMAIN_10_2, *FAMILY])
def test_deadline_explains_itself(text):
    assert parse_deadline(text).explanation


def test_deadline_before_a_day_is_due_the_day_before():
    assert parse_deadline("Trước ngày 01/3/2024").due_on == date(2024, 2, 29)


def test_deadline_in_two_stages_is_due_at_the_latest():
    assert parse_deadline("Tháng 11/2022, chậm nhất tháng 3/2023").due_on == date(2023, 3, 31)


def test_deadline_without_year_takes_the_plans_year_and_says_so():
    deadline = parse_deadline("Quý II", 2026)
    assert (deadline.due_on, deadline.year_assumed) == (date(2026, 6, 30), True)


def test_deadline_without_any_year_is_not_guessed():
    assert parse_deadline("Quý II").kind == "unspecified"


def test_deadline_ignores_dates_of_cited_instruments():
    text = "Theo quy định tại Thông tư số 01/2020/TT-VPCP ngày 21/10/2020"
    assert parse_deadline(text).as_json() == {"kind": "external", "refers_to": "01/2020/TT-VPCP"}


def test_deadline_of_the_project_is_resolved_in_the_heading():
    context = "5. Đổi mới (Đề án kèm theo Quyết định số 1170/QĐ-UBND ngày 21/7/2022"
    deadline = parse_deadline("Theo quy định tại mục Il phần II của Đề án", context=context)
    assert deadline.as_json() == {
        "kind": "external",
        "refers_to": "Đề án 1170/QĐ-UBND",
        "ocr_fix": "Theo quy định tại mục II phần II của Đề án",
    }


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_deadline_reads_any_date_back(day):
    assert parse_deadline(f"{day.day}/{day.month}/{day.year}").date == day
    assert parse_deadline(f"trước ngày {day.day:02} tháng {day.month:02} năm {day.year}").before == day


@given(st.text(max_size=80))
def test_deadline_never_breaks_on_any_text(text):
    assert parse_deadline(text, 2024).kind


def test_deadline_is_found_in_a_sentence():
    assert find_deadline("Tham mưu tổ chức tổng kết trước ngày 15/12/2023 và đề xuất") == "trước ngày 15/12/2023"
    assert find_deadline("quy định chế độ báo cáo định kỳ và quản lý") == ""
