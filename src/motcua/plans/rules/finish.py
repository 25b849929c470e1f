"""The last step of a task: fields from their cells, agencies and deadline understood, doubts noted."""

import re

from motcua.base.text import fold, squash
from motcua.plans.rules.agencies import looks_like_agency, split_agencies
from motcua.plans.rules.columns import Role
from motcua.plans.rules.contexts import bodies_named
from motcua.plans.rules.deadlines import parse_deadline
from motcua.plans.rules.evidence import is_time
from motcua.plans.rules.fields import fields_of
from motcua.plans.rules.labels import split_label
from motcua.plans.rules.values import Metadata, Task

_EXTRA = (Role.BUDGET, Role.BASIS, Role.PERSON, Role.NOTE, Role.UNIT, Role.TARGET, Role.OTHER)
_CUT = re.compile(
    r"\b(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Kế hoạch|Chỉ thị|Công văn)(?: số)?$|\b(?:của|và|theo|tại|số)$|,$"
)
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
_BARE = re.compile(r"^((?:trong|cuối|đầu|giữa|cả|hết)\s+)(tháng|quý)(?:\s+này)?\.?$", re.I)
_LABELLED = (Role.LEAD, Role.COORDINATING, Role.DEADLINE, Role.PRODUCT)
_RUN_ON = re.compile(r"(?<=[^\s;,.:(–+-])\s+((?:Cơ quan |Đơn vị )?(?:Phối hợp|phối hợp|Chủ trì|chủ trì)\s*:)")


def finish(task: Task, roles: list[Role], document: Metadata, *, has_headings: bool, is_last: bool) -> None:
    """Fill a task's fields from its parts and note what is doubtful about them."""
    _fields(task)
    context = " ".join(task.section_path)
    task.deadline = parse_deadline(_completed(task.deadline_text, document.title), document.year, context)
    lead = split_agencies(task.lead_raw, is_lead=True)
    task.lead = list(lead.names)
    task.coordinating = [*lead.coordinating]
    task.coordinating += [name for name in split_agencies(task.coordinating_raw).names if name not in lead.coordinating]
    _from_headings(task, roles, document)
    task.doubts += _doubts(task, roles, is_last=is_last)
    if not has_headings:
        task.doubts.append("roles-inferred")


def _from_headings(task: Task, roles: list[Role], document: Metadata) -> None:
    """Fill who and when from the headings above, where the table has no column for them and the row says nothing."""
    titles = [split_label(heading)[1] for heading in reversed(task.section_path)]
    if Role.LEAD not in roles and not task.lead:
        named = next((bodies for title in titles if (bodies := bodies_named(title))), task.owner)
        task.lead = list(named)
        task.inherited += ["lead"] * bool(named)
    if Role.DEADLINE not in roles and not task.deadline_text:
        when = next((title for title in titles if len(title) < 40 and is_time(title)), "")
        if when:
            task.deadline = parse_deadline(when.lower(), document.year)
            task.inherited.append("deadline_text")


def _completed(deadline: str, title: str | None) -> str:
    """Return "Trong tháng 6" for "Trong tháng" in a plan for June: the title names what the cell leaves out."""
    found = _BARE.match(deadline)
    named = re.search(rf"\b{found.group(2)}\s+(\d{{1,2}}|[IVX]{{1,3}})\b", title or "", re.I) if found else None
    if not found or not named:
        return deadline
    return f"{found.group(1)}{found.group(2)} {named.group(1)}"


def _fields(task: Task) -> None:
    _distribute(task)
    _join_start(task)

    def joined(role: Role) -> str:
        return squash(" ".join(text for _, text in task.parts.get(role.value, ())))

    text = joined(Role.TEXT)
    if text:
        label, rest = split_label(text)
        task.text = rest if label is not None and label.text == task.number else text
    task.product, task.lead_raw = joined(Role.PRODUCT), joined(Role.LEAD)
    task.coordinating_raw, task.deadline_text = joined(Role.COORDINATING), joined(Role.DEADLINE)
    task.extra |= {role.value: joined(role) for role in _EXTRA if joined(role)}


