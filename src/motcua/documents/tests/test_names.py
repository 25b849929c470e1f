"""File names: paths, control characters, devices and length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.inspection.names import clean_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Đơn đề nghị.pdf", "Đơn đề nghị.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\don.pdf", "don.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("..", "tep-dinh-kem"),
        ("", "tep-dinh-kem"),
        (".htaccess", "htaccess"),
        ("CON.pdf", "_CON.pdf"),
        ("a. . .", "a"),
        ("D\u031bon.pdf".replace("\u031b", ""), "Don.pdf"),
        ("e\u0302\u0301.pdf", "ế.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_name_is_cleaned(given_name, expected):
    assert clean_name(given_name) == expected


@given(st.text(max_size=300))
def test_any_name_becomes_one_safe_part(name):
    cleaned = clean_name(name)

    assert 0 < len(cleaned) <= 111
    assert not set(cleaned) & set('/\\\0\n\r<>:"|?*')
    assert cleaned not in {".", ".."}
    assert not cleaned.startswith(".")
    assert clean_name(cleaned) == cleaned
