"""Agencies named in a cell, split into a list. Collective names ("Các sở, ban, ngành") stay one."""

import re
from dataclasses import dataclass

from motcua.base.text import fold, squash
from motcua.plans.rules.bodies.agency_heads import ROOMS, begins_with_head, is_head
from motcua.plans.rules.bodies.agency_heads import looks_like_agency as looks_like_agency
from motcua.plans.rules.bodies.agency_words import FIELDS_OF_WORK
from motcua.plans.rules.bodies.people import take_people

_FIELDS = frozenset(FIELDS_OF_WORK)
_LONGEST_FIELD = 7  # pieces of the longest field and the marks between: "văn hóa | , | thể thao | và | du lịch"
_NOTHING = re.compile(r"^[\W_]*(?:không|nt|như trên)?[\W_]*$", re.I)
# A new body that follows the one before without any mark between them: two lines of a cell, joined.
_STARTS = (
    r"(?:Sở (?=[A-ZĐ])|UBND (?:các |cấp |tỉnh|thành phố|huyện|thị xã|xã|phường)|Công an (?:tỉnh|huyện|xã|"
    r"thành phố|phường)|"
    r"Văn phòng (?:UBND|HĐND|Đoàn)|Thanh tra tỉnh|Bảo hiểm xã hội|Kho bạc|Trung tâm (?=[A-ZĐ])|Các (?:sở|Sở|"
    r"cơ quan|đơn vị|"
    r"phòng|ban|xã|tổ chức|doanh nghiệp)|Ban Quản lý|Báo (?=[A-ZĐ])|Đài (?=[A-ZĐ])|Phòng (?=[A-ZĐ])|Cục (?=[A-ZĐ])|"
    r"Chi cục (?=[A-ZĐ])|Vụ (?=[A-ZĐ])|Ủy ban (?:MTTQ|Mặt trận))"
)
_RUN_ON = re.compile(rf"(?<=[^\W\d_])\s+(?={_STARTS})")
# Words after which a body's name goes on: "Giám đốc | Sở Nội vụ", "Văn phòng | UBND tỉnh".
_EXPECTS = re.compile(
    r"(?:\b(?:và|của|thuộc|với|cùng|hoặc|cho|tại|các|giám đốc|phó|trưởng|chánh|văn phòng|vp|lãnh đạo|chủ tịch|hđnd|bộ|"
    r"ban|chi nhánh|phối hợp|cùng với|trực thuộc|theo|do|từ|trung tâm|tổ|cơ quan|chủ nhiệm|thường trực|"
    r"ban thường vụ|ủy viên|đại diện|đoàn|thanh tra|phòng|"
    r"ngành|chi cục|cục|cổng|đảng ủy|"
    r"công chức|cán bộ|viên chức|chuyên viên|công đoàn|chi bộ|đảng bộ|website|trang|báo|đài|&)|[:,;(–-])$",
    re.I,
)
_PARTNER_MARK = re.compile(r"\s*\((?:cơ quan |đơn vị )?(chủ trì|phối hợp)\)", re.I)
# Words that go on with an open collective: "Các sở, | ban, | ngành", "UBND các huyện, | thị xã, | thành phố".
_GOES_ON = re.compile(
    r"^(?:(?:cac )?(?:so|ban|nganh|doan the|hoi|don vi|dia phuong|to chuc|ca nhan|phong|bo|huyen|xa|phuong|thi xa|"
    r"thi tran|thanh pho|quan|dac khu|dai|bao|doanh nghiep|hoi doan the|mat tran|co quan|cuc|vu|vien|chi cuc|trung tam|"
    r"ban quan ly|truong|thon|ban|to dan pho|khu pho|cong chuc|vien chuc|nguoi lao dong))"
    r"(?:\s+(?:lien quan|co lien quan|cap\b.*|thuoc\b.*|truc thuoc\b.*|cua\b.*|dia phuong|tinh|thanh pho|huyen|xa|"
    r"ubnd\b.*|uy ban\b.*|duoc\b.*|tren dia ban.*|phoi hop.*|dong tren.*|"
    r"khac|trung uong.*|to chuc.*|nganh|doan the.*|chuyen mon.*))*$"
)
_OPEN = re.compile(
    r"^(?:(?:ubnd |uy ban nhan dan |chu tich (?:ubnd|uy ban nhan dan) |giam doc |thu truong |truong |lanh dao )?cac\b|"
    r"so\b(?=,|$)|toan the\b|(?:ubnd|uy ban nhan dan) (?:huyen|xa|phuong|thanh pho|thi xa)$|cac\b)"
)
_LEVELS = re.compile(r"^(.*\b)cấp (?:tỉnh|huyện|xã|cơ sở|thành phố|sở)$", re.I)
_KINDS = re.compile(r"^(?:các )?(sở|phòng|bộ|ban|chi cục|cục|hội)s?\s*:\s*(.+)$", re.I)
_LISTED = re.compile(r"^các (sở|bộ)\s+(?=[A-ZĐ])(?!.*\b(?:liên quan|thuộc)\b)(.+)$", re.I)
_MEMBERS = re.compile(r"^(?:cac )?(?:to chuc (?:chinh tri|thanh vien)|thanh vien|don vi truc thuoc|truc thuoc)\b")


