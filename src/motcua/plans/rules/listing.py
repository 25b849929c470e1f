"""A plan's reading as lines of Vietnamese text, for the terminal."""

from collections.abc import Iterator

from motcua.plans.rules.values import PlanReading, Task

_SEVERITY = {"error": "LỖI", "warning": "LƯU Ý", "info": "GHI CHÚ"}


def listing(plan: PlanReading) -> list[str]:
    """Return the lines of the readable listing."""
    document = plan.document
    lines = [
        f"{document.kind or 'Văn bản'} {document.number or '(không có số)'} ngày {document.date or '(không rõ)'}",
        f"{document.issuer or '(không rõ cơ quan ban hành)'}",
        f"{document.title or ''}",
        "",
        f"{len(plan.tasks)} nhiệm vụ, {len(plan.targets)} chỉ tiêu, "
        f"{len(plan.body_tasks)} việc giao trong phần lời văn, "
        f"{len(plan.missing_rows)} dòng mất.",
    ]
    path: list[str] = []
    for task in plan.tasks:
        if task.section_path != path:
            path = task.section_path
            lines += ["", " › ".join(path)]
        lines += _task(task)
    lines += [*_doubts(plan)]
    return lines


def _task(task: Task) -> Iterator[str]:
    mark = " [NGUỒN HỎNG]" if task.damaged else ""
    yield f"  {task.id}  {task.text}{mark}"
    yield (
        f"      Chủ trì: {'; '.join(task.lead) or '–'} | Phối hợp: {'; '.join(task.coordinating) or '–'} | "
        f"Thời hạn: {task.deadline_text or '–'} | dòng "
        f"{task.line_start}-{task.line_end} | tin cậy {task.confidence:.0%}"
    )


def _doubts(plan: PlanReading) -> Iterator[str]:
    for row in plan.missing_rows:
        yield f"  MẤT  số {row.number}: {row.evidence}"
    for one in plan.findings:
        if one.severity != "info":
            where = f"dòng {one.line}: " if one.line else ""
            yield f"  {_SEVERITY[one.severity]}  {where}{one.message}"
