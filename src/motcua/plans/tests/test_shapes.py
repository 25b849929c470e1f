"""Invented plans of other shapes than the samples: other headings, columns, numbering, layouts."""

from pathlib import Path

import pytest

from motcua.plans.rules.reader import read_plan

INVENTED = Path(__file__).parent / "invented"
SHIPPED = Path(__file__).parents[1] / "data"


def rows(name):
    return {task.id: task for task in read_plan(INVENTED / name).tasks}


def test_plan_without_numbers_with_budget_and_person_is_read():
    tasks = rows("budget.txt")
    assert list(tasks) == ["1", "2", "3", "4", "5"]
    assert tasks["1"].lead == ["Sở Thông tin và Truyền thông"]
    assert tasks["1"].extra == {"budget": "1.200", "person": "Nguyễn Văn Thử"}
    assert tasks["5"].deadline.as_json() == {"kind": "period", "start": "2024-07-01", "end": "2024-12-31"}


def test_plan_targets_with_exception_and_counts_are_read():
    targets = read_plan(INVENTED / "budget.txt").targets
    assert [(t.task_id, t.value, t.unit, t.comparator, t.tier, t.is_exception) for t in targets] == [
        ("2", 500, "cán bộ", ">=", None, False),
        ("4", 80, "%", ">=", None, False),
        ("4", 60, "%", "none", "xã", True),
    ]


def test_plan_with_an_impossible_date_is_warned_and_not_guessed():
    plan = read_plan(INVENTED / "budget.txt")
    assert [(one.code, one.line) for one in plan.warnings if one.severity == "error"] == [("date-impossible", 12)]
    assert [base.date for base in plan.legal_bases] == ["2020-06-03", None]


def test_plan_claim_that_holds_agrees():
    plan = read_plan(INVENTED / "budget.txt")
    assert [(claim.stated, claim.agrees) for claim in plan.claims] == [({"tasks": 5}, True)]


def test_plan_columns_in_any_order_and_restarting_numbers_are_read():
    tasks = rows("shuffled.txt")
    assert list(tasks) == ["PL.A.1.1", "PL.A.1.2", "PL.A.2", "PL.B.1", "PL.B.3"]
    assert tasks["PL.A.1.1"].section_path == ["Phụ lục", "A. VỀ THỂ CHẾ", "1. Xây dựng quy chế"]
    assert (tasks["PL.A.1.1"].lead, tasks["PL.A.1.1"].coordinating) == (["Phòng Nội vụ"], ["Phòng Tư pháp"])


def test_plan_skipped_number_is_reported_lost():
    plan = read_plan(INVENTED / "shuffled.txt")
    assert [(row.number, row.section_path[-1]) for row in plan.missing_rows] == [("2", "B. VỀ NHÂN SỰ")]
    assert plan.has_losses


def test_plan_in_articles_gives_body_tasks():
    plan = read_plan(INVENTED / "articles.txt")
    assert plan.tasks == []
    assert [(task.id, task.lead) for task in plan.body_tasks] == [
        ("Đ1", ["Sở Nội vụ"]),
        ("Đ2.1", ["Sở Tư pháp"]),
        ("Đ2.2", ["Sở Tài chính", "Sở Kế hoạch và Đầu tư"]),
        ("Đ2.3", ["Ủy ban Mặt trận Tổ quốc tỉnh"]),
        ("Đ3", ["Văn phòng UBND tỉnh"]),
    ]
    assert plan.body_tasks[0].deadline.as_json() == {"kind": "before", "before": "2024-06-30"}


def test_plan_between_bars_with_two_heading_rows_is_read():
    tasks = rows("bars.txt")
    assert list(tasks) == ["PL1.I.1", "PL1.I.2", "PL1.I.4"]
    assert tasks["PL1.I.1"].text == "Công khai thủ tục hành chính tại Trung tâm Phục vụ hành chính công xã"
    assert tasks["PL1.I.1"].coordinating == ["Các phòng chuyên môn"]
    assert (tasks["PL1.I.4"].lead, tasks["PL1.I.4"].coordinating) == (["Phòng Văn hóa - Xã hội"], [])


def test_plan_with_rows_closed_by_bars_is_read():
    tasks = rows("closed_rows.txt")
    assert list(tasks) == ["PL.I.1", "PL.I.2"]
    assert tasks["PL.I.1"].text == "Ban hành quy chế quản lý dịch vụ công"
    assert (tasks["PL.I.1"].line_start, tasks["PL.I.1"].line_end) == (11, 12)
    assert tasks["PL.I.2"].deadline.every == "quarter"


def test_plan_as_a_stream_of_cells_closed_by_bars_is_read():
    plan = read_plan(INVENTED / "closed_stream.txt")
    assert [(task.id, task.text, task.coordinating) for task in plan.tasks] == [
        ("PL.I.1", "Lập đoàn kiểm tra", ["Văn phòng UBND tỉnh"]),
        ("PL.I.2", "Kiểm tra tại các xã", []),
    ]
    assert (plan.document.number, plan.document.date) == ("58/KH-UBND", "2024-04-25")
    assert [task.lead for task in plan.body_tasks] == [["Sở Tài chính"]]


@pytest.mark.parametrize(("name", "count"), [("ha_tinh_2022.txt", 34), ("thach_chau_2023.txt", 35)])
def test_shipped_demonstration_plans_are_read_whole(name, count):
    plan = read_plan(SHIPPED / name)
    assert len(plan.tasks) == count
    assert min(task.confidence for task in plan.tasks) > 0.8
    assert not plan.has_losses


def test_shipped_report_holds_no_tasks():
    assert read_plan(SHIPPED / "ha_giang_report_2023.txt").tasks == []
