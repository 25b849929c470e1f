"""``motcua plan compare``: words or JSON, with the exit codes of the house."""

import argparse
import json

import pytest

from motcua.base.command import BAD_INPUT, FINDINGS, FINE
from motcua.plans.compare_command import PLAN_COMPARE
from motcua.plans.factories import plan_text
from motcua.plans.seed import COMMUNE_PLAN, PROVINCE_PLAN


def _run(*words):
    parser = argparse.ArgumentParser()
    PLAN_COMPARE.arguments(parser)
    return PLAN_COMPARE.run(parser.parse_args([str(word) for word in words]))


@pytest.mark.slow
def test_real_case_in_words_and_json(capsys):
    assert _run(PROVINCE_PLAN, COMMUNE_PLAN) == FINDINGS
    assert "Khớp: 20 dòng" in capsys.readouterr().out
    assert _run(PROVINCE_PLAN, COMMUNE_PLAN, "--json") == FINDINGS
    told = json.loads(capsys.readouterr().out)
    assert (told["child"]["level"], told["parent"]["rows"], told["matched"]) == ("commune", 34, 20)


@pytest.mark.slow
def test_equal_plans_are_fine_and_a_missing_file_is_not(tmp_path):
    file = tmp_path / "kh.txt"
    file.write_bytes(plan_text([("1", "Ban hành quy chế", "Sở Thử Nghiệm", "", "Quy chế", "Quý I/2026")]))
    assert _run(file, file) in (FINE, FINDINGS)
    assert _run(file, tmp_path / "khong-co.txt") == BAD_INPUT
