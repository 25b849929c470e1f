"""The last step of a task: fields from their cells, agencies and deadline understood, doubts noted."""

import re

from motcua.base.text import squash
from motcua.plans.rules.bodies.agencies import split_agencies
from motcua.plans.rules.doubts import row_doubts
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.evidence import is_time
from motcua.plans.rules.layout.labels import split_label
from motcua.plans.rules.sentences.fields import fields_of
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.rules.values import Metadata, Task

_EXTRA = (Role.BUDGET, Role.BASIS, Role.PERSON, Role.NOTE, Role.UNIT, Role.TARGET, Role.OTHER)
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
    task.doubts += row_doubts(task, roles, document.title or "", is_last=is_last)
    if not has_headings:
        task.doubts.append("roles-inferred")


def _from_headings(task: Task, roles: list[Role], document: Metadata) -> None:
    """Fill who and when from the headings above, where the table has no column for them and the row says nothing."""
    titles = [split_label(heading)[1] for heading in reversed(task.section_path)]
    if not task.lead_raw and not task.lead and task.owner and not task.damaged:
        task.lead = list(task.owner)
        task.inherited.append("lead")
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
