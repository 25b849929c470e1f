"""What is done with a paper: given anew, again, for longer, changed, ended, paused. Told from the law's words.

A card, its loss, its renewal and its return are procedures that differ in one word; who says which he needs has said
more than the words' number tells.
"""

import re

from motcua.procedures.rules.likeness import words_of

AGAIN, LONGER, CHANGED, ENDED, PAUSED = "again", "longer", "changed", "ended", "paused"

_DEEDS = (
    (AGAIN, re.compile(r"\b(?:cap lai|cap doi|dang ki lai|cap ban sao|cong bo lai|khoi phuc|phuc hoi)\b")),
    (LONGER, re.compile(r"\bgia han\b")),
    (
        CHANGED,
        re.compile(r"\b(?:sua doi|dieu chinh|thay doi|dinh chinh|cai chinh|hieu dinh|bo sung|cap doi|sua loi)\b"),
    ),
    (ENDED, re.compile(r"\b(?:thu hoi|cham dut|giai the|xoa|huy|huy bo|tra lai|mien nhiem|thoat|thoi)\b")),
    (PAUSED, re.compile(r"\b(?:tam ngung|tam dung|dinh chi)\b")),
)
_BEGINNING = 14  # words of a title that name the deed; further on stand cases and conditions
_SAYS_NO_MORE = re.compile(
    r"\b(?:thu tuc|cap lai|cap doi|cap moi|cap|dang ki lai|gia han|sua doi|dieu chinh|thay doi|dinh chinh|hieu dinh"
    r"|bo sung|thu hoi|cham dut|tra lai|de nghi|thuc hien tai cap (?:trung uong|tinh|xa|huyen)|noi dung)\b"
)


def deeds_in(text: str) -> frozenset[str]:
    """Return the deeds that the beginning of ``text`` names; none for what is given for the first time."""
    line = " ".join(words_of(text)[:_BEGINNING])
    return frozenset(deed for deed, pattern in _DEEDS if pattern.search(line))


def without_deeds(text: str) -> str:
    """Return the folded words of a title without those that name the deed: what it is done with."""
    return " ".join(_SAYS_NO_MORE.sub(" ", " ".join(words_of(text))).split())
