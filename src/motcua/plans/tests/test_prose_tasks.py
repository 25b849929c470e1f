"""Plans without tables: who and when stand in lines of their own below each paragraph."""

from pathlib import Path

import pytest

from motcua.plans.rules.reader import read_plan
from motcua.plans.rules.sentences.body_tasks import body_tasks
from motcua.plans.rules.sentences.fields import fields_of
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.sentences.prose_tasks import prose_tasks
from motcua.plans.rules.values import Metadata

INVENTED = Path(__file__).parent / "invented"


def passages(*texts):
    return [Passage(text, line, line) for line, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Cơ quan chủ trì: Sở Nội vụ.", [("lead", "Sở Nội vụ")]),
        ("Thời gian hoàn thành: Quý II/2026", [("deadline", "Quý II/2026")]),
        (
            "(Chủ trì: Sở A; phối hợp: Sở B; hoàn thành: Quý I/2026).",
            [("lead", "Sở A"), ("coordinating", "Sở B"), ("deadline", "Quý I/2026")],
        ),
        ("- Đơn vị thực hiện: A - Thời gian: Quý I", [("lead", "A"), ("deadline", "Quý I")]),
        ("1. Sở Tài chính: Bố trí kinh phí", []),
        ("Tổ chức thực hiện: theo quy định", []),
        ("- Kinh phí: 50 triệu đồng", []),
    ],
)
def test_fields_of_a_paragraph_are_found(text, found):
    assert [(one.role.value, one.value) for one in fields_of(text)] == found


def test_plan_in_paragraphs_gives_tasks():
    read = read_plan(INVENTED / "prose.txt")
    assert [(task.id, task.number, task.lead) for task in read.tasks] == [
        ("II.1.a", "a", ["Phòng Văn hóa - Xã hội"]),
        ("II.1.b", "b", ["Văn phòng HĐND và UBND xã"]),
        ("II.2", "2", ["Văn phòng HĐND và UBND xã"]),
        ("II.3", "3", ["Công an xã"]),
    ]
    assert read.tasks[0].section_path == ["II. NHIỆM VỤ VÀ GIẢI PHÁP", "1. Nâng cao nhận thức"]
    assert read.tasks[3].text == "Bảo đảm an toàn thông tin"
    assert [(task.id, task.lead) for task in read.body_tasks] == [
        ("III.1", ["Văn phòng HĐND và UBND xã"]),
        ("III.2.a", ["Phòng Kinh tế"]),
        ("III.2.b", ["Phòng Kinh tế"]),
    ]


def test_dashed_work_with_fields_below_is_a_task_each():
    tasks, _missing, _lines = prose_tasks(
        passages(
            "1. Công tác nội vụ",
            "- Xây dựng báo cáo quý",
            "+ Chủ trì: Phòng A",
            "+ Thời gian: 15/3/2026",
            "- Rà soát hồ sơ",
            "+ Chủ trì: Phòng B",
        ),
        set(),
    )
    assert [(task.parts["text"][0][1], task.section_path) for task in tasks] == [
        ("Xây dựng báo cáo quý", ["1. Công tác nội vụ"]),
        ("Rà soát hồ sơ", ["1. Công tác nội vụ"]),
    ]


def test_number_skipped_between_written_tasks_is_missing():
    lines = []
    for number in (1, 2, 4):
        lines += [f"{number}. Việc thứ {number}", "- Đơn vị chủ trì: Sở Nội vụ"]
    _tasks, missing, _lines = prose_tasks(passages(*lines), set())
    assert [row.number for row in missing] == ["3"]


def test_item_without_fields_among_items_with_them_is_kept_with_doubt():
    lines = ["1. Một", "- Chủ trì: Sở Nội vụ", "2. Hai", "3. Ba", "- Chủ trì: Sở Tư pháp"]
    tasks, _missing, _lines = prose_tasks(passages(*lines), set())
    assert [(task.number, "no-fields" in task.doubts) for task in tasks] == [("1", False), ("2", True), ("3", False)]


def test_description_of_procedures_gives_no_tasks():
    lines = ["1. Trình tự thực hiện", "2. Thành phần hồ sơ", "- Đơn vị thực hiện: Sở Nội vụ", "3. Phí, lệ phí",
             "- Cơ quan chủ trì: Sở Y tế"]  # fmt: skip
    assert prose_tasks(passages(*lines), set())[0] == []


def test_letter_gives_work_without_sections():
    read = body_tasks(
        passages(
            "1. Đề nghị các sở, ban, ngành:",
            "- Sở Y tế khắc phục tình trạng hồ sơ quá hạn trong tháng 5/2026.",
            "2. Giao Trung tâm Phục vụ hành chính công tỉnh tổng hợp hồ sơ quá hạn.",
            "Trên đây là nội dung giao việc.",
        ),
        Metadata(kind="Công văn", year=2026),
    )
    assert [task.lead for task in read] == [["Sở Y tế"], ["Trung tâm Phục vụ hành chính công tỉnh"]]


def test_closing_formula_gives_no_work():
    read = body_tasks(
        passages("II. TỔ CHỨC THỰC HIỆN", "Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện."), Metadata()
    )
    assert read == []


def test_body_named_in_brackets_leads_the_task():
    tasks, _missing, _lines = prose_tasks(
        passages(
            "CHƯƠNG TRÌNH CÔNG TÁC",
            "1. Trình ban hành Quy chế (Sở Nội vụ chủ trì, hoàn thành trước ngày 15/4/2026).",
            "2. Tổ chức hội nghị sơ kết (Sở Tư pháp chủ trì, phối hợp với Sở Tài chính; tháng 6/2026).",
        ),
        set(),
    )
    assert [task.id for task in tasks] == ["1", "2"]
    assert tasks[0].parts["text"][0][1] == "Trình ban hành Quy chế"
    assert [tasks[1].parts[name][0][1] for name in ("lead", "coordinating", "deadline")] == [
        "Sở Tư pháp",
        "Sở Tài chính",
        "tháng 6/2026",
    ]


def test_field_that_a_print_ran_into_the_line_before_is_a_field():
    tasks, _missing, _lines = prose_tasks(
        passages(
            "CHƯƠNG TRÌNH HÀNH ĐỘNG",
            "a) Bãi bỏ văn bản không còn phù hợp Chủ trì: Sở Tư pháp. Phối hợp: Sở Nội vụ. Thời gian: Quý II/2026.",
            "b) Sắp xếp đơn vị sự nghiệp. Chủ trì: Sở Nội vụ. Thời gian: Năm 2026.",
        ),
        set(),
    )
    assert [(task.parts["text"][0][1], task.parts["lead"][0][1]) for task in tasks] == [
        ("Bãi bỏ văn bản không còn phù hợp", "Sở Tư pháp"),
        ("Sắp xếp đơn vị sự nghiệp.", "Sở Nội vụ"),
    ]
