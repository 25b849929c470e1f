"""Who may do what, in which state: every action of plans and tasks, tried by everybody, as a table says it.

A letter stands for a person for whom the action goes through: control officer of the province (c), specialist of its
office (o), head (h), leader (l) and specialist (s) of the leading department, specialist of one that helps (p), of a
commune that has nothing in the plan (x), a citizen (z). "-" is nobody.
"""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import transaction

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.plans.actions import (
    amending,
    approving,
    assigning,
    carrying,
    closing_by_fact,
    correcting,
    deriving,
    drafting,
    extending,
    following,
    recurring,
    reshaping,
    reviewing,
)
from motcua.plans.actions.evidence import Evidence
from motcua.plans.models import Plan
from motcua.plans.states import APPROVED, CLOSED, DRAFT, SUPERSEDED

pytestmark = pytest.mark.django_db
PEOPLE = {
    "c": "control", "o": "office", "h": "head", "l": "leader", "s": "specialist", "p": "partner", "x": "outsider",
    "z": "citizen",
}  # fmt: skip
PROOF = Evidence(link="https://example.org/ket-qua")
WHY = "Theo văn bản mới"


def signed():
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(out)
    out.seek(0)
    return out


def split(task, who):
    words = task.text.split()
    reshaping.split_task(task.code, first=" ".join(words[:3]), second=" ".join(words[3:]), actor=who)


# What is tried on a plan: name -> (world, plan, actor) -> action. Row 1 is led by the office, row 2 by departments.
ON_PLANS = {
    "approve": lambda w, plan, who: approving.approve(plan.code, actor=who),
    "close": lambda w, plan, who: approving.close(plan.code, actor=who),
    "take back": lambda w, plan, who: amending.take_back_approval(plan.code, actor=who),
    "amend": lambda w, plan, who: amending.amend(plan.code, reason=WHY, actor=who),
    "sign": lambda w, plan, who: amending.attach_signed(plan.code, signed(), name="ky.pdf", actor=who),
    "describe": lambda w, plan, who: correcting.describe(plan.code, {"title": WHY}, actor=who),
    "correct": lambda w, plan, who: correcting.correct_task(w.row(plan, "1").code, {"text": WHY}, actor=who),
    "check": lambda w, plan, who: correcting.check_task(w.row(plan, "1").code, actor=who),
    "accept sure": lambda w, plan, who: reviewing.accept_sure(plan.code, actor=who),
    "split": lambda w, plan, who: split(w.row(plan, "1"), who),
    "merge": lambda w, plan, who: reshaping.merge_with_next(w.row(plan, "1").code, actor=who),
    "move": lambda w, plan, who: reshaping.move_task(w.row(plan, "1").code, up=False, actor=who),
    "drop": lambda w, plan, who: reshaping.drop_task(w.row(plan, "1").code, actor=who),
    "add": lambda w, plan, who: reshaping.add_task(plan.code, {"text": WHY}, actor=who),
    "abandon": lambda w, plan, who: drafting.abandon(plan.code, actor=who),
    "assign": lambda w, plan, who: assigning.assign(w.row(plan, "1").code, unit=w.units["T.10"], actor=who),
    "unassign": lambda w, plan, who: assigning.unassign(w.row(plan, "1").code, unit=w.units["T.00"], actor=who),
    "name source": lambda w, plan, who: assigning.set_source(
        w.row(plan, "1").code, assigner="government", assigned_in=WHY, actor=who
    ),
    "ask children": lambda w, plan, who: deriving.ask_for_children(
        plan.code, due_on=plan.last_day - timedelta(days=1), lead_days=0, actor=who
    ),
    "derive": lambda w, plan, who: deriving.derive(plan.code, unit=w.units["T.02"], actor=who),
    "carry over": lambda w, plan, who: carrying.carry_over(plan.code, actor=who),
    "read": lambda w, plan, who: carrying.read_by(plan.code, actor=who),
    "remind readers": lambda w, plan, who: carrying.remind_readers(plan.code, actor=who),
}  # fmt: skip
# action: who may while the plan is a draft, approved, closed, superseded
PLANS = {
    "approve": "cl - - -",
    "close": "- cl - -",
    "take back": "- cl - -",
    "amend": "- chls - -",
    "sign": "chls cl cl cl",
    "describe": "chls - - -",
    "correct": "chls - - -",
    "check": "chls - - -",
    "accept sure": "chls - - -",
    "split": "chls - - -",
    "merge": "chls - - -",
    "move": "chls - - -",
    "drop": "chls - - -",
    "add": "chls - - -",
    "abandon": "chls - - -",
    "assign": "chls cl - -",
    "unassign": "chls cl - -",
    "name source": "chls cl - -",
    "ask children": "- cl - -",
    "derive": "- cp - -",
    "carry over": "- chls chls -",
    "read": "- cohlsp - -",
    "remind readers": "- cl - -",
}


