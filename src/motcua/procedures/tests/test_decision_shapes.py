"""Decisions about procedures in shapes that printers, scrapers and slips give their lists: invented, one idea each."""

import pytest

from motcua.procedures.rules.decisions.reader import read_decision
from motcua.procedures.tests.test_decision_reading import decision
from motcua.reading.reader import read

PAGE = """<html><body><p>UBND TỈNH THỬ</p><p>Số: 15/QĐ-UBND</p><p>Thử, ngày 03 tháng 3 năm 2026</p>
<p>QUYẾT ĐỊNH</p><p>{title}</p><p>CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THỬ</p><p>QUYẾT ĐỊNH:</p>
<p>Điều 1. {first}</p><p>Điều 2. Quyết định này có hiệu lực kể từ ngày ký.</p><p>Nơi nhận:</p>{annex}</body></html>"""


def page(*tables, title="Công bố thủ tục hành chính được sửa đổi, bổ sung", first="Công bố kèm theo."):
    text = PAGE.format(title=title, first=first, annex="".join(tables))
    return read_decision(read(text.encode()))


def table(*rows):
    return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def row(*cells):
    return "".join(f"<td>{cell}</td>" for cell in cells)


def pairs(reading):
    return [(one.code, one.name) for one in reading.procedures]


def listed(*lines):
    return decision(annex="\n".join(("DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", *lines)), first="Công bố.")


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("1.014001.000.00.00.H27", "1.014001"),
        ("1.014001.0 00.00.00.H 27", "1.014001"),
        ("1.014001.00 0.00.00.H27", "1.014001"),
        ("1.014001.000 .00.0 0.H2 7", "1.014001"),
        ("1.0 14001", "1.014001"),
        ("1. 014001", "1.014001"),
        ("1 .014001", "1.014001"),
        ("1.014.001", "1.014001"),
        ("1,014001", "1.014001"),
        ("1.O14OO1", "1.014001"),
        ("1.01400", ""),
        ("1.0140011", ""),
    ],
)
def test_code_under_its_heading_is_read_as_it_was_meant(printed, code):
    read = listed("|TT|Tên thủ tục hành chính|Cấp|Mã số TTHC|", f"|1|Cấp giấy phép thử|Cấp tỉnh|{printed}|")
    assert pairs(read) == [(code, "Cấp giấy phép thử")]


def test_mended_code_is_told_and_a_fee_is_none():
    read = listed("|TT|Mã TTHC|Tên thủ tục hành chính|Phí|", "|1|1.014 001|Cấp giấy phép thử|1.200.000|")
    assert pairs(read) == [("1.014001", "Cấp giấy phép thử")]
    assert [(one.code, "1.014 001" in one.message) for one in read.warnings] == [("code-mended", True)]


@pytest.mark.parametrize(
    "lines",
    [
        ("|STT|Cơ quan thực hiện|Mã số|Tên thủ tục|", "|1|Sở Nông nghiệp Thử|1.014001|Cấp giấy phép thử|"),
        ("|Mã số TTHC|STT|Thủ tục hành chính|Nơi nhận hồ sơ|", "|1.014001|1|Cấp giấy phép thử|Trung tâm Thử|"),
        ("|TT|Danh mục thủ tục hành chính|Lĩnh vực|Mã TTHC|", "|1|Cấp giấy phép thử|Hoạt động thử|1.014001|"),
        ("|TT|Tên quy trình nội bộ|Ký hiệu|Mã TTHC|", "|1|Cấp giấy phép thử|QT-THU-LONG-01|1.014001|"),
        ("|TT|Tên TTHC|Ký hiệu|Cấp thực hiện|Mã TTHC|", "|1|Cấp giấy phép thử|Xã Thử Nghiệm|1.014001|"),
    ],
)
def test_name_is_what_its_heading_says(lines):
    assert pairs(listed(*lines)) == [("1.014001", "Cấp giấy phép thử")]


TWO = [("1.014001", "Cấp giấy phép thử"), ("1.014002", "Gia hạn giấy phép thử")]


