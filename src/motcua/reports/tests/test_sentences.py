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


KEPT = (
    "Giao 642 nhiệm vụ; đã hoàn thành 488 nhiệm vụ (đúng hạn 479, quá hạn 09), đang thực hiện 154 nhiệm vụ "
    "(trong hạn 147, quá hạn 07).",
    "Xử lý 17 sự cố: quý I 06, quý II 07, quý III 04.",
    "Công bố 142 thủ tục: ban hành mới 18, sửa đổi, bổ sung 97, bãi bỏ 27.",
    "Tiếp nhận 100 hồ sơ; đã giải quyết 90 hồ sơ, đang giải quyết 20 hồ sơ (kỳ trước chuyển sang 10 hồ sơ).",
    "Giao 755 nhiệm vụ, trong đó: hoàn thành đúng hạn 171 nhiệm vụ, quá hạn 43 nhiệm vụ; còn lại 541 nhiệm vụ.",
    "Có 96 đơn vị hành chính cấp xã (85 xã, 11 phường); 320 học viên (200 nữ, 150 đảng viên, 12 dân tộc ít người).",
    "Tỷ lệ chấp nhận thanh toán đạt 84,0% (861/1.025 hộ).",
    "Có 84 công chức tham dự, bằng 96,6% tổng số 87 người.",
    "Tỷ lệ đúng hạn đạt 93,2%, tăng 2,1 điểm phần trăm (cùng kỳ 91,1%).",
    "Tiếp nhận 09 phản ánh, kiến nghị, đã trả lời 09 phản ánh, kiến nghị, đạt 100%.",
    "Trước khi công bố quản lý 39 thủ tục; sau công bố còn 38 thủ tục, do tăng 03 và giảm 04.",
    "Toàn tỉnh giải quyết 1.200 hồ sơ. Cấp tỉnh giải quyết 300 hồ sơ, cấp xã 900 hồ sơ.",
    "Phát ra 50 phiếu, thu về 40 phiếu, trong đó: rất hài lòng 30 phiếu (75,0%), hài lòng 8 phiếu (20,0%), "
    "bình thường 2 phiếu (5,0%).",
)
BROKEN = (
    ("Đang thực hiện 145 nhiệm vụ (trong hạn 147, quá hạn 07).", 154),
    ("Xử lý 17 sự cố: quý I 06, quý II 07, quý III 14.", 27),
    ("Công bố 142 thủ tục: ban hành mới 18, sửa đổi, bổ sung 97, bãi bỏ 37.", 152),
    ("Phải giải quyết 1.506 hồ sơ (tiếp nhận mới 1.421 hồ sơ, kỳ trước chuyển sang 58 hồ sơ).", 1479),
    ("Có 96 đơn vị hành chính cấp xã (85 xã, 21 phường).", 106),
    ("Tỷ lệ chấp nhận thanh toán đạt 48,0% (861/1.025 hộ).", 84),
    ("Có 84 công chức tham dự, bằng 69,6% tổng số 87 người.", 96.6),
    ("Tỷ lệ đúng hạn đạt 92,3%, tăng 2,1 điểm phần trăm (cùng kỳ 91,1%).", 1.2),
    ("Tiếp nhận 09 phản ánh, kiến nghị, đã trả lời 11 phản ánh, kiến nghị, đạt 100%.", 9),
    ("Trước khi công bố quản lý 39 thủ tục; sau công bố còn 36 thủ tục, do tăng 03 và giảm 04.", 38),
    ("Toàn tỉnh giải quyết 1.200 hồ sơ. Cấp tỉnh giải quyết 300 hồ sơ, cấp xã 990 hồ sơ.", 1290),
)


@pytest.mark.parametrize("text", KEPT)
def test_parts_that_add_up_raise_no_alarm(text):
    assert said(text) == []


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_parts_that_do_not_add_up_are_told_with_their_sum(text, expected):
    assert expected in [found.expected for found in said(text)]


GROWTH = "So với năm 2024 (1.100 PAKN tiếp nhận mới), số PAKN tiếp nhận mới tăng {}%."


@pytest.mark.parametrize(("rate", "expected"), [("14,9", []), ("19,4", [14.9])])
def test_growth_of_a_number_in_the_paragraph_before(rate, expected):
    before = "Phải xử lý 1.312 PAKN, gồm 1.264 PAKN tiếp nhận mới và 48 PAKN năm 2024 chuyển sang."
    assert [f.expected for f in sentence_findings(Line(4, (GROWTH.format(rate),)), before)] == expected


def test_growth_of_a_number_told_nowhere_is_let_be():
    assert said(GROWTH.format("19,4")) == []
