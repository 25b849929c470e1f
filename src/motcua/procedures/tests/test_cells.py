"""Reading one crawled row: what is cleaned, what is left alone, what is refused."""

import pytest

from motcua.procedures.rules.cells import BadCell, parts_of, rejoined
from motcua.procedures.rules.fees import fee_of
from motcua.procedures.rules.papers import Paper, repaired


@pytest.mark.parametrize(
    ("fee", "note", "expected"),
    [
        ("Miễn phí", "", 0),
        ("Miễn phí", "(Không có)", 0),
        ("Phí : 0 Đồng", "", 0),
        ("Phí : Không Đồng", "", 0),
        ("", "50,000 Việt Nam Đồng", 50_000),
        ("", "70,000 VNĐ(70.000 đồng/Giấy chứng nhận)", 70_000),
        ("Không có thông tin", "8,000 VNĐ", 8_000),
        ("Phí : 2.000.000 Đồng", "", 2_000_000),
        ("Miễn phí", "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", None),
        ("", "800,000 Việt Nam Đồng((áp dụng mức phí 400.000 đồng/hồ sơ kể từ ngày 01/7/2025))", None),
        ("", "50,000 VNĐ(25.000 đồng/CCHN)", None),
        ("", "500 VNĐ(Từ ngày 01/7/2025)", None),
        ("Lệ phí : 1.5 USD", "", None),
        ("Phí : 2.000.000 Đồng (A)\nPhí : 3.500.000 Đồng (B)", "", None),
        ("Không có thông tin", "", None),
        ("", "VNĐ(20.000 vnđ /tờ khai)", None),
    ],
)
def test_fee_is_a_number_only_where_one_amount_is_certain(fee, note, expected):
    assert fee_of(fee, note)[0] == expected


def test_fee_keeps_what_the_number_does_not_say():
    assert fee_of("Miễn phí", "(Theo quy định của Luật phí)") == (None, "Miễn phí\n(Theo quy định của Luật phí)")
    assert fee_of("", "50,000 VNĐ(một lần)") == (50_000, "50,000 VNĐ(một lần)")


def test_paper_gets_the_digits_of_its_name_back():
    original = "Tên giấy tờ… theo Mẫu số 081 bản chính,1 bản saoHợp đồng1 bản chính"
    assert repaired(Paper("", "… theo Mẫu số", "", 81, 1), original) == Paper("", "… theo Mẫu số 08", "", 1, 1)


def test_paper_gets_the_year_of_its_date_back():
    original = "Thông tư 02/2026/TT-BNNMT ngày 01/01/20261 bản chính,1 bản sao"
    paper = Paper("", "Thông tư 02/2026/TT-BNNMT ngày 01/01/", "", 20261, 1)
    assert repaired(paper, original).name == "Thông tư 02/2026/TT-BNNMT ngày 01/01/2026"
    assert repaired(paper, original).originals == 1


def test_paper_is_left_alone_where_the_original_proves_nothing():
    paper = Paper("", "Bản sao Giấy phép", "", 21, 1)
    assert repaired(paper, "Bản sao Giấy phép.1 bản chính") == paper
    assert repaired(Paper("", "Ảnh màu", "", 4, 0), "Ảnh màu4 bản chính") == Paper("", "Ảnh màu", "", 4, 0)


def test_subjects_split_inside_a_name_are_joined_again():
    parts = ["Doanh nghiệp", "Cán bộ", "công chức", "viên chức", "Hợp tác xã"]
    assert rejoined(parts) == ["Doanh nghiệp", "Cán bộ, công chức, viên chức", "Hợp tác xã"]


def test_parts_of_every_real_row_are_read(real_rows):
    parts = [parts_of(row) for row in real_rows]
    assert len(parts) == 2849
    assert sum(len(one.papers) for one in parts) == 15_880
    assert sum(len(one.results) for one in parts) == 3_583
    assert sum(len(one.channels) for one in parts) == 7_540
    assert len({one.columns["field"] for one in parts}) == 158


def test_online_kind_says_no_more_than_the_source(real_rows):
    kinds = {
        (parts_of(row).columns["online_kind"], any(channel["method"] == "Trực tuyến" for channel in row["channels"]))
        for row in real_rows
    }
    assert kinds == {("unknown", True), ("none", False)}


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"code": "1.93"}, "code", "bad_code"),
        ({"code": "1.000948'; DROP TABLE"}, "code", "bad_code"),
        ({"code": None}, "code", "bad_code"),
        ({"name": ""}, "name", "missing"),
        ({"name": ["x"]}, "name", "not_text"),
        ({"steps": None}, "steps", "missing"),
        ({"levels": ["Cấp huyện"]}, "levels", "unknown_level"),
        ({"levels": "Cấp xã"}, "levels", "not_list"),
        ({"channels": [{"method": "Fax"}]}, "channels", "unknown_method"),
        ({"channels": [{"method": "Trực tiếp", "time_value": "năm"}]}, "channels", "not_number"),
        ({"channels": [{"method": "Trực tiếp", "time_value": float("nan")}]}, "channels", "not_number"),
        ({"channels": [{"method": "Trực tiếp", "time_value": -1}]}, "channels", "not_number"),
        ({"channels": [{"method": "Trực tiếp", "time_unit": "Quý"}]}, "channels", "unknown_unit"),
        ({"channels": ["Trực tiếp"]}, "channels", "not_list"),
        ({"components": [{"name": "A", "originals": True}]}, "components", "not_number"),
        ({"components": [{"name": "A", "originals": 10**9}]}, "components", "too_large"),
        ({"components": {"name": "A"}}, "components", "not_list"),
        ({"field": "x" * 201}, "field", "too_long"),
        ({"detail_url": "javascript:alert(1)"}, "detail_url", "not_address"),
    ],
)
def test_bad_cell_is_named(row_of, change, field, problem):
    with pytest.raises(BadCell) as refused:
        parts_of({**row_of["1.001193"], **change})
    assert (refused.value.field, refused.value.problem) == (field, problem)


@pytest.mark.parametrize("row", [None, 1, "x", []])
def test_row_that_is_no_object_is_refused(row):
    with pytest.raises(BadCell):
        parts_of(row)
