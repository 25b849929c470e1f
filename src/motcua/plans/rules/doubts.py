"""What is doubtful about a row, its table and its document; rules/confidence.py says how much each doubt weighs."""

import re
from collections.abc import Sequence

from motcua.base.text import fold
from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.layout.columns import Role, role_of
from motcua.plans.rules.layout.evidence import is_number
from motcua.plans.rules.times.plain_times import is_plain_time
from motcua.plans.rules.values import Task

_CUT = re.compile(
    r"\b(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Kế hoạch|Chỉ thị|Công văn)(?: số)?$|\b(?:của|và|theo|tại|số)$|,$"
)
# A dash before what need not be a body of its own: "Cục Kinh tế - Quản lý đầu tư".
_DASHED_NAME = re.compile(
    r"[^\W\d_]\s[-–]\s(?!(?:Tổng cục|Chi cục|Cục|Sở|Bộ|Vụ|Phòng|UBND|Ủy ban|Ban|Trung tâm|Văn phòng|Công an|Các|Hội|"
    r"Đoàn|Thanh tra|Viện|Báo|Đài|Mặt trận)\b)"
)
# Fields of work whose names hold a comma or a dash, and that everybody writes so.
_KNOWN_NAME = re.compile(
    r"Văn hóa\s?[-–]\s?(?:Xã hội|Thông tin)|Tài chính\s?[-–]\s?(?:Kế hoạch|Kế toán)|"
    r"Kế hoạch\s?[-–]\s?(?:Tài chính|Đầu tư)|"
    r"Quy hoạch\s?[-–]\s?Kiến trúc|(?:Tổ chức|Tổng hợp)\s?[-–]\s?Hành chính|Hành chính\s?[-–]\s?(?:Tổng hợp|Tổ chức)|"
    r"Lao động\s?[-–,]\s?Thương binh và Xã hội|chính trị\s?[-–]\s?xã hội|Văn hóa, Thể thao và Du lịch|"
    r"Kinh tế, Hạ tầng và Đô thị|Văn hóa, Truyền thông và Thể thao|Báo và (?:Đài )?Phát thanh, truyền hình",
    re.I,
)
_ITEM = re.compile(r"(?:^|\s)\w{1,2}\)")
_ASTRAY = re.compile(r"\s[,;](?:\s|$)|^[,;)]|[,;]\s*[,;]|\([^()]*$")  # marks that slipped away from their words
FARTHEST = 15  # years from the plan's own to a deadline that nobody doubts
_WHOLE_NAME = re.compile(r"^.{0,40}\b(?:Nghị quyết|Quyết định|Kế hoạch|Chỉ thị|Công văn)$")  # "Tổng kết Kế hoạch"
_ROLES = re.compile(r"\b(?:chủ trì|phối hợp)(?:\s+với)?\s*[:,]?", re.I)
_LEVELS = re.compile(r"\b(UBND cấp (?:huyện|tỉnh)), (cấp xã)\b")
# Collective names that everybody writes with commas inside; other commas may end a name or not.
_COLLECTIVE = re.compile(
    r"^(cac )?(so, (ban, )?nganh|so, nganh|phong, ban|ban, nganh|co quan, (don vi|to chuc)(, dia phuong)?|"
    r"phong, ban, don vi|co quan, don vi, dia phuong|so, ban, nganh, dia phuong|phong chuyen mon, don vi)( .{0,30})?$|"
    r"^(cac )?(ubnd|uy ban nhan dan) (cac )?(xa|huyen|phuong|thanh pho|thi xa|thi tran|dac khu)"
    r"(, (xa|huyen|phuong|thanh pho|thi xa|thi tran|dac khu))+( .{0,20})?$"
)


_LEAST_TROUBLE = 0.15  # share of the rows of a table; from more on something is wrong with the reading of the table
_TROUBLE = {"no-text", "no-lead", "lead-strange", "deadline-unread", "misplaced", "uncertain"}


def has_unknown_field(names: Sequence[str], roles: Sequence[Role]) -> bool:
    """Tell whether a column whose heading is not known may be the group, the body or the time that a table lacks."""
    text = roles.index(Role.TEXT) if Role.TEXT in roles else 0
    is_whole = {Role.LEAD, Role.DEADLINE} <= set(roles)
    return any(
        role is Role.OTHER and name and role_of(name) is None and (at < text or not is_whole)
        for at, (name, role) in enumerate(zip(names, roles, strict=False))
    )


