"""What a decision does: its kinds from title and first article, a row's change from the heading above it."""

import re

from motcua.base.text import fold
from motcua.procedures.rules.decisions.values import ABOLISHED, LISTED, MODIFIED, NEW, REPLACED

ANNOUNCE_NEW, ANNOUNCE_MODIFIED = "announce_new", "announce_modified"
ANNOUNCE_REPLACED, ANNOUNCE_ABOLISHED = "announce_replaced", "announce_abolished"
INTERNAL, WORKFLOW, NON_TERRITORIAL = "internal_procedure", "workflow", "non_territorial"
DELEGATION, SIMPLIFICATION, REGULATION = "delegation", "simplification", "regulation"
KINDS = (
    ANNOUNCE_NEW,
    ANNOUNCE_MODIFIED,
    ANNOUNCE_REPLACED,
    ANNOUNCE_ABOLISHED,
    WORKFLOW,
    INTERNAL,
    NON_TERRITORIAL,
    DELEGATION,
    SIMPLIFICATION,
    REGULATION,
)
_CHANGES = (
    (
        ABOLISHED,
        re.compile(
            r"\b(bi |duoc )?(bai bo|huy bo)\b|\bhet hieu luc\b|\bthoi (ap dung|thuc hien)\b|"
            r"\bcham dut (viec )?(ap dung|thuc hien|hieu luc)\b|\bkhong con hieu luc\b"
        ),
    ),
    (REPLACED, re.compile(r"\b(duoc |bi )?thay the\b")),
    (MODIFIED, re.compile(r"\bsua doi\b|\b(duoc )?bo sung\b|\bdinh chinh\b|\btiep tuc thuc hien\b")),
    (NEW, re.compile(r"\bmoi ban hanh\b|\bban hanh moi\b|\bmoi duoc ban hanh\b|\bchuan hoa\b")),
)
OF_CHANGE = {
    NEW: ANNOUNCE_NEW,
    MODIFIED: ANNOUNCE_MODIFIED,
    REPLACED: ANNOUNCE_REPLACED,
    ABOLISHED: ANNOUNCE_ABOLISHED,
}
# The deed of the decision; what it cites ("theo Nghị quyết … đơn giản hóa") comes after "quy định tại" or "theo".
_DEEDS = (
    (
        WORKFLOW,
        re.compile(r"\bquy trinh( noi bo|,? dien tu| giai quyet)\b.{0,60}\bthu tuc hanh chinh\b|\bquy trinh noi bo\b"),
    ),
    (INTERNAL, re.compile(r"\bthu tuc hanh chinh noi bo\b|\btthc noi bo\b")),
    (NON_TERRITORIAL, re.compile(r"\bkhong phu thuoc( vao)? dia gioi\b|\bphi dia gioi\b")),
    (DELEGATION, re.compile(r"\buy quyen\b|\bphan cap\b")),
    (SIMPLIFICATION, re.compile(r"\b(don gian hoa|cat giam)\b.{0,40}\bthu tuc hanh chinh\b|\btai cau truc\b")),
    (REGULATION, re.compile(r"^(ve viec )?(quy dinh|ban hanh (quy dinh|quy che))\b")),
)
_CITED = re.compile(
    r"\b(thuc hien theo|quy dinh tai|theo (nghi quyet|nghi dinh|thong tu|quyet dinh(?! nay)|quy dinh))\b.*"
)
_OLD_LIST = re.compile(r"\bquyet dinh so \S+( ngay [\d/]+( thang \d+ nam \d+)?)?.*")


def changes_in(text: str) -> list[str]:
    """Return the changes that a heading or title names, in the order they are named; folded or not."""
    folded = fold(text)
    found = [(match.start(), change) for change, pattern in _CHANGES if (match := pattern.search(folded))]
    return [change for _, change in sorted(found)]


def change_of_heading(text: str) -> str | None:
    """Return the one change of a section heading, None where it names none or several."""
    found = changes_in(text)
    if len(found) > 1 and set(found) <= {MODIFIED, REPLACED}:
        return MODIFIED
    return found[0] if len(found) == 1 else None


def kinds_of(title: str, first_article: str) -> tuple[str, ...]:
    """Return the kinds of a decision by its title, or by its first article where the title names no change."""
    folded = _CITED.sub("", _OLD_LIST.sub("", fold(title)))  # "Sửa đổi Quyết định số … công bố thủ tục bị bãi bỏ"
    article = _CITED.sub("", _OLD_LIST.sub("", fold(first_article)))
    kinds = {kind for kind, pattern in _DEEDS if pattern.search(folded)}
    named = changes_in(folded) if "thu tuc" in folded else []
    if not named and not kinds:
        kinds = {kind for kind, pattern in _DEEDS if pattern.search(article)}
    if not named and not kinds & {DELEGATION, SIMPLIFICATION}:
        named = changes_in(article)
    return in_order(kinds | {OF_CHANGE[change] for change in named})


def in_order(kinds: set[str]) -> tuple[str, ...]:
    """Return kinds in the order of ``KINDS``."""
    return tuple(kind for kind in KINDS if kind in kinds)


def sole_change(kinds: tuple[str, ...], title: str) -> str:
    """Return the change of rows under no heading of their own: the decision's only one, else listed."""
    named = changes_in(_CITED.sub("", fold(title)))
    if len(named) == 1:
        return named[0]
    if set(named) == {MODIFIED, REPLACED}:
        return MODIFIED
    announced = [change for change, kind in OF_CHANGE.items() if kind in kinds]
    if set(announced) == {MODIFIED, REPLACED}:
        return MODIFIED
    return announced[0] if len(announced) == 1 else LISTED
