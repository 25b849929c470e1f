"""Procedures that stand in sentences: articles that list them, items of annexes, what is abolished without a code."""

import pytest

from motcua.procedures.rules.decisions.clauses import named_codes, uncoded_rows
from motcua.procedures.rules.decisions.pieces import Piece
from motcua.procedures.tests.test_decision_reading import TWO_LISTS, decision


@pytest.mark.parametrize(
    "sentence",
    [
        "Thủ tục hành chính mới ban hành: Cấp giấy phép thử, mã số 1.014001, thực hiện tại cấp tỉnh.",
        "Công bố mới thủ tục “Cấp giấy phép thử” (mã số 1.014001) lĩnh vực Thử nghiệm.",
        "Bãi bỏ thủ tục Cấp giấy phép thử (mã số hồ sơ: 1.014001) đã được công bố tại Quyết định số 9/QĐ-UBND.",
        "Thủ tục có mã số 1.014001 - Cấp giấy phép thử được sửa đổi, bổ sung về thời hạn giải quyết.",
        "Sửa đổi thời hạn giải quyết của thủ tục Cấp giấy phép thử (1.014001) từ 10 ngày xuống 05 ngày.",
        "1. Cấp giấy phép thử [1.014001]",
        "1. [1.014001] Cấp giấy phép thử",
        "- Cấp giấy phép thử. Mã số: 1.014001. Thời hạn giải quyết: 05 ngày.",
        "Mã số TTHC: 1.014001; Tên TTHC: Cấp giấy phép thử; Cơ quan thực hiện: Sở Thử.",
        "Tên thủ tục hành chính: Cấp giấy phép thử; Mã số: 1.014001; Lĩnh vực: Thử nghiệm",
        "Quy trình nội bộ giải quyết thủ tục “Cấp giấy phép thử”, mã số 1.014001",
        "QUY TRÌNH SỐ 01: Cấp giấy phép thử (Mã TTHC: 1.014001)",
        "Lưu đồ giải quyết thủ tục Cấp giấy phép thử (mã số 1.014001)",
        "2. Cấp giấy phép thử (mã số trên Cơ sở dữ liệu quốc gia về thủ tục hành chính: 1.014001)",
        "Điều 2. Bãi bỏ thủ tục hành chính số thứ tự 5 (Cấp giấy phép thử, mã số 1.014001) tại Quyết định số 9.",
    ],
)
def test_name_is_found_in_a_sentence(sentence):
    assert [(code, name) for code, _, name in named_codes(sentence)[1]] == [("1.014001", "Cấp giấy phép thử")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bãi bỏ 02 thủ tục: Cấp giấy phép thử (1.014001), Gia hạn giấy phép thử (1.014002).",
        "Bãi bỏ 02 thủ tục: 1.014001 (Cấp giấy phép thử) và 1.014002 (Gia hạn giấy phép thử).",
        "Thay thế thủ tục Cấp giấy phép thử (mã số 1.014001) bằng thủ tục Gia hạn giấy phép thử (mã số 1.014002).",
    ],
)
def test_each_code_of_a_sentence_has_its_name(sentence):
    assert [name for _, _, name in named_codes(sentence)[1]] == ["Cấp giấy phép thử", "Gia hạn giấy phép thử"]


def test_line_that_only_gives_the_code_names_nothing():
    assert [name for _, _, name in named_codes("Mã TTHC: 1.014001. Tổng thời gian giải quyết: 56 giờ.")[1]] == [""]


ARTICLES = """Công bố 02 thủ tục hành chính mới ban hành, gồm:
1. Cấp giấy phép thử nghiệm trong phòng cho tổ chức,
cá nhân (mã số 1.014001).
2. Gia hạn giấy phép thử nghiệm (mã số 1.014002).
Thời hạn giải quyết của mỗi thủ tục là 20 ngày làm việc.
Điều 2. Công bố 01 thủ tục hành chính được sửa đổi, bổ sung lĩnh vực thử nghiệm:
a) 1.014003 - Đổi thẻ thử nghiệm viên; cấp lại thẻ thử nghiệm viên
hằng năm;
Điều 3. Bãi bỏ 01 thủ tục hành chính: Thu hồi thẻ thử nghiệm viên, mã số 1.014004, đã công bố tại Quyết định số 9.
Điều 4. Hiệu lực: từ ngày 10/3/2026."""


def test_articles_that_list_procedures_tell_what_becomes_of_each():
    read = decision(
        title="Công bố thủ tục hành chính mới ban hành, được sửa đổi, bổ sung và bị bãi bỏ", first=ARTICLES, annex=""
    )
    assert [(one.code, one.name, one.change) for one in read.procedures] == [
        ("1.014001", "Cấp giấy phép thử nghiệm trong phòng cho tổ chức, cá nhân", "new"),
        ("1.014002", "Gia hạn giấy phép thử nghiệm", "new"),
        ("1.014003", "Đổi thẻ thử nghiệm viên; cấp lại thẻ thử nghiệm viên hằng năm", "amended"),
        ("1.014004", "Thu hồi thẻ thử nghiệm viên", "abolished"),
    ]


def test_what_an_article_abolishes_beside_the_annex_is_a_row():
    second = "Bãi bỏ thủ tục Thu hồi thẻ thử nghiệm viên (mã số 1.014004) tại Quyết định số 9/QĐ-UBND."
    read = decision(second=second, annex=TWO_LISTS)
    assert ("1.014004", "Thu hồi thẻ thử nghiệm viên", "abolished") in [
        (one.code, one.name, one.change) for one in read.procedures
    ]


