"""Many dossiers at once, each in its own transaction by the same rules as one: forwarded, taken back, handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import sees, why_not
from motcua.dossiers.actions import handling
from motcua.dossiers.actions.filing import KIND
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import ASSIGNED, TAKEN_BACK, as_text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.dossiers.states import HANDLE, IN_PROGRESS
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import LEADER, UNIT_HEAD
from motcua.workflow.actions import runs
from motcua.workflow.models import OPEN, PAUSED, Holding, Run
from motcua.workflow.queries import place_of, route_plan

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Move:
    """One dossier of many: where it would go, or why not; ``position`` is the step seen when it was looked at."""

    code: str
    title: str
    position: int
    step_name: str
    to_step: str
    to_unit: str
    refusal: str  # "" where it goes


def preview(codes: Sequence[str], *, actor: Account) -> list[Move]:
    """Return what forwarding each of ``codes`` would do, in their order; changes nothing."""
    moves = []
    for code in list(dict.fromkeys(codes))[:MOST_AT_ONCE]:
        try:
            dossier = dossier_of(code, account=actor)
        except Http404:
            continue
        run = run_of(code, account=actor)
        refusal = why_not("forward", actor, dossier, run)
        steps: list[Any] = [] if refusal else list(route_plan(run.route_id).onward(run).steps)
        moves.append(
            Move(
                code=code,
                title=dossier.version.name,
                position=run.position,
                step_name=run.step_name,
                to_step=", ".join(step.name for step in steps),
                to_unit=", ".join(
                    dict.fromkeys(place_of(step, run.competent_unit, run.counter).name for step in steps)
                ),
                refusal=refusal,
            )
        )
    return moves


def forward_many(
    moves: Sequence[tuple[str, int]], *, actor: Account, at: datetime | None = None
) -> tuple[list[str], dict[str, str]]:
    """Forward each (code, position as seen); return the codes that went, and why the others did not."""
    done, refused = [], {}
    for code, position in moves[:MOST_AT_ONCE]:
        try:
            handling.forward(code, actor=actor, at_step=position, at=at)
            done.append(code)
        except Refused as refusal:
            refused[code] = refusal.message
        except Http404:
            refused[code] = gettext("Không có hồ sơ này.")
    return done, refused


@transaction.atomic
def take_back(code: str, *, actor: Account, at: datetime | None = None) -> Dossier:
    """Take a forward of one's own back, while nobody has claimed the dossier where it went.

    The step keeps the due instant that it had: going to and fro gains no time.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor did not forward it, somebody has claimed it, or it went on or forked.
    """
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit", "receiving_unit")
    dossier = dossiers.filter(code=code).first()
    if dossier is None:
        raise Http404
    run, taken_at = runs.lock(code), at or now()
    if not actor.is_official or not sees(actor, dossier, run):
        raise Http404
    last = Holding.objects.filter(run=run, ended_at__isnull=False).order_by("-id").first()
    is_plain = run.state == OPEN and not run.open_branches and not run.branches and run.phase == HANDLE
    if last is None or not is_plain or dossier.state != IN_PROGRESS or last.account_code != actor.code:
        raise Refused(gettext("Hồ sơ %(code)s không phải do bạn vừa chuyển, không thu hồi được.") % {"code": code})
    if run.assignee_id is not None:
        raise Refused(gettext("Hồ sơ %(code)s đã có người nhận xử lý, không thu hồi được.") % {"code": code})
    before = route_plan(run.route_id).before(run)
    if before is None or before.position != last.position:
        raise Refused(gettext("Hồ sơ %(code)s không phải do bạn vừa chuyển, không thu hồi được.") % {"code": code})
    from_unit = run.unit.code

    holding = runs.send_back(run, at=taken_at, actor=actor)
    run.step_due_at = last.due_at
    run.save(update_fields=["step_due_at"])
    Holding.objects.filter(run=run, ended_at__isnull=True).update(due_at=last.due_at)

    record(
        TAKEN_BACK,
        subject=code,
        actor=actor.code,
        unit=from_unit,
        at=taken_at,
        step=holding.step_name,
        to_unit=holding.unit.code,
        due_at=as_text(last.due_at),
    )
    return dossier


def take_back_many(codes: Sequence[str], *, actor: Account) -> tuple[list[str], dict[str, str]]:
    """Take each forward back; return the codes that came back, and why the others did not."""
    done, refused = [], {}
    for code in codes[:MOST_AT_ONCE]:
        try:
            take_back(code, actor=actor)
            done.append(code)
        except Refused as refusal:
            refused[code] = refusal.message
        except Http404:
            refused[code] = gettext("Không có hồ sơ này.")
    return done, refused


@dataclass(frozen=True)
class Held:
    """One dossier that a person has claimed: where it stands; ``refusal`` tells why it cannot go to the other."""

    code: str
    title: str
    position: int
    step_name: str
    unit: Unit
    due_at: datetime
    refusal: str  # "" where it can


def held_by(person: Account, *, to: Account | None, actor: Account) -> list[Held]:
    """Return the open work of ``person`` in the units that ``actor`` leads, soonest due first; changes nothing.

    Work whose clock stands still is told too: whoever takes over waits for it.
    """
    units = list(actor.units_as(UNIT_HEAD, LEADER))
    runs_held = Run.objects.filter(kind=KIND, assignee=person, unit__in=units, state__in=[OPEN, PAUSED])
    return [
        Held(
            code=run.subject,
            title=run.title,
            position=run.position,
            step_name=run.step_name,
            unit=run.unit,
            due_at=run.due_at,
            refusal="" if to is None or has_role_in(to, run.unit, run.role) else _not_of_role(run),
        )
        for run in runs_held.select_related("unit").order_by("due_at", "id")[:MOST_AT_ONCE]
    ]


@transaction.atomic
def hand_on(
    code: str, *, of: Account, to: Account, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Give the step that ``of`` has claimed to ``to``, as on leave or at a change of post.

    Raises:
        Http404: no such dossier for the actor.
        Refused: ``of`` no longer has it, ``to`` does not hold the role there, or the actor may not assign it.
    """
    dossier, run, given_at = lock_for("assign", code, actor=actor, at_step=at_step, at=at)
    if run.assignee_id != of.pk:
        raise Refused(gettext("Hồ sơ %(code)s đã đổi người giữ trước khi bạn bấm.") % {"code": code})
    if not has_role_in(to, run.unit, run.role):
        raise Refused(_not_of_role(run), field="to")

    runs.assign(run, to=to)

    record(ASSIGNED, subject=code, actor=actor.code, unit=run.unit.code, at=given_at, to=to.code)
    return dossier


def hand_on_many(
    held: Sequence[tuple[str, int]], *, of: Account, to: Account, actor: Account
) -> tuple[list[str], dict[str, str]]:
    """Hand each (code, position as seen) of ``of`` on to ``to``; return those that went, and why the others did not."""
    done, refused = [], {}
    for code, position in held[:MOST_AT_ONCE]:
        try:
            hand_on(code, of=of, to=to, actor=actor, at_step=position)
            done.append(code)
        except Refused as refusal:
            refused[code] = refusal.message
        except Http404:
            refused[code] = gettext("Không có hồ sơ này.")
    return done, refused


def _not_of_role(run: Run) -> str:
    return gettext("Người nhận không giữ vai trò của bước “%(step)s” tại %(unit)s.") % {
        "step": run.step_name, "unit": run.unit
    }  # fmt: skip
