"""Where the parts of a drawn route stand: lanes for units and roles from top to bottom, steps from left to right.

One layout serves the picture on the page and the diagram in a BPMN file. Lengths are points of the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from motcua.workflow.rules.steps import NewStep, blocks, branches_of

COLUMN, ROW = 165, 130
TASK_WIDTH, TASK_HEIGHT, GATEWAY, EVENT = 130, 84, 50, 36
HEAD = 60  # of a pool: 30 for its own name, 30 for those of its lanes
MARGIN = 40
BELOW = 54  # an arrow past optional steps runs so far under their middle

Point = tuple[float, float]
START, END, TASK, CHOICE, PARALLEL = "start", "end", "task", "choice", "parallel"


@dataclass
class Box:
    """One drawn element: ``index`` is the step of a task. ``column`` and ``row`` count from 0, row within the lane."""

    identifier: str
    kind: str
    name: str
    lane: int
    column: int
    row: int
    index: int | None = None
    x: float = 0  # of its top left corner
    y: float = 0

    @property
    def width(self) -> int:
        return {TASK: TASK_WIDTH, CHOICE: GATEWAY, PARALLEL: GATEWAY}.get(self.kind, EVENT)

    @property
    def height(self) -> int:
        return {TASK: TASK_HEIGHT, CHOICE: GATEWAY, PARALLEL: GATEWAY}.get(self.kind, EVENT)

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass
class Arrow:
    """One flow; ``is_default`` is the way past optional steps."""

    identifier: str
    source: Box
    target: Box
    condition: str = ""
    is_default: bool = False
    points: list[Point] = field(default_factory=list)


@dataclass
class LaneBand:
    """One lane: its place and role, and where it lies."""

    place: str
    role: str
    y: float = 0
    height: float = 0
    rows: int = 1


@dataclass
class Layout:
    """All parts with their places; ``width`` and ``height`` of the pool, which begins at (MARGIN, MARGIN)."""

    boxes: list[Box]
    arrows: list[Arrow]
    lanes: list[LaneBand]
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class _End:
    """Where the next arrow begins, and what it is to say."""

    box: Box
    condition: str = ""
    is_default: bool = False


def lay_out(steps: Sequence[NewStep]) -> Layout:
    """Return where everything stands."""
    drafting = _Drafting(steps)
    layout = drafting.layout
    y: float = MARGIN
    for lane in layout.lanes:
        lane.y, lane.height = y, lane.rows * ROW
        y += lane.height
    layout.height = y - MARGIN
    for box in layout.boxes:
        middle = layout.lanes[box.lane].y + box.row * ROW + ROW / 2
        box.x = MARGIN + HEAD + box.column * COLUMN + (COLUMN - box.width) / 2
        box.y = middle - box.height / 2
    layout.width = HEAD + (max(box.column for box in layout.boxes) + 1) * COLUMN
    for arrow in layout.arrows:
        arrow.points = _points(arrow)
    return layout


class _Drafting:
    def __init__(self, steps: Sequence[NewStep]) -> None:
        self._steps = steps
        keys = list(dict.fromkeys((step.place, step.role) for step in steps))
        self._lane_of = {key: number for number, key in enumerate(keys)}
        self.layout = Layout([], [], [LaneBand(place, role) for place, role in keys])
        self._gateways = 0
        first = self._lane(0)
        ends = [_End(self._box("start", START, "", first, 0, 0))]
        column = 1
        for fork, indexes in blocks(steps):
            ends, column = self._fork(indexes, ends, column) if fork else self._sequence(indexes, ends, column, {})
        self._arrive(self._box("end", END, "", self._lane(len(steps) - 1), column, 0), ends)

    def _lane(self, index: int) -> int:
        return self._lane_of[self._steps[index].place, self._steps[index].role]

    def _box(
        self, identifier: str, kind: str, name: str, lane: int, column: int, row: int, index: int | None = None
    ) -> Box:
        box = Box(identifier, kind, name, lane, column, row, index)
        self.layout.boxes.append(box)
        self.layout.lanes[lane].rows = max(self.layout.lanes[lane].rows, row + 1)
        return box

    def _gateway(self, kind: str, lane: int, column: int, row: int) -> Box:
        self._gateways += 1
        return self._box(f"gateway_{self._gateways}", kind, "", lane, column, row)

    def _arrive(self, box: Box, ends: list[_End]) -> list[_End]:
        for end in ends:
            number = len(self.layout.arrows) + 1
            self.layout.arrows.append(Arrow(f"flow_{number}", end.box, box, end.condition, end.is_default))
        return [_End(box)]

    def _sequence(
        self, indexes: Sequence[int], ends: list[_End], column: int, rows: dict[int, int]
    ) -> tuple[list[_End], int]:
        """Draw steps one after the other; ``rows`` tells the row of a lane that is not its first."""
        for condition, group in groupby(indexes, key=lambda index: self._steps[index].condition):
            inside = list(group)
            lane = self._lane(inside[0])
            split = None
            if condition:
                split = self._gateway(CHOICE, lane, column, rows.get(lane, 0))
                self._arrive(split, ends)
                ends, column = [_End(split, condition)], column + 1
            for index in inside:
                lane = self._lane(index)
                name = self._steps[index].name
                task = self._box(f"step_{index + 1}", TASK, name, lane, column, rows.get(lane, 0), index)
                ends, column = self._arrive(task, ends), column + 1
            if split:
                join = self._gateway(CHOICE, split.lane, column, split.row)
                ends = self._arrive(join, [*ends, _End(split, is_default=True)])
                column += 1
        return ends, column

    def _fork(self, indexes: Sequence[int], ends: list[_End], column: int) -> tuple[list[_End], int]:
        lane = self._lane(indexes[0])
        split = self._gateway(PARALLEL, lane, column, 0)
        self._arrive(split, ends)
        used: dict[int, int] = {}
        arriving, furthest = [], column + 1
        for branch in branches_of(self._steps, indexes).values():
            lanes = {self._lane(index) for index in branch}
            rows = {each: used.get(each, 0) for each in lanes}
            reached, after = self._sequence(branch, [_End(split)], column + 1, rows)
            for each in lanes:
                used[each] = rows[each] + 1
            arriving += reached
            furthest = max(furthest, after)
        join = self._gateway(PARALLEL, lane, furthest, 0)
        return self._arrive(join, arriving), furthest + 1


def _points(arrow: Arrow) -> list[Point]:
    (from_x, from_y), (to_x, to_y) = arrow.source.middle, arrow.target.middle
    if arrow.is_default:
        under = max(from_y, to_y) + BELOW
        return [
            (from_x, from_y + arrow.source.height / 2), (from_x, under), (to_x, under),
            (to_x, to_y + arrow.target.height / 2),
        ]  # fmt: skip
    begin, end = (from_x + arrow.source.width / 2, from_y), (to_x - arrow.target.width / 2, to_y)
    if from_y == to_y:
        return [begin, end]
    if arrow.source.kind in (PARALLEL, CHOICE):  # leaves a gateway upwards or downwards
        edge = from_y + arrow.source.height / 2 * (1 if to_y > from_y else -1)
        return [(from_x, edge), (from_x, to_y), end]
    if arrow.target.kind in (PARALLEL, CHOICE):
        edge = to_y + arrow.target.height / 2 * (1 if from_y > to_y else -1)
        return [begin, (to_x, from_y), (to_x, edge)]
    turn = end[0] - (COLUMN - TASK_WIDTH) / 2
    return [begin, (turn, from_y), (turn, to_y), end]
