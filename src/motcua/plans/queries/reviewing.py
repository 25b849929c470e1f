"""What stands in the way of approval."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.plans.models import Plan, Task


@dataclass(frozen=True)
class Blocker:
    """Something that a person must look at before the plan is approved; ``key`` names it."""

    key: str
    message: str
    line: int = 0
    task: Task | None = None


def blockers(plan: Plan, tasks: Iterable[Task]) -> list[Blocker]:
    """Return what still stands in the way of approval: lost rows, damaged rows, leads that nobody answers to."""
    found = []
    for row in plan.reading.get("missing_rows", []):
        key = f"missing:{row['line']}:{row['number']}"
        if key not in plan.acknowledged:
            message = gettext("Mất dòng số %(number)s: %(evidence)s") % row
            found.append(Blocker(key, message, row["line"]))
    for claim in plan.reading.get("claims", []):
        key = f"claim:{claim['line']}"
        if not claim["agrees"] and key not in plan.acknowledged:
            found.append(Blocker(key, gettext("Văn bản ghi “%(text)s”, bản đọc khác.") % claim, claim["line"]))
    for task in tasks:
        if task.is_dropped or task.is_checked:
            continue
        if task.is_damaged or any(each["severity"] == "error" for each in task.warnings):
            words = gettext("Dòng %(row)s bị mất một phần, chưa đối chiếu.") % {"row": task.short_code}
            found.append(Blocker(f"damaged:{task.code}", words, task.line_start, task))
        if task.unresolved:
            words = gettext("Dòng %(row)s: chưa rõ đơn vị của “%(names)s”.") % {
                "row": task.short_code,
                "names": "; ".join(task.unresolved)[:200],
            }
            found.append(Blocker(f"lead:{task.code}", words, task.line_start, task))
        if not task.text:
            words = gettext("Dòng %(row)s không có nội dung.") % {"row": task.short_code}
            found.append(Blocker(f"text:{task.code}", words, task.line_start, task))
    return found