@pytest.mark.parametrize(
    "names",
    [
        "a) Cấp giấy phép thử b) Gia hạn giấy phép thử",
        "Cấp giấy phép thử; Gia hạn giấy phép thử.",
        "<p>Cấp giấy phép thử</p><p>Gia hạn giấy phép thử</p>",
        "<p>- Cấp giấy phép thử;</p><p>- Gia hạn giấy phép thử</p>",
    ],
)
def test_two_procedures_in_one_cell_have_each_its_name(names):
    heads = row("TT", "Tên thủ tục hành chính", "Mã TTHC", "Thời hạn")
    cells = row("1", names, "<p>1.014001</p><p>1.014002</p>", "05 ngày")
    assert pairs(page(table(heads, cells))) == TWO


def test_codes_and_names_that_are_not_as_many_are_not_shared_out():
    heads = row("TT", "Tên thủ tục hành chính", "Mã TTHC")
    read = page(table(heads, row("1", "Cấp giấy phép thử", "1.014001 1.014002")))
    assert [code for code, _ in pairs(read)] == ["1.014001", "1.014002"]


def test_codes_below_each_other_after_their_names_outside_tables():
    read = listed(
        "STT", "Thủ tục hành chính", "Mã TTHC", "Người ký", "",
        "1", "Thu hồi giấy phép thử", "1.014003", "Sở Thử Nghiệm", "",
        "2", "a) Cấp giấy phép thử", "b) Gia hạn giấy phép thử", "1.014001", "1.014002", "Sở Thử Nghiệm",
    )  # fmt: skip
    assert sorted(pairs(read)) == [*TWO, ("1.014003", "Thu hồi giấy phép thử")]


def test_of_an_old_and_a_new_name_the_new_one_is_read():
    heads = (
        "<td rowspan=2>TT</td><td colspan=2>Số hồ sơ TTHC</td><td colspan=2>Tên thủ tục hành chính</td>",
        row("Mã cũ", "Mã mới", "Tên cũ", "Tên mới"),
    )
    cells = row("1", "B-THU-284412-TT", "1.014001", "Cho phép việc thử", "Cấp giấy phép thử")
    assert pairs(page(table(*heads, cells))) == [("1.014001", "Cấp giấy phép thử")]


def test_pairs_of_replaced_and_replacing_keep_their_own_names():
    heads = (
        "<td rowspan=2>TT</td><td colspan=2>TTHC được thay thế</td><td colspan=2>TTHC thay thế</td>",
        row("Tên TTHC", "Mã TTHC", "Tên TTHC", "Mã TTHC"),
    )
    cells = row("1", "Cho phép việc thử", "1.014009", "Cấp giấy phép thử", "1.014001")
    assert pairs(page(table(*heads, cells))) == [("1.014009", "Cho phép việc thử"), ("1.014001", "Cấp giấy phép thử")]


def test_row_that_lost_a_merged_cell_keeps_its_name():
    read = listed(
        "|", "STT", "|", "Tên thủ tục hành chính", "|", "Lĩnh vực", "|", "Căn cứ", "|", "Mã TTHC", "|",
        "|", "1", "|", "Cấp giấy phép thử", "|", "Hoạt động thử", "|", "Luật Thử", "|", "1.014001", "|",
        "|", "2", "|", "Gia hạn giấy phép thử", "|", "Hoạt động thử", "|", "1.014002", "|",
    )  # fmt: skip
    assert pairs(read) == TWO


def test_footnotes_and_signs_of_workflows_are_no_part_of_a_name():
    read = listed("1. Quy trình QT-THU-01: Cấp giấy phép thử (Mã TTHC: 1.014001)", "|B1|Tiếp nhận hồ sơ|")
    assert pairs(read) == TWO[:1]
    assert pairs(listed("|TT|Tên TTHC|Mã TTHC|", "|1|Cấp giấy phép thử[12]|1.014001|")) == TWO[:1]


