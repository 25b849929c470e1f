"""The heading of a table: which rows it takes, what each column is called and so what it holds."""

import re
from dataclasses import dataclass, replace

from motcua.base.text import fold
from motcua.plans.rules.layout.columns import Role, is_foreign, is_target_table, is_task_table, role_of, roles_of
from motcua.plans.rules.layout.evidence import completed, infer_roles, is_heading_row, names_body
from motcua.plans.rules.layout.labels import as_label
from motcua.plans.rules.layout.marks import is_body_mark
from motcua.reading.blocks import Row, Table

_REACH = 12  # a heading row stands among the first rows: portals put letterhead and title into the same table
_DEEPEST = 3  # rows of one heading
_SHORT = 60
# Columns with these names say what is to be done, so that a column of results beside them is enough for a task.
_STRONG = re.compile(r"nhiem vu|cong viec|viec (?:can|phai|duoc)|^(?:ro )?viec\b|dau viec|hoat dong")
_RESULT = re.compile(r"san pham|dau ra")
_MEASURED = re.compile(r"tieu chi|chi tieu|chi so")
_HALVES = ("bat dau", "ket thuc", "tong so", "trong do", "tu", "den", "so luong", "chinh", "tinh", "xa", "huyen")
_TURN = re.compile(r"^(?:[IVX]{1,4}|\d{1,2})$")
_SHORT_TURN = re.compile(r"^([QT])\.?\s?([IVX]{1,4}(?:/20\d\d)?|\d{1,2}(?:/20\d\d)?)$")
_YEAR = re.compile(r"^(?:năm\s*)?20\d\d$|^(?:quý|tháng|q|t)\.?\s*(?:[IVX]+|\d{1,2})\b.{0,12}$", re.I)


@dataclass(frozen=True)
class TableHeading:
    """What each column is called (``names``; ``whole`` with the words above), its role; rows ``first`` to ``last``.

    ``guessed``: columns whose role only their cells tell.
    """

    names: list[str]
    whole: list[str]
    roles: list[Role]
    first: int
    last: int
    guessed: frozenset[int] = frozenset()

    @property
    def kind(self) -> str:
        """task, list (tasks and nothing beside them), target or other (a list of procedures, persons, a budget)."""
        if is_foreign(self.names):
            return "other"
        is_work = self.names_work and Role.DEADLINE in self.roles and Role.LEAD in self.roles
        if is_target_table(self.roles, self.names) and not is_work:
            return "target"
        if is_task_table(self.roles) or self._names_results:
            return "task"
        return "list" if self.names_work and set(self.roles) <= {Role.NUMBER, Role.TEXT, Role.NOTE} else "other"

    @property
    def names_work(self) -> bool:
        """True where the heading of the text says that it is work to be done."""
        texts = [fold(name) for name, role in zip(self.names, self.roles, strict=True) if role is Role.TEXT]
        return any(_STRONG.search(text) and not _MEASURED.search(text) for text in texts)

    @property
    def _names_results(self) -> bool:
        """True of "Nhiệm vụ | Sản phẩm": what and what comes of it, who and when being said elsewhere."""
        results = [fold(name) for name, role in zip(self.names, self.roles, strict=True) if role is Role.PRODUCT]
        return self.names_work and any(_RESULT.search(result) for result in results)


def heading_of(table: Table) -> TableHeading | None:
    """Return the heading of a table, None if no row looks like one. Of several, the first that heads tasks."""
    found: TableHeading | None = None
    full = 0
    for at in range(min(_REACH, len(table.rows))):
        heading = _heading_at(table, at)
        if heading is None:
            if at == 0 and _is_full(table.rows[0], table.width):
                return _unknown(table)  # a heading of other words, or none: nothing below the first row heads it
            full += _is_full(table.rows[at], table.width)
            if full > 1 and found is None:  # the rest of a row, then rows: a page goes on with the table before it
                return _unknown(table)
            continue
        heading = _completed(heading, table)
        if heading.kind == "task" and (found is None or Role.NUMBER in heading.roles):
            return heading
        found = found or heading
    return found or _unknown(table)


def _is_full(row: Row, width: int) -> bool:
    """Tell whether a row fills nearly every column with a text of its own."""
    texts = {text for text in row.texts if text}
    return row.is_aligned and width > 2 and len(texts) >= max(3, width - 1)


def _completed(heading: TableHeading, table: Table) -> TableHeading:
    """Return the heading with the roles that only the cells below it tell."""
    unknown = [name for name in heading.names if role_of(name) is None]
    if heading.kind == "target" or is_foreign(heading.names) or any(re.search(r"\d", name) for name in unknown):
        return heading
    roles, guessed = completed(heading.roles, heading.names, table.rows[heading.last + 1 :])
    return replace(heading, roles=roles, guessed=frozenset(guessed))


def _unknown(table: Table) -> TableHeading | None:
    """Return the heading of a table none of whose words is known, told by the cells below its first row."""
    first = table.rows[0]
    if not first.is_aligned or len(first.cells) < 3 or is_foreign(first.texts):
        return None
    roles = infer_roles(list(table.rows[1:]), table.width)
    if roles is None or not is_heading_row(first, roles):
        return None
    names = _by_column(first, table.width)
    return TableHeading(names, names, roles, 0, 0, frozenset(range(table.width)))


