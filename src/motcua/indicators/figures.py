"""What may be typed, who may type and verify it, and reading an XLSX or CSV of such numbers."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.indicators.index_reading import FAMILY, payment_labels
from motcua.indicators.models import TypedFigure
from motcua.indicators.queries import indicators_in_force
from motcua.indicators.rules.component_file import number_from_text
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.score_command import index_version
from motcua.organizations.access import has_role_in, oversees
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import unit_at
from motcua.organizations.states import CONTROL_OFFICER, LEADER, SPECIALIST, UNIT_HEAD

MOST_BYTES, MOST_ROWS = 5_000_000, 5000
COLUMNS = ("ma", "don vi", "ky", "tu so", "mau so", "nguon")  # folded headings of a file, in any order


@dataclass(frozen=True)
class FileRow:
    """A row of a file: code of what it answers, unit, period, part, whole (None: a plain number) and source."""

    what: str
    unit: Unit
    period: IndexPeriod
    part: Decimal
    whole: Decimal | None
    source: str


def may_enter_for(account: Any, unit: Unit) -> bool:
    """Officials of the unit, and control officers who oversee it."""
    return has_role_in(account, unit, SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER) or oversees(
        account, unit, CONTROL_OFFICER
    )


def may_verify_for(account: Any, unit: Unit) -> bool:
    """Heads of the unit, and control officers who oversee it; never who typed it (the action says so)."""
    return has_role_in(account, unit, UNIT_HEAD, LEADER) or oversees(account, unit, CONTROL_OFFICER)


def questions() -> dict[str, str]:
    """Return what a typed number may answer: {code: name}, the index's rows and counts, and typed indicators."""
    found: dict[str, str] = {}
    for row in index_version()["rows"]:
        if row["rule"] == "payment":
            found |= {f"{FAMILY}:{name}": f"{row['name']}: {label}" for name, label in payment_labels().items()}
        else:
            found[f"{FAMILY}:{row['code']}"] = row["name"]
    return found | {each.code: each.name for each in indicators_in_force() if not each.measure}


def visible_figures(account: Account) -> Iterator[TypedFigure]:
    """Yield the newest typed figures of units that the account may type or verify for, those waiting first."""
    newest = TypedFigure.objects.select_related("unit")[:500]
    seen = [each for each in newest if may_enter_for(account, each.unit) or may_verify_for(account, each.unit)]
    yield from sorted(seen, key=lambda each: not each.is_waiting)


def rows_of_file(name: str, content: bytes) -> list[FileRow]:
    """Read an XLSX or CSV with the columns Mã, Đơn vị, Kỳ, Tử số, Mẫu số, Nguồn.

    Raises:
        Refused: it is no such file; the message names the row.
    """
    if len(content) > MOST_BYTES:
        raise Refused(gettext("Tệp quá lớn (tối đa 5 MB)."), field="file")
    table = [row for row in _table(name, content) if any(cell.strip() for cell in row)]
    if not table:
        raise Refused(gettext("Tệp không có dòng nào."), field="file")
    head = {fold(cell).strip(): position for position, cell in enumerate(table[0])}
    if missing := [name for name in COLUMNS if name not in head]:
        words = gettext("Thiếu cột: %(names)s (cần Mã, Đơn vị, Kỳ, Tử số, Mẫu số, Nguồn).")
        raise Refused(words % {"names": ", ".join(missing)}, field="file")
    if len(table) > MOST_ROWS:
        raise Refused(gettext("Tệp có quá nhiều dòng (tối đa %(most)s).") % {"most": MOST_ROWS}, field="file")
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        values = {name: cells[head[name]].strip() if head[name] < len(cells) else "" for name in COLUMNS}
        try:
            rows.append(_row(values))
        except Refused as refusal:
            raise Refused(f"{gettext('Dòng')} {number}: {refusal.message}", field="file") from refusal
    return rows


def _row(values: dict[str, str]) -> FileRow:
    period = IndexPeriod.parse(values["ky"].upper())
    part = number_from_text(values["tu so"])
    whole = number_from_text(values["mau so"]) if values["mau so"] else None
    if part is None or (values["mau so"] and whole is None):
        raise Refused(gettext("tử số, mẫu số phải là số."))
    return FileRow(values["ma"], unit_at(values["don vi"], period.last), period, part, whole, values["nguon"])


def _table(name: str, content: bytes) -> Iterable[list[str]]:
    if not name.lower().endswith(".xlsx"):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Refused(gettext("Tệp CSV phải ở bảng mã UTF-8."), field="file") from error
        separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    from openpyxl import load_workbook  # heavy, and only this needs it

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise Refused(gettext("Không đọc được tệp Excel."), field="file") from error