def test_what_a_correction_takes_back_is_no_row():
    heads = row("TT", "Vị trí", "Đã in là", "Sửa lại là", "Mã TTHC")
    cells = (
        row("1", "Số thứ tự 4 mục A", "Cấp phép thử", "Cấp giấy phép thử", "1.014001"),
        row("2", "Số thứ tự 7 mục A", "Mã TTHC 1.014020", "Mã TTHC 1.014002", "1.014002"),
    )
    read = page(table(heads, *cells), title="Đính chính Quyết định số 9/QĐ-UBND", first="Đính chính.")
    assert [one.code for one in read.procedures] == ["1.014001", "1.014002"]
    assert read.procedures[0].name == "Cấp giấy phép thử"


def test_procedures_meant_by_their_number_are_a_warning():
    first = """Bãi bỏ các thủ tục hành chính sau đây:
1. Các thủ tục hành chính số 2, 5 và 7 mục I Phụ lục kèm theo Quyết định số 19/QĐ-UBND ngày 01 tháng 02 năm 2025.
2. Thủ tục “Cấp giấy phép thử (cấp tỉnh)” tại số thứ tự 6 mục I Quyết định số 20/QĐ-UBND.
3. Gia hạn giấy phép thử (mã số 1.014002)."""
    read = decision(title="Bãi bỏ một số thủ tục hành chính", first=first, annex="")
    assert [(one.code, one.name, one.change) for one in read.procedures] == [
        ("", "Cấp giấy phép thử (cấp tỉnh)", "abolished"),
        ("1.014002", "Gia hạn giấy phép thử", "abolished"),
    ]
    (doubt,) = [one for one in read.warnings if one.code == "meant-by-number"]
    assert "số 2, 5 và 7 của Quyết định số 19/QĐ-UBND" in doubt.message and doubt.line is not None
    assert read.procedures[0].line_start > 10


def test_abolition_by_number_alone_is_never_silent():
    first = "Bãi bỏ thủ tục hành chính có số thứ tự 3 tại Phụ lục II ban hành kèm theo Quyết định số 7/QĐ-UBND."
    read = decision(title="Bãi bỏ thủ tục hành chính", first=first, annex="")
    assert (read.procedures, [one.code for one in read.warnings]) == ((), ["meant-by-number"])


def test_consolidated_text_has_its_own_number_and_the_title_and_issuer_of_the_first():
    text = """NGÂN KHỐ NHÀ NƯỚC
Số: 7/VBHN-NKNN
Thử, ngày 17 tháng 5 năm 2026
QUYẾT ĐỊNH
Về việc công bố thủ tục hành chính mới ban hành lĩnh vực thử nghiệm
Quyết định số 21/QĐ-NKNN ngày 19 tháng 02 năm 2025 của Bộ trưởng Bộ Thử nghiệm về việc công bố thủ tục hành chính mới \
ban hành lĩnh vực thử nghiệm, có hiệu lực kể từ ngày 01 tháng 3 năm 2025, được sửa đổi, bổ sung bởi:
Quyết định số 65/QĐ-NKNN ngày 15 tháng 4 năm 2026 của Bộ trưởng Bộ Thử nghiệm, có hiệu lực từ ngày 01 tháng 5 năm 2026.
Căn cứ Luật Thử nghiệm;
Điều 1. Công bố kèm theo Quyết định này thủ tục hành chính mới ban hành.
Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2025.[2]
Nơi nhận:
"""
    read_text = read_decision(read(text.encode()))
    assert (read_text.number, read_text.issuer) == ("7/VBHN-NKNN", "Bộ Thử nghiệm")
    assert read_text.title == "Về việc công bố thủ tục hành chính mới ban hành lĩnh vực thử nghiệm"
    assert (read_text.kinds, read_text.valid_from) == (("announce_new",), "2025-03-01")


