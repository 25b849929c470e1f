"""Which column each cell of a row belongs to, where a copy lost the empty and the joined cells. Pure.

A column's heading tells what stands in it, a cell's looks what it may be; cells keep their order. The assignment whose
looks agree best with the headings is taken: a number under "TT", a code under "Mã TTHC", "05 ngày" under "Thời hạn".
"""

import re
from enum import Enum

from motcua.base.text import fold
from motcua.procedures.rules.decisions.pieces import BROKEN, CODE, CODE_HEAD, is_name

NAME_HEAD = re.compile(
    r"(?:(?:ten|danh muc) )?(?:cac )?(?:thu tuc|tthc|quy trinh)\b|ten (?:moi|cu)\b|(?:nay )?sua lai\b|"
    r"noi dung thu tuc\b|"
    r"ten(?! (?:van|vb|co quan|don vi|bieu|mau|phi|le phi|nguoi|to chuc|linh|loai|san pham|quyet|cong chuc|can bo|"
    r"so))\b"
)
_SPILT = re.compile(r"^t(?=ten )")  # "TTên thủ tục": the column of "STT" was too narrow for it
_NO_NAME_HEAD = re.compile(r"(?:ten )?quy trinh so\b|thu tuc .{0,20}\blien quan\b")
NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,2})*\s?[.)]?")
LETTER = re.compile(r"\(?(?:[IVX]{1,6}|[A-ZĐa-zđ])[.)]?")
_STEP_HEAD = re.compile(
    r"(?:cac )?buoc(?: (?:thuc hien|so|cong viec|xu ly))?|thu tu(?: (?:cong viec|buoc|cac buoc))?|"
    r"(?:trinh tu )?cac buoc"
)
_STEP = re.compile(r"(?:B|Bước|BƯỚC)?\s*\d{1,2}(?:\.\d{1,2})?[.:]?", re.I)
_OLD_CODE = re.compile(r"[A-Z]{1,2}-[A-Z]{2,4}-\d{4,7}(?:-TT)?")
NO_CODE = re.compile(r"[-–—./]*|chưa có(?: mã)?|không(?: có)?|chưa(?: được)? cấp(?: mã)?|đang cập nhật", re.I)
# What names of procedures begin with: a deed. "Cấp tỉnh", "Nội dung", "Thành phần" are none.
_DEED = re.compile(
    r"(?:thu tuc|cap(?! (?:tinh|xa|huyen|bo|trung uong|thuc hien))|gia han|dang ky|thong bao|xac nhan|cong nhan|"
    r"tham dinh|"
    r"phe duyet|chap thuan|thanh lap|giai the|thu hoi|sua doi|dieu chinh|cho |ho tro|giai quyet|khai bao|xet|"
    r"cong bo|thay doi|"
    r"chuyen|bo nhiem|mien|kiem tra|tuyen|nhap|xuat|quyet dinh (?!so)|to chuc|tiep nhan|cung cap|dinh chinh|xoa|"
    r"tra lai|de nghi|"
    r"lay y kien|chung thuc|bo sung|huy|cham dut|sap nhap|chia|hop nhat|mo |giao |dau gia|xep|tang|cu |dieu dong|"
    r"trich|danh gia|"
    r"chung nhan|phuc hoi|khoi phuc|tam (?:dung|nhap|ngung)|lien thong|truy |hoan|nop |huong |ghi |thi |cong |nang )"
)
_NAME_LEAST = 15  # characters
_MISFIT = -20.0  # a code under "Thời hạn"
_SAME_CELL = -2.0  # a further line of the same cell


class Holds(Enum):
    """What a column holds, by its heading."""

    NUMBER = "number"
    STEP = "step"
    CODE = "code"
    NAME = "name"
    LIMIT = "limit"
    FEE = "fee"
    PLACE = "place"
    BASIS = "basis"
    WAY = "way"
    FIELD = "field"
    NAME_WITH_CODE = "name with code"  # no column of its own for the code
    OTHER = "other"


