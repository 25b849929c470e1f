"""Indicators, the live and the published index, typed figures: the same queries and actions as the pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.base.measures import Ratio
from motcua.indicators.access import may_define, may_enter, may_publish, may_see_live
from motcua.indicators.actions.figures import Entry, enter, refuse, verify
from motcua.indicators.actions.publishing import publish
from motcua.indicators.actions.targets import define
from motcua.indicators.forms import FIRST_YEAR
from motcua.indicators.index_reading import UnitIndex, index_of, indexes_below, lost_by
from motcua.indicators.models import Indicator, PublishedIndex, TypedFigure
from motcua.indicators.performance import open_data, performance_of
from motcua.indicators.published import differences, public_content
from motcua.indicators.queries import indicator_at, indicators_in_force, observe, rows_behind, typed_value
from motcua.indicators.registry import measure_of
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.ratios import RatioValue
from motcua.indicators.rules.what_if import next_steps
from motcua.indicators.score_command import index_version
from motcua.indicators.sets_api import router as sets_router
from motcua.indicators.web.asked import province
from motcua.indicators.web.publications import edition_of
from motcua.organizations.access import SignedInRequest, official
from motcua.organizations.queries import unit_at

router = Router(tags=["indicators"])
router.add_router("", sets_router)


class IndicatorOut(Schema):
    """An indicator in the version in force."""

    code: str
    name: str
    formula: str
    source: str
    measure: str = Field(description='What computes it; "": its values are typed and verified')
    valid_from: date
    valid_to: date | None


class IndicatorIn(Schema):
    """A new indicator, or a new version of one."""

    code: str = Field(pattern=r"^[a-z0-9_]{2,40}$")
    name: str = Field(min_length=1, max_length=300)
    measure: str = Field("", max_length=600, description="part / whole, each a declared count: code?narrowing=value")
    formula: str = Field(max_length=300)
    source: str = Field(min_length=1, max_length=300)
    valid_from: date


class FigureIn(Schema):
    """A number that no measure gives."""

    what: str = Field(description='"766:DOSSIER_SYNC" or the code of a typed indicator')
    unit: str
    period: str = Field(description="2026, 2026Q3 or 2026M10")
    part: Decimal
    whole: Decimal | None = None
    source: str


class ReasonIn(Schema):
    reason: str


class PublishIn(Schema):
    unit: str
    period: str
    reason: str = ""


def _value(value: RatioValue) -> dict[str, Any]:
    """0 of 0 is null, never 0 %."""
    return {
        "part": value.part,
        "whole": value.whole,
        "percent": None if value.percent is None else float(value.percent),
    }


def _indicator(each: Indicator) -> dict[str, Any]:
    return {field: getattr(each, field) for field in IndicatorOut.model_fields}


@router.get("/indicators", auth=None, operation_id="list_indicators", summary="Indicators in force")
@opens_to(everyone)
def list_indicators(request: HttpRequest) -> list[dict[str, Any]]:
    """In the order in which pages show them."""
    return [_indicator(each) for each in indicators_in_force()]


@router.post("/indicators", operation_id="define_indicator", summary="Define an indicator from declared counts")
@opens_to(may_define)
def define_indicator(request: SignedInRequest, indicator: IndicatorIn) -> dict[str, Any]:
    """A ratio of counts that modules declare, narrowed as they allow; refused with 409 otherwise."""
    return _indicator(define(**indicator.dict(), position=100, actor=request.user.code))


@router.get("/indicators/{code}", auth=None, operation_id="get_indicator_value", summary="An indicator's value by unit")
@opens_to(everyone)
def get_indicator_value(request: HttpRequest, code: str, unit: str, period: str) -> dict[str, Any]:
    """For a unit with all under it over a period, and for each unit right under it; officials get the rows behind."""
    asked, over = unit_at(unit), IndexPeriod.parse(period)
    found = indicator_at(code, over.last)
    if found is None:
        raise Http404
    answer = {"indicator": _indicator(found), "unit": asked.code, "period": over.code, "units": []}
    if not found.measure:
        return {**answer, **_value(typed_value(found, asked, over.first, over.last))}
    assert isinstance(measure_of(found.measure), Ratio)
    seen = observe([found.measure], asked, over.first, over.last)
    below = {unit_id for _code, unit_id, _month in seen.cells if unit_id != asked.pk}
    links = rows_behind(found.measure, asked.code, over.first, over.last) if official(request.user) else {}
    return {
        **answer,
        **_value(seen.total(found.measure)),
        **links,
        "units": [
            {"unit": child.code, "name": child.name, **_value(seen.of_unit(found.measure, child.pk))}
            for child in type(asked).objects.filter(pk__in=below).order_by("code")
        ],
    }


def _live(found: UnitIndex) -> dict[str, Any]:
    scored = found.score.as_json()
    for row in scored["rows"]:
        origin = found.origins[row["code"]]
        row.update(origin=origin.kind, source=origin.source, note=origin.note)
    return {
        "unit": found.unit.code,
        "name": found.unit.name,
        "period": found.period.code,
        **scored,
        "known": float(found.score.known),
        "known_max": float(found.score.known_max),
    }


@router.get("/index/766/live", operation_id="get_live_index", summary="The index of a unit as it stands now")
@opens_to(may_see_live)
def get_live_index(request: SignedInRequest, unit: str, period: str) -> dict[str, Any]:
    """Rows that nothing answers have no points and say so; ``lost`` has the pages of what lost points."""
    found = index_of(unit_at(unit), IndexPeriod.parse(period))
    answer = _live(found)
    for row, line in zip(found.score.rows, answer["rows"], strict=True):
        lost = lost_by(row, found.unit, found.period) if row.lost else []
        line["lost"] = [{"measure": each.code, "number": each.number, "url": each.url} for each in lost]
    answer["next_steps"] = [
        {"code": step.row.code, "needed": step.needed, "gain": float(step.gain), "each": float(step.each)}
        for step in next_steps(index_version(), found.score.rows)
    ]
    return answer


@router.get("/index/766/ranking", operation_id="rank_live_index", summary="The index of the units under a unit")
@opens_to(may_see_live)
def rank_live_index(request: SignedInRequest, unit: str, period: str) -> list[dict[str, Any]]:
    """Best first, by the share of the points that could be scored."""
    return [_live(each) for each in indexes_below(unit_at(unit), IndexPeriod.parse(period))]


@router.get("/index/766/editions", auth=None, operation_id="list_index_editions", summary="Published editions")
@opens_to(everyone)
def list_index_editions(request: HttpRequest) -> list[dict[str, Any]]:
    """Newest period first."""
    rows = PublishedIndex.objects.defer("content").select_related("unit")
    return [
        {
            "code": each.code, "unit": each.unit.code, "period": each.period, "edition": each.edition,
            "published_at": each.published_at, "digest": each.digest, "reason": each.reason,
        }
        for each in rows
    ]  # fmt: skip


@router.get("/index/766/editions/{code}", auth=None, operation_id="get_index_edition", summary="A published edition")
@opens_to(everyone)
def get_index_edition(request: HttpRequest, code: str) -> dict[str, Any]:
    """As published, small cells left out, with what it corrected."""
    edition = edition_of(code)
    changes = [vars(each) for each in differences(edition)]
    return {**public_content(edition), "edition": edition.edition, "digest": edition.digest, "differences": changes}


@router.post("/index/766/editions", operation_id="publish_index", summary="Publish the index of a period")
@opens_to(may_publish)
def publish_index(request: SignedInRequest, asked: PublishIn) -> dict[str, Any]:
    """Freezes the counts as they stand; a further edition needs a reason."""
    made = publish(unit_at(asked.unit), IndexPeriod.parse(asked.period), actor=request.user, reason=asked.reason)
    return {"code": made.code, "digest": made.digest}


def _figure(each: TypedFigure) -> dict[str, Any]:
    return {
        "id": each.pk, "what": each.what, "unit": each.unit.code, "first_day": each.first_day,
        "last_day": each.last_day, "part": each.part, "whole": each.whole, "source": each.source,
        "is_verified": each.verified_at is not None, "refused_for": each.refused_for,
    }  # fmt: skip


@router.post("/figures", operation_id="enter_figures", summary="Type figures that no measure gives")
@opens_to(may_enter)
def enter_figures(request: SignedInRequest, figures: list[FigureIn]) -> list[dict[str, Any]]:
    """All or none; they count once a second person verified them."""
    entries = []
    for each in figures:
        period = IndexPeriod.parse(each.period)
        entries.append(
            Entry(each.what, unit_at(each.unit), period.first, period.last, each.part, each.whole, each.source)
        )
    return [_figure(each) for each in enter(entries, actor=request.user)]


@router.post("/figures/{figure_id}/verify", operation_id="verify_figure", summary="Verify a typed figure")
@opens_to(may_enter)
def verify_figure(request: SignedInRequest, figure_id: int) -> dict[str, Any]:
    """Refused with 409 for who typed it."""
    return _figure(verify(figure_id, actor=request.user))


@router.post("/figures/{figure_id}/refuse", operation_id="refuse_figure", summary="Leave a typed figure out")
@opens_to(may_enter)
def refuse_figure(request: SignedInRequest, figure_id: int, asked: ReasonIn) -> dict[str, Any]:
    """With the reason; it stays readable."""
    return _figure(refuse(figure_id, reason=asked.reason, actor=request.user))


@router.get("/performance", operation_id="get_performance", summary="How the province serves, small numbers withheld")
@opens_to(everyone)
def get_performance(request: HttpRequest, unit: str = "", year: int | None = None) -> dict[str, Any]:
    """Open data of the public page: ratios by unit and by month of a year, entries of the published index."""
    asked = year or today().year
    if not FIRST_YEAR <= asked <= today().year:
        raise Http404
    seen = performance_of(unit_at(unit) if unit else province(), date(asked, 1, 1), date(asked, 12, 31))
    return open_data(seen)
