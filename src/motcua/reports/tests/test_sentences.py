"""Arithmetic inside sentences: silent where it is right, one finding with the right number where it is not."""

import pytest

from motcua.reports.rules.lines import Line
from motcua.reports.rules.sentences import sentence_findings

RIGHT = (
    "Hoàn thành 82/186 nhiệm vụ, đạt 44,1%.",
    "Có 120/128 xã, phường (đạt 93,75%) đã ban hành kế hoạch.",
    "Tiếp nhận 1.250 hồ sơ, trong đó 1.000 hồ sơ trực tuyến (đạt 80%), 250 hồ sơ trực tiếp (chiếm 20%).",
    "Tiếp nhận 1.250 hồ sơ, tăng 150 hồ sơ (13,6%) so với cùng kỳ năm 2024 (1.100 hồ sơ).",
    "Đã ban hành 15 văn bản, gồm: 03 kế hoạch, 05 công văn và 07 báo cáo.",
    "Giao 186 nhiệm vụ, trong đó: 82 nhiệm vụ đã hoàn thành; 09 nhiệm vụ chưa hoàn thành, quá hạn và 95 nhiệm vụ khác.",
    "Tổ chức 03 hội nghị với 250 lượt người, trong đó 02 hội nghị trực tuyến và 01 hội nghị trực tiếp.",
    "Tổng 57 + 30 + 14 = 101 người.",
    "Lượt truy cập: 1.023.023 - 1.014.395=8.628",
    "Thu ngân sách đạt 105% kế hoạch; chỉ số đạt 89,25/100 điểm, xếp thứ 3/20 sở.",
    "Đã giải quyết đúng hạn 98,5%, quá hạn 1,5%.",
    "Ngày 15/3 đạt 95%; từ ngày 15/12/2024 đến ngày 14/3/2025; Nghị quyết 19/2025/NQ-CP đạt 30% tiến độ.",
    "Tập huấn cho 320 học viên, trong đó 200 học viên nữ, 150 học viên là đảng viên.",
)
WRONG = (
    ("Hoàn thành 82/186 nhiệm vụ, đạt 54,1%.", 44.1),
    ("Tiếp nhận 1.250 hồ sơ, trong đó 1.000 hồ sơ trực tuyến (đạt 85%), 250 hồ sơ trực tiếp (chiếm 20%).", 80),
    ("Tiếp nhận 1.250 hồ sơ, tăng 160 hồ sơ so với cùng kỳ năm 2024 (1.100 hồ sơ).", 150),
    ("Tiếp nhận 1.250 hồ sơ, tăng 150 hồ sơ (15,6%) so với cùng kỳ năm 2024 (1.100 hồ sơ).", 13.6),
    ("Tiếp nhận 1.250 hồ sơ, giảm 150 hồ sơ so với quý trước (1.100 hồ sơ).", 150),
    ("Lượt truy cập từ 100.000 lượt lên 108.628 lượt, tăng 8.638 lượt.", 8628),
    ("Ban hành 15 văn bản (gồm 03 kế hoạch; 05 công văn; 06 báo cáo).", 14),
    ("Có 186 nhiệm vụ, trong đó: 82 nhiệm vụ đã hoàn thành và 95 nhiệm vụ chưa hoàn thành.", 177),
    ("Tập huấn cho 120 học viên, trong đó 200 học viên nữ, 50 học viên là đảng viên.", 120),
    ("Tổng 57 + 30 + 14 = 103 người.", 101),
    ("Đã giải quyết đúng hạn 98,5%, quá hạn 2,5%.", 1.5),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 105%.", None),
)


def said(text):
    return list(sentence_findings(Line(3, (text,))))


@pytest.mark.parametrize("text", RIGHT)
def test_sentence_that_is_right_raises_no_alarm(text):
    assert [found.message for found in said(text) if found.severity != "info"] == []


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=range(len(WRONG)))
def test_sentence_that_is_wrong_is_told_once_with_the_right_number(text, expected):
    (found,) = said(text)
    assert (found.rule, found.severity, found.expected, found.where.line) == ("M13", "error", expected, 3)


def test_ratio_cut_off_instead_of_rounded_is_only_noted():
    assert [found.severity for found in said("Hoàn thành 2/3 nhiệm vụ, đạt 66,6%.")] == ["info"]
