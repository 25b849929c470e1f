"""Names of bodies understood against the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.organizations.states import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, ONE_STOP, PROVINCE, VERTICAL_AGENCY
from motcua.plans.names import NameBook, TreeUnit
from motcua.plans.states import COLLECTIVE, INSIDE, SUCCESSOR, UNIT_FOUND

TOP = TreeUnit(1, "Tỉnh Thử Nghiệm", PROVINCE, 2)
UNITS = [
    TOP,
    TreeUnit(2, "Trung tâm Phục vụ hành chính công tỉnh", ONE_STOP),
    TreeUnit(3, "Văn phòng Ủy ban nhân dân tỉnh", OFFICE),
    TreeUnit(4, "Sở Khoa học và Công nghệ", DEPARTMENT),
    TreeUnit(5, "Sở Tư pháp", DEPARTMENT),
    TreeUnit(6, "Thuế tỉnh Thử Nghiệm", VERTICAL_AGENCY),
    TreeUnit(7, "Xã Thử Một", COMMUNE, 8),
    TreeUnit(8, "Trung tâm Phục vụ hành chính công Xã Thử Một", ONE_STOP),
    TreeUnit(9, "Xã Thử Hai", COMMUNE, 10),
    TreeUnit(11, "Bảo hiểm xã hội tỉnh", VERTICAL_AGENCY),
]


@pytest.mark.parametrize(
    ("name", "units", "origin"),
    [
        ("Văn phòng UBND tỉnh", (3,), UNIT_FOUND),
        ("Sở Tư pháp", (5,), UNIT_FOUND),
        ("SỞ TƯ PHÁP", (5,), UNIT_FOUND),
        ("Sở, ban, ngành cấp tỉnh", (4, 5), COLLECTIVE),
        ("Các Sở, ban, ngành", (4, 5), COLLECTIVE),
        ("các sở, ban, ngành cấp tỉnh", (4, 5), COLLECTIVE),
        ("UBND cấp xã", (7, 9), COLLECTIVE),
        ("UBND các xã, phường", (7, 9), COLLECTIVE),
        ("các cơ quan TW đóng trên địa bàn tỉnh", (6, 11), COLLECTIVE),
        ("BPMC cấp xã", (8, 10), COLLECTIVE),
        ("Trung tâm Phục vụ hành chính công tỉnh", (2,), UNIT_FOUND),
        ("Sở Thông tin và Truyền thông", (4,), SUCCESSOR),
        ("BHXH tỉnh", (11,), UNIT_FOUND),
        ("UBND xã Thử Một", (7,), UNIT_FOUND),
        ("VP UBND tỉnh", (3,), UNIT_FOUND),
        ("VPUBND tỉnh", (3,), UNIT_FOUND),
        ("Chánh Văn phòng UBND tỉnh", (3,), UNIT_FOUND),
        ("Văn phòng UBND tỉnh (Phòng Tổng hợp)", (3,), UNIT_FOUND),
        ("Giám đốc Sở Tư pháp", (5,), UNIT_FOUND),
        ("Phó Giám đốc Sở Tư pháp", (5,), UNIT_FOUND),
        ("Sở Tư pháp tỉnh Thử Nghiệm", (5,), UNIT_FOUND),
        ("Sở KH&CN", (4,), UNIT_FOUND),
        ("Sở KHCN", (4,), UNIT_FOUND),
        ("Sở Khoa học & Công nghệ", (4,), UNIT_FOUND),
        ("Sở TT&TT", (4,), SUCCESSOR),
        ("Sở TTTT", (4,), SUCCESSOR),
        ("TTPVHCC tỉnh", (2,), UNIT_FOUND),
        ("Trung tâm PVHCC tỉnh", (2,), UNIT_FOUND),
        ("TT Phục vụ hành chính công tỉnh", (2,), UNIT_FOUND),
        ("Bảo hiểm xã hội tỉnh", (11,), UNIT_FOUND),
        ("Cục Thuế tỉnh", (6,), SUCCESSOR),
        ("Giám đốc các sở", (4, 5), COLLECTIVE),
        ("Thủ trưởng các sở, ban, ngành", (4, 5), COLLECTIVE),
        ("Các cơ quan chuyên môn thuộc UBND tỉnh", (4, 5), COLLECTIVE),
        ("Chủ tịch UBND các xã, phường", (7, 9), COLLECTIVE),
        ("UBND các xã, phường, thị trấn", (7, 9), COLLECTIVE),
        ("Các xã, phường, đặc khu", (7, 9), COLLECTIVE),
    ],
)
def test_province_finds_units_by_name(name, units, origin):
    found = NameBook(UNITS, holder=TOP).find(name)
    assert (found.units, found.origin, found.is_resolved) == (units, origin, True)


@pytest.mark.parametrize(
    "name",
    [
        "Báo Thử Nghiệm",
        "Tổ công tác của Chủ tịch UBND tỉnh",
        "Sở Không Có",
        "",
        "các trường học",
        "Các đơn vị liên quan",
        "Bộ Nội vụ",
    ],
)
def test_body_outside_the_tree_is_left_to_a_person(name):
    found = NameBook(UNITS, holder=TOP).find(name)
    assert (found.units, found.is_resolved) == ((), False)


@pytest.mark.parametrize(
    "name",
    ["UBND cấp huyện", "UBND các huyện, thị xã, thành phố", "UBND huyện Thử Cũ", "Các huyện, thị xã", "Công an huyện"],
)
def test_districts_are_gone_and_no_riddle(name):
    found = NameBook(UNITS, holder=TOP).find(name)
    assert (found.units, found.is_gone, found.is_resolved) == ((), True, True)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Các ngành chuyên môn", (7,)),
        ("Văn phòng –Thống kê", (7,)),
        ("Bộ phận Tiếp nhận và Trả kết quả", (8,)),
        ("UBND các xã", ()),  # copied from the plan above: a commune gives no work to its neighbours
        ("Các sở, ban, ngành", ()),
    ],
)
def test_commune_gives_work_to_its_own(name, units):
    found = NameBook(UNITS, holder=UNITS[6]).find(name)
    assert (found.units, found.origin) == (units, INSIDE)


OLD = [
    TreeUnit(20, "Sở Kế hoạch Thử", DEPARTMENT, None, (5,)),
    TreeUnit(21, "Xã Thử Một", COMMUNE, None, (9,)),
    TreeUnit(22, "Xã Chia Đôi", COMMUNE, None, (7, 9)),
    TreeUnit(23, "Huyện Thử Cũ", DISTRICT, None, ()),
]


@pytest.mark.parametrize(
    ("name", "units", "origin", "candidates"),
    [
        ("Sở Kế hoạch Thử", (5,), SUCCESSOR, ()),
        ("UBND xã Thử Một", (9,), SUCCESSOR, ()),  # the commune of that day, not the one of the same name today
        ("UBND xã Chia Đôi", (), UNIT_FOUND, (7, 9)),
        ("Các sở, ban, ngành", (5, 4), COLLECTIVE, ()),
    ],
)
def test_unit_of_the_documents_day_is_answered_by_its_successor(name, units, origin, candidates):
    found = NameBook([*OLD, *UNITS], holder=TOP).find(name)
    assert (found.units, found.origin, found.candidates) == (units, origin, candidates)


def test_district_of_the_documents_day_is_gone():
    found = NameBook([*OLD, *UNITS], holder=TOP).find("UBND huyện Thử Cũ")
    assert (found.units, found.is_gone) == ((), True)


@pytest.mark.parametrize(
    ("name", "units", "origin"),
    [
        ("Văn phòng Sở", (4,), INSIDE),
        ("Các phòng, chi cục", (4,), INSIDE),
        ("Chi cục Thử", (4,), INSIDE),
        ("Sở Tư pháp", (5,), UNIT_FOUND),
    ],
)
def test_department_gives_work_to_its_own_parts(name, units, origin):
    found = NameBook(UNITS, holder=UNITS[3]).find(name)
    assert (found.units, found.origin) == (units, origin)


@given(st.text(max_size=80))
def test_any_name_is_looked_up_without_breaking(name):
    assert NameBook(UNITS, holder=TOP).find(name).name == name
