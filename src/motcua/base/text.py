"""Vietnamese text: one normal form, a diacritic-free fold and the order of the alphabet."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Unicode order of combining marks is not the dictionary's: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_BASES = {letter: chr(0x4E00 + position) for position, letter in enumerate(_ALPHABET)}


def nfc(text: str) -> str:
    """Return ``text`` in the composed normal form that the whole house stores."""
    return unicodedata.normalize("NFC", text)


def squash(text: str) -> str:
    """Return ``text`` in NFC, trimmed, each run of white space made one space."""
    return _SPACE.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return ``text`` without diacritics, in lower case, đ as d: what people type without a Vietnamese keyboard.

    The SQL function ``motcua_fold`` of base's first migration gives the same answer.
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts as a Vietnamese dictionary does: letters first, tones break ties."""
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        if character in _TONES:
            if tones:
                tones[-1] = _TONES[character]
        elif unicodedata.combining(character):
            letters[-1:] = [unicodedata.normalize("NFC", letters[-1] + character)]
        else:
            letters.append(character)
            tones.append("0")
    return "".join(_BASES.get(letter, letter) for letter in letters), "".join(tones)
