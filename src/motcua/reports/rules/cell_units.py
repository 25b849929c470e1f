"""What a cell, its row's name and its unit say of each other: units that cannot be, codes, cells left empty."""

import re
from collections.abc import Iterator

from motcua.base.text import fold
from motcua.reports.rules.figures import is_blank, read_figure
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_heads import Column, is_figure
from motcua.reports.rules.grid_sheet import GridSheet
from motcua.reports.rules.grids import GridRow

FILLED_SHARE = 0.8
LEAST_FILLED = 4
_MONEY_UNIT = re.compile(r"(?:(?:nghin|ngan|trieu|ty|ti) )?(?:dong|vnd)|trd|tr\.d|tr\.dong")
_MONEY_NAME = re.compile(
    r"^(?:tong |so )*(?:kinh phi|so tien|tien |von |ke hoach von|giai ngan|gia tri giai ngan|du toan|tiet kiem chi|"
    r"thu ngan sach|chi ngan sach|doanh thu)"
)
_COUNT_NAME = re.compile(
    r"^(?:tong )?(?:so )?(?:luong )?(?:ho so|bien che|cong chuc|vien chuc|can bo|van ban|nhiem vu|thu tuc|tthc|phieu|"
    r"hoi nghi|lop|cuoc |don vi|co quan|phan anh|pakn)"
)
_NOT_COUNT = re.compile(r"kinh phi|chi phi|muc chi|gia tri|so tien|\bphi\b|le phi|ty le|luong co so|quy luong")
_COUNTED_UNIT = re.compile(r"(?:ho so|van ban|nguoi|nhiem vu|thu tuc|tthc|don vi|co quan|cuoc|luot|phieu|ho|pakn|xa)")
_NOUNS: dict[str, tuple[str, ...]] = {  # what the rows of reports count, by how its names and units begin
    "dossiers": ("ho so", "hs"),
    "documents": ("van ban", "vbqppl"),
    "tasks": ("nhiem vu",),
    "procedures": ("thu tuc", "tthc"),
    "people": ("nguoi", "bien che", "cong chuc", "vien chuc", "can bo", "thanh vien", "hoc vien", "dai bieu"),
    "sheets": ("phieu",),
    "households": ("ho kinh doanh", "ho gia dinh", "ho(?! so)"),
    "services": ("dich vu",),
    "classes": ("lop",),
    "visits": ("luot",),
    "schools": ("truong",),
    "accounts": ("tai khoan",),
    "meetings": ("hoi nghi", "cuoc hop"),
    "machines": ("may tinh", "may tram"),
}
_TIME_NAME = re.compile(r"thoi gian|so ngay\b")
_PLAIN_NAME = re.compile(r"^(?:tong |so |luong |trong do:? |cac )+(?!so\b)")
_CODES = re.compile(r"\(([^()]*=\s*\d+[^()]*)\)")
_YES_NO = re.compile(r"\(?\bco ?/ ?khong\b\)?")
_ANSWER = re.compile(r"(?:co|khong|x|da|chua|hoan thanh|dat|khong dat)(?:\W|$)(?!.*\bco\b)")
_CODE = re.compile(r"=\s*(\d+)")
_ELSEWHEN = re.compile(r"muc tieu|ke hoach|chi tieu giao|cung ky|ky truoc|nam truoc|quy truoc")
_CAPTION_UNIT = re.compile(r"Đơn vị(?: tính)?\s*:\s*(?:số\s+)?([^\d().;,:]{2,30})", re.IGNORECASE)


def unit_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield units that do not go with the rows' names, codes that are not offered, and cells left empty."""
    for row in sheet.data:
        yield from _unit(sheet, row)
        yield from _codes(sheet, row)
    yield from _caption_unit(sheet)
    for column in sheet.grid.of("value"):
        yield from _empty(sheet, column)


