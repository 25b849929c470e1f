"""Task tables in all the manners we could think of, each invented here and held by what it must be read as."""

import pytest

from motcua.plans.rules.confidence import AUTO_ACCEPT
from motcua.plans.tests.variants import plan, told

HEADING = "TT|Nhiệm vụ|Chủ trì|Thời hạn"


@pytest.mark.parametrize(
    ("heading", "order"),
    [
        ("Phần việc cụ thể|Cánh tay nối dài|Bao lâu|Thấy gì", ("text", "lead", "due", "product")),
        ("Rõ việc|Rõ người, rõ trách nhiệm|Rõ thời gian|Rõ sản phẩm", ("text", "lead", "due", "product")),
        ("Việc phải làm|Giao cho|Mốc|Đầu ra", ("text", "lead", "due", "product")),
        ("Đầu mục công việc|Ai làm|Khi nào|Minh chứng", ("text", "lead", "due", "product")),
        ("Nội dung triển khai|Chủ thể thực hiện|Hạn chót|Sản phẩm bàn giao", ("text", "lead", "due", "product")),
    ],
)
def test_headings_of_any_words_are_told_by_the_cells(heading, order):
    rows = [
        "Rà soát quy trình nội bộ|Sở Nội vụ|Quý I/2026|Báo cáo",
        "Tập huấn công chức một cửa|Sở Tư pháp|Tháng 5/2026|02 lớp",
        "Công khai kết quả giải quyết|Văn phòng UBND tỉnh|30/6/2026|Bảng tin",
    ]
    assert told(plan([heading, *rows]), *order) == [
        ("Rà soát quy trình nội bộ", "Sở Nội vụ", "2026-03-31", "Báo cáo"),
        ("Tập huấn công chức một cửa", "Sở Tư pháp", "2026-05-31", "02 lớp"),
        ("Công khai kết quả giải quyết", "Văn phòng UBND tỉnh", "2026-06-30", "Bảng tin"),
    ]


def test_what_only_cells_tell_is_never_accepted_unseen():
    rows = ["Rà soát quy trình|Sở Nội vụ|Quý I/2026", "Tập huấn|Sở Tư pháp|Quý I/2026", "Họp|Sở Y tế|Quý I/2026"]
    read = plan(["Phần việc|Cánh tay|Bao lâu", *rows])
    assert read.tasks and all(task.confidence < AUTO_ACCEPT for task in read.tasks)


@pytest.mark.parametrize(
    "sections",
    [
        ("|Về thể chế||", "|Về bộ máy||"),
        ("I|Về thể chế||", "II|Về bộ máy||"),
        ("Về thể chế|||", "Về bộ máy|||"),
        ("|Về thể chế|Về thể chế|Về thể chế", "|Về bộ máy|Về bộ máy|Về bộ máy"),
    ],
)
def test_section_rows_head_the_rows_below(sections):
    read = plan(
        [
            HEADING,
            sections[0],
            "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026",
            "2|Hệ thống hóa văn bản|Sở Tư pháp|Quý II/2026",
            sections[1],
            "3|Sắp xếp đơn vị|Sở Nội vụ|Quý III/2026",
        ]
    )
    assert [(path.split(". ")[-1], number) for path, number in told(read, "path", "number")] == [
        ("Về thể chế", "1"),
        ("Về thể chế", "2"),
        ("Về bộ máy", "3"),
    ]


def test_section_row_in_a_first_column_of_times_is_no_time():
    read = plan(
        [
            "Mốc hoàn thành|Số TT|Đầu việc|Phòng chịu trách nhiệm",
            "A. Hạ tầng|||",
            "T01/2026|1.|Khảo sát máy trạm|Văn phòng Sở",
            "B. Dữ liệu|||",
            "Xong trước 30/6/2026|2.|Chuẩn hóa dữ liệu|Phòng Kinh tế",
        ]
    )
    assert told(read, "path", "number", "due") == [
        ("A. Hạ tầng", "1", "2026-01-31"),
        ("B. Dữ liệu", "2", "2026-06-29"),
    ]


