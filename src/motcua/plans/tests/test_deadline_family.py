"""Expressions of plans that nobody has seen: every manner of a day, a stretch, a cycle, an event, with slips."""

from datetime import date, timedelta

import pytest

from motcua.plans.rules.times.deadlines import deadline_in_year, parse_deadline
from motcua.plans.rules.times.recurrence import turns

YEAR = 2024  # of the plan


def on(day: str) -> dict[str, object]:
    return {"kind": "date", "date": day}


def before(day: str, **more: object) -> dict[str, object]:
    return {"kind": "before", "before": day, **more}


def period(start: str, end: str, **more: object) -> dict[str, object]:
    return {"kind": "period", "start": start, "end": end, **more}


def again(every: str | None, **more: object) -> dict[str, object]:
    return {"kind": "recurring", **({"every": every} if every else {}), **more}


def event(number: int = 0, unit: str = "working days", **more: object) -> dict[str, object]:
    return {"kind": "event", **({"within": {"number": number, "unit": unit}} if number else {}), **more}


DAYS = {
    "01/4/2023": on("2023-04-01"),
    "1-4-2023": on("2023-04-01"),
    "01.04.2023": on("2023-04-01"),
    "2023-04-01": on("2023-04-01"),
    "2023-04-01 00:00:00": on("2023-04-01"),
    "ngày 01 tháng 4 năm 2023": on("2023-04-01"),
    "Ngày 1 tháng 4/2023": on("2023-04-01"),
    "15/3/24": on("2024-03-15"),
    "30/6": on("2024-06-30"),
    "Ngày 30/6": on("2024-06-30"),
    "15 tháng 5": on("2024-05-15"),
    "30/ 06 / 2024": on("2024-06-30"),
    "Thứ Sáu, ngày 14/6/2024": on("2024-06-14"),
    "Trước 30/6/2024": before("2024-06-30"),
    "trước 30/6": before("2024-06-30"),
    "Xong trước 30/6/2024": before("2024-06-30"),
    "Hoàn thành trước ngày 30 tháng 6": before("2024-06-30"),
    "Xong trước quý III/2024": before("2024-07-01"),
    "Trước quý IV": before("2024-10-01"),
    "Trước năm 2025": before("2025-01-01"),
    "Trước 17h00 ngày 20/6/2024": on("2024-06-20"),
    "Trước 17 giờ 00, ngày 20/6/2024": on("2024-06-20"),
    "Đến hết ngày 30/6/2024": on("2024-06-30"),
    "Đến ngày 30/6/2024": on("2024-06-30"),
    "đến 30/6": on("2024-06-30"),
    "Hết ngày 30/6/2024": on("2024-06-30"),
    "Hết quý I/2024": on("2024-03-31"),
    "Đến hết tháng 6/2024": on("2024-06-30"),
    "Đến năm 2025": on("2025-12-31"),
    "Đến cuối năm 2025": on("2025-12-31"),
    "Chậm nhất 30/6/2024": on("2024-06-30"),
    "Chậm nhất là ngày 30/6/2024": on("2024-06-30"),
    "Chậm nhất trong tháng 6/2024": on("2024-06-30"),
    "Chậm nhất đến hết quý II/2024": on("2024-06-30"),
    "Không quá ngày 30/6/2024": on("2024-06-30"),
    "Không muộn hơn ngày 30/6/2024": on("2024-06-30"),
    "Muộn nhất tháng 6/2024": on("2024-06-30"),
    "Hạn cuối: 30/6/2024": on("2024-06-30"),
    "Từ nay đến hết năm 2024": on("2024-12-31"),
    "Từ ngày ký đến ngày 30/6/2024": on("2024-06-30"),
    "15 ngày kể từ ngày 01/3/2024": on("2024-03-16"),
    "Trước cuối tháng 6/2024": on("2024-06-30"),
    "Đến ngày 15/01 năm sau": on("2025-01-15"),
    "Trước kỳ họp HĐND tháng 7/2024": before("2024-07-01"),
}
STRETCHES = {
    "Hoàn thành trong tháng 6/2024": period("2024-06-01", "2024-06-30"),
    "Hoàn thành tháng 6": period("2024-06-01", "2024-06-30"),
    "Tháng 6-2024": period("2024-06-01", "2024-06-30"),
    "6/2024": period("2024-06-01", "2024-06-30"),
    "06/2024": period("2024-06-01", "2024-06-30"),
    "T6/2024": period("2024-06-01", "2024-06-30"),
    "Tháng6/2024": period("2024-06-01", "2024-06-30"),
    "Tháng sáu năm 2024": period("2024-06-01", "2024-06-30"),
    "Tháng mười hai năm 2024": period("2024-12-01", "2024-12-31"),
    "Đầu tháng 6/2024": period("2024-06-01", "2024-06-10"),
    "Giữa tháng 6/2024": period("2024-06-11", "2024-06-20"),
    "Cuối tháng 02/2024": period("2024-02-21", "2024-02-29"),
    "Thượng tuần tháng 6 năm 2024": period("2024-06-01", "2024-06-10"),
    "Nửa đầu tháng 6/2024": period("2024-06-01", "2024-06-15"),
    "Tuần 2 tháng 6/2024": period("2024-06-08", "2024-06-14"),
    "Đầu quý II/2024": period("2024-04-01", "2024-04-30"),
    "Giữa quý II/2024": period("2024-05-01", "2024-05-31"),
    "Cuối quý II/2024": period("2024-06-01", "2024-06-30"),
    "Cuối năm 2024": period("2024-12-01", "2024-12-31"),
    "Cuối năm": period("2024-12-01", "2024-12-31"),
    "Đầu năm 2024": period("2024-01-01", "2024-03-31"),
    "6 tháng đầu năm 2024": period("2024-01-01", "2024-06-30"),
    "06 tháng đầu năm": period("2024-01-01", "2024-06-30"),
    "Sáu tháng cuối năm 2024": period("2024-07-01", "2024-12-31"),
    "9 tháng đầu năm 2024": period("2024-01-01", "2024-09-30"),
    "9 tháng năm 2024": period("2024-01-01", "2024-09-30"),
    "Nửa đầu năm 2024": period("2024-01-01", "2024-06-30"),
    "Nửa cuối năm": period("2024-07-01", "2024-12-31"),
    "Quý I-II": period("2024-01-01", "2024-06-30"),
    "Quý I và II/2024": period("2024-01-01", "2024-06-30"),
    "Quý I + II/2024": period("2024-01-01", "2024-06-30"),
    "Quý II, III": period("2024-04-01", "2024-09-30"),
    "Quý I, II, III, IV/2024": period("2024-01-01", "2024-12-31"),
    "Quý 3/2024": period("2024-07-01", "2024-09-30"),
    "Q3/2024": period("2024-07-01", "2024-09-30"),
    "Quí III/2024": period("2024-07-01", "2024-09-30"),
    "QUÝ III NĂM 2024": period("2024-07-01", "2024-09-30"),
    "Trong quý III": period("2024-07-01", "2024-09-30"),
    "Từ quý I đến quý III/2024": period("2024-01-01", "2024-09-30"),
    "Từ quý II/2023 đến hết quý I/2024": period("2023-04-01", "2024-03-31"),
    "Quý IV - quý I/2025": period("2024-10-01", "2025-03-31"),
    "Từ tháng 11/2023 đến tháng 02/2024": period("2023-11-01", "2024-02-29"),
    "Tháng 3, 4, 5/2024": period("2024-03-01", "2024-05-31"),
    "Tháng 3 – 6/2024": period("2024-03-01", "2024-06-30"),
    "3-6/2024": period("2024-03-01", "2024-06-30"),
    "Từ 01/6 đến 15/6/2024": period("2024-06-01", "2024-06-15"),
    "Từ ngày 01 đến ngày 15/6/2024": period("2024-06-01", "2024-06-15"),
    "20-25/3/2024": period("2024-03-20", "2024-03-25"),
    "Từ 15/12/2023 đến 15/01/2024": period("2023-12-15", "2024-01-15"),
    "Bắt đầu từ 01/3/2024, hoàn thành trước 30/6/2024": period("2024-03-01", "2024-06-29"),
    "2024-2025": period("2024-01-01", "2025-12-31"),
    "Năm 2024 - 2025": period("2024-01-01", "2025-12-31"),
    "Giai đoạn 2021–2025": period("2021-01-01", "2025-12-31"),
    "Giai đoạn 2024 đến 2026": period("2024-01-01", "2026-12-31"),
    "Năm 2024, 2025": period("2024-01-01", "2025-12-31"),
    "Năm 2024": period("2024-01-01", "2024-12-31"),
    "2024": period("2024-01-01", "2024-12-31"),
    "Cả năm": period("2024-01-01", "2024-12-31"),
    "Trong năm": period("2024-01-01", "2024-12-31"),
}
STAGES = {
    "Quý I/2024 (trước 20/3)": before("2024-03-20", start="2024-01-01"),
    "Quý I/2024 (xong trước ngày 20/3/2024)": before("2024-03-20", start="2024-01-01"),
    "Quý II/2024 (chậm nhất 15/6)": {"kind": "date", "date": "2024-06-15"},
    "Phấn đấu trong tháng 5/2024, chậm nhất ngày 15/6/2024": period("2024-05-01", "2024-05-31", latest="2024-06-15"),
    "Quý III/2024, muộn nhất quý IV/2024": period("2024-07-01", "2024-09-30", latest="2024-12-31"),
    "Tháng 3/2024: trình dự thảo; tháng 6/2024: ban hành": period(
        "2024-03-01",
        "2024-06-30",
        milestones=[
            {"text": "trình dự thảo", "start": "2024-03-01", "due": "2024-03-31"},
            {"text": "ban hành", "start": "2024-06-01", "due": "2024-06-30"},
        ],
    ),
    "Trình dự thảo trước ngày 15/3; ban hành trước ngày 15/6": before(
        "2024-06-15",
        milestones=[
            {"text": "Trình dự thảo", "start": None, "due": "2024-03-14"},
            {"text": "ban hành", "start": None, "due": "2024-06-14"},
        ],
    ),
    "Trước ngày 20/6 (6 tháng), 20/12 (năm)": before(
        "2024-12-20",
        milestones=[
            {"text": "", "start": None, "due": "2024-06-19"},
            {"text": "", "start": None, "due": "2024-12-19"},
        ],
    ),
    "Tháng 5/2024; hằng năm cập nhật": period("2024-05-01", "2024-05-31", note="then every year"),
    "01/4 - 30/6/2024": period("2024-04-01", "2024-06-30"),
    "Đến năm 2025, định hướng đến năm 2030": on("2025-12-31"),
    "Tháng 6 (số liệu năm 2023)": period("2024-06-01", "2024-06-30"),
}
ONGOING = {
    "Thường xuyên": {"kind": "ongoing"},
    "Thường xuyên, liên tục": {"kind": "ongoing"},
    "Liên tục": {"kind": "ongoing"},
    "24/7": {"kind": "ongoing"},
    "Trong quá trình thực hiện": {"kind": "ongoing"},
    "Thường xuyên, trong năm 2024": {"kind": "ongoing", "start": "2024-01-01", "end": "2024-12-31"},
    "Thường xuyên trong năm": {"kind": "ongoing", "start": "2024-01-01", "end": "2024-12-31"},
    "Thường xuyên từ quý II/2024": {"kind": "ongoing", "start": "2024-04-01"},
    "Thường xuyên đến hết năm 2025": {"kind": "ongoing", "end": "2025-12-31"},
    "Hàng ngày": {"kind": "ongoing"},
    "Năm 2024 và các năm tiếp theo": {"kind": "ongoing", "start": "2024-01-01"},
    "Từ năm 2024": {"kind": "ongoing", "start": "2024-01-01"},
    "Từ tháng 3/2024 trở đi": {"kind": "ongoing", "start": "2024-03-01"},
    "Sau ngày 01/7/2024": {"kind": "ongoing", "start": "2024-07-02"},
    "Bắt đầu từ quý II/2024": {"kind": "ongoing", "start": "2024-04-01"},
}
CYCLES = {
    "Hàng tuần": again("week"),
    "Thứ Sáu hằng tuần": again("week", weekday=5),
    "Chiều thứ 5 hàng tuần": again("week", weekday=4),
    "Hằng tháng": again("month"),
    "Mỗi tháng 1 lần": again("month"),
    "01 lần/tháng": again("month"),
    "Tháng/lần": again("month"),
    "Trước ngày 20 hằng tháng": again("month", day=20, day_excluded=True),
    "Chậm nhất ngày 25 hằng tháng": again("month", day=25),
    "Ngày 15 và ngày cuối tháng hằng tháng": again("month", day=15),
    "Trước ngày 05 của tháng sau, hằng tháng": again("month", day=5, day_excluded=True, month=2),
    "Ngày làm việc cuối cùng của mỗi tháng": again("month", day=31),
    "Cuối mỗi quý": again("quarter", day=31),
    "Hằng quý": again("quarter"),
    "Định kỳ quý": again("quarter"),
    "Quý/lần": again("quarter"),
    "03 tháng/lần": again("quarter"),
    "3 tháng một lần": again("quarter"),
    "4 lần/năm": again("quarter"),
    "Ngày 15 tháng cuối quý": again("quarter", day=15),
    "Trước ngày 15 của tháng cuối quý": again("quarter", day=15, day_excluded=True),
    "Ngày 05 tháng đầu quý sau, hằng quý": again("quarter", day=5, month=4),
    "6 tháng/lần": again("half"),
    "06 tháng một lần": again("half"),
    "Định kỳ 6 tháng": again("half"),
    "02 lần/năm": again("half"),
    "6 tháng, năm": again("half", note="also every year"),
    "Định kỳ 6 tháng và hằng năm": again("half", note="also every year"),
    "Hàng tháng, quý, năm": again("month", note="also every quarter, year"),
    "Trước ngày 15/6 và 15/12 hằng năm": again("half", day=15, day_excluded=True, month=6),
    "Hằng năm": again("year"),
    "Hàng năm": again("year"),
    "Năm một lần": again("year"),
    "01 lần/năm": again("year"),
    "Trước ngày 15/12 hằng năm": again("year", day=15, day_excluded=True, month=12),
    "Trước ngày 30 tháng 11 hàng năm": again("year", day=30, day_excluded=True, month=11),
    "Tháng 12 hằng năm": again("year", month=12),
    "Quý IV hằng năm": again("year", month=12),
    "Hằng quý trong năm 2024": again("quarter", start="2024-01-01", end="2024-12-31"),
    "Hằng năm, từ năm 2024": again("year", start="2024-01-01"),
    "Định kỳ": again(None),
    "Định kỳ, đột xuất": again(None, note="also on demand"),
    "Thường xuyên, định kỳ hằng quý": again("quarter"),
    "Theo quý": again("quarter"),
    "Trước ngày 30 tháng 6 và 31 tháng 12 hằng năm": again("half", day=30, day_excluded=True, month=6),
    "Hai tuần một lần": again("week", note="every 2 weeks"),
}
EVENTS = {
    "Đột xuất": event(),
    "Khi có yêu cầu": event(),
    "Theo yêu cầu của UBND tỉnh": event(),
    "Khi phát sinh": event(),
    "Sau khi Nghị định được ban hành": event(),
    "Ngay sau khi Kế hoạch được ban hành": event(),
    "Ngay sau khi Luật Đất đai năm 2024 có hiệu lực": event(),
    "Trong vòng 05 ngày làm việc kể từ khi Bộ công bố": event(5),
    "Trong thời hạn 10 ngày kể từ ngày ký": event(10, "days"),
    "05 ngày làm việc sau khi nhận được Quyết định": event(5),
    "Không quá 03 ngày làm việc": event(3),
    "Chậm nhất 03 (ba) ngày làm việc kể từ ngày nhận": event(3),
    "Sau 02 tháng kể từ ngày phê duyệt": event(2, "months"),
    "24 giờ kể từ khi phát sinh": event(24, "hours"),
    "10 ngày làm việc kể từ ngày 01/3/2024": event(10, start="2024-03-01"),
    "Sau khi có hướng dẫn của Bộ, chậm nhất 30/9/2024": event(latest="2024-09-30"),
}
EXTERNAL = {
    "Theo tiến độ": "tiến độ",
    "Theo lộ trình của Chính phủ": "Chính phủ",
    "Theo Kế hoạch số 12/KH-UBND": "12/KH-UBND",
    "Theo Kế hoạch năm 2024 của UBND tỉnh": "Kế hoạch năm 2024 của UBND tỉnh",
    "Theo hướng dẫn của Bộ Nội vụ": "hướng dẫn của Bộ Nội vụ",
    "Theo quy định": "quy định",
}
SLIPS = {
    "Quý ll/2024": period("2024-04-01", "2024-06-30", ocr_fix="Quý II/2024"),
    "Quý Ill/2024": period("2024-07-01", "2024-09-30", ocr_fix="Quý III/2024"),
    "Quý lV/2024": period("2024-10-01", "2024-12-31", ocr_fix="Quý IV/2024"),
    "Quý 1I/2024": period("2024-04-01", "2024-06-30", ocr_fix="Quý II/2024"),
    "Quý |/2024": period("2024-01-01", "2024-03-31", ocr_fix="Quý I/2024"),
    "O1/4/2024": on("2024-04-01") | {"ocr_fix": "01/4/2024"},
    "l5/3/2024": on("2024-03-15") | {"ocr_fix": "15/3/2024"},
    "15/3/2O24": on("2024-03-15") | {"ocr_fix": "15/3/2024"},
    "Thnag 6/2024": period("2024-06-01", "2024-06-30", ocr_fix="Tháng 6/2024"),
    "Thág 6/2024": period("2024-06-01", "2024-06-30", ocr_fix="Tháng 6/2024"),
    "Thàng 6/2024": period("2024-06-01", "2024-06-30"),
    "Tháng l2/2024": period("2024-12-01", "2024-12-31", ocr_fix="Tháng 12/2024"),
    "Năm 2O24": period("2024-01-01", "2024-12-31", ocr_fix="Năm 2024"),
    "Trứớc ngày 30/6/2024": before("2024-06-30"),
}
IMPOSSIBLE = ["31/6/2024", "Trước ngày 30/02/2024", "Tháng 13/2024", "Quý V/2024", "ngày 31 tháng 4"]
NOT_UNDERSTOOD = [
    "Xong trước ngày 10 tháng sau",
    "Nhiều năm",
    "Xong",
    "Đã hoàn thành",
    "-",
    "…",
    "Bao giờ xong thì xong",
]
ALL = {**DAYS, **STRETCHES, **STAGES, **ONGOING, **CYCLES, **EVENTS, **SLIPS}