@dataclass(frozen=True)
class Agencies:
    """The bodies of one cell, and those it names as coordinating though the column says lead.

    ``people``: persons whom the cell names, kept apart from their role, which stays among the names. They are personal
    data: for the row's own page, never for facts or logs.
    """

    names: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    remark: str = ""
    people: tuple[str, ...] = ()


def split_agencies(text: str, *, is_lead: bool = False) -> Agencies:
    """Return the agencies named in a cell, in order, without repeats.

    In a lead cell "A chủ trì, phối hợp B" gives A as lead and B as coordinating; elsewhere both are named alike.
    """
    bare, people = take_people(text)
    clear = _tidy(bare)
    if _NOTHING.match(clear):
        return Agencies(people, people=people)  # a person without a role stands for himself
    clear, remark = _without_remark(clear)
    lead_text, with_text = _roles(clear)
    names, with_names = _names(lead_text), _names(with_text)
    if is_lead:
        return Agencies(tuple(_unique(names)), tuple(_unique(with_names)), remark, people)
    return Agencies(tuple(_unique(names + with_names)), (), remark, people)


def _tidy(text: str) -> str:
    lines = [squash(line) for line in text.splitlines()]
    text = squash(" ".join(_ended(line, lines[at + 1] if at + 1 < len(lines) else "") for at, line in enumerate(lines)))
    text = re.sub(r"\bUBND(?=[^\W\d_])", "UBND ", text)
    text = re.sub(r"\b((?:\w+ )?\w+) \1\b", r"\1", text) if re.search(r"\b(\w+ \w+) \1\b", text) else text
    text = re.sub(r"(?:(?<=^)|(?<=[\s;]))\d{1,2}[.)]\s+(?=[A-ZĐ])", "; ", text)  # "1. Sở A 2. Sở B"
    return _split_run_on(text).strip(" ;")


def _ended(line: str, following: str) -> str:
    """Return a line of a cell, closed with a semicolon where the next line begins another body."""
    if not following or not is_head(following) or not following[:1].isupper() or _EXPECTS.search(line):
        return line
    return f"{line};" if len(line.split()) > 1 and not line.endswith(";") else line


def _split_run_on(text: str) -> str:
    """Put a semicolon between bodies that stand side by side without any mark, never inside brackets."""

    def mark(found: re.Match[str]) -> str:
        before = text[: found.start()]
        own = re.split(r"[;,.:]\s|\s[-+•–]\s", before)[-1]
        is_inside = before.count("(") > before.count(")")
        if is_inside or _EXPECTS.search(before) or len(own.split()) < 2 or not (is_head(own) or begins_with_head(own)):
            return found.group()
        return "; "

    return _RUN_ON.sub(mark, text)


