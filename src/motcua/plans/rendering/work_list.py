"""Lists of work as tables that a spreadsheet opens without running anything."""

from collections.abc import Iterable

from django.utils.translation import gettext

from motcua.documents.rendering.description import Value
from motcua.documents.rendering.list_file import list_file
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
    return list_file(head, lines, _WIDTHS, file_format, title=gettext("Nhiệm vụ"))


def _line(number: int, row: WorkRow) -> list[Value]:
    task, part = row.part.task, row.part
    return [
        number, task.short_code, task.plan.name, task.text, part.unit.name,
        gettext("chủ trì") if part.is_lead else gettext("phối hợp"), part.person.full_name if part.person else "",
        row.turn.label if row.turn else "", row.due_on or "", (row.turn or part).done_on or "",
        row.status.days_late or "", row.status.label,
    ]  # fmt: skip
