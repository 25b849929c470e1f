"""Roman numerals as Vietnamese documents use them, and the letter l that OCR prints for I."""

import re

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_FORM = re.compile(r"^(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
# A small l beside I, V, X or alone after a word that a Roman number follows.
_SLIP = re.compile(r"\b(?=[IVX]*l)(?:(?<=[Qq]uý )|(?<=[Mm]ục )|(?<=[Pp]hần )|(?=[IVXl]*[IVX]))[IVXl]{1,5}\b")


def value_of(text: str) -> int | None:
    """Return the value of an upper-case Roman numeral up to 99, or None."""
    if not text or not _FORM.match(text):
        return None
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _VALUES[letter]
        total += -value if following and _VALUES[following] > value else value
    return total


def as_roman(value: int) -> str:
    """Return a value from 1 to 39 as a Roman numeral."""
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def mended(text: str) -> str:
    """Return ``text`` with l put right to I where a Roman numeral must stand ("Quý l, II", "mục Il") (R10.4)."""
    return _SLIP.sub(lambda found: found.group().replace("l", "I"), text)
