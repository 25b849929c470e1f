"""The status page is complete and names tests that exist."""

import re
from pathlib import Path

import motcua

PACKAGE = Path(motcua.__file__).parent
PAGE = PACKAGE.parents[1] / "docs" / "status.md"
ROW = re.compile(r"^\| (C\d{3}) \| (.+?) \| (works|partly|not yet) \| (?:`(.+?)`)? ?\| (.*?) ?\|$")


def _rows():
    return [match for line in PAGE.read_text(encoding="utf-8").splitlines() if (match := ROW.match(line))]


def test_every_capability_has_one_row():
    assert [row[1] for row in _rows()] == [f"C{number:03d}" for number in range(1, 143)]


def test_what_works_is_shown_by_a_test_that_exists():
    missing = []
    for row in _rows():
        if row[3] == "not yet":
            continue
        path, _, name = (row[4] or "").partition("::")
        file = PACKAGE / path
        if not path or not file.is_file() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            missing.append(row[1])
    assert missing == []


def test_what_works_partly_says_what_is_missing():
    assert [row[1] for row in _rows() if row[3] == "partly" and not row[5]] == []