_HEADS = (
    (Holds.LIMIT, re.compile(r"\b(?:thoi (?:han|gian)|so ngay)\b")),
    (Holds.FEE, re.compile(r"\b(?:phi|le phi|muc thu)\b")),
    (Holds.BASIS, re.compile(r"\b(?:can cu|vbqppl|van ban|co so phap ly|quyet dinh|nghi dinh|phap ly)\b")),
    (
        Holds.WAY,
        re.compile(r"\b(?:cach thuc|hinh thuc|truc tuyen|truc tiep|dvc(?:tt)?|dich vu cong|muc do|bcci|buu chinh)\b"),
    ),
    (Holds.FIELD, re.compile(r"\blinh vuc\b")),
    (Holds.PLACE, re.compile(r"\b(?:co quan|dia diem|noi|don vi|cap|tham quyen|so,? nganh|nguoi)\b")),
)  # fmt: skip
_SHARED = {Holds.NAME: -4.0, Holds.NAME_WITH_CODE: -3.0}
_LOOKS = {
    Holds.LIMIT: re.compile(
        r"(?:trong |toi da |khong qua |thoi han )?(?:thoi han )?\d+([.,]\d+)?\s*(?:\(.{1,20}\)\s*)?"
        r"(?:ngay|gio|thang|phut|nam)\b|"
        r"(?:tra )?(?:ngay )?trong ngay|trong gio|giai quyet ngay|khong quy dinh$"
    ),
    Holds.FEE: re.compile(r"khong(?: (?:co|thu|quy dinh|phi).*)?$|mien |[\d.]+ ?(?:dong|d)\b|chua quy dinh|.*\bdong\b"),
    Holds.BASIS: re.compile(r"(?:luat|bo luat|nghi dinh|thong tu|quyet dinh|nghi quyet|dieu \d|khoan \d|van ban)\b"),
    Holds.WAY: re.compile(r"x$|toan trinh|mot phan|truc (?:tiep|tuyen)|co$|khong$|dvctt"),
    Holds.PLACE: re.compile(
        r"so\b|ubnd|uy ban|trung tam|bo phan|cuc\b|vu\b|phong\b|ban\b|chi cuc|cap (?:tinh|xa|huyen|trung)|cong an|"
        r"van phong|bo [a-z]|nhu tren|thanh tra|co quan|ngan hang|chu tich|chi nhanh|cac so|xa\b|tinh\b"
    ),
    Holds.FIELD: re.compile(r"linh vuc\b"),
}  # fmt: skip


def is_deed(text: str) -> bool:
    """Tell whether a text begins as names of procedures do: "Cấp …", "Gia hạn …", "Thủ tục …"."""
    return bool(_DEED.match(fold(text).lstrip('-+*“"( '))) and len(text) > _NAME_LEAST


def holds(heading: str) -> Holds:
    """Return what a column holds by its heading (any case, with diacritics or folded)."""
    words = _SPILT.sub("", fold(heading).strip(" *:."))
    if is_number_head(words):
        return Holds.NUMBER
    if _STEP_HEAD.fullmatch(words):
        return Holds.STEP
    if CODE_HEAD.match(words):
        return Holds.CODE
    if NAME_HEAD.match(words) and not _NO_NAME_HEAD.match(words):
        return Holds.NAME
    return next((kind for kind, pattern in _HEADS if pattern.search(words)), Holds.OTHER)


def is_number_head(words: str) -> bool:
    """Tell whether folded words head the numbers of rows."""
    return words.replace(" ", "").strip(".") in ("stt", "tt", "sott", "sothutu", "st")  # "ST", the last letter spilt


def fitted(texts: list[str], columns: list[Holds], *, may_share: bool = False) -> tuple[list[int], float]:
    """Return the column of each cell of a row, growing from left to right, and how well they fit (more is better).

    ``may_share``: cells may be lines of one cell. ([], misfit) where there are more cells than columns allow.
    """
    if Holds.CODE not in columns:
        columns = [Holds.NAME_WITH_CODE if one is Holds.NAME else one for one in columns]
    if len(texts) == len(columns):
        scores = [_score(text, kind) for text, kind in zip(texts, columns, strict=True)]
        if min(scores) > _MISFIT:
            return list(range(len(texts))), sum(scores)
    best: list[list[tuple[float, int]]] = []  # by cell and column: score so far, column of the cell before
    for number, text in enumerate(texts):
        line = []
        for column, kind in enumerate(columns):
            before = (
                _before(best[-1], text, columns, column, may_share=may_share)
                if number
                else (_skipped(columns[:column]), -1)
            )
            line.append((before[0] + _score(text, kind), before[1]))
        best.append(line)
    if not best:
        return [], 0.0
    ends = [best[-1][column][0] + _skipped(columns[column + 1 :]) for column in range(len(columns))]
    column = max(range(len(columns)), key=ends.__getitem__)
    score = ends[column]
    if score == float("-inf"):
        return [], _MISFIT
    places = [column]
    for line in reversed(best[1:]):
        places.append(line[places[-1]][1])
    return places[::-1], score


