"""Columns that head several rows: told by cells merged over rows, or printed again on each, left of the task."""

from collections.abc import Sequence

from motcua.plans.rules.layout.columns import Role, role_of
from motcua.plans.rules.layout.evidence import kind_of
from motcua.plans.rules.layout.plain_headings import is_plain
from motcua.reading.blocks import Row

# What a heading may say of such a column though its cells are titles: "Chỉ số thành phần", "Mục tiêu".
_MAY_HEAD = (Role.OTHER, Role.TARGET)
_FEWEST = 2  # rows that share a cell with the row above


def with_group_numbers(rows: Sequence[Row], roles: list[Role]) -> list[Role]:
    """Return the roles, the numbers being those of the groups where their cells are merged down with the groups'."""
    if Role.NUMBER not in roles or Role.GROUP not in roles or roles.index(Role.GROUP) != roles.index(Role.NUMBER) + 1:
        return roles
    number = roles.index(Role.NUMBER)
    merged = [
        [cell.is_merged_up for cell in row.cells if cell.column in (number, number + 1)]
        for row in rows
        if row.is_aligned
    ]
    together = sum(pair == [True, True] for pair in merged)
    if not together or any(pair == [False, True] for pair in merged):
        return roles
    return [Role.GROUP_NUMBER if at == number else role for at, role in enumerate(roles)]


def with_groups(rows: Sequence[Row], roles: list[Role], names: Sequence[str]) -> list[Role]:
    """Return the roles, the first column of titles that several rows share heading them.

    ``rows``: those below the heading; ``names``: what each column is called. A column whose heading names another
    field keeps it.
    """
    if Role.GROUP in roles or Role.TEXT not in roles:
        return roles
    for at in range(roles.index(Role.TEXT)):
        if roles[at] in _MAY_HEAD and _heads(rows, at, is_known=role_of(names[at]) is not None):
            return [Role.GROUP if column == at else role for column, role in enumerate(roles)]
    return roles


def without_rivals(rows: Sequence[Row], roles: list[Role], names: Sequence[str]) -> list[Role]:
    """Return the roles, columns of work that share no cell over rows heading nothing: "Nhiệm vụ | Yêu cầu | Chủ trì".

    Of several columns that name work the last is taken for the task and the others for its headings; where each row
    has its own, the first that names work by its usual word is the task, the others are said beside it.
    """
    rivals = [
        at for at, role in enumerate(roles) if role in (Role.TEXT, Role.GROUP) and role_of(names[at]) is Role.TEXT
    ]
    heads = [at for at in rivals if roles[at] is Role.GROUP]
    if not heads or any(_is_shared(rows, at) for at in heads):
        return roles
    task = next((at for at in rivals if is_plain(Role.TEXT, names[at])), roles.index(Role.TEXT))
    rest = {at: Role.OTHER for at in rivals if at != task}
    return [Role.TEXT if at == task else rest.get(at, role) for at, role in enumerate(roles)]


def _is_shared(rows: Sequence[Row], at: int) -> bool:
    """Tell whether some cell of a column stands for several rows: merged, left empty below, or printed again."""
    cells = [
        cell for row in rows if row.is_aligned and row.sole_text is None for cell in row.cells if cell.column == at
    ]
    texts = [cell.text for cell in cells]
    return len(cells) < _FEWEST or not all(texts) or any(one == two for one, two in zip(texts, texts[1:], strict=False))


def _heads(rows: Sequence[Row], at: int, *, is_known: bool) -> bool:
    """Tell whether a column holds titles that each stand for several rows."""
    whole = [row for row in rows if row.is_aligned and row.sole_text is None]
    cells = [cell for row in whole for cell in row.cells if cell.column == at]
    merged = sum(cell.is_merged_up and not cell.text for cell in cells)
    texts = [cell.text for cell in cells if cell.text]
    again = 0 if is_known else sum(one == two for one, two in zip(texts, texts[1:], strict=False))
    if max(merged, again) < _FEWEST or kind_of(texts) not in ("text", "group"):
        return False
    return sum(any(letter.isalpha() for letter in text) for text in texts) > 0.8 * len(texts)
