"""A plan beside the plan above it as a table that a spreadsheet opens without running anything."""

import csv
import io

from django.utils.translation import gettext

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.documents.rendering.description import Column, Row, Table
from motcua.plans.models import Plan, Task
from motcua.plans.rendering.task_list import MEDIA_TYPES
from motcua.plans.rules.relating.alignment import Alignment
from motcua.plans.rules.relating.alignment_findings import KINDS

__all__ = ["MEDIA_TYPES", "alignment_list"]
_WIDTHS = (14, 40, 14, 40, 10, 20, 40)


def alignment_list(plan: Plan, found: Alignment, file_format: str) -> bytes:
    """Return one line per finding, and one per pair without any, as "csv" or "xlsx"."""
    head = [
        gettext("Mã cấp trên"), gettext("Nhiệm vụ cấp trên"), gettext("Mã"), gettext("Nhiệm vụ"), gettext("Giống (%)"),
        gettext("Phát hiện"), gettext("Giải thích"),
    ]  # fmt: skip
    lines = _lines(plan, found)
    if file_format == "csv":
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows([harmless(cell) for cell in line] for line in lines)
        return f"{BYTE_ORDER_MARK}{file.getvalue()}".encode()
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.documents.rendering.sheets import Sheet, to_xlsx

    table = Table(
        columns=tuple(Column(width) for width in _WIDTHS),
        header=(Row(tuple(head), bold=True),),
        rows=tuple(Row(tuple(line)) for line in lines),
    )
    title = gettext("Đối chiếu với kế hoạch cấp trên")
    return to_xlsx([Sheet(plan.code, table, (title, plan.name), landscape=True)], title=plan.name)


def _lines(plan: Plan, found: Alignment) -> list[list[str]]:
    codes = {
        str(task.pk): task.short_code
        for task in Task.objects.filter(plan__in=[plan, plan.parent_id]).select_related("plan")
    }
    lines = [["", "", "", "", "", str(KINDS[each.kind]), each.message] for each in found.findings]
    for pair in found.pairs:
        above, below = pair.parent, pair.child
        start = [
            codes.get(above.key, "") if above else "", above.text if above else "",
            codes.get(below.key, "") if below else "", below.text if below else "",
            f"{pair.score:.0f}" if above and below else "",
        ]  # fmt: skip
        lines += [[*start, str(KINDS[each.kind]), each.message] for each in pair.findings] or [[*start, "", ""]]
    return lines
