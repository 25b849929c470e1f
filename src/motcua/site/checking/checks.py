"""Run the parts, one after the other, and tell the result as a table."""

import argparse
import os
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from motcua.base import postgres
from motcua.base.command import FINDINGS, FINE
from motcua.base.refusal import Refused
from motcua.site.checking.needs import browser, recognition
from motcua.site.checking.parts import PARTS, Part
from motcua.site.checkout import checkout
from motcua.site.serving.telling import seconds

COUNTED = {"passed": "passed", "failed": "failed", "error": "failed", "errors": "failed", "skipped": "skipped"}
NO_TESTS = 5  # pytest's exit code where nothing was collected


@dataclass
class Result:
    """What came of one part."""

    part: Part
    passed: bool
    took: float = 0.0
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def arguments(parser: argparse.ArgumentParser) -> None:
    names = [part.name for part in PARTS]
    parser.add_argument("--only", nargs="+", choices=names, metavar="PHẦN", help=f"chỉ chạy: {', '.join(names)}")
    parser.add_argument("words", nargs="*", metavar="-- …", help="tham số chuyển cho pytest, sau dấu --")


def run(options: argparse.Namespace) -> int:
    """Run the parts asked for; return 1 if any of them fails."""
    root = checkout("test")
    parts = [part for part in PARTS if not options.only or part.name in options.only]
    # A home of its own: a system that runs beside the tests is not disturbed, and its data not touched.
    home = postgres.home() / "test"
    os.environ |= {"MOTCUA_HOME": str(home), "MOTCUA_POSTGRES_EPHEMERAL": "yes"}
    results = [_run_part(part, root, options.words) for part in parts]
    _table(results)
    return FINE if all(result.passed for result in results) else FINDINGS


def _run_part(part: Part, root: Path, words: list[str]) -> Result:
    print_line(f"\n── {part.what} ──")
    began = time.monotonic()
    result = Result(part, passed=True)
    # Without the settings that this command itself runs under: pytest's own (site.settings_test) must count.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    if part.needs_recognition:
        result.notes += recognition(print_line).notes
    if part.needs_browser:
        found = browser(print_line)
        result.notes += found.notes
        if found.program is None:
            # Not a failure: the machine does not allow it. The table says so in plain words.
            result.notes = [f"KHÔNG CHẠY: {found.missing}"]
            return result
        environment["MOTCUA_CHROMIUM"] = found.program
    if part.needs_database:
        try:
            postgres.start()
        except Refused as refusal:
            return Result(part, False, time.monotonic() - began, [refusal.message])
    for command in part.commands:
        is_pytest = "pytest" in command
        extra = words if is_pytest else []
        code, said = _run_command([*command, *extra], root, environment)
        if is_pytest:
            result.counts += count(said)
            if code == NO_TESTS:
                result.notes.append("không có bài kiểm thử nào")
                continue
        if code:
            result.passed = False
            result.notes.append(f"{' '.join(command[1:3])[:24]}: mã {code}")
    result.took = time.monotonic() - began
    return result


def _run_command(words: list[str], root: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run ``python words…``, showing its output as it comes; return its exit code and what it said."""
    said = []
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            print_line(line.rstrip("\n"))
    return process.returncode, "".join(said)


def count(said: str) -> Counter[str]:
    """Return passed, failed and skipped from pytest's last line ("3 failed, 10 passed in 2.1s").

    Errors count as failed.
    """
    for line in reversed(said.splitlines()):
        if re.search(r" in [\d.:]+", line) and (found := re.findall(r"(\d+) ([a-z]+)", line)):
            counts: Counter[str] = Counter()
            for number, what in found:
                if what in COUNTED:
                    counts[COUNTED[what]] += int(number)
            return counts
    return Counter()


def _table(results: list[Result]) -> None:
    print_line("\nPhần      Kết quả      Thời gian   Ghi chú")
    for result in results:
        mark = "KHÔNG CHẠY" if result.took == 0.0 and result.notes else "đạt" if result.passed else "HỎNG"
        notes = "; ".join(result.notes).removeprefix("KHÔNG CHẠY: ")
        print_line(f"{result.part.name:8}  {mark:11}  {seconds(result.took):>10}   {notes}".rstrip())
    total = sum((result.counts for result in results), Counter())
    print_line(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")


def print_line(text: str) -> None:
    """Write one line to standard output at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
