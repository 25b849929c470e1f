"""Procedures that the articles themselves list: each clause a name and a code, changes told by the clauses above. Pure.

"Điều 1. Công bố 02 thủ tục mới ban hành, gồm: 1. Cấp giấy phép (mã số 1.014001)"; "Điều 3. Bãi bỏ thủ tục Thu hồi giấy
phép, mã số 1.014003, đã công bố tại …". Lines that a copy folded are one clause again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.base.text import fold, squash
from motcua.procedures.rules.decisions.changes import changes_in
from motcua.procedures.rules.decisions.fitting import is_deed
from motcua.procedures.rules.decisions.naming import bare
from motcua.procedures.rules.decisions.pieces import CODE, Piece, is_name
from motcua.procedures.rules.decisions.values import ABOLISHED, MODIFIED, REPLACED, NamedProcedure

_LABELS = (
    re.compile(r"Điều \d{1,2}\s*[.:]\s*"),
    re.compile(r"(?:[IVX]{1,4}|\d{1,2})[.)]\s+(?!\d{6})"),
    re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s+|[a-zđ][.)]\s+"),
    re.compile(r"[-–+•*]\s*(?=[A-ZÀ-ỸĐ\d“\"(])"),
)
_INLINE = re.compile(r"(?<=[:;.])\s+(?=(?:\d{1,2}[.)]|[a-zđ]\))\s+(?:[A-ZÀ-ỸĐ“\"(]|\d\.\d{6}))")
_ENDED = re.compile(r"[.;:]\s*$|/\.\s*$")
_MARKED = re.compile(
    r"[\s(\[,;.:_–—-]*(?:(?:có |theo )?(?:mã(?: số| định danh)?|số hồ sơ)"
    r"(?:\s+(?:tthc|thủ tục(?: hành chính)?|hồ sơ))?(?:\s+(?:trên|tại|trong|theo)\s+(?:cơ sở|csdl|cổng)[^()]{0,70})?)?"
    r"\s*[:.]?\s*$",
    re.I,
)
_ACTING = (
    r"(?:Công bố|Ban hành|Bãi bỏ|H[ủu][ỷy] bỏ|Thay thế|Sửa đổi|Bổ sung|Chuẩn hóa|Đính chính|Phê duyệt|[ỦU][ỷy] quyền)"
)
_DONE = r"(?:được |bị )?(?:sửa đổi(?:, bổ sung)?|bổ sung|thay thế|bãi bỏ|hủy bỏ)|(?:được ban hành )?mới(?: ban hành)?"
_DEED = re.compile(
    rf"^{_ACTING}\b[^:“\"]{{0,80}}?\b(?:thủ tục hành chính|thủ tục|TTHC)\b"
    rf"(?:\s*,?\s*(?:nội bộ|{_DONE}|sau(?: đây)?|gồm|là|về việc|về|có tên(?: là)?|lĩnh vực [^:“\"]{{3,60}}?(?=:)))*"
    r"\s*[:,]?\s*(?=[A-ZÀ-ỸĐ“\"])"
)
_LEAD = re.compile(r"^[^:]{0,260}?\b(?:thu tuc|tthc|gom|sau|cu the|danh muc|quy trinh)\b[^:]{0,120}:\s+")
_QUOTED = re.compile(r"[“\"]([^”\"]{8,400})[”\"]")
_HEAD = re.compile(
    r"^[\s).;,\]:_–—-]*(?:(?:và|;)\s+)?"
    r"(?:(?:\(?\d{1,3}(?:\.\d{1,2})*\s*[.)/]|\d{1,2}\.\d{1,2}|[IVX]{1,5}\.\d{1,2}[.)]?|[a-zđ]\)|[-–+])\s+)?"
)
_TOLD_AFTER = re.compile(
    r"[\s,;(]*\b(?:(?:đã |được )+công bố|tại (?:số thứ tự|mục|phụ lục|phần)\b.{0,80}Quyết định|"
    r"tại Quyết định|ban hành kèm theo|số thứ tự|của Quyết định số)\b.*$",
    re.I,
)
_ONLY_LABEL = re.compile(
    r"\s*(?:[-–+•]\s*|\d{1,3}[.)]\s*|[a-zđ]\)\s*)?[(\[]?\s*(?:mã(?: số)?|số hồ sơ)"
    r"(?:\s+(?:tthc|thủ tục(?: hành chính)?|hồ sơ))*\s*[:.]?\s*$",
    re.I,
)
_FIELD = (
    r"(?:Mã|Lĩnh vực|Cơ quan|Thời (?:hạn|gian)|Cấp (?:thực hiện|giải quyết|tỉnh|xã)|Phí|Lệ phí|Đơn vị|Căn cứ|Địa điểm|"
    r"Ký hiệu|Tổng|Mức độ|Đối tượng)\b"
)
_NAMED_AFTER = re.compile(rf"\s*[-–—:,.]?\s*(?!{_FIELD})[A-ZÀ-ỸĐ]\w|[\s.;,]*[Tt]ên\b")
_TITLE_LABEL = re.compile(r"^[\s.;,–-]*tên(?: (?:thủ tục(?: hành chính)?|tthc)(?: nội bộ)?\s*:?|\s*:)\s*(?=\S)", re.I)
_FIELD_AFTER = re.compile(rf"[;.]\s*{_FIELD}.*$")
_NUMBERED = re.compile(
    r"^\s*(?:(?:quy trình|lưu đồ|sơ đồ|phụ lục|thủ tục)(?: nội bộ)?\s*(?:số\s*)?\d{1,3}|"
    r"[IVX]{1,5}(?:\.\d{1,2})+)\s*[.:)–-]+\s*",
    re.I,
)
# Words before a name that are none of it: "Thời hạn giải quyết của thủ tục Cấp giấy phép", "Lưu đồ thủ tục …".
_ABOUT = re.compile(
    r"^\s*(?:(?:và|bằng|đối với|tại|của|theo|thay|sửa|bổ|bãi|hủy|công bố|ban hành|thời hạn|thời gian|thành phần|mức|"
    r"phí|"
    r"lệ phí|nội dung|lưu đồ|sơ đồ|các bước|quy trình|trình tự|cách thức|mẫu|tên|cơ quan|địa điểm)\b).*?"
    r"\b(?:thủ tục hành chính|thủ tục|TTHC)(?: nội bộ)?\s*:?\s+(?=[A-ZÀ-ỸĐ“\"])",
    re.I,
)
_IN_BRACKETS = re.compile(r"^.*\bsố(?: thứ tự)? \d{1,3}[^()]{0,60}\((?=[A-ZÀ-ỸĐ])")
_TOLD_OF = re.compile(
    r"\s*,?\s+(?:được|bị)\s+(?:ban hành mới|sửa đổi(?:, bổ sung)?|thay thế|bãi bỏ|công bố)\s+"
    r"(?:(?:về|với|theo|tại|từ|như|thành)\b.*)?$"
)
_TOLD_IN_BRACKET = re.compile(r"\s*\((?:đã |được |số thứ tự|tại |theo quyết định)[^()]*$", re.I)
_DONE_AT = re.compile(r"(?:,\s*(?:được )?|\s+được )thực hiện (?:tại|ở)\b[^()]*$")
_FIRST_QUOTED = re.compile(r"(?:thủ tục(?: hành chính)?|TTHC)(?: nội bộ)?(?:\s+(?:về|có tên|sau))?\s*:?\s*[“\"]", re.I)
_ONLY_JOINED = re.compile(
    r"(?:[\s,;:]|và|thủ tục|hành chính|nội bộ|TTHC)*(?:đã|được|tại|ban hành|quy định|theo|$|[.(])", re.I
)
_COUNT = re.compile(r"\b(\d{1,3})\s+(?:\([^()]*\)\s*)?(?:thủ tục|TTHC)", re.I)
_BY_NUMBER = re.compile(
    r"(?:các )?(?:thủ tục(?: hành chính)?|TTHC)\s+(?:có |tại |ở )?(?:số|stt)|.*[“\"]|(?:quyết định|phụ lục)\b", re.I
)
_ITEMS_MOST = 40  # of one clause


@dataclass(frozen=True)
class Clause:
    """A clause of the articles: its text without its label, its lines, and how deep it stands (0: an article)."""

    text: str
    line_start: int
    line_end: int
    level: int | None


@dataclass(frozen=True)
class ClauseRow:
    """A procedure that a clause names, and whether the clauses told its change."""

    row: NamedProcedure
    is_told: bool


def clause_rows(pieces: list[Piece], change: str) -> list[ClauseRow]:
    """Return the procedures with codes that the loose text of the articles lists; ``change`` where none is told."""
    rows: list[ClauseRow] = []
    told: dict[int, str] = {}
    for clause in _clauses([piece for piece in pieces if piece.row is None]):
        level = clause.level if clause.level is not None else max(told, default=0) + 1
        if clause.level is not None:
            told = {depth: one for depth, one in told.items() if depth < level}
        lead, items = named_codes(clause.text)
        own = _change(lead if items else clause.text)
        if own is not None and clause.level is not None:
            told[level] = own
        current = own or (told[max(told)] if told else None)
        for code, local_code, name in items:
            row = NamedProcedure(
                code, name, current or change, clause.line_start, clause.line_end, local_code, lead[-300:]
            )
            rows.append(ClauseRow(row, current is not None))
    return rows


def uncoded_rows(pieces: list[Piece]) -> Iterator[NamedProcedure]:
    """Yield the procedures that articles list without codes below a clause that tells their change, ending in a colon.

    "Điều 2. Bãi bỏ 02 thủ tục hành chính nội bộ sau: 1. Thủ tục …; 2. Thủ tục …": they begin with "Thủ tục", or are
    as many as the clause says.
    """
    clauses = list(_clauses([piece for piece in pieces if piece.row is None]))
    for at, lead in enumerate(clauses):
        change = _change(lead.text)
        if lead.level is None or change is None or CODE.search(lead.text):
            continue
        if not lead.text.rstrip().endswith(":"):
            yield from _within(lead, change)
            continue
        items = list(_below(clauses[at + 1 :], lead.level))
        count = _COUNT.search(lead.text)
        names = [_TOLD_AFTER.sub("", one.text).strip(" .;,") for one in items]
        is_said = count is not None and int(count[1]) == len(items)
        if not all(is_said or re.match(r"[“\"]?(?:Thủ tục|TTHC)\b", name) for name in names):
            continue
        for item, name in zip(items, names, strict=True):
            if is_name(name) and not CODE.search(item.text) and not _BY_NUMBER.match(name):
                yield NamedProcedure("", bare(name), change, item.line_start, item.line_end, "", lead.text[-300:])


def _below(clauses: list[Clause], level: int) -> Iterator[Clause]:
    """Yield the clauses that stand deeper than a level, as far as the first that does not."""
    for clause in clauses:
        if clause.level is None or clause.level <= level:
            return
        yield clause


def _within(clause: Clause, change: str) -> Iterator[NamedProcedure]:
    """Yield the procedures without codes that a clause names itself: in quotation marks, or after its colon."""
    names: list[str] = []
    if quoted := _FIRST_QUOTED.search(clause.text):
        names = [found[1] for found in _QUOTED.finditer(clause.text[quoted.start() :])]
        between = _QUOTED.sub("", clause.text[quoted.start() :])
        names = names if _ONLY_JOINED.match(between) else names[:1]
    elif found := _LEAD.match(fold(clause.text)):
        parts = [_TOLD_AFTER.sub("", part).strip(" .;,") for part in clause.text[found.end() :].split(";")]
        count = _COUNT.search(clause.text)
        is_said = count is not None and int(count[1]) == len(parts)
        names = parts if is_said or all(part.startswith(("Thủ tục", "TTHC")) for part in parts) else []
    elif change == ABOLISHED and (found := _DEED.match(clause.text)) and _TOLD_AFTER.search(clause.text):
        name = _TOLD_AFTER.sub("", clause.text[found.end() :])
        names = [name] if is_deed(name) else []
    for name in names:
        if is_name(name) and not _BY_NUMBER.match(name):
            yield NamedProcedure("", bare(name), change, clause.line_start, clause.line_end, "", clause.text[-300:])


def _change(text: str) -> str | None:
    folded = fold(text)
    if not re.search(r"\b(?:thu tuc|tthc|danh muc|quy trinh)\b", folded):
        return None
    found = changes_in(text.split("“")[0][:300])
    if len(found) > 1 and set(found) <= {MODIFIED, REPLACED}:
        return MODIFIED
    return found[0] if len(found) == 1 else None


def _clauses(pieces: list[Piece]) -> Iterator[Clause]:
    """Yield the clauses: a label opens one, a line after a full stop one without a label."""
    open_lines: list[Piece] = []
    for piece in pieces:
        if open_lines and (_level(piece.text) is not None or _ENDED.search(open_lines[-1].text)):
            yield from _parted(open_lines)
            open_lines = []
        open_lines.append(piece)
    if open_lines:
        yield from _parted(open_lines)


def _parted(lines: list[Piece]) -> Iterator[Clause]:
    whole = squash(" ".join(line.text for line in lines))
    for text in _INLINE.split(whole):
        level = _level(text)
        bare_text = _LABELS[level].sub("", text, count=1) if level is not None else text
        yield Clause(bare_text, lines[0].line_start, lines[-1].line_end, level)


def _level(text: str) -> int | None:
    return next((level for level, label in enumerate(_LABELS) if label.match(text.strip())), None)


def named_codes(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return what leads to the first procedure of a clause, and its procedures as (code, as printed, name)."""
    codes = list(CODE.finditer(text))
    if not codes or len(codes) > _ITEMS_MOST:
        return text, []
    if _ONLY_LABEL.match(text[: codes[0].start()]) and not _NAMED_AFTER.match(text[codes[0].end() :]):
        return "", [(code.group(1), squash(code.group()).replace(" ", ""), "") for code in codes]
    lead, first = _led(text[: codes[0].start()])
    ends = [code.start() for code in codes[1:]] + [len(text)]
    names: list[str] = []
    if is_name(first):
        starts = [0] + [code.end() for code in codes[:-1]]
        parts = [first] + [_name(text[start : code.start()]) for start, code in zip(starts[1:], codes[1:], strict=True)]
        for part in parts:
            names.append(part if is_name(part) else names[-1])
    else:
        lead = text[: codes[0].start()]
        for code, end in zip(codes, ends, strict=True):
            after = _name(_TOLD_OF.sub("", _TOLD_AFTER.sub("", _after(text[code.end() : end]))))
            names.append(after if is_name(after) else "")
        before = _name(lead)  # "1. Thủ tục cấp giấy phép: 1.014001", where the colon leads to nothing more
        if not any(names) and is_deed(before):
            lead, names = "", [before] * len(codes)
    return lead, [
        (code.group(1), squash(code.group()).replace(" ", ""), bare(name))
        for code, name in zip(codes, names, strict=True)
    ]


