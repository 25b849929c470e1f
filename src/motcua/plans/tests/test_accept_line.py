"""Which rows may be taken unseen: those of which nothing has a second reading; the others say why they wait."""

import pytest

from motcua.plans.rules.confidence import AUTO_ACCEPT
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.plain_headings import is_plain
from motcua.plans.rules.reasons import NOT_ACCEPTED
from motcua.plans.rules.times.plain_times import is_plain_time
from motcua.plans.tests.variants import plan, told

HEADING = "TT|Nội dung nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Sản phẩm|Thời gian hoàn thành"
ROWS = (
    "1|Rà soát quy trình nội bộ của các sở|Sở Nội vụ|Sở Tư pháp|Báo cáo|Quý I/2026",
    "2|Tập huấn công chức bộ phận một cửa|Sở Tư pháp|Sở Nội vụ|02 lớp|Tháng 5/2026",
    "3|Công khai kết quả giải quyết thủ tục|Văn phòng UBND tỉnh|Các sở, ban, ngành|Bảng tin|30/6/2026",
)


def with_column(at: int, name: str, cells: tuple[str, str, str]) -> list[str]:
    """Return the plain table with one more column."""
    lines = [line.split("|") for line in (HEADING, *ROWS)]
    return ["|".join([*line[:at], text, *line[at:]]) for line, text in zip(lines, (name, *cells), strict=True)]


def reasons(reading) -> set[str]:
    return {one.message for task in reading.tasks for one in task.warnings if one.code == NOT_ACCEPTED}


def test_a_table_of_usual_columns_is_taken_unseen():
    read = plan([HEADING, *ROWS])
    assert min(task.confidence for task in read.tasks) >= AUTO_ACCEPT
    assert reasons(read) == set()


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Thời hạn báo cáo", ("Trước ngày 15 hằng tháng", "Hằng quý", "Trước 20/12/2026")),
        ("Thời gian giải trình", ("Tháng 2/2026", "Tháng 3/2026", "Tháng 4/2026")),
        ("Thời hạn giải ngân", ("Quý IV/2026", "Tháng 11/2026", "31/12/2026")),
        ("Ngày giao", ("05/01/2026", "06/01/2026", "07/01/2026")),
    ],
)
@pytest.mark.parametrize("at", [1, 2, 5, 6])
def test_a_time_of_something_else_is_never_the_deadline(name, cells, at):
    read = plan(with_column(at, name, cells))
    assert told(read, "deadline_text") == [("Quý I/2026",), ("Tháng 5/2026",), ("30/6/2026",)]
    assert all(set(cells) & set(task.extra.values()) for task in read.tasks)


@pytest.mark.parametrize("name", ["Yêu cầu", "Giải pháp"])
@pytest.mark.parametrize("at", [1, 2, 4, 6])
def test_what_is_said_beside_the_work_of_each_row_heads_nothing(name, at):
    read = plan(with_column(at, name, ("Đúng quy định", "Đầy đủ, kịp thời", "Bố trí kinh phí")))
    assert [text for (text,) in told(read, "text")] == [row.split("|")[1] for row in ROWS]
    assert told(read, "path") == [("",)] * 3


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("Thời gian hoàn thành", "Thời hạn|Thời gian thực hiện"), "hai cột"),
        (("Sản phẩm", "Chỉ tiêu cần đạt"), "tên cột"),
        (("Sản phẩm", "Mức độ"), "tên cột"),
        (("Quý I/2026", "Cuối quý I/2026"), "khác thường"),
        (("Sở Nội vụ|Sở Tư pháp|Báo cáo", "Sở Nội vụ, Lan Anh|Sở Tư pháp|Báo cáo"), "tên cơ quan"),
        (("quy trình nội bộ của các sở", "quy trình nội bộ , của các sở ,"), "dấu câu"),
    ],
)
def test_a_row_with_a_second_reading_waits_and_says_why(change, word):
    lines = [line.replace(*change) for line in (HEADING, *ROWS)]
    if "|" in change[1] and change[0] in HEADING:
        lines[1:] = [f"{line}|Tháng 12/2026" for line in lines[1:]]
    read = plan(lines)
    assert read.tasks[0].confidence < AUTO_ACCEPT
    assert any(word in message for message in reasons(read))


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.LEAD, "Cơ quan, đơn vị chủ trì"),
        (Role.LEAD, "Đơn vị thực hiện"),
        (Role.TEXT, "Nhiệm vụ, giải pháp chủ yếu"),
        (Role.PRODUCT, "Sản phẩm/Kết quả"),
        (Role.DEADLINE, "Tiến độ thực hiện"),
    ],
)
def test_usual_headings_are_known(role, name):
    assert is_plain(role, name)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.LEAD, "Cơ quan trình"),
        (Role.TEXT, "Giải pháp"),
        (Role.PRODUCT, "Kết quả thực hiện"),
        (Role.DEADLINE, "Thời gian báo cáo"),
    ],
)
def test_headings_that_may_mean_something_else_are_not_plain(role, name):
    assert not is_plain(role, name)


@pytest.mark.parametrize(
    "text",
    ["Trước ngày 15/6/2026", "Quý II - III/2026", "Hoàn thành trong tháng 6/2026", "Ngày 20 của tháng cuối quý"]
    + ["Trong 05 ngày làm việc kể từ ngày ký", "Thường xuyên", "Quý II/2026, chậm nhất ngày 31/7/2026"],
)
def test_times_of_one_reading_are_plain(text):
    assert is_plain_time(text)


@pytest.mark.parametrize(
    "text",
    ["", "Cuối tháng 6", "Tháng 6 và tháng 11/2026", "T3-T5/2026", "Quý ba năm 2026", "Cả năm", "Sở Nội vụ"],
)
def test_times_with_words_left_over_are_not_plain(text):
    assert not is_plain_time(text)
