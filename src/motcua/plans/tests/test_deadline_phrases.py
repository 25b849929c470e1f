"""Deadlines found in sentences, and any mixture of time words: nothing breaks the reading."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.times.deadline_phrases import find_deadline
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.rules.times.recurrence import turns

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
PHRASES = {
    "Sở X chủ trì xây dựng đề án, hoàn thành trong quý II/2024.": "trong quý II/2024",
    "Báo cáo UBND tỉnh trước ngày 20 hằng tháng để theo dõi": "trước ngày 20 hằng tháng",
    "gửi về Văn phòng UBND tỉnh trước ngày 30/6/2024 để tổng hợp": "trước ngày 30/6/2024",
    "gửi kết quả chậm nhất ngày 15 tháng 6 năm 2024": "chậm nhất ngày 15 tháng 6 năm 2024",
    "tham mưu ban hành, xong trước 30/6/2024.": "trước 30/6/2024",
    "thực hiện đến hết tháng 6/2024.": "đến hết tháng 6/2024",
    "Thời gian hoàn thành: Quý II/2024.": "Thời gian hoàn thành: Quý II/2024",
    "gửi danh sách trước 16 giờ 00 ngày 20/4/2024.": "trước 16 giờ 00 ngày 20/4/2024",
    "triển khai từ ngày 01/3/2024 đến ngày 30/6/2024": "từ ngày 01/3/2024 đến ngày 30/6/2024",
    "trong vòng 05 ngày làm việc kể từ ngày nhận được, gửi": "trong vòng 05 ngày làm việc kể từ ngày nhận được",
    "báo cáo kết quả định kỳ hằng quý về Sở Nội vụ": "định kỳ hằng quý",
    "theo Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh": "",
    "Tổ chức thực hiện Chương trình phát triển đến năm 2030 của tỉnh": "",
    "tổng kết Kế hoạch năm 2023": "",
    "Luật có hiệu lực từ ngày 01/7/2025": "",
}


@pytest.mark.parametrize(("sentence", "phrase"), PHRASES.items())
def test_deadline_phrase_is_found_in_a_sentence(sentence, phrase):
    assert find_deadline(sentence) == phrase


TIME_WORDS = [
    *["trước", "ngày", "30/6", "2024", "quý", "I", "II", "tháng", "6", "12", "đến", "từ", "năm", "chậm nhất", "(", ","],
    *[";", "hằng", "định kỳ", "đầu", "cuối", "31", "15/3/2024", "05", "ngày làm việc", "kể từ", "khi", "thường xuyên"],
    *["giai đoạn", "2021-2025", "nửa", "tuần", "2", "-", "/", "và"],
]
WORDS = st.lists(
    st.sampled_from(TIME_WORDS),
    max_size=12,
).map(" ".join)


@given(WORDS, st.sampled_from([None, 2024]))
def test_any_mixture_of_time_words_is_read_without_breaking(text, year):
    deadline = parse_deadline(text, year)
    assert deadline.explanation
    if deadline.start and deadline.due_on:
        assert deadline.due_on >= deadline.start
    if deadline.recurrence:
        assert all(turn.due_on >= turn.starts_on for turn in turns(deadline.recurrence, FIRST, LAST))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_any_date_is_read_with_any_separator(day, separator):
    assert parse_deadline(f"{day.day}{separator}{day.month:02}{separator}{day.year}").date == day


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)), st.integers(0, 400))
def test_any_stretch_between_two_dates_is_read(first, days):
    last = first + timedelta(days=days)
    deadline = parse_deadline(f"Từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}")
    assert (deadline.start, deadline.due_on) == (first, last)
