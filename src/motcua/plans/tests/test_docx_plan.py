"""A plan as DOCX: merged cells head sections and pass on who leads."""

import io

import docx
import pytest

from motcua.plans.rules.reader import read_plan


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def plan_docx():
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC")
    table = document.add_table(rows=5, cols=5)
    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Sản phẩm", "Thời gian"],
        ["I", "Nhóm việc về thủ tục", "", "", ""],
        ["1", "Rà soát quy trình nội bộ", "Sở Nội vụ", "Báo cáo", "Quý I/2024"],
        ["2", "Số hóa hồ sơ lưu trữ", "", "Hồ sơ", "Quý II/2024"],
        ["3", "Công khai thủ tục", "Sở Tư pháp", "Trang tin", "Thường xuyên"],
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(1, 4))
    table.cell(2, 2).merge(table.cell(3, 2))
    return saved(document)


def test_docx_plan_reads_section_and_inherits_merged_lead(plan_docx):
    tasks = read_plan(plan_docx).tasks
    assert [task.id for task in tasks] == ["PL.I.1", "PL.I.2", "PL.I.3"]
    assert [task.lead for task in tasks] == [["Sở Nội vụ"], ["Sở Nội vụ"], ["Sở Tư pháp"]]
    assert tasks[1].inherited == ["lead"]