def _before(
    line: list[tuple[float, int]], text: str, columns: list[Holds], column: int, *, may_share: bool
) -> tuple[float, int]:
    """Return the best score of the cell before, and its column, where this cell stands in ``column``."""
    found = (float("-inf"), -1)
    for earlier in range(column + 1 if may_share else column):
        if earlier == column:
            score = line[earlier][0] + _shared(text, columns[column])
        else:
            score = line[earlier][0] + _skipped(columns[earlier + 1 : column])
        found = max(found, (score, earlier))
    return found


def _shared(text: str, kind: Holds) -> float:
    """Return what it costs that a text is a further line of the cell before: little where it plainly goes on."""
    if kind is Holds.NUMBER:
        return _MISFIT
    is_rest = text[:1].islower() and len(text) > _NAME_LEAST and kind in (Holds.NAME, Holds.NAME_WITH_CODE)
    if is_rest or (kind in (Holds.CODE, Holds.NAME_WITH_CODE) and CODE.search(text)):
        return -1.0
    return _SHARED.get(kind, _SAME_CELL)


def _skipped(columns: list[Holds]) -> float:
    """Return what it costs to leave columns empty: a name is never empty, a basis often stands once for many rows."""
    costs = {Holds.NUMBER: 3.0, Holds.STEP: 3.0, Holds.NAME: 4.0, Holds.NAME_WITH_CODE: 4.0, Holds.CODE: 2.0}
    return -sum(costs.get(column, 0.5) for column in columns)


def _score(text: str, kind: Holds) -> float:
    bare = text.strip()
    if not bare:
        return -3.0 if kind in (Holds.NUMBER, Holds.NAME, Holds.NAME_WITH_CODE) else 0.0
    is_code = bool(CODE.fullmatch(bare.strip("() "))) or bool(BROKEN.fullmatch(bare))
    match kind:
        case Holds.NUMBER:
            return 6.0 if NUMBER.fullmatch(bare) else 3.0 if LETTER.fullmatch(bare) else _MISFIT
        case Holds.STEP:
            return 6.0 if _STEP.fullmatch(bare) else -3.0
        case Holds.CODE:
            return _code_score(bare, is_code=is_code)
        case Holds.NAME_WITH_CODE if CODE.search(bare):
            return 1.0 if is_code else 3.0
        case _ if is_code or _OLD_CODE.fullmatch(bare):
            return _MISFIT
        case Holds.NAME | Holds.NAME_WITH_CODE if NUMBER.fullmatch(bare):
            return _MISFIT
        case Holds.NAME | Holds.NAME_WITH_CODE:
            return _name_score(bare)
    folded = fold(bare).lstrip("-+* ")
    return _other_score(bare, folded, kind)


def _other_score(bare: str, folded: str, kind: Holds) -> float:
    looks = [kind for kind, pattern in _LOOKS.items() if pattern.match(folded)]
    if kind in looks:
        return 4.0 if kind in (Holds.LIMIT, Holds.BASIS) else 3.0
    if _DEED.match(folded) and len(bare) > 2 * _NAME_LEAST:
        return -2.5
    if kind is Holds.OTHER:
        return 0.0
    if kind is Holds.FIELD and not looks and len(bare) < 60:
        return 0.5
    return -2.0 if looks else -0.5 if len(bare) < 60 else -1.5


def _code_score(text: str, *, is_code: bool) -> float:
    if is_code or CODE.search(text):
        return 6.0 if len(text) < 60 else 1.0
    if _OLD_CODE.search(text) or re.fullmatch(r"[\d.,\s OoIlH]{6,30}", text):
        return 4.0
    return 1.0 if NO_CODE.fullmatch(text) else _MISFIT


def _name_score(text: str) -> float:
    folded = fold(text).lstrip("-+* ")
    if not is_name(text) and not CODE.search(text):
        return -1.0 if text[:1].islower() else -3.0
    looks = {kind for kind, pattern in _LOOKS.items() if pattern.match(folded)}
    if _DEED.match(folded) and len(text) > _NAME_LEAST:
        return 4.0
    return 0.0 if looks & {Holds.LIMIT, Holds.BASIS} else 1.0 if looks & {Holds.PLACE, Holds.WAY} else 2.0
