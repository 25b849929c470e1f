"""Lists of procedures in copied text whose table was lost, in three manners of copying: invented, one idea each."""

import textwrap

import pytest

from motcua.procedures.rules.decisions.fitting import Holds, fitted, holds
from motcua.procedures.tests.test_decision_reading import decision
from motcua.procedures.tests.test_decision_shapes import page, pairs, row, table

HEADS = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí", "Căn cứ pháp lý")
ROWS = [
    (
        "1",
        "1.014001",
        "Cấp giấy phép thử nghiệm sản phẩm mới trong phòng",
        "05 ngày làm việc",
        "Không",
        "Luật Thử nghiệm",
    ),
    ("2", "1.014002", "Gia hạn giấy phép thử nghiệm", "03 ngày", "200.000 đồng", ""),
    ("3", "1.014003", "Thu hồi giấy phép thử nghiệm của tổ chức, cá nhân", "", "Không", ""),
]
NAMES = [(cells[1], cells[2]) for cells in ROWS]


def stacked(rows):
    """Each cell on a line of its own, empty cells lost, a blank line between rows."""
    return "\n".join("\n".join([*filter(None, cells), ""]) for cells in rows)


def spaced(rows, wide=22):
    """Columns held apart by blanks, cells folded."""
    lines = []
    for cells in rows:
        folded = [textwrap.wrap(cell, wide) or [""] for cell in cells]
        for at in range(max(map(len, folded))):
            parts = [(one[at] if at < len(one) else "").ljust(wide) for one in folded]
            lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def barred(rows):
    """Cells between lines of a lone bar, joined cells lost."""
    return "\n".join("\n".join(["|", *(f"{cell}\n|" for cell in cells if cell)]) for cells in rows)


MANNERS = pytest.mark.parametrize("copied", [stacked, spaced, barred])


def listed(copied, *rows, title="I. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH"):
    return decision(annex=f"\n{title}\n\n{copied(rows)}\n", first="Công bố.")


@MANNERS
def test_list_is_read_whatever_way_it_was_copied(copied):
    read = listed(copied, HEADS, *ROWS)
    assert pairs(read) == NAMES
    assert {one.change for one in read.procedures} == {"new"}


@MANNERS
def test_each_list_keeps_its_own_heading(copied):
    first, second = copied([HEADS, *ROWS[:1]]), copied([HEADS, *ROWS[1:]])
    annex = f"\nI. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH\n\n{first}\n\nII. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ\n\n{second}\n"
    read = decision(annex=annex, first="Công bố.")
    assert [(one.code, one.change) for one in read.procedures] == [
        ("1.014001", "new"), ("1.014002", "abolished"), ("1.014003", "abolished"),
    ]  # fmt: skip


@MANNERS
def test_titles_among_the_rows_are_no_names(copied):
    read = listed(copied, HEADS, ("I. Lĩnh vực thử nghiệm",), ROWS[0], ("II. Lĩnh vực kiểm nghiệm",), *ROWS[1:])
    assert pairs(read) == NAMES


@pytest.mark.parametrize("copied", [stacked, barred])
def test_second_row_of_headings_is_hung_under_the_first(copied):
    upper = ("STT", "Số hồ sơ TTHC", "Tên thủ tục hành chính", "Căn cứ pháp lý")
    lower = ("Mã cũ", "Mã mới", "Tên cũ", "Tên mới")
    rows = [
        ("1", "B-THU-284412-TT", "1.014001", "Cho phép việc thử", "Cấp giấy phép thử nghiệm", "Nghị định số 1/2026"),
        ("2", "B-THU-284413-TT", "1.014002", "Gia hạn việc thử", "Gia hạn giấy phép thử nghiệm", "Nghị định số 1/2026"),
    ]  # fmt: skip
    assert pairs(listed(copied, upper, lower, *rows)) == [(cells[2], cells[4]) for cells in rows]


