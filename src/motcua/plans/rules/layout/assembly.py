"""From records to tasks: headings opened, rows over page breaks joined, sub-rows hung below, fragments put back."""

import re

from motcua.base.text import squash
from motcua.plans.rules.ids import task_id, unique
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.labels import Label, as_label, split_label
from motcua.plans.rules.layout.outline import Heading, Outline
from motcua.plans.rules.layout.records import Grid, Record, best_places
from motcua.plans.rules.layout.roman import as_roman
from motcua.plans.rules.values import Finding, Task
from motcua.reading.blocks import Cell

_STROKES = re.compile(r"^[IVXlL1|!iíìTHNJ\]\[.,)]{1,6}$")
CLAIM = re.compile(r"\s*\((?:gồm\s+)?\d+ (?:nhóm )?(?:nhiệm vụ|hoạt động|chỉ tiêu|nội dung)[^()]*\)")
_FIELDS = {
    Role.TEXT: "text",
    Role.LEAD: "lead",
    Role.COORDINATING: "coordinating",
    Role.PRODUCT: "product",
    Role.DEADLINE: "deadline_text",
}
_WORDED = re.compile(
    r"^(?:Nhóm|Phần|Mục|Lĩnh vực|Chương|Trụ cột|Nội dung)\s+(?:số\s+)?(?:[IVX]+|\d{1,2}|[A-ZĐ])$", re.I
)
_MAIN = (Role.LEAD, Role.COORDINATING, Role.DEADLINE)
_SUB = "abcdđeghiklmnopqrstuvxy"


