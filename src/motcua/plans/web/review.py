"""Review: the source on the left, the rows read from it on the right, every change by one of the actions."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_draft, may_see_plans
from motcua.plans.actions import approving
from motcua.plans.actions.locking import changed_since
from motcua.plans.forms import seen_in
from motcua.plans.models import Plan, Task
from motcua.plans.web.finding import plan_for
from motcua.plans.web.review_asked import Asked, address
from motcua.plans.web.review_page import context
from motcua.plans.web.review_verbs import OF_PLAN, OF_ROW, Unclear, save_typed
from motcua.reading.limited import picture_of

PICTURE_WIDTH = 1100  # pixels: letters of 13 points stay sharp in half of a wide screen
AUTOSAVE = "tu-luu"  # the verb by which a field saves its row when it is left


def _draft(request: SignedInRequest, code: str) -> Plan:
    plan = plan_for(request, code)
    if not may_draft(request.user, plan.holder):
        raise Http404
    return plan


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


@require_GET
@opens_to(may_see_plans)
def review(request: SignedInRequest, code: str) -> HttpResponse:
    """The source beside the rows; the row named by ``dong`` is open for changes."""
    plan = _draft(request, code)
    if not plan.is_draft:
        return redirect("plans:plan", code)
    return _page(request, plan, Asked.of(request.GET))


def _page(
    request: SignedInRequest,
    plan: Plan,
    asked: Asked,
    *,
    opened: dict[str, forms.Form] | None = None,
    message: str = "",
    said: str = "",
) -> HttpResponse:
    """Show the page, or only its right side to a page that stands already."""
    is_fragment = _is_fragment(request)
    page = context(request.user, plan, asked, message=message, said=said, opened=opened, is_fragment=is_fragment)
    template = "plans/review_right.html" if is_fragment else "plans/review.html"
    answer = render(request, template, page, status=422 if message or opened else 200)
    answer["Vary"] = "HX-Request"
    return answer


@require_POST
@opens_to(may_see_plans)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Do one thing to the plan or to the row ``dong``, then show the row again, or the next one."""
    plan = _draft(request, code)
    asked = Asked.of(request.POST)
    task = plan.tasks.filter(code=f"{plan.code}.{asked.row}").first() if asked.row else None
    if verb == AUTOSAVE and task is not None:
        return _autosave(request, plan, task, asked)
    try:
        if verb == "duyet":
            return _approve(request, plan)
        words, other = _do(request, plan, task, verb)
    except Unclear as unclear:
        return _page(request, plan, asked, opened=unclear.opened)
    except Refused as refusal:
        return _page(request, plan, asked, message=refusal.message)
    goal = other or request.POST.get("den", "")[:60].replace("\0", "") or asked.row
    if _is_fragment(request):
        fresh = _draft(request, code)
        answer = _page(request, fresh, Asked.of({**asked.query(), "dong": goal}), said=words)
        answer["HX-Push-Url"] = address(plan, asked, row=goal)
        return answer
    messages.success(request, words)
    line = plan.tasks.filter(code=f"{plan.code}.{goal}").values_list("line_start", flat=True).first() if goal else 0
    return redirect(address(plan, asked, row=goal, line=line or 0))


def _do(request: SignedInRequest, plan: Plan, task: Task | None, verb: str) -> tuple[str, str]:
    if verb in OF_PLAN:
        return OF_PLAN[verb](request, plan, task.code if task else "")
    if verb not in OF_ROW or task is None:
        raise Http404
    seen = seen_in(request.POST)
    if "text" in request.POST and verb != "luu":
        save_typed(request, plan, task.code)  # a button pressed while something is typed must not lose it
    elif changed_since(seen, task.changed_at) and verb != "luu":
        raise Refused(gettext("Dòng vừa được người khác sửa. Hãy tải lại trang để thấy bản mới."))
    return OF_ROW[verb](request, plan, task.code)


def _approve(request: SignedInRequest, plan: Plan) -> HttpResponse:
    approving.approve(plan.code, actor=request.user, seen=seen_in(request.POST))
    messages.success(request, gettext("Đã duyệt kế hoạch. Các đơn vị được giao sẽ nhận thông báo."))
    answer = redirect("plans:plan", plan.code)
    return HttpResponse(headers={"HX-Redirect": answer.url}) if _is_fragment(request) else answer


def _autosave(request: SignedInRequest, plan: Plan, task: Task, asked: Asked) -> HttpResponse:
    """Save the row as a field is left; the answer replaces only what is said of the row, not what is typed in it."""
    said, problem = "", ""
    try:
        said = gettext("Đã lưu.") if save_typed(request, plan, task.code) else ""
    except Unclear as unclear:
        errors = next(iter(unclear.opened.values())).errors
        problem = " ".join(str(words) for each in errors.values() for words in each)
    except Refused as refusal:
        problem = refusal.message
    page = context(request.user, _draft(request, plan.code), asked, said=said, is_fragment=True)
    return render(request, "plans/review_saved.html", {**page, "problem": problem}, status=422 if problem else 200)


def _picture_tag(request: HttpRequest, code: str, page: int) -> str | None:
    """Return the mark of a page's picture: the same document, page and width give the same picture."""
    if not may_see_plans(request.user):
        return None
    found = plan_for(request, code)
    return f'"{found.source.sha256[:32]}-{page}-{PICTURE_WIDTH}"' if found.source else None


@require_GET
@condition(etag_func=_picture_tag)
@opens_to(may_see_plans)
def page_picture(request: SignedInRequest, code: str, page: int) -> HttpResponse:
    """A page of the source as PNG; the browser keeps it and asks only whether it is still the same."""
    plan = plan_for(request, code)
    if plan.source is None or not 1 <= page <= len(plan.pages):
        raise Http404
    with open_stored(plan.source.sha256) as file:
        try:
            picture = picture_of(file.read(), page, width=PICTURE_WIDTH)
        except Refused as refusal:
            raise Http404 from refusal
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-cache"
    return answer
