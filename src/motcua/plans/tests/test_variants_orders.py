"""Manners of hospitals, companies and communes, invented here: goals of a year, results, who does what in one cell."""

import pytest

from motcua.plans.rules.bodies.agencies import split_agencies
from motcua.plans.rules.confidence import AUTO_ACCEPT
from motcua.plans.rules.layout.columns import Role, role_of
from motcua.plans.rules.reader import understand
from motcua.plans.tests.variants import plan, table_of, told
from motcua.reading.blocks import Document, Paragraph, Place

HEADING = "TT|Nhiệm vụ|Chủ trì|Thời hạn"
ROW = "1|Rà soát quy trình|Sở Nội vụ|Quý I/2026"


@pytest.mark.parametrize("heading", ["Mục tiêu 2026", "Kế hoạch năm 2026", "Phấn đấu 2026"])
@pytest.mark.parametrize("unit", ["Đơn vị", "Đơn vị tính"])
def test_indicators_with_a_value_for_the_year_are_goals_and_no_tasks(heading, unit):
    rows = ["1|Tỷ lệ tiêm đủ mũi|%|81|≥ 95|Trạm Y tế", "2|Thời gian cấp phát thuốc|phút|30|≤ 12|Khoa Dược"]
    found = plan([f"TT|Chỉ số|{unit}|Thực hiện 2025|{heading}|Bộ phận theo dõi", *rows])
    assert not found.tasks
    assert [(one.value, one.comparator, one.year) for one in found.targets] == [(95.0, ">=", 2026), (12.0, "<=", 2026)]


def test_goals_with_a_deadline_for_each_stay_tasks():
    rows = ["1|Số hóa 90% hồ sơ|Sở Nội vụ|90%|Quý II/2026", "2|Đăng tải 50 quy trình|Sở Tư pháp|50|Quý III/2026"]
    found = plan(["TT|Chỉ tiêu, nhiệm vụ|Chủ trì|Mục tiêu 2026|Thời hạn", *rows])
    assert told(found, "lead") == [("Sở Nội vụ",), ("Sở Tư pháp",)]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Mức cần đạt", Role.PRODUCT),
        ("Tiêu chuẩn phải đạt", Role.PRODUCT),
        ("Bàn giao", Role.PRODUCT),
        ("Bàn giao cuối kỳ", Role.PRODUCT),
        ("Bằng chứng hoàn thành", Role.PRODUCT),
        ("Nơi nhận báo cáo", Role.OTHER),
        ("Người nhận", Role.OTHER),
    ],
)
def test_what_comes_of_work_and_who_receives_it(heading, role):
    assert role_of(heading) is role


def test_who_receives_a_report_is_no_partner():
    rows = ["1|Báo cáo thu chi|Phòng Kế toán|Ngày 5 hằng tháng|Hội đồng trường"]
    found = plan(
        ["TT|Tên báo cáo|Đơn vị lập|Hạn gửi|Nơi nhận", *rows, "2|Báo cáo quý|Phòng Kế toán|Quý I/2026|Sở Y tế"]
    )
    assert [task.coordinating for task in found.tasks] == [[], []]


@pytest.mark.parametrize(
    ("cell", "lead", "others"),
    [
        ("Phụ trách: Trạm Y tế;//Hỗ trợ: Hội Phụ nữ; Đoàn Thanh niên", "Trạm Y tế", "Hội Phụ nữ; Đoàn Thanh niên"),
        ("Phụ trách chính: Phòng Kinh tế;//Cùng làm: Công an xã", "Phòng Kinh tế", "Công an xã"),
        ("Phụ trách: Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND", ""),
    ],
)
def test_cell_that_says_who_is_in_charge_and_who_helps(cell, lead, others):
    found = plan(
        ["TT|Việc phải làm|Ai làm|Xong lúc", f"1|Dọn kho lưu trữ|{cell}|Tháng 5", f"2|Sơn cổng|{cell}|Tháng 6"]
    )
    assert told(found, "lead", "coordinating") == [(lead, others), (lead, others)]


def test_dash_inside_a_name_leaves_the_body_whole_and_the_row_to_a_person():
    assert split_agencies("Vụ Đầu tư - Quản lý tài sản công").names == ("Vụ Đầu tư - Quản lý tài sản công",)
    row = "2|Đối chiếu sổ sách tài sản|Vụ Đầu tư - Quản lý tài sản công|Quý I/2026"
    whole, dashed = plan([HEADING, ROW, row]).tasks
    assert dashed.confidence < AUTO_ACCEPT <= whole.confidence


