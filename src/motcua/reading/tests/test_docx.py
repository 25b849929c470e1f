"""DOCX into the same model as text."""

import io
import zipfile

import docx
import pytest

from motcua.base.refusal import Refused
from motcua.reading.reader import read


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


def test_docx_grid_knows_merged_cells(plan_docx):
    table = read(plan_docx).tables[0]
    assert table.width == 5
    assert [cell.column for cell in table.rows[1].cells] == [0, 1, 2, 3, 4]
    assert table.rows[3].cells[2].is_merged_up


def test_docx_without_text_is_refused():
    with pytest.raises(Refused, match="không có chữ"):
        read(saved(docx.Document()))


def test_zip_that_is_no_docx_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(Refused, match="DOCX"):
        read(buffer.getvalue())


def test_docx_that_unpacks_beyond_reason_is_refused(monkeypatch, plan_docx):
    monkeypatch.setattr("motcua.reading.package.MAX_UNPACKED", 100)
    with pytest.raises(Refused, match="bất thường"):
        read(plan_docx)
