"""A plan written by hand (C001): from nothing, or like another plan; and a draft that is given up."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_draft
from motcua.plans.actions.copying import copy_of, date_anew, write_copies
from motcua.plans.actions.locking import draft_for
from motcua.plans.actions.naming import give_units
from motcua.plans.actions.opening import NOTHING_READ, assigner_of, free_code, save_new
from motcua.plans.models import Plan, Task
from motcua.plans.queries import days_of, holder_today


@dataclass(frozen=True)
class NewPlan:
    """What is said of a plan before it has rows. ``unit`` is whose plan it is."""

    unit: Unit
    title: str
    year: int
    number: str = ""
    kind: str = "Kế hoạch"
    issued_on: date | None = None
    is_reform: bool = False


def new_plan(told: NewPlan, *, actor: Account) -> Plan:
    """Return an unsaved draft for ``told``, for somebody who drafts for its unit.

    Raises:
        Refused: the actor may not; no title, or a year that cannot be.
    """
    holder = holder_today(told.unit)
    if not may_draft(actor, holder):
        raise Refused(gettext("Bạn không lập kế hoạch cho %(unit)s.") % {"unit": holder}, field="unit")
    title = squash(told.title)
    if not title or len(title) > 1000 or "\0" in title:
        raise Refused(gettext("Kế hoạch phải có tên, tối đa 1000 ký tự."), field="title")
    if not 1990 <= told.year <= 2100:
        raise Refused(gettext("Năm của kế hoạch phải từ 1990 đến 2100."), field="year")
    first, last = days_of(told.year)
    at = now()
    return Plan(
        code=free_code(told.number or told.unit.code, told.year), number=nfc(told.number).strip()[:60],
        issued_on=told.issued_on, issuer=told.unit.name[:200], title=title, kind=told.kind[:60], year=told.year,
        first_day=first, last_day=last, unit=told.unit, holder=holder, assigner=assigner_of(told.unit),
        is_reform=told.is_reform, reading=dict(NOTHING_READ), opened_at=at, changed_at=at,
    )  # fmt: skip


@transaction.atomic
def start_draft(told: NewPlan, *, actor: Account, like: Plan | None = None) -> Plan:
    """Begin a plan by hand; ``like`` another one: its groups, tasks and numbers, their deadlines in the new year.

    ``like`` is last year's plan or any plan that the actor sees; what became of its tasks stays behind.

    Raises:
        Refused: as ``new_plan``.
    """
    plan = new_plan(told, actor=actor)
    save_new(plan)
    tasks = _rows_like(like, plan) if like is not None else []
    give_units(plan, tasks)
    record(
        events.DRAFTED, subject=plan.code, actor=actor.code, unit=plan.holder.code, tasks=len(tasks),
        like=like.code if like else "",
    )  # fmt: skip
    return plan


def _rows_like(like: Plan, plan: Plan) -> list[Task]:
    rows = []
    for position, old in enumerate(like.tasks.filter(is_dropped=False).order_by("position"), start=1):
        old.plan = like
        fresh = copy_of(old, plan, position)
        fresh.first_year, fresh.assigner, fresh.assigned_in = 0, "", ""
        fresh.deadline_text = in_year(old.deadline_text, like.year, plan.year)
        date_anew(fresh, plan.year)
        rows.append((old, fresh))
    return write_copies(rows, keeps_target=lambda target: not target.duplicate_of)


def in_year(text: str, before: int, after: int) -> str:
    """Return ``text`` with the year ``before``, and the ones around it, moved as far as ``after`` lies from it."""
    near = {str(year): str(year + after - before) for year in range(before - 1, before + 3)}
    return re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda found: near.get(found[0], found[0]), text)


@transaction.atomic
def abandon(code: str, *, actor: Account) -> None:
    """Give a draft up: it and its rows are gone, the uploaded file stays kept.

    Raises:
        Refused: it is no draft, or the actor may not change it.
    """
    plan = draft_for(code, actor)
    count = plan.tasks.count()
    record(events.ABANDONED, subject=code, actor=actor.code, unit=plan.holder.code, tasks=count)
    plan.delete()


def this_year() -> int:
    """Return the year that a plan drafted today is most likely for: from October on, the next."""
    day = today()
    return day.year + (day.month >= 10)