def test_end_of_a_bracket_from_another_cell_keeps_a_row_below_the_line():
    rows = [f"{at}|Rà soát quy trình số {at}|Sở Nội vụ|Quý I/2026|300" for at in range(1, 9)]
    rows.append("9|Tập huấn công chức|Sở Nội vụ|Quý I/2026|120 đồng)")
    *whole, broken = plan(["TT|Nhiệm vụ|Chủ trì|Thời hạn|Kinh phí", *rows]).tasks
    assert broken.confidence < AUTO_ACCEPT <= min(task.confidence for task in whole)


@pytest.mark.parametrize("heading", ["3. Tổ chức thực hiện", "C. TỔ CHỨC THỰC HIỆN", "3. Phân công"])
def test_section_with_any_number_gives_work(heading):
    items = ["a) Trưởng các khu phố phổ biến trước ngày 05/4/2026.", "b) Văn phòng Đảng ủy theo dõi, đôn đốc."]
    found = plan([HEADING, ROW], heading, *items, "4. Kinh phí", "Ngân sách xã bảo đảm.").body_tasks
    assert [task.lead for task in found] == [["Trưởng các khu phố"], ["Văn phòng Đảng ủy"]]


def test_items_below_a_counted_section_may_reach_its_next_number():
    items = [f"{at}. {body} đăng ký thực hiện." for at, body in enumerate(("Sở Y tế", "Sở Nội vụ", "Sở Tư pháp"), 1)]
    found = plan([HEADING, ROW], "2. Tổ chức thực hiện", *items).body_tasks
    assert [task.lead for task in found] == [["Sở Y tế"], ["Sở Nội vụ"], ["Sở Tư pháp"]]


@pytest.mark.parametrize(
    ("first", "path"),
    [("A. MỤC TIÊU", ["B. PHÂN CÔNG VIỆC", "I. Nông nghiệp"]), ("Mục tiêu chung", ["I. Nông nghiệp"])],
)
def test_roman_sections_stand_below_letters_where_a_letter_comes_first(first, path):
    fields = ["- Cơ quan chủ trì: Sở Y tế.", "- Thời gian hoàn thành: Quý I/2026."]
    tasks = ["1. Khơi thông kênh mương.", *fields, "2. Cấp giống mới.", *fields]
    found = plan(first, "Giữ vững sản xuất.", "B. PHÂN CÔNG VIỆC" if "A." in first else "", "I. Nông nghiệp", *tasks)
    assert [task.section_path for task in found.tasks] == [path, path]


def test_items_beside_one_that_asks_may_name_their_bodies_alone():
    asked = "a) Giao Sở Y tế kiểm tra nguồn nước, xong trước ngày 15/5/2026."
    named = "b) Điện lực Đôi Bờ khảo sát đường dây, báo cáo trước ngày 20/5/2026."
    told_only = "c) Công an xã duy trì tốt an ninh trật tự."
    found = plan("II. VIỆC TRƯỚC MẮT", "1. Đối với các ngành", asked, named, told_only).body_tasks
    assert [task.lead for task in found] == [["Sở Y tế"], ["Điện lực Đôi Bờ"]]


def test_page_that_begins_with_the_rest_of_a_row_has_no_heading_among_its_rows():
    first = [
        "Việc phải làm|Ai làm|Phải đạt gì|Xong lúc",
        "Dọn kho lưu trữ|Phòng Kinh tế; Phòng Văn hóa -|Kho gọn|Tháng 5",
    ]
    rest = ["|Xã hội||", "Sơn lại cổng|Công an xã|Cổng mới|Tháng 6", "Đo đạc ruộng|Hội Nông dân|Bản đồ|Tháng 7"]
    result = ["Trả kết quả tại nhà|Trung tâm Phục vụ hành chính công||Quý III"]
    found = plan(first, "1 Ghi chú cuối trang.", [*rest, *result])
    assert "Trả kết quả tại nhà" in [task.text for task in found.tasks]
    assert ("Sơn lại cổng", "Công an xã") in told(found, "text", "lead")


def test_letterhead_of_a_union_in_a_table_of_two_cells():
    lines: list[str] = []
    left, right = (
        "HỘI ĐỒNG ĐỘI//TỈNH ĐÔI BỜ//Số: 41-KH/HĐĐ-CS",
        "HỘI ĐỒNG ĐỘI TRUNG ƯƠNG//Đôi Bờ, ngày 09 tháng 02 năm 2026",
    )
    head = table_of([f"{left}|{right}"], lines)
    lines += ["KẾ HOẠCH", "Tháng Thiếu nhi năm 2026"]
    title = [Paragraph(text, Place(at, at)) for at, text in enumerate(lines, 1) if at > len(lines) - 2]
    found = understand(Document((head, *title), tuple(lines))).document
    assert (found.number, found.date, found.issuer) == ("41-KH/HĐĐ-CS", "2026-02-09", "Hội đồng đội tỉnh Đôi Bờ")
