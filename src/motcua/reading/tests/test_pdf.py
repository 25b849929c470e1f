"""PDF with letters: the cells come back as printed, whatever the page does to the table."""

import ctypes
import io

import pikepdf
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document, Table
from motcua.reading.pdf.document import read_pdf
from motcua.reading.reader import read
from motcua.reading.tests.printed import Printed, printed_pdf

WIDTHS = [1, 6, 3, 2.5]
HEADING = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]
TEXT = "Rà soát, đơn giản hóa thủ tục hành chính thuộc phạm vi quản lý của tỉnh theo Nghị định số 63/2010/NĐ-CP"


def plan_rows(count: int, words: int = 1) -> list[list[str]]:
    rows = [[str(at), " ".join([f"Việc {at}:"] + [TEXT] * words), "Sở Nội vụ", "Quý I/2024"] for at in range(1, count)]
    return [HEADING, *rows]


def cells_of(rows: list[list[str]]) -> list[Printed]:
    return [Printed((text,)) for row in rows for text in row]


def texts(document: Document) -> list[list[str]]:
    return [row.texts for table in document.tables for row in table.rows]


def edited(content: bytes, change) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def test_table_over_pages_is_one_with_its_heading_once():
    rows = plan_rows(30)
    document = read_pdf(printed_pdf(cells_of(rows), WIDTHS, header=4))
    assert len(document.pages) > 1
    assert len(document.tables) == 1
    assert texts(document) == rows
    starts = [at for at, row in enumerate(document.tables[0].rows) if row.starts_page]
    assert len(starts) == len(document.pages) - 1


def test_rows_split_over_pages_are_joined():
    rows = plan_rows(9, words=12)
    document = read_pdf(printed_pdf(cells_of(rows), WIDTHS, header=4))
    assert len(document.pages) > 2
    assert texts(document) == rows


def test_every_line_stands_on_its_page():
    document = read_pdf(printed_pdf(cells_of(plan_rows(30)), WIDTHS, header=4, before=(TEXT,)))
    assert len(document.spots) == len(document.lines)
    for spot, line in zip(document.spots, document.lines, strict=True):
        if line:
            width, height = document.pages[spot.page - 1]
            left, top, right, bottom = spot.box
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
    assert document.confidence(1, len(document.lines)) is None


def ink_only(layer, at, box) -> bool:
    """Return the box of the ink, as pdfium does for fonts that LibreOffice wrote without their heights."""
    edges = [ctypes.c_double() for _ in range(4)]
    found = pdfium.FPDFText_GetCharBox(layer, at, *(ctypes.byref(edge) for edge in edges))
    box._obj.left, box._obj.right, box._obj.bottom, box._obj.top = (edge.value for edge in edges)
    return bool(found)


