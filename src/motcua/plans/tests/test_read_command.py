"""``motcua plan read``: contract, exit codes, bad input."""

import argparse
import json
from pathlib import Path

import pytest

from motcua.base.command import BAD_INPUT, FINDINGS, FINE
from motcua.plans.read_command import PLAN_READ

HERE = Path(__file__).parent


def run(capfdbinary, file, *, as_json=True):
    code = PLAN_READ.run(argparse.Namespace(file=str(file), json=as_json))
    out, error = capfdbinary.readouterr()
    return code, out.decode(), error.decode()


def test_plan_read_json_has_the_contract(capfdbinary):
    code, out, _ = run(capfdbinary, HERE.parent / "data" / "ha_tinh_2022.txt")
    plan = json.loads(out)
    assert code == FINE
    assert plan["document"]["number"] == "461/QĐ-UBND"
    assert {"claims", "tasks", "targets", "warnings"} <= set(plan)
    assert {
        "id",
        "section_path",
        "number",
        "text",
        "lead",
        "coordinating",
        "product",
        "deadline_text",
        "deadline",
        "source",
        "confidence",
        "warnings",
    } <= set(plan["tasks"][0])
    assert {"task_id", "text", "value", "unit", "comparator", "scope"} <= set(plan["targets"][0])


def test_plan_read_lists_in_vietnamese(capfdbinary):
    _, out, _ = run(capfdbinary, HERE.parent / "data" / "thach_chau_2023.txt", as_json=False)
    assert out.startswith("Kế hoạch 15/KH-UBND ngày 2023-03-10")


def test_plan_read_with_losses_ends_with_1(capfdbinary):
    assert run(capfdbinary, HERE / "invented" / "shuffled.txt")[0] == FINDINGS


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        (b" \n\t\n", "rỗng"),
        (b"\x00\x01\x02" * 50, "nhị phân"),
        (b"K\xd5t qu\xe9 \xff\xfe\x81", "UTF-8"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04broken", "DOCX"),
        (b"\x89PNG\r\n", "ảnh"),
    ],
)
def test_plan_read_refuses_bad_input(capfdbinary, tmp_path, content, says):
    file = tmp_path / "plan.txt"
    file.write_bytes(content)
    code, out, error = run(capfdbinary, file)
    assert (code, out) == (BAD_INPUT, "")
    assert says in error


@pytest.mark.parametrize("content", ["Kế hoạch năm 2024".encode("utf-16-le"), b"K\xd5 ho\xb9ch n\xa8m 2024"])
def test_plan_read_reads_other_charsets_and_old_fonts(capfdbinary, tmp_path, content):
    file = tmp_path / "plan.txt"
    file.write_bytes(content)
    assert run(capfdbinary, file)[0] == FINE


def test_plan_read_refuses_a_file_that_is_not_there(capfdbinary, tmp_path):
    code, _, error = run(capfdbinary, tmp_path / "absent.txt")
    assert code == BAD_INPUT
    assert "absent.txt" in error
