"""Number, date, issuer, title and kind of a document: from the letterhead, or from the captions of its annexes.

The layout is that of Decree 30/2020; plans and decisions about procedures both read it here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from motcua.base.text import fold, squash
from motcua.reading.blocks import Document, Paragraph, Table
from motcua.reading.casing import Casing

KINDS = (
    "Quyết định",
    "Kế hoạch",
    "Báo cáo",
    "Chương trình hành động",
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
    "Quy chế",
    "Phân công",
    "Nghị định",
    "Thông tư",
)
_TOP = 60  # lines in which a letterhead may stand
_SIGN = (
    r"(\d+[a-z]?)(?:\s*/\s*(20\d\d))?\s*(?:/\s*([A-ZĐ][\wĐ&]*(?:\s*-\s*[\wĐ&]+)*)|"
    r"-\s*([A-ZĐ][\wĐ]*\s*/\s*[\wĐ]+(?:-[\wĐ]+)*))"
)
_NUMBER = re.compile(rf"\bSố\s*:?\s*{_SIGN}")
_SUBJECT = re.compile(r"^(?:\(?\s*V\s*/\s*[vV]\s*:?|Về việc\s*:?|Trích yếu\s*:)\s*(.+)$", re.S)
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
_SHORT_DATE = re.compile(r"ngày\s+(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})", re.I)
_PLACE = re.compile(r"^\W*([A-ZĐ][\w\s.-]{1,40}),\s*ngày\s+(?:\d|tháng|…|\.)", re.I)
_CAPTION = re.compile(
    r"\((?:kèm theo|ban hành kèm theo|ban hành theo)\s+(\S+ \S+)\s+số\s*:?\s*([^()]*?)\s*(?:của\s+([^()]+?))?\)",
    re.I | re.S,
)
_HANGS = re.compile(r"^Số\s*:?$|^[^.;]{0,40}\b(?:ngày|tháng|năm)$|^[^.;]{0,40}\bngày \d{1,2}(?: tháng \d{1,2})?$", re.I)
_DATED = re.compile(
    r"^([^.;]{2,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4})\s+(?=" + "|".join(kind.upper() for kind in KINDS) + ")"
)
_TORN = ("ỦY BAN", "UỶ BAN", "CỘNG HÒA", "CỘNG HOÀ", "HỘI ĐỒNG", "VĂN PHÒNG", "CHỦ TỊCH")
_BODY = re.compile(
    r"^(ỦY BAN|UỶ BAN|UBND|CHỦ TỊCH|HỘI ĐỒNG|HĐND|BỘ|SỞ|GIÁM ĐỐC|TRƯỞNG "
    r"BAN|VĂN PHÒNG|BAN (?!HÀNH)|TỔNG CỤC|CỤC|CHI CỤC|THỦ TƯỚNG|"
    r"CHÁNH|TRUNG TÂM|BAN QUẢN LÝ|CÔNG AN|THANH TRA|PHÒNG |TỈNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|ĐẢNG BỘ|THÀNH ỦY|VIỆN |"
    r"LIÊN ĐOÀN|TRƯỜNG|BẢO HIỂM|KHO BẠC|BAN CHỈ ĐẠO|TỔ CÔNG TÁC)"
)
_POSTS = ("CHỦ TỊCH", "GIÁM ĐỐC", "BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG", "THỦ TƯỚNG")
_AREA = re.compile(r"^(TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|XÃ|PHƯỜNG|QUẬN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU)\s")
_STOP = re.compile(r"^(Căn cứ|Thực hiện|Kính gửi|Theo |Xét |Để |Nhằm |[IVX]+\.|Điều \d|Phần |PHẦN |\()")


@dataclass(frozen=True)
class Letterhead:
    """What a document says of itself; None where the text does not tell. ``lines``: field -> the line it stands on."""

    number: str | None = None
    dated_on: date | None = None
    issuer: str | None = None
    title: str | None = None
    kind: str | None = None
    year: int | None = None  # the year the title names, else the document's
    lines: dict[str, int] = field(default_factory=dict)


def _none(_table: Table) -> bool:
    return False


def letterhead_of(document: Document, casing: Casing, is_content: Callable[[Table], bool] = _none) -> Letterhead:
    """Return what the document says of itself; tables for which ``is_content`` is true belong to no letterhead."""
    lines = [(number, re.sub(r"[-_*\s]{4,}$", "", text).strip(" |*_")) for number, text in _texts(document, is_content)]
    lines = _mended([(number, text) for number, text in lines if text.strip("-_ ")])
    found: dict[str, int] = {}
    caption = _caption(lines)
    number = _number(lines[:_TOP], caption, found)
    day = _day(lines[:_TOP], caption, found)
    kind, at = _kind(lines, caption, found)
    title = _title(document, lines, at, found)
    if kind is None and (letter := _letter(lines, found)):
        kind, at, title = letter
    issuer = _issuer(lines, at, caption, found)
    place = next((m.group(1) for _, text in lines[:_TOP] if (m := _PLACE.match(text))), None)
    shown_issuer = _with_place(casing.name(issuer), place) if issuer else None
    shown_title = casing.sentence(title) if title else None
    return Letterhead(
        number,
        day,
        shown_issuer,
        shown_title,
        kind,
        _year(shown_title, day, caption),
        found,
    )


def _mended(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines, those of the letterhead joined that a narrow column broke: "Thanh Hóa, ngày | 20 …"."""
    result: list[tuple[int, str]] = []
    apart = [(line, piece) for line, text in lines for piece in _DATED.sub(r"\1\n", text).split("\n")]
    for line, text in apart:
        before = result[-1][1] if result and line <= _TOP + 20 else ""
        if before and (_HANGS.search(before) or _is_torn(before, text)):
            result[-1] = (result[-1][0], f"{before} {text}")
        else:
            result.append((line, text))
    return result


