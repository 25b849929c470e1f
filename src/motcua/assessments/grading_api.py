"""Grades over the API: the same actions as the pages."""

from typing import Any

from django.http import Http404
from ninja import Router, Status

from motcua.assessments.access import grade_lists_for, may_grade, may_make_sets
from motcua.assessments.actions import grading
from motcua.assessments.grading_models import GradeList, GradeScheme
from motcua.assessments.grading_sources import Source, sources_for
from motcua.assessments.schemas import GradeIn, GradeListOut, ProposeIn, SchemeIn, SchemeOut
from motcua.assessments.states import PROPOSED
from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest, scope_of
from motcua.organizations.models import in_force
from motcua.organizations.states import CONTROL_OFFICER

router = Router(tags=["assessments"])


@router.get("/grade-schemes", response=list[SchemeOut], operation_id="list_grade_schemes")
@opens_to(may_grade)
def list_schemes(request: SignedInRequest) -> list[GradeScheme]:
    """Every version of every scheme."""
    return list(GradeScheme.objects.order_by("code", "valid_from"))


@router.post("/grade-schemes/{code}", response={201: SchemeOut}, operation_id="set_grade_scheme")
@opens_to(may_make_sets)
def set_scheme(request: SignedInRequest, code: str, form: SchemeIn) -> Status:
    """Set a scheme from a day on; the version before it ends the day before."""
    made = grading.set_scheme(
        code,
        title=form.title,
        basis=form.basis,
        definition=form.definition,
        source=form.source,
        valid_from=form.valid_from,
        actor=request.user.code,
    )
    return Status(201, made)


def _out(found: GradeList) -> dict[str, Any]:
    return {
        "code": found.code,
        "scheme": found.scheme.code,
        "period": found.period,
        "made_from": found.made_from,
        "state": found.state,
        "grades": [
            {
                "id": row.pk,
                "unit": row.unit.code,
                "is_head": row.head_id is not None,
                "share": row.share,
                "proposed": row.proposed,
                "grade": row.grade,
                "reasons": row.reasons,
                "override_reason": row.override_reason,
                "reward": row.reward,
            }
            for row in found.grades.select_related("unit").order_by("unit__code", "head")
        ],
        "obstacles": grading.obstacles(found) if found.state == PROPOSED else [],
    }


def _list(request: SignedInRequest, code: str) -> GradeList:
    found = grade_lists_for(request.user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@router.post("/grade-lists", response={201: GradeListOut}, operation_id="propose_grades")
@opens_to(may_make_sets)
def propose(request: SignedInRequest, form: ProposeIn) -> Status:
    """Propose grades from what was published."""
    scheme = GradeScheme.objects.filter(in_force(today()), code=form.scheme).first()
    tops = {scope_of(post).pk: scope_of(post) for post in request.user.posts_now if post.role == CONTROL_OFFICER}
    found: list[Source] = []
    if scheme is not None:
        found = [each for unit in tops.values() for each in sources_for(scheme, unit) if each.name == form.source]
    if scheme is None or not found:
        raise Http404
    return Status(201, _out(grading.propose(scheme, found[0], actor=request.user)))


@router.get("/grade-lists/{code}", response=GradeListOut, operation_id="get_grade_list")
@opens_to(may_grade)
def get_list(request: SignedInRequest, code: str) -> dict[str, Any]:
    """One list; people are not named here."""
    return _out(_list(request, code))


@router.patch("/grade-lists/{code}/grades/{number}", response=GradeListOut, operation_id="change_grade")
@opens_to(may_make_sets)
def change_grade(request: SignedInRequest, code: str, number: int, form: GradeIn) -> dict[str, Any]:
    """Give another grade than proposed, with the reason."""
    _list(request, code)
    grading.change_grade(code, number, grade=form.grade, reason=form.reason, reward=form.reward, actor=request.user)
    return _out(_list(request, code))


@router.post("/grade-lists/{code}/approve", response=GradeListOut, operation_id="approve_grades")
@opens_to(may_grade)
def approve(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Approve: the list changes no more."""
    _list(request, code)
    return _out(grading.approve(code, actor=request.user))
