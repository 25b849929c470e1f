import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.text import fold, nfc, sort_key, squash

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ "
words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), max_size=40)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Đăng ký khai sinh", "dang ky khai sinh"), ("ĐẤT ĐAI", "dat dai"), ("Ủy ban", "uy ban"), ("", "")],
)
def test_fold_drops_diacritics(typed, folded):
    assert fold(typed) == folded


@given(words)
def test_fold_is_the_same_for_both_normal_forms(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@given(words)
def test_fold_is_plain_ascii(text):
    assert fold(text).isascii()


@pytest.mark.django_db
def test_fold_in_sql_equals_fold_in_python():
    with connection.cursor() as cursor:
        cursor.execute("SELECT motcua_fold(%s)", [VIETNAMESE + VIETNAMESE.upper()])
        assert cursor.fetchone()[0] == fold(VIETNAMESE + VIETNAMESE.upper())


def test_squash_trims_and_joins():
    assert squash("  Ủy\u00a0 ban \n nhân dân ") == "Ủy ban nhân dân"


def test_sort_key_is_the_dictionary_order():
    expected = ["An", "Ăn", "Ân", "Ba", "Đá", "Em", "Ếm", "Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Oanh", "Ông", "Ơn", "Ưu"]
    assert sorted(reversed(expected), key=sort_key) == expected
