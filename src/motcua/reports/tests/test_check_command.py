"""``motcua report check``: what it prints and returns."""

import argparse
import json
from random import Random

import pytest

from motcua.base.refusal import Refused
from motcua.reports.check_command import REPORT_CHECK
from motcua.reports.rules.catalogue import demonstration_report
from motcua.reports.tests.drafts import clean_draft


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    REPORT_CHECK.arguments(parser)
    return REPORT_CHECK.run(parser.parse_args(words))


@pytest.fixture
def report_415(tmp_path):
    path = tmp_path / "bao-cao-415.txt"
    path.write_bytes(demonstration_report())
    return str(path)


def test_report_check_prints_findings_as_json(report_415, capsys):
    assert run(report_415, "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert {tuple(found) for found in printed} == {("rule", "severity", "where", "message", "found", "expected")}
    wrong = next(found for found in printed if found["rule"] == "V03")
    assert wrong == {
        "rule": "V03",
        "severity": "error",
        "where": {"appendix": 1, "row": "2", "line": 232},
        "message": "Phụ lục 1, dòng 2: ghi 100%, nhưng 2.2 / 2.1 (10 / 12) = 83,3 %.",
        "found": "100%",
        "expected": 83.3,
    }


def test_report_check_prints_a_readable_list(report_415, capsys):
    assert run(report_415) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 37
    assert lines[-1] == "36 điểm cần xem, trong đó 9 lỗi."


def test_report_check_of_a_right_report_is_fine(tmp_path, capsys):
    path = tmp_path / "dung.txt"
    path.write_text(clean_draft(Random(1)).text(), encoding="utf-8")
    assert run(str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(str(path)) == 0
    assert capsys.readouterr().out == "Không thấy điểm nào sai.\n"


def test_report_check_of_no_report_is_refused(tmp_path):
    path = tmp_path / "khac.txt"
    path.write_text("không phải báo cáo", encoding="utf-8")
    with pytest.raises(Refused, match="khac.txt"):
        run(str(path))
