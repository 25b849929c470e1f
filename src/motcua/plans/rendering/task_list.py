"""The tasks of a plan as a table that a spreadsheet opens without running anything."""

from datetime import date

from django.utils.translation import gettext

from motcua.documents.rendering.list_file import list_file
from motcua.plans.models import Plan
from motcua.plans.queries import TaskRow

_WIDTHS = (6, 14, 8, 40, 24, 24, 24, 14, 10, 10, 16)


def task_list(plan: Plan, rows: list[TaskRow], file_format: str) -> bytes:
    """Return ``rows`` as "csv" or "xlsx"."""
    head = [
        gettext("TT"), gettext("Mã"), gettext("Số"), gettext("Nhiệm vụ"), gettext("Sản phẩm"), gettext("Chủ trì"),
        gettext("Phối hợp"), gettext("Thời hạn"), gettext("Hạn cuối"), gettext("Hoàn thành"), gettext("Trạng thái"),
    ]  # fmt: skip
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    return list_file(
        head, lines, _WIDTHS, file_format, title=plan.name, sheet=plan.code, headings=(plan.name, plan.title)
    )


def _line(number: int, row: TaskRow) -> list[str | int | date]:
    task = row.task
    return [
        number, task.short_code, task.number, task.text, task.product, task.lead_text, task.coordinating_text,
        task.deadline_text, task.due_on or "", task.done_on or "", row.status.label,
    ]  # fmt: skip
