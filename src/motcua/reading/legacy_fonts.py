"""Vietnamese as written before Unicode, for the fonts TCVN3 (".VnTime") and VNI ("VNI-Times"), made Unicode.

Both put Vietnamese letters where Windows has Western ones: a file holds "KÕ ho¹ch" (TCVN3) or "Keá hoaïch" (VNI).
TCVN3 (TCVN 5712:1993, third table) has one sign per small letter; its capitals with tones are small letters in a
capital font (".VnTimeH"). VNI writes the letter, then its mark.
"""

import re
import unicodedata
from collections.abc import Callable

from motcua.base.text import nfc

TCVN3, VNI = "TCVN3", "VNI"
_TCVN3_LETTERS = (
    "àµ ả¶ ã· á¸ ạ¹ ă¨ ằ» ẳ¼ ẵ½ ắ¾ ặÆ â© ầÇ ẩÈ ẫÉ ấÊ ậË đ® èÌ ẻÎ ẽÏ éÐ ẹÑ êª ềÒ ểÓ ễÔ ếÕ ệÖ ì× ỉØ ĩÜ íÝ ịÞ "
    "òß ỏá õâ óã ọä ô« ồå ổæ ỗç ốè ộé ơ¬ ờê ởë ỡì ớí ợî ùï ủñ ũò úó ụô ư\u00ad ừõ ửö ữ÷ ứø ựù ỳú ỷû ỹü ýý ỵþ "
    "Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§"
)
_TCVN3 = str.maketrans({pair[1]: pair[0] for pair in _TCVN3_LETTERS.split(" ")})

# VNI: tones on plain letters (also on ơ and ư), and the two marks that stand with each tone.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    pairs = {letter + mark: letter + tone for letter in "aeouy" for mark, tone in _VNI_TONES.items()}
    pairs |= {
        written + mark: meant + tone for written, meant in (("ô", "ơ"), ("ö", "ư")) for mark, tone in _VNI_TONES.items()
    }
    pairs |= {letter + mark: f"{letter}\u0302{tone}" for letter in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()}
    pairs |= {"a" + mark: f"a\u0306{tone}" for mark, tone in _VNI_BREVE.items()}
    pairs |= _VNI_ALONE
    small = {written: nfc(meant) for written, meant in pairs.items()}
    capital = {written.upper(): meant.upper() for written, meant in small.items()}
    # "Aù": a capital with the mark of the small letter, as some typists had it.
    mixed = {written.capitalize(): meant.upper() for written, meant in small.items()}
    return mixed | capital | small


_VNI = _vni_pairs()
_VNI_SIGN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# Letters that no Western code page holds: who writes them writes Unicode.
_UNICODE = re.compile("[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]")
_HIGH = re.compile("[\u00a1-\u00ff]")
_WORD = re.compile(r"[^\W\d_]+")
# The words that Vietnamese official prose cannot do without; each has a letter that the old fonts write otherwise.
_COMMON = frozenset(
    _WORD.findall(
        "và của các được theo đến việc về tại với nhiệm vụ hành chính thủ tục quyết định kế hoạch cấp tỉnh xã huyện "
        "thực hiện sở ủy nhân dân ban ngành số ngày tháng năm cơ quan đơn vị người dịch công trình báo cáo giải quyết "
        "tổ chức thời gian phối hợp chủ trì hoàn thành sản phẩm nội dung quý thường xuyên đề án cải cách "
        "cộng hòa độc lập tự do hạnh phúc chủ nghĩa xã hội điều khoản luật nghị văn phòng rà soát hồ sơ trước tài"
    )
)
_ENOUGH = 0.12  # share of common words in what is Vietnamese; prose has 0.3 and more
_BETTER = 2.0  # times as many common words as before: less would be chance


def from_tcvn3(text: str) -> str:
    """Return text of a TCVN3 font in Unicode."""
    return nfc(text.translate(_TCVN3))


def from_vni(text: str) -> str:
    """Return text of a VNI font in Unicode."""
    return nfc(_VNI_SIGN.sub(lambda found: _VNI[found.group()], text))


CONVERTERS: dict[str, Callable[[str], str]] = {TCVN3: from_tcvn3, VNI: from_vni}


def is_unicode(text: str) -> bool:
    """Tell whether a text has letters that only Unicode writes: then it is none of the old ones, whatever its font."""
    return bool(_UNICODE.search(unicodedata.normalize("NFC", text)))


def scheme_of_font(font: str) -> str | None:
    """Return which of the old ways a font's name stands for, None for others."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return TCVN3
    return VNI if name.startswith("vni") else None


def from_font(text: str, font: str) -> str:
    """Return text as a font of the old kind shows it; unchanged for other fonts and for text that is Unicode."""
    scheme = scheme_of_font(font)
    if scheme is None or is_unicode(text):
        return text
    converted = CONVERTERS[scheme](text)
    # The capital fonts (".VnTimeH") show small letters as capitals.
    return converted.upper() if scheme is TCVN3 and font.strip().endswith("H") else converted


def likeness(text: str) -> float:
    """Return the share of words that are common in Vietnamese official prose: 0.3 and more there, near 0 elsewhere."""
    words = _WORD.findall(nfc(text[:100_000]).lower())
    return sum(word in _COMMON for word in words) / len(words) if words else 0.0


def scheme_of_text(text: str) -> str | None:
    """Return which of the old ways a text is written in, judged by its words; None for Unicode and for the unknown."""
    lines = [line for line in text.split("\n") if _HIGH.search(line) and not is_unicode(line)]
    sample = "\n".join(lines)[:100_000]
    if not sample:
        return None
    scores = {scheme: likeness(convert(sample)) for scheme, convert in CONVERTERS.items()}
    best = max(scores, key=lambda scheme: scores[scheme])
    return best if scores[best] >= max(_ENOUGH, _BETTER * likeness(sample)) else None


def to_unicode(text: str) -> tuple[str, str | None]:
    """Return a text with its lines of an old font made Unicode, and which one it was (None: nothing was changed)."""
    scheme = scheme_of_text(text)
    if scheme is None:
        return text, None
    return "\n".join(_converted_line(line, CONVERTERS[scheme]) for line in text.split("\n")), scheme


def _converted_line(line: str, convert: Callable[[str], str]) -> str:
    """Return a line converted, unless it is Unicode already: "các" has no letter that tells, but is a word."""
    if is_unicode(line):
        return line
    converted = convert(line)
    return converted if converted == line or likeness(converted) >= likeness(line) else line
