"""Strangers' reports through the limited process, also in formats that have no reader of their own here."""

from random import Random

import pytest

from motcua.base.refusal import Refused
from motcua.reports.report_files import read_report_file
from motcua.reports.rules.report_reading import read_report
from motcua.reports.tests.drafts import clean_draft


def test_report_reads_the_same_in_the_limited_process():
    content = clean_draft(Random(1)).text().encode()
    assert read_report_file(content, "a.txt") == read_report(content, "a.txt")


def test_report_saved_as_a_page_gives_its_figures():
    rows = "<tr><td>STT<td>Chỉ tiêu<td>Đơn vị tính<td>Số liệu<td>Ghi chú"
    rows += "<tr><td>2.1<td>Số nhiệm vụ đề ra trong kế hoạch<td>Nhiệm vụ<td>12<td>"
    page = f"<html><meta charset=utf-8><p>Phụ lục 1</p><table>{rows}</table></html>"
    assert read_report_file(page.encode(), "a.html").appendices[1]["2.1"].value == "12"


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\xd0\xcf\x11\xe0 old word", b"<html>", b"PK\x03\x04 torn", b""])
def test_file_that_is_no_report_is_refused_with_its_name(content):
    with pytest.raises(Refused, match="thu.bin"):
        read_report_file(content, "thu.bin")
