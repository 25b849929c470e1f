"""A scheme typed in lines is what it says, comes back the same, and is refused with the line."""

import json
from pathlib import Path

import pytest

import motcua.assessments
from motcua.assessments.rules.grading import scheme_of
from motcua.assessments.rules.scheme_lines import definition_of, lines_of
from motcua.base.refusal import Refused

GRADES = "excellent | Xuất sắc | 90 | Bằng khen\ngood | Tốt | >= 80 %\nfailed | Không hoàn thành | 0"
BARS = "dossiers.on_time_rate | ≥ 80 | good | Đúng hạn dưới 80 %\nreports.late | <= 2 | good | Quá hai báo cáo muộn"


def test_lines_are_a_scheme():
    scheme = scheme_of(definition_of(GRADES, BARS, "excellent | 20 % | good"))
    assert [(grade.code, int(grade.at_least)) for grade in scheme.grades] == [
        ("excellent", 90), ("good", 80), ("failed", 0),
    ]  # fmt: skip
    assert [(bar.at_least, bar.at_most) for bar in scheme.bars] == [(80, None), (None, 2)]
    assert (scheme.limits[0].most_percent, scheme.limits[0].of, scheme.reward("excellent")) == (20, "good", "Bằng khen")


def test_shipped_schemes_come_back_the_same():
    file = Path(motcua.assessments.__file__).parent / "data" / "grade_schemes.json"
    for told in json.loads(file.read_text(encoding="utf-8")):
        assert scheme_of(definition_of(**lines_of(told["definition"]))) == scheme_of(told["definition"])


@pytest.mark.parametrize(
    ("grades", "bars", "limits", "field"),
    [
        ("excellent | Xuất sắc", "", "", "grades"),
        ("Xuất Sắc | Xuất sắc | 90", "", "", "grades"),
        ("a | A | 101", "", "", "grades"),
        ("a | A | 50", "m | 80 | a | lời", "", "bars"),
        ("a | A | 50", "m | >= 80 | a |", "", "bars"),
        ("a | A | 50", "", "a | nhiều", "limits"),
    ],
)
def test_line_that_cannot_be_read_is_refused_in_its_field(grades, bars, limits, field):
    with pytest.raises(Refused, match="Dòng 1") as refused:
        definition_of(grades, bars, limits)
    assert refused.value.field == field
