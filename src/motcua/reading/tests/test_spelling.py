"""Slips of recognition that spelling puts right, and words that only look like them."""

import pytest

from motcua.reading.recognition.spelling import mended


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        ("NHIẸM", "NHIỆM"),
        ("triẻn", "triển"),
        ("yéu", "yếu"),
        ("quyẻn", "quyển"),
        ("đưọc", "được"),
        ("TRƯÒNG", "TRƯỜNG"),
        ("nuớc", "nước"),
        ("thánø", "tháng"),
        ("øiám", "giám"),
        ("ø", "ø"),
        ("ø20", "ø20"),
        ("giẻ", "giẻ"),
        ("Giẹp", "Giẹp"),
        ("thuở", "thuở"),
        ("quơ", "quơ"),
        ("mua", "mua"),
        ("chiều", "chiều"),
    ],
)
def test_only_what_no_word_can_be_is_put_right(seen, word):
    assert mended(seen) == word
