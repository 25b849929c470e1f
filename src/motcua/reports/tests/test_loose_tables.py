"""A table copied with one cell a line: put together, and checked as any other."""

from motcua.reports.rules.checking import check_report
from motcua.reports.rules.report_reading import read_report

HEAD = """UBND HUYỆN TÂN AN
Số: 12/BC-UBND
Tân An, ngày 16 tháng 6 năm 2024
BÁO CÁO
Kết quả thực hiện nhiệm vụ 6 tháng đầu năm 2024

Bảng 1. Nhiệm vụ theo đơn vị

"""
ROWS = (
    ("TT", "Đơn vị", "Tổng số", "Đã hoàn thành", "Chưa hoàn thành"),
    ("Đúng hạn", "Quá hạn", "Trong hạn", "Quá hạn"),
    ("1", "Phòng Nội vụ", "22", "19", "-", "3", "-"),
    ("2", "Phòng Tư pháp", "31", "24", "2", "4", "1"),
    ("3", "Phòng Y tế", "{}", "30", "1", "9", "-"),
    ("Tổng cộng", "93", "73", "3", "16", "1"),
)


def said(number):
    text = HEAD + "\n\n".join("\n".join(row) for row in ROWS).format(number) + "\n"
    return [(found.rule, found.where.row) for found in check_report(read_report(text.encode(), "a.txt"))]


def test_right_table_of_one_cell_a_line_raises_no_alarm():
    assert said(40) == []


def test_sum_that_is_wrong_is_told_with_its_row():
    assert ("T03", "3") in said(49)