@pytest.mark.parametrize(("text", "expected"), ALL.items())
def test_family_is_typed(text, expected):
    assert parse_deadline(text, YEAR).as_json() == expected


@pytest.mark.parametrize(("text", "refers_to"), EXTERNAL.items())
def test_family_refers_to_another_text(text, refers_to):
    assert parse_deadline(text, YEAR).as_json() == {"kind": "external", "refers_to": refers_to}


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_day_that_no_calendar_has_is_flagged_and_never_guessed(text):
    deadline = parse_deadline(text, YEAR)
    assert (deadline.kind, len(deadline.doubts)) == ("unspecified", 1)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_words_without_time_are_no_deadline(text):
    assert parse_deadline(text, YEAR).kind == "unspecified"


@pytest.mark.parametrize(
    ("text", "context", "due"),
    [
        ("Trong tháng", "Kế hoạch công tác tháng 6 năm 2026", date(2026, 6, 30)),
        ("Đầu tháng", "Kế hoạch công tác tháng 6 năm 2026", date(2026, 6, 10)),
        ("Cuối quý", "Nhiệm vụ trọng tâm quý III/2026", date(2026, 9, 30)),
        ("Trong tháng", "Nhiệm vụ trọng tâm", None),
    ],
)
def test_month_or_quarter_is_that_of_the_heading(text, context, due):
    assert parse_deadline(text, 2026, context).due_on == due


