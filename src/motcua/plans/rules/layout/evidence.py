"""What the cells of a table say of its columns where the headings leave it open."""

import re
from collections.abc import Sequence

from motcua.base.text import fold
from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.layout.columns import Role, is_task_table, role_of
from motcua.plans.rules.layout.labels import as_label, split_label
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.reading.blocks import Row

_CODE = re.compile(r"^[A-ZĐ]{1,4}[-. ]?\d{1,3}(?:[.-]\d{1,3})*$|^[IVX]{1,4}\.\d{1,3}(?:\.\d{1,3})*$")
_MAY_BE_BODY = re.compile(r"^phu trach$|don vi|co quan|tap the|bo phan|to chuc")
_MOST = 0.6  # share of the filled cells of a column that must be of one kind
_LONG = 15  # characters: the mean length from which a column may tell what is to be done
_FEWEST = 2
_TIME_LENGTH = 90


def is_number(text: str) -> bool:
    """Tell whether a cell holds only the number or code of a row: "1.", "a)", "NV-01", "I.2"."""
    return as_label(text) is not None or bool(_CODE.match(text.strip()))


def kind_of(texts: Sequence[str]) -> str:
    """Return what the filled cells of a column are: number, agency, deadline, group, text; empty if none is filled."""
    told = [text for text in texts if text]
    if not told:
        return "empty"
    share = {
        "number": sum(is_number(text) for text in told),
        "agency": sum(looks_like_agency(text) for text in told),
        "deadline": sum(is_time(text) for text in told),
    }
    best = max(share, key=lambda kind: share[kind])
    if share[best] >= _MOST * len(told):
        return best
    single = sum(bool((label := split_label(text)[0]) and label.depth == 1) for text in told)
    return "group" if single >= 0.8 * len(told) else "text"


def is_time(text: str) -> bool:
    """Tell whether a cell says when."""
    return len(text) < _TIME_LENGTH and parse_deadline(text, 2000).kind not in ("unspecified", "external")


def completed(roles: list[Role], names: list[str], rows: Sequence[Row]) -> tuple[list[Role], set[int]]:
    """Return the roles with those added that only the cells tell, and the columns whose role was so found.

    ``roles`` and ``names`` as the heading gives them; ``rows``: the rows below it. A column whose heading is known to
    hold something else keeps its role.
    """
    roles = _with_bodies(list(roles), names, rows)
    whole = [row for row in rows if row.is_aligned and row.sole_text is None]
    open_columns = [at for at, name in enumerate(names) if role_of(name) is None]
    if not open_columns or len(whole) < _FEWEST:
        return roles, set()
    cells = {at: [cell.text for row in whole for cell in row.cells if cell.column == at] for at in open_columns}
    kinds = {at: kind_of(texts) for at, texts in cells.items()}
    found: dict[int, Role] = {}

    def take(role: Role, kind: str) -> None:
        free = [at for at in open_columns if kinds[at] == kind and at not in found]
        if role not in roles and role not in found.values() and free:
            found[free[0]] = role

    take(Role.NUMBER, "number")
    if Role.TEXT not in roles:
        longs = [at for at in open_columns if kinds[at] in ("text", "group") and _mean(cells[at]) >= _LONG]
        merged = {cell.column for row in whole for cell in row.cells if cell.is_merged_up and not cell.text}
        longs = [at for at in longs if at not in merged] or longs  # what stands for several rows heads them
        if longs:
            found[max(longs, key=lambda at: _mean(cells[at]))] = Role.TEXT
    take(Role.LEAD, "agency")
    take(Role.COORDINATING, "agency")
    take(Role.DEADLINE, "deadline")
    for at, role in found.items():
        roles[at] = role
    return (roles, set(found)) if is_task_table(roles) else (roles, set())


def infer_roles(rows: list[Row], width: int) -> list[Role] | None:
    """Return the columns' roles from their content, or None if they do not look like tasks."""
    whole = [row for row in rows if row.is_aligned and len(row.cells) == width and row.sole_text is None]
    if len(whole) < 3 or width < 3:
        return None
    kinds = [kind_of([row.cells[at].text for row in whole if row.cells[at].text]) for at in range(width)]
    roles = [Role.OTHER] * width
    agencies = [at for at, kind in enumerate(kinds) if kind == "agency"]
    deadlines = [at for at, kind in enumerate(kinds) if kind == "deadline"]
    longs = [at for at, kind in enumerate(kinds) if kind in ("text", "group")]
    # Without headings only tables that say both who and when are taken for tasks.
    if not agencies or not longs or not deadlines:
        return None
    for at, role in zip(agencies, (Role.LEAD, Role.COORDINATING), strict=False):
        roles[at] = role
    roles[deadlines[-1]] = Role.DEADLINE
    if kinds[0] == "number":
        roles[0] = Role.NUMBER
    before = [at for at in longs if at < agencies[0]]
    texts = before or longs
    text = next((at for at in texts if kinds[at] == "text"), texts[0])
    roles[text] = Role.TEXT
    for at in texts:
        if at < text:
            roles[at] = Role.GROUP
    product = next((at for at in range(width) if roles[at] is Role.OTHER and at > text and kinds[at] != "empty"), None)
    if product is not None:
        roles[product] = Role.PRODUCT
    return roles if is_task_table(roles) else None


def _with_bodies(roles: list[Role], names: list[str], rows: Sequence[Row]) -> list[Role]:
    """Return the roles, a column of "Đơn vị, cá nhân thực hiện" or "Phụ trách" leading where its cells name bodies."""
    for at, name in enumerate(names):
        if roles[at] is Role.PERSON and Role.LEAD not in roles and _MAY_BE_BODY.search(fold(name)):
            texts = [cell.text for row in rows if row.sole_text is None for cell in row.cells if cell.column == at]
            if kind_of(texts) == "agency":
                roles[at] = Role.LEAD
    return roles


def is_heading_row(row: Row, roles: Sequence[Role]) -> bool:
    """Tell whether the first row of a table only names its columns, though none of its words is known."""
    texts = {cell.column: cell.text for cell in row.cells if cell.column is not None}
    told = [text for text in texts.values() if text]
    if len(told) < len(roles) - 1 or any(len(text) > 40 or is_number(text) for text in told):
        return False
    who = [texts.get(at, "") for at, role in enumerate(roles) if role in (Role.LEAD, Role.COORDINATING)]
    when = [texts.get(at, "") for at, role in enumerate(roles) if role is Role.DEADLINE]
    # A heading may begin like a body ("Cơ quan giúp"), but nothing in it is a time or a numbered row.
    return not any(is_time(text) for text in when) and not any(re.search(r"[A-ZĐ]", text[1:]) for text in who)


def _mean(texts: Sequence[str]) -> float:
    told = [text for text in texts if text]
    return sum(len(text) for text in told) / len(told) if told else 0.0


def names_body(text: str) -> bool:
    """Tell whether a column's heading is itself the name of a body: a table of who does what, marked with x."""
    return (
        looks_like_agency(text)
        and role_of(text) in (None, Role.LEAD)
        and not re.match(
            r"^(co quan|don vi|bo phan|to chuc|nganh|ca nhan|thanh vien|cac|dia phuong|phong$|ban$|phong ban)",
            fold(text),
        )
    )
