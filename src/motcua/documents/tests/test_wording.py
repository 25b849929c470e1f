"""Days, instants and numbers in words; layouts by day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.documents.rendering.layout import LAYOUTS, Layout, layout_on
from motcua.documents.rendering.printable import balanced, width_mm
from motcua.documents.rendering.wording import (
    day_in_words,
    instant_in_words,
    number_in_words,
    place_and_day,
    value_in_words,
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 2, 5), "ngày 05 tháng 02 năm 2023"),
        (date(2023, 1, 31), "ngày 31 tháng 01 năm 2023"),
        (date(2023, 3, 9), "ngày 09 tháng 3 năm 2023"),
        (date(2023, 12, 10), "ngày 10 tháng 12 năm 2023"),
    ],
)
def test_day_has_leading_zeros_below_ten_and_in_january_and_february(day, expected):
    assert day_in_words(day) == expected


def test_draft_leaves_room_for_the_day():
    assert " ".join(place_and_day("Hà Tĩnh", None).split()) == "Hà Tĩnh, ngày tháng năm"


def test_instant_is_told_in_vietnam():
    assert instant_in_words(datetime(2026, 2, 5, 18, 5, tzinfo=UTC)) == "01 giờ 05 phút, ngày 06 tháng 02 năm 2026"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("83.25"), 1, "83,3"),
        (Decimal("83.35"), 1, "83,4"),
        (0.1, None, "0,1"),
        (-1000, 0, "-1.000"),
        (10, 1, "10,0"),
    ],
)
def test_number_has_vietnamese_marks_and_rounds_half_up(value, decimals, expected):
    assert number_in_words(value, decimals) == expected


def test_number_that_is_none_is_an_error():
    with pytest.raises(ValueError, match="Not a number"):
        number_in_words(float("nan"))


def test_values_of_cells():
    assert [value_in_words(value) for value in (None, "a", date(2026, 2, 5), True, 5)] == [
        "",
        "a",
        "05/02/2026",
        "Có",
        "5",
    ]


def test_layout_is_that_of_the_day():
    older = Layout(source="Cũ", valid_from=date(2011, 4, 13), valid_to=date(2020, 3, 4), body_pt=13)
    both = (*LAYOUTS, older)

    assert layout_on(date(2020, 3, 4), both).body_pt == 13
    assert layout_on(date(2020, 3, 5), both).body_pt == 14
    assert layout_on(None, both).body_pt == 14
    assert layout_on(date(2000, 1, 1), both).body_pt == 13
    assert all(layout.source for layout in LAYOUTS)


def test_national_name_has_the_width_that_the_face_gives_it():
    assert width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True) == pytest.approx(88, abs=0.7)


def test_long_name_is_broken_into_balanced_lines():
    lines = balanced("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", 12, 72, bold=True)

    assert lines == ["TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"]
    assert balanced("VĂN PHÒNG", 12, 72) == ["VĂN PHÒNG"]
    assert balanced("", 12, 72) == []
