"""``motcua procedures search``: JSON on standard output, messages on standard error, exit codes."""

import argparse
import json

import pytest

from motcua.procedures.commands import COMMANDS

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    command = COMMANDS[0]
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


def test_command_is_named_and_needs_the_database():
    command = COMMANDS[0]
    assert (command.name, command.needs_database) == ("procedures search", True)


def test_hits_are_printed_as_json(some_procedures, capfdbinary):
    assert run("dang ky khai snih", "--limit", "1", "--json") == 0
    (found,) = json.loads(capfdbinary.readouterr().out)
    score = found.pop("score")
    assert found == {
        "code": "1.001193", "name": "Thủ tục đăng ký khai sinh", "field": "Hộ tịch",
        "why": "khớp: “dang ky”; “ky khai”; “khai sinh”",
    }  # fmt: skip
    assert 0.5 < score <= 1


def test_hits_are_printed_as_lines(some_procedures, capsys):
    assert run("khai sinh", "--limit", "1") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown == ["1.001193  Thủ tục đăng ký khai sinh  [Hộ tịch]", "          khớp: “khai sinh”"]


def test_people_s_words_are_told_with_the_law_s(some_procedures, capsys):
    assert run("vợ tôi mới sinh con", "--limit", "1") == 0
    found, why = capsys.readouterr().out.splitlines()
    assert found.startswith("1.001193  ")
    assert "“sinh con”" in why and why.endswith("→ đăng ký khai sinh")


def test_no_hit_is_a_finding(some_procedures, capfdbinary):
    assert run("zzzz", "--json") == 1
    assert json.loads(capfdbinary.readouterr().out) == []


@pytest.mark.parametrize("words", [["  "], ["khai sinh", "--limit", "0"], ["khai sinh", "--limit", "1001"]])
def test_bad_input_is_said(some_procedures, capsys, words):
    assert run(*words) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err


def test_empty_catalogue_is_said(db, capsys):
    assert run("khai sinh") == 2
    assert capsys.readouterr().err == "Danh mục thủ tục chưa được nạp.\n"
