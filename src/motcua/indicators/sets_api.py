"""Sets of indicators over the API: what a centre above takes in (Decision 1498/QĐ-TTg)."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Router, Schema

from motcua.base.guard import opens_to
from motcua.indicators.access import may_define, may_see_live
from motcua.indicators.actions.sets import define_set
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.set_models import IndicatorSet
from motcua.indicators.sets import exchange_rows, set_at, sets_in_force
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at

router = Router(tags=["indicators"])


class IndicatorSetIn(Schema):
    """``lines``: one a line, "code | name | indicator or measure | unit of measure"."""

    code: str
    name: str
    lines: str
    source: str
    valid_from: date
    basis: str = ""
    guidance: str = ""


def _out(found: IndicatorSet) -> dict[str, Any]:
    names = ("code", "name", "basis", "guidance", "source", "items", "valid_from", "valid_to")
    return {name: getattr(found, name) for name in names}


@router.get("/indicator-sets", operation_id="list_indicator_sets", summary="Sets of indicators, newest versions")
@opens_to(may_see_live)
def list_sets(request: SignedInRequest) -> list[dict[str, Any]]:
    """Each with its items and basis."""
    return [_out(each) for each in sets_in_force()]


@router.post("/indicator-sets", operation_id="define_indicator_set", summary="Define a set or its next version")
@opens_to(may_define)
def define(request: SignedInRequest, form: IndicatorSetIn) -> dict[str, Any]:
    """The version before it ends the day before."""
    made = define_set(
        form.code,
        name=form.name,
        lines=form.lines,
        source=form.source,
        valid_from=form.valid_from,
        basis=form.basis,
        guidance=form.guidance,
        actor=request.user.code,
    )
    return _out(made)


@router.get("/indicator-sets/{code}/values", operation_id="get_indicator_set_values", summary="Values of a set")
@opens_to(may_see_live)
def get_values(request: SignedInRequest, code: str, unit: str, period: str) -> list[dict[str, Any]]:
    """A row for each item of a unit and of each unit right below; ``period`` is 2026, 2026Q3 or 2026M10."""
    asked = IndexPeriod.parse(period)
    found = set_at(code, asked.last)
    if found is None:
        raise Http404
    return exchange_rows(found, unit_at(unit), asked)
