"""``motcua report fill``: the file, and what is refused before one is written."""

import argparse

import pytest

from motcua.base.refusal import Refused
from motcua.reports.fill_command import REPORT_FILL

pytestmark = pytest.mark.django_db


def run(out, **asked: str) -> int:
    words = {"form": "cchc-appendix-3", "unit": "P.2", "period": "2026Q3", "out": str(out), **asked}
    parser = argparse.ArgumentParser()
    REPORT_FILL.arguments(parser)
    return REPORT_FILL.run(parser.parse_args([part for name, word in words.items() for part in (f"--{name}", word)]))


@pytest.mark.parametrize(("ending", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_report_fill_writes_a_file(cast, tmp_path, ending, start):
    out = tmp_path / f"bao-cao.{ending}"
    assert run(out) in (0, 1)
    assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    "asked",
    [{"form": "../x"}, {"unit": "P.9"}, {"period": "2026Q9"}, {"period": "2199Q4"}, {"period": "1990"}],
)
def test_report_fill_of_what_is_not_writes_nothing(cast, tmp_path, asked):
    with pytest.raises(Refused):
        run(tmp_path / "bao-cao.pdf", **asked)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["bao-cao.exe", "bao-cao", "khong-co/bao-cao.pdf"])
def test_report_fill_into_a_wrong_place_is_refused(cast, tmp_path, name):
    with pytest.raises(Refused):
        run(tmp_path / name)
