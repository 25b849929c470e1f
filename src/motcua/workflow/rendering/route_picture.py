"""A route as SVG inside the page: the same layout as its BPMN diagram, in the page's own colours."""

from collections.abc import Callable, Collection, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from motcua.workflow.rules.layout import (
    CHOICE,
    END,
    MARGIN,
    PARALLEL,
    TASK,
    Arrow,
    Box,
    Layout,
    Point,
    lay_out,
)  # fmt: skip
from motcua.workflow.rules.steps import NewStep

LETTERS = 19  # of a step's name on a line
LINES = 3


def picture_of(
    steps: Sequence[NewStep],
    *,
    title: str,
    lane_name: Callable[[str, str], str],
    faulty: Collection[int] = (),
) -> SafeString:
    """Return the picture; steps at the positions ``faulty`` are marked."""
    layout = lay_out(steps)
    width, height = layout.width + 2, layout.height + 2
    parts = [
        f'<svg class="mc-route" viewBox="{MARGIN - 1} {MARGIN - 1} {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" role="img" aria-label="{escape(title)}">',
        '<defs><marker id="mc-route-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"'
        ' orient="auto"><path d="M0 0 10 5 0 10z"/></marker></defs>',
        *_lanes(layout, lane_name),
        *(part for arrow in layout.arrows for part in _arrow(arrow)),
        *(part for box in layout.boxes for part in _box(box, steps, faulty)),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every text above is escaped


def _lanes(layout: Layout, lane_name: Callable[[str, str], str]) -> list[str]:
    parts = []
    for lane in layout.lanes:
        parts.append(
            f'<rect class="lane" x="{MARGIN}" y="{lane.y:g}" width="{layout.width:g}" height="{lane.height:g}"/>'
        )
        middle = lane.y + lane.height / 2
        lines = _wrapped(lane_name(lane.place, lane.role), 20, 4)
        first = MARGIN + 30 - (len(lines) - 1) * 7.5
        for number, line in enumerate(lines):
            turned = f"translate({first + number * 15 + 4:g} {middle:g}) rotate(-90)"
            parts.append(f'<text class="who" transform="{turned}" text-anchor="middle">{escape(line)}</text>')
    return parts


def _arrow(arrow: Arrow) -> list[str]:
    line = " ".join(f"{x:g},{y:g}" for x, y in arrow.points)
    parts = [f'<polyline class="flow" points="{line}" marker-end="url(#mc-route-tip)"/>']
    if arrow.condition:
        x, y = _above(arrow.points)
        shown = arrow.condition if len(arrow.condition) <= 24 else arrow.condition[:23] + "…"
        parts.append(
            f'<text class="when" x="{x:g}" y="{y:g}"><title>{escape(arrow.condition)}</title>{escape(shown)}</text>'
        )
    return parts


def _above(points: Sequence[Point]) -> Point:
    (x, y), *_rest = points
    return x - 24, y - 32


def _box(box: Box, steps: Sequence[NewStep], faulty: Collection[int]) -> list[str]:
    x, y = box.middle
    if box.kind == TASK:
        assert box.index is not None
        return _task(box, steps[box.index], is_faulty=box.index + 1 in faulty)
    if box.kind in (CHOICE, PARALLEL):
        half = box.width / 2
        mark = "M-8-8 8 8M8-8-8 8" if box.kind == CHOICE else "M0-12V12M-12 0H12"
        diamond = f"M0-{half:g} {half:g} 0 0 {half:g}-{half:g} 0z"
        return [
            f'<path class="gateway" transform="translate({x:g} {y:g})" d="{diamond}"/>',
            f'<path class="mark" transform="translate({x:g} {y:g})" d="{mark}"/>',
        ]
    kind = "end" if box.kind == END else "start"
    return [f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{box.width / 2:g}"/>']


def _task(box: Box, step: NewStep, *, is_faulty: bool) -> list[str]:
    x, y = box.middle
    kinds = "task faulty" if is_faulty else "task"
    parts = [f'<rect class="{kinds}" x="{box.x:g}" y="{box.y:g}" width="{box.width}" height="{box.height}" rx="8"/>']
    lines = _wrapped(f"{(box.index or 0) + 1}. {step.name}", LETTERS, LINES)
    top = y - 8 - (len(lines) - 1) * 8.5
    parts += [
        f'<text class="name" x="{x:g}" y="{top + number * 17:g}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    marks = f"{step.share} %" + (" ✎" if step.signs else "") + (" ₫" if step.needs_payment else "")
    parts.append(f'<text class="share" x="{x:g}" y="{box.y + box.height - 9:g}" text-anchor="middle">{marks}</text>')
    return parts


def _wrapped(text: str, letters: int, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return [line if len(line) <= letters + 3 else line[: letters + 2] + "…" for line in lines]
