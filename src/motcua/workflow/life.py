"""Which lives travel routes, and which units travel which route: told from above by file name.

A life says what its steps can do in ``route_phases.py`` (``PHASES``), whoever offers routes says who travels them in
``route_users.py`` (``units_of_route``). Workflow itself knows neither dossiers nor procedures.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from motcua.base.modules import offered
from motcua.base.refusal import Refused
from motcua.organizations.models import Post, Unit, in_force
from motcua.organizations.queries import unit_at
from motcua.workflow.models import RouteStep
from motcua.workflow.queries import place_of
from motcua.workflow.rules.phases import Phase
from motcua.workflow.rules.route_check import faults_of_steps
from motcua.workflow.rules.steps import AT_COMPETENT, AT_ONE_STOP, Fault, NewStep


@lru_cache(maxsize=1)
def phases() -> dict[str, Phase]:
    """Return the phases of every life that travels routes, by their word."""
    return {phase.code: phase for module in offered("route_phases") for phase in module.PHASES}


def units_of_route(code: str, day: date) -> list[Unit]:
    """Return the units whose work travels the route ``code`` on ``day``, by name, with their one-stop units."""
    found = {unit.pk: unit for module in offered("route_users") for unit in module.units_of_route(code, day)}
    return sorted(found.values(), key=lambda unit: (unit.kind, unit.name))


def faults_of(steps: Sequence[NewStep], day: date) -> list[Fault]:
    """Return everything that keeps ``steps`` from being published from ``day`` on, but for missing staff."""
    found = faults_of_steps(steps, phases())
    for position, step in enumerate(steps, start=1):
        try:
            if step.place not in (AT_ONE_STOP, AT_COMPETENT):
                unit_at(step.place, day)
        except Refused as refusal:
            found.append(Fault(refusal.message, position=position))
    return found


def unstaffed(steps: list[NewStep], units: list[Unit], day: date) -> list[tuple[Unit, int]]:
    """Return (unit, position of a step) wherever nobody holds the step's role at the step's place on ``day``."""
    held = set(Post.objects.filter(in_force(day)).values_list("unit_id", "role"))
    named = {place: unit_at(place, day) for place in {step.place for step in steps} - {AT_ONE_STOP, AT_COMPETENT}}
    missing: dict[tuple[int, int], tuple[Unit, int]] = {}
    for unit in units:
        for position, step in enumerate(steps, start=1):
            place = named.get(step.place) or place_of(RouteStep(place=step.place), unit)
            if (place.pk, step.role) not in held:
                missing.setdefault((place.pk, position), (place, position))
    return list(missing.values())
