"""Words of time as typists and OCR write them, put right before they are read ("Quý Ill", "thnag 6", "O1/4/2023")."""

import re

from motcua.base.text import fold

# What OCR makes of a Roman I, II, III or IV after the word "quý"; the letters stand for strokes.
_STROKES = {
    "l": "I",
    "1": "I",
    "|": "I",
    "!": "I",
    "i": "I",
    "í": "I",
    "ì": "I",
    "ị": "I",
    "L": "I",
    "H": "II",
    "n": "II",
}
_STROKES |= {"m": "III", "T": "I", "v": "V", "Ị": "I", "Í": "I", "Ì": "I"}
_QUARTER_STROKES = r"[IVl1|!iíìịLHnmTvỊÍÌ234]{1,4}(?![^\W_])"
_QUARTERS = re.compile(
    rf"\b(qu[ýyíiỳ]|q[úu][yi])(\s*)({_QUARTER_STROKES}(?:\s*(?:,|-|–|và|đến|\+|&)"
    rf"\s*(?:quý\s*)?{_QUARTER_STROKES})*)",
    re.I,
)
_TOKEN = re.compile(rf"(?<![^\W_]){_QUARTER_STROKES}")
_NUMBER = r"[0-9OolI|]{1,2}"
_DATE = re.compile(rf"(?<![^\W_])({_NUMBER})(\s*[/.-]\s*)({_NUMBER})(\s*[/.-]\s*)([2zZ][0-9OolI|]{{3}})(?![^\W_])")
_MONTH = re.compile(rf"(?<![^\W_])(tháng\s*)({_NUMBER})(?=\s*(?:/|-|năm\b|$|[,;.)]))", re.I)
_OF_YEAR = re.compile(rf"(?<![^\W_|/])({_NUMBER})(\s*/\s*)(2[0Oo][0-9OolI|]{{2}})(?![^\W_])")
_YEAR = re.compile(r"(?<![^\W_/])2[0Oo][0-9OolI|]{2}(?![^\W_])")
_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "z": "2", "Z": "2"})
# Slips of the fingers, folded; a word that only lost or changed a tone mark folds to the right one by itself.
_SLIPS = {
    "tháng": {"thnag", "thagn", "thag", "thanng", "thaang", "htang", "tahng", "thng", "thangs", "thsng", "thasng"},
    "ngày": {"nagy", "ngyay", "gnay", "ngy", "ngayf", "ngaay", "ngaỳ"},
    "năm": {"nawm", "naam", "nma", "namw", "nanm"},
    "quý": {"quuy", "qyu", "uqy", "quys"},
}
_BEFORE_NUMBER = re.compile(r"(?<![^\W_])([^\W\d_]{2,6})(?=\s*(?:\d|[IVl]{1,3}\b))")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def even(text: str) -> str:
    """Return ``text`` without invisible characters, every dash a hyphen: no repair, only one way of writing."""
    return _DASHES.sub("-", _HIDDEN.sub("", text))


def mended_time(text: str) -> str:
    """Return ``text`` with slips in quarters, dates, years and the words for them put right, all else as it was."""
    text = _QUARTERS.sub(_quarters, text)
    text = _DATE.sub(_digits, text)
    text = _MONTH.sub(_month, text)
    text = _OF_YEAR.sub(_digits, text)
    text = _YEAR.sub(lambda found: found.group().translate(_DIGITS), text)
    return _BEFORE_NUMBER.sub(_word, text)


def _quarters(found: re.Match[str]) -> str:
    return found.group(1) + found.group(2) + _TOKEN.sub(_quarter, found.group(3))


def _quarter(found: re.Match[str]) -> str:
    token = found.group()
    if token in {"I", "II", "III", "IV", "i", "ii", "iii", "iv", "1", "2", "3", "4"}:
        return token
    strokes = "".join(_STROKES.get(letter, letter) for letter in token)
    return strokes if strokes in {"I", "II", "III", "IV"} else token


def _digits(found: re.Match[str]) -> str:
    """Return the token as digits where it holds a digit in some part and none in capitals that is a Roman number."""
    if re.fullmatch(r"[I|l]{1,2}", found.group(1)) and len(found.groups()) == 3:
        return found.group()  # "I/2024" may be a quarter
    return found.group().translate(_DIGITS)


def _month(found: re.Match[str]) -> str:
    return found.group(1) + found.group(2).translate(_DIGITS)


def _word(found: re.Match[str]) -> str:
    word = found.group(1)
    folded = fold(word)
    for right, slips in _SLIPS.items():
        if folded in slips:
            return right.capitalize() if word[:1].isupper() else right
    return word