def test_heading_that_runs_on_from_the_bracket_above_tells_the_change():
    read = listed(
        "(Ban hành kèm theo Quyết định số 15/QĐ-UBND) 1. Danh mục thủ tục hành chính bị bãi bỏ",
        "|TT|Mã TTHC|Tên thủ tục hành chính|", "|1|1.014001|Cấp giấy phép thử|",
    )  # fmt: skip
    assert [one.change for one in read.procedures] == ["abolished"]


def test_text_set_in_columns_goes_on_below_the_title_of_a_section():
    read = listed(
        "STT    Mã số TTHC   Tên thủ tục hành chính       Lĩnh vực",
        "SỞ THỬ NGHIỆM",
        "1      1.014001     Cấp giấy                     Hoạt động thử và",
        "                    phép thử                     kiểm nghiệm",
        "2      1.014002     Gia hạn giấy phép thử        Hoạt động thử",
        "SỞ KIỂM NGHIỆM VÀ MÔI TRƯỜNG",
        "3      1.014003     Thu hồi giấy                 Hoạt động thử",
        "                    phép thử",
    )
    assert pairs(read) == [*TWO, ("1.014003", "Thu hồi giấy phép thử")]


def test_heading_of_the_next_annex_is_no_name():
    read = listed(
        "|TT|Tên|Mã TTHC|Căn cứ|", "|1|Cấp giấy phép thử|1.014001|", "PHỤ LỤC II", "DANH MỤC KHÁC",
    )  # fmt: skip
    assert pairs(read) == TWO[:1]


@pytest.mark.parametrize("printed", ["", "-", "Chưa có"])
def test_row_of_a_list_without_its_code_is_kept_and_told(printed):
    heads = row("TT", "Mã TTHC", "Tên thủ tục hành chính")
    read = page(table(heads, row("1", "1.014001", "Cấp giấy phép thử"), row("2", printed, "Gia hạn giấy phép thử")))
    assert pairs(read) == [TWO[0], ("", "Gia hạn giấy phép thử")]
    assert "code-missing" in [one.code for one in read.warnings]


def test_row_under_a_merged_code_is_no_row_without_one():
    heads = row("TT", "Mã TTHC", "Tên thủ tục hành chính", "Trường hợp")
    merged = (
        "<td>1</td><td rowspan=2>1.014001</td><td rowspan=2>Cấp giấy phép thử</td><td>Cấp mới</td>",
        "<td>2</td><td>Cấp lại</td>",
    )
    assert pairs(page(table(heads, *merged))) == TWO[:1]


def test_name_that_the_end_of_a_page_cut_is_read_whole():
    heads = row("TT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn")
    cut = (row("1", "1.014001", "Cấp giấy phép thử", "05 ngày"), row("", "", "đối với việc thử lâu", "làm việc"))
    read = page(table(heads, *cut, row("2", "1.014002", "Gia hạn giấy phép thử", "03 ngày")))
    assert pairs(read) == [("1.014001", "Cấp giấy phép thử đối với việc thử lâu"), TWO[1]]


def test_codes_that_a_cell_glued_are_two():
    heads = row("TT", "Tên thủ tục hành chính", "Mã TTHC")
    read = page(table(heads, row("1", "<p>Cấp giấy phép thử</p><p>Gia hạn giấy phép thử</p>", "1.0140011.014002")))
    assert pairs(read) == TWO


def test_table_without_headings_names_what_differs_from_row_to_row():
    names = ["Cấp giấy phép thử", "Gia hạn giấy phép thử", "Thu hồi giấy phép thử", "Sửa đổi giấy phép thử"]
    bases = ["Thành phần hồ sơ; căn cứ", "Căn cứ pháp lý", "Căn cứ pháp lý", "Căn cứ pháp lý"]
    cells = [row(at, name, "05 ngày", bases[at], f"1.01400{at}") for at, name in enumerate(names)]
    assert [name for _, name in pairs(page(table(*cells)))] == names


def test_lists_of_which_nothing_was_read_are_a_warning():
    read = decision(annex="DANH MỤC")
    assert (read.procedures, [one.code for one in read.warnings]) == ((), ["count-differs", "count-differs"])
