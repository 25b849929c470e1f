"""A plan as an official document (Decree 30/2020) that our own reader reads back to the same rows."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from motcua.documents.rendering.description import (
    Annex,
    Block,
    Cell,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    SectionRow,
    Signature,
    Table,
)
from motcua.documents.rendering.wording import day_in_words
from motcua.organizations.states import COMMUNE, PROVINCE
from motcua.plans.models import Plan, Task
from motcua.plans.rendering.letterhead import letterhead_of

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_ANNEX = re.compile(r"^(?P<label>Phụ lục(?: [\dA-Z]+)?)\b[.:]?\s*(?P<title>.*)$", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"^(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.)]\s+\S")
_EXTRA_HEADINGS = {"budget": "Kinh phí", "basis": "Căn cứ", "person": "Người thực hiện", "note": "Ghi chú"}
# (name, heading, share of the width); the last four stand only where a row has them.
_COLUMNS = (
    ("number", "TT", 0.7),
    ("text", "Nội dung nhiệm vụ", 5.0),
    ("lead_text", "Cơ quan chủ trì", 2.4),
    ("coordinating_text", "Cơ quan phối hợp", 2.4),
    ("product", "Sản phẩm", 2.6),
    ("deadline_text", "Thời gian hoàn thành", 1.9),
)
_COMMITTEE = "ủy ban nhân dân"
_SEAT = re.compile(
    rf"^{_COMMITTEE}\s+(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|thị xã|quận)\s+(?P<place>.+)$", re.IGNORECASE
)
_SIGNED_FOR_ALL = Signature(title="Chủ tịch", authority=("TM. Ủy ban nhân dân",))
_ALWAYS = ("number", "text", "lead_text", "deadline_text")


def plan_document(plan: Plan, tasks: Iterable[Task]) -> OfficialDocument:
    """Return ``plan`` with its rows in annex tables: one annex for each "Phụ lục" of the sections, else one without."""
    kept = [task for task in tasks if not task.is_dropped]
    kind = plan.kind or "Kế hoạch"
    agency = plan.issuer or _agency(plan)
    is_committee = agency.lower().startswith(_COMMITTEE)
    return OfficialDocument(
        agency=(agency,),
        superior=() if is_committee else letterhead_of(plan.unit).superior,
        place=_place(plan),
        day=plan.issued_on,
        kind=kind,
        subject=_subject(plan, kind),
        number=plan.number,
        # A clause that cites two instruments was read as two bases.
        legal_bases=tuple(dict.fromkeys(each["text"] for each in plan.reading.get("legal_bases", []))),
        blocks=tuple(_body(plan, agency)),
        signatures=(_SIGNED_FOR_ALL if is_committee else letterhead_of(plan.unit).signature,),
        recipients=("Các đơn vị được giao nhiệm vụ", "Lưu: VT"),
        annexes=tuple(_annexes(plan, kept, kind, agency)),
    )


def _subject(plan: Plan, kind: str) -> str:
    title = plan.title.strip()
    return title[len(kind) :].strip() if title.lower().startswith(f"{kind.lower()} ") else title


def _agency(plan: Plan) -> str:
    """Return who issues plans of the unit: its people's committee, or the body itself."""
    name = plan.unit.name
    if plan.unit.kind in (PROVINCE, COMMUNE):
        return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"
    return name


def _place(plan: Plan) -> str:
    """Return the name of the place as it stands before the day: "Hà Tĩnh", of a body that of its province."""
    found = _SEAT.match(plan.issuer)
    return found["place"] if found else letterhead_of(plan.unit).place


def _body(plan: Plan, agency: str) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(f"{agency} ban hành nội dung, thời hạn và phân công thực hiện tại các bảng kèm theo.")
    ]
    body = plan.reading.get("body_tasks", [])
    if body:
        blocks.append(Heading("Tổ chức thực hiện"))
        blocks += [Paragraph(_numbered(each)) for each in body]
    return blocks


def _numbered(body_task: dict[str, Any]) -> str:
    number, text = (body_task.get("number") or "").rstrip("."), body_task["text"].strip()
    return f"{number}. {text}" if number and not text.startswith(number) else text


def _annexes(plan: Plan, tasks: list[Task], kind: str, agency: str) -> list[Annex]:
    number = f" số {plan.number}" if plan.number else ""
    day = f" {day_in_words(plan.issued_on)}" if plan.issued_on else ""
    note = f"(Kèm theo {kind}{number}{day} của {agency})"
    annexes = []
    titles = _titles_of(tasks)

    def title_of(task: Task) -> str:
        return next((head for head in task.section_path[:1] if head in titles), "")

    for head, each in groupby(tasks, key=title_of):
        rows = list(each)
        found = _ANNEX.match(head)
        label, title = (found["label"], found["title"]) if found else ("", head)
        table = _table(rows, skip=1 if head else 0)
        annexes.append(Annex(title, (table,), label, note, landscape=len(table.columns) > 4))
    return annexes


def _titles_of(tasks: list[Task]) -> set[str]:
    """Return what names a whole table: "Phụ lục I. …", or words without a number over groups of their own.

    Words over rows alone are a group: as a title they would be lost on the way back.
    """
    under: dict[str, int] = {}
    for path in (task.section_path for task in tasks if task.section_path):
        under[path[0]] = min(under.get(path[0], len(path)), len(path))
    return {head for head, least in under.items() if _ANNEX.match(head) or (least > 1 and not _LABEL.match(head))}


def _table(tasks: list[Task], *, skip: int) -> Table:
    """Return the rows as a table; each section of theirs, from level ``skip`` on, heads its rows."""
    shown = [one for one in _COLUMNS if one[0] in _ALWAYS or any(getattr(task, one[0]) for task in tasks)]
    extra = [name for name in _EXTRA_HEADINGS if any(task.extra.get(name) for task in tasks)]
    columns = tuple(Column(width, "center" if name == "number" else "left") for name, _words, width in shown)
    columns += tuple(Column(1.8) for _name in extra)
    header = Row((*(words for _name, words, _width in shown), *(_EXTRA_HEADINGS[name] for name in extra)))
    rows: list[Row | SectionRow] = []
    path: list[str] = []
    for task in tasks:
        rows += _headings(path, task.section_path[skip:])
        path = task.section_path[skip:]
        cells = [_cell(task, name) for name, _words, _width in shown]
        rows.append(Row((*cells, *(task.extra.get(name, "") for name in extra))))
    return Table(columns, (header,), tuple(rows))


def _headings(before: list[str], path: list[str]) -> list[SectionRow]:
    """Return the rows of the sections that begin: all of ``path`` from where it leaves ``before``."""
    same = 0
    while same < min(len(before), len(path)) and before[same] == path[same]:
        same += 1
    # Over the whole width: a number in a column of its own would make a heading look like a task.
    return [SectionRow(name) for name in path[same:]]


def _cell(task: Task, name: str) -> Cell:
    value = getattr(task, name)
    if name == "deadline_text" and not value and task.due_on is not None:
        value = f"{task.due_on:%d/%m/%Y}"
    return Cell(value)
