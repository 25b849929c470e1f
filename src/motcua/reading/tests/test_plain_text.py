"""Layouts of scraped text to grids with provenance."""

import pytest

from motcua.base.refusal import Refused
from motcua.reading.blocks import Table
from motcua.reading.plain_text import MAX_BYTES, read_text


def table_of(text) -> Table:
    tables = read_text(text.encode()).tables
    assert len(tables) == 1
    return tables[0]


def test_indented_cells_make_rows_and_know_their_lines():
    table = table_of("Lời mở đầu\n\tTT\n\tViệc\n\tAi\n\n\t1\n\tLàm\nkế hoạch\n\tSở A\n\n\t2\n\tNộp\n\tSở B\n")
    assert [row.texts for row in table.rows] == [
        ["TT", "Việc", "Ai"],
        ["1", "Làm kế hoạch", "Sở A"],
        ["2", "Nộp", "Sở B"],
    ]
    assert (table.rows[1].line_start, table.rows[1].line_end) == (6, 9)
    assert table.rows[1].cells[1].parts == ((7, "\tLàm"), (8, "kế hoạch"))


def test_indented_row_cut_by_a_blank_line_is_one_row():
    table = table_of("\tTT\n\tViệc\n\tAi\n\tHạn\n\n\t1\n\tLàm\n\tSở A\n\n\tKhi có\n\n\t2\n\tNộp\n\tSở B\n\tQuý I\n")
    assert table.rows[1].texts == ["1", "Làm", "Sở A", "Khi có"]


def test_indented_cell_with_a_blank_line_inside_stays_whole():
    table = table_of("\tTT\n\tViệc\n\tHạn\n\n\t1\n\tLàm\n\tQuý I\n\nnăm 2023\n\n\t2\n\tNộp\n\tQuý II\n\nnăm 2023\n")
    assert [row.texts[2] for row in table.rows] == ["Hạn", "Quý I năm 2023", "Quý II năm 2023"]


def test_caption_after_a_table_is_no_part_of_its_last_cell():
    document = read_text("\tTT\n\tViệc\n\n\t1\n\tLàm\n\n\t2\n\tNộp\n Phụ lục II\n".encode())
    assert [paragraph.text for paragraph in document.paragraphs] == ["Phụ lục II"]


def test_cells_printed_twice_are_one_column():
    rows = "".join(f"\t{n}\n\tViệc {n}\n\tViệc {n}\n\tSở {n}\n\tSở {n}\n\n" for n in range(1, 5))
    table = table_of(rows)
    assert table.width == 3
    assert table.rows[0].texts == ["1", "Việc 1", "Sở 1"]


def test_equal_cells_of_one_row_are_no_doubled_column():
    rows = "".join(f"\t{n}\n\tSở {n}\n\tSở {n if n == 3 else n + 9}\n\n" for n in range(1, 6))
    assert table_of(rows).width == 3


def test_row_after_a_cut_keeps_its_cells_without_columns():
    table = table_of("\t1\n\tA\n\tB\n\n\t2\n\tC\n\tD\n\n\t3\n\tE\n\tF\n\n \tMảnh\n")
    last = table.rows[-1]
    assert (last.cut_before, table.rows[-2].cut_after, last.cells[0].column) == (True, True, None)


def test_tabbed_rows_join_over_page_gaps_and_line_breaks_in_cells():
    table = table_of("TT\tViệc\tAi\n1\tLàm\tSở A\n\nTT\tViệc\tAi\n2\tNộp\nbáo cáo\tSở B\n")
    assert [row.texts for row in table.rows][-1] == ["2", "Nộp báo cáo", "Sở B"]


def test_markup_in_cells_is_dropped_and_list_items_are_dashed():
    table = table_of("TT\tAi\n1\t<ul><li>Sở A</li><li>Sở B</li></ul>\n2\t<p>Sở&nbsp;C</p>\n")
    assert [row.texts[1] for row in table.rows] == ["Ai", "- Sở A - Sở B", "Sở C"]


def test_web_address_in_angle_brackets_is_kept():
    document = read_text("Trang <http://example.vn> và a < b\n".encode())
    assert document.paragraphs[0].text == "Trang <http://example.vn> và a < b"


def test_letterhead_of_one_column_is_text_not_table():
    document = read_text("\tCỘNG HÒA\nĐộc lập\n\n\tNơi nhận:\n- Sở A;\n".encode())
    assert document.tables == []


def test_decomposed_letters_are_composed():
    document = read_text("phản ánh".encode() + b" - " + "a\u0301nh\n".encode())
    assert document.paragraphs[0].text == "phản ánh - ánh"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"abc\0def", b"\xff\xfa\xf5", b"x" * (MAX_BYTES + 1)])
def test_text_that_is_none_is_refused(content):
    with pytest.raises(Refused):
        read_text(content)


def test_marked_utf16_is_read():
    assert read_text("Kế hoạch".encode("utf-16")).paragraphs[0].text == "Kế hoạch"


SPACED = """Danh mục kèm theo

STT   Nhiệm vụ                    Chủ trì             Hạn

I     Thể chế và những việc khác rất dài của tỉnh

1     Rà soát thủ tục hành        Sở Nội vụ           Quý I
      chính                                           năm 2025

2     Số hóa hồ sơ                Sở Tư pháp          Quý II

3     Công khai                                       Thường xuyên

Nơi nhận: như trên."""


def test_columns_held_apart_by_spaces_are_a_table():
    table = table_of(SPACED)
    assert [row.texts for row in table.rows] == [
        ["STT", "Nhiệm vụ", "Chủ trì", "Hạn"],
        ["I", "Thể chế và những việc khác rất dài của tỉnh", "", ""],
        ["1", "Rà soát thủ tục hành chính", "Sở Nội vụ", "Quý I năm 2025"],
        ["2", "Số hóa hồ sơ", "Sở Tư pháp", "Quý II"],
        ["3", "Công khai", "", "Thường xuyên"],
    ]
    assert read_text(SPACED.encode()).paragraphs[-1].text == "Nơi nhận: như trên."


def test_title_of_rows_at_the_margin_is_no_end_of_spaced_columns():
    lines = (
        "STT    Mã số       Tên việc             Lĩnh vực",
        "SỞ NỘI VỤ",
        "1      1.000001    Việc thứ nhất        Thử nghiệm",
        "2      1.000002    Việc thứ hai         Thử nghiệm",
        "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "3      1.000003    Việc thứ ba          Thử nghiệm",
        "SỞ TƯ PHÁP",
        "Nơi nhận: như trên.",
    )
    table = table_of("\n".join(lines))
    assert [row.texts[0] for row in table.rows] == ["STT", "SỞ NỘI VỤ", "1", "2", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "3"]


def test_letterhead_and_loose_prose_held_apart_by_spaces_are_no_table():
    text = (
        "UBND TỈNH X        CỘNG HÒA\n  SỞ NỘI VỤ        Độc lập\n\nHai  khoảng  trắng  trong  câu.\nMột  lần  nữa.\n"
    )
    assert read_text(text.encode()).tables == []


def test_row_wider_than_its_heading_between_lone_bars_stays_whole():
    cells = [["TT", "Việc", "Ai"], ["Chính", "Giúp"], ["1", "Làm", "Sở A", "Sở B"], ["2", "Nộp", "Sở A", ""]]
    text = "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in cells)
    assert [row.texts for row in table_of(text).rows] == cells
