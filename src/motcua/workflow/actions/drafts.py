"""Working on a route before it is published: kept as often as wanted, faults and all; published only without one."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account
from motcua.workflow.access import may_draw_routes
from motcua.workflow.actions.routes import publish_route
from motcua.workflow.events import ROUTE_DRAFT_DROPPED, ROUTE_DRAFTED
from motcua.workflow.life import faults_of, phases, units_of_route, unstaffed
from motcua.workflow.models import Route, RouteDraft
from motcua.workflow.queries import lane_reader
from motcua.workflow.rules.bpmn.structure import drawn
from motcua.workflow.rules.bpmn.values import Drawn
from motcua.workflow.rules.steps import MOST_STEPS, NewStep, as_data, from_data

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
MOST_NAMED = 5  # units without staff that a refusal names


@transaction.atomic
def keep_draft(*, code: str, name: str, steps: Sequence[NewStep], actor: Account, drawing: str = "") -> RouteDraft:
    """Keep ``steps`` as the draft of the route ``code``, in the place of what was kept before.

    Raises:
        Refused: the actor does not draw routes, code or name cannot be used, or there are too many steps.
    """
    _check_actor(actor)
    name = squash(name)
    if not _CODE.fullmatch(code):
        raise Refused(gettext("Mã quy trình gồm 2 đến 40 chữ thường không dấu, chữ số và gạch nối."), field="code")
    if not 0 < len(name) <= 200:
        raise Refused(gettext("Tên quy trình dài từ 1 đến 200 ký tự."), field="name")
    if len(steps) > MOST_STEPS:
        raise Refused(gettext("Quy trình có tối đa %(most)s bước.") % {"most": MOST_STEPS}, field="steps")
    for step in steps:
        _check_kept(step)
    draft, _is_new = RouteDraft.objects.select_for_update().update_or_create(
        code=code,
        defaults={"name": name, "steps": as_data(steps), "drawing": drawing, "by": actor, "changed_at": now()},
    )
    record(ROUTE_DRAFTED, subject=code, actor=actor.code, steps=len(steps), is_drawn=bool(drawing))
    return draft


def keep_drawing(*, code: str, name: str, content: bytes, actor: Account) -> tuple[RouteDraft | None, Drawn]:
    """Keep what a BPMN file says as the draft of the route ``code``; return it with what was read.

    A drawing whose paths cannot be followed changes nothing: no draft is returned and ``faults`` tell why. Faults of
    shares, roles or phases are kept with the draft, to be mended there.

    Raises:
        Refused: as for ``keep_draft``.
    """
    found = drawn(content, lane_reader=lane_reader(), phases=phases())
    if not found.steps:
        return None, found
    draft = keep_draft(
        code=code, name=name or found.name, steps=found.steps, actor=actor, drawing=content.decode("utf-8", "replace")
    )
    return draft, found


@transaction.atomic
def drop_draft(code: str, *, actor: Account) -> None:
    """Drop the draft of the route ``code``; what is published stays.

    Raises:
        Refused: the actor does not draw routes, or there is no draft.
    """
    _check_actor(actor)
    _locked(code).delete()
    record(ROUTE_DRAFT_DROPPED, subject=code, actor=actor.code)


@transaction.atomic
def publish_draft(code: str, *, valid_from: date, actor: Account) -> Route:
    """Publish the draft as the next version of its route, in force from a day on; runs under way keep their own.

    Raises:
        Refused: the actor does not draw routes, no draft, a fault of the steps, a unit that travels the route has
            nobody for a role, or the day is not after the last version's.
    """
    _check_actor(actor)
    draft = _locked(code)
    steps = from_data(draft.steps)
    if faults := faults_of(steps, valid_from):
        raise Refused(faults[0].message, field="steps")
    if missing := unstaffed(steps, units_of_route(code, valid_from), valid_from):
        named = "; ".join(
            gettext("%(unit)s: bước %(position)s “%(step)s”")
            % {"unit": unit.name, "position": position, "step": steps[position - 1].name}
            for unit, position in missing[:MOST_NAMED]
        )
        raise Refused(
            gettext("%(count)s chỗ chưa có người giữ vai trò: %(named)s.") % {"count": len(missing), "named": named},
            field="steps",
        )
    route = publish_route(
        code=code, name=draft.name, steps=steps, valid_from=valid_from, actor=actor.code, drawing=draft.drawing
    )
    draft.delete()
    return route


def _check_actor(actor: Account) -> None:
    if not may_draw_routes(actor):
        raise Refused(gettext("Chỉ cán bộ kiểm soát thủ tục hành chính soạn quy trình."))


def _check_kept(step: NewStep) -> None:
    """Refuse what no column or JSON could keep; whether the step is right is asked when it is published."""
    lengths: dict[str, Any] = {"name": 120, "phase": 20, "role": 30, "place": 40, "condition": 500}
    for field, longest in lengths.items():
        if len(getattr(step, field)) > longest:
            words = gettext("Bước “%(step)s”: có ô dài quá %(longest)s ký tự.")
            raise Refused(words % {"step": step.name[:40], "longest": longest}, field="steps")


def _locked(code: str) -> RouteDraft:
    draft = RouteDraft.objects.select_for_update().filter(code=code).first()
    if draft is None:
        raise Refused(gettext("Không có bản soạn của quy trình “%(code)s”.") % {"code": code})
    return draft