@pytest.mark.parametrize(
    ("printed", "number"), [("1.", "1"), ("01", "01"), ("(1)", "(1)"), ("NV-01", "NV-01"), ("I.1", "I.1")]
)
def test_numbers_of_rows_are_kept_as_printed(printed, number):
    read = plan([HEADING, f"{printed}|Rà soát văn bản|Sở Tư pháp|Quý I/2026"])
    assert told(read, "number", "text") == [(number, "Rà soát văn bản")]


def test_column_of_numbers_is_known_by_its_numbers():
    read = plan(
        [
            "Mục lục|Nội dung giao|Đầu mối chủ trì|Tiến độ",
            "1|Nhiệm vụ về quy trình||",
            "1.1|Rút gọn quy trình|Sở Tài chính|Quý I/2026",
            "1.2|Ủy quyền cho cấp xã|Sở Nội vụ|Quý II/2026",
        ]
    )
    assert told(read, "path", "number") == [("1. Nhiệm vụ về quy trình", "1.1"), ("1. Nhiệm vụ về quy trình", "1.2")]


def test_groups_keep_their_own_numbers():
    apart = plan(
        [
            "TT|Nhóm nhiệm vụ|STT|Nhiệm vụ|Chủ trì|Thời hạn",
            "I|Thể chế|1|Rà soát văn bản|Sở Tư pháp|Quý I/2026",
            "^|^|2|Hệ thống hóa văn bản|Sở Tư pháp|Quý II/2026",
        ]
    )
    assert told(apart, "path", "number") == [("I. Thể chế", "1"), ("I. Thể chế", "2")]
    merged = plan(
        [
            "TT|Nhiệm vụ|Hoạt động|Chủ trì|Thời hạn",
            "1|Thể chế|Rà soát văn bản|Sở Tư pháp|Quý I/2026",
            "^|^|Hệ thống hóa văn bản|Sở Tư pháp|Quý II/2026",
        ]
    )
    assert told(merged, "path", "number") == [("1. Thể chế", ""), ("1. Thể chế", "")]


@pytest.mark.parametrize(
    "table",
    [
        ["Nhiệm vụ|Rà soát quy trình", "Đơn vị chủ trì|Sở Nội vụ", "Thời hạn|Quý I/2026", "Sản phẩm|Báo cáo"],
        ["1|Tên nhiệm vụ|Rà soát quy trình", "2|Cơ quan chủ trì|Sở Nội vụ", "3|Thời gian hoàn thành|Quý I/2026",
         "4|Sản phẩm|Báo cáo"],
        ["a) Nội dung công việc:|Rà soát quy trình", "b) Đơn vị thực hiện:|Sở Nội vụ", "c) Thời hạn:|Quý I/2026",
         "d) Kết quả:|Báo cáo"],
    ],
)  # fmt: skip
def test_table_on_its_side_is_one_task(table):
    assert told(plan(table), "text", "lead", "due", "product") == [
        ("Rà soát quy trình", "Sở Nội vụ", "2026-03-31", "Báo cáo")
    ]


def test_table_on_its_side_may_hold_several_tasks():
    below = ["Nhiệm vụ 1|Rà soát", "Đơn vị chủ trì|Sở Nội vụ", "Thời hạn|Quý I/2026", "Nhiệm vụ 2|Tập huấn",
             "Đơn vị chủ trì|Sở Tư pháp", "Thời hạn|Quý II/2026"]  # fmt: skip
    beside = ["Nhiệm vụ|Rà soát|Tập huấn", "Chủ trì|Sở Nội vụ|Sở Tư pháp", "Thời hạn|Quý I/2026|Quý II/2026"]
    wanted = [("Rà soát", "Sở Nội vụ", "2026-03-31"), ("Tập huấn", "Sở Tư pháp", "2026-06-30")]
    assert told(plan(below), "text", "lead", "due") == wanted
    assert told(plan(below), "number") == [("1",), ("2",)]
    assert told(plan(beside), "text", "lead", "due") == wanted


