"""Questions of an electronic form, and who handles a procedure."""

import pytest

from motcua.procedures.rules.places import place_of
from motcua.procedures.rules.questions import faults_of

UNITS = {
    "Sở Xây dựng": "H27.04",
    "Sở Tài chính": "H27.06",
    "Sở Nông nghiệp và Môi trường": "H27.08",
    "Sở Tư pháp": "H27.10",
    "Ban Quản lý Khu kinh tế tỉnh": "H27.13",
    "Công an tỉnh": "H27.15",
    "Thuế tỉnh Hà Tĩnh": "H27.16",
    "Bảo hiểm xã hội tỉnh": "H27.17",
}


@pytest.mark.parametrize(
    ("agencies", "issuing", "place"),
    [
        (["Ủy ban nhân dân cấp xã"], "Bộ Tư pháp", "commune"),
        (["Uỷ ban Nhân dân xã, phường, thị trấn."], "Bộ Tư pháp", "commune"),
        (["Sở Xây dựng"], "Bộ Xây dựng", "H27.04"),
        (["Sở Tài chính các tỉnh, thành phố"], "Bộ Tài chính", "H27.06"),
        (["Sở Tư Pháp"], "Bộ Tư pháp", "H27.10"),
        (["Công an cấp Tỉnh"], "Bộ Công an", "H27.15"),
        (["Thuế tỉnh, thành phố"], "Bộ Tài chính", "H27.16"),
        (["Bảo hiểm xã hội cấp Tỉnh, Bảo hiểm xã hội cấp huyện"], "Bộ Tài chính", "H27.17"),
        (["Văn phòng đăng ký đất đai"], "Bộ Nông nghiệp và Môi trường", "H27.08"),
        (["Ban quản lý khu công nghiệp, khu kinh tế, khu chế xuất"], "Bộ Tài chính", "H27.13"),
        (["Chủ tịch ủy ban nhân dân cấp tỉnh"], "Bộ xây dựng (Giao thông vận tải cũ)", "H27.04"),
        (["Cục Hàng không Việt Nam", "Sở Xây dựng"], "Bộ Xây dựng", "H27.04"),
        (["Ban quản lý"], "Bộ Tài chính", ""),
        (["Công an cấp Xã"], "Bộ Công an", ""),
        (["Ngân hàng Nhà nước Việt Nam"], "Ngân hàng Nhà nước Việt Nam", ""),
        ([], "Bộ Tài chính", ""),
    ],
)
def test_place_is_the_unit_that_the_catalogue_means(agencies, issuing, place):
    assert place_of(agencies, issuing, UNITS) == place


GOOD = {"name": "child_name", "label": "Họ tên", "type": "text", "required": True}


def test_good_questions_have_no_fault():
    assert faults_of([GOOD, {**GOOD, "name": "sex", "type": "choice", "choices": ["Nam", "Nữ"]}]) == []
    assert faults_of([]) == []


@pytest.mark.parametrize(
    ("questions", "faults"),
    [
        ("x", [(0, "shape")]),
        (["x"], [(1, "shape")]),
        ([{**GOOD, "name": "Họ tên"}], [(1, "name")]),
        ([GOOD, GOOD], [(2, "twice")]),
        ([{**GOOD, "label": " "}], [(1, "label")]),
        ([{**GOOD, "type": "html"}], [(1, "type")]),
        ([{**GOOD, "type": "choice"}], [(1, "choices")]),
        ([{**GOOD, "type": "choice", "choices": ["Nam"]}], [(1, "choices")]),
        ([{**GOOD, "type": "choice", "choices": ["Nam", "Nam"]}], [(1, "choices")]),
    ],
)
def test_fault_of_a_question_is_named_with_its_position(questions, faults):
    assert faults_of(questions) == faults
