"""Wholes and parts that stand clauses apart: silent where they agree, told with the right number where they do not."""

import pytest

from motcua.reports.rules.lines import Line
from motcua.reports.rules.sentences import sentence_findings

# Each sentence is written with its right number; the wrong one is put in its place.
PAIRS = (
    ("Giao 21 nhiệm vụ cho các phòng; {} nhiệm vụ hoàn thành, 03 nhiệm vụ đang thực hiện.", "18", "19", 22),
    ("Số thủ tục cung cấp trực tuyến là 168, trong đó toàn trình {}, một phần 71.", "97", "79", 150),
    ("Cấp {} kết quả điện tử trên tổng số 3.512 hồ sơ đã giải quyết, đạt 96,9%.", "3.402", "3.042", 86.6),
    ("Cấp tỉnh giải quyết 8.276 hồ sơ, cấp xã 7.696 hồ sơ, lần lượt chiếm 51,8% và {}% tổng số.", "48,2", "42,8", 48.2),
    ("Liên thông khai sinh: 6.214 hồ sơ, trả kết quả {} hồ sơ, còn 62 hồ sơ đang xử lý.", "6.152", "6.512", 6574),
    ("Làm sạch 118.500 hội viên, trong đó Hội A 61.200, Hội B 22.300, Hội C {}.", "35.000", "53.000", 136500),
    ("Trước đó là 52.480,5 triệu đồng, sau đó 38.311,0 triệu đồng; tiết kiệm 14.169,5 triệu đồng, tỷ lệ cắt giảm {}%.",
     "27,0", "37,0", 27.0),
    ("Đã công bố {} thủ tục nội bộ (132 cấp tỉnh, 113 cấp xã).", "245", "254", 245),
    ("Phân cấp 29 thủ tục, tăng 07 thủ tục so với năm 2024 (22 thủ tục), tương ứng tăng {}%.", "31,8", "38,1", 31.8),
    ("Có 18 hồ sơ quá hạn: 11 hồ sơ do mất mạng ngày 02/4 và 03/4/2026; {} hồ sơ do lấy ý kiến.", "07", "09", 20),
    ("Ban hành Kế hoạch năm với 34 nhiệm vụ; đã hoàn thành 19 nhiệm vụ, đạt {}% kế hoạch năm.", "55,9", "59,5", 55.9),
)  # fmt: skip
RIGHT = (
    "Đã hoàn thành 141 nhiệm vụ; chưa hoàn thành, trong hạn 86 nhiệm vụ và 101 nhiệm vụ chưa hoàn thành đã quá hạn.",
    "Trong 61 thủ tục có 37 thủ tục giảm thời gian, 15 thủ tục giảm hồ sơ, 09 thủ tục giảm phí.",
    "Phát hiện 04 vấn đề, đã xử lý 03 vấn đề, còn 01 vấn đề.",
    "Cử 15 lượt người đi học (06 cán bộ, 09 công chức).",
)


def said(text):
    return [found for found in sentence_findings(Line(3, (text,))) if found.severity != "info"]


@pytest.mark.parametrize(("sentence", "right", "wrong", "expected"), PAIRS, ids=range(len(PAIRS)))
def test_number_that_breaks_a_whole_is_told_and_the_right_one_is_not(sentence, right, wrong, expected):
    assert [found.message for found in said(sentence.format(right))] == []
    (found,) = said(sentence.format(wrong))
    assert (found.rule, found.expected, found.where.line) == ("M13", expected, 3)


@pytest.mark.parametrize("text", RIGHT)
def test_wholes_that_hold_raise_no_alarm(text):
    assert [found.message for found in said(text)] == []


def test_share_above_its_whole_is_a_warning():
    (found,) = said("Đã kích hoạt 962.000 tài khoản. Riêng 6 tháng đầu năm kích hoạt 1.048.200 tài khoản.")
    assert (found.severity, found.expected) == ("warning", 962000)
