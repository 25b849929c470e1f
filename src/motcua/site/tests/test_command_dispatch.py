"""The dispatcher: which command, what exit code, what is said where."""

import os
import subprocess
import sys

import pytest

from motcua.base.command import Command
from motcua.base.refusal import Refused
from motcua.site import cli
from motcua.site.checking.checks import count


@pytest.fixture
def offer(monkeypatch):
    def offer(*commands):
        monkeypatch.setattr(cli, "_offered", lambda: list(commands))

    return offer


def test_longest_name_wins_and_the_rest_are_its_words(offer):
    seen = []

    def remember(options):
        seen.append(options.word)
        return 1

    offer(
        Command("plan", "kế hoạch", lambda _options: 0),
        Command("plan read", "đọc", remember, lambda parser: parser.add_argument("word")),
    )
    assert cli.main(["plan", "read", "x.txt"]) == 1
    assert seen == ["x.txt"]
    assert cli.main(["plan"]) == 0


def test_refusal_is_said_on_standard_error_and_is_bad_input(offer, capsys):
    def refuse(_options):
        raise Refused("Dòng 3: thiếu số.")

    offer(Command("plan read", "đọc", refuse))
    assert cli.main(["plan", "read"]) == 2
    assert capsys.readouterr() == ("", "Dòng 3: thiếu số.\n")


def test_unknown_command_lists_the_commands(offer, capsys):
    offer(Command("plan read", "đọc kế hoạch", lambda _options: 0))
    assert cli.main(["ploan"]) == 2
    said = capsys.readouterr().err
    assert "Không có lệnh: ploan" in said
    assert "plan read" in said and "đọc kế hoạch" in said


def test_half_a_command_lists_its_endings_alone(offer, capsys):
    offer(Command("plan read", "đọc", lambda _options: 0), Command("report fill", "điền", lambda _options: 0))
    assert cli.main(["plan"]) == 2
    said = capsys.readouterr().err
    assert "plan read" in said
    assert "report fill" not in said


def test_asking_for_help_is_fine(offer):
    offer()
    assert cli.main(["--help"]) == 0


def test_wrong_argument_is_bad_input(offer):
    offer(Command("plan read", "đọc", lambda _options: 0))
    with pytest.raises(SystemExit) as end:
        cli.main(["plan", "read", "--nonsense"])
    assert end.value.code == 2


def test_interruption_ends_tidily(offer, capsys):
    def interrupted(_options):
        raise KeyboardInterrupt

    offer(Command("long", "lâu", interrupted))
    assert cli.main(["long"]) == 130
    assert capsys.readouterr().err == "Đã dừng theo yêu cầu.\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "o.pdf"), "Không đọc hoặc ghi được o.pdf: Permission denied.\n"),
        (OSError(28, "No space left on device"), "Không đọc hoặc ghi được dữ liệu: No space left on device.\n"),
        (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "x"), "Tham số có ký tự không phải UTF-8.\n"),
    ],
)
def test_disk_or_letters_that_fail_are_no_traceback(offer, capsys, error, said):
    def fail(_options):
        raise error

    offer(Command("long", "lâu", fail))
    assert cli.main(["long"]) == 2
    assert capsys.readouterr() == ("", said)


def test_reader_that_goes_away_is_no_traceback():
    code = (
        "import sys; from motcua.site import cli; from motcua.base.command import Command, print_json\n"
        "cli._offered = lambda: [Command('much', 'nhiều', lambda options: print_json(list(range(200000))) or 0)]\n"
        "sys.exit(cli.main(['much']))"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    )
    program.stdout.read(10)
    program.stdout.close()
    said = program.stderr.read()
    program.stderr.close()
    assert program.wait() == 141
    assert said == b""


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("3 failed, 10 passed, 2 skipped in 2.13s\n", {"failed": 3, "passed": 10, "skipped": 2}),
        ("==== 1 passed, 1 error in 61.02s (0:01:01) ====\n", {"passed": 1, "failed": 1}),
        ("12 passed, 4 deselected, 1 warning in 0.10s\nbye\n", {"passed": 12}),
        ("no tests ran in 0.01s\n", {}),
        ("", {}),
    ],
)
def test_last_line_of_pytest_is_counted(said, counts):
    assert dict(count(said)) == counts
