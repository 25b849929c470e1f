"""Tables of strangers' reports: every number that another one binds is watched, and right tables are left alone."""

import re
from pathlib import Path

import pytest

from motcua.reports.rules.checking import check_report
from motcua.reports.rules.report_reading import read_report

SAMPLES = Path(__file__).parent / "samples"
CONTROL = (SAMPLES / "control-commune.txt").read_text(encoding="utf-8")
REFORM = (SAMPLES / "reform-department.txt").read_text(encoding="utf-8")
UNBOUND = {"98,9", "3,5", "4,2"}  # last year's rate and two averages: nothing in the report contradicts them


def loud(text):
    return [found for found in check_report(read_report(text.encode(), "a.txt")) if found.severity != "info"]


def table(*rows, caption="Phụ lục 1"):
    head = "Sở Thử\nSố: 5/BC-ST\nHà Tĩnh, ngày 16 tháng 12 năm 2025\nBÁO CÁO\nKết quả công tác năm 2025\n"
    return head + caption + "\n" + "\n".join("\t".join(row.split("|")) for row in rows)


@pytest.mark.parametrize("text", [CONTROL, REFORM], ids=["control", "reform"])
def test_right_report_of_another_shape_raises_no_alarm(text):
    assert [found.message for found in loud(text)] == []


def changed_cells(text):
    lines = text.split("\n")
    for at, line in enumerate(lines):
        cells = line.split("\t")
        for column in range(2, len(cells)):
            if re.fullmatch(r"\d[\d.,]*", cells[column]) and cells[column] not in UNBOUND:
                yield at, column, cells[column]


@pytest.mark.parametrize(("text", "step"), [(CONTROL, 6), (REFORM, 4)], ids=["control", "reform"])
def test_any_changed_number_is_noticed(text, step):
    for at, column, old in list(changed_cells(text))[::step]:
        lines = text.split("\n")
        cells = lines[at].split("\t")
        number = float(old.replace(".", "").replace(",", ".")) + 7
        cells[column] = f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        lines[at] = "\t".join(cells)
        assert loud("\n".join(lines)), f"line {at + 1}: {old} became {cells[column]}"


def test_formula_of_the_head_is_held_with_its_place():
    text = table("STT|Đơn vị|Tổng|A|B|Tỷ lệ", "(1)|(2)|(3)=(4)+(5)|(4)|(5)|(6)=(4)/(3)*100", "1|Phòng Một|10|4|7|36,4")
    found = {(f.rule, f.where.column): (f.found, f.expected) for f in loud(text)}
    assert found == {("T01", "Tổng"): ("10", 11), ("T01", "Tỷ lệ"): ("36,4", 40)}


def test_cut_numbering_of_a_narrow_head_is_no_row():
    rows = "STT|Đơn vị|Tổng|A|B", "(1)|(2)|(3)=(4|)+(5) (4)|(5)", "1|Phòng Một|11|4|7", "2|Phòng Hai|3|1|2"
    assert loud(table(*rows)) == []


def test_number_twice_and_number_lost_are_told_apart():
    rows = ["STT|Đơn vị|Số hồ sơ", *(f"{number}|Phòng {number}|{number}5" for number in (1, 2, 2, 4, 6))]
    assert [(f.rule, f.where.row) for f in loud(table(*rows))] == [("M06", "2"), ("M06", "6")]


def test_part_is_never_more_than_its_whole():
    rows = "STT|Nội dung|ĐVT|Số liệu", "1|Tổng số văn bản|Văn bản|10", "1.1|Văn bản điện tử|Văn bản|12"
    rows += ("1.2|Văn bản mật|Văn bản|2",)
    assert [(f.rule, f.where.row) for f in loud(table(*rows))] == [("T05", "1.1")]


@pytest.mark.parametrize("written", ["-", "x", "Không phát sinh", "", "0"])
def test_words_for_nothing_are_no_errors(written):
    rows = "STT|Đơn vị|Tiếp nhận|Đã xử lý|Ghi chú", f"1|Phòng Một|{written}|{written}|", "2|Phòng Hai|5|4|một đơn rút"
    assert loud(table(*rows, "|Tổng cộng|5|4|")) == []


@pytest.mark.parametrize(
    ("one", "two", "sum_"), [("1.234,5", "765,5", "2.000"), ("1 234", "766", "2 000"), ("1,234", "766", "2,000")]
)
def test_numbers_of_any_office_are_added(one, two, sum_):
    rows = "STT|Đơn vị|Kinh phí", f"1|Phòng Một|{one}", f"2|Phòng Hai|{two}"
    assert loud(table(*rows, f"|Tổng cộng|{sum_}")) == []
    assert [f.rule for f in loud(table(*rows, "|Tổng cộng|2.100"))] == ["T02"]


def test_text_against_table_names_both_places():
    text = CONTROL.replace("năm 2025\n", "năm 2025\nTrong kỳ đã tiếp nhận 240 hồ sơ, giải quyết 210 hồ sơ.\n", 1)
    (found,) = loud(text)
    assert (found.rule, found.found, found.expected, found.where.row) == ("T06", "230", 240, "Tổng cộng")


@pytest.mark.parametrize("caption", ["Phụ lục số 04", "PHỤ LỤC IV. Thống kê", "Biểu số 4", "PL4"])
def test_form_is_known_by_its_rows_under_any_number(caption):
    rows = ["TT|Nội dung|Đơn vị tính|Kết quả|Ghi chú", "1|Số văn bản chỉ đạo CCHC đã ban hành|Văn bản|5|",
            "2|Tỷ lệ hoàn thành Kế hoạch CCHC năm|%|90|", "2.1|Số nhiệm vụ đề ra trong kế hoạch|Nhiệm vụ|12|",
            "2.2|Số nhiệm vụ đã hoàn thành|Nhiệm vụ|10|", "3|Tổ chức cuộc thi tìm hiểu CCHC|Cuộc|1|"]  # fmt: skip
    (found,) = [f for f in loud(table(*rows, caption=caption)) if f.rule != "M05"]
    assert (found.rule, found.where.appendix, found.where.row, found.expected) == ("V03", 4, "2", 83.3)


def test_row_numbered_otherwise_is_named_by_its_own_number():
    rows = ["STT|Chỉ tiêu|Đơn vị tính|Kết quả|Ghi chú", "1|Thực hiện nhiệm vụ của Chủ tịch UBND và UBND tỉnh giao|||",
            "1.1|Tổng số nhiệm vụ được giao|Nhiệm vụ|20|", "1.2|Số nhiệm vụ đã hoàn thành đúng hạn|Nhiệm vụ|10|",
            "1.3|Số nhiệm vụ chưa hoàn thành nhưng quá hạn|Nhiệm vụ|1|",
            "1.4|Số nhiệm vụ chưa hoàn thành nhưng đang trong thời hạn|Nhiệm vụ|8|"]  # fmt: skip
    findings = check_report(read_report(table(*rows, caption="Phụ lục 2").encode(), "a.txt"))
    told = {(f.rule, f.severity, f.where.appendix, f.where.row) for f in findings}
    assert told == {("V01", "error", 2, "1.1"), ("M06", "info", 2, "1")}
    assert "1.2 + 1.3 + 1.4 (10 + 1 + 8)" in next(f.message for f in findings if f.rule == "V01")
