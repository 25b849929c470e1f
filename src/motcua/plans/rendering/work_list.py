"""Lists of work as tables that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.documents.rendering.description import Column, Row, Table, Value
from motcua.plans.queries.work_list import WorkRow

_WIDTHS = (6, 14, 20, 44, 24, 10, 18, 14, 12, 12, 10, 18)


def work_list(rows: Iterable[WorkRow], file_format: str) -> bytes:
    """Return ``rows`` as "csv" or "xlsx"."""
    head = [
        gettext("TT"), gettext("Mã"), gettext("Kế hoạch"), gettext("Nhiệm vụ"), gettext("Đơn vị"), gettext("Vai trò"),
        gettext("Người theo dõi"), gettext("Kỳ"), gettext("Hạn cuối"), gettext("Hoàn thành"),
        gettext("Số ngày quá hạn"), gettext("Trạng thái"),
    ]  # fmt: skip
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    return as_file(head, lines, _WIDTHS, file_format, title=gettext("Nhiệm vụ"))


def as_file(
    head: Sequence[str], lines: Sequence[Sequence[Value]], widths: Sequence[float], file_format: str, *, title: str
) -> bytes:
    """Return a table as "csv" (UTF-8 with its mark, cells that would run made harmless) or "xlsx"."""
    if file_format == "csv":
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(head)
        for line in lines:
            writer.writerow([harmless(f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell) for cell in line])
        return f"{BYTE_ORDER_MARK}{file.getvalue()}".encode()
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.documents.rendering.sheets import Sheet, to_xlsx

    table = Table(
        columns=tuple(Column(width) for width in widths),
        header=(Row(tuple(head), bold=True),),
        rows=tuple(Row(tuple(line)) for line in lines),
    )
    return to_xlsx([Sheet(title, table, (title,), landscape=True)], title=title)


def _line(number: int, row: WorkRow) -> list[Value]:
    task, part = row.part.task, row.part
    return [
        number, task.short_code, task.plan.name, task.text, part.unit.name,
        gettext("chủ trì") if part.is_lead else gettext("phối hợp"), part.person.full_name if part.person else "",
        row.turn.label if row.turn else "", row.due_on or "", (row.turn or part).done_on or "",
        row.status.days_late or "", row.status.label,
    ]  # fmt: skip
