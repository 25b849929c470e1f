"""Which unit and period a page of the index is asked for."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from motcua.base.refusal import Refused
from motcua.indicators.forms import PeriodForm
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.access import scope_of
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.organizations.states import PROVINCE


@dataclass(frozen=True)
class Asked:
    """A page's form with what it asks for; with errors, what stands in its place."""

    form: PeriodForm
    unit: Unit
    period: IndexPeriod

    @property
    def status(self) -> int:
        return 422 if self.form.errors else 200


def province() -> Unit:
    """Return the province whose agencies are in the house."""
    found = Unit.objects.in_force().filter(kind=PROVINCE, one_stop__isnull=False).first()
    if found is None:
        raise Http404
    return found


def own_unit(account: Any) -> Unit:
    """Return the widest unit that the account's posts look over, the province where it holds none."""
    scopes = [scope_of(post) for post in getattr(account, "posts_now", [])]
    return min(scopes, key=lambda unit: len(unit.path), default=None) or province()


def asked(request: HttpRequest) -> Asked:
    """Read the form of a page; a unit or period that does not exist is an error in place."""
    form = PeriodForm({"unit": request.GET.get("unit", ""), "period": request.GET.get("period", "")})
    form.is_valid()
    period = form.asked()
    unit = own_unit(request.user)
    if code := form.cleaned_data.get("unit"):
        try:
            unit = unit_at(code)
        except Refused as refusal:
            form.add_error("unit", refusal.message)
    return Asked(form, unit, period)
