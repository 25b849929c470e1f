"""Publishing routes: versions of steps, checked once and never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Unit
from motcua.organizations.states import ROLES
from motcua.workflow.events import ROUTE_PUBLISHED
from motcua.workflow.models import AT_COMPETENT, AT_ONE_STOP, Route, RouteStep

WHOLE = 100  # per cent of the legal time (R4.09)


@dataclass(frozen=True)
class NewStep:
    """One step of a route to be published.

    ``phase`` is a word of the life that will travel the route, ``role`` a role of organizations.states, ``place``
    AT_ONE_STOP, AT_COMPETENT or the code of another unit, ``share`` its part of the legal time in per cent.
    """

    name: str
    phase: str
    role: str
    place: str = AT_COMPETENT
    share: int = 0


@transaction.atomic
def publish_route(*, code: str, name: str, steps: Sequence[NewStep], valid_from: date, actor: str) -> Route:
    """Publish a version of the route ``code``; the version in force until then ends the day before.

    Publishing what is in force already, step for step, changes nothing and returns it.

    Raises:
        Refused: a step is wrong, the shares do not make up the legal time, or the day is not after the last version's.
    """
    _check_steps(steps, valid_from)
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
    route = Route.objects.create(code=code, version=last.version + 1 if last else 1, name=name, valid_from=valid_from)
    RouteStep.objects.bulk_create(
        RouteStep(route=route, position=position, name=step.name, phase=step.phase, role=step.role, place=step.place,
                  share=step.share)
        for position, step in enumerate(steps, start=1)
    )  # fmt: skip
    record(
        ROUTE_PUBLISHED, subject=code, actor=actor, version=route.version, steps=len(steps),
        valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return route


def _steps_of(route: Route) -> list[NewStep]:
    return [NewStep(step.name, step.phase, step.role, step.place, step.share) for step in route.steps.all()]


def _check_steps(steps: Sequence[NewStep], day: date) -> None:
    if not steps:
        raise Refused(gettext("Quy trình phải có ít nhất một bước."), field="steps")
    for position, step in enumerate(steps, start=1):
        where = {"position": position, "step": step.name}
        if not step.name.strip() or not step.phase.strip():
            raise Refused(gettext("Bước %(position)s thiếu tên hoặc giai đoạn.") % where, field="steps")
        if step.role not in ROLES:
            raise Refused(
                gettext("Bước %(position)s “%(step)s”: không có vai trò “%(role)s”.") % {**where, "role": step.role},
                field="steps",
            )
        if not 0 <= step.share <= WHOLE:
            raise Refused(
                gettext("Bước %(position)s “%(step)s”: tỷ lệ thời gian phải từ 0 đến 100.") % where, field="steps"
            )
    total = sum(step.share for step in steps)
    if total != WHOLE:
        raise Refused(
            gettext("Tổng tỷ lệ thời gian của các bước là %(total)s %%, phải bằng 100 %%.") % {"total": total},
            field="steps",
        )
    _check_places({step.place for step in steps} - {AT_ONE_STOP, AT_COMPETENT}, day)


def _check_places(codes: set[str], day: date) -> None:
    known = set(Unit.objects.in_force(day).filter(code__in=codes).values_list("code", flat=True))
    if missing := sorted(codes - known):
        raise Refused(
            gettext("Không có đơn vị nào mang mã “%(code)s” vào ngày %(day)s.")
            % {"code": missing[0], "day": f"{day:%d/%m/%Y}"},
            field="steps",
        )
