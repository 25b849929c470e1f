"""On from the counter: what was just received goes to who handles it, without another press (R4.06)."""

from datetime import datetime

from motcua.base.facts.recording import NewFact
from motcua.dossiers.access.dossier import misfit
from motcua.dossiers.events import FORWARDED, PAPERS_GIVEN, as_text
from motcua.dossiers.models import Dossier, PaperHandOver
from motcua.dossiers.states import IN_PROGRESS
from motcua.organizations.models import Account
from motcua.payments.queries import is_unpaid
from motcua.workflow.actions import runs
from motcua.workflow.models import Run
from motcua.workflow.queries import route_plan


def pass_on(dossier: Dossier, run: Run, *, actor: Account, at: datetime, gives_papers: bool) -> list[NewFact]:
    """Hand a dossier that was just received over to the first handling step; return the facts to be recorded.

    It stays at the counter, without a fact, where the route leads elsewhere or asks for the fee first.
    ``gives_papers``: the papers themselves leave with it, which is noted for the other unit to sign.
    """
    if misfit("forward", dossier, run) or _must_pay_first(dossier, run):
        return []
    from_unit = run.unit
    dossier.enter(IN_PROGRESS)
    dossier.save(update_fields=["state"])
    holding = runs.advance(run, at=at, actor=actor)
    to = {"step": holding.step_name, "to_unit": holding.unit.code}
    about = to | {"due_at": as_text(holding.due_at)}
    facts = [NewFact(FORWARDED, dossier.code, actor.code, from_unit.code, about, at)]
    if gives_papers and run.unit.pk != from_unit.pk:
        PaperHandOver.objects.create(
            dossier=dossier, position=run.position, from_unit=from_unit, to_unit=run.unit, given_at=at,
            given_by=actor.code,
        )  # fmt: skip
        facts.append(NewFact(PAPERS_GIVEN, dossier.code, actor.code, from_unit.code, to, at))
    return facts


def _must_pay_first(dossier: Dossier, run: Run) -> bool:
    needs_payment = route_plan(run.route_id).step(run.position).needs_payment
    return dossier.has_fee and needs_payment and is_unpaid(dossier.code)