@pytest.mark.parametrize("place", range(4), ids=[DRAFT, APPROVED, CLOSED, SUPERSEDED])
def test_plan(world, place):
    state = (DRAFT, APPROVED, CLOSED, SUPERSEDED)[place]
    draft = world.take(unit=world.units["T.01"]).plan
    correcting.check_task(world.row(draft, "3").code, actor=world.control)
    if state != DRAFT:
        approving.approve(draft.code, actor=world.control)
        Plan.objects.filter(pk=draft.pk).update(state=state)
    plan = Plan.objects.get(pk=draft.pk)
    found = {name: allowed(world, lambda who, act=act: act(world, plan, who)) for name, act in ON_PLANS.items()}
    assert found == {name: who.split()[place] for name, who in PLANS.items()}


# What is tried on row 2 of an approved plan, of which the department T.01 leads a part.
ON_TASKS = {
    "progress": lambda w, code, who: following.report_progress(
        code, unit=w.units["T.01"], percent=40, note=WHY, actor=who
    ),
    "complete": lambda w, code, who: following.report_completion(
        code, unit=w.units["T.01"], on_day=today(), note=WHY, evidence=PROOF, actor=who
    ),
    "accept": lambda w, code, who: following.accept(code, unit=w.units["T.01"], actor=who),
    "send back": lambda w, code, who: following.send_back(code, unit=w.units["T.01"], note=WHY, actor=who),
    "put off": lambda w, code, who: following.extend(code, due_on=LATER, note=WHY, actor=who),
    "ask extension": lambda w, code, who: extending.ask_extension(
        code, unit=w.units["T.01"], new_due_on=LATER, reason=WHY, actor=who
    ),
    "name person": lambda w, code, who: assigning.name_person(
        code, unit=w.units["T.01"], person=w.specialist, actor=who
    ),
    "bind to fact": lambda w, code, who: closing_by_fact.bind_to_fact(
        code, unit=w.units["T.01"], verb="report.accepted", subject="", actor=who
    ),
    "set cycle": lambda w, code, who: recurring.set_cycle(
        code.removesuffix(".2") + ".3", every="month", day=None, actor=who
    ),
    "assign": lambda w, code, who: assigning.assign(code, unit=w.units["T.10"], actor=who),
}  # fmt: skip
LATER = date(2027, 6, 30)
# action: who may while the part is open, reported as done, accepted, of a plan that was closed
TASKS = {
    "progress": "hls hls - -",
    "complete": "hls - - -",
    "accept": "- c - -",
    "send back": "- c - -",
    "put off": "c c c -",
    "ask extension": "hls - - -",
    "name person": "chls chls chls -",
    "bind to fact": "c c c -",
    "set cycle": "c c c -",
    "assign": "c c c -",
}
PARTS = ("open", "reported", "accepted", "closed plan")


@pytest.mark.parametrize("place", range(4), ids=PARTS)
def test_task(world, plan, place):
    code = world.row(plan, "2").code
    if PARTS[place] in ("reported", "accepted"):
        ON_TASKS["complete"](world, code, world.specialist)
    if PARTS[place] == "accepted":
        ON_TASKS["accept"](world, code, world.control)
    if PARTS[place] == "closed plan":
        Plan.objects.filter(pk=plan.pk).update(state=CLOSED)
    found = {name: allowed(world, lambda who, act=act: act(world, code, who)) for name, act in ON_TASKS.items()}
    assert found == {name: who.split()[place] for name, who in TASKS.items()}


def allowed(world, act):
    """Return the letters of those for whom ``act`` goes through; everything is taken back afterwards."""
    letters = ""
    for letter, name in PEOPLE.items():
        with transaction.atomic():
            try:
                act(getattr(world, name))
                letters += letter
            except Refused:
                pass
            transaction.set_rollback(True)
    return letters or "-"