def test_day_of_effect_may_stand_after_a_colon():
    assert decision(second="Hiệu lực: từ ngày 10/3/2026.").valid_from == "2026-03-10"


def test_procedures_that_are_no_longer_applied_by_number_are_a_warning():
    second = "Các thủ tục số 6, 7 và 8 của Quyết định số 12/QĐ-UBND thôi áp dụng từ ngày đó."
    assert "meant-by-number" in [one.code for one in decision(second=second).warnings]


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("Điều 2. Bãi bỏ thủ tục “Xét thăng hạng viên chức” và “Xét nâng ngạch công chức” tại Quyết định số 9.",
         ["Xét thăng hạng viên chức", "Xét nâng ngạch công chức"]),
        ("Điều 2. Bãi bỏ 02 thủ tục hành chính nội bộ: Xét thăng hạng viên chức; Xét nâng ngạch công chức.",
         ["Xét thăng hạng viên chức", "Xét nâng ngạch công chức"]),
        ("Điều 2. Bãi bỏ thủ tục hành chính Xét thăng hạng viên chức đã công bố tại Quyết định số 9/QĐ-UBND.",
         ["Xét thăng hạng viên chức"]),
        ("Điều 2. Bãi bỏ Quyết định số 9/QĐ-UBND ngày 5 tháng 6 năm 2025 công bố thủ tục hành chính nội bộ.", []),
        ("Điều 1. Công bố Danh mục thủ tục hành chính mới ban hành, gồm: Phụ lục I; Phụ lục II.", []),
    ],
)  # fmt: skip
def test_articles_name_procedures_without_codes(clause, names):
    assert [one.name for one in uncoded_rows([Piece(clause, 1, 1)])] == names


def test_articles_list_procedures_without_codes_below_a_colon():
    second = """Bãi bỏ 02 thủ tục hành chính nội bộ, gồm:
1. Thủ tục xếp hạng đơn vị sự nghiệp công lập;
2. Thủ tục điều động viên chức giữa các huyện."""
    read = decision(title="Bãi bỏ thủ tục hành chính nội bộ", first="Bãi bỏ.", second=second, annex="")
    assert [(one.name, one.change) for one in read.procedures] == [
        ("Thủ tục xếp hạng đơn vị sự nghiệp công lập", "abolished"),
        ("Thủ tục điều động viên chức giữa các huyện", "abolished"),
    ]


NAMES = ["Thủ tục cấp giấy phép thử nghiệm", "Thủ tục gia hạn giấy phép thử nghiệm"]


@pytest.mark.parametrize(
    "item",
    [
        "{i}. {n} ({c}.000.00.00.H21)",
        "0{i}. {c}. {n}",
        "{i}) Mã số {c}: {n}",
        "({i}) {n} – mã số {c} – cấp trung ương",
        "I.{i} {n}: {c}",
        "Thủ tục số {i}. {n} (Mã số: {c})",
        "{i}. {n}, thực hiện tại Cục Thử nghiệm, mã số {c}.",
        "{i}. {n} (đã công bố tại Quyết định số 12/QĐ-BTN, mã số {c}).",
        "{i}. Tên thủ tục: {n}\n- Mã số: {c}\n- Nội dung sửa đổi: thời hạn giải quyết",
        "{i}. Mã số: {c}\nTên thủ tục: {n}\nLĩnh vực: Thử nghiệm",
        "{i}. {n}\na) Mã số: {c}\nb) Cơ quan thực hiện: Cục Thử nghiệm",
        "{i}. {n}\nMã thủ tục: {c} Cấp thực hiện: Trung ương",
        "{n}\nMã số: {c}",
    ],
)
def test_items_of_a_list_are_numbered_and_coded_in_many_manners(item):
    lines = [item.format(i=at, n=name, c=f"1.01400{at}") for at, name in enumerate(NAMES, start=1)]
    annex = "\n".join(["DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", *lines])
    read = decision(title="Công bố thủ tục hành chính bị bãi bỏ", first="Công bố.", annex=annex)
    assert [(one.code, one.name, one.change) for one in read.procedures] == [
        ("1.014001", NAMES[0], "abolished"), ("1.014002", NAMES[1], "abolished"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    ["Bãi bỏ thủ tục cấp giấy phép thử nghiệm (mã số 1.014001).",
     "1. Sửa đổi thời hạn của Thủ tục cấp giấy phép thử nghiệm (mã số 1.014001) từ 30 ngày xuống 20 ngày."],
)  # fmt: skip
def test_name_may_begin_with_the_word_procedure(sentence):
    assert [name for _, _, name in named_codes(sentence)[1]] == NAMES[:1]


def test_numbered_lines_below_the_heading_of_a_list_are_rows():
    annex = """DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ BỊ BÃI BỎ
1. Xếp hạng phòng chuyên môn thuộc sở
2. Điều động công chức giữa các huyện"""
    assert [(one.name, one.change) for one in decision(annex=annex, first="Bãi bỏ.").procedures] == [
        ("Xếp hạng phòng chuyên môn thuộc sở", "abolished"),
        ("Điều động công chức giữa các huyện", "abolished"),
    ]