def test_body_in_the_heading_above_a_table_leads_its_rows():
    table = ["Số|Việc được giao|Kết quả|Hạn", "1|Rà soát quy trình|Báo cáo|30/4/2026"]
    read = plan("1. Sở Nội vụ", table, "2. Công an tỉnh", table)
    assert told(read, "path", "lead", "number") == [
        ("1. Sở Nội vụ", "Sở Nội vụ", "1"),
        ("2. Công an tỉnh", "Công an tỉnh", "1"),
    ]
    lists = ["TT|Nhiệm vụ được giao", "1|Rà soát quy trình", "2|Tập huấn công chức"]
    assert told(plan("1. Sở Nội vụ", lists), "lead") == [("Sở Nội vụ",)] * 2
    asked = plan("Giao Sở Nội vụ chủ trì thực hiện các nhiệm vụ sau:", table)
    assert told(asked, "lead") == [("Sở Nội vụ",)]


@pytest.mark.parametrize("heading", ["TT|Nhiệm vụ|Thời hạn|Kết quả", "TT|Nhiệm vụ|Chủ trì|Thời hạn"])
def test_body_in_a_section_row_leads_the_rows_below(heading):
    when = "Quý I/2026|Báo cáo" if "Kết quả" in heading else "|Quý I/2026"
    read = plan([heading, "I|SỞ NỘI VỤ||", f"1|Rà soát quy trình|{when}", f"2|Tập huấn công chức|{when}"])
    assert told(read, "path", "lead", "due") == [("I. SỞ NỘI VỤ", "Sở Nội vụ", "2026-03-31")] * 2


def test_lone_part_of_a_document_is_no_section_of_its_table():
    read = plan("II. NỘI DUNG", [HEADING, "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026"])
    assert told(read, "path") == [("",)]
    table = [HEADING, "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026"]
    two = plan("II. VIỆC TRỌNG TÂM", table, "III. VIỆC THƯỜNG XUYÊN", table)
    assert told(two, "path") == [("II. VIỆC TRỌNG TÂM",), ("III. VIỆC THƯỜNG XUYÊN",)]


@pytest.mark.parametrize("mark", ["nt", "-nt-", "Như trên", '"', "''"])
def test_ditto_takes_what_stands_above(mark):
    read = plan([HEADING, "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026", f"2|Hệ thống hóa|{mark}|{mark}"])
    assert told(read, "lead", "due") == [("Sở Tư pháp", "2026-03-31")] * 2


def test_marks_below_bodies_tell_who_leads_and_who_helps():
    read = plan(
        [
            "TT|Nhiệm vụ|Sở Nội vụ|Sở Tư pháp|Văn phòng UBND tỉnh|Thời hạn",
            "1|Rà soát quy trình|x|||Quý I/2026",
            "2|Tập huấn công chức|PH|CT||Quý II/2026",
        ]
    )
    assert told(read, "lead", "coordinating") == [("Sở Nội vụ", ""), ("Sở Tư pháp", "Sở Nội vụ")]


@pytest.mark.parametrize(
    ("months", "due"),
    [("T1|T2|T3", "2026-02-28"), ("Q.I|Q.II|Q.III", "2026-06-30"), ("Tháng 1|Tháng 2|Tháng 3", "2026-02-28")],
)
def test_marks_below_months_and_quarters_tell_when(months, due):
    read = plan([f"TT|Nhiệm vụ|Chủ trì|{months}", "1|Rà soát quy trình|Sở Nội vụ||x|"])
    assert told(read, "due") == [(due,)]


def test_month_in_the_section_row_completes_the_day():
    read = plan(
        [
            "Nội dung|Thời gian|Đơn vị thực hiện",
            "THÁNG 7||",
            "Họp sơ kết sáu tháng|Ngày 10|Văn phòng Sở",
            "Khảo sát tại quầy|Cả tháng|Phòng Kinh tế",
            "Lập dự toán năm sau|Tuần 1|Phòng Tài chính",
            "THÁNG 8||",
            "Đối chiếu phí, lệ phí|Trước ngày 15|Phòng Tài chính",
        ]
    )
    assert told(read, "due") == [("2026-07-10",), ("2026-07-31",), ("2026-07-07",), ("2026-08-14",)]