@MANNERS
def test_list_without_codes_is_read_by_its_headings(copied):
    heads = ("STT", "Tên thủ tục hành chính nội bộ", "Lĩnh vực", "Cơ quan thực hiện")
    rows = [
        ("1", "Cử viên chức đi đào tạo ở nước ngoài", "Công chức, viên chức", "Sở Nội vụ"),
        ("2", "Phê duyệt kế hoạch kiểm toán nội bộ", "Tài chính", "Văn phòng Ủy ban"),
        ("3", "Nâng lương", "Công chức, viên chức", "Sở Nội vụ"),
    ]
    title = "DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ"
    assert [one.name for one in listed(copied, heads, *rows, title=title).procedures] == [cells[1] for cells in rows]


def test_code_below_its_name_needs_no_column():
    heads = ("TT", "Thủ tục hành chính (Mã TTHC)", "Thời hạn", "Cách thức")
    rows = [
        ("1", "Cấp giấy phép thử nghiệm\n(1.014001.000.00.00.H98)", "05 ngày", "Toàn trình"),
        ("2", "Gia hạn giấy phép thử nghiệm\n(1.014002.000.00.00.H98)", "03 ngày", "x"),
    ]
    assert pairs(listed(stacked, heads, *rows)) == [
        ("1.014001", "Cấp giấy phép thử nghiệm"), ("1.014002", "Gia hạn giấy phép thử nghiệm"),
    ]  # fmt: skip


@MANNERS
def test_steps_of_a_workflow_take_nothing_from_the_heading_of_the_next(copied):
    steps = [
        ("Bước", "Người thực hiện", "Nội dung", "Thời gian"),
        ("B1", "Bộ phận Một cửa", "Tiếp nhận hồ sơ", "0,5 ngày"),
        ("B2", "Chuyên viên", "Thẩm định hồ sơ", "09 ngày"),
        ("B3", "Lãnh đạo Sở", "Ký duyệt kết quả", "0,5 ngày"),
    ]
    annex = f"""
QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH

1. Cấp giấy phép thử nghiệm (mã số 1.014001)

{copied(steps)}

2. Thủ tục hành chính: Gia hạn giấy phép thử nghiệm

Mã thủ tục hành chính: 1.014002

Tổng thời gian thực hiện: 40 giờ

{copied(steps)}
"""
    read = decision(title="Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính", first="Phê duyệt.", annex=annex)
    assert pairs(read) == [("1.014001", "Cấp giấy phép thử nghiệm"), ("1.014002", "Gia hạn giấy phép thử nghiệm")]


def test_items_whose_lines_were_folded_are_whole():
    items = [
        "1. Cấp giấy phép thử nghiệm sản phẩm mới đối với tổ chức thuộc Bộ Tư lệnh thành phố (mã số TTHC: 1.014001).",
        "2. Gia hạn giấy phép thử nghiệm sản phẩm mới của tổ chức, cá nhân nước ngoài tại Việt Nam - 1.014002",
        "3. 1.014003: Thu hồi giấy phép thử nghiệm sản phẩm mới của tổ chức, cá nhân không còn hoạt động.",
    ]  # fmt: skip
    annex = "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH\n" + "\n".join(textwrap.fill(item, 40) for item in items)
    assert [one.name for one in decision(annex=annex, first="Công bố.").procedures] == [
        "Cấp giấy phép thử nghiệm sản phẩm mới đối với tổ chức thuộc Bộ Tư lệnh thành phố",
        "Gia hạn giấy phép thử nghiệm sản phẩm mới của tổ chức, cá nhân nước ngoài tại Việt Nam",
        "Thu hồi giấy phép thử nghiệm sản phẩm mới của tổ chức, cá nhân không còn hoạt động",
    ]


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (["4", "1.014001", "Cấp giấy phép thử nghiệm", "10 ngày làm việc", "Không"], [0, 1, 2, 3, 4]),
        (["4", "1.014001", "Cấp giấy phép thử nghiệm", "Không"], [0, 1, 2, 4]),
        (["1.014001", "Cấp giấy phép thử nghiệm", "10 ngày", "Nghị định số 1/2026/NĐ-CP"], [1, 2, 3, 5]),
        (["4", "Cấp giấy phép thử nghiệm", "10 ngày"], [0, 2, 3]),
    ],
)
def test_cells_find_their_columns_by_what_they_look_like(texts, columns):
    assert fitted(texts, [holds(head) for head in HEADS])[0] == columns


