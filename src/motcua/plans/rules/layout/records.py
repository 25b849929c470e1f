"""From the rows of a task table to records: texts by role, headers dropped, cells that lost their column placed."""

import re
from dataclasses import dataclass, field, replace

from motcua.base.text import fold
from motcua.plans.rules.layout.columns import Role, fit, is_foreign
from motcua.plans.rules.layout.evidence import infer_roles, is_number
from motcua.plans.rules.layout.headings import TableHeading, heading_of, is_numerals, is_repeat
from motcua.plans.rules.layout.labels import as_label, split_label
from motcua.plans.rules.layout.marks import MARK, bodies_marked, period_of, repeat_above
from motcua.plans.rules.layout.merged_groups import with_group_numbers, with_groups, without_rivals
from motcua.plans.rules.layout.parallel import apart
from motcua.plans.rules.layout.split_heads import with_whole_heading
from motcua.plans.rules.layout.turned import upright
from motcua.plans.rules.layout.unread_tables import told_by_cells, told_without_heading
from motcua.reading.blocks import Cell, Row, Table

_FIELDS = (Role.DEADLINE, Role.LEAD, Role.COORDINATING, Role.PERSON)
_TOTAL = re.compile(r"^(?:tổng|tổng cộng|tổng số|cộng)\s*:?$", re.I)
_NUMBERED = ("stt", "tt", "so tt", "s t t")


@dataclass
class Record:
    """One row as texts by role. ``is_placed``: every cell knew its column. ``after_break``: first row of a new page.

    ``others`` are the cells of columns that have no role of their own, by the column's heading.
    """

    cells: dict[Role, Cell]
    row: Row
    is_placed: bool = True
    after_break: bool = False
    is_title: bool = False  # one text over the whole width
    overflow: list[Cell] = field(default_factory=list)
    others: dict[str, Cell] = field(default_factory=dict)
    repeated: list[Role] = field(default_factory=list)  # fields that "nt" takes from the row above
    is_split: bool = False  # one of several tasks that one row lists

    def text(self, role: Role) -> str:
        cell = self.cells.get(role)
        return cell.text if cell else ""

    @property
    def filled(self) -> set[Role]:
        return {role for role, cell in self.cells.items() if cell.text}

    @property
    def merged_up(self) -> set[Role]:
        """Roles whose cell is the lower part of the cell above."""
        return {role for role, cell in self.cells.items() if cell.is_merged_up and not cell.text}


@dataclass
class Grid:
    """The records of one task table. ``has_headings``: the roles come from printed headings, not from content."""

    records: list[Record]
    roles: list[Role]
    names: list[str]
    has_headings: bool
    line_start: int
    line_end: int
    is_guessed: bool = False  # some role is told by the cells alone