def test_items_listed_beside_their_times_are_tasks_of_their_own():
    read = plan(
        [
            HEADING,
            "1|- Xây dựng kế hoạch kiểm tra//- Tổ chức kiểm tra tại cơ sở|Sở Nội vụ|- Quý I/2026//- Quý II/2026",
            "2|Báo cáo kết quả|Sở Nội vụ|Quý III/2026",
        ]
    )
    assert told(read, "text", "due")[:2] == [
        ("Xây dựng kế hoạch kiểm tra", "2026-03-31"),
        ("Tổ chức kiểm tra tại cơ sở", "2026-06-30"),
    ]
    assert all(task.confidence < AUTO_ACCEPT for task in read.tasks[:2])


def test_list_of_items_with_one_time_stays_one_task():
    read = plan([HEADING, "1|Kiểm tra://- tại sở//- tại xã|- Sở Nội vụ//- Sở Tư pháp|Quý I/2026"])
    assert told(read, "text", "lead") == [("Kiểm tra: - tại sở - tại xã", "Sở Nội vụ; Sở Tư pháp")]


def test_beginning_and_end_in_columns_of_their_own_are_one_time():
    read = plan(["TT|Nhiệm vụ|Chủ trì|Từ ngày|Đến ngày", "1|Rà soát văn bản|Sở Tư pháp|01/02/2026|31/3/2026"])
    deadline = read.tasks[0].deadline
    assert (str(deadline.start), str(deadline.end)) == ("2026-02-01", "2026-03-31")


def test_table_goes_on_below_its_repeated_heading():
    read = plan(
        [HEADING, "1|Rà soát văn bản|Trung tâm Phục vụ hành chính công|Quý I/2026"],
        [HEADING, "||tỉnh|", "2|Hệ thống hóa văn bản|Sở Tư pháp|Quý II/2026"],
    )
    assert told(read, "number", "lead") == [
        ("1", "Trung tâm Phục vụ hành chính công tỉnh"),
        ("2", "Sở Tư pháp"),
    ]


def test_sum_at_the_end_of_a_table_is_no_task():
    rows = ["1|Rà soát văn bản|Sở Tư pháp|Quý I/2026|100", "|Tổng cộng|||100"]
    assert told(plan([f"{HEADING}|Kinh phí", *rows]), "text") == [("Rà soát văn bản",)]


def test_goals_in_a_table_with_the_body_that_watches_them():
    read = plan(
        [
            "STT|Tên chỉ tiêu|Mức giao|Cơ quan theo dõi",
            "1|Tỷ lệ hồ sơ đúng hạn|Từ 98% trở lên; riêng lĩnh vực đất đai từ 92% trở lên|Sở Nội vụ",
            "2|Thời gian chờ tại quầy|Không quá 15 phút/lượt|Sở Nội vụ",
        ]
    )
    assert read.tasks == []
    assert [(one.value, one.unit, one.comparator, one.is_exception) for one in read.targets] == [
        (98, "%", ">=", False),
        (92, "%", ">=", True),
        (15, "phút/lượt", "<=", False),
    ]


@pytest.mark.parametrize(
    "table",
    [
        ["STT|Nhiệm vụ/tiêu chí|Kết quả|Ghi chú", "1|Số văn bản đã ban hành|120|"],
        ["TT|Nội dung chi|Số tiền|Ghi chú", "1|Tập huấn|100|"],
        ["Bước 1|Tiếp nhận hồ sơ|Bộ phận Một cửa|0,5 ngày làm việc",
         "Bước 2|Phân công thụ lý|Lãnh đạo Phòng|0,5 ngày làm việc",
         "Bước 3|Thẩm định hồ sơ|Chuyên viên Phòng|02 ngày làm việc"],
    ],
)  # fmt: skip
def test_tables_of_results_money_and_steps_hold_no_tasks(table):
    assert plan(table).tasks == []