def _after(text: str) -> str:
    """Return what follows a code as far as it may be a name: its label, its brackets and further fields left out."""
    text = _FIELD_AFTER.sub("", _TITLE_LABEL.sub("", text))
    if found := re.match(r"\s*\(([^()]{10,}(?:\([^()]*\)[^()]*)*)\)", text):
        return found[1]
    return _HEAD.sub("", text)


def _led(text: str) -> tuple[str, str]:
    """Return a clause's words before its first code in two: what is done, and the name."""
    marked = _MARKED.sub("", text)
    if re.search(r":\s*$", text) and _LEAD.match(f"{fold(text).strip()} ") and marked.rstrip() == text.rstrip(" :"):
        return text, ""
    text = marked
    if found := _LEAD.match(fold(text)):  # folding keeps the number of letters
        return text[: found.end()], _name(text[found.end() :])
    for pattern in (_IN_BRACKETS, _DEED, _ABOUT):
        if found := pattern.match(text):
            return text[: found.end()], _name(_begun(text[found.end() :]))
    return "", _name(text)


def _begun(rest: str) -> str:
    """Return a name from its beginning: in "Bãi bỏ thủ tục cấp giấy phép" the word before belongs to it."""
    return f"Thủ tục {rest}" if rest[:1].islower() and is_deed(rest) else rest


def _name(text: str) -> str:
    text = _TOLD_IN_BRACKET.sub("", _DONE_AT.sub("", text))
    trimmed = _TOLD_OF.sub("", _MARKED.sub("", _NUMBERED.sub("", _HEAD.sub("", text))).strip(" .;,") + " ").strip()
    if found := _ABOUT.match(trimmed):
        trimmed = _begun(trimmed[found.end() :])
    quoted = _QUOTED.search(trimmed)
    if quoted:
        return quoted[1].strip(" .;,")
    if trimmed.count("(") > trimmed.count(")"):  # "(mã số" was cut away, the bracket of the name is still open
        return trimmed + ")" if text.rstrip()[-1:] == ")" else trimmed
    return trimmed
