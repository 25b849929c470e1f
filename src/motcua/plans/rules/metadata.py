"""Number, date, issuer, title and kind: from the letterhead, or from the captions of the annexes (Decree 30/2020)."""

import re
from collections.abc import Iterator
from datetime import date

from motcua.base.text import fold, squash
from motcua.plans.rules.casing import Casing
from motcua.plans.rules.values import Metadata
from motcua.reading.blocks import Document, Paragraph

KINDS = (
    "Quyết định",
    "Kế hoạch",
    "Báo cáo",
    "Chương trình",
    "Nghị quyết",
    "Chỉ thị",
    "Thông báo",
    "Tờ trình",
    "Đề án",
    "Hướng dẫn",
    "Công văn",
    "Kết luận",
    "Phương án",
    "Công điện",
)
_TOP = 60  # lines in which a letterhead may stand
_NUMBER = re.compile(r"\bSố\s*:?\s*(\d+[a-z]?)\s*/\s*([A-ZĐ][\wĐ&]*(?:\s*-\s*[\wĐ&]+)*)")
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
_SHORT_DATE = re.compile(r"ngày\s+(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})", re.I)
_PLACE = re.compile(r"^\W*([A-ZĐ][\w\s.-]{1,40}),\s*ngày\s+(?:\d|tháng|…|\.)", re.I)
_CAPTION = re.compile(
    r"\((?:kèm theo|ban hành kèm theo|ban hành theo)\s+(\S+ \S+)\s+số\s*:?\s*([^()]*?)\s*(?:của\s+([^()]+?))?\)",
    re.I | re.S,
)
_BODY = re.compile(
    r"^(ỦY BAN|UỶ BAN|UBND|CHỦ TỊCH|HỘI ĐỒNG|HĐND|BỘ|SỞ|GIÁM ĐỐC|TRƯỞNG "
    r"BAN|VĂN PHÒNG|BAN (?!HÀNH)|TỔNG CỤC|CỤC|CHI CỤC|THỦ TƯỚNG|"
    r"CHÁNH|TRUNG TÂM|BAN QUẢN LÝ|CÔNG AN|THANH TRA|PHÒNG |TỈNH ỦY|HUYỆN ỦY|ĐẢNG ỦY)"
)
_AREA = re.compile(r"^(TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|XÃ|PHƯỜNG|QUẬN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU)\s")
_STOP = re.compile(r"^(Căn cứ|Thực hiện|Kính gửi|Theo |Xét |Để |Nhằm |[IVX]+\.|Điều \d|Phần |PHẦN |\()")


def metadata_of(document: Document, casing: Casing) -> Metadata:
    """Return what the document says of itself."""
    lines = [(number, re.sub(r"[-_*\s]{4,}$", "", text).strip(" |*_")) for number, text in _texts(document)]
    lines = [(number, text) for number, text in lines if text.strip("-_ ")]
    found: dict[str, int] = {}
    caption = _caption(lines)
    number = _number(lines[:_TOP], caption, found)
    day = _day(lines[:_TOP], caption, found)
    kind, at = _kind(lines, caption, found)
    title = _title(document, lines, at, found)
    issuer = _issuer(lines, at, caption, found)
    place = next((m.group(1) for _, text in lines[:_TOP] if (m := _PLACE.match(text))), None)
    shown_issuer = _with_place(casing.name(issuer), place) if issuer else None
    shown_title = casing.sentence(title) if title else None
    return Metadata(
        number,
        day.isoformat() if day else None,
        shown_issuer,
        shown_title,
        kind,
        _year(shown_title, day, caption),
        found,
    )


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of paragraphs and, since letterheads are often tables, of cells."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.line_start, block.text
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield cell.line_start, cell.text


def _caption(lines: list[tuple[int, str]]) -> tuple[int, re.Match[str]] | None:
    for at, (number, text) in enumerate(lines):
        if re.match(r"^\W*(kèm theo|ban hành)", text, re.I):
            joined = " ".join(later for _, later in lines[at : at + 4])
            found = _CAPTION.search(joined)
            if found:
                return number, found
    return None


def _number(
    lines: list[tuple[int, str]], caption: tuple[int, re.Match[str]] | None, found: dict[str, int]
) -> str | None:
    for line, text in lines:
        match = _NUMBER.match(text) or (_NUMBER.search(text) if len(text) < 60 else None)
        if match and not text.startswith("Căn cứ"):
            found["number"] = line
            return f"{match.group(1)}/{match.group(2).replace(' ', '')}"
    if caption:
        match = re.match(r"(\d+[a-z]?)\s*/\s*([A-ZĐ][\wĐ&]*(?:\s*-\s*[\wĐ&]+)*)", caption[1].group(2))
        if match:
            found["number"] = caption[0]
            return f"{match.group(1)}/{match.group(2).replace(' ', '')}"
    return None