def test_heading_tells_what_a_column_holds():
    assert [holds(head) for head in (*HEADS, "TTên TTHC", "S T T", "Bước")] == [
        Holds.NUMBER, Holds.CODE, Holds.NAME, Holds.LIMIT, Holds.FEE, Holds.BASIS, Holds.NAME, Holds.NUMBER, Holds.STEP,
    ]  # fmt: skip


def test_name_and_code_over_two_rows_are_one():
    heads = row("TT", "Thủ tục hành chính (Mã TTHC)", "Thời hạn", "Phí")
    first = row("1", "Chứng thực chữ ký (áp dụng cho cả trường hợp điểm chỉ và", "01 ngày", "Không")
    second = row("", "<p>trường hợp không thể ký)</p><p>(2.000884)</p>", "", "")
    read = page(table(heads, first, second, row("2", "Đăng ký lại khai tử (1.005461)", "05 ngày", "Không")))
    assert pairs(read) == [
        ("2.000884", "Chứng thực chữ ký (áp dụng cho cả trường hợp điểm chỉ và trường hợp không thể ký)"),
        ("1.005461", "Đăng ký lại khai tử"),
    ]


def test_title_in_two_cells_tells_the_change():
    heads = row("STT", "Tên thủ tục hành chính", "Mã TTHC", "Phí")
    titles = [f"<td>{mark}</td><td colspan=3>{text}</td>" for mark, text in (
        ("A", "Thủ tục hành chính mới ban hành"), ("B", "Thủ tục hành chính bị bãi bỏ"))]  # fmt: skip
    cells = [row("1", f"Cấp giấy phép thử loại {at}", f"1.01400{at}", "Không") for at in (1, 2)]
    read = page(table(heads, titles[0], cells[0], titles[1], cells[1]), title="Công bố danh mục thủ tục hành chính")
    assert [(one.code, one.change) for one in read.procedures] == [("1.014001", "new"), ("1.014002", "abolished")]


def test_what_else_stands_in_the_cell_of_a_code_is_no_name():
    heads = row("TT", "Tên thủ tục hành chính", "Mã số TTHC", "Cơ quan")
    cells = (
        row("1", "Cấp giấy phép thử nghiệm", "<p>1.014001</p><p>(Mã cũ: T-THU-281234-TT)</p>", "Sở Thử nghiệm"),
        row("2", "Gia hạn giấy phép thử nghiệm", "<p>1.014002 (cấp tỉnh)</p><p>1.014003 (cấp xã)</p>", "Sở Thử nghiệm"),
        row("3", "Thu hồi giấy phép thử nghiệm", "T-THU-281236-TT", "Sở Thử nghiệm"),
        row("3.1", "Thu hồi do vi phạm", "", "Thanh tra"),
    )
    assert pairs(page(table(heads, *cells))) == [
        ("1.014001", "Cấp giấy phép thử nghiệm"),
        ("1.014002", "Gia hạn giấy phép thử nghiệm"),
        ("1.014003", "Gia hạn giấy phép thử nghiệm"),
        ("", "Thu hồi giấy phép thử nghiệm"),
    ]


def test_of_names_under_one_heading_the_later_one_is_read():
    heads = (
        "<td rowspan=2>TT</td><td colspan=2>Tên thủ tục hành chính</td><td rowspan=2>Mã TTHC</td>",
        row("Theo Quyết định số 12/QĐ-UBND", "Sau sửa đổi, bổ sung"),
    )
    cells = row("1", "Cấp thẻ thử nghiệm viên", "Cấp, cấp lại thẻ thử nghiệm viên", "1.014006")
    assert pairs(page(table(*heads, cells))) == [("1.014006", "Cấp, cấp lại thẻ thử nghiệm viên")]


def test_table_of_labels_names_its_procedure():
    cells = (
        row("Tên thủ tục", "Cấp giấy phép xây tượng đài"),
        row("Mã số", "1.013404"),
        row("Lĩnh vực", "Mỹ thuật, triển lãm"),
    )
    assert pairs(page(table(*cells))) == [("1.013404", "Cấp giấy phép xây tượng đài")]
