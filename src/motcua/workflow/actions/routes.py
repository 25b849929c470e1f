"""Publishing routes: versions of steps, checked once and never edited."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Unit
from motcua.workflow.events import ROUTE_PUBLISHED
from motcua.workflow.models import AT_COMPETENT, AT_ONE_STOP, Route, RouteStep
from motcua.workflow.queries import steps_of
from motcua.workflow.rules.route_check import faults_of_steps
from motcua.workflow.rules.steps import NewStep, as_data

__all__ = ["NewStep", "publish_route"]


@transaction.atomic
def publish_route(
    *, code: str, name: str, steps: Sequence[NewStep], valid_from: date, actor: str, drawing: str = ""
) -> Route:
    """Publish a version of the route ``code``; the version in force until then ends the day before.

    ``drawing`` is the BPMN that the steps were read from. Publishing what is in force already, step for step, changes
    nothing and returns it.

    Raises:
        Refused: a step is wrong, the shares do not make up the legal time, or the day is not after the last version's.
    """
    if faults := faults_of_steps(steps):
        raise Refused(faults[0].message, field="steps")
    _check_places({step.place for step in steps} - {AT_ONE_STOP, AT_COMPETENT}, valid_from)
    last = Route.objects.select_for_update().filter(code=code).order_by("-version").first()
    if last is not None:
        if last.name == name and last.valid_to is None and _steps_of(last) == list(steps):
            return last
        if valid_from <= last.valid_from:
            raise Refused(
                gettext("Quy trình “%(code)s” đã có phiên bản từ ngày %(day)s; phiên bản mới phải sau ngày đó.")
                % {"code": code, "day": f"{last.valid_from:%d/%m/%Y}"},
                field="valid_from",
            )
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    route = Route.objects.create(
        code=code, version=last.version + 1 if last else 1, name=name, valid_from=valid_from, drawing=drawing
    )
    RouteStep.objects.bulk_create(
        RouteStep(route=route, position=position, **data) for position, data in enumerate(as_data(steps), start=1)
    )
    record(
        ROUTE_PUBLISHED, subject=code, actor=actor, version=route.version, steps=len(steps),
        valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return route


def _steps_of(route: Route) -> list[NewStep]:
    return steps_of(route.steps.all())


def _check_places(codes: set[str], day: date) -> None:
    known = set(Unit.objects.in_force(day).filter(code__in=codes).values_list("code", flat=True))
    if missing := sorted(codes - known):
        raise Refused(
            gettext("Không có đơn vị nào mang mã “%(code)s” vào ngày %(day)s.")
            % {"code": missing[0], "day": f"{day:%d/%m/%Y}"},
            field="steps",
        )
