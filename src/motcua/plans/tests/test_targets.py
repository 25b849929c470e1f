"""Numbers to reach, in tasks, in running text and in tables of goals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.layout.target_tables import targets_of_table
from motcua.plans.rules.numbers.targets import targets_of, targets_of_text
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Task
from motcua.reading.blocks import Cell, Row


def of_text(text: str, product: str = ""):
    parts = {"text": ((1, text),)} | ({"product": ((2, product),)} if product else {})
    return targets_of(Task("1", [], "1", text, product=product, parts=parts, line_start=1))


def shown(text: str, product: str = ""):
    return [(one.value, one.unit, one.comparator) for one in of_text(text, product)]


VALUES = {
    "Tối thiểu 70% hồ sơ được số hóa": [(70, "%", ">=")],
    "Ít nhất 50% thủ tục được tích hợp": [(50, "%", ">=")],
    "Số hóa không dưới 80% hồ sơ": [(80, "%", ">=")],
    "Tỷ lệ hồ sơ trực tuyến đạt từ 80% trở lên": [(80, "%", ">=")],
    "Tỷ lệ hồ sơ trực tuyến đạt từ 80%": [(80, "%", ">=")],
    "Đạt 80% trở lên": [(80, "%", ">=")],
    "Tỷ lệ hồ sơ quá hạn từ 2% trở xuống": [(2, "%", "<=")],
    "Đạt trên 90%": [(90, "%", ">")],
    "Tỷ lệ quá hạn dưới 5%": [(5, "%", "<")],
    "Tỷ lệ quá hạn không quá 3%": [(3, "%", "<=")],
    "Tỷ lệ quá hạn tối đa 3%": [(3, "%", "<=")],
    "Mức độ hài lòng ≥ 95%": [(95, "%", ">=")],
    "Mức độ hài lòng đạt 95,5%": [(95.5, "%", "none")],
    "Đạt 90 %": [(90, "%", "none")],
    "Đạt 90 phần trăm": [(90, "%", "none")],
    "Bảo đảm 100% hồ sơ đúng hạn": [(100, "%", "=")],
    "100% hồ sơ phải được số hóa": [(100, "%", "=")],
    "100% công chức có chữ ký số": [(100, "%", "none")],
    "Nâng tỷ lệ từ 60% lên 80%": [(80, "%", "none")],
    "Giảm tỷ lệ quá hạn từ 5% xuống còn 2%": [(2, "%", "<=")],
    "Cắt giảm ít nhất 30% thời gian giải quyết, 30% chi phí tuân thủ": [(30, "%", ">="), (30, "%", ">=")],
    "Số hóa 80%, riêng đất đai 60%": [(80, "%", "none"), (60, "%", "none")],
    "Đạt tối thiểu 90 điểm": [(90, "điểm", ">=")],
    "Chỉ số cải cách hành chính đạt 90,5 điểm trở lên": [(90.5, "điểm", ">=")],
    "Tăng ít nhất 05 bậc": [(5, "bậc", ">=")],
    "Thời gian chờ không quá 30 phút": [(30, "phút", "<=")],
    "Trên 2.000 tin, bài được đăng": [(2000, "tin, bài", ">")],
    "Tổ chức tối thiểu 02 lớp tập huấn cho công chức": [(2, "lớp tập huấn", ">=")],
}
NO_TARGETS = [
    "Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021",
    "Xây dựng Kế hoạch năm 2026",
    "Hoàn thành trong không quá 05 ngày làm việc",
    "Hỗ trợ 50% kinh phí cho hộ nghèo",
    "Bố trí 100% vốn ngân sách",
    "Giảm 50% lệ phí khi nộp trực tuyến",
    "Theo khoản 3 Điều 14 Nghị định số 61/2018/NĐ-CP",
    "Trên 03 năm công tác",
    "Kinh phí không quá 200 triệu đồng",
    "Tỷ lệ năm qua đã đạt 85%",
]


@pytest.mark.parametrize(("text", "expected"), VALUES.items())
def test_number_to_reach_is_read(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("text", NO_TARGETS)
def test_other_numbers_are_left_alone(text):
    assert shown(text) == []


@pytest.mark.parametrize("text", ["Đạt 80-85%", "Đạt 80% - 85%", "Đạt từ 80% đến 85%", "Đạt 80 – 85 %"])
def test_range_keeps_both_ends(text):
    (one,) = of_text(text)
    assert (one.value, one.upper, one.comparator) == (80, 85, ">=")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cấp tỉnh: 100% Cấp huyện: 60%", [("tỉnh", 100), ("huyện", 60)]),
        ("Cấp tỉnh đạt 100%, cấp xã đạt 50%", [("tỉnh", 100), ("xã", 50)]),
        ("Đối với cấp xã là 60%", [("xã", 60)]),
        ("100% hồ sơ tại cấp tỉnh, 90% hồ sơ tại cấp xã", [("tỉnh", 100), ("xã", 90)]),
        (
            "tỷ lệ tối thiểu tương ứng là 50%, 40%, 35% tại cấp tỉnh, cấp huyện, cấp xã",
            [("tỉnh", 50), ("huyện", 40), ("xã", 35)],
        ),
        ("UBND cấp xã: tối thiểu 40%", [("xã", 40)]),
        ("100% Bộ phận Một cửa cấp tỉnh, huyện", [(None, 100)]),
        ("80% hồ sơ", [(None, 80)]),
    ],
)
def test_level_of_a_number_is_read(text, expected):
    assert [(one.tier, one.value) for one in of_text(text)] == expected


def test_exception_keeps_its_scope():
    first, second = of_text("Mức độ hài lòng đạt tối thiểu 95%; riêng lĩnh vực đất đai, xây dựng đạt tối thiểu 85%")
    assert (first.is_exception, second.is_exception, second.scope) == (False, True, "lĩnh vực đất đai, xây dựng")
    assert (second.value, second.comparator) == (85, ">=")


def test_number_in_the_product_is_read_and_one_said_twice_is_marked():
    found = of_text("Số hóa tối thiểu 80% hồ sơ", "Tối thiểu 80% hồ sơ được số hóa")
    assert [(one.value, one.duplicate_of) for one in found] == [(80, None), (80, "dòng 1")]
    assert shown("Số hóa hồ sơ", "Đạt 80%") == [(80, "%", "none")]


def test_goals_are_read_under_their_heading_only():
    texts = [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Bảo đảm 100% nhiệm vụ hoàn thành.",
        "II. CHỈ TIÊU",
        "1. Mức độ hài lòng đạt tối thiểu 95%; riêng lĩnh vực đất đai đạt 85%.",
        "- 100% hồ sơ được xử lý trên môi trường mạng.",
        "III. NHIỆM VỤ",
        "1. Số hóa 50% hồ sơ.",
    ]
    passages = [Passage(text, line, line) for line, text in enumerate(texts, 1)]
    found = targets_of_text(passages)
    assert [(one.value, one.comparator, one.line, one.task_id) for one in found] == [
        (95, ">=", 4, ""),
        (85, "none", 4, ""),
        (100, "=", 5, ""),
    ]


def rows_of(*lines: list[str]) -> list[Row]:
    return [
        Row(tuple(Cell(((at + 1, text),), column=column) for column, text in enumerate(line)))
        for at, line in enumerate(lines)
    ]


def test_table_of_goals_gives_each_row_and_year():
    headings = ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2025", "Năm 2026", "Năm 2027", "Ghi chú"]
    rows = rows_of(
        ["I", "Chính quyền số", "", "", "", "", ""],
        ["1", "Tỷ lệ hồ sơ trực tuyến", "%", "62", "80", "≥ 90", "14/14 thôn"],
        ["2", "Thời gian xử lý", "giờ", "3,5", "2", "", ""],
        ["3", "Tỷ lệ số hóa", "%", "", "", "", ""],
        ["", "- Cấp xã", "%", "", "trên 70", "80 - 85", ""],
    )
    found = targets_of_table(headings, rows)
    assert [(one.text, one.value, one.unit, one.comparator, one.year, one.tier, one.upper) for one in found] == [
        ("Tỷ lệ hồ sơ trực tuyến", 80, "%", "none", 2026, None, None),
        ("Tỷ lệ hồ sơ trực tuyến", 90, "%", ">=", 2027, None, None),
        ("Thời gian xử lý", 2, "giờ", "none", 2026, None, None),
        ("Tỷ lệ số hóa: Cấp xã", 70, "%", ">", 2026, "xã", None),
        ("Tỷ lệ số hóa: Cấp xã", 80, "%", ">=", 2027, "xã", 85),
    ]


def test_table_of_goals_with_one_value_column_takes_the_plans_year():
    found = targets_of_table(
        ["STT", "Tên chỉ tiêu", "ĐVT", "Kế hoạch"], rows_of(["1", "Số lớp tập huấn", "lớp", "05"]), 2026
    )
    assert [(one.value, one.unit, one.year) for one in found] == [(5, "lớp", 2026)]


def test_rate_without_a_unit_is_a_percentage():
    rows = rows_of(["1", "Tỷ lệ hồ sơ đúng hạn", "", "98"], ["2", "Số lớp", "", "3"])
    found = targets_of_table(["STT", "Chỉ tiêu", "ĐVT", "Năm 2026"], rows)
    assert [(one.value, one.unit) for one in found] == [(98, "%"), (3, "")]


@pytest.mark.parametrize("headings", [["TT", "Họ tên", "Chức vụ"], ["Chỉ tiêu", "Thực hiện năm 2025"], []])
def test_other_tables_hold_no_goals(headings):
    assert targets_of_table(headings, rows_of(["1", "2", "3"])) == []


@given(st.text(alphabet="0123456789%,.- đạtừểntrêiôxãcấpỉhuyệm", max_size=60))
def test_any_text_is_searched_without_breaking(text):
    for one in of_text(text, text):
        assert one.upper is None or one.upper > one.value