def _unit(sheet: GridSheet, row: GridRow) -> Iterator[Finding]:
    unit, name = fold(row.unit).strip(), fold(row.name)
    if not unit:
        return
    expected = ""
    if re.match(r"t[yi] le\b", name) and (_COUNTED_UNIT.fullmatch(unit) or _MONEY_UNIT.fullmatch(unit)):
        expected = "%"
    elif _MONEY_NAME.search(name) and _COUNTED_UNIT.fullmatch(unit) and not re.search(r"t[yi] le", name):
        expected = "đơn vị tiền"
    elif _COUNT_NAME.search(name) and not _NOT_COUNT.search(name) and _MONEY_UNIT.fullmatch(unit):
        expected = "đơn vị đếm"
    if not expected and _TIME_NAME.match(name) and (_noun_of(unit) or unit == "%"):
        expected = "đơn vị thời gian"
    if not expected and (noun := _noun_of(_PLAIN_NAME.sub("", name))):
        counted = _noun_of(unit)
        if (
            unit == "%"
            and any(v > 100 for c in sheet.values if (v := sheet.value(row, c)))
            and not re.search(r"t[yi] le|muc do|%|phan tram|hoan thanh|ket qua|dat\b", name)
        ):
            expected = "đơn vị đếm, không phải %"
        if counted and counted != noun and not any(re.search(words, name) for words in _NOUNS[counted]):
            expected = "đơn vị đếm của chỉ tiêu"
    if expected:
        yield finding("M03", "unfit", sheet.where(row), found=row.unit, expected=expected, name=row.name)


def _noun_of(text: str) -> str:
    """Return what a folded text begins by counting, "" where it is none of the common things."""
    return next((noun for noun, words in _NOUNS.items() if any(re.match(rf"(?:{word})\b", text) for word in words)), "")


def _codes(sheet: GridSheet, row: GridRow) -> Iterator[Finding]:
    """Yield codes that are none of those the row's name offers: "(Có = 1, Không = 0)"."""
    offered = _CODES.search(row.name) or _CODES.search(f"({row.unit})")
    codes = _CODE.findall(offered[1]) if offered else []
    if _YES_NO.fullmatch(fold(row.unit).strip()) or _YES_NO.search(fold(row.name)):
        codes = codes or ["0", "1"]
    if len(codes) < 2:
        return
    for column in sheet.grid.of("value"):
        text = row.cell(column).strip()
        figure = read_figure(text)
        is_word = figure is None and bool(text) and not is_blank(text) and not _ANSWER.match(fold(text))
        if is_word and "=" not in f"{row.unit}{row.name}":
            continue
        if is_word or (
            figure is not None and text not in codes and all(figure.value != int(code) for code in codes)
        ):  # fmt: skip
            accepted = " / ".join(codes)
            yield finding("V15", "code", sheet.where(row, column), found=text, expected=accepted, short=text)


def _caption_unit(sheet: GridSheet) -> Iterator[Finding]:
    """Yield a unit over a table that its columns deny: dossiers received and solved counted in procedures."""
    heads = " ".join(column.words for column in sheet.values)
    if not ("tiep nhan" in heads and "giai quyet" in heads and re.search(r"truoc han|qua han", heads)):
        return
    for caption in sheet.grid.captions:
        match = _CAPTION_UNIT.search(caption)
        if match and re.fullmatch(r"(?:thu tuc(?: hanh chinh)?|tthc|van ban|nguoi|nhiem vu)", fold(match[1]).strip()):
            label = sheet.where(sheet.rows[0]).words.split(", dòng")[0]
            where = Where(sheet.grid.appendix, None, sheet.rows[0].line, label or None)
            yield finding("M03", "unfit", where, found=match[0], expected="hồ sơ", name="tiếp nhận, giải quyết hồ sơ")


def _empty(sheet: GridSheet, column: Column) -> Iterator[Finding]:
    """Yield cells with nothing in them where nearly every other row of the column is filled."""
    has_units = bool(sheet.grid.of("unit"))
    rows = [row for row in sheet.rows if (row.unit.strip() if has_units else row.name or row.code)]
    empty = [row for row in rows if not row.cell(column).strip()]
    filled = len(rows) - len(empty)
    if _ELSEWHEN.search(column.words):
        return  # not every row had a target or was counted then
    if not empty or len(empty) > 2 or filled < LEAST_FILLED - has_units or filled < FILLED_SHARE * len(rows):
        return
    if sum(sheet.figure(row, column) is not None for row in rows) < FILLED_SHARE * filled:
        return
    others = [other for other in sheet.values if other is not column]
    for row in empty:
        if row.kind != "data" or (not has_units and not _is_filled_beside(row, others)):
            continue
        if row.unit.strip() == "%" and any(sheet.figure(row, other) for other in others):
            continue  # a rate of the year so far that no single period has
        yield finding("M05", "blank_cell", sheet.where(row, column), found="", name=row.name)


def _is_filled_beside(row: GridRow, others: list[Column]) -> bool:
    """Say whether a row is one of figures, with this cell alone left out."""
    return len(others) >= 2 and all(is_figure(row.cell(other)) for other in others)