def table_doubts(
    tasks: Sequence[Task], *, is_numbered: bool, has_losses: bool, has_unknown_fields: bool = False
) -> None:
    """Add to the rows of one table what is doubtful about the table.

    ``is_numbered``: it has a column of numbers; ``has_losses``: some of its text found no place;
    ``has_unknown_fields``: some column may be a field that nobody knew.
    """
    troubled = [task for task in tasks if _TROUBLE & set(task.doubts)]
    found = []
    if len(troubled) > _LEAST_TROUBLE * len(tasks) or has_losses or has_unknown_fields:
        found.append("table-doubtful")
    if not is_numbered:
        found.append("no-numbers")
    elif _skips([task.number for task in tasks if task.subrow_of is None]):
        found.append("numbering")
    for task in tasks:
        task.doubts += found


def _skips(numbers: Sequence[str]) -> bool:
    """Tell whether numbers of one level neither go on by one nor begin anew."""
    last: dict[tuple[int, ...], int] = {}
    before = 0
    for number in numbers:
        path = tuple(int(part) for part in number.split(".")) if re.fullmatch(r"\d+(?:\.\d+)*", number) else ()
        if not path:
            continue
        prior = last.get(path[:-1], before if len(path) == 1 else 0)
        if path[-1] not in (prior + 1, 1):
            return True
        last[path[:-1]] = path[-1]
        for depth in range(1, len(path)):  # "3.1" stands below 3, which is a heading and no row
            last[path[: depth - 1]] = path[depth - 1]
    return False


def row_doubts(task: Task, roles: list[Role], title: str, *, is_last: bool) -> list[str]:
    """Return the doubts of one row whose fields are read, and warn of them. ``title``: the document's."""
    doubts = [*_source_doubts(task, is_last=is_last)]
    if not task.text:
        doubts.append("no-text")
        task.warn("text-missing", "Dòng không có nội dung nhiệm vụ.", "error")
    if Role.LEAD in roles and not task.lead:
        doubts.append("no-lead")
        task.warn("lead-missing", "Không có cơ quan chủ trì.", "error" if task.damaged else "warning")
    elif task.lead_raw and not all(looks_like_agency(name) for name in task.lead):
        doubts.append("lead-strange")
        task.warn("lead-strange", f"“{task.lead_raw[:80]}” không giống tên cơ quan.")
    named = task.lead if task.lead_raw else []
    if Role.LEAD not in roles and Role.PERSON not in roles and not task.lead:
        doubts.append("nobody")  # no column and no heading says who: perhaps the table is read wrongly
    if not _surely_split(f"{task.lead_raw};{task.coordinating_raw}", [*named, *task.coordinating]):
        doubts.append("names-unsure")
    doubts += _deadline_doubts(task, roles, title)
    if any(one.code == "number-repeated" for one in task.warnings):
        doubts.append("number-repeated")
    if task.text and len(task.text) < 12:
        doubts.append("short-text")
    if _CUT.search(task.text) or task.text[:1].islower():
        doubts.append("text-open")
    if task.subrow_of is not None and not task.inherited:
        doubts.append("subrow")
    return doubts + _shape_doubts(task, roles)


def _shape_doubts(task: Task, roles: list[Role]) -> list[str]:
    """Return doubts about fields whose words do not look like the field."""
    doubts = []
    if Role.NUMBER in roles and not task.number and task.subrow_of is None:
        doubts.append("unnumbered")
    names_body = looks_like_agency(task.product) and re.match(r"(?:Sở|UBND|Ủy ban|Các sở|Phòng) ", task.product)
    if names_body or is_number(task.text) or any(map(is_plain_time, (task.text, task.product, task.coordinating_raw))):
        doubts.append("misplaced")
    short = (task.lead_raw, task.coordinating_raw, task.deadline_text, *task.extra.values())
    if any(text.count(")") - len(_ITEM.findall(text)) > text.count("(") for text in short):
        doubts.append("misplaced")  # the end of a bracket that began in another cell
    if any(_ASTRAY.search(text) for text in (task.text, task.product, *short)):
        doubts.append("marks-astray")
    if any(len(title) > 250 or title.endswith((";", ",")) for title in task.section_path):
        doubts.append("section-odd")
    if "lead" in task.inherited and not task.lead_raw:
        doubts.append("from-heading")
    return doubts