def parts_of(table: Table) -> list[Table]:
    """Return the tables that stand below each other in one grid (a worksheet), split where a new heading begins."""
    table = with_whole_heading(upright(table))
    heading = heading_of(table)
    if heading is None:
        return [table]
    starts = [0]
    for at in range(heading.last + 1, len(table.rows)):
        row = table.rows[at]
        texts = [fold(text) for text in row.texts]
        is_first = bool(texts) and texts[0] in _NUMBERED and len(set(filter(None, texts))) >= 3
        if is_first and not is_repeat(row, table, heading):
            below = replace(table, rows=table.rows[at : at + 3])
            if heading_of(below) is not None:
                starts.append(at)
    ends = [*starts[1:], len(table.rows)]
    return [replace(table, rows=table.rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def grid_of(table: Table, before: Grid | None, *, has_owner: bool = False) -> Grid | None:
    """Return the records of a table, or None if it is no task table.

    ``before`` is the task table just above, whose roles a table without headings of the same width goes on with.
    ``has_owner``: what stands above says whose work the table lists, so that a list of tasks alone is enough.
    """
    heading = heading_of(table)
    if heading is None and (before is None or len(before.roles) != table.width):
        heading = None if infer_roles(list(table.rows), table.width) else told_without_heading(table)
    guessed = heading is not None and bool(heading.guessed)
    if heading is not None:
        roles, names = heading.roles, heading.names
        if heading.kind != "task" and not (has_owner and heading.kind == "list"):
            told = told_by_cells(table, heading)
            if told is None:
                return None
            roles, guessed = told, True
    elif before is not None and len(before.roles) == table.width:
        roles, names = before.roles, before.names
    else:
        if any(is_foreign(row.texts) for row in table.rows[:4]):
            return None
        inferred = infer_roles(list(table.rows), table.width)
        if inferred is None:
            return None
        roles, names = inferred, [""] * table.width
    below = table.rows[0 if heading is None else heading.last + 1 :]
    headed = without_rivals(below, with_group_numbers(table.rows, roles), names)
    if before is not None and before.is_guessed and before.names == names:
        roles = before.roles  # a later page may share no cell over rows any more
    else:
        roles = with_groups(below, headed, names)
    guessed = guessed or roles != headed
    records = _records(table, roles, names, heading)
    if not records or _is_procedure_steps(records) or _is_form(records):
        return None
    return Grid(records, roles, names, heading is not None, table.line_start, table.line_end, guessed)


def _records(table: Table, roles: list[Role], names: list[str], heading: TableHeading | None) -> list[Record]:
    start = 0 if heading is None else heading.last + 1
    records: list[Record] = []
    broken = False
    for row in table.rows[start:]:
        if heading is not None and is_repeat(row, table, heading):
            broken = True
            continue
        if is_numerals(row):
            continue
        record = _record(row, roles, names)
        record.after_break = broken or row.starts_page
        broken = False
        if record.filled or record.others or record.overflow:
            record.repeated = repeat_above(record.cells, records[-1].cells) if records else []
            records += _apart(record)
    return [record for record in records if not _TOTAL.match(record.text(Role.TEXT) or record.text(Role.NUMBER))]


def _apart(record: Record) -> list[Record]:
    """Return the record, or one for each task that its cells list in parallel."""
    several = apart(record.cells) if not record.is_title else None
    if several is None:
        return [record]
    first, *rest = several
    tasks = [replace(record, cells=first, is_split=True)]
    for cells in rest:
        own: dict[Role, Cell] = {role: cell for role, cell in cells.items() if role is not Role.GROUP}
        tasks.append(replace(record, cells=own, is_split=True, after_break=False))
    return tasks


def _record(row: Row, roles: list[Role], names: list[str]) -> Record:
    sole = row.sole_text
    filled = [cell for cell in row.cells if cell.text]
    if sole is not None and _spans_all(row, roles, filled):
        return Record({Role.TEXT: filled[0]}, row, is_title=True)
    if not row.is_aligned:
        return _place(row, roles)
    # A number and one title repeated over the rest of the width is a section row.
    rest = {cell.text for cell in filled[1:]}
    if len(filled) > 3 and len(rest) == 1 and as_label(filled[0].text):
        return Record({Role.NUMBER: filled[0], Role.TEXT: filled[1]}, row, is_title=True)
    if len(filled) == 2 and as_label(filled[0].text) and _is_lone_pair(row, roles):
        return Record({Role.NUMBER: filled[0], Role.TEXT: filled[1]}, row, is_title=True)
    return _by_column(row, roles, names)


def _by_column(row: Row, roles: list[Role], names: list[str]) -> Record:
    """Return the record of a row whose cells know their columns: marks become words, numbers go to their groups."""
    cells: dict[Role, Cell] = {}
    others: dict[str, Cell] = {}
    periods: list[tuple[Cell, str]] = []
    bodies: list[tuple[Cell, str]] = []
    for cell in row.cells:
        if cell.column is None or cell.column >= len(roles):
            continue
        role, name = roles[cell.column], names[cell.column]
        if role is Role.PERIOD and MARK.match(cell.text):
            periods.append((cell, name))
        elif role is Role.BODY:
            bodies.append((cell, name))
        elif role in (Role.OTHER, Role.PERIOD):
            if cell.text or cell.is_merged_up:
                others[name or f"cột {cell.column + 1}"] = cell
        elif role not in cells or not cells[role].text:
            cells[role] = cell
    if periods and Role.DEADLINE not in roles:
        cells[Role.DEADLINE] = period_of(periods)
    cells |= bodies_marked(bodies)
    _number_group(cells)
    return Record(cells, row, others=others)


def _number_group(cells: dict[Role, Cell]) -> None:
    """Put the number of a group in front of its title."""
    counted, group = cells.pop(Role.GROUP_NUMBER, None), cells.get(Role.GROUP)
    if counted is not None and counted.text and group is not None and group.text:
        title = f"{counted.text.rstrip('.)')}. {group.text}"
        cells[Role.GROUP] = replace(group, parts=((group.line_start, title),))


def _spans_all(row: Row, roles: list[Role], filled: list[Cell]) -> bool:
    """Tell whether the one text of a row is a title over its width: repeated, alone, or begun in the first column."""
    if len(filled) > 1 or len(row.cells) == 1:
        return True
    column = filled[0].column
    if column is None or column >= len(roles) or any(cell.is_merged_up for cell in row.cells):
        return False
    if roles[column] is Role.NUMBER:
        return not is_number(filled[0].text)
    # What stands alone in the first column of times or bodies, and is none, heads the rows below.
    return column == 0 and len(roles) > 2 and roles[0] in _FIELDS and fit(roles[0], filled[0].text) < 0.5


def _is_lone_pair(row: Row, roles: list[Role]) -> bool:
    """Tell whether a row's cells cover less than its columns: number, and a title over the rest in one cell."""
    return len(row.cells) == 2 and len(roles) > 3


def _place(row: Row, roles: list[Role]) -> Record:
    """Place cells that lost their columns: numbers and texts from the left, the others by what they say."""
    cells = _listed_together(list(row.cells), len(roles))
    if len(cells) == len(roles) < len(row.cells) and not row.cut_before:
        return Record(dict(zip(roles, cells, strict=True)), row)
    if not row.cut_before and len(cells) == 2 and as_label(cells[0].text) and Role.NUMBER in roles:
        return Record({Role.NUMBER: cells[0], Role.TEXT: cells[1]}, row, is_placed=True, is_title=not row.cut_after)
    columns = list(enumerate(roles))
    front = _front(cells, roles)
    placed = {roles[column]: cell for cell, column in zip(cells, front, strict=False)}
    rest = cells[len(front) :]
    columns = [(at, role) for at, role in columns if at > (front[-1] if front else -1)]
    chosen, _score = best_places([cell.text for cell in rest], [role for _, role in columns])
    overflow = [cell for cell, at in zip(rest, chosen, strict=True) if at is None]
    for cell, at in zip(rest, chosen, strict=True):
        if at is not None:
            placed[columns[at][1]] = cell
    return Record(placed, row, is_placed=False, overflow=overflow)


def _listed_together(cells: list[Cell], width: int) -> list[Cell]:
    """Return the cells, the items of a list that stand as cells of their own put back into the cell where it begins.

    Only where that leaves one cell for each column; scraped text prints each paragraph of a cell between bars.
    """
    is_item = [cell.text[:2] in ("- ", "+ ", "• ", "– ") for cell in cells]
    for begins_in_its_cell in (False, True):  # after a sentence in the same cell, or with the list's first item
        kept = cells[:1]
        for at, cell in enumerate(cells[1:], 1):
            if is_item[at] and (is_item[at - 1] or not begins_in_its_cell):
                kept[-1] = replace(kept[-1], parts=(*kept[-1].parts, *cell.parts))
            else:
                kept.append(cell)
        if len(kept) == width:
            return kept
    return cells


def _front(cells: list[Cell], roles: list[Role]) -> list[int]:
    """Return the columns of the leading cells (number, group, text) of a row that is not whole."""
    first = cells[0].text
    text = roles.index(Role.TEXT)
    label, _rest = split_label(first)
    if as_label(first) and Role.NUMBER in roles:
        return [roles.index(Role.NUMBER), text][: len(cells)]
    if not first and text > 0:
        return [text - 1, text][: len(cells)]
    if label is not None and Role.GROUP in roles and label.rank <= 2:
        group = roles.index(Role.GROUP)
        return [group, text] if len(cells) > 1 else [group]
    if label is not None:
        return [text]
    return []


def best_places(texts: list[str], roles: list[Role]) -> tuple[list[int | None], float]:
    """Return for each text the index of the role it suits best, in order, each role once; None for those left over."""
    table: dict[tuple[int, int], tuple[float, list[int | None]]] = {}

    def best(text: int, role: int) -> tuple[float, list[int | None]]:
        if text == len(texts):
            return 0.0, []
        if role == len(roles):
            return -1.0 * (len(texts) - text), [None] * (len(texts) - text)
        if (text, role) not in table:
            score, chosen = best(text + 1, role + 1)
            here = (score + fit(roles[role], texts[text]), [role, *chosen])
            table[text, role] = max(here, best(text, role + 1), key=lambda one: one[0])
        return table[text, role]

    score, chosen = best(0, 0)
    return chosen, score


def _is_procedure_steps(records: list[Record]) -> bool:
    """Tell whether the "deadlines" are durations of hours and days: the steps of an internal workflow, not tasks."""
    said = [fold(record.text(Role.DEADLINE)) for record in records if record.text(Role.DEADLINE)]
    durations = [
        text
        for text in said
        if any(unit in text for unit in (" gio", "ngay lam viec", "phut", " ngay"))
        and not any(sign in text for sign in ("thang", "/20", "quy ", "truoc ngay", "hang"))
    ]
    return len(said) >= 2 and len(durations) > len(said) / 2


def _is_form(records: list[Record]) -> bool:
    """Tell whether a table waits to be filled in: no row says anything but its number and dots."""
    said = [text for record in records for cell in record.row.cells if (text := cell.text.strip(" .…_-"))]
    return not any(len(text) > 5 and as_label(text) is None for text in said)
