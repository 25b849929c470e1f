"""Agencies of a cell as a list."""

import pytest

from motcua.plans.rules.agencies import split_agencies

CASES = {
    "Các sở, ban, ngành": ["Các sở, ban, ngành"],
    "Các sở, ban, ngành, UBND cấp huyện": ["Các sở, ban, ngành", "UBND cấp huyện"],
    "UBND cấp huyện, cấp xã": ["UBND cấp huyện", "UBND cấp xã"],
    "- Các sở, ban, ngành; - UBND các huyện, thị xã, thành phố.": [
        "Các sở, ban, ngành",
        "UBND các huyện, thị xã, thành phố",
    ],
    "- Các Sở: Nội vụ, Kế hoạch và Đầu tư, Tài chính; - Văn phòng UBND tỉnh và các cơ quan, đơn vị liên quan.": [
        "Sở Nội vụ",
        "Sở Kế hoạch và Đầu tư",
        "Sở Tài chính",
        "Văn phòng UBND tỉnh",
        "các cơ quan, đơn vị liên quan",
    ],
    "Sở Văn hóa, Thể thao và Du lịch; Sở Lao động - Thương binh và Xã hội": [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Lao động - Thương binh và Xã hội",
    ],
    "Các ngành chuyên môn. Bộ phận Tiếp nhận và Trả kết quả": [
        "Các ngành chuyên môn",
        "Bộ phận Tiếp nhận và Trả kết quả",
    ],
    "Văn phòng UBNDtỉnh": ["Văn phòng UBND tỉnh"],
    "Văn phòng HĐND và UBND xã": ["Văn phòng HĐND và UBND xã"],
    "Các sở, ban, ngành (Sở Tư pháp, Sở Tài chính đã hoàn thành năm 2022)": ["Các sở, ban, ngành"],
    "Văn phòng UBND tỉnh (Phòng Tổng hợp)": ["Văn phòng UBND tỉnh (Phòng Tổng hợp)"],
    "Các trường học, cơ sở y tế; Điện lực, BHXH tỉnh": ["Các trường học", "cơ sở y tế", "Điện lực", "BHXH tỉnh"],
    "": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_agencies_are_split(text, expected):
    assert list(split_agencies(text).names) == expected


def test_agencies_of_a_lead_cell_may_name_who_coordinates():
    found = split_agencies("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", is_lead=True)
    assert (found.names, found.coordinating) == (("Sở Nội vụ",), ("Sở Tài chính",))
