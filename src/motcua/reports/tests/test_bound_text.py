"""Words with numbers bound to cells: filled, and numbers typed by hand found."""

import pytest

from motcua.reports.rules.bound_text import filled_text, loose_numbers, unknown_places
from motcua.reports.rules.values import Cell

VALUES = {3: {"3.1.1": Cell("1.100"), "3.1.2": Cell("12"), "3.1": Cell("")}}


def test_bound_places_are_filled_and_empty_ones_shown():
    text = "Giải quyết {PL3-3.1.1} hồ sơ, đạt {PL3-3.1} %"
    assert filled_text(text, VALUES) == "Giải quyết 1.100 hồ sơ, đạt … %"


def test_empty_and_unknown_places_are_named():
    assert unknown_places("{PL3-3.1} và {PL9-1} và {PL3-3.1.2}", VALUES) == ["{PL3-3.1}", "{PL9-1}"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("đã tiếp nhận 1.100 hồ sơ", [("1.100", ((3, "3.1.1"),))]),
        ("tiếp nhận 1100 hồ sơ", [("1100", ((3, "3.1.1"),))]),
        ("còn 7 đoàn", [("7", ())]),
        ("Kế hoạch số 2007/KH-VP ngày 28/12/2022, năm 2023, khoản 2 Điều 5, quý 3", []),
        ("1. Công tác chỉ đạo", []),
        ("đã giải quyết {PL3-3.1.1} hồ sơ", []),
    ],
)
def test_typed_numbers_are_found_with_the_cells_that_hold_them(text, numbers):
    assert [(each.text, each.cells) for each in loose_numbers(text, VALUES)] == numbers
