"""More manners of plans, invented here: headings by their first noun, shared cells, counts, odd tables."""

import pytest

from motcua.plans.rules.confidence import AUTO_ACCEPT
from motcua.plans.rules.layout.columns import Role, role_of
from motcua.plans.rules.layout.misread_numbers import mend_numbers
from motcua.plans.rules.layout.records import grid_of
from motcua.plans.rules.reader import understand
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.tests.variants import plan, table_of, told
from motcua.reading.reader import read

HEADING = "TT|Nhiệm vụ|Chủ trì|Thời hạn"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Nhiệm vụ được phân công", Role.TEXT),
        ("Nhiệm vụ chủ trì", Role.TEXT),
        ("Nội dung phân công", Role.TEXT),
        ("Công việc đầu mối thực hiện", Role.TEXT),
        ("Việc phải hoàn thành trong năm", Role.TEXT),
        ("Các hoạt động, người phụ trách", Role.TEXT),
        ("Phân công thực hiện", Role.LEAD),
        ("Trách nhiệm thực hiện", Role.LEAD),
        ("Đơn vị thực hiện nhiệm vụ", Role.LEAD),
        ("Thời gian hoàn thành nhiệm vụ", Role.DEADLINE),
        ("Kết quả thực hiện nhiệm vụ", Role.PRODUCT),
    ],
)
def test_first_noun_of_a_heading_says_what_it_names(heading, role):
    assert role_of(heading) is role


def test_work_and_result_in_one_heading_are_the_work():
    rows = ["1|Rà soát quy trình|Sở Nội vụ|Quý I/2026", "2|Tập huấn công chức|Sở Tư pháp|Quý II/2026"]
    read_ = plan(["TT|Phần việc và sản phẩm|Đơn vị|Thời hạn", *rows])
    assert told(read_, "text") == [("Rà soát quy trình",), ("Tập huấn công chức",)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Đội Quản lý thị trường số 2", "Hạt Kiểm lâm khu vực"),
        ("Trạm Y tế xã", "Các chi hội phụ nữ"),
        ("Đồn Biên phòng Cửa Lớn", "Khoa Khám bệnh"),
    ],
)
def test_bodies_outside_the_offices_lead_the_rows_below_them(first, second):
    rows = [f"A|{first}||", "1|Kiểm tra dịp Tết|Biên bản|Tháng 01/2026", f"B|{second}||"]
    found = plan(["STT|Nhiệm vụ được giao|Sản phẩm|Hạn", *rows, "2|Tuần tra, vận động|Sổ|Hằng tháng"])
    assert told(found, "lead", "text") == [(first, "Kiểm tra dịp Tết"), (second, "Tuần tra, vận động")]
    assert all(task.confidence < AUTO_ACCEPT for task in found.tasks)  # no column says who


@pytest.mark.parametrize(
    ("heading", "repeat"),
    [
        ("Điểm nghẽn|Cách làm|Chủ trì|Thời hạn", "^"),
        ("Bối cảnh|Nhiệm vụ|Chủ trì|Thời hạn", "^"),
        ("Bối cảnh|Nhiệm vụ|Chủ trì|Thời hạn", "Hồ sơ trễ hạn kéo dài"),
    ],
)
def test_column_shared_by_rows_heads_them(heading, repeat):
    found = plan(
        [
            heading,
            "Hồ sơ trễ hạn kéo dài|Rà soát quy trình nội bộ|Sở Nội vụ|Quý I/2026",
            f"{repeat}|Phân công người trực hồ sơ|Sở Tư pháp|Quý II/2026",
            f"{repeat}|Nhắc việc hằng ngày|Sở Tư pháp|Quý II/2026",
            "Thiếu người|Điều động công chức một cửa|Sở Nội vụ|Quý III/2026",
        ]
    )
    assert told(found, "path", "text") == [
        ("Hồ sơ trễ hạn kéo dài", "Rà soát quy trình nội bộ"),
        ("Hồ sơ trễ hạn kéo dài", "Phân công người trực hồ sơ"),
        ("Hồ sơ trễ hạn kéo dài", "Nhắc việc hằng ngày"),
        ("Thiếu người", "Điều động công chức một cửa"),
    ]
    assert all(task.confidence < AUTO_ACCEPT for task in found.tasks)


def test_column_of_goals_shared_by_rows_heads_them():
    rows = ["1|Giảm thời gian chờ|Lấy số qua mạng|Sở Nội vụ|Quý I/2026", "2|^|Mở thêm quầy|Sở Nội vụ|Quý II/2026"]
    more = ["3|Tăng hài lòng|Khảo sát người dân|Sở Nội vụ|Quý III/2026", "4|^|Gửi thư xin lỗi|Sở Nội vụ|Quý IV/2026"]
    found = plan(["TT|Mục tiêu|Nhiệm vụ|Chủ trì|Thời hạn", *rows, *more])
    assert [path for (path,) in told(found, "path")] == ["Giảm thời gian chờ"] * 2 + ["Tăng hài lòng"] * 2


