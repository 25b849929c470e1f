"""From the rows of a task table to records: texts by role, headers dropped, cells that lost their column placed."""

from dataclasses import dataclass, field

from motcua.base.text import fold
from motcua.plans.rules.columns import Role, fit, infer_roles, is_foreign, is_task_table, roles_of
from motcua.plans.rules.labels import as_label, split_label
from motcua.reading.blocks import Cell, Row, Table

_HEADER_REACH = 4  # a heading row stands among the first rows of a table


@dataclass
class Record:
    """One row as texts by role. ``is_placed``: every cell knew its column. ``after_break``: first row of a new page."""

    cells: dict[Role, Cell]
    row: Row
    is_placed: bool = True
    after_break: bool = False
    is_title: bool = False  # one text over the whole width
    overflow: list[Cell] = field(default_factory=list)

    def text(self, role: Role) -> str:
        cell = self.cells.get(role)
        return cell.text if cell else ""

    @property
    def filled(self) -> set[Role]:
        return {role for role, cell in self.cells.items() if cell.text}


@dataclass(frozen=True)
class Grid:
    """The records of one task table. ``has_headings``: the roles come from printed headings, not from content."""

    records: list[Record]
    roles: list[Role]
    has_headings: bool
    line_start: int
    line_end: int


def grid_of(table: Table, before: Grid | None) -> Grid | None:
    """Return the records of a table, or None if it is no task table.

    ``before`` is the task table just above, whose roles a table without headings of the same width goes on with.
    """
    at, roles = _headings(table)
    if roles is not None and at is not None:
        headings = table.rows[at].texts
        if is_foreign(headings) or not is_task_table(roles):
            return None
    elif before is not None and len(before.roles) == table.width:
        roles = before.roles
    elif not any(is_foreign(row.texts) for row in table.rows[:_HEADER_REACH]):
        roles = infer_roles(list(table.rows), table.width)
    if roles is None:
        return None
    records = _records(table, roles, at)
    if not records or _is_procedure_steps(records):
        return None
    return Grid(records, roles, at is not None, table.line_start, table.line_end)


def _headings(table: Table) -> tuple[int | None, list[Role] | None]:
    for at, row in enumerate(table.rows[:_HEADER_REACH]):
        if not row.is_aligned or len({text for text in row.texts if text}) < 2:
            continue
        below = table.rows[at + 1] if at + 1 < len(table.rows) else None
        texts = _with_second_row(row, below, table.width)
        roles = roles_of(texts)
        if roles is not None:
            return at, roles
    return None, None


def _with_second_row(row: Row, below: Row | None, width: int) -> list[str]:
    """Return heading texts, those of a second heading row ("Chủ trì | Phối hợp" under "Cơ quan") taken in."""
    texts = _by_column(row, width)
    if below is None or not below.is_aligned:
        return texts
    second = _by_column(below, width)
    is_second = (
        not second[0]
        and any(second)
        and all(len(text) < 40 for text in second)
        and roles_of([text or "-" for text in second])
    )
    if not is_second:
        return texts
    merged = []
    for upper, lower in zip(texts, second, strict=True):
        merged.append(lower or upper)
    return merged


def _by_column(row: Row, width: int) -> list[str]:
    texts = [""] * width
    for cell in row.cells:
        if cell.column is not None and cell.column < width:
            texts[cell.column] = cell.text
    return texts


def _records(table: Table, roles: list[Role], header: int | None) -> list[Record]:
    start = 0 if header is None else header + 1
    heading = [fold(text) for text in table.rows[header].texts] if header is not None else []
    records: list[Record] = []
    broken = False
    for number, row in enumerate(table.rows[start:], start=start):
        folded = [fold(text) for text in row.texts]
        if heading and folded == heading:
            broken = True
            continue
        if _is_numerals(row) or (number == start and header is not None and _is_second(row, roles)):
            continue
        record = _record(row, roles)
        record.after_break = broken
        broken = False
        records.append(record)
    return records


def _is_second(row: Row, roles: list[Role]) -> bool:
    texts = row.texts
    return bool(
        row.is_aligned
        and not texts[0]
        and len(texts) == len(roles)
        and all(len(text) < 40 for text in texts)
        and roles_of([text or "-" for text in texts])
    )


def _is_numerals(row: Row) -> bool:
    """Tell whether a row only numbers the columns: "(1) (2) (3)" or "A B 1 2"."""
    texts = [text.strip("() ") for text in row.texts]
    if len(texts) < 3 or not all(texts):
        return False
    return [text for text in texts if text.isdigit()][-3:] == [str(number) for number in range(1, len(texts) + 1)][
        -3:
    ] or texts == [str(number) for number in range(1, len(texts) + 1)]


def _record(row: Row, roles: list[Role]) -> Record:
    sole = row.sole_text
    filled = [cell for cell in row.cells if cell.text]
    if sole is not None and (len(filled) > 1 or len(row.cells) == 1):
        return Record({Role.TEXT: filled[0]}, row, is_title=True)
    if row.is_aligned:
        # A number and one title repeated over the rest of the width is a section row.
        rest = {cell.text for cell in filled[1:]}
        if len(filled) > 3 and len(rest) == 1 and as_label(filled[0].text):
            return Record({Role.NUMBER: filled[0], Role.TEXT: filled[1]}, row, is_title=True)
        cells: dict[Role, Cell] = {}
        for cell in row.cells:
            if cell.column is not None and cell.column < len(roles):
                role = roles[cell.column]
                if role not in cells or not cells[role].text:
                    cells[role] = cell
        return Record(cells, row)
    return _place(row, roles)


def _place(row: Row, roles: list[Role]) -> Record:
    """Place cells that lost their columns: numbers and texts from the left, the others by what they say."""
    cells = list(row.cells)
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
