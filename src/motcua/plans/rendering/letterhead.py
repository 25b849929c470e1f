"""Who sends a letter or report of plans: the lines of the letterhead and the signer (Decree 30/2020, R11.5)."""

from dataclasses import dataclass

from motcua.documents.rendering.description import Signature
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE, PROVINCE

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


_HEADS = {
    "Sở": "Giám đốc", "Công an": "Giám đốc", "Trung tâm": "Giám đốc", "Văn phòng": "Chánh Văn phòng",
    "Thanh tra": "Chánh Thanh tra", "Ban": "Trưởng ban", "Bảo hiểm": "Giám đốc", "Đài": "Giám đốc", "Cục": "Cục trưởng",
    "Chi cục": "Chi cục trưởng",
}  # fmt: skip


@dataclass(frozen=True)
class Letterhead:
    """Lines of the agency and of the one above it, the place, and whose hand signs."""

    agency: tuple[str, ...]
    superior: tuple[str, ...]
    place: str
    signature: Signature


def letterhead_of(unit: Unit) -> Letterhead:
    """Return the letterhead of ``unit``; provinces and communes write as their People's Committees."""
    province = unit
    while province.parent is not None and province.kind != PROVINCE:
        province = province.parent
    place = province.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    committee = f"Ủy ban nhân dân {inside(province.name)}"
    if unit.kind == PROVINCE:
        signature = Signature("Chủ tịch", authority=("TM. Ủy ban nhân dân",))
        return Letterhead((committee,), (), place, signature)
    if unit.kind == COMMUNE:
        signature = Signature("Chủ tịch", authority=("TM. Ủy ban nhân dân",))
        return Letterhead((f"Ủy ban nhân dân {inside(unit.name)}",), (), place, signature)
    return Letterhead((unit.name,), (committee,), place, Signature(head_of(unit.name)))


def head_of(name: str) -> str:
    """Return the title of who heads a body, by the first words of its name: "Giám đốc" of a "Sở"."""
    return next((title for words, title in _HEADS.items() if name.startswith(words)), "Thủ trưởng")


def inside(name: str) -> str:
    """Return ``name`` as it stands inside a sentence: "tỉnh Hà Tĩnh"."""
    return name[:1].lower() + name[1:]
