"""One decision: its text beside its rows, what is wrong, opinions, number and signature."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.word import to_docx
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE, DEPARTMENT, OFFICE
from motcua.procedures.access import may_publish, may_see_publication, may_speak_for
from motcua.procedures.actions import deciding, drafting_decisions
from motcua.procedures.actions.publishing import publish_due
from motcua.procedures.models import Decision
from motcua.procedures.publication_forms import HeadForm, OpinionForm, OpinionsForm, RowForm, SignForm
from motcua.procedures.publication_queries import deadlines_of, decision_for, problems_of
from motcua.procedures.publishing_states import DRAFTED, EDITABLE, IN_OPINIONS, IN_READING, WAITING
from motcua.procedures.rendering.decision import decision_document

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_LINES = 4000  # of the source on one page


def _decision(code: str) -> Decision:
    found = decision_for(code)
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(may_see_publication)
def decision(request: SignedInRequest, code: str) -> HttpResponse:
    """How far it is; its text beside its rows; forms for what may be done now."""
    return _page(request, _decision(code))


def _page(
    request: SignedInRequest, found: Decision, *, status: int = 200, refusal: str = "", **forms: Any
) -> HttpResponse:
    is_keeper = may_publish(request.user)
    is_editable = is_keeper and found.state in EDITABLE
    rows = list(found.rows.select_related("proposal"))
    problems = problems_of(found, is_signed=found.origin != DRAFTED) if is_editable else []
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        if problem.row is not None:
            wrong.setdefault(problem.row.position, []).append(problem.message)
    asked = [one.unit for one in found.opinions.select_related("unit")]
    mine = [unit for unit in asked if may_speak_for(request.user, unit)] if found.state == IN_OPINIONS else []
    page = {
        "decision": found,
        "is_waiting": found.state in (WAITING, IN_READING),
        "is_editable": is_editable,
        "is_keeper": is_keeper,
        "is_drafted": found.origin == DRAFTED,
        "refusal": refusal,
        "lines": found.lines[:MOST_LINES],
        "rows": [{"row": row, "form": RowForm(row=row), "wrong": wrong.get(row.position, [])} for row in rows],
        "next_position": (rows[-1].position if rows else 0) + 1,
        "problems": [problem.message for problem in problems if problem.row is None],
        "wrong_rows": len(wrong),
        "deadlines": deadlines_of(found) if found.public_on is None else found,
        "opinions": found.opinions.select_related("unit", "by"),
        "head_form": forms.get("head_form") or HeadForm(decision=found),
        "new_row_form": RowForm(),
        "opinions_form": forms.get("opinions_form") or OpinionsForm(units=_askable()),
        "sign_form": forms.get("sign_form") or SignForm(),
        "opinion_form": forms.get("opinion_form") or OpinionForm(),
        "my_units": mine,
    }
    return render(request, "procedures/decision.html", page, status=status)


def _askable() -> list[Unit]:
    """Return who may be asked: the province's offices and departments, then communes."""
    found = Unit.objects.in_force().filter(kind__in=[OFFICE, DEPARTMENT, COMMUNE])
    return sorted(found, key=lambda unit: (unit.kind == COMMUNE, unit.kind != OFFICE, unit.sort_key))[:200]


Verb = Callable[[SignedInRequest, Decision], HttpResponse | None]


@require_POST
@opens_to(may_see_publication)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Do what a form of the page asks; a refusal is shown on the page, nothing is lost."""
    found = _decision(code)
    if verb not in VERBS:
        raise Http404
    try:
        answer = VERBS[verb](request, found)
    except Refused as refusal:
        found.refresh_from_db()
        return _page(request, found, status=422, refusal=refusal.message)
    return answer or redirect("procedures:decision", found.code)


def _head(request: SignedInRequest, found: Decision) -> HttpResponse | None:
    form = HeadForm(request.POST, decision=found)
    if not form.is_valid():
        return _page(request, found, status=422, head_form=form)
    deciding.correct_head(found.code, actor=request.user, **form.cleaned_data)
    return None


def _row(request: SignedInRequest, found: Decision) -> HttpResponse | None:
    position = request.POST.get("position", "")
    form = RowForm(request.POST)
    if not (position.isascii() and position.isdigit() and len(position) < 5) or not form.is_valid():
        raise Refused(gettext("Dòng gửi lên không đúng."))
    deciding.correct_row(found.code, int(position), actor=request.user, **form.cleaned_data)
    answer = redirect("procedures:decision", found.code)
    answer["Location"] += f"#dong-{position}"
    return answer


def _confirm(request: SignedInRequest, found: Decision) -> None:
    deciding.confirm_decision(found.code, actor=request.user)
    publish_due()
    messages.success(request, gettext("Đã xác nhận. Danh mục thay đổi vào ngày quyết định có hiệu lực."))


def _ask(request: SignedInRequest, found: Decision) -> HttpResponse | None:
    form = OpinionsForm(request.POST, units=_askable())
    if not form.is_valid():
        return _page(request, found, status=422, opinions_form=form)
    chosen = set(form.cleaned_data["units"])
    units = [unit for unit in _askable() if unit.code in chosen]
    drafting_decisions.ask_opinions(found.code, units, due_on=form.cleaned_data["due_on"], actor=request.user)
    return None


def _say(request: SignedInRequest, found: Decision) -> HttpResponse | None:
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, opinion_form=form)
    asked = {one.unit.code: one.unit for one in found.opinions.select_related("unit")}
    unit = asked.get(request.POST.get("unit", ""))
    if unit is None:
        raise Refused(gettext("Dự thảo này không lấy ý kiến của đơn vị bạn."))
    drafting_decisions.give_opinion(found.code, unit=unit, actor=request.user, **form.cleaned_data)
    messages.success(request, gettext("Đã ghi ý kiến."))
    return None


def _sign(request: SignedInRequest, found: Decision) -> HttpResponse | None:
    form = SignForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, status=422, sign_form=form)
    told = form.cleaned_data
    drafting_decisions.sign_decision(
        found.code, number=told["number"], signed_on=told["signed_on"], file=told["file"],
        name=told["file"].name if told["file"] else "", actor=request.user,
    )  # fmt: skip
    publish_due()
    messages.success(request, gettext("Đã ban hành. Danh mục thay đổi vào ngày quyết định có hiệu lực."))
    return None


def _again(request: SignedInRequest, found: Decision) -> None:
    deciding.read_decision_again(found.code, actor=request.user)


def _back(request: SignedInRequest, found: Decision) -> None:
    drafting_decisions.back_to_draft(found.code, actor=request.user)


def _leave_out(request: SignedInRequest, found: Decision) -> HttpResponse:
    deciding.leave_out_decision(found.code, actor=request.user)
    messages.success(request, gettext("Đã bỏ quyết định khỏi danh sách; tệp vẫn được lưu."))
    return redirect("procedures:publication")


VERBS: dict[str, Verb] = {
    "sua": _head, "dong": _row, "xac-nhan": _confirm, "lay-y-kien": _ask, "y-kien": _say, "ban-hanh": _sign,
    "doc-lai": _again, "ve-du-thao": _back, "bo": _leave_out,
}  # fmt: skip


@require_GET
@opens_to(may_see_publication)
def decision_file(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The decision with its annex in the layout of Decree 30, drawn from its rows."""
    found = _decision(code)
    if found.origin != DRAFTED or file_format not in MEDIA_TYPES:
        raise Http404
    document = decision_document(found, [row for row in found.rows.all() if not row.is_dropped])
    content = to_pdf(document) if file_format == "pdf" else to_docx(document)
    response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{found.code}.{file_format}"'
    return response