def _join_start(task: Task) -> None:
    """Make one deadline of a column that says when work begins and one that says when it ends."""
    start, end = task.parts.pop(Role.START.value, ()), task.parts.get(Role.DEADLINE.value, ())
    if start and end:
        (first, begins), (last, ends) = start[0], end[-1]
        task.parts[Role.DEADLINE.value] = ((first, f"Từ {begins}"), (last, f"đến {ends}"))
    elif start:
        task.parts[Role.DEADLINE.value] = ((start[0][0], f"Từ {start[0][1]}"), *start[1:])


def _distribute(task: Task) -> None:
    """Give what a cell says under labels of its own ("Chủ trì: …; Phối hợp: …") to the fields the labels name."""
    for home in (Role.LEAD, Role.COORDINATING, Role.DEADLINE, Role.PRODUCT):
        parts = task.parts.get(home.value, ())
        if not any(":" in text for _, text in parts):
            continue
        given: dict[Role, list[tuple[int, str]]] = {}
        now = home
        for line, text in parts:
            apart = _RUN_ON.sub(r"; \1", text) if home is Role.LEAD else text
            fields = [one for one in fields_of(apart) if one.role in _LABELLED]
            before = apart[: fields[0].start].strip(" ;,-–+•(") if fields else apart
            if before:
                given.setdefault(now, []).append((line, before))
            for one in fields:
                now = one.role
                if one.value:
                    given.setdefault(now, []).append((line, one.value))
        if set(given) <= {home} and len(given.get(home, ())) == len(parts):
            task.parts[home.value] = tuple(given.get(home, ())) or parts
            continue
        for role, pieces in given.items():
            kept = () if role is home else task.parts.get(role.value, ())
            task.parts[role.value] = (*kept, *pieces)
        if home not in given:
            task.parts.pop(home.value, None)


def _doubts(task: Task, roles: list[Role], *, is_last: bool) -> list[str]:
    doubts = [*_source_doubts(task, is_last=is_last)]
    if not task.text:
        doubts.append("no-text")
        task.warn("text-missing", "Dòng không có nội dung nhiệm vụ.", "error")
    if Role.LEAD in roles and not task.lead:
        doubts.append("no-lead")
        task.warn("lead-missing", "Không có cơ quan chủ trì.", "error" if task.damaged else "warning")
    elif task.lead_raw and not any(looks_like_agency(name) for name in task.lead):
        doubts.append("lead-strange")
        task.warn("lead-strange", f"“{task.lead_raw[:80]}” không giống tên cơ quan.")
    named = task.lead if task.lead_raw else []
    if Role.LEAD not in roles and Role.PERSON not in roles and not task.lead:
        doubts.append("nobody")  # no column and no heading says who: perhaps the table is read wrongly
    if not _surely_split(f"{task.lead_raw};{task.coordinating_raw}", [*named, *task.coordinating]):
        doubts.append("names-unsure")
    doubts += _deadline_doubts(task, roles)
    if any(one.code == "number-repeated" for one in task.warnings):
        doubts.append("number-repeated")
    if task.text and len(task.text) < 12:
        doubts.append("short-text")
    if _CUT.search(task.text) or task.text[:1].islower():
        doubts.append("text-open")
    if task.subrow_of is not None and not task.inherited:
        doubts.append("subrow")
    return doubts


def _surely_split(raw: str, names: list[str]) -> bool:
    """Tell whether nothing but separators decided where a name ends: the bodies can only be these."""
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


def _deadline_doubts(task: Task, roles: list[Role]) -> list[str]:
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
    if deadline.year_assumed:
        doubts.append("year-assumed")
        task.warn("deadline-year-assumed", f"“{task.deadline_text}” không ghi năm; lấy năm của kế hoạch.")
    if deadline.ocr_fix:
        doubts.append("ocr")
        task.warn("deadline-mended", f"Đọc “{deadline.ocr_fix}” từ bản chữ “{task.deadline_text}”.")
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
