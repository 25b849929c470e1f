"""Letterheads as they are printed: two columns, broken lines, letters, the Party's numbers, blanks."""

import pytest

from motcua.plans.rules.metadata import metadata_of
from motcua.reading.casing import Casing
from motcua.reading.plain_text import read_text

HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒI THỬ\n{number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{date}\n\n"
)


def of(text):
    return metadata_of(read_text(text.encode()), Casing([]))


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 15/KH-UBND", "15/KH-UBND"),
        ("Số: 15 / KH - UBND", "15/KH-UBND"),
        ("Số: 08/2026/QĐ-UBND", "08/2026/QĐ-UBND"),
        ("Số 15-CTr/ĐU", "15-CTr/ĐU"),
        ("Số:       /KH-UBND", None),
    ],
)
def test_number_is_read_as_printed(printed, number):
    read = of(HEAD.format(number=printed, date="Đồi Thử, ngày 12 tháng 02 năm 2026") + "KẾ HOẠCH\nCông tác năm 2026\n")
    assert (read.number, read.date, read.kind, read.title) == (number, "2026-02-12", "Kế hoạch", "Công tác năm 2026")


def test_date_with_blanks_is_none():
    assert (
        of(HEAD.format(number="Số: 1/KH-UBND", date="Đồi Thử, ngày    tháng 02 năm 2026") + "KẾ HOẠCH\n").date is None
    )


def test_letter_is_known_by_its_subject_and_addressees():
    head = "UBND TỈNH SÔNG THỬ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVĂN PHÒNG\tĐộc lập - Tự do - Hạnh phúc\n"
    read = of(
        f"{head}Số: 41/VP-KSTT\tSông Thử, ngày 14 tháng 4 năm 2026\n"
        "V/v đôn đốc thực hiện nhiệm vụ quý II\n\nKính gửi: Các sở, ban, ngành.\n"
    )
    assert (read.kind, read.number, read.date) == ("Công văn", "41/VP-KSTT", "2026-04-14")
    assert read.title == "Đôn đốc thực hiện nhiệm vụ quý II"
    assert read.issuer == "Văn phòng Ủy ban nhân dân tỉnh Sông Thử"


def test_programme_of_action_is_a_kind():
    text = HEAD.format(number="Số: 3/CTr-UBND", date="Đồi Thử, ngày 12 tháng 02 năm 2026")
    read = of(text + "CHƯƠNG TRÌNH HÀNH ĐỘNG\nThực hiện Nghị quyết về chuyển đổi số\n")
    assert (read.kind, read.title) == ("Chương trình hành động", "Thực hiện Nghị quyết về chuyển đổi số")
