"""What single cells and the numbering of any table may be: kinds of values, percentages, codes in order."""

import re
from collections import defaultdict
from collections.abc import Iterator

from motcua.base.text import fold
from motcua.reports.rules.catalogue import lapsed_rows
from motcua.reports.rules.figures import is_blank, says_nothing_occurred
from motcua.reports.rules.findings import Finding, finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grid_sheet import GridSheet, place_of
from motcua.reports.rules.grids import GridRow

COUNTED = re.compile(
    r"(?:ho so|van ban|nguoi|nhiem vu|thu tuc|tthc|don vi|co quan|co quan, don vi|cuoc|luot|phieu|dich vu|vu viec|viec|"
    r"pakn|phan anh, kien nghi|kien nghi|xa|phuong|to chuc|lop|bien che|tin|tin, bai|bai|cai|bo|quyet dinh|so luong|"
    r"vu|don|y kien|sang kien|mo hinh|doan|hoi nghi|may|tai khoan|chung thu so)"
)
_MAY_EXCEED = re.compile(
    r"so voi|so sanh|tang truong|ke hoach|du toan|chi tieu|muc tieu|tang|vuot|giam|cung ky|ky truoc|nam truoc|"
    r"thu ngan sach|thu nsnn|giao"
)
_SIGNED = re.compile(r"tang|giam|chenh lech|so voi|bien dong|\(\+/?-\)|\+/-")
NUMERIC_SHARE = 0.8
LEAST_NUMERIC = 4
LEAST_OTHERS = 3
_LED_NUMBER = re.compile(r"(\d[\d.,]*)\s+[^\W\d]{2,}(?:\s+[^\W\d]+){0,3}$")


def cell_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield cells that cannot be what their column and unit say."""
    for column in sheet.grid.of("value", "percent"):
        is_numeric = _is_numeric(sheet, column)
        for row in sheet.rows:
            found = _check_cell(sheet, row, column, is_numeric=is_numeric)
            if found is not None:
                yield found


def _is_numeric(sheet: GridSheet, column: Column) -> bool:
    """Say whether a column holds numbers in nearly all of its filled cells."""
    filled = [row for row in sheet.rows if not sheet.is_blank(row, column)]
    figures = sum(sheet.figure(row, column) is not None for row in filled)
    return figures >= LEAST_NUMERIC and figures >= NUMERIC_SHARE * len(filled)


def _asks_number(sheet: GridSheet, row: GridRow) -> bool:
    """Say whether a row's unit asks for a number: none of codes ("Có = 1"), of words ("Có/Không"), or left out."""
    if not sheet.grid.of("unit"):
        return True
    return bool(row.unit.strip()) and not re.search(r"=|/|\bkhong\b|\bco\b|\bdat\b", fold(f"{row.unit} {row.name}"))


def _compares(sheet: GridSheet, row: GridRow, column: Column) -> bool:
    """Say whether a percentage sets one period against another, or may pass 100: others of its column or row do."""
    over = [one for one in sheet.rows if (value := sheet.value(one, column)) is not None and value > 100]
    beside = [value for one in sheet.grid.of("value", "percent") if (value := sheet.value(row, one)) and value > 100]
    return (column.role == "percent" and len(over) > 1) or (sheet.grid.is_of_indicators and len(beside) > 1)


def _is_filled(sheet: GridSheet, column: Column, row: GridRow) -> bool:
    """Say whether every other filled cell of a column is a number."""
    others = [one for one in sheet.rows if one is not row and not sheet.is_blank(one, column)]
    numbers = [one for one in others if sheet.figure(one, column) or says_nothing_occurred(one.cell(column))]
    return len(others) >= LEAST_OTHERS and len(numbers) == len(others)


def _check_cell(sheet: GridSheet, row: GridRow, column: Column, *, is_numeric: bool) -> Finding | None:
    text = row.cell(column)
    if is_blank(text) or says_nothing_occurred(text):
        return None
    figure, unit = sheet.figure(row, column), fold(row.unit).strip()
    is_percent = sheet.is_percent(row, column)
    is_counted = column.role == "value" and bool(COUNTED.fullmatch(unit))
    where = sheet.where(row, column)
    words = fold(f"{row.name} {column.label}")
    if column.role == "percent":  # what a plan was to bring may be passed
        words += " ".join(other.words for other in sheet.values)
    if figure is None:
        if (number := _LED_NUMBER.match(text)) and _is_filled(sheet, column, row):
            unit_words = row.unit or column.label
            return finding(
                "V15", "number_in_text", where, place=place_of(row, where), found=text, expected=number[1],
                unit=unit_words, short=text[:60],
            )  # fmt: skip
        if (is_numeric and _asks_number(sheet, row)) or is_counted:
            severity = None if is_counted and re.match(r"\D", text) else "warning"
            unit_words = row.unit or column.label
            return finding(
                "V15", "not_a_number", where, place=place_of(row, where), found=text, expected="một số",
                severity=severity, unit=unit_words, short=text[:60],
            )  # fmt: skip
        return None
    if is_counted and figure.has_percent_sign:
        return finding("V15", "percent_in_count", where, found=text, expected=row.unit, unit=row.unit)
    if is_counted and figure.value.denominator != 1:
        return finding("V15", "fraction", where, found=text, unit=row.unit)
    if figure.value < 0 and not _SIGNED.search(words) and (is_counted or column.role == "percent"):
        return finding("M02", "negative", where, found=text)
    if is_percent and figure.value > 100 and not _MAY_EXCEED.search(words) and not _compares(sheet, row, column):
        return finding("M02", "percent", where, found=text)
    return None


def numbering_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield codes that repeat under one head, and gaps before a code that is there."""
    seen: dict[tuple[int, str], dict[int, GridRow]] = defaultdict(dict)
    rows = [row for row in sheet.grid.rows if row.kind == "data" and row.code]
    for row in rows:
        parent, _, last = row.full.rpartition(".")
        if not last.isdigit():
            continue
        key, number = (row.section, parent), int(last)
        siblings = seen[key]
        if number == 1 and siblings and max(siblings) > 1:
            siblings.clear()  # another list begins without a head of its own
        if number in siblings:
            yield finding("M06", "repeated", sheet.where(row), found=row.full, other_line=siblings[number].line)
            number = max(siblings) + 1  # what it was meant to be, so that the slip is said once
        elif siblings and number > max(siblings) + 1:
            missing = f"{parent}.{max(siblings) + 1}" if parent else str(max(siblings) + 1)
            if missing in lapsed_rows(sheet.grid.label):
                siblings[number] = row
                continue
            where = sheet.where(row)
            table = where.table or f"Phụ lục {where.appendix}"
            yield finding("M06", "gap_anywhere", where, found=row.full, expected=missing, table=table)
        siblings[number] = row
