"""Reading routes and runs; the work that waits for an account is read by ``my_work``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Unit, in_force
from motcua.organizations.queries import unit_at
from motcua.organizations.states import LEADER, RECEPTION, ROLES, SPECIALIST, UNIT_HEAD
from motcua.workflow.models import AT_COMPETENT, AT_ONE_STOP, OPEN, PAUSED, Holding, Route, RouteStep, Run
from motcua.workflow.rules.bpmn.writing import write_drawing
from motcua.workflow.rules.steps import NewStep
from motcua.workflow.rules.ways import Onward, back, onward, skipped


@dataclass(frozen=True)
class RoutePlan:
    """A published route with its steps in order."""

    route: Route
    steps: tuple[RouteStep, ...]

    @property
    def first(self) -> RouteStep:
        return self.steps[0]

    @cached_property
    def is_linear(self) -> bool:
        """Whether every subject takes all steps, one after the other."""
        return not any(step.fork or step.condition for step in self.steps)

    @cached_property
    def own_way(self) -> tuple[RouteStep, ...]:
        """The steps that the trunk travels itself where every condition holds: of each fork the first branch."""
        own: dict[int, int] = {}
        return tuple(step for step in self.steps if step.branch == own.setdefault(step.fork, step.branch))

    def step(self, position: int) -> RouteStep:
        """Return the step at ``position`` (the positions of a route need not be 1, 2, 3)."""
        return next(step for step in self.steps if step.position == position)

    def after(self, position: int) -> RouteStep | None:
        """Return the step written after ``position``, None after the last; forks and conditions do not count."""
        return next((step for step in self.steps if step.position > position), None)

    def onward(self, run: Run) -> Onward:
        """Return what follows the present step of ``run``: forks, joins and conditions count."""
        if self.is_linear:
            step = self.after(run.position)
            return Onward((step,) if step else ())
        return onward(self.steps, run.position, run.skips)

    def before(self, run: Run) -> RouteStep | None:
        """Return the step to which ``run`` is sent back, None at its first."""
        found: Any = back(self.steps, run.position, run.skips, in_trunk=not run.branch)
        return found

    def skips_for(self, answers: Mapping[str, Any]) -> list[int]:
        """Return the positions of the steps that do not apply to a form with ``answers``."""
        return [] if self.is_linear else skipped(self.steps, answers)


@lru_cache(maxsize=1024)
def route_plan(route_id: int) -> RoutePlan:
    """Return a published route. Kept in memory: a published route is never edited (a change is a new version).

    Raises:
        Refused: the route has no step.
    """
    route = Route.objects.get(pk=route_id)
    steps = tuple(RouteStep.objects.filter(route=route).order_by("position"))
    if not steps:
        raise Refused(gettext("Quy trình “%(name)s” chưa có bước nào.") % {"name": route.name})
    return RoutePlan(route, steps)


def steps_of(rows: Iterable[RouteStep]) -> list[NewStep]:
    """Return the rows of a published route as the values that rules work on."""
    names = [field.name for field in fields(NewStep)]
    return [NewStep(**{name: getattr(row, name) for name in names}) for row in rows]


def route_at(code: str, day: date) -> Route | None:
    """Return the version of a route that is in force on ``day``."""
    return Route.objects.filter(in_force(day), code=code).order_by("-version").first()


def lane_name(place: str, role: str) -> str:
    """Return how the lane of a (place, role) is called in a drawing."""
    places = {AT_ONE_STOP: gettext("Bộ phận Một cửa"), AT_COMPETENT: gettext("Đơn vị giải quyết")}
    name = places.get(place) or _unit_names().get(place, place)
    return f"{name} – {ROLES.get(role, role)}"


def drawing_of(code: str, name: str, steps: Sequence[NewStep], drawing: str) -> bytes:
    """Return the BPMN of a route: what was drawn; a drawing made of the steps where nothing tells where they lie.

    Files of other modellers may hold no diagram interchange: no modeller could show them.
    """
    return (
        drawing.encode() if "BPMNShape" in drawing else write_drawing(steps, code=code, name=name, lane_name=lane_name)
    )


def lane_reader() -> Callable[[str], tuple[str, str]]:
    """Return what tells (role, place) of a lane by the words in its name, "" where they tell nothing."""
    units = {fold(name): code for code, name in _unit_names().items()}
    said = {"một cửa": AT_ONE_STOP, "phục vụ hành chính công": AT_ONE_STOP, "đơn vị giải quyết": AT_COMPETENT}
    said |= {"tiếp nhận và trả kết quả": AT_ONE_STOP, "pvhcc": AT_ONE_STOP}
    places = {fold(words): place for words, place in said.items()}
    roles = {fold(str(words)): role for role, words in ROLES.items()}
    # Other modellers' lanes say it in other words; the more exact stand first.
    others = (
        ("trưởng phòng", UNIT_HEAD), ("lãnh đạo", LEADER), ("giám đốc", LEADER), ("chủ tịch", LEADER),
        ("chi cục trưởng", LEADER), ("chuyên viên", SPECIALIST), ("tiếp nhận", RECEPTION), ("văn thư", RECEPTION),
        ("cán bộ", SPECIALIST), ("công chức", SPECIALIST),
    )  # fmt: skip
    roles |= {fold(words): role for words, role in others}

    def told(lane: str) -> tuple[str, str]:
        words = fold(lane)
        named = max((name for name in units if name in words), key=len, default="")
        place = units.get(named) or next((place for name, place in places.items() if name in words), "")
        alone = RECEPTION if place == AT_ONE_STOP else ""  # who works at a one-stop unit and is not named receives
        return next((role for name, role in roles.items() if name in words), alone), place

    return told


def _unit_names() -> dict[str, str]:
    return dict(Unit.objects.in_force().values_list("code", "name"))


def place_of(step: RouteStep, competent_unit: Unit, counter: Unit | None = None) -> Unit:
    """Return the unit in which ``step`` is done for a subject of ``competent_unit``.

    A competent unit without a one-stop unit of its own receives and returns by itself; what another ``counter`` took
    in is returned there.
    """
    if step.place == AT_COMPETENT:
        return competent_unit
    if step.place == AT_ONE_STOP:
        return counter or competent_unit.one_stop or competent_unit
    return unit_at(step.place)


def part_for(account: Any, rows: Sequence[Run], *, at_step: int | None = None) -> Run:
    """Return which of a subject's rows (the trunk first) an act of ``account`` is about.

    The row at the position that the actor saw; else the one whose step the actor holds, then one that lies in a unit
    of the actor; else the trunk.
    """
    trunk, running = rows[0], [row for row in rows if row.state in (OPEN, PAUSED)]
    if at_step is not None:
        return next((row for row in running if row.position == at_step), trunk)
    for row in running:
        if has_role_in(account, row.unit, row.role):
            return row
    units = {post.unit_id for post in account.posts_now}
    return next((row for row in running if row.unit_id in units), trunk)


def holdings_of(subject: str) -> list[Holding]:
    """Return who held the steps of ``subject``, oldest first, with their units: the process control sheet."""
    return list(Holding.objects.filter(run__subject=subject).select_related("unit").order_by("id"))
