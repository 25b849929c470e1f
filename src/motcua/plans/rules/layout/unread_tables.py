"""Tables whose headings name no task, told by their cells; what stays unread is at least said, never passed over."""

import re
from collections.abc import Sequence

from motcua.base.text import fold
from motcua.plans.rules.layout.columns import Role, is_foreign, is_task_table
from motcua.plans.rules.layout.evidence import kind_of
from motcua.plans.rules.layout.headings import TableHeading
from motcua.plans.rules.layout.labels import as_label
from motcua.plans.rules.values import Finding
from motcua.reading.blocks import Row, Table

_FEWEST = 3  # rows
_LONG = 20  # characters: the mean length of what a column of tasks says
_HEADING = 60  # characters: the most that names a column
_SENTENCE = 25  # characters of a cell that says something
# Headings of what was done, of money, of people and of forms: these hold no work to come.
_TELLS = re.compile(
    r"so luong|ty le|tong (?:so|cong)|thuc hien duoc|diem\b|kinh phi|so tien|dia chi|dien thoai|email|ho (?:va )?ten|"
    r"chuc (?:vu|danh)|ho so|so lieu|da thuc hien|tinh trang|xep loai|luu (?:y|tru)|van ban|mau (?:so|don)|ma so"
)
_KINDS = {"number": Role.NUMBER, "agency": Role.LEAD, "deadline": Role.DEADLINE}


def told_by_cells(table: Table, heading: TableHeading) -> list[Role] | None:
    """Return the roles of a table whose headings name no task though its cells say what and who or when; else None."""
    if heading.kind == "list":
        return heading.roles if len(table.rows) - heading.last - 1 >= _FEWEST else None
    if heading.kind != "other" or is_foreign(heading.names) or any(_TELLS.search(fold(one)) for one in heading.whole):
        return None
    whole = [row for row in table.rows[heading.last + 1 :] if row.is_aligned and row.sole_text is None]
    if len(whole) < (1 if heading.names_work else _FEWEST):
        return None
    roles = _roles(_columns(whole, table.width), heading.roles)
    says_more = roles is not None and bool({Role.COORDINATING, Role.PRODUCT} & set(roles))
    return roles if roles is not None and (is_task_table(roles) or heading.names_work and says_more) else None


def told_without_heading(table: Table) -> TableHeading | None:
    """Return a heading for a first row no word of which is known, above numbered rows that say what and who or when."""
    first, *rows = table.rows
    texts = first.texts
    is_heading = first.is_aligned and len(texts) == table.width and all(texts) and as_label(texts[0]) is None
    if not is_heading or any(len(text) > _HEADING for text in texts) or any(_TELLS.search(fold(one)) for one in texts):
        return None
    if any(is_foreign(row.texts) for row in table.rows[:4]):
        return None
    whole = [row for row in rows if row.is_aligned and row.sole_text is None]
    if len(whole) < _FEWEST or table.width < _FEWEST:
        return None
    roles = _roles(_columns(whole, table.width), [Role.OTHER] * table.width)
    if roles is None or roles[0] is not Role.NUMBER or not is_task_table(roles):
        return None
    return TableHeading(list(texts), list(texts), roles, 0, 0, frozenset(range(table.width)))


def _columns(rows: Sequence[Row], width: int) -> list[list[str]]:
    """Return the filled texts of each column."""
    return [[cell.text for row in rows for cell in row.cells if cell.column == at and cell.text] for at in range(width)]


def _roles(columns: list[list[str]], named: list[Role]) -> list[Role] | None:
    kinds = [kind_of(texts) for texts in columns]
    lengths = [sum(map(len, texts)) / len(texts) if texts else 0.0 for texts in columns]
    longs = [at for at, kind in enumerate(kinds) if kind in ("text", "group") and lengths[at] >= _LONG]
    if not longs:
        return None
    text = named.index(Role.TEXT) if Role.TEXT in named else max(longs, key=lambda at: lengths[at])
    roles: list[Role] = []
    for at, kind in enumerate(kinds):
        helps = named[at] is Role.COORDINATING and kind == "agency"
        role = Role.TEXT if at == text else named[at] if helps else _KINDS.get(kind, named[at])
        is_free = role not in roles and not (role is Role.TEXT and at != text)
        roles.append(role if is_free else Role.COORDINATING if role is Role.LEAD else Role.OTHER)
    return roles


def unread(table: Table) -> Finding | None:
    """Return the warning of a table that was taken for neither tasks nor goals though its rows say something."""
    if is_foreign(table.rows[0].texts) or table.width < 2:
        return None
    saying = sum(any(len(text) >= _SENTENCE for text in row.texts) for row in table.rows)
    if saying < _FEWEST:
        return None
    where = f"Bảng ở dòng {table.line_start}–{table.line_end}"
    message = f"{where} có chữ mà không nhận ra là nhiệm vụ hay chỉ tiêu: cần người xem lại."
    return Finding("table-unread", message, "warning", table.line_start)