def _is_torn(before: str, text: str) -> bool:
    """Tell whether a line goes on with a place ("Cần | Thơ, ngày 24 …") or a name in capitals ("ỦY | BAN NHÂN DÂN")."""
    if re.match(r"^[A-ZĐ]\w+(?: \w+)?,\s*ngày\s+\d", text):
        return re.fullmatch(r"[^\W\d_]{2,8}", before) is not None and before.istitle()
    alone = before.isupper() and " " not in before and len(before) <= 5 and before.isalpha()
    return alone and text.isupper() and before not in ("SỞ", "VIỆN") and f"{before} {text}".startswith(_TORN)


def _texts(document: Document, is_content: Callable[[Table], bool]) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of paragraphs and, since letterheads are often tables, of cells; content says nothing here.

    A letterhead whose two columns stand on each line with a tab between gives the left column, then the right.
    """
    left: list[tuple[int, str]] = []
    right: list[tuple[int, str]] = []
    for block in document.blocks:
        pieces = _tabbed(document, block) if isinstance(block, Paragraph) else []
        if len(pieces) == 2 and block.line_start <= _TOP:
            left.append((block.line_start, pieces[0]))
            right.append((block.line_start, pieces[1]))
            continue
        if isinstance(block, Paragraph) and left and _SUBJECT.match(block.text):
            left.append((block.line_start, block.text))
            continue
        yield from left + right
        left, right = [], []
        if isinstance(block, Paragraph):
            yield block.line_start, block.text
        elif not is_content(block):
            yield from _cells(block)
    yield from left + right


def _cells(table: Table) -> list[tuple[int, str]]:
    """Return the texts of a table: of a letterhead the left column first, of a wider table row by row."""
    told = [(cell.column or 0, cell) for row in table.rows for cell in row.cells]
    if table.width <= 3 and all(row.is_aligned for row in table.rows):
        told.sort(key=lambda one: one[0])
        if table.line_start <= _TOP and _NUMBER.search(" ".join(cell.text for _, cell in told)):
            return [part for _, cell in told for part in cell.parts]  # each line of a cell says something of its own
    return [(cell.line_start, cell.text) for _, cell in told]


def _tabbed(document: Document, block: Paragraph) -> list[str]:
    raw = document.lines[block.line_start - 1] if block.line_start <= len(document.lines) else ""
    pieces = (
        [squash(piece) for piece in re.split(r"\t+|\s{4,}", raw.strip())] if block.line_end == block.line_start else []
    )
    return [piece for piece in pieces if piece]


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
            return _sign(match)
    if caption:
        match = re.match(_SIGN, caption[1].group(2))
        if match:
            found["number"] = caption[0]
            return _sign(match)
    return None


def _sign(match: re.Match[str]) -> str:
    """Return "15/KH-UBND", "08/2026/QĐ-UBND" or, as the Party writes it, "15-CTr/ĐU"."""
    first, year, body, party = (group.replace(" ", "") if group else "" for group in match.groups())
    if party:
        return f"{first}-{party}"
    return "/".join(filter(None, (first, year, body)))


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


def _letter(lines: list[tuple[int, str]], found: dict[str, int]) -> tuple[str, int, str | None] | None:
    """Return kind, place and subject of a letter, which names no kind: "V/v …" and "Kính gửi: …" (Decree 30/2020)."""
    to = next((at for at, (_, text) in enumerate(lines[:_TOP]) if re.match(r"^kính gửi", text, re.I)), None)
    for at, (line, text) in enumerate(lines[: to if to is not None else _TOP]):
        subject = _SUBJECT.match(text)
        if subject and re.match(r"^\(?\s*V\s*/", text):
            found["title"] = found["kind"] = line
            pieces = [subject.group(1)]
            for _, more in lines[at + 1 : at + 6]:
                if not more[:1].islower() or _PLACE.match(more):
                    break
                pieces.append(more)
            said = squash(" ".join(pieces)).strip(" )")
            return "Công văn", to if to is not None else at, said[:1].upper() + said[1:]
    if to is None:
        return None
    found["kind"] = lines[to][0]
    return "Công văn", to, None


def _title(document: Document, lines: list[tuple[int, str]], at: int | None, found: dict[str, int]) -> str | None:
    if at is None:
        return None
    own = re.sub("^(" + "|".join(kind.upper() for kind in KINDS) + ")", "", lines[at][1]).strip(" :")
    pieces = [own] if own else []
    before = lines[at][0]
    for line, text in lines[at + 1 :]:
        gap = any(not document.lines[between - 1].strip(" \t|*") for between in range(before + 1, line))
        is_over = (
            gap
            or (_STOP.match(text) and not text.startswith("("))
            or (_BODY.match(text) and _is_authority(lines[at + 1 :], line, text))
        )
        if pieces and is_over or (text.startswith("(") and not text.isupper()):
            break
        if not pieces and _STOP.match(text) and not text.startswith("Thực hiện"):
            break
        if not pieces:
            found["title"] = line
        pieces.append(text)
        before = line
    return squash(" ".join(pieces)) or None


def _is_authority(lines: list[tuple[int, str]], line: int, text: str) -> bool:
    """Tell whether a line in capitals that names a body is the one who decides, not the title going on.

    The one who decides is named last before the grounds ("Căn cứ …"); a document without grounds ends its title at the
    first body.
    """
    below = [(number, other) for number, other in lines if number > line][:8]
    ground = next((at for at, (_, other) in enumerate(below) if re.match(r"^\W*Căn cứ\b", other)), None)
    if ground is None or " " not in text.strip() or text in _POSTS:
        return True
    return not any(_BODY.match(other) and other.isupper() for _, other in below[:ground])


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
    if len(kept) > 1 and kept[-1][1] in ("VĂN PHÒNG", "THANH TRA"):  # the office of the body printed above it
        above = re.sub(r"^UBND\b", "ỦY BAN NHÂN DÂN", kept[-2][1])
        return kept[-1][0], f"{kept[-1][1]} {above}"
    return kept[-1] if kept else None


def _with_place(issuer: str, place: str | None) -> str:
    area = re.search(r"\b(tỉnh|thành phố|huyện|xã|phường)$", issuer)
    return f"{issuer} {place}" if area and place else issuer


def _year(title: str | None, day: date | None, caption: tuple[int, re.Match[str]] | None) -> int | None:
    named = re.findall(r"năm\s+(20\d\d)", title or "", re.I)
    if named:
        return int(named[-1])
    if day:
        return day.year
    written = re.findall(r"/\s*(20\d\d)", caption[1].group(2)) if caption else []
    return int(written[-1]) if written else None