class Assembly:
    """Builds the tasks of one task table in the outline of its annex."""

    def __init__(self, grid: Grid, outline: Outline, taken: set[str], *, recognised: bool = False) -> None:
        self.grid = grid
        self.recognised = recognised  # letters come from a picture, so Roman numerals may lose strokes
        self.outline = outline
        self.taken = taken
        self.tasks: list[Task] = []
        self.findings: list[Finding] = []
        self.ordinal = 0
        self._numbered: dict[str, Task] = {}
        self._seen: set[tuple[str, ...]] = set()  # path and number of the rows so far
        self._subrows: dict[str, int] = {}
        told = [record for record in grid.records if record.text(Role.TEXT) and not record.is_title]
        numbered = sum(bool(record.text(Role.NUMBER)) for record in told)
        self._is_numbered = numbered >= 0.8 * max(len(told), 1)

    def run(self) -> list[Task]:
        """Return the tasks in order."""
        records = self.grid.records
        for at, record in enumerate(records):
            self._add(record, records[at + 1] if at + 1 < len(records) else None)
        return self.tasks

    def _add(self, record: Record, following: Record | None) -> None:
        if self._is_fragment(record):
            self._mend(record)
        elif self._is_continuation(record):
            self._continue(record)
        elif heading := self._heading(record, following):
            self._enter(*heading, record)
        else:
            self._enter_group(record)
            if record.filled == {Role.NUMBER} and not record.others and as_label(record.text(Role.NUMBER)):
                self._lost_words(record)
            if record.text(Role.TEXT) or record.filled - {Role.NUMBER, Role.GROUP}:
                self._task(record)

    # Rows that are no rows of their own

    def _is_fragment(self, record: Record) -> bool:
        """Tell whether a row lost its beginning: cells without a number after a cut."""
        return (
            record.row.cut_before
            and split_label(record.row.cells[0].text)[0] is None
            and as_label(record.row.cells[0].text) is None
            and bool(self.grid.has_headings or self.tasks)
        )

    def _mend(self, record: Record) -> None:
        """Give the cells of a fragment to the last task, where its empty fields and their content allow it."""
        texts = [cell for cell in record.row.cells if cell.text]
        last = self.tasks[-1] if self.tasks else None
        free = [
            role
            for role in self.grid.roles
            if role in _FIELDS and role is not Role.TEXT and last is not None and role.value not in last.parts
        ]
        chosen, _ = best_places([cell.text for cell in texts], list(free))
        for cell, at in zip(texts, chosen, strict=True):
            if at is None or last is None:
                self._lost_text(cell)
                continue
            last.parts[free[at].value] = cell.parts
            last.uncertain.append(_FIELDS[free[at]])
            last.damaged = True
            last.line_end = max(last.line_end, record.row.line_end)

    def _lost_words(self, record: Record) -> None:
        message = f"Dòng có số {record.text(Role.NUMBER)} mà không có chữ nào: tiêu đề hoặc nội dung đã mất."
        self.findings.append(Finding("row-empty", message, "error", record.row.line_start))

    def _lost_text(self, cell: Cell) -> None:
        self.findings.append(
            Finding("text-unplaced", f"Không rõ thuộc dòng nào: “{cell.text[:120]}”.", "error", cell.line_start)
        )

    def _is_continuation(self, record: Record) -> bool:
        """Tell whether a row goes on with the row above (split over a page, or a broken cell)."""
        if not self.tasks or record.text(Role.NUMBER) or record.text(Role.GROUP) or record.is_title:
            return False
        filled = record.filled
        if not filled or split_label(record.text(Role.TEXT))[0] is not None:
            return False
        if record.after_break and self._is_rest_of_page(record):
            return True
        return all(_goes_on(record.text(role)) for role in filled)

    def _is_rest_of_page(self, record: Record) -> bool:
        """Tell whether the first row of a page is the rest of the last row before it."""
        text = record.text(Role.TEXT)
        if text.startswith(("-", "+")):
            return False
        if Role.DEADLINE not in record.filled:
            return Role.NUMBER in self.grid.roles or not text or _goes_on(text)
        if not self._is_numbered:
            return not text or _goes_on(text)
        is_whole = text and not _goes_on(text) and record.text(Role.LEAD) and not _goes_on(record.text(Role.LEAD))
        return not is_whole

    def _continue(self, record: Record) -> None:
        last = self.tasks[-1]
        for role in record.filled:
            last.parts[role.value] = last.parts.get(role.value, ()) + record.cells[role].parts
        if Role.TEXT in record.filled:
            last.text = squash(f"{last.text} {record.text(Role.TEXT)}")
        last.continued_on_lines.append(record.row.line_start)
        last.line_end = max(last.line_end, record.row.line_end)
        if not all(_goes_on(record.text(role)) for role in record.filled):
            last.uncertain.append("continued")

    # Headings

    def _heading(self, record: Record, following: Record | None) -> tuple[Label | None, str] | None:
        """Return label and title if the row is a section row."""
        number, text = record.text(Role.NUMBER), record.text(Role.TEXT)
        if record.filled - {Role.NUMBER, Role.TEXT, Role.GROUP} or record.overflow:
            return None
        if record.text(Role.GROUP) and not text:
            return split_label(record.text(Role.GROUP))
        label, title = self._label(record)
        if self.recognised and number and text and self._lost_strokes(number, label, record, following):
            value = self.outline.last_section + 1
            return Label(as_roman(value), "roman", (value,)), text
        if number and not text:
            label, title = split_label(number) if as_label(number) is None else (as_label(number), "")
        elif number and label is None:
            return (None, f"{number}. {text}") if _WORDED.match(number) and text else None
        if not title:
            return None
        if label is None:
            is_heading = (
                self._heads_a_new_count(record, following)
                or self._is_lone_title(record, following)
                or record.is_title
                and not text.startswith(("-", "+"))
                or (not self.tasks or following is not None and as_label(following.text(Role.NUMBER)) is not None)
                and not text.startswith(("-", "+"))
                and Role.NUMBER in self.grid.roles
                and (number != "" or record.is_title)
            )
            return (None, title) if is_heading else None
        if label.style in ("roman", "upper"):
            return label, title
        if record.row.cut_before or record.row.cut_after:
            one_level = label.style == "arabic" and label.depth == 1 and Role.GROUP in self.grid.roles
            return (label, title) if one_level else None
        is_title = record.is_title and (_repeats(record) or _is_over_all(record, self.grid.roles))
        return (label, title) if is_title or self._has_children(label, following) else None

    def _is_lone_title(self, record: Record, following: Record | None) -> bool:
        """Tell whether the only text of a row, in a table without numbers, heads the rows that say who and when."""
        text = record.text(Role.TEXT)
        if following is None or record.merged_up or record.others:
            return False
        if not record.row.is_aligned or record.after_break or text[:1] in "-+" or _goes_on(text):
            return False
        is_title = len(text) < 150 and not text.endswith((".", ";", ":", ","))
        says = bool(following.filled & {Role.LEAD, Role.DEADLINE, Role.PERSON})
        if Role.NUMBER not in self.grid.roles:
            return is_title and says
        # Among numbered rows: the next has its own number, the last is no list that this might belong to.
        label = as_label(following.text(Role.NUMBER))
        opens_list = bool(self.tasks) and self.tasks[-1].text.endswith(":")
        return is_title and says and label is not None and label.style == "arabic" and not opens_list

    def _lost_strokes(self, number: str, label: Label | None, record: Record, following: Record | None) -> bool:
        """Tell whether a section's number in a picture was misread: "1L" for "I.", a second "I." for "II."."""
        if not self._heads_a_new_count(record, following) or not _STROKES.match(number):
            return False
        return label is None or label.style == "roman" and label.path[0] != self.outline.last_section + 1

    def _heads_a_new_count(self, record: Record, following: Record | None) -> bool:
        """Tell whether a lone text stands before a row numbered 1: a section whose own number is lost."""
        text = record.text(Role.TEXT)
        if not self._is_numbered or following is None or record.merged_up or _goes_on(text) or text[:1] in "-+":
            return False
        label = as_label(following.text(Role.NUMBER))
        return label is not None and label.style == "arabic" and label.path == (1,) and len(following.filled) > 2

    def _has_children(self, label: Label, following: Record | None) -> bool:
        if following is None or label.style == "lower":
            return False
        below, _ = self._label(following)
        if below is None:
            # Below a number and a title alone stand rows that say who or when and have no number of their own.
            unnumbered = not following.text(Role.NUMBER) or following.text(Role.NUMBER) in ("-", "+", "•")
            is_row = bool(following.text(Role.TEXT)) and not _goes_on(following.text(Role.TEXT))
            return unnumbered and is_row and bool(following.filled & set(_MAIN))
        if below.style == "lower":
            return True
        if self.recognised and below.style == "arabic" and below.depth == 1:  # "11" is what was seen of "1.1"
            return below.path[0] == 10 * label.path[-1] + 1 and bool(following.filled & set(_MAIN))
        return below.style == "arabic" and below.depth == label.depth + 1 and below.path[:-1] == label.path

    def _enter(self, label: Label | None, title: str, record: Record) -> None:
        title = CLAIM.sub("", title)
        rank = None
        if label is None and self.outline.open:
            top = self.outline.open[-1]
            rank = top.rank if top.label is None else min(top.rank + 1, 3)
        self.outline.enter(label, title, record.row.line_start, rank=rank)
        self._numbered.clear()

    def _enter_group(self, record: Record) -> None:
        group = record.text(Role.GROUP)
        if not group:
            return
        label, title = split_label(group)
        shown = f"{label.text}. {title}" if label else title
        if not (self.outline.open and self.outline.open[-1].shown == CLAIM.sub("", shown)):
            self._enter(label, title, record)

    # Tasks

    def _label(self, record: Record) -> tuple[Label | None, str]:
        number, text = record.text(Role.NUMBER), record.text(Role.TEXT)
        if number:
            return as_label(number), text
        return split_label(text)

    def _task(self, record: Record) -> None:
        label, text = self._label(record)
        last = self.tasks[-1] if self.tasks else None
        if label is None and last is not None and not record.text(Role.TEXT):
            self._rowspan(record, last)
        elif last is not None and self._is_subrow(record, label):
            self._subrow(record, label, text)
        else:
            self._plain(record, label, text)

    def _is_subrow(self, record: Record, label: Label | None) -> bool:
        if record.text(Role.GROUP):
            return False
        if label is not None:
            return label.style == "lower" and bool(self._numbered)
        if not self._numbered:
            return False
        return not record.filled & set(_MAIN) or record.text(Role.TEXT).startswith(("-", "+"))

    def _plain(self, record: Record, label: Label | None, text: str) -> None:
        if label is not None:
            parent = ".".join(map(str, label.path[:-1])) if label.style == "arabic" and label.depth > 1 else ""
            if parent in self._numbered:
                self._open_task(self._numbered[parent], label)
            self.outline.place(label, record.row.line_start)
        elif not record.text(Role.NUMBER):
            self.ordinal += 1
        ordinal = 0 if self._stands_for_heading(record, label) else self.ordinal
        chosen = task_id(self.outline, label, self.taken, ordinal=ordinal)
        printed = record.text(Role.NUMBER)
        number = label.text if label and not printed.startswith("(") else printed
        task = self._new(record, chosen, number, text, self.outline.path)
        if label is not None and label.style == "arabic":
            self._numbered[label.text] = task
        place = (*self.outline.path, number)
        if label is not None and place in self._seen:
            task.warn("number-repeated", f"Số {label.text} lặp lại trong cùng mục.")
        self._seen.add(place)

    def _stands_for_heading(self, record: Record, label: Label | None) -> bool:
        """Tell whether an unnumbered row is the single activity of the numbered heading in its own row."""
        return label is None and bool(record.text(Role.GROUP)) and self.outline.open[-1].label is not None

    def _open_task(self, parent: Task, label: Label) -> None:
        """Let a task with numbered children head them."""
        top = self.outline.open[-1] if self.outline.open else None
        own = Label(parent.number, "arabic", label.path[:-1])
        if top is None or top.label is None or top.label.path != own.path or top.label.style != "arabic":
            while self.outline.open and self.outline.open[-1].rank >= own.rank:
                self.outline.open.pop()
            self.outline.open.append(Heading(own, f"{parent.number}. {parent.text}", own.rank))

    def _subrow(self, record: Record, label: Label | None, text: str) -> None:
        parent = list(self._numbered.values())[-1]
        order = self._subrows[parent.id] = self._subrows.get(parent.id, 0) + 1
        letter = label.text if label else _SUB[order - 1] if order <= len(_SUB) else str(order)
        path = [*parent.section_path, f"{parent.number}. {parent.text}"]
        task = self._new(record, unique(f"{parent.id}.{letter}", self.taken), label.text if label else "", text, path)
        task.subrow_of = parent.id
        if not record.filled & set(_MAIN):
            self._inherit(task, parent, _MAIN)

    def _rowspan(self, record: Record, above: Task) -> None:
        """Add a second product or deadline line of the row above (a cell merged downwards in the source)."""
        parent = next((task for task in self.tasks if task.id == above.subrow_of), above)
        task = self._new(record, unique(parent.id, self.taken), parent.number, parent.text, parent.section_path)
        task.subrow_of = parent.id
        free = tuple(role for role in (Role.TEXT, Role.LEAD, Role.COORDINATING) if role not in record.filled)
        self._inherit(task, parent, free)

    def _inherit(self, task: Task, parent: Task, roles: tuple[Role, ...]) -> None:
        for role in roles:
            if role in self.grid.roles and role.value not in task.parts:
                if role.value in parent.parts:
                    task.parts[role.value] = parent.parts[role.value]
                task.inherited.append(_FIELDS[role])

    def _take_merged(self, task: Task, record: Record, above: Task | None) -> None:
        """Give a task what cells merged over its row and the row above say."""
        for name, cell in record.others.items():
            kept = above.extra.get(name, "") if above is not None and cell.is_merged_up else ""
            if cell.text or kept:
                task.extra[name] = cell.text or kept
        for role, cell in record.cells.items():
            if not cell.is_merged_up or above is None or role in (Role.TEXT, Role.NUMBER, Role.GROUP):
                continue
            task.parts[role.value] = above.parts.get(role.value, ())
            if role in _FIELDS:
                task.inherited.append(_FIELDS[role])

    def _new(self, record: Record, chosen: str, number: str, text: str, path: list[str]) -> Task:
        row = record.row
        task = Task(chosen, path, number, text, line_start=row.line_start, line_end=row.line_end)
        task.parts = {role.value: cell.parts for role, cell in record.cells.items() if cell.text}
        task.damaged = row.cut_before or not record.is_placed and (row.cut_after or len(record.cells) < 3)
        # A number and a text alone, in a table of more columns, and no heading: the other cells are lost.
        task.damaged = task.damaged or record.is_title and len(row.cells) == 2 < len(self.grid.roles)
        above = self.tasks[-1] if self.tasks else None
        self._take_merged(task, record, above)
        if not record.is_placed:
            missing = [role for role in (Role.PRODUCT, *_MAIN) if role in self.grid.roles and role not in record.filled]
            lost = not row.cut_before and not row.cut_after and bool(missing)
            # One cell too few may be merged with the one above, which scraped text prints only once.
            task.damaged = task.damaged or lost and len(missing) > 1
            task.doubts += ["merged-away"] * (lost and len(missing) == 1)
        for cell in record.overflow:
            self._lost_text(cell)
        task.inherited += [_FIELDS[role] for role in record.repeated if role in _FIELDS]
        task.doubts += ["split"] * record.is_split
        self.tasks.append(task)
        return task


def _goes_on(text: str) -> bool:
    """Tell whether a text reads as the rest of a sentence."""
    bare = squash(text).lstrip("(“\"'")
    return bool(bare) and (bare[0].islower() or bare[0] in ",;.)")


def _is_over_all(record: Record, roles: list[Role]) -> bool:
    """Tell whether one merged cell takes the width of the table: "4. Rà soát …" begins in the column of numbers."""
    filled = [cell for cell in record.row.cells if cell.text]
    column = filled[0].column if len(filled) == 1 else None
    return column is not None and column < len(roles) and roles[column] is Role.NUMBER and not record.row.cut_before


def _repeats(record: Record) -> bool:
    return sum(bool(text) for text in record.row.texts) > 2