def _without_remark(text: str) -> tuple[str, str]:
    """Take out a bracket that reports on other bodies ("(Sở X, Sở Y đã hoàn thành năm 2022)"); names keep theirs."""
    found = re.search(r"\s*\(([^()]*\b(?:đã hoàn thành|đã thực hiện|nếu có|khi được giao)\b[^()]*)\)", text)
    if not found:
        return text, ""
    return squash(text[: found.start()] + text[found.end() :]), found.group(1)


_LABEL = r"(?:cơ quan |đơn vị |cq |đv )?"
_CHAIRED = re.compile(rf"\b{_LABEL}chủ trì\s*[,;:-]?\s*(?:và\s+)?phối hợp(?:\s+(?:với|cùng))?(?:\s+với)?\s*:?\s*", re.I)
_PARTNERS = re.compile(rf"(?:^|[\s;,.\n-])\s*{_LABEL}(?:phối hợp|PH)(?:\s+(?:với|thực hiện))?\s*:\s*", re.I)
_TOGETHER = re.compile(
    r"(?<=\w)\s*[,;]?\s+phối hợp(?:\s+(?:chặt chẽ))?(?:\s+(?:với|cùng))?\s+(?=(?:các |Các )?[A-ZĐa-zđ])"
)
_LEADS = re.compile(rf"^\W*{_LABEL}(?:chủ trì(?: thực hiện)?|CT)\s*:\s*", re.I)


def _roles(text: str) -> tuple[str, str]:
    """Return what is said of leads and what of partners: by labels, by marks in brackets, or by the verb between."""
    if _PARTNER_MARK.search(text):
        return _by_marks(text)
    found = _CHAIRED.search(text) or _PARTNERS.search(text)
    if not found:
        between = _TOGETHER.search(text)
        found = (
            between if between and is_head(text[between.end() :]) and is_head(text) and not _collective(text) else None
        )
    lead, partners = (text[: found.start()], text[found.end() :]) if found else (text, "")
    lead = _LEADS.sub("", lead).strip(" ,;-")
    return re.sub(r"\s*,?\s+(?:là (?:cơ quan|đơn vị) )?chủ trì$", "", lead), partners


def _by_marks(text: str) -> tuple[str, str]:
    """Return leads and partners of "Sở A (chủ trì), Sở B, Sở C (phối hợp)": a mark holds back to the one before."""
    sides: dict[str, list[str]] = {"chủ trì": [], "phối hợp": []}
    at = 0
    for mark in _PARTNER_MARK.finditer(text):
        sides[mark.group(1).lower()].append(text[at : mark.start()].strip(" ,;"))
        at = mark.end()
    rest = text[at:].strip(" ,;.")
    if rest:
        sides["phối hợp" if sides["chủ trì"] else "chủ trì"].append(re.sub(r"^và\s+", "", rest))
    return "; ".join(sides["chủ trì"]), "; ".join(re.sub(r"^và\s+", "", one) for one in sides["phối hợp"])


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
    pieces = re.split(r";|(?:^|(?<=[;.,:]))\s*[-+•*–]\s+|\s+[+•]\s+|^[+•]", held)
    result: list[str] = []
    for piece in pieces:
        for item in _glued_items(piece):
            result += _sentences(item.strip(" ."))
    return [piece for piece in result if piece.strip(" .;,-")]


def _glued_items(piece: str) -> list[str]:
    """Split bodies held together by a dash, a stroke, "&" or "cùng"; a dash inside a name stays."""
    parts = re.split(r"(\s+[-–]\s+|\s*/\s*|\s+&\s+|\s+cùng(?: với)?\s+)", piece)
    items = [parts[0]]
    for between, part in zip(parts[1::2], parts[2::2], strict=True):
        is_name = fold(part).startswith("quan ly") and "-" in between  # "Cục Kinh tế - Quản lý đầu tư": one body
        if (
            is_head(part)
            and not is_name
            and part[:1].isupper()
            and len(items[-1].split()) > 1
            and not _serves_council(items[-1])
        ):
            items.append(part)
        else:
            items[-1] += between + part
    return items