def _day(lines: list[tuple[int, str]], caption: tuple[int, re.Match[str]] | None, found: dict[str, int]) -> date | None:
    for line, text in lines:
        match = _DATE.search(text)
        if match and _PLACE.match(text) and len(text) < 90:
            found["date"] = line
            return _date(match)
    if caption:
        match = _DATE.search(caption[1].group(2)) or _SHORT_DATE.search(caption[1].group(2))
        if match:
            found["date"] = caption[0]
            return _date(match)
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    except ValueError:
        return None


def _kind(
    lines: list[tuple[int, str]], caption: tuple[int, re.Match[str]] | None, found: dict[str, int]
) -> tuple[str | None, int | None]:
    for at, (line, text) in enumerate(lines[:_TOP]):
        for kind in KINDS:
            if text.strip(" :") == kind.upper() or text.startswith(f"{kind.upper()} ") and text.isupper():
                found["kind"] = line
                return kind, at
    if caption:
        named = next((kind for kind in KINDS if fold(kind) == fold(caption[1].group(1))), None)
        if named:
            return named, None
    return None, None


def _title(document: Document, lines: list[tuple[int, str]], at: int | None, found: dict[str, int]) -> str | None:
    if at is None:
        return None
    own = re.sub("^(" + "|".join(kind.upper() for kind in KINDS) + ")", "", lines[at][1]).strip(" :")
    pieces = [own] if own else []
    before = lines[at][0]
    for line, text in lines[at + 1 :]:
        gap = any(not document.lines[between - 1].strip(" \t|*") for between in range(before + 1, line))
        if pieces and (gap or _STOP.match(text) or _BODY.match(text)) or text.startswith("("):
            break
        if not pieces and _STOP.match(text) and not text.startswith("Thực hiện"):
            break
        if not pieces:
            found["title"] = line
        pieces.append(text)
        before = line
    return squash(" ".join(pieces)) or None


def _issuer(
    lines: list[tuple[int, str]], at: int | None, caption: tuple[int, re.Match[str]] | None, found: dict[str, int]
) -> str | None:
    head = lines[: at if at is not None else 0]
    named = _letterhead(head)
    if named is None and at is not None:  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …" under the title
        named = next(
            ((line, text) for line, text in lines[at + 1 : at + 8] if _BODY.match(text) and text.isupper()), None
        )
    if named is None:
        said = _says_itself(" ".join(text for _, text in lines[:20] if not text.startswith("Căn cứ"))[:8000])
        if caption and caption[1].group(3):
            named = caption[0], caption[1].group(3).strip()
        if said and (named is None or fold(named[1]).startswith("van phong")):
            named = next((line for line, text in lines if said in text), 1), said
    if named is None:
        return None
    found["issuer"] = named[0]
    return named[1]


def _says_itself(text: str) -> str | None:
    """Return the body that speaks of itself in the opening: "Văn phòng … (sau đây gọi tắt …)", "Sở X báo cáo …"."""
    body = r"\b((?:Văn phòng|Sở|Ban|UBND|Ủy ban nhân dân|Phòng|Trung tâm)\s(?:(?!về việc)[^.,;()\d]){3,80}?)\s*"
    for follows in (
        r"\(sau đây",
        r"(?:xin |trân trọng )?báo cáo (?:kết quả|tình hình)",
        r"(?:xây dựng|ban hành) (?:kế hoạch|Kế hoạch)",
    ):
        found = re.search(body + follows, text)
        if found:
            return found.group(1)
    return None


def _letterhead(head: list[tuple[int, str]]) -> tuple[int, str] | None:
    kept: list[tuple[int, str]] = []
    for line, text in head:
        if fold(text).startswith(("cong hoa", "doc lap", "so", "ha noi,")) and not text.startswith("SỞ"):
            if kept:
                break
            continue
        if _BODY.match(text) and text.isupper():
            kept.append((line, text))
        elif kept and text.isupper() and (_AREA.match(text) or not _BODY.match(text)) and len(text) < 60:
            kept[-1] = (kept[-1][0], f"{kept[-1][1]} {text}")
    return kept[-1] if kept else None


def _with_place(issuer: str, place: str | None) -> str:
    area = re.search(r"\b(tỉnh|thành phố|huyện|xã|phường)$", issuer)
    return f"{issuer} {place}" if area and place else issuer


def _year(title: str | None, day: date | None, caption: tuple[int, re.Match[str]] | None) -> int | None:
    named = re.findall(r"năm (20\d\d)", title or "", re.I)
    if named:
        return int(named[-1])
    if day:
        return day.year
    written = re.findall(r"/\s*(20\d\d)", caption[1].group(2)) if caption else []
    return int(written[-1]) if written else None