def moved_up(layer, at, box, told=pdfium.FPDFText_GetLooseCharBox) -> bool:
    """Return a box as high as a line, but half a line too high for every other three letters."""
    found = told(layer, at, box)
    if (at // 3) % 2:
        box._obj.bottom, box._obj.top = box._obj.bottom + 7, box._obj.top + 7
    return bool(found)


@pytest.mark.parametrize("told", [ink_only, moved_up])
def test_letters_stay_in_their_line_where_the_font_does_not_say_how_high_it_is(monkeypatch, told):
    rows = [HEADING, ["1", "Công khai danh sách, xin lỗi tổ chức, cá nhân", "Sở Nội vụ", "Quý I"]]
    content = printed_pdf(cells_of(rows), [1, 2.2, 2, 2], landscape=False)
    monkeypatch.setattr(pdfium, "FPDFText_GetLooseCharBox", told)
    assert texts(read_pdf(content)) == rows


def test_merged_cells_keep_their_places():
    cells = [
        *cells_of([HEADING]),
        Printed(("A",)),
        Printed(("Cải cách thủ tục hành chính",), colspan=3),
        Printed(("1",)),
        Printed(("Rà soát quy trình",)),
        Printed(("Sở Nội vụ",), rowspan=2),
        Printed(("Quý I",)),
        Printed(("2",)),
        Printed(("Công khai thủ tục",)),
        Printed(("Quý II",)),
    ]
    (table,) = read_pdf(printed_pdf(cells, WIDTHS)).tables
    assert [row.texts for row in table.rows] == [
        HEADING,
        ["A", "Cải cách thủ tục hành chính", "", ""],
        ["1", "Rà soát quy trình", "Sở Nội vụ", "Quý I"],
        ["2", "Công khai thủ tục", "", "Quý II"],
    ]
    assert [[cell.is_merged_up for cell in row.cells] for row in table.rows[2:]] == [
        [False] * 4,
        [False, False, True, False],
    ]


def test_items_of_a_cell_are_parts_and_wrapped_lines_are_not():
    parts = ("- Rà soát, đơn giản hóa thủ tục hành chính nội bộ trong toàn tỉnh", "- Công khai kết quả")
    cells = [*cells_of([HEADING]), Printed(("1",)), Printed(parts), Printed(("Sở Nội vụ",)), Printed(("Quý I",))]
    (table,) = read_pdf(printed_pdf(cells, [1, 2, 3, 3], landscape=False)).tables
    assert tuple(text for _, text in table.rows[1].cells[1].parts) == parts


def test_printed_paragraphs_come_back_whole_and_page_numbers_do_not():
    paragraphs = tuple(f"Đoạn {at}. " + f"{TEXT}; " * 5 + "hết đoạn." for at in range(12))
    document = read_pdf(printed_pdf([], [1], before=paragraphs, landscape=False))
    assert len(document.pages) > 1
    assert [paragraph.text for paragraph in document.paragraphs] == list(paragraphs)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_that_is_shown_turned_reads_as_it_is_shown(turn):
    """The page stands on its side and says that it must be turned: as scanners and printers leave it."""
    rows = plan_rows(5)
    content = printed_pdf(cells_of(rows), WIDTHS, header=4)

    def change(pdf):
        page = pdf.pages[0]
        left, bottom, right, top = (float(side) for side in page.mediabox)
        matrix = {
            90: f"0 1 -1 0 {top} 0",
            180: f"-1 0 0 -1 {right} {top}",
            270: f"0 -1 1 0 0 {right}",
        }[turn]
        page.contents_add(f"q {matrix} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        if turn != 180:
            page.mediabox = [0, 0, top, right]
        page.Rotate = turn

    document = read_pdf(edited(content, change))
    assert texts(document) == rows
    assert document.pages == read_pdf(content).pages


def test_table_printed_sideways_is_read_and_pointed_at_where_it_is_seen():
    rows = plan_rows(5)
    content = printed_pdf(cells_of(rows), WIDTHS, header=4)

    def change(pdf):
        page = pdf.pages[0]
        _, _, right, top = (float(side) for side in page.mediabox)
        page.contents_add(f"q 0 1 -1 0 {top} 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = [0, 0, top, right]

    document = read_pdf(edited(content, change))
    assert texts(document) == rows
    width, height = document.pages[0]
    assert width < height
    first = document.tables[0].rows[0].cells
    boxes = [document.spot(cell.line_start).box for cell in first]
    # The text runs upwards: later columns stand higher.
    assert [box[3] for box in boxes] == sorted((box[3] for box in boxes), reverse=True)


def test_page_box_away_from_the_corner_moves_nothing():
    rows = plan_rows(5)
    content = printed_pdf(cells_of(rows), WIDTHS, header=4)

    def change(pdf):
        page = pdf.pages[0]
        _, _, right, top = (float(side) for side in page.mediabox)
        page.contents_add(b"q 1 0 0 1 100 -50 cm", prepend=True)
        page.contents_add(b"Q")
        page.mediabox = [100, -50, right + 100, top - 50]

    moved, still = read_pdf(edited(content, change)), read_pdf(content)
    assert texts(moved) == rows
    assert moved.spots == still.spots


def test_shaded_cells_without_lines_are_a_table():
    rows = plan_rows(4)
    (table,) = read_pdf(printed_pdf(cells_of(rows), WIDTHS, style="shaded")).tables
    assert [row.texts for row in table.rows] == rows


@pytest.mark.parametrize("style", ["dashed", "dotted", "double", "level"])
def test_lines_of_every_kind_part_cells(style):
    rows = plan_rows(5)
    document = read_pdf(printed_pdf(cells_of(rows), WIDTHS, style=style))
    assert texts(document) == rows
    assert bool(document.notes) == (style == "level")


def test_table_without_lines_is_guessed_with_a_note():
    rows = plan_rows(7)
    document = read_pdf(printed_pdf(cells_of(rows), WIDTHS, stroke=0))
    assert texts(document) == rows
    assert any("khoảng trống" in note for note in document.notes)


def test_letterhead_is_read_left_block_first():
    document = read_pdf(printed_pdf([], [1], style="letterhead", before=(TEXT + ".",), landscape=False))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÀ GIANG",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Giang, ngày 05 tháng 01 năm 2024",
        "KẾ HOẠCH",
        "Kiểm soát thủ tục hành chính năm 2024",
        TEXT + ".",
    ]
    assert not document.tables


def test_words_broken_at_hyphen_and_slash_are_whole():
    said = "Thực hiện Quyết định số 1085/QĐ-TTg và Thông tư số 01/2020/TT-VPCP, 02/2017/TT-VPCP, 01/2018/TT-VPCP " * 3
    rows = [["1", said.strip(), "Sở Tư pháp; Văn phòng UBND", "14/12/2023"]]
    for width in (1.5, 2, 2.5, 3, 4):
        document = read_pdf(printed_pdf(cells_of([HEADING, *rows]), [1, width, 2, 2], landscape=False))
        assert texts(document)[1:] == rows


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a smaller failing table costs minutes to find
WORDS = st.lists(st.sampled_from(["rà", "soát", "Ủy ban", "ngày 05/01/2024", "QĐ-UBND", "100%", "ưỡng"]), max_size=6)


@st.composite
def tables(draw):
    """A grid with some cells merged over columns and rows: what to print, and what must come back."""
    wide, high = draw(st.integers(2, 5)), draw(st.integers(2, 14))
    taken, cells = [[False] * wide for _ in range(high)], []
    expected = [[""] * wide for _ in range(high)]
    for row in range(high):
        for column in range(wide):
            if taken[row][column]:
                continue
            right = draw(st.integers(1, 3)) if row and draw(st.integers(0, 5)) == 0 else 1
            # In the last column no cell goes over rows: a row that has no cell of its own has no height.
            down = draw(st.integers(1, 3)) if row and column + right < wide and draw(st.integers(0, 5)) == 0 else 1
            columns = 1
            while columns < right and column + columns < wide and not taken[row][column + columns]:
                columns += 1
            rows = min(down, high - row)
            for across in range(row, row + rows):
                taken[across][column : column + columns] = [True] * columns
            text = " ".join([f"C{row}.{column}", *draw(WORDS)])
            expected[row][column] = text
            cells.append(Printed((text,), rows, columns))
    return wide, cells, expected


@settings(max_examples=12, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.booleans())
def test_any_merged_table_comes_back(table, landscape):
    wide, cells, expected = table
    content = printed_pdf(cells, [1 + at % 3 for at in range(wide)], header=wide, landscape=landscape, breakable=False)
    document = read_pdf(content)
    # Cells that hang together over rows may be taller than a page: then they are printed over its edge.
    assume(all(spot.box is None or spot.box[3] < document.pages[spot.page - 1][1] - 55 for spot in document.spots))
    assert texts(document) == expected
    assert all(isinstance(block, Table) for block in document.blocks)


def test_locked_pdf_is_refused_in_words():
    with pikepdf.open(io.BytesIO(printed_pdf(cells_of(plan_rows(3)), WIDTHS))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(user="khoa", owner="khoa"))
    with pytest.raises(Refused, match="mật khẩu"):
        read(buffer.getvalue(), "khoa.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000])
def test_broken_pdf_is_refused_in_words(content):
    with pytest.raises(Refused, match="hỏng"):
        read(content, "hong.pdf")


def test_truncated_pdf_is_read_or_refused_never_worse():
    content = printed_pdf(cells_of(plan_rows(30)), WIDTHS, header=4)
    for share in (0.2, 0.5, 0.9, 0.99):
        try:
            read(content[: round(len(content) * share)], "cut.pdf")
        except Refused as refusal:
            assert "PDF" in refusal.message