COUNTED = {
    "on": ["I|Thể chế||", "1|A a|Sở Tư pháp|Quý I/2026", "II|Bộ máy||", "2|B b|Sở Nội vụ|Quý I/2026"],
    "anew": ["I|Thể chế||", "1|A a|Sở Tư pháp|Quý I/2026", "II|Bộ máy||", "1|B b|Sở Nội vụ|Quý I/2026"],
}


@pytest.mark.parametrize(
    ("before", "rows", "missing"),
    [
        ("on", ["III|Khác||", "3|C c|Sở Nội vụ|Quý I/2026"], []),
        ("on", ["III|Khác||", "4|C c|Sở Nội vụ|Quý I/2026"], ["3"]),
        ("on", ["III|Khác||", "3|Chung:||", "3.1|C c|Sở Nội vụ|Quý I/2026", "4|D d|Sở Y tế|Quý I/2026"], []),
        ("anew", ["III|Khác||", "3|C c|Sở Nội vụ|Quý I/2026"], ["1", "2"]),
        ("anew", ["III|Khác||", "1|C c|Sở Nội vụ|Quý I/2026", "3|D d|Sở Y tế|Quý I/2026"], ["2"]),
        ("on", ["4|C c|Sở Nội vụ|Quý I/2026", "3|D d|Sở Y tế|Quý I/2026", "5|E e|Sở Y tế|Quý I/2026"], []),
    ],
)
def test_only_numbers_that_stand_nowhere_are_missing(before, rows, missing):
    found = plan([HEADING, *COUNTED[before], *rows])
    assert [row.number for row in found.missing_rows] == missing
    assert sum(one.code == "row-missing" for one in found.warnings) == len(missing)


@pytest.mark.parametrize(
    "table",
    [
        ["STT|Nhiệm vụ", "1|Rà soát bảng phân công", "2|Tập huấn công chức", "3|Công khai kết quả"],
        ["STT|Ý cần làm|Ghi tên", "1|Rà soát bảng phân công của tỉnh|Sở Nội vụ"]
        + ["2|Tập huấn công chức các xã|Sở Tư pháp", "3|Công khai kết quả giải quyết|Sở Y tế"],
        ["TT|Nhiệm vụ|Đơn vị phối hợp|Kết quả", "1|Rà soát bảng phân công|Sở Nội vụ|Báo cáo"],
        ["TT|Nội dung|Nơi làm|Khi", "1|Rà soát bảng phân công của tỉnh|Sở Nội vụ|Tháng 4/2026"]
        + ["2|Tập huấn công chức các xã|Sở Tư pháp|Tháng 5/2026", "3|Công khai kết quả|Sở Y tế|Tháng 6/2026"],
    ],
)
def test_table_that_hardly_says_it_holds_work_is_read_and_doubted(table):
    found = plan(table)
    assert len(found.tasks) == len(table) - 1
    assert all(task.confidence < AUTO_ACCEPT for task in found.tasks)


def test_table_that_cannot_be_read_is_said():
    rows = ["1|Rà soát bảng phân công của tỉnh|Đang dở dang", "2|Tập huấn công chức các xã|Chưa làm được"]
    found = plan(["STT|Ý cần làm|Hiện trạng", *rows, "3|Công khai kết quả giải quyết|Đã làm một phần"])
    assert not found.tasks
    assert "table-unread" in {one.code for one in found.warnings}


def test_number_without_words_lowers_the_rows_of_its_table():
    found = plan([HEADING, "a|||", "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026", "2|Tập huấn xã|Sở Tư pháp|Quý II/2026"])
    assert "row-empty" in {one.code for one in found.warnings}
    assert all(task.confidence < AUTO_ACCEPT for task in found.tasks)


@pytest.mark.parametrize(
    "text",
    [
        "Trước ngày Nghị định có hiệu lực",
        "Từ thời điểm đề án được phê duyệt",
        "Cho đến khi hoàn thành bàn giao",
        "Trước thời điểm khai giảng năm học",
        "Sau ngày bế mạc đại hội",
    ],
)
def test_day_that_only_an_event_tells_is_an_event(text):
    assert parse_deadline(text, 2026).kind == "event"


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Đối với các hồ sơ quá hạn, giao Sở Xây dựng rà soát trước ngày 30/4/2026.", ["Sở Xây dựng"]),
        ("Các đơn vị phối hợp rà soát gửi kết quả về Sở Nội vụ.", ["Các đơn vị phối hợp rà soát"]),
        ("Các chi bộ trực thuộc xây dựng kế hoạch, gửi trước ngày 31/3/2026.", ["Các chi bộ trực thuộc"]),
        ("Đối với Sở Y tế: kiểm tra việc niêm yết giá.", ["Sở Y tế"]),
    ],
)
def test_sentence_of_the_body_names_who_is_asked(sentence, lead):
    assert [task.lead for task in plan("III. TỔ CHỨC THỰC HIỆN", f"1. {sentence}").body_tasks] == [lead]