def _sentences(piece: str) -> list[str]:
    parts = re.split(r"\.\s+(?=[A-ZĐÂÊÔƯƠÁÀẢÃẠỦ])", piece)
    result: list[str] = []
    for part in parts:
        if result and not is_head(part):
            result[-1] += ". " + part
        else:
            result.append(part)
    return result


def _expand(segment: str) -> list[str]:
    listed = _KINDS.match(segment) or _LISTED.match(segment)
    if listed and "," in listed.group(2) or listed and ":" in segment:
        kind = listed.group(1).capitalize()
        return _of_kind(kind, listed.group(2))
    return [_restore(name) for name in _fields_apart(segment)]


def _of_kind(kind: str, rest: str) -> list[str]:
    """Return "Sở A", "Sở B" for "Các Sở: A, B"; a later body with its own head stands for itself."""
    names: list[str] = []
    for part in _fields(rest):
        bare = part.strip(" .")
        own_head = is_head(bare) and not fold(bare).startswith(ROOMS) and fold(bare) not in _FIELDS
        names.append(bare if own_head else f"{kind} {bare}")
    return [_restore(name) for name in names]


def _fields(text: str) -> list[str]:
    """Split "Nội vụ, Văn hóa, Thể thao và Du lịch và Tài chính" into fields of work, the longest known ones first."""
    tokens = re.split(r"(,\s*(?:và\s+)?|\s+và\s+)", text)
    found: list[str] = []
    at = 0
    while at < len(tokens):
        longest = next(
            (
                upto
                for upto in range(min(at + _LONGEST_FIELD, len(tokens)), at, -2)
                if fold(squash("".join(tokens[at:upto]))).strip(" .") in _FIELDS
            ),
            None,
        )
        if longest is None:
            # No field we know: as far as the next comma, which ends it.
            longest = next(
                (upto + 1 for upto in range(at, len(tokens), 2) if tokens[upto + 1 : upto + 2] != [" và "]), at + 1
            )
        found.append("".join(tokens[at:longest]))
        at = longest + 1
    return [squash(one) for one in found if squash(one)]


def _fields_apart(segment: str) -> list[str]:
    """Return the bodies of a list of which only the first says what it is: "Sở Nội vụ, Tài chính"."""
    named = re.match(r"^(Sở|Phòng|Bộ) (?=[A-ZĐ])(.+)$", segment)
    if named and "," in segment:
        parts = _fields(named.group(2))
        if len(parts) > 1 and all(fold(part).strip(" .") in _FIELDS for part in parts):
            return [f"{named.group(1)} {part}" for part in parts]
    return _by_comma(segment)


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
        elif always or is_head(part):
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
        if (
            _serves_council(names[-1])
            or _MEMBERS.match(folded)
            or not is_head(part)
            or (_collective(names[-1]) and _bare_word(folded))
        ):
            names[-1] = f"{names[-1]} và {part}"
        else:
            names.append(part)
    return names


def _serves_council(name: str) -> bool:
    """Tell whether a name is an office that serves a second body as well ("Văn phòng HĐND | và UBND")."""
    return bool(re.search(r"^(van phong|vp)\b.*\b(hdnd|hoi dong nhan dan|dbqh|dai bieu quoc hoi)$", fold(name)))


def _collective(name: str) -> bool:
    return bool(_OPEN.match(fold(name).strip(" -")))


def _bare_word(folded: str) -> bool:
    return bool(_GOES_ON.match(folded)) and not folded.startswith("cac ")


def _starts_anew(part: str) -> bool:
    """Tell whether a part that could go on with a collective names a body of its own ("Sở Tư pháp", "các ngành")."""
    return fold(part).startswith("cac ") and not part[:1].islower()


def _main(part: str) -> str:
    return re.sub(r"\s+và\s+.*$", "", part)


def _restore(name: str) -> str:
    return name.replace("\0", ";").replace("\1", ",").replace("\2", ". ")


def _unique(names: list[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        if name not in kept:
            kept.append(name)
    return kept
