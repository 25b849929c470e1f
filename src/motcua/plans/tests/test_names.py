"""Names of bodies understood against the tree."""

import pytest

from motcua.organizations.states import COMMUNE, DEPARTMENT, OFFICE, ONE_STOP, PROVINCE, VERTICAL_AGENCY
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
        ("BHXH tỉnh", (11,), SUCCESSOR),
        ("UBND xã Thử Một", (7,), UNIT_FOUND),
    ],
)
def test_province_finds_units_by_name(name, units, origin):
    found = NameBook(UNITS, holder=TOP).find(name)
    assert (found.units, found.origin, found.is_resolved) == (units, origin, True)


@pytest.mark.parametrize(
    "name", ["Báo Thử Nghiệm", "Tổ công tác của Chủ tịch UBND tỉnh", "Sở Không Có", "", "các trường học"]
)
def test_body_outside_the_tree_is_left_to_a_person(name):
    found = NameBook(UNITS, holder=TOP).find(name)
    assert (found.units, found.is_resolved) == ((), False)


def test_districts_are_gone_and_no_riddle():
    found = NameBook(UNITS, holder=TOP).find("UBND cấp huyện")
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
