"""A plan beside the plan above it as a table that a spreadsheet opens without running anything."""

from django.utils.translation import gettext

from motcua.documents.rendering.list_file import list_file
from motcua.plans.models import Plan, Task
from motcua.plans.rules.relating.alignment import Alignment
from motcua.plans.rules.relating.alignment_findings import KINDS

_WIDTHS = (14, 40, 14, 40, 10, 20, 40)


def alignment_list(plan: Plan, found: Alignment, file_format: str) -> bytes:
    """Return one line per finding, and one per pair without any, as "csv" or "xlsx"."""
    head = [
        gettext("Mã cấp trên"), gettext("Nhiệm vụ cấp trên"), gettext("Mã"), gettext("Nhiệm vụ"), gettext("Giống (%)"),
        gettext("Phát hiện"), gettext("Giải thích"),
    ]  # fmt: skip
    title = gettext("Đối chiếu với kế hoạch cấp trên")
    return list_file(
        head, _lines(plan, found), _WIDTHS, file_format, title=plan.name, sheet=plan.code, headings=(title, plan.name)
    )


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
