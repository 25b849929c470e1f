"""Task tables in the shapes that plans give them: headings over rows, groups, marks, merged cells, pages."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.plans.rules.layout.columns import Role, role_of
from motcua.plans.rules.layout.headings import heading_of
from motcua.plans.rules.reader import understand
from motcua.reading.blocks import Cell, Document, Paragraph, Place, Row, Spot, Table

UP = "^"  # a cell merged with the one above


def table(*rows, starts=()):
    """Return a table of texts; ``starts`` are the rows that begin a page."""
    made = []
    line = 0
    for at, texts in enumerate(rows):
        cells = []
        for column, text in enumerate(texts):
            line += 1
            cells.append(Cell(((line, "" if text == UP else text),), column, text == UP))
        made.append(Row(tuple(cells), starts_page=at in starts))
    return Table(tuple(made), max(len(row) for row in rows))


def plan(*blocks, spots=()):
    lines = tuple("x" for _ in range(400))
    return understand(Document(tuple(blocks), lines, spots=spots))


def paragraph(text, line=390):
    return Paragraph(text, Place(line, line))


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("S TT", Role.NUMBER),
        ("Nội dung, công việc", Role.TEXT),
        ("Đầu việc", Role.TEXT),
        ("Đơn vị thực hiện", Role.LEAD),
        ("Cơ quan chủ trì/phối hợp", Role.LEAD),
        ("Cơ quan, đơn vị phối hợp", Role.COORDINATING),
        ("Người chịu trách nhiệm", Role.PERSON),
        ("Sản phẩm đầu ra", Role.PRODUCT),
        ("Lộ trình", Role.DEADLINE),
        ("Thời gian thực hiện nhiệm vụ", Role.DEADLINE),
        ("Kinh phí (triệu đồng)", Role.BUDGET),
        ("Căn cứ giao nhiệm vụ", Role.BASIS),
        ("Đơn vị tính", Role.UNIT),
        ("Năm 2026", Role.PERIOD),
        ("Cơ quan phê duyệt", Role.OTHER),
        ("Thành phần", None),
    ],
)
def test_heading_names_its_role(heading, role):
    assert role_of(heading) is role


def test_heading_over_two_rows_is_read_column_by_column():
    heading = heading_of(
        table(
            ["TT", "Nhiệm vụ", "Đơn vị thực hiện", "", "Thời gian", ""],
            [UP, UP, "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"],
            ["1", "Rà soát", "Sở Nội vụ", "", "01/3/2026", "30/6/2026"],
        )
    )
    assert heading is not None and (heading.first, heading.last) == (0, 1)
    assert heading.roles == [Role.NUMBER, Role.TEXT, Role.LEAD, Role.COORDINATING, Role.START, Role.DEADLINE]


def test_marks_below_quarters_become_the_deadline():
    tasks = plan(
        table(
            ["TT", "Nhiệm vụ", "Chủ trì", "Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026"],
            ["1", "Rà soát thủ tục", "Sở Nội vụ", "", "x", "x", ""],
            ["2", "Ban hành kế hoạch", "Sở Tư pháp", "X", "", "", ""],
        )
    ).tasks
    assert [(str(task.deadline.start), str(task.deadline.end)) for task in tasks] == [
        ("2026-04-01", "2026-09-30"),
        ("2026-01-01", "2026-03-31"),
    ]


def test_labels_inside_a_cell_share_it_out():
    task = plan(
        table(
            ["Công việc", "Phân công thực hiện", "Thời hạn"],
            ["Rà soát thủ tục", "Chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp, Sở Tài chính", "Quý I/2026"],
        )
    ).tasks[0]
    assert (task.lead, task.coordinating) == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"])
    assert (task.lead_raw, task.coordinating_raw) == ("Sở Nội vụ", "Sở Tư pháp, Sở Tài chính")


def test_cells_merged_over_rows_pass_on_what_they_say():
    tasks = plan(
        table(
            ["Nhóm", "Nhiệm vụ", "Chủ trì", "Lãnh đạo phụ trách", "Thời hạn"],
            ["Thể chế", "Rà soát văn bản", "Sở Tư pháp", "Phó Chủ tịch A", "Quý I/2026"],
            [UP, "Hệ thống hóa văn bản", UP, UP, UP],
            ["Nhân sự", "Đào tạo công chức", "Sở Nội vụ", "Phó Chủ tịch B", "Quý II/2026"],
        )
    ).tasks
    assert [task.section_path for task in tasks] == [["Thể chế"], ["Thể chế"], ["Nhân sự"]]
    assert (tasks[1].lead, tasks[1].extra["person"]) == (["Sở Tư pháp"], "Phó Chủ tịch A")
    assert tasks[1].inherited == ["lead", "deadline_text"]


def test_row_split_over_a_page_is_one_task():
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Rà soát, đơn giản hóa thủ tục hành chính", "Sở Nội vụ", "Tháng 6/2026,"],
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["", "nội bộ của tỉnh", "", "chậm nhất 15/7/2026"],
        ["2", "Báo cáo kết quả", "Sở Nội vụ", "Quý IV/2026"],
    ]
    tasks = plan(table(*rows, starts=(2,))).tasks
    assert [task.text for task in tasks] == [
        "Rà soát, đơn giản hóa thủ tục hành chính nội bộ của tỉnh",
        "Báo cáo kết quả",
    ]
    assert tasks[0].deadline_text == "Tháng 6/2026, chậm nhất 15/7/2026"


def test_column_without_a_role_is_kept_under_its_heading():
    task = plan(
        table(["TT", "Nhiệm vụ", "Chủ trì", "Địa điểm"], ["1", "Tập huấn kỹ năng số", "Sở Nội vụ", "Hội trường"])
    ).tasks[0]
    assert task.extra == {"Địa điểm": "Hội trường"}


@pytest.mark.parametrize(
    "heading",
    [
        ["TT", "Mã TTHC", "Tên thủ tục hành chính", "Cơ quan thực hiện", "Thời hạn giải quyết"],
        ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Nhiệm vụ"],
        ["STT", "Nội dung chi", "Số tiền", "Ghi chú"],
    ],
)
def test_tables_of_other_things_hold_no_tasks(heading):
    assert plan(table(heading, ["1"] + ["Sở Nội vụ"] * (len(heading) - 1))).tasks == []


def test_table_of_goals_gives_targets_and_no_tasks():
    read = plan(
        table(
            ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026"],
            ["1", "Tỷ lệ hồ sơ trực tuyến", "%", "80"],
        )
    )
    assert read.tasks == []
    assert [(target.value, target.unit) for target in read.targets] == [(80.0, "%")]


def test_two_plans_in_one_file_keep_their_ids_apart_and_warn():
    def letterhead(number, line):
        texts = ["ỦY BAN NHÂN DÂN", "XÃ ĐỒI THỬ", f"Số: {number}/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
        return [
            paragraph(text, line + at) for at, text in enumerate([*texts, "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH"])
        ]

    rows = [["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Rà soát thủ tục", "Sở Nội vụ", "Quý I/2026"]]
    read = plan(*letterhead(1, 300), table(*rows), *letterhead(2, 320), table(*rows))
    assert [task.id for task in read.tasks] == ["1", "VB2.1"]
    assert "several-documents" in {one.code for one in read.warnings}


def test_recognised_rows_are_never_accepted_unseen():
    rows = table(["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Rà soát thủ tục", "Sở Nội vụ", "Quý I/2026"])
    read = plan(rows, spots=tuple(Spot(page=1, confidence=0.97) for _ in range(400)))
    assert 0.5 < read.tasks[0].confidence < 0.9


words = st.sampled_from(
    ["TT", "1", "1.1", "a)", "I", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Sở Nội vụ", "Quý I/2026", "", UP, "- x", "……",
     "Cơ quan chủ trì: Sở A", "Điều 2. Giao Sở B", "Số: 1/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Phụ lục II"]
)  # fmt: skip
any_row = st.integers(1, 6).flatmap(lambda width: st.lists(words, min_size=width, max_size=width))
any_table = st.lists(any_row, min_size=1, max_size=8).map(lambda rows: table(*rows, starts=(3,)))
any_block = any_table | words.map(lambda text: paragraph(text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_block, max_size=8))
def test_any_blocks_are_understood(blocks):
    read = plan(*blocks)
    ids = [task.id for task in read.tasks]
    assert len(ids) == len(set(ids))
    assert all(0 <= task.confidence <= 1 for task in read.tasks)
    assert read.as_json()


def test_lone_title_in_a_table_without_numbers_heads_the_rows_below():
    read = plan(
        table(
            ["Nội dung công việc", "Đơn vị thực hiện", "Thời gian"],
            ["Công tác nhân sự", "", ""],
            ["Đào tạo công chức cấp xã", "Phòng Nội vụ", "Quý II/2026"],
        )
    )
    assert [(task.section_path, task.text) for task in read.tasks] == [
        (["Công tác nhân sự"], "Đào tạo công chức cấp xã")
    ]
