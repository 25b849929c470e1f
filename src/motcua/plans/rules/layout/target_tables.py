"""Tables of goals: what is measured, in which unit, and the value for each year; baselines are left alone."""

import re
from dataclasses import dataclass, replace

from motcua.base.text import fold, squash
from motcua.plans.rules.numbers.figures import number
from motcua.plans.rules.numbers.targets import targets_in
from motcua.plans.rules.values import Target
from motcua.reading.blocks import Row

_NAME = re.compile(r"chi tieu|chi so|muc tieu|noi dung|tieu chi|ten\b|nhiem vu")
_UNIT = re.compile(r"don vi tinh|^dvt\b|don vi do|^don vi$|^dv tinh")
_BASELINE = re.compile(
    r"thuc hien (nam|den|20)|uoc thuc hien|hien trang|ket qua (nam|thuc hien)|nam truoc|da dat|^th\b|so voi|"
    r"tang giam|so sanh"
)
_VALUE = re.compile(
    r"20\d\d|ke hoach|muc tieu|chi tieu (giao|nam|dat)|gia tri|ty le|phan dau|can dat|so luong|muc (phai )?dat|"
    r"giao|^muc\b|^kh\b"
)
_NUMBER_COLUMN = re.compile(r"^(s\s?t\s?t|t\s?t|so tt|so thu tu|ma so|ma)$")
_OTHER = re.compile(
    r"ghi chu|co quan|don vi (chu|phoi|thuc|chiu|theo)|chu tri|phoi hop|thoi (gian|han)|can cu|nguon|cach tinh|"
    r"trach nhiem"
)
_CELL = re.compile(
    r"^\W*?(?P<sign>≥|>=|≤|<=|>|<|trên|hơn|dưới|tối thiểu|ít nhất|không dưới|tối đa|không quá|từ|đạt|đạt trên|"
    r"giảm|tăng|khoảng)?\s*"
    r"(?:đạt |từ |trên |tối thiểu |ít nhất )*(?P<value>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*"
    r"(?:(?:-|–|đến)\s*(?P<upper>\d+(?:[.,]\d+)?)\s*)?(?P<unit>%|[^\W\d_][\w\s/]{0,30}?)?\s*(?P<after>trở lên|"
    r"trở xuống)?\W*$",
    re.I,
)
_SHARE = re.compile(r"^\W*t[yi] le\b")  # a rate is a percentage where the column of units is left empty
_SIGNS = {
    "≥": ">=", ">=": ">=", "tối thiểu": ">=", "ít nhất": ">=", "không dưới": ">=", "từ": ">=", "≤": "<=", "<=": "<=",
    "tối đa": "<=", "không quá": "<=", ">": ">", "trên": ">", "hơn": ">", "đạt trên": ">", "<": "<", "dưới": "<",
}  # fmt: skip


@dataclass(frozen=True)
class _Columns:
    """Places of the columns of a table of goals; ``values`` with the year each is for."""

    name: int
    unit: int | None
    values: tuple[tuple[int, int | None], ...]


def targets_of_table(headings: list[str], rows: list[Row], default_year: int | None = None) -> list[Target]:
    """Return the goals of a table, one per row and year, in reading order.

    ``headings``: one text per column, those of several heading rows joined; ``rows``: the rows below them. A level in
    the row's name ("- Cấp xã") goes to the tier; a row without any value heads those below it. Empty where the
    columns do not tell what is measured and which value is to be reached.
    """
    columns = _columns([fold(squash(heading)) for heading in headings], default_year)
    if columns is None:
        return []
    found: list[Target] = []
    group = ""
    for row in rows:
        texts = {(cell.column if cell.column is not None else at): cell.text for at, cell in enumerate(row.cells)}
        name = squash(texts.get(columns.name, "")).strip(" .;:")
        values = [(place, year, _CELL.match(squash(texts.get(place, "")))) for place, year in columns.values]
        said = [one for place, _ in columns.values for one in _told(name or group, texts.get(place, ""), row, place)]
        if name and not any(match for _, _, match in values):
            found += said
            group = "" if said else name
            continue
        for place, year, match in values:
            if match and (name or group):
                unit = squash(texts.get(columns.unit, "")) if columns.unit is not None else ""
                found.append(_target(name or group, group, unit, match, row, place, year))
    return found


def _told(name: str, cell: str, row: Row, place: int) -> list[Target]:
    """Return the goals of a cell that says more than one number ("98%; riêng lĩnh vực đất đai 92%"), else none."""
    if not name or _CELL.match(squash(cell)) or not re.search(r"\d", cell):
        return []
    line = next((one.line_start for one in row.cells if one.column == place), row.line_start)
    return [replace(one, task_id="") for one in targets_in(f"{name}: {squash(cell)}", line)]


def _columns(folded: list[str], default_year: int | None) -> _Columns | None:
    unit = next((at for at, heading in enumerate(folded) if _UNIT.search(heading)), None)
    free = [at for at, heading in enumerate(folded) if at != unit and not _NUMBER_COLUMN.match(heading)]
    name = next((at for at in free if _NAME.search(folded[at])), None)
    if name is None:
        return None
    values = []
    for at in free:
        heading = folded[at]
        if at == name or _BASELINE.search(heading) or _OTHER.search(heading) or not _VALUE.search(heading):
            continue
        years = re.findall(r"20\d\d", heading)
        values.append((at, int(years[-1]) if years else default_year))
    return _Columns(name, unit, tuple(values)) if values else None


def _target(name: str, group: str, unit: str, match: re.Match[str], row: Row, place: int, year: int | None) -> Target:
    own_unit = squash(match.group("unit") or "")
    sign = _sign(match)
    tier = re.search(r"\bcap (tinh|huyen|xa)\b", fold(name))
    line = next((cell.line_start for cell in row.cells if cell.column == place), row.line_start)
    text = f"{group}: {name.lstrip('-+• ')}" if group and re.match(r"^[-+•]", name) else name
    return Target(
        "",
        text[:200],
        number(match.group("value")),
        "%" if "%" in (own_unit, unit) else own_unit or unit or ("%" if _SHARE.match(fold(name)) else ""),
        ">=" if match.group("upper") and sign == "none" else sign,
        text[:200],
        line,
        {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}[tier.group(1)] if tier else None,
        "reduce" if re.search(r"\bgiam\b", fold(f"{name} {match.group('sign') or ''}")) else None,
        upper=number(match.group("upper")) if match.group("upper") else None,
        year=year,
    )


def _sign(match: re.Match[str]) -> str:
    after = (match.group("after") or "").lower()
    if after:
        return ">=" if after == "trở lên" else "<="
    return _SIGNS.get((match.group("sign") or "").lower(), "none")