def is_repeat(row: Row, table: Table, heading: TableHeading) -> bool:
    """Tell whether a row prints a heading row again, as on each new page; a page end may cut its cells short."""
    folded = [fold(text) for text in row.texts]
    filled = [text for text in folded if text]
    if len(set(filled)) < 2:
        return False
    for at in range(heading.first, heading.last + 1):
        printed = [fold(text) for text in table.rows[at].texts]
        if folded == printed:
            return True
        if len(folded) == len(printed):
            pairs = list(zip(folded, printed, strict=True))
            same = sum(bool(one) and one == two for one, two in pairs)
            if same * 2 >= len(filled) and all(not one or two.startswith(one) for one, two in pairs):
                return True
    return False


def is_numerals(row: Row) -> bool:
    """Tell whether a row only numbers the columns: "(1) (2) (3)" or "A B 1 2"."""
    texts = [text.strip("() ") for text in row.texts]
    if len(texts) < 3 or not all(texts):
        return False
    digits = [text for text in texts if text.isdigit()]
    if texts == [str(number) for number in range(1, len(texts) + 1)]:
        return True
    if digits[-3:] == [str(number) for number in range(1, len(texts) + 1)][-3:]:
        return True
    letters = texts[: len(texts) - len(digits)]
    counted = [str(one + 1) for one in range(len(digits))]
    return len(digits) >= 2 and digits == counted and letters in (["A"], ["A", "B"])


def _heading_at(table: Table, at: int) -> TableHeading | None:
    row = table.rows[at]
    if not row.is_aligned or len({text for text in row.texts if text}) < 2:
        return None
    if any(len(text) > 120 for text in row.texts) or _is_numbered(row):
        return None
    grid = [_by_column(row, table.width)]
    while len(grid) < _DEEPEST and at + len(grid) < len(table.rows):
        below = table.rows[at + len(grid)]
        if not _is_lower(grid, below, table.width):
            break
        grid.append(_by_column(below, table.width))
    upper, lower = _spread(grid)
    names = [_name(one, two) for one, two in zip(upper, lower, strict=True)]
    roles = roles_of(names)
    bodies = _bodies(names, table, at + len(grid))
    if bodies:
        kept = [name for column, name in enumerate(names) if column not in bodies]
        own = iter(roles_of(kept) or [Role.OTHER] * len(kept))
        roles = [Role.BODY if column in bodies else next(own) for column in range(len(names))]
    if roles is None:
        return None
    whole = [f"{one} {two}".strip() for one, two in zip(upper, lower, strict=True)]
    return TableHeading(names, whole, roles, at, at + len(grid) - 1)


def _bodies(names: list[str], table: Table, start: int) -> set[int]:
    """Return the columns that names of bodies head and marks fill; none where fewer than two are so."""
    columns = {at for at, name in enumerate(names) if names_body(name)}
    if len(columns) < 2:
        return set()
    told = [cell.text for row in table.rows[start:] for cell in row.cells if cell.column in columns and cell.text]
    marks = sum(is_body_mark(text) for text in told)
    return columns if told and marks >= 0.8 * len(told) else set()


def _is_numbered(row: Row) -> bool:
    """Tell whether a row begins with a number of its own: it is one of those that a heading heads."""
    first = next((as_label(text) for text in row.texts if text), None)
    return first is not None and first.style == "arabic"


def _by_column(row: Row, width: int) -> list[str]:
    texts = [""] * width
    for cell in row.cells:
        if cell.column is not None and cell.column < width:
            texts[cell.column] = cell.text
    return texts


def _is_lower(grid: list[list[str]], below: Row, width: int) -> bool:
    """Tell whether a row goes on with the heading above: "Chủ trì | Phối hợp" under "Cơ quan"."""
    if not below.is_aligned:
        return False
    texts, above = _by_column(below, width), grid[-1]
    new = [text for text, over in zip(texts, above, strict=True) if text and fold(text) != fold(over)]
    if len(set(new)) < 2 or any(len(text) > _SHORT for text in new) or as_label(texts[0]) is not None:
        return False
    if is_numerals(below) or texts[0] and fold(texts[0]) != fold(above[0]):
        return False
    return all(role_of(text) is not None or _YEAR.match(text) or _is_half(text) for text in new) or (
        any(re.search(r"\b(quy|thang|thoi gian|tien do)\b", fold(over)) for over in above)
        and len(new) > 2
        and all(_TURN.match(text) or role_of(text) for text in new)
    )


def _is_half(text: str) -> bool:
    return fold(text) in _HALVES


def _spread(grid: list[list[str]]) -> tuple[list[str], list[str]]:
    """Return upper and lower words of each column; what stands over several columns is said of each."""
    if len(grid) == 1:
        return grid[0], [""] * len(grid[0])
    lower = list(grid[-1])
    upper = [""] * len(lower)
    for row in grid[:-1]:
        over = ""
        for at, text in enumerate(row):
            over = text or (over if lower[at] and not upper[at] else "")
            upper[at] = upper[at] if not over or over == upper[at] else f"{upper[at]} {over}".strip()
    return upper, ["" if fold(low) == fold(up) else low for low, up in zip(lower, upper, strict=True)]


def _name(upper: str, lower: str) -> str:
    """Return what a column is called by its upper and lower words: "Chủ trì", "Thời gian Bắt đầu", "Quý II"."""
    if short := _SHORT_TURN.match(lower or upper):
        return f"{'Quý' if short.group(1) in 'Qq' else 'Tháng'} {short.group(2)}"
    if _TURN.match(lower):
        return f"Quý {lower}" if re.match(r"[IVX]", lower) else f"Tháng {lower}"
    return lower if lower and role_of(lower) is not None else f"{upper} {lower}".strip()
