"""Who has written what was expected: the board of a register for a period."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.registers.access import kept_units, may_see_registers
from motcua.registers.completeness import KEPT_LATE, MISSING, duties, owing_units
from motcua.registers.forms import BoardForm
from motcua.registers.queries import register_for
from motcua.registers.rules.expecting import owed_for, owed_on
from motcua.registers.rules.periods import period_at
from motcua.registers.web.pages import version_shown


@require_GET
@opens_to(may_see_registers)
def board(request: SignedInRequest, register: str) -> HttpResponse:
    """Every unit that owes an entry for a period, those that lack one first."""
    found = register_for(request.user, register)
    version = version_shown(found)
    expected = version.definition.expected
    if expected is None:
        raise Http404
    current = period_at(today(), expected.every)
    owed = owed_on(expected, today())
    form = BoardForm(request.GET or None, initial={"ky": owed.period.code}, last=current)
    if form.is_bound and form.is_valid():
        owed = owed_for(expected, form.cleaned_data["ky"])
    rows = duties(version, owed, owing_units(request.user, version, owed.period))
    own = {unit.pk for unit in kept_units(request.user, found, version.definition)}
    page = {
        "register": found,
        "form": form,
        "owed": owed,
        "rows": [{"duty": duty, "may_keep": duty.unit.pk in own} for duty in rows],
        "kept": sum(duty.count > 0 for duty in rows),
        "late": sum(duty.state == KEPT_LATE for duty in rows),
        "missing": sum(duty.state == MISSING for duty in rows),
    }
    return render(request, "registers/board.html", page, status=422 if form.errors else 200)
