"""Where the names of bodies at the head of a sentence end: told by names that can be only this long."""

import re
from collections.abc import Collection

from motcua.base.text import fold
from motcua.plans.rules.bodies.agency_heads import is_head
from motcua.plans.rules.bodies.agency_words import FIELDS_OF_WORK

_AREA = r"(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran|dac khu|dia phuong)"
_NAMED = r"(?: (?!Chủ|Giao|Tổ|Xây|Thực|Báo|Phối|Tham|Hướng|Đôn|Theo|Kiểm)[A-ZĐ][^\W\d_A-ZĐ]+){1,4}"
_LEVEL = rf"(?: (?:cap )?{_AREA}(?:\s*(?:,|va)\s*(?:cap )?{_AREA}\b(?! uy| doan))*\b)?"
_FIELDS = "|".join(re.escape(one) for one in sorted(FIELDS_OF_WORK, key=len, reverse=True))
_COLLECTIVE = (
    r"(?:cac|nhung|toan the|tat ca cac) (?:so|ban|nganh|phong|co quan|don vi|dia phuong|"
    r"to chuc (?:chinh tri(?: - xa hoi)?|xa hoi)|to chuc|bo|cuc|vu|vien|truong|doanh nghiep|doan the|"
    r"hoi|xa|phuong|thon|to dan pho|khu pho|trung tam|chi cuc|thanh vien|cong chuc|"
    r"chi bo|dang bo|cap uy|chi doan|chi hoi|tram y te|nha truong)\b"
    r"(?:\s*(?:,|va)\s*(?:so|ban|nganh|phong|co quan|don vi|dia phuong|to chuc|bo|cuc|vu|vien|truong|doan the|hoi|"
    r"xa|phuong|thon|to dan pho|khu pho|trung tam|doanh nghiep|ca nhan|nganh)\b)*"
    r"(?: (?:co )?lien quan| chuyen mon| thanh vien| truc thuoc| thuoc (?:ubnd |uy ban nhan dan )?"
    rf"(?:{_AREA}|bo|so)\b| {_AREA}\b)*"
)
# Folded; longer forms first.
_WHOLE = re.compile(
    r"(?:(?:giam doc|thu truong|lanh dao|nguoi dung dau|chanh|truong|chu tich|pho chu tich) )*(?:"
    rf"(?:so|bo|phong|ban)(?: truong)? (?:{_FIELDS})(?![a-z])(?: va (?:truyen thong|moi truong|dao tao))?"
    r"|(?:van phong|vp) (?:(?:doan dbqh|hdnd|hoi dong nhan dan)(?:\s*(?:va|,|&)\s*))*(?:ubnd|hdnd|uy ban nhan dan|"
    rf"hoi dong nhan dan|tinh uy|huyen uy|thanh uy|dang uy|so|bo|chinh phu)(?: cap)?{_LEVEL}"
    rf"|(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)(?: cac| cap)?{_LEVEL}"
    rf"|cong an(?: cac| cap)?{_LEVEL}|thanh tra tinh|kho bac nha nuoc{_LEVEL}|bao hiem xa hoi{_LEVEL}|"
    rf"buu dien{_LEVEL}|trung tam phuc vu hanh chinh cong(?: cac| cap)?{_LEVEL}|"
    rf"(?:uy ban )?(?:mttq|mat tran to quoc)(?: viet nam)?(?: cac| cap)?{_LEVEL}|{_COLLECTIVE}"
    r")(?![a-z0-9])"
)
# What follows goes on telling which bodies are meant: "Các cơ quan, đơn vị | được giao chỉ tiêu".
_WHICH = re.compile(
    r"\s*,?\s*(?:được|thuộc|trực thuộc|liên quan|có liên quan|trên địa bàn|trong toàn|trong tỉnh|nêu tại|"
    r"nói trên|có tên|có chức|còn lại|khu vực|"
    r"tại|của|do|khác|chuyên môn|cấp|nơi)\b",
    re.I,
)
_BETWEEN = re.compile(r"\s*(?:[,;&]|\bva\b|\bcung(?: voi)?\b)\s*(?:\bva\b\s*)?")


def end_of_names(text: str, known: Collection[str] = ()) -> int | None:
    """Return where a list of names at the head of ``text`` ends; None where it cannot be told from the names alone.

    ``known``: names that the same document gives elsewhere by themselves (in cells, in headings), which are whole.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return None
    names = sorted((fold(one) for one in known if len(one) > 3), key=len, reverse=True)
    at = end = 0
    while (upto := _name(folded, text, at, names)) is not None:
        end = upto
        between = _BETWEEN.match(folded, end)
        if between is None or between.end() == end:
            break
        at = between.end()
    if not end or at > end and is_head(text[at:]):  # the list goes on with a body whose end cannot be told
        return None
    after = text[end:]
    # Between two bodies, a mark; after the last, what it is to do. A dash or a name that goes on ends nothing.
    if _WHICH.match(after):
        return None
    begins = re.match(r"\s*[,:]?\s*(?=[^\W\d_A-ZĐ])", after)
    return end if begins or not after.strip() else None


def _name(folded: str, text: str, at: int, known: list[str]) -> int | None:
    """Return where the name that begins at ``at`` ends."""
    own = next((name for name in known if folded.startswith(name, at)), "")
    upto = at + len(own) if own and not re.match(r"[^\W_]", folded[at + len(own) :]) else 0
    whole = _WHOLE.match(folded, at)
    end = max(upto, whole.end() if whole else 0)
    if not end or not text[at : at + 1].isupper() and at == 0:
        return None
    place = re.match(_NAMED, text[end:]) if re.search(rf"\b{_AREA}$", folded[at:end]) else None
    return end + place.end() if place else end
