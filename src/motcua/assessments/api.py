"""Assessments over the API: the same actions as the pages."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from ninja import Router, Status

from motcua.assessments.access import assessments_for, may_make_sets, may_manage, may_see_assessments, rounds_for
from motcua.assessments.actions import evidence, measures, publishing, rounds, scoring, sets, verifying
from motcua.assessments.actions.evidence import NewEvidence
from motcua.assessments.actions.rounds import Days
from motcua.assessments.actions.scoring import Entry
from motcua.assessments.actions.verifying import Judgement
from motcua.assessments.grading_api import router as grading_router
from motcua.assessments.models import Assessment, CriteriaSetVersion, Publication, Round
from motcua.assessments.queries import assessable_units, board_of, published_rounds, sheet_of
from motcua.assessments.schemas import (
    AssessmentOut,
    DaysIn,
    EntryIn,
    EvidenceIn,
    ExplanationIn,
    JudgementIn,
    PublicationOut,
    ReasonIn,
    RoundIn,
    RoundOut,
    SetIn,
    SetOut,
)
from motcua.assessments.set_reading import Typed
from motcua.base.guard import everyone, opens_to
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at

router = Router(tags=["assessments"])
router.add_router("", grading_router)
# What is done to one assessment without anything else being said, and with a reason.
DEEDS: dict[str, Callable[..., Any]] = {
    "measure": measures.measure_again,
    "send": scoring.send,
    "agree": scoring.agree,
    "accept-rest": verifying.accept_rest,
    "finish-judging": verifying.finish_judging,
    "finish": publishing.finish,
    "take-back-in": rounds.take_back_in,
}
REASONED: dict[str, Callable[..., Any]] = {
    "send-back": verifying.send_back,
    "reopen": publishing.reopen,
    "leave-out": rounds.leave_out,
}


def _round(request: SignedInRequest, code: str) -> Round:
    found = rounds_for(request.user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _assessment(request: SignedInRequest, code: str, unit: str) -> Assessment:
    found = assessments_for(request.user, _round(request, code)).filter(unit__code=unit).first()
    if found is None:
        raise Http404
    return found


def _set_out(version: CriteriaSetVersion) -> dict[str, Any]:
    return {
        "id": version.pk,
        "code": version.set.code,
        "title": version.set.title,
        "number": version.number,
        "unit_kinds": version.unit_kinds,
        "valid_from": version.valid_from,
        "source": version.source,
        "most": version.tree.most,
        "published_at": version.published_at,
        "criteria": version.definition["criteria"],
    }


@router.get("/criteria-sets", response=list[SetOut], operation_id="list_criteria_sets")
@opens_to(may_see_assessments)
def list_sets(request: SignedInRequest) -> list[dict[str, Any]]:
    """Published versions, and drafts of whoever manages their unit."""
    rows = CriteriaSetVersion.objects.select_related("set__unit__parent").order_by("set__code", "number")
    return [_set_out(each) for each in rows if each.published_at or may_manage(request.user, each.set.unit)]


@router.post("/criteria-sets", response={201: SetOut}, operation_id="draft_criteria_set")
@opens_to(may_make_sets)
def draft_set(request: SignedInRequest, form: SetIn) -> Status:
    """Draft a set; every fault of its lines is told in one refusal."""
    made = sets.draft_set(
        title=form.title,
        unit=unit_at(form.unit),
        typed=Typed(form.lines, form.bands, form.tie_breakers, form.decimals),
        unit_kinds=form.unit_kinds,
        valid_from=form.valid_from,
        source=form.source,
        basis=form.basis,
        actor=request.user,
    )
    return Status(201, _set_out(made))


@router.post("/criteria-sets/{number}/publish", response=SetOut, operation_id="publish_criteria_set")
@opens_to(may_make_sets)
def publish_set(request: SignedInRequest, number: int) -> dict[str, Any]:
    """Publish a draft by its ``id``: it changes no more."""
    return _set_out(sets.publish_version(number, actor=request.user))


def _round_out(request: SignedInRequest, found: Round) -> dict[str, Any]:
    lines = board_of(assessments_for(request.user, found))
    return {
        "code": found.code,
        "title": found.title,
        "period": found.period,
        "set": found.version.set.code,
        "set_version": found.version.number,
        "unit": found.unit.code,
        **{name: getattr(found, name) for name in ("self_score_by", "verify_by", "explain_by", "publish_by")},
        "units": [
            {
                "unit": line.assessment.unit.code,
                "name": line.assessment.unit.name,
                "state": line.assessment.state,
                "answered": line.answered,
                "to_answer": line.to_answer,
                "judged": line.judged,
                "to_judge": line.to_judge,
                "points": line.own,
                "recognised": line.recognised,
                "is_late": line.is_late,
            }
            for line in lines
        ],
    }


@router.get("/assessment-rounds", response=list[RoundOut], operation_id="list_assessment_rounds")
@opens_to(may_see_assessments)
def list_rounds(request: SignedInRequest) -> list[dict[str, Any]]:
    """The newest fifty rounds that the account sees, with how far their units are."""
    return [_round_out(request, each) for each in rounds_for(request.user)[:50]]


@router.post("/assessment-rounds", response={201: RoundOut}, operation_id="open_assessment_round")
@opens_to(may_make_sets)
def open_round(request: SignedInRequest, form: RoundIn) -> Status:
    """Open a round and measure what measures answer."""
    version = CriteriaSetVersion.objects.select_related("set__unit__parent").filter(pk=form.version).first()
    if version is None:
        raise Http404
    made = rounds.open_round(
        version,
        title=form.title,
        period=IndexPeriod.parse(form.period),
        days=_days(form),
        units=[unit_at(code) for code in form.units] or assessable_units(version),
        actor=request.user,
    )
    return Status(201, _round_out(request, made))


def _days(form: DaysIn) -> Days:
    return Days(form.self_score_by, form.verify_by, form.explain_by, form.publish_by)


@router.get("/assessment-rounds/{code}", response=RoundOut, operation_id="get_assessment_round")
@opens_to(may_see_assessments)
def get_round(request: SignedInRequest, code: str) -> dict[str, Any]:
    """One round."""
    return _round_out(request, _round(request, code))


@router.put("/assessment-rounds/{code}/days", response=RoundOut, operation_id="change_assessment_days")
@opens_to(may_make_sets)
def change_days(request: SignedInRequest, code: str, form: DaysIn) -> dict[str, Any]:
    """Move the last days, for every unit alike."""
    found = _round(request, code)
    rounds.change_days(found.code, days=_days(form), actor=request.user)
    return _round_out(request, _round(request, code))


@router.post("/assessment-rounds/{code}/publish", response=PublicationOut, operation_id="publish_assessment_round")
@opens_to(may_see_assessments)
def publish_round(request: SignedInRequest, code: str, form: ReasonIn) -> dict[str, Any]:
    """Publish; a further edition says its reason."""
    found = _round(request, code)
    return _publication_out(publishing.publish(found.code, reason=form.reason, actor=request.user))


def _publication_out(found: Publication) -> dict[str, Any]:
    return {
        "round": found.round.code,
        "edition": found.edition,
        "published_at": found.published_at,
        "digest": found.digest,
        "reason": found.reason,
        "content": found.content,
    }


@router.get("/assessment-results", response=list[PublicationOut], auth=None, operation_id="list_assessment_results")
@opens_to(everyone)
def list_results(request: SignedInRequest) -> list[dict[str, Any]]:
    """The newest edition of every published round, for everybody: points and ranks, no words of people."""
    return [_publication_out(each) for each in published_rounds()]


_UNIT = "/assessment-rounds/{code}/units/{unit}"


def _out(request: SignedInRequest, code: str, unit: str) -> dict[str, Any]:
    found = _assessment(request, code, unit)
    sheet = sheet_of(found, request.user)
    return {
        "code": found.code,
        "unit": found.unit.code,
        "state": found.state,
        "points": sheet.own.points,
        "recognised": sheet.recognised.points,
        "most": sheet.recognised.most,
        "scores": [
            {
                "criterion": line.criterion.code,
                "title": line.criterion.title,
                "most": line.criterion.most,
                "way": line.criterion.way,
                "choice": line.score.self_choice,
                "value": line.score.self_value,
                "measured": line.score.measured,
                "lineage": line.score.lineage,
                "points": line.score.self_points,
                "is_not_applicable": line.score.is_not_applicable,
                "note": line.score.note,
                "evidence": [each.url or each.label for each in line.evidence],
                "recognised": line.score.verified_points,
                "recognised_not_applicable": line.score.verified_not_applicable,
                "reason": line.score.verified_reason,
                "explanation": line.score.explanation,
            }
            for line in sheet.lines
            if line.score is not None
        ],
    }


@router.get(_UNIT, response=AssessmentOut, operation_id="get_assessment")
@opens_to(may_see_assessments)
def get_assessment(request: SignedInRequest, code: str, unit: str) -> dict[str, Any]:
    """One unit's assessment with every criterion."""
    return _out(request, code, unit)


