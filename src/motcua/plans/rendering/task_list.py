"""The tasks of a plan as a table that a spreadsheet opens without running anything."""

import csv
import io
from datetime import date

from django.utils.translation import gettext

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.documents.rendering.description import Column, Row, Table
from motcua.plans.models import Plan
from motcua.plans.queries import TaskRow

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTHS = (6, 14, 8, 40, 24, 24, 24, 14, 10, 10, 16)


def task_list(plan: Plan, rows: list[TaskRow], file_format: str) -> bytes:
    """Return ``rows`` as "csv" (UTF-8 with its mark, cells that would run made harmless) or "xlsx"."""
    head = [
        gettext("TT"), gettext("Mã"), gettext("Số"), gettext("Nhiệm vụ"), gettext("Sản phẩm"), gettext("Chủ trì"),
        gettext("Phối hợp"), gettext("Thời hạn"), gettext("Hạn cuối"), gettext("Hoàn thành"), gettext("Trạng thái"),
    ]  # fmt: skip
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
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
        columns=tuple(Column(width) for width in _WIDTHS),
        header=(Row(tuple(head), bold=True),),
        rows=tuple(Row(tuple(line)) for line in lines),
    )
    return to_xlsx([Sheet(plan.code, table, (plan.name, plan.title), landscape=True)], title=plan.name)


def _line(number: int, row: TaskRow) -> list[str | int | date]:
    task = row.task
    return [
        number, task.short_code, task.number, task.text, task.product, task.lead_text, task.coordinating_text,
        task.deadline_text, task.due_on or "", task.done_on or "", row.status.label,
    ]  # fmt: skip
