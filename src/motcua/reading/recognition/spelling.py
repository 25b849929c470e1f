"""Slips of recognition that Vietnamese spelling itself puts right: vowels that never stand side by side."""

import re

# "nhiẹm", "triẻn", "yéu": before these consonants i and y are followed by ê alone; "gi" is a consonant ("giẻ", "giẹp").
_IE = re.compile(r"(?<![gG])(?P<one>[iIyY])(?P<two>[éèẻẽẹÉÈẺẼẸ])(?=[mnptcuMNPTCU])")
# "đưọc", "trưong": after ư stands no o, only ơ.
_UO = re.compile(r"(?P<one>[ưƯ])(?P<two>[oóòỏõọOÓÒỎÕỌ])")
# "duơng", "nuớc": before a consonant, i or u, ơ follows ư; "quơ", "thuở" end with it.
_UW = re.compile(r"(?<![qQ])(?P<one>[uU])(?P<two>[ơớờởỡợƠỚỜỞỠỢ])(?=[cimnptuCIMNPTU])")
# "tháng" with a curl: no Vietnamese word has ø, which beside letters is g; alone it is a diameter.
_CURL = re.compile(r"(?<=[^\W\d_])ø|ø(?=[^\W\d_])")
_HATS = str.maketrans("éèẻẽẹÉÈẺẼẸoóòỏõọOÓÒỎÕỌ", "ếềểễệẾỀỂỄỆơớờởỡợƠỚỜỞỠỢ")
_HORNS = str.maketrans("uU", "ưƯ")


def mended(text: str) -> str:
    """Return a recognised word (NFC) with such slips put right; all others are left as they were seen."""
    text = _CURL.sub("g", text) if "ø" in text else text
    text = _IE.sub(lambda found: found.group("one") + found.group("two").translate(_HATS), text)
    text = _UO.sub(lambda found: found.group("one") + found.group("two").translate(_HATS), text)
    return _UW.sub(lambda found: found.group("one").translate(_HORNS) + found.group("two"), text)
