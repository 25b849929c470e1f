"""How likely people mean a procedure and not one like it: births are registered every day, births at sea are not."""

import re
from collections.abc import Iterable

from motcua.procedures.rules.likeness import words_of

# A title that begins so is about a procedure's own paper rather than what people come for; and what few may ask for.
_DERIVED = re.compile(
    r"(thu tuc )?(de nghi |quyet dinh |thong bao )?"
    r"(thu hoi|rut|xoa|gia han|cap lai|cap doi|dieu chinh|thay doi|sua doi|bo sung|dinh chinh|dung|huy|cham dut|tam"
    r"|dang ki lai|cap ban sao|tu choi|mien nhiem|ghi vao so|doi|giai the|chuyen)\b"
)
_OF_FEW = re.compile(
    r"\b(luu dong|quan doi|cong an nhan dan|khu vuc bien gioi|bi mat nha nuoc|cap bo|trung uong|quan su|quoc phong"
    r"|nguoi nuoc ngoai|yeu to nuoc ngoai)\b"
)
_OF_LEVEL = {"commune": 1.0, "province": 0.8}


def commonness(name: str, levels: Iterable[str]) -> float:
    """Return how likely people mean the procedure of this title, 0 to 1, told from its levels and the title itself."""
    title = " ".join(words_of(name))
    score = max((_OF_LEVEL.get(level, 0.3) for level in levels), default=0.3)
    if _DERIVED.match(title):
        score *= 0.5
    if _OF_FEW.search(title):
        score *= 0.6
    return score