@pytest.mark.parametrize(
    "sentence",
    [
        "Phân công nhiệm vụ cho các cơ quan, đơn vị tại Phụ lục ban hành kèm theo Kế hoạch này.",
        "Đối với các nhiệm vụ cụ thể, giao các cơ quan, địa phương thực hiện theo danh mục sau:",
    ],
)
def test_sentence_that_points_to_the_annex_gives_no_work(sentence):
    assert not plan("III. TỔ CHỨC THỰC HIỆN", f"1. {sentence}").body_tasks


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("Kế hoạch gồm 02 lĩnh vực với 3 nhiệm vụ.", {"groups": 2, "tasks": 3}),
        ("Kế hoạch gồm 02 nội dung với 3 nhiệm vụ.", {"groups": 2, "tasks": 3}),
        ("Kế hoạch có 3 nhiệm vụ chia thành 02 mảng.", {"groups": 2, "tasks": 3}),
    ],
)
def test_parts_by_any_name_are_counted_against_the_sections(said, stated):
    rows = ["I|Thể chế||", "1|Rà soát|Sở Tư pháp|Quý I/2026", "2|Tập huấn|Sở Tư pháp|Quý I/2026", "II|Bộ máy||"]
    claims = plan(said, [HEADING, *rows, "3|Sắp xếp|Sở Nội vụ|Quý III/2026"]).claims
    assert [(claim.stated, claim.agrees) for claim in claims] == [(stated, True)]


def test_share_that_makes_somebody_answerable_is_no_goal():
    rows = ["1|Xử lý người đứng đầu đơn vị có tỷ lệ hồ sơ trễ trên 5%|Sở Nội vụ|Quý I/2026"]
    found = plan([HEADING, *rows, "2|Phấn đấu 80% xã có tỷ lệ số hóa trên 90%|Sở Nội vụ|Quý II/2026"])
    assert [target.value for target in found.targets] == [80.0, 90.0]


def test_items_of_a_list_printed_as_cells_go_back_into_their_cell():
    lines = ["| TT | Nhiệm vụ | Yêu cầu | Chủ trì | Thời hạn |", "| --- | --- | --- | --- | --- |"]
    lines += ["| 1 | Rà soát quy trình | Đủ | Sở Nội vụ | Quý I/2026 |"]
    lines += ["| 2 | Mở chuyên mục | - Tuần hai tin | - Có ảnh | Sở Tư pháp | Quý II/2026 |"]
    found = understand(read("\n".join(["KẾ HOẠCH", "Năm 2026", "", *lines]).encode(), "a.txt"))
    assert told(found, "lead", "due")[1:] == [("Sở Tư pháp", "2026-06-30")]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (["E", "Đ»", "3.", "4.", "5s", "6."], ["1", "2", "3.", "4.", "5", "6."]),
        (["1", "2", "8", "4", "5"], ["1", "2", "3", "4", "5"]),
        (["1", "2", "Ll"], ["1", "2", "3"]),
        (["1", "2", "4", "5"], ["1", "2", "4", "5"]),  # a row is lost: nothing to mend
        (["1=A b", "11", "12", "13", "2=C d", "21", "22", "243"], ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.2", "2.3"]),
        (["1=CHUNG", "1", "2", "Hị=RIÊNG", "3", "4"], ["I", "1", "2", "II", "3", "4"]),
        (["I=CHUNG", "1", "T", "3", "Il=RIÊNG", "1", "2", "8", "4"], ["I", "1", "2", "3", "II", "1", "2", "3", "4"]),
    ],
)
def test_misread_numbers_are_mended_by_their_neighbours(printed, numbers):
    rows = [
        f"{one.partition('=')[0]}|{one.partition('=')[2]}||"
        if "=" in one
        else f"{one}|Rà soát quy trình {at}|Sở Nội vụ|Quý I/2026"
        for at, one in enumerate(printed)
    ]
    grid = grid_of(table_of([HEADING, *rows], []), None)
    assert grid is not None
    mend_numbers(grid.records)
    assert [record.text(Role.NUMBER) for record in grid.records] == numbers
