"""No cell that a spreadsheet would run leaves the house."""

import pytest

from motcua.base.cells import harmless


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("Nguyễn Thị Hà", "Nguyễn Thị Hà"),
        ("Hà-Nam; Ninh Bình", "Hà-Nam; Ninh Bình"),
        ("=1+1", "'=1+1"),
        ("+84 900", "'+84 900"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001 - full width
        ("A;=1+1", "A;'=1+1"),
        ("A; ＠b|-1", "A;' ＠b|'-1"),  # noqa: RUF001
        (-5, "'-5"),
        (5, "5"),
    ],
)
def test_cell_is_harmless(value, expected):
    assert harmless(value) == expected
