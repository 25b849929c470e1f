"""Web pages: what is printed of them."""

import pytest

from motcua.base.refusal import Refused
from motcua.reading.blocks import Paragraph
from motcua.reading.page_signs import looks_like_page
from motcua.reading.reader import read

TABLE = "<table><tr><th>TT<th>Nhiệm vụ<th>Chủ trì<tr><td>1<td>Rà soát<td>Sở Nội vụ<tr><td>2<td>Số hóa<td>Sở A</table>"


def page(body: str, head: str = "<meta charset=utf-8>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def texts_of(body: str) -> list[str]:
    return [paragraph.text for paragraph in read(page(body)).paragraphs]


def rows_of(body: str) -> list[list[str]]:
    return [row.texts for row in read(page(body)).tables[0].rows]


def test_paragraphs_and_tables_stand_in_order():
    document = read(page(f"<p>Trước</p>{TABLE}<p>Sau"))
    assert [block.text if isinstance(block, Paragraph) else block.width for block in document.blocks] == [
        "Trước",
        3,
        "Sau",
    ]
    assert document.tables[0].rows[1].texts == ["1", "Rà soát", "Sở Nội vụ"]


def test_spans_are_laid_on_the_grid():
    body = (
        "<table><tr><td>TT<td>Nhóm<td>Việc<td>Ai<tr><td>1<td rowspan=2>Thể chế<td>Làm<td>A"
        "<tr><td>2<td>Nộp<td>B<tr><td>I<td colspan=3>Tổ chức</table>"
    )
    table = read(page(body)).tables[0]
    assert [row.texts for row in table.rows][2:] == [["2", "", "Nộp", "B"], ["I", "Tổ chức", "", ""]]
    assert [cell.is_merged_up for cell in table.rows[2].cells] == [False, True, False, False]
    assert [cell.column for cell in table.rows[3].cells] == [0, 1, 2, 3]


def test_hostile_spans_are_bounded():
    assert read(page("<table><tr><td colspan=999999 rowspan=999999>a<td>b<tr><td>c<td>d</table>")).lines


def test_breaks_and_lists_in_cells_are_lines():
    cell = read(
        page("<table><tr><td>TT<td>Việc<tr><td>1<td>Làm:<ul><li>một<li>hai</ul><ol start=3><li>ba</ol>x<br>y</table>")
    )
    assert [text for _, text in cell.tables[0].rows[1].cells[1].parts] == ["Làm:", "- một", "- hai", "3. ba", "x", "y"]


def test_layout_tables_are_looked_through():
    body = f"<table><tr><td><a href=x>Trang chủ</a></td><td><table><tr><td>{TABLE}</td></tr></table></td></tr></table>"
    assert rows_of(body)[1] == ["1", "Rà soát", "Sở Nội vụ"]


def test_small_table_in_a_cell_is_lines_of_it():
    inner = "<table><tr><td>Cấp tỉnh<td>100%<tr><td>Cấp xã<td>60%</table>"
    body = f"<table><tr><td>TT<td>Việc<td>Chỉ tiêu<tr><td>1<td>{'Làm rất nhiều việc ' * 9}<td>Tỷ lệ: {inner}</table>"
    assert rows_of(body)[1][2] == "Tỷ lệ: Cấp tỉnh | 100% Cấp xã | 60%"


def test_what_is_not_printed_is_left_out():
    menu = "<ul>" + "".join(f"<li><a href=/{n}>Mục {n}</a>" for n in range(9)) + "</ul>"
    hidden = (
        '<p style="display: none">ẩn</p><p hidden>ẩn</p><script>ẩn</script><nav>ẩn</nav><p style="mso-hide:all">ẩn</p>'
    )
    assert texts_of(f"{menu}{hidden}<p>Hiện &amp; rõ&nbsp;ràng</p>") == ["Hiện & rõ ràng"]


def test_list_of_linked_laws_is_no_menu():
    laws = "".join(
        f"<li>Căn cứ <a href=/{n}>Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025</a>" for n in "123456"
    )
    assert len(texts_of(f"<ul>{laws}</ul>")) == 6


def test_main_part_is_taken_where_the_page_names_it():
    assert texts_of(f"<div>Tin khác</div><main><p>{'Nội dung chính. ' * 9}</p></main>")[0].startswith("Nội dung")


def test_page_saved_by_word_keeps_its_labels_and_notes():
    body = (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>"
        '<![endif]>Rà soát<o:p></o:p></p><p>Toàn trình<a href="#_ftn1"><sup>[1]</sup></a></p>'
        '<div id=ftn1><p><a href="#_ftnref1">[1]</a> Tỷ lệ b/a</p></div>'
    )
    assert texts_of(body) == ["1. Rà soát", "Toàn trình(1)", "(1) Tỷ lệ b/a"]


def test_raised_digits_are_marks_but_not_powers():
    assert texts_of("<p>toàn trình<sup>1</sup><p>100 m<sup>2</sup>") == ["toàn trình(1)", "100 m2"]


def test_letterhead_is_text():
    head = (
        "<table><tr><td>UBND TỈNH X<br>SỞ NỘI VỤ<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc"
        "<tr><td>Số: 1/KH-SNV<td>X, ngày 02 tháng 01 năm 2025</table>"
    )
    document = read(page(head))
    assert document.tables == []
    assert document.paragraphs[2].text == "Số: 1/KH-SNV"


@pytest.mark.parametrize(
    ("charset", "said"), [("utf-8", ""), ("utf-16", ""), ("utf-8", "windows-1258"), ("utf-8", "utf-8")]
)
def test_charset_is_what_the_bytes_are(charset, said):
    text = (
        f"<html><head><meta charset={said or 'x'}></head><body><p>Kế hoạch của Ủy ban nhân dân tỉnh</p></body></html>"
    )
    assert read(text.encode(charset)).paragraphs[0].text == "Kế hoạch của Ủy ban nhân dân tỉnh"


def test_web_archive_gives_its_page():
    archive = (
        "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>\r\n--B--\r\n"
    )
    assert read(archive.encode()).paragraphs[0].text == "Kế hoạch"


@pytest.mark.parametrize("content", [page(""), page("<script>x</script>"), b"<html", page("<div>" * 400 + "a")])
def test_page_without_text_or_without_end_is_refused_or_read(content):
    try:
        assert read(content).lines
    except Refused as refusal:
        assert "HTML" in refusal.message


def test_text_that_mentions_tags_is_no_page():
    assert not looks_like_page("Kế hoạch\n<table> trong văn bản".encode())


def test_what_lies_too_deep_for_the_parser_is_not_left_out_silently():
    with pytest.raises(Refused, match="quá sâu"):
        read(page("<p>KH</p>" + "<div>" * 300 + "<p>bảng nhiệm vụ</p>"))


@pytest.mark.parametrize("charset", ["zlib_codec", "punycode", "idna", "unicode_escape", "../../x", "a" * 300])
def test_charset_that_is_none_is_not_believed(charset):
    text = "KÕ ho¹ch thùc hiÖn nhiÖm vô c¶i c¸ch hµnh chÝnh"  # TCVN3
    content = f"<html><meta charset='{charset}'><body><p>{text}</p></body></html>".encode("latin-1")
    assert [each.text for each in read(content).paragraphs] == ["Kế hoạch thực hiện nhiệm vụ cải cách hành chính"]


def test_conditions_without_an_end_cost_no_time():
    assert read(page("<p>x</p>" + "<![if " * 200_000)).lines[0] == "x"


def test_page_without_its_end_says_that_it_may_be_cut():
    whole = page(TABLE)
    assert read(whole).notes == ()
    assert "cụt" in read(whole[: whole.index(b"</table>")]).notes[0]


def test_column_of_a_page_that_holds_the_whole_document_keeps_its_letterhead_in_lines():
    head = "<table><tr><td>ỦY BAN NHÂN DÂN<br>Số: 1/UBND-VP</td><td>Lam Khê, ngày 11 tháng 3 năm 2026</td></tr></table>"
    body = "".join(f"<p>{at}. Sở Nội vụ rà soát quy trình tiếp nhận hồ sơ của đơn vị.</p>" for at in range(1, 6))
    document = read(page(f"<table><tr><td><p>Văn bản mới</p></td><td>{head}{body}</td></tr></table>"))
    assert [row.texts for table in document.tables for row in table.rows] == [
        ["ỦY BAN NHÂN DÂN Số: 1/UBND-VP", "Lam Khê, ngày 11 tháng 3 năm 2026"]
    ]
    assert [one.text[:2] for one in document.paragraphs] == ["Vă", "1.", "2.", "3.", "4.", "5."]