def test_heading_merged_over_two_columns_in_scraped_text_is_put_back():
    rows = ["1|Rà soát văn bản|Sở Tư pháp|Sở Nội vụ|Quý I/2026", "2|Tập huấn|Sở Nội vụ||Quý II/2026"]
    read = plan(["TT|Nhiệm vụ|Đơn vị thực hiện|Thời hạn", "Chủ trì|Phối hợp", *rows])
    assert told(read, "lead", "coordinating", "due") == [
        ("Sở Tư pháp", "Sở Nội vụ", "2026-03-31"),
        ("Sở Nội vụ", "", "2026-06-30"),
    ]


def test_cell_merged_with_the_one_above_and_not_printed_is_no_damage():
    rows = ["1|Rà soát văn bản|Sở Tư pháp|Quý I/2026|Báo cáo", "2|Hệ thống hóa|Sở Tư pháp|Danh mục"]
    read = plan(["TT|Nhiệm vụ|Chủ trì|Thời hạn|Sản phẩm", *rows])
    assert [(task.damaged, task.product) for task in read.tasks] == [(False, "Báo cáo"), (False, "Danh mục")]
    assert read.tasks[1].confidence < AUTO_ACCEPT


def test_number_beside_its_unit_is_the_goal_of_the_task():
    rows = ["1|Số hóa hồ sơ|%|90|Sở Nội vụ|31/12/2026", "2|Mở lớp tập huấn|lớp|≥ 5|Sở Tư pháp|30/6/2026"]
    read = plan(["TT|Nhiệm vụ|ĐVT|Chỉ tiêu 2026|Chủ trì|Thời hạn", *rows])
    assert [(one.task_id, one.value, one.unit, one.comparator) for one in read.targets] == [
        ("1", 90, "%", "none"),
        ("2", 5, "lớp", ">="),
    ]


def test_label_above_a_table_says_who_leads_its_rows():
    table = ["TT|Nhiệm vụ|Sản phẩm|Thời hạn", "1|Rà soát văn bản|Báo cáo|Quý I/2026"]
    assert told(plan("1. Cải cách thể chế", "Cơ quan chủ trì: Sở Tư pháp", table), "lead") == [("Sở Tư pháp",)]


def test_number_and_title_alone_head_the_rows_without_numbers_below():
    rows = ["1|Cải cách thể chế||", "|Rà soát văn bản|Sở Tư pháp|Quý I/2026", "|Hệ thống hóa|Sở Tư pháp|Quý II/2026",
            "2|Cải cách bộ máy||", "|Sắp xếp đơn vị|Sở Nội vụ|Quý III/2026"]  # fmt: skip
    assert told(plan([HEADING, *rows]), "path", "text") == [
        ("1. Cải cách thể chế", "Rà soát văn bản"),
        ("1. Cải cách thể chế", "Hệ thống hóa"),
        ("2. Cải cách bộ máy", "Sắp xếp đơn vị"),
    ]


def test_heading_with_one_letter_misread_names_its_column():
    read = plan(["TT|Nhiệm vụ|Chủ trì|Sản nhẩm phải có|Thời hạn", "1|Rà soát văn bản|Sở Tư pháp|Báo cáo|Quý I/2026"])
    assert told(read, "product") == [("Báo cáo",)]


def test_numbers_in_words_open_sections():
    rows = ["Nhóm I|Cải cách thể chế||", "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026",
            "Nhóm II|Cải cách bộ máy||", "2|Sắp xếp đơn vị|Sở Nội vụ|Quý II/2026"]  # fmt: skip
    assert told(plan([HEADING, *rows]), "path", "number") == [
        ("Nhóm I. Cải cách thể chế", "1"),
        ("Nhóm II. Cải cách bộ máy", "2"),
    ]


@pytest.mark.parametrize(("cell", "lead"), [("Phòng Kinh tế", "Phòng Kinh tế"), ("Nguyễn Văn Thử", "")])
def test_column_of_who_is_in_charge_leads_where_it_names_bodies(cell, lead):
    heading = "TT|Nội dung công việc|Đơn vị, cá nhân phụ trách|Hạn xong"
    rows = [f"1|Rà soát quy trình|{cell}|30/4/2026", f"2|Tập huấn công chức|{cell}|15/5/2026"]
    assert told(plan([heading, *rows]), "lead") == [(lead,)] * 2
