"""Reports of many offices and kinds, numbers marked {right>wrong}: silent where right, each wrong one told."""

import re
from pathlib import Path

import pytest

from motcua.reports.rules.checking import check_report
from motcua.reports.rules.report_reading import read_report

SAMPLES = sorted((Path(__file__).parent / "samples").glob("marked_*.txt"))
MARK = re.compile(r"\{([^{}>]*)>([^{}]*)\}")


def said(text):
    return [(found.rule, found.message) for found in check_report(read_report(text.encode(), "a.txt"))]


def with_wrong(text, place):
    """Return the report with the mark at ``place`` wrong and all others right."""
    return MARK.sub(lambda mark: mark[2] if mark.start() == place else mark[1], text)


def marks():
    for path in SAMPLES:
        for mark in MARK.finditer(path.read_text(encoding="utf-8")):
            yield pytest.param(path, mark.start(), id=f"{path.stem} {mark[0]} at {mark.start()}")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_right_report_raises_no_alarm(path):
    assert said(with_wrong(path.read_text(encoding="utf-8"), -1)) == []


@pytest.mark.parametrize(("path", "place"), list(marks()))
def test_wrong_number_of_a_report_is_told(path, place):
    assert said(with_wrong(path.read_text(encoding="utf-8"), place))