def _surely_split(raw: str, names: list[str]) -> bool:
    """Tell whether nothing but separators decided where a name ends: the bodies can only be these."""
    raw = _KNOWN_NAME.sub(lambda found: re.sub(r"[,–-]| và ", " ", found.group()), raw)
    names = [_KNOWN_NAME.sub("x", name) for name in names]
    if _DASHED_NAME.search(raw):
        return False
    plain = _LEVELS.sub(r"\1; \2", _ROLES.sub(";", raw))
    for collective in sorted({name for name in names if "," in name}, key=len, reverse=True):
        if _COLLECTIVE.match(fold(collective)):
            plain = plain.replace(collective, collective.replace(",", ""))
    pieces = [
        piece.strip(" .-–+•*()")
        for piece in re.split(r"[;,\n]|(?:^|\s)[-–+•]\s|(?<!HĐND)(?<!nhân dân)\s+và\s+(?=(?:các|UBND|Ủy ban)\s)", plain)
    ]
    pieces = [piece for piece in pieces if piece]
    return len(pieces) == len(names) and all(looks_like_agency(piece) or piece == "cấp xã" for piece in pieces)


def _deadline_doubts(task: Task, roles: list[Role], title: str) -> list[str]:
    doubts = []
    deadline = task.deadline
    if Role.DEADLINE in roles and not task.deadline_text:
        doubts.append("no-deadline")
        task.warn("deadline-missing", "Không có thời hạn.", "error" if task.damaged else "warning")
    elif task.deadline_text and deadline.kind == "unspecified":
        doubts.append("deadline-unread")
        task.warn("deadline-unread", deadline.explanation)
    elif deadline.doubts:
        doubts.append("deadline-unread")
        task.warn("deadline-impossible", " ".join(deadline.doubts))
    if deadline.year_assumed and len(set(re.findall(r"\b20\d\d\b", title))) != 1:
        doubts.append("year-assumed")
        task.warn("deadline-year-assumed", f"“{task.deadline_text}” không ghi năm; lấy năm của kế hoạch.")
    years = [int(year) for year in re.findall(r"\b20\d\d\b", title)]
    if years and deadline.due_on and deadline.due_on.year > max(years) + FARTHEST:
        doubts.append("deadline-unread")
        task.warn("deadline-far", f"Hạn năm {deadline.due_on.year} rất xa so với năm của kế hoạch ({max(years)}).")
    if deadline.ocr_fix:
        doubts.append("ocr")
        task.warn("deadline-mended", f"Đọc “{deadline.ocr_fix}” từ bản chữ “{task.deadline_text}”.")
    if task.deadline_text and not is_plain_time(task.deadline_text):
        doubts.append("deadline-unusual")
    if deadline.kind == "external":
        doubts.append("external")
        task.warn("deadline-external", f"Hạn dẫn chiếu: {deadline.refers_to}.", "info")
    return doubts


def _source_doubts(task: Task, *, is_last: bool) -> list[str]:
    doubts = []
    if task.continued_on_lines:
        doubts.append("continued" if "continued" in task.uncertain else "merged")
        task.uncertain = [name for name in task.uncertain if name != "continued"]
        task.warn("row-continued", "Dòng bị ngắt qua trang, đã nối lại.", "info")
    if is_last and _CUT.search(task.text) and not (_WHOLE_NAME.match(task.text) and task.deadline_text):
        task.damaged = True
        task.uncertain.append("text")
        task.warn("text-cut", "Nội dung dừng giữa câu ở cuối văn bản: có thể đã mất phần sau.", "error")
        doubts.append("text-cut")
    elif task.uncertain:
        doubts.append("uncertain")
        names = ", ".join(_SHOWN.get(name, name) for name in task.uncertain)
        task.warn("field-uncertain", f"Chưa chắc: {names} (ghép từ mảnh rời trong nguồn).")
    if task.damaged:
        doubts.append("damaged")
        task.warn("row-damaged", "Nguồn mất một phần của dòng này.", "error")
    if task.inherited:
        doubts.append("inherited")
    return doubts


_SHOWN = {
    "text": "nội dung",
    "lead": "cơ quan chủ trì",
    "coordinating": "cơ quan phối hợp",
    "product": "sản phẩm",
    "deadline_text": "thời hạn",
}
