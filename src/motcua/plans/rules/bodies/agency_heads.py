"""Whether words begin as the name of a body does."""

import re

from motcua.base.text import fold, squash
from motcua.plans.rules.bodies.agency_words import HEADS, SHORT

_HEAD = re.compile(r"^(?:" + "|".join(sorted(HEADS, key=len, reverse=True)) + r")\b")
_SHORT = re.compile(r"^(?:" + "|".join(sorted(SHORT, key=len, reverse=True)) + r")(?![^\W_])")
ROOMS = ("tai chinh", "tu phap", "dia chinh", "van hoa", "ke toan")  # heads only where they begin a cell
# Heads that are other words with other marks: "mỗi" and "Môi (trường)", "từng" and "Tùng", "quỹ" and "quý".
_MARKED = {
    "moi": ("mỗi",), "tung": ("từng",), "quy": ("quỹ",), "to": ("tổ",), "doan": ("đoàn",), "dai": ("đài",),
    "bao": ("báo", "bảo"), "nha": ("nhà",), "thue": ("thuế",), "vu": ("vụ",), "hoi": ("hội",), "cuc": ("cục",),
    "phong": ("phòng",), "vien": ("viện",),
    "ban": ("ban",), "don": ("đồn",), "doi": ("đội",), "tram": ("trạm",), "hat": ("hạt",), "khoa": ("khoa",),
    "bi thu": ("bí",), "thu ky": ("thư",), "chu dau tu": ("chủ",),
}  # fmt: skip
# What begins with the same letters and is no body, folded.
_NO_BODY = (
    "bao cao", "bao dam", "cong bo", "to chuc ", "bo chi so", "bo tieu chi", "ban hanh", "cong khai", "cong van",
    "cong tac", "quy dinh", "quy che", "hoi nghi", "hoi thao", "quy trinh", "doanh nghiep duoc", "cac van ban",
    "cac bao", "cac quy", "cac ho so", "cac dich", "cac ke hoach", "cac lop", "co so du lieu", "so lieu",
    "doi ngu", "khoa hoc", "so ho so", "so luong", "so hoa", "quy i", "quy v", "quy 1", "quy 2", "quy 3", "quy 4",
)  # fmt: skip


def looks_like_agency(text: str) -> bool:
    """Tell whether a cell's text begins as the name of a body does."""
    bare = squash(text).strip(" -+.*•")
    return bool(_SHORT.match(bare)) or begins_with_head(bare) and not _is_no_body(bare)


def _is_no_body(text: str) -> bool:
    """Tell whether a text that begins like a body's name is none: "Các chỉ tiêu", though "Các chi bộ" is one."""
    return fold(text).startswith(_NO_BODY) or text.lower().startswith("các chỉ ")


def begins_with_head(text: str) -> bool:
    """Tell whether the first words are those of a body ("Sở", "UBND", "Các"), marks and all."""
    found = _HEAD.match(fold(text))
    if not found:
        return False
    marked = _MARKED.get(found.group())
    word = squash(text).split(maxsplit=1)[0].lower().strip(" ,.;:")
    return marked is None or word in marked or word == found.group()


def is_head(part: str) -> bool:
    """Tell whether a part of a list begins a body of its own."""
    bare = part.strip(" -")
    folded = fold(bare)
    if folded.startswith(ROOMS) or not (_SHORT.match(bare) or begins_with_head(bare)):
        return False
    # A lower-case word that only begins like a body ("đài" in "báo, đài") needs something after it.
    return part[:1].isupper() or " " in folded
