"""Headings that leave no second reading: what the column below them holds is known, not concluded.

``columns.role_of`` guesses well from any words; here stand only the words that everybody uses for one field and for
nothing else. A table is sure of its columns where each field has such a heading and no other column claims the field.
"""

import re
from collections.abc import Mapping, Sequence

from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.layout.columns import Role, is_of_else, normal, role_of
from motcua.plans.rules.layout.evidence import is_time, kind_of

_BODY = r"(?:(?:cac |va )*(?:co quan|don vi|phong|ban|nganh|to chuc|bo phan|so|dia phuong)[ /]*)"
_RESULT = r"(?:san pham|ket qua|dau ra)"
_WORK = r"(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|viec)"
_DO = r"(?:thuc hien|trien khai|hoan thanh|xong)"
_SAYS_WORK = re.compile(rf"\b{_WORK}\b")
_PLAIN = {
    Role.NUMBER: re.compile(r"s ?t ?t|t ?t|so tt|so thu tu|so|muc|ma viec|ma nhiem vu"),
    Role.TEXT: re.compile(
        rf"(?:ro |ten |cac |danh muc )*{_WORK}(?:[ /]+(?:va )?(?:{_WORK}|giai phap))?"
        r"(?: (?:cu the|trong tam|chu yeu|thuc hien|trien khai|duoc giao|giao|can lam|phai lam|can thuc hien|"
        r"duoc phan cong))*"
    ),
    Role.LEAD: re.compile(
        rf"{_BODY}*chu tri(?: thuc hien| tham muu| trien khai| soan thao)?|"
        rf"{_BODY}+(?:thuc hien|dau moi|chiu trach nhiem(?: chinh)?|duoc giao)|"
        r"(?:phan cong|trach nhiem) thuc hien|dau moi(?: chu tri)?"
    ),
    Role.COORDINATING: re.compile(rf"(?:{_BODY}*|dau moi )phoi hop(?: thuc hien)?"),
    Role.PRODUCT: re.compile(
        rf"(?:ro )?{_RESULT}(?:[ /]+(?:va )?{_RESULT})?"
        r"(?: (?:du kien|can dat|phai dat|phai co|hoan thanh|chu yeu|ban giao))?"
    ),
    Role.DEADLINE: re.compile(
        rf"(?:ro )?(?:thoi gian|thoi han|tien do|han|moc|thoi diem)(?: du kien)?(?: {_DO})*|lo trinh(?: thuc hien)?|"
        r"ngay hoan thanh|hoan thanh(?:(?: |/)(?:truoc|den|trong|vao))*(?: ngay)?|"
        r"han (?:cuoi|chot)|moc tien do|ket thuc|ngay ket thuc"
    ),
    Role.START: re.compile(r"(?:ngay |thoi gian |thoi diem )?bat dau"),
    Role.GROUP: re.compile(
        r"(?:ten )?nhom(?: (?:nhiem vu|noi dung|cong viec|giai phap|van de))?|linh vuc(?: cong tac)?|tru cot"
    ),
    Role.GROUP_NUMBER: re.compile(r"s ?t ?t|t ?t|so tt|muc|so"),
}
# What less usual headings of bodies must say, so that bodies below them do that and nothing else.
_DOES = {
    Role.LEAD: re.compile(
        r"\b(?:thuc hien|trach nhiem|dam nhiem|phu trach|dau moi|tham muu|chu tri|phan cong|duoc giao|giao cho|"
        r"soan thao)(?: chinh| soan thao)?$|^(?:don vi|co quan|bo phan|phong|phong ban)$"
    ),
    Role.COORDINATING: re.compile(r"\b(?:phoi hop|tham gia|ho tro|cung lam|cung thuc hien)(?: soan thao| thuc hien)?$"),
}
_FIELDS = (Role.TEXT, Role.LEAD, Role.COORDINATING, Role.PRODUCT, Role.DEADLINE)
_TAKES_NOTHING = (Role.NOTE, Role.BUDGET, Role.BASIS, Role.PERSON, Role.UNIT, Role.PERIOD, Role.BODY)
_SHORTEST_WORK = 12  # letters: the least that says what is to be done


def column_doubts(names: Sequence[str], roles: Sequence[Role], cells: Mapping[Role, Sequence[str]]) -> list[str]:
    """Return what is open about the columns of a table: heading-unusual, columns-rival, or nothing.

    ``names``: what each column is called; ``roles``: what it was taken for; ``cells``: the texts of each role. A
    heading that is not plain is enough where the cells below say the same.
    """
    told = list(zip(names, roles, strict=False))
    plain = {role for name, role in told if is_plain(role, name)}
    doubts = []
    if any(role in _PLAIN and role not in plain and not _is_told(role, name, cells) for name, role in told):
        doubts.append("heading-unusual")
    unknown = [name for name, role in told if role in (Role.OTHER, Role.TARGET) and name.strip()]
    claims = [(name, role_of(name)) for name in unknown]
    if any(claim in _PLAIN and (claim not in plain or is_plain(claim, name)) for name, claim in claims if claim):
        doubts.append("columns-rival")
    # A column of which nobody knows what it is may be the field that the table seems to lack.
    is_open = not set(_FIELDS) <= set(roles) and any(claim in (None, Role.TARGET) for _, claim in claims)
    if is_open and "heading-unusual" not in doubts:
        doubts.append("heading-unusual")
    return doubts


def is_plain(role: Role, name: str) -> bool:
    """Tell whether a heading names this field and can name nothing else."""
    pattern = _PLAIN.get(role)
    return pattern is not None and bool(pattern.fullmatch(normal(name)))


def _is_told(role: Role, name: str, cells: Mapping[Role, Sequence[str]]) -> bool:
    """Tell whether all cells of a column say what its heading was taken to say."""
    texts = [text for text in cells.get(role, ()) if text]
    if role_of(name) is not role or not texts or is_of_else(name):
        return False
    if role in _DOES:
        return bool(_DOES[role].search(normal(name))) and all(looks_like_agency(text) for text in texts)
    if role in (Role.DEADLINE, Role.START):
        return all(is_time(text) for text in texts)
    if role is Role.TEXT:
        other = max((_mean(cells.get(one, ())) for one in (Role.PRODUCT, Role.LEAD, Role.COORDINATING)), default=0.0)
        return bool(_SAYS_WORK.search(normal(name))) and min(map(len, texts)) >= _SHORTEST_WORK < _mean(texts) > other
    return role is Role.NUMBER and kind_of(texts) == "number"


def _mean(texts: Sequence[str]) -> float:
    told = [text for text in texts if text]
    return sum(len(text) for text in told) / len(told) if told else 0.0
