"""Fields of a task written out in prose: "Cơ quan chủ trì: …; thời gian hoàn thành: …"."""

import re
from dataclasses import dataclass

from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.evidence import is_time

_BODY = (
    r"(?:(?:các\s+)?(?:cơ quan|đơn vị|tổ chức|bộ phận|phòng|ban|sở|ngành|cá nhân|địa phương|đồng chí)\s*"
    r"(?:[,/và]+\s*)?){0,3}"
)
_DOES = (
    r"(?:\s*[,/]?\s*(?:thực hiện|tham mưu|triển khai|soạn thảo|xây dựng|chính|tổ chức|chịu trách nhiệm|"
    r"giải quyết))*"
)
_PATTERNS = (
    (
        Role.LEAD,
        rf"{_BODY}\s*(?:chủ trì|được giao chủ trì|đầu mối){_DOES}(?:\s*[,/và]+\s*{_BODY}\s*phối hợp{_DOES})?"
        rf"|(?:cơ quan|đơn vị|bộ phận|phòng|ban|ngành)(?:\s*[,/]?\s*(?:cơ quan|đơn vị|cá nhân|tổ chức))*\s+"
        rf"(?:thực hiện|triển khai|tham mưu|phụ trách|chịu trách nhiệm|đầu mối|được giao){_DOES}"
        r"|(?:phân công|trách nhiệm)\s+(?:tổ chức\s+)?thực hiện|giao chủ trì|phân công|phụ trách(?: chính)?",
    ),
    (Role.COORDINATING, rf"{_BODY}\s*(?:cùng\s+)?phối hợp{_DOES}|hỗ trợ|cùng làm|tham gia"),
    (
        Role.DEADLINE,
        r"(?:thời gian|thời hạn|tiến độ|thời điểm|mốc thời gian|hạn|lộ trình)(?:\s*[,/]?\s*(?:tổ chức|"
        r"triển khai|thực hiện|hoàn thành|trình|ban hành|xong|kết thúc|báo cáo))*|hoàn thành|thời gian dự kiến",
    ),
    (
        Role.PRODUCT,
        r"(?:dự kiến\s+)?(?:sản phẩm|kết quả|đầu ra)(?:\s*[,/]?\s*(?:và\s+)?(?:dự kiến|đầu ra|sản phẩm|"
        r"kết quả|đạt được|cần đạt|hoàn thành|thực hiện|yêu cầu))*",
    ),
    (Role.BUDGET, r"(?:nguồn\s+|dự toán\s+)?kinh phí(?:\s+(?:thực hiện|dự kiến))?"),
    (
        Role.PERSON,
        r"(?:lãnh đạo|người|cán bộ|chuyên viên|công chức)\s+(?:phụ trách|chỉ đạo|thực hiện|theo dõi|chịu trách nhiệm|"
        r"tham mưu)(?:\s+(?:chính|chỉ đạo))?",
    ),
    (Role.BASIS, r"căn cứ(?:\s+thực hiện)?"),
    (Role.NOTE, r"ghi chú"),
)
_WORDS = "|".join(f"(?P<{role.name}>{pattern})" for role, pattern in _PATTERNS)
# A print may run the line of a field into the one before: "… đơn vị hành chính Chủ trì: Sở Tư pháp". A capital tells.
_RUN_IN = (
    r"(?<=[^\W\d_]\s)(?=(?-i:[A-ZĐ]))(?=(?:Cơ quan |Đơn vị )?(?:chủ trì|phối hợp|thời gian|thời hạn|sản phẩm)\s*:)"
)
_LABEL = re.compile(rf"(?:^|(?<=[;.,(\[–•+*-])|(?<=[;.,(\[–•+*-]\s)|{_RUN_IN})(?:{_WORDS})\s*[*_]*\s*:\s*", re.I)
_MARK = re.compile(r"^(?:[*_\s]*(?:[-–+*•▪]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|\())?[*_\s]*", re.I)
_IN_BRACKETS = re.compile(
    r"\((?P<lead>[A-ZĐ][^():]{2,100}?)\s+chủ trì"
    r"(?:\s*[,;]?\s*(?:và\s+)?phối hợp\s+(?:với\s+)?(?P<coordinating>[^():]+?))?"
    r"(?:[,;]\s*(?:hoàn thành\s*|thời gian\s*|xong\s*)?(?P<deadline>(?:trước|trong|chậm nhất|quý|tháng|năm|đến|"
    r"thường xuyên|hằng|hàng|định kỳ|\d)[^()]*))?\)[.;]?\s*$",
    re.I,
)
_CLOSING = re.compile(r"\(([^()]{8,160})\)[\s.;,/]*$")


@dataclass(frozen=True)
class Field:
    """One field: its role, what was written, where in the text its label begins."""

    role: Role
    value: str
    start: int


def fields_of(text: str) -> list[Field]:
    """Return the fields that a paragraph writes out, in order; empty if it names neither who nor when."""
    begin = _MARK.match(text)
    offset = begin.end() if begin else 0
    matches = list(_LABEL.finditer(text, offset))
    first = _LABEL.match(text[offset:])
    if first and (not matches or matches[0].start() > offset):
        matches = [one for one in _LABEL.finditer(text[offset:])]
    else:
        offset = 0
    found = []
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text) - offset
        value = text[offset + match.end() : offset + end]
        role = next(role for role, _ in _PATTERNS if match.group(role.name) is not None)
        found.append(Field(role, _trimmed(value), offset + match.start()))
    said = None if found else _IN_BRACKETS.search(text)
    if said is not None and said.group("deadline") and said.group("lead")[0].isupper():
        return _said(said)
    if not found and (told := _who_and_when(text)):
        return told
    roles = {one.role for one in found}
    return found if roles - {Role.BUDGET, Role.BASIS, Role.NOTE} else []


def _who_and_when(text: str) -> list[Field]:
    """Return the fields of a bracket that only names a body and a time: "(Sở Tư pháp; quý III/2026)"."""
    closing = _CLOSING.search(text)
    pieces = [piece.strip(" .") for piece in re.split(r"\s*;\s*|,\s*(?=[^,;]*$)", closing.group(1))] if closing else []
    if closing is None or len(pieces) != 2:
        return []
    pieces.sort(key=is_time)
    lead = re.sub(r"\s+(?:chủ trì|thực hiện)$", "", pieces[0])
    if is_time(pieces[0]) or not is_time(pieces[1]) or not looks_like_agency(lead):
        return []
    return [Field(role, value, closing.start()) for role, value in ((Role.LEAD, lead), (Role.DEADLINE, pieces[1]))]


def _said(match: re.Match[str]) -> list[Field]:
    """Return the fields of "(Sở X chủ trì, phối hợp Sở Y; hoàn thành trước ngày …)"."""
    roles = ((Role.LEAD, "lead"), (Role.COORDINATING, "coordinating"), (Role.DEADLINE, "deadline"))
    return [Field(role, _trimmed(match.group(name)), match.start()) for role, name in roles if match.group(name)]


def is_field(text: str) -> bool:
    """Tell whether a paragraph begins with a field: it is part of a task, not a task."""
    begin = _MARK.match(text)
    return bool(_LABEL.match(text[begin.end() if begin else 0 :]))


def _trimmed(value: str) -> str:
    value = re.sub(r"[\s*_]*[-–+•]?\s*$", "", value.strip())
    value = value.strip(" ;.,*_/")
    while value.endswith((")", "]")) and value.count("(") < value.count(")"):
        value = value[:-1].strip(" ;.,")
    value = value.rstrip(" .;,")
    return "" if re.fullmatch(r"[\s.…_]*", value) or "……" in value else value