@router.patch(f"{_UNIT}/scores", response=AssessmentOut, operation_id="score_assessment")
@opens_to(may_see_assessments)
def score(request: SignedInRequest, code: str, unit: str, entries: list[EntryIn]) -> dict[str, Any]:
    """Score some criteria, all or nothing; a value of null lets the measured one count."""
    _assessment(request, code, unit)
    told = {each.criterion: Entry(each.choice, each.value, each.is_not_applicable, each.note) for each in entries}
    scoring.score(code, unit, told, actor=request.user)
    return _out(request, code, unit)


@router.post(f"{_UNIT}/evidence", response=AssessmentOut, operation_id="add_assessment_evidence")
@opens_to(may_see_assessments)
def add_evidence(request: SignedInRequest, code: str, unit: str, form: EvidenceIn) -> dict[str, Any]:
    """Add a link or a code as evidence; files are sent by the page."""
    _assessment(request, code, unit)
    new = NewEvidence(link=form.link, subject=form.subject, words=form.words)
    evidence.add_evidence(code, unit, form.criterion, new, actor=request.user)
    return _out(request, code, unit)


@router.patch(f"{_UNIT}/judgements", response=AssessmentOut, operation_id="judge_assessment")
@opens_to(may_see_assessments)
def judge(request: SignedInRequest, code: str, unit: str, judgements: list[JudgementIn]) -> dict[str, Any]:
    """Judge some criteria, all or nothing."""
    _assessment(request, code, unit)
    told = {each.criterion: Judgement(each.points, each.is_not_applicable, each.reason) for each in judgements}
    verifying.judge(code, unit, told, actor=request.user)
    return _out(request, code, unit)


@router.post(f"{_UNIT}/explanations", response=AssessmentOut, operation_id="explain_assessment")
@opens_to(may_see_assessments)
def explain(request: SignedInRequest, code: str, unit: str, words: list[ExplanationIn]) -> dict[str, Any]:
    """Explain some criteria; the verifiers answer each."""
    _assessment(request, code, unit)
    scoring.explain(code, unit, {each.criterion: each.words for each in words}, actor=request.user)
    return _out(request, code, unit)


@router.post(f"{_UNIT}/{{deed}}", response=AssessmentOut, operation_id="act_on_assessment")
@opens_to(may_see_assessments)
def act(request: SignedInRequest, code: str, unit: str, deed: str, form: ReasonIn) -> dict[str, Any]:
    """Do ``deed``: measure, send, agree, accept-rest, finish-judging, finish, take-back-in; send-back, reopen,
    leave-out with a reason."""
    _assessment(request, code, unit)
    if deed in DEEDS:
        DEEDS[deed](code, unit, actor=request.user)
    elif deed in REASONED:
        REASONED[deed](code, unit, reason=form.reason, actor=request.user)
    else:
        raise Http404
    return _out(request, code, unit)
