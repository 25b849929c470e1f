"""A set out of lines: what is written is what is meant, every fault is told with its place."""

import pytest

from motcua.assessments.rules.criteria import tree_of
from motcua.assessments.rules.set_making import criteria_of, lines_of_sheet, lines_of_text, number_of, text_of

GOOD = """1 | Chỉ đạo, điều hành | 5
1.1 | Ban hành kế hoạch | 2 | chọn mức | Đúng hạn = 2; Muộn = 1; Không = 0 | | bắt buộc: kế hoạch | Trước 15/01
1.2 | Hồ sơ đúng hạn | 3 | tỷ lệ | 95 | dossiers.on_time_rate | | | | x
2 | Kết quả
2.1 | Nộp trực tuyến | 4 | Ngưỡng | ≥ 80: 4; >= 60 %: 2 | dossiers.online_rate | nếu có | | SNV
2.2 | Khảo sát | 2,5 | thẩm định
2.3 | Vi phạm | 2 | điểm trừ | 0,5"""


def _faults(text):
    return [str(fault) for fault in criteria_of(lines_of_text(text))[1]]


def test_lines_become_a_set():
    data, faults = criteria_of(lines_of_text(GOOD))
    tree = tree_of({"criteria": data})
    assert faults == []
    assert [(each.code, each.parent, each.way, str(each.most)) for each in tree.criteria] == [
        ("1", "", "", "5"), ("1.1", "1", "choice", "2"), ("1.2", "1", "linear", "3"), ("2", "", "", "6.5"),
        ("2.1", "2", "steps", "4"), ("2.2", "2", "verifier", "2.5"), ("2.3", "2", "deduction", "2"),
    ]  # fmt: skip
    plan, share, steps = tree.by_code["1.1"], tree.by_code["1.2"], tree.by_code["2.1"]
    assert [(level.code, level.name, str(level.points)) for level in plan.levels][0] == ("a", "Đúng hạn", "2")
    assert (plan.evidence, plan.evidence_words, plan.guidance) == ("required", "kế hoạch", "Trước 15/01")
    assert (share.may_not_apply, share.measure, steps.verifier, steps.evidence) == (
        True, "dossiers.on_time_rate", "SNV", "welcome",
    )  # fmt: skip
    assert str(tree.most) == "11.5"


def test_text_and_lines_are_one():
    lines = lines_of_text(GOOD)
    assert criteria_of(lines_of_text(text_of(lines))) == criteria_of(lines)


def test_sheet_is_read_below_its_heads():
    rows = [
        (1, ["Bộ tiêu chí"]),
        (3, ["MÃ", "Điểm tối đa", "Tiêu chí", "Cách chấm"]),
        (5, ["1", "2", "Sáng kiến", "thẩm định"]),
    ]
    [line] = lines_of_sheet(rows)
    assert (line.number, dict(line.cells)) == (5, {"code": "1", "most": "2", "title": "Sáng kiến", "way": "thẩm định"})
    assert lines_of_sheet([(1, ["Mã", "Điểm"])]) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("* | Sáng kiến | 2 | thẩm định", "Dòng 1, cột “Mã”: Mã gồm chữ, số và dấu chấm"),
        ("1 | | 2 | thẩm định", "Dòng 1, cột “Tiêu chí”: Chưa có tên."),
        ("1 | A | hai | thẩm định", "Dòng 1, cột “Điểm tối đa”: “hai” không phải là số điểm."),
        ("1 | A | -2 | thẩm định", "Dòng 1, cột “Điểm tối đa”: “-2” không phải là số điểm."),
        ("1 | A | 2 | đoán", "Dòng 1, cột “Cách chấm”: Không có cách chấm “đoán”"),
        ("1 | A | 2 | chọn mức | Có = 1; Không = 0", "Mức cao nhất được 1 điểm, điểm tối đa là 2."),
        ("1 | A | 2 | chọn mức | Có", "Mức “Có” phải có dạng: tên = điểm."),
        ("1 | A | 2 | ngưỡng | 95: 2", "Ngưỡng “95: 2” phải có dạng"),
        ("1 | A | 2 | ngưỡng | >= 90: 1; >= 80: 2", "Ngưỡng tốt hơn phải được nhiều điểm hơn"),
        ("1 | A | 2 | ngưỡng | >= 90: 2; <= 80: 1", "phải cùng chiều"),
        ("1 | A | 2 | tỷ lệ | 0", "Ghi giá trị được điểm tối đa"),
        ("1 | A | 2 | điểm trừ | 3", "không quá điểm trừ tối đa"),
        ("1 | A | 2 | thẩm định | | dossiers.online_rate", "Số đo chỉ dùng với"),
        ("1 | A | 5\n1.1 | B | 2 | thẩm định", "Dòng 1, cột “Điểm tối đa”: Nhóm ghi 5 điểm"),
        ("1 | A | 2", "Nhóm không có tiêu chí nào"),
        ("1 | A | 2 | thẩm định\n1 | B | 2 | thẩm định", "Dòng 2, cột “Mã”: Mã “1” đã có ở dòng 1."),
        ("1 | A | 2 | thẩm định\n1.1 | B | 2 | thẩm định", "“1” có cách chấm nên không chứa được tiêu chí khác."),
        ("1 | A | 2 | điểm trừ | 1", "không có tiêu chí nào cho điểm"),
        ("", "từ 1 đến 400 dòng"),
    ],
)
def test_fault_is_told_with_its_place(line, told):
    assert any(told in fault for fault in _faults(line)), _faults(line)


def test_every_fault_is_told_at_once():
    assert len(_faults("* | A | 2 | thẩm định\n2 | B | x | thẩm định\n3 | C | 2 | đoán")) == 3


@pytest.mark.parametrize(
    ("text", "number"),
    [("2,5", "2.5"), ("2.5", "2.5"), ("1.234,5", "1234.5"), ("1e5", None), ("", None), ("NaN", None)],
)
def test_number_is_read_as_vietnamese_write_it(text, number):
    assert (None if (found := number_of(text)) is None else str(found)) == number
