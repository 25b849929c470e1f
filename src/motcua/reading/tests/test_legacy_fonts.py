"""Old fonts and charsets to Unicode: every letter there and back, and documents told apart."""

import unicodedata

import pytest

from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.reading.encodings import decoded
from motcua.reading.legacy_fonts import (
    _TCVN3_LETTERS,
    _VNI,
    TCVN3,
    VNI,
    from_font,
    from_tcvn3,
    from_vni,
    scheme_of_text,
    to_unicode,
)
from motcua.reading.plain_text import read_text

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SMALL = [nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
PROSE = (
    "Kế hoạch cải cách hành chính nhà nước năm 2025 của Ủy ban nhân dân tỉnh. Sở Nội vụ chủ trì, phối hợp với các sở, "
    "ban, ngành rà soát thủ tục, giải quyết hồ sơ đúng thời hạn; báo cáo kết quả trước ngày 30 tháng 6."
)
TO_TCVN3 = {pair[0]: pair[1] for pair in _TCVN3_LETTERS.split(" ")}
TO_VNI = {meant: written for written, meant in _VNI.items()}


def in_tcvn3(text: str) -> str:
    # Capitals with tones have no sign of their own: typists changed the font, here they become small.
    return "".join(TO_TCVN3.get(letter) or TO_TCVN3.get(letter.lower(), letter) for letter in text)


def in_vni(text: str) -> str:
    return "".join(TO_VNI.get(letter, letter) for letter in text)


@pytest.mark.parametrize("letter", SMALL)
def test_every_small_letter_comes_back_from_both(letter):
    assert from_tcvn3(in_tcvn3(letter)) == letter
    assert from_vni(in_vni(letter)) == letter


@pytest.mark.parametrize("letter", [letter.upper() for letter in SMALL])
def test_every_capital_comes_back_from_vni_and_the_capital_font(letter):
    assert from_vni(in_vni(letter)) == letter
    assert from_font(in_tcvn3(letter.lower()), ".VnTimeH") == letter


def test_each_sign_stands_for_one_letter():
    assert len(TO_TCVN3) == len(set(TO_TCVN3.values())) == 67 + 7  # small letters not in ASCII, capitals without tone


def test_known_words_of_both_fonts():
    assert (
        from_tcvn3("KÕ ho¹ch c¶i c¸ch hµnh chÝnh, ñy ban nh©n d©n") == "Kế hoạch cải cách hành chính, ủy ban nhân dân"
    )
    assert from_vni("Keá hoaïch caûi caùch haønh chính, UÛy ban nhaân daân") == (
        "Kế hoạch cải cách hành chính, Ủy ban nhân dân"
    )


@pytest.mark.parametrize(("scheme", "write"), [(TCVN3, in_tcvn3), (VNI, in_vni)])
def test_prose_of_an_old_font_is_recognised_and_turned(scheme, write):
    assert scheme_of_text(write(PROSE)) == scheme
    assert to_unicode(write(PROSE))[0].lower() == PROSE.lower()


@pytest.mark.parametrize("text", [PROSE, "Báo cáo các mục a, b", "Résumé à propos de l'été, garçon naïf", "plain", ""])
def test_unicode_and_other_languages_are_left_alone(text):
    assert to_unicode(text) == (text, None)


def test_unicode_lines_of_a_mixed_document_stay():
    mixed = f"{in_tcvn3(PROSE)}\nSở Nội vụ\ncác báo cáo"
    assert to_unicode(mixed)[0].split("\n")[1:] == ["Sở Nội vụ", "các báo cáo"]


def test_unicode_text_in_an_old_font_stays():
    assert from_font("được giao", ".VnTime") == "được giao"
    assert from_font("§iÒu", "Times New Roman") == "§iÒu"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PROSE.encode(), 0),
        (PROSE.encode("utf-8-sig"), 0),
        (PROSE.encode("utf-16"), 0),
        (PROSE.encode("utf-16-le"), 0),
        (PROSE.encode("utf-16-be"), 0),
        (unicodedata.normalize("NFD", PROSE).encode(), 0),
        (PROSE.encode().decode("latin-1").encode(), 0),
        (in_vni(PROSE).encode("cp1252"), 1),
        (in_vni(PROSE).encode(), 1),
    ],
)
def test_file_is_read_whatever_its_charset(content, told):
    text, notes = decoded(content)
    assert (text, len(notes) >= told) == (PROSE, True)


def windows_1258(text: str) -> bytes:
    """Return text in the charset that has some letters whole and tones as signs of their own."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            bare = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in bare if mark in TONES[1:])
            out += nfc(bare.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return out


def test_windows_1258_is_read_and_told():
    text, notes = decoded(windows_1258(PROSE))
    assert text == PROSE
    assert "cp1258" in notes[0]


def test_tcvn3_bytes_are_read_and_told():
    document = read_text(in_tcvn3(PROSE).encode("latin-1"))
    assert document.paragraphs[0].text.lower() == PROSE.lower()
    assert TCVN3 in document.notes[0]


def test_some_broken_letters_are_shown_as_lost():
    text, notes = decoded(PROSE.encode() * 5 + b"\xff\xfe" + PROSE.encode())
    assert text.count("\ufffd") == 2
    assert "2 chỗ" in notes[0]


@pytest.mark.parametrize("content", [bytes(range(128, 256)) * 5, b"a\0\0\0\0\0b" * 9, b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(Refused):
        decoded(content)