def test_year_of_a_clause_is_the_next_one_written_in_it():
    deadline = parse_deadline("Tháng 10, 11/2023: khảo sát; quý I/2024: báo cáo")
    assert (deadline.start, deadline.due_on) == (date(2023, 10, 1), date(2024, 3, 31))


@pytest.mark.parametrize("text", ["Quý II", "Trước ngày 30/6", "Trong năm", "6 tháng đầu năm"])
def test_deadline_without_a_year_is_read_again_when_the_year_is_corrected(text):
    before_correction, after = parse_deadline(text, 2023), deadline_in_year(text, 2024)
    assert after is not None
    assert (after.due_on.year, before_correction.due_on.year, after.year_assumed) == (2024, 2023, True)


@pytest.mark.parametrize("text", ["Quý II/2023", "Trước ngày 30/6/2023", "Thường xuyên", "Hằng quý", "Khi có yêu cầu"])
def test_deadline_that_needs_no_year_stands_when_the_year_is_corrected(text):
    assert deadline_in_year(text, 2024) is None


FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("Hằng tháng", 12, ("2024-01", date(2024, 1, 31))),
        ("Trước ngày 20 hằng tháng", 12, ("2024-01", date(2024, 1, 19))),
        ("Ngày 18 tháng cuối quý", 4, ("2024-Q1", date(2024, 3, 18))),
        ("Ngày 05 tháng đầu quý sau, hằng quý", 4, ("2024-Q1", date(2024, 4, 5))),
        ("6 tháng một lần", 2, ("2024-H1", date(2024, 6, 30))),
        ("Trước ngày 15/6 và 15/12 hằng năm", 2, ("2024-H1", date(2024, 6, 14))),
        ("Trước ngày 30/11 hằng năm", 1, ("2024", date(2024, 11, 29))),
        ("Thứ Sáu hằng tuần", 53, ("2024-W01", date(2024, 1, 5))),
        ("Hàng ngày, hàng tuần", 366, ("2024-01-01", date(2024, 1, 1))),
        ("Định kỳ", 0, None),
    ],
)
def test_recurring_deadline_makes_its_turns(text, count, first):
    made = turns(parse_deadline(text).recurrence, FIRST, LAST)
    assert len(made) == count
    assert ((made[0].key, made[0].due_on) if made else None) == first


def test_event_is_due_after_its_days_in_the_callers_calendar():
    def skip_weekends(day, count):
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < 5
        return day

    deadline = parse_deadline("Trong vòng 05 ngày làm việc kể từ khi Bộ công bố")
    assert deadline.due_after(date(2024, 3, 1), skip_weekends) == date(2024, 3, 8)
    assert parse_deadline("Khi có yêu cầu").due_after(date(2024, 3, 1), skip_weekends) is None
