"""Agencies named in a cell, split into a list. Collective names ("Các sở, ban, ngành") stay one."""

import re
from dataclasses import dataclass

from motcua.base.text import fold, squash
from motcua.plans.rules.agency_words import HEADS

_HEAD = re.compile(r"^(?:" + "|".join(sorted(HEADS, key=len, reverse=True)) + r")\b")
_ROOMS = ("tai chinh", "tu phap", "dia chinh", "van hoa", "ke toan")  # heads only where they begin a cell
# Words that go on with an open collective: "Các sở, | ban, | ngành", "UBND các huyện, | thị xã, | thành phố".
_GOES_ON = re.compile(
    r"^(?:(?:cac )?(?:so|ban|nganh|doan the|hoi|don vi|dia phuong|to chuc|ca nhan|phong|bo|huyen|xa|phuong|thi xa|"
    r"thi tran|thanh pho|quan|dac khu|dai|bao|doanh nghiep|hoi doan the|mat tran|co quan))"
    r"(?:\s+(?:lien quan|co lien quan|cap\b.*|thuoc\b.*|truc thuoc\b.*|cua\b.*|dia phuong|tinh|thanh pho|huyen|xa|"
    r"ubnd\b.*|uy ban\b.*|duoc\b.*|tren dia ban.*|phoi hop.*|dong tren.*|"
    r"khac|trung uong.*|to chuc.*|nganh|doan the.*|chuyen mon.*))*$"
)
_OPEN = re.compile(
    r"^(?:(?:ubnd |uy ban nhan dan |chu tich (?:ubnd|uy ban nhan dan) |giam doc |thu truong |truong |lanh dao )?cac\b|"
    r"so\b(?=,|$)|(?:ubnd|uy ban nhan dan) (?:huyen|xa|phuong|thanh pho|thi xa)$|cac\b)"
)
_LEVELS = re.compile(r"^(.*\b)cấp (?:tỉnh|huyện|xã|cơ sở|thành phố|sở)$", re.I)
_KINDS = re.compile(r"^(?:các )?(sở|phòng|bộ|ban|chi cục|cục|hội)s?\s*:\s*(.+)$", re.I)
_LISTED = re.compile(r"^các (sở|bộ)\s+(?=[A-ZĐ])(?!.*\b(?:liên quan|thuộc)\b)(.+)$", re.I)
_MEMBERS = re.compile(r"^(?:cac )?(?:to chuc (?:chinh tri|thanh vien)|thanh vien|don vi truc thuoc|truc thuoc)\b")
_ROLE_LEAD = re.compile(r"^(?:cơ quan |đơn vị )?chủ trì\s*:\s*", re.I)


@dataclass(frozen=True)
class Agencies:
    """The bodies of one cell, and those it names as coordinating though the column says lead."""

    names: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    remark: str = ""


def split_agencies(text: str, *, is_lead: bool = False) -> Agencies:
    """Return the agencies named in a cell, in order, without repeats.

    In a lead cell "A chủ trì, phối hợp B" gives A as lead and B as coordinating; elsewhere both are named alike.
    """
    clear = _tidy(text)
    if not clear:
        return Agencies(())
    clear, remark = _without_remark(_ROLE_LEAD.sub("", clear))
    lead_text, with_text = _roles(clear)
    names, with_names = _names(lead_text), _names(with_text)
    if is_lead:
        return Agencies(tuple(_unique(names)), tuple(_unique(with_names)), remark)
    return Agencies(tuple(_unique(names + with_names)), (), remark)


def looks_like_agency(text: str) -> bool:
    """Tell whether a cell's text begins as the name of a body does."""
    folded = fold(squash(text)).strip(" -+.*•")
    return bool(_HEAD.match(folded)) and not folded.startswith(
        (
            "bao cao",
            "bao dam",
            "cong bo",
            "to chuc ",
            "bo chi so",
            "bo tieu chi",
            "ban hanh",
            "cong khai",
            "cong van",
            "cong tac",
            "quy dinh",
            "quy che",
            "hoi nghi",
            "hoi thao",
            "quy trinh",
            "doanh nghiep duoc",
            "cac van ban",
            "cac bao",
            "cac quy",
            "cac ho so",
            "cac chi",
            "cac dich",
            "cac ke hoach",
            "cac lop",
            "co so du lieu",
            "so lieu",
            "so ho so",
            "so luong",
        )
    )


def _tidy(text: str) -> str:
    text = squash(text)
    text = re.sub(r"\bUBND(?=[^\W\d_])", "UBND ", text)
    text = re.sub(r"\b((?:\w+ )?\w+) \1\b", r"\1", text) if re.search(r"\b(\w+ \w+) \1\b", text) else text
    return text.strip()


def _without_remark(text: str) -> tuple[str, str]:
    """Take out a bracket that reports on other bodies ("(Sở X, Sở Y đã hoàn thành năm 2022)"); names keep theirs."""
    found = re.search(r"\s*\(([^()]*\b(?:đã hoàn thành|đã thực hiện|nếu có|khi được giao)\b[^()]*)\)", text)
    if not found:
        return text, ""
    return squash(text[: found.start()] + text[found.end() :]), found.group(1)


