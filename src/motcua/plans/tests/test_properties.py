"""Generated task tables: order of columns, repeated headers, cells printed twice, page breaks change nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.plans.rules.reader import read_plan

HEADINGS = {
    "number": ["STT", "TT"],
    "text": ["Nhiệm vụ", "Nội dung công việc", "Hoạt động"],
    "lead": ["Cơ quan chủ trì", "Đơn vị thực hiện", "Đơn vị chủ trì"],
    "coordinating": ["Cơ quan phối hợp", "Đơn vị phối hợp"],
    "product": ["Sản phẩm", "Dự kiến sản phẩm", "Kết quả"],
    "deadline": ["Thời gian hoàn thành", "Thời hạn", "Tiến độ"],
}
WORDS = ["Rà soát", "Xây dựng", "Kiểm tra", "Số hóa", "Tập huấn", "Công khai"]
THINGS = ["thủ tục hành chính", "quy trình nội bộ", "hồ sơ điện tử", "kế hoạch năm", "cơ sở dữ liệu"]
LEADS = ["Sở Nội vụ", "Sở Tư pháp", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Công an tỉnh"]
DEADLINES = ["Quý II/2024", "Trước ngày 15/3/2024", "Thường xuyên", "Hàng quý", "30/6/2024", "Tháng 5/2024"]

row = st.fixed_dictionaries(
    {
        "text": st.tuples(st.sampled_from(WORDS), st.sampled_from(THINGS), st.integers(1, 99)).map(
            lambda parts: f"{parts[0]} {parts[1]} đợt {parts[2]}"
        ),
        "lead": st.sampled_from(LEADS),
        "coordinating": st.sampled_from([*LEADS, ""]),
        "product": st.sampled_from(["Báo cáo", "Kế hoạch được ban hành", "Quyết định", ""]),
        "deadline": st.sampled_from(DEADLINES),
    }
)
table = st.fixed_dictionaries(
    {
        "rows": st.lists(row, min_size=3, max_size=12),
        "order": st.permutations(["text", "lead", "coordinating", "product", "deadline"]),
        "headings": st.fixed_dictionaries({role: st.sampled_from(names) for role, names in HEADINGS.items()}),
        "breaks": st.sets(st.integers(1, 11), max_size=3),
    }
)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lines_of(made, *, join, header_again=True):
    columns = ["number", *made["order"]]
    header = join([made["headings"][role] for role in columns])
    lines = [header]
    for number, one in enumerate(made["rows"], start=1):
        if header_again and number > 1 and number - 1 in made["breaks"]:
            lines += ["", header]
        lines.append(join([str(number) if role == "number" else one[role] for role in columns]))
    return lines


def check(made, text):
    tasks = read_plan(text.encode()).tasks
    assert [task.number for task in tasks] == [str(number) for number in range(1, len(made["rows"]) + 1)]
    for task, one in zip(tasks, made["rows"], strict=True):
        assert (task.text, task.lead_raw, task.coordinating_raw, task.product, task.deadline_text) == (
            one["text"],
            one["lead"],
            one["coordinating"],
            one["product"],
            one["deadline"],
        )
        assert task.deadline.kind != "unspecified"


@few
@given(table)
def test_tabbed_table_reads_back(made):
    check(made, "PHỤ LỤC\n\n" + "\n".join(lines_of(made, join="\t".join)) + "\n")


@few
@given(table)
def test_markdown_table_reads_back(made):
    check(made, "PHỤ LỤC\n\n" + "\n".join(lines_of(made, join=lambda cells: "| " + " | ".join(cells) + " |")) + "\n")


@few
@given(table)
def test_indented_table_reads_back(made):
    lines = lines_of(made, join=lambda cells: "\n".join(f"\t{cell}" for cell in cells) + "\n")
    check(made, "PHỤ LỤC\n\n" + "\n".join(lines) + "\n")


@few
@given(table)
def test_indented_table_with_every_cell_printed_twice_reads_back(made):
    def twice(cells):
        return "\n".join(f"\t{cells[0]}" if at == 0 else f"\t{cell}\n\t{cell}" for at, cell in enumerate(cells)) + "\n"

    check(made, "PHỤ LỤC\n\n" + "\n".join(lines_of(made, join=twice)) + "\n")


@few
@given(table, st.sampled_from(["I", "II", "A"]))
def test_section_title_repeated_over_the_width_is_no_task(made, label):
    lines = lines_of(made, join="\t".join, header_again=False)
    lines.insert(1, "\t".join([label] + ["Nhóm nhiệm vụ về thủ tục hành chính"] * 5))
    check(made, "PHỤ LỤC\n\n" + "\n".join(lines) + "\n")


@few
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    from motcua.base.refusal import Refused

    try:
        read_plan(content)
    except Refused as refusal:
        assert refusal.message
