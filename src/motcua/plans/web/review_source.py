"""The source of a plan beside its rows: its lines, or pictures of its pages with the places of the rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from motcua.plans.models import Plan, Task
from motcua.plans.web.review_asked import PICTURES, TEXT, Asked, address

WHOLE = 1500  # lines; of a longer source only the part of the rows shown
AROUND = 15
POORLY_RECOGNISED = 0.8  # below it a line that was read by eye is marked


@dataclass
class Line:
    """A line of the source: its number, what it is called (a cell's address), the row it belongs to."""

    number: int
    text: str
    name: str
    row: str = ""
    url: str = ""
    is_chosen: bool = False
    confidence: int | None = None  # percent, of lines that were recognised poorly

    @property
    def classes(self) -> str:
        return " ".join(
            name for name, holds in (("mc-selected", self.is_chosen), ("mc-poor", self.confidence is not None)) if holds
        )


@dataclass
class Box:
    """The place of a row's line on a page, in percent of the page."""

    row: str
    url: str
    style: str
    is_chosen: bool


@dataclass
class Picture:
    """A page that is shown as a picture."""

    number: int
    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)


def source_of(plan: Plan, tasks: list[Task], chosen: Task | None, asked: Asked) -> dict[str, Any]:
    """Return what the left side shows for the rows ``tasks``: {"pictures"} or {"lines"}, and whether it may switch."""
    has_pictures = bool(plan.pages)
    if has_pictures and asked.source != TEXT:
        return {"pictures": _pictures(plan, tasks, chosen, asked), "may_switch": True, "switch_to": TEXT}
    return {"lines": _lines(plan, tasks, chosen, asked), "may_switch": has_pictures, "switch_to": PICTURES}


def _owners(plan: Plan, tasks: Iterable[Task]) -> dict[int, Task]:
    """Return the row of each line; of rows over one another the shortest."""
    owners: dict[int, Task] = {}
    for task in sorted(tasks, key=lambda one: one.line_start - one.line_end):
        if task.line_start:
            owners.update(dict.fromkeys(range(task.line_start, min(task.line_end, len(plan.lines)) + 1), task))
    return owners


def _confidence(plan: Plan, number: int) -> float | None:
    spot = plan.spots[number - 1] if number <= len(plan.spots) else None
    return spot[3] if spot else None


def _lines(plan: Plan, tasks: list[Task], chosen: Task | None, asked: Asked) -> list[Line]:
    first, last = _window(plan, tasks)
    owners = _owners(plan, tasks)
    found = []
    for number in range(first, last + 1):
        spot = plan.spots[number - 1] if number <= len(plan.spots) else None
        owner = owners.get(number)
        line = Line(number, plan.lines[number - 1], str((spot and spot[2]) or number))
        if owner is not None and line.text.strip():
            line.row, line.url = owner.short_code, address(plan, asked, row=owner.short_code, line=number)
        line.is_chosen = chosen is not None and chosen.line_start <= number <= chosen.line_end
        sure = spot[3] if spot else None
        line.confidence = round(sure * 100) if sure is not None and sure < POORLY_RECOGNISED else None
        found.append(line)
    return found


def _window(plan: Plan, tasks: list[Task]) -> tuple[int, int]:
    count = len(plan.lines)
    placed = [task for task in tasks if task.line_start]
    if count <= WHOLE or not placed:
        return 1, min(count, WHOLE)
    first = min(task.line_start for task in placed) - AROUND
    last = max(task.line_end for task in placed) + AROUND
    return max(first, 1), min(last, count, first + 2 * WHOLE)


def _pictures(plan: Plan, tasks: list[Task], chosen: Task | None, asked: Asked) -> list[Picture]:
    pages = [Picture(number, width, height) for number, (width, height) in enumerate(plan.pages, start=1)]
    for number, task in sorted(_owners(plan, tasks).items()):
        spot = plan.spots[number - 1] if number <= len(plan.spots) else None
        if not spot or not spot[0] or not spot[1] or spot[0] > len(pages):
            continue
        page = pages[spot[0] - 1]
        page.boxes.append(
            Box(
                task.short_code,
                address(plan, asked, row=task.short_code),
                _style(spot[1], page),
                chosen is not None and task.pk == chosen.pk,
            )
        )
    return pages


def _style(box: list[float], page: Picture) -> str:
    left, top, right, bottom = box
    return (
        f"left:{left / page.width:.2%};top:{top / page.height:.2%};"
        f"width:{(right - left) / page.width:.2%};height:{(bottom - top) / page.height:.2%}"
    )


def poorest(plan: Plan, task: Task) -> int | None:
    """Return in percent how sure the recognition of the row's worst line is; None where nothing was recognised."""
    if not plan.spots or not task.line_start:
        return None
    found = [_confidence(plan, number) for number in range(task.line_start, task.line_end + 1)]
    sure = min((one for one in found if one is not None), default=None)
    return round(sure * 100) if sure is not None and sure < POORLY_RECOGNISED else None