def _roles(text: str) -> tuple[str, str]:
    found = re.search(r"\bchủ trì\s*[,;:-]?\s*(?:và\s+)?phối hợp(?:\s+(?:với|cùng))?\s*:?\s*", text)
    if not found:
        found = re.search(r"[;.\n-]\s*(?:cơ quan |đơn vị )?phối hợp(?: với)?\s*:\s*", text, re.I)
    if not found:
        return re.sub(r"\s+chủ trì$", "", text), ""
    return text[: found.start()].strip(" ,;"), text[found.end() :]


def _names(text: str) -> list[str]:
    names: list[str] = []
    for segment in _segments(text):
        names += _expand(segment)
    return [name for name in (name.strip(" .;,:-+•*") for name in names) if name]


def _segments(text: str) -> list[str]:
    """Split at semicolons, dashes of list items and full stops before a new body; never inside brackets."""
    held = re.sub(
        r"\([^()]*\)", lambda found: found.group().replace(";", "\0").replace(",", "\1").replace(". ", "\2"), text
    )
    held = re.sub(r"\bvà(?= [^()]*\))", "và", held)
    pieces = re.split(r";|(?:^|(?<=[;.,:]))\s*[-+•*–]\s+", held)
    result: list[str] = []
    for piece in pieces:
        for item in _glued_items(piece):
            result += _sentences(item.strip(" ."))
    return [piece for piece in result if piece.strip(" .;,-")]


def _glued_items(piece: str) -> list[str]:
    """Split list items that lost their ends: "Sở A - Sở B"; a dash inside a name ("Lao động - Thương binh") stays."""
    parts = re.split(r"\s+-\s+", piece)
    items = [parts[0]]
    for part in parts[1:]:
        if _is_head(part) and part[:1].isupper():
            items.append(part)
        else:
            items[-1] += " - " + part
    return items


def _sentences(piece: str) -> list[str]:
    parts = re.split(r"\.\s+(?=[A-ZĐÂÊÔƯƠÁÀẢÃẠỦ])", piece)
    result: list[str] = []
    for part in parts:
        if result and not _is_head(part):
            result[-1] += ". " + part
        else:
            result.append(part)
    return result


def _expand(segment: str) -> list[str]:
    listed = _KINDS.match(segment) or _LISTED.match(segment)
    if listed and "," in listed.group(2) or listed and ":" in segment:
        kind = listed.group(1).capitalize()
        return _of_kind(kind, listed.group(2))
    return [_restore(name) for name in _by_comma(segment)]


def _of_kind(kind: str, rest: str) -> list[str]:
    """Return "Sở A", "Sở B" for "Các Sở: A, B"; a later body with its own head stands for itself."""
    names: list[str] = []
    for part in _by_comma(rest, always=True):
        bare = part.strip(" .")
        own_head = _is_head(bare) and not fold(bare).startswith(_ROOMS)
        names.append(bare if own_head else f"{kind} {bare}")
    return [_restore(name) for name in names]


def _by_comma(segment: str, *, always: bool = False) -> list[str]:
    parts = re.split(r",\s*", segment)
    names: list[str] = [parts[0]]
    for part in parts[1:]:
        before = names[-1]
        level = _LEVELS.match(before)
        if level and re.match(r"^cấp \w+", part) and level.group(1).strip():
            names.append(f"{level.group(1)}{part}")
        elif (
            _collective(re.split(r"\s+và\s+", before)[-1])
            and _GOES_ON.match(fold(_main(part)))
            and not _starts_anew(part)
        ):
            names[-1] = f"{before}, {part}"
        elif always or _is_head(part):
            names.append(part)
        else:
            names[-1] = f"{before}, {part}"
    return [one for name in names for one in _by_and(name)]


def _by_and(name: str) -> list[str]:
    """Split "A và B" where B begins as a body and is not part of A's own name or its members."""
    found = re.split(r"\s+và\s+", name)
    names = [found[0]]
    for part in found[1:]:
        folded = fold(part)
        council = re.search(r"^van phong\b.*\b(hdnd|hoi dong nhan dan)$", fold(names[-1]))
        if council or _MEMBERS.match(folded) or not _is_head(part) or (_collective(names[-1]) and _bare_word(folded)):
            names[-1] = f"{names[-1]} và {part}"
        else:
            names.append(part)
    return names


def _collective(name: str) -> bool:
    return bool(_OPEN.match(fold(name).strip(" -")))


def _bare_word(folded: str) -> bool:
    return bool(_GOES_ON.match(folded)) and not folded.startswith("cac ")


def _starts_anew(part: str) -> bool:
    """Tell whether a part that could go on with a collective names a body of its own ("Sở Tư pháp", "các ngành")."""
    return fold(part).startswith("cac ") and not part[:1].islower()


def _main(part: str) -> str:
    return re.sub(r"\s+và\s+.*$", "", part)


def _is_head(part: str) -> bool:
    folded = fold(part).strip(" -")
    if folded.startswith(_ROOMS):
        return False
    found = _HEAD.match(folded)
    if not found:
        return False
    # A lower-case word that only begins like a body ("đài" in "báo, đài") needs something after it.
    return part[:1].isupper() or " " in folded


def _restore(name: str) -> str:
    return name.replace("\0", ";").replace("\1", ",").replace("\2", ". ")


def _unique(names: list[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        if name not in kept:
            kept.append(name)
    return kept
