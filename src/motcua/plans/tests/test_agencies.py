"""Agencies of a cell as a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.bodies.agencies import looks_like_agency, split_agencies

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


FAMILY = {
    "các phòng, chi cục": ["các phòng, chi cục"],
    "Các cục, vụ liên quan": ["Các cục, vụ liên quan"],
    "Các phòng, ban chuyên môn thuộc UBND xã": ["Các phòng, ban chuyên môn thuộc UBND xã"],
    "Các Vụ, Cục, Viện thuộc Bộ": ["Các Vụ, Cục, Viện thuộc Bộ"],
    "Các sở, ban, ngành; UBND các huyện, thành phố": ["Các sở, ban, ngành", "UBND các huyện, thành phố"],
    "Các sở, ban, ngành, UBND các xã, phường, đặc khu": ["Các sở, ban, ngành", "UBND các xã, phường, đặc khu"],
    "Các sở, ban, ngành và UBND các xã, phường, thị trấn": ["Các sở, ban, ngành", "UBND các xã, phường, thị trấn"],
    "Các cơ quan chuyên môn thuộc UBND tỉnh": ["Các cơ quan chuyên môn thuộc UBND tỉnh"],
    "Các Sở, ban, ngành, đoàn thể cấp tỉnh": ["Các Sở, ban, ngành, đoàn thể cấp tỉnh"],
    "Sở Nội vụ, Sở Tài chính và các đơn vị liên quan": ["Sở Nội vụ", "Sở Tài chính", "các đơn vị liên quan"],
    "Sở Nội vụ và Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Nội vụ cùng Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Nội vụ & Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Nội vụ/Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Nội vụ\nSở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Nội vụ Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Thông tin và Truyền thông UBND các huyện": ["Sở Thông tin và Truyền thông", "UBND các huyện"],
    "+ Sở Nội vụ + Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "• Sở Nội vụ • Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "1. Sở Nội vụ 2. Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "1) Sở Nội vụ; 2) Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Nội vụ – Sở Tài chính": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Lao động - Thương binh và Xã hội": ["Sở Lao động - Thương binh và Xã hội"],
    "Sở Lao động – Thương binh và Xã hội, Sở Y tế": ["Sở Lao động – Thương binh và Xã hội", "Sở Y tế"],
    "Các Sở: Nội vụ, Văn hóa, Thể thao và Du lịch, Tài chính": [
        "Sở Nội vụ",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Tài chính",
    ],
    "Các Sở Nội vụ, Tài chính và Tư pháp": ["Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp"],
    "các sở: Nội vụ, Tài chính; Công an tỉnh": ["Sở Nội vụ", "Sở Tài chính", "Công an tỉnh"],
    "Sở: Nội vụ, Tài chính, Giáo dục và Đào tạo": ["Sở Nội vụ", "Sở Tài chính", "Sở Giáo dục và Đào tạo"],
    "Sở Nội vụ, Tài chính, Tư pháp": ["Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp"],
    "Sở Nông nghiệp và Môi trường, Xây dựng": ["Sở Nông nghiệp và Môi trường", "Sở Xây dựng"],
    "Các Bộ: Nội vụ, Tài chính, Công an": ["Bộ Nội vụ", "Bộ Tài chính", "Bộ Công an"],
    "Phòng: Văn hóa - Xã hội, Kinh tế": ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế"],
    "Sở TT&TT, Sở KH&ĐT": ["Sở TT&TT", "Sở KH&ĐT"],
    "VP UBND tỉnh; CA tỉnh; BHXH tỉnh; KBNN tỉnh": ["VP UBND tỉnh", "CA tỉnh", "BHXH tỉnh", "KBNN tỉnh"],
    "TTPVHCC tỉnh, UBND các xã, phường": ["TTPVHCC tỉnh", "UBND các xã, phường"],
    "UBND các huyện, thành phố, thị xã; UBND các xã": ["UBND các huyện, thành phố, thị xã", "UBND các xã"],
    "Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội": [
        "Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội"
    ],
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh; Ban Quản lý Khu kinh tế tỉnh": [
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "Ban Quản lý Khu kinh tế tỉnh",
    ],
    "Báo và Phát thanh, truyền hình tỉnh": ["Báo và Phát thanh, truyền hình tỉnh"],
    "Bộ Chỉ huy Quân sự tỉnh, Bộ Chỉ huy Bộ đội Biên phòng tỉnh": [
        "Bộ Chỉ huy Quân sự tỉnh",
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    ],
    "Văn phòng Chính phủ; Bộ Công an (C06)": ["Văn phòng Chính phủ", "Bộ Công an (C06)"],
    "Ngân hàng Nhà nước Chi nhánh tỉnh; VNPT, Viettel": ["Ngân hàng Nhà nước Chi nhánh tỉnh", "VNPT", "Viettel"],
    "Chánh Văn phòng UBND tỉnh; Giám đốc Sở Nội vụ": ["Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Nội vụ"],
    "Giám đốc các sở; Chủ tịch UBND các xã": ["Giám đốc các sở", "Chủ tịch UBND các xã"],
    "Các đơn vị liên quan.": ["Các đơn vị liên quan"],
    "Toàn thể cán bộ, công chức": ["Toàn thể cán bộ, công chức"],
    "Không": [],
    "-": [],
    "…": [],
}
IN_A_LEAD_CELL = {
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Sở Nội vụ chủ trì; phối hợp: Sở Tài chính, Sở Tư pháp": (["Sở Nội vụ"], ["Sở Tài chính", "Sở Tư pháp"]),
    "Chủ trì: Sở Nội vụ; Phối hợp: Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Chủ trì: Sở Nội vụ. Phối hợp: Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "- Chủ trì: Sở Nội vụ - Phối hợp: Các sở, ban, ngành": (["Sở Nội vụ"], ["Các sở, ban, ngành"]),
    "Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Đơn vị chủ trì: Sở Nội vụ Đơn vị phối hợp: Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Sở Nội vụ (chủ trì), Sở Tài chính (phối hợp)": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Sở Nội vụ (chủ trì); Sở Tài chính, Sở Tư pháp (phối hợp)": (["Sở Nội vụ"], ["Sở Tài chính", "Sở Tư pháp"]),
    "Sở Nội vụ phối hợp với Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Sở Nội vụ phối hợp Sở Tài chính": (["Sở Nội vụ"], ["Sở Tài chính"]),
    "Sở Nội vụ chủ trì": (["Sở Nội vụ"], []),
    "Sở Nội vụ; Sở Tài chính": (["Sở Nội vụ", "Sở Tài chính"], []),
}
PEOPLE = {
    "Ông Nguyễn Văn Thử - Phó Giám đốc Sở Nội vụ": (["Phó Giám đốc Sở Nội vụ"], ["Ông Nguyễn Văn Thử"]),
    "Đ/c Trần Thị Mẫu, Phó Chánh Văn phòng UBND tỉnh": (["Phó Chánh Văn phòng UBND tỉnh"], ["Đ/c Trần Thị Mẫu"]),
    "Đồng chí Lê Văn Ví Dụ (Chủ tịch UBND xã)": (["Chủ tịch UBND xã"], ["Đồng chí Lê Văn Ví Dụ"]),
    "Bà Phạm Thị Giả, chuyên viên": (["chuyên viên"], ["Bà Phạm Thị Giả"]),
    "Chánh Văn phòng": (["Chánh Văn phòng"], []),
    "Sở Nội vụ": (["Sở Nội vụ"], []),
}


@pytest.mark.parametrize(("text", "expected"), [*CASES.items(), *FAMILY.items()])
def test_agencies_are_split(text, expected):
    assert list(split_agencies(text).names) == expected


@pytest.mark.parametrize(("text", "expected"), IN_A_LEAD_CELL.items())
def test_agencies_of_a_lead_cell_may_name_who_coordinates(text, expected):
    found = split_agencies(text, is_lead=True)
    assert (list(found.names), list(found.coordinating)) == expected


@pytest.mark.parametrize(("text", "expected"), PEOPLE.items())
def test_people_are_kept_apart_from_their_role(text, expected):
    found = split_agencies(text, is_lead=True)
    assert (list(found.names), list(found.people)) == expected


@pytest.mark.parametrize("text", ["VP UBND tỉnh", "CA tỉnh", "TTPVHCC tỉnh", "Sở TTTT", "Viễn thông tỉnh", "Các thôn"])
def test_short_names_look_like_agencies(text):
    assert looks_like_agency(text)


@pytest.mark.parametrize("text", ["Cả năm 2024", "Báo cáo kết quả", "Quý II/2024", "Thường xuyên", "Số hóa hồ sơ"])
def test_other_cells_do_not_look_like_agencies(text):
    assert not looks_like_agency(text)


@given(st.text(max_size=100))
def test_any_text_is_split_without_breaking(text):
    found = split_agencies(text, is_lead=True)
    assert all(name == name.strip() and name for name in found.names + found.coordinating)


BODIES = st.sampled_from(
    ["Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "UBND các xã, phường", "Văn phòng UBND tỉnh"]
)


@given(st.lists(BODIES, min_size=1, max_size=5, unique=True), st.sampled_from(["; ", ";\n", "\n- ", "; - "]))
def test_any_list_of_bodies_is_split_back(names, between):
    assert list(split_agencies(between.join(names)).names) == names
