"""One unit's assessment: scoring itself, being verified, explaining; each criterion with its evidence and history."""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.assessments.access import (
    assessments_for,
    judged_by,
    may_manage,
    may_score,
    may_see_assessments,
    may_send,
    works_in,
)
from motcua.assessments.actions import evidence as evidence_actions
from motcua.assessments.actions import measures, publishing, scoring, verifying
from motcua.assessments.actions.evidence import NewEvidence
from motcua.assessments.actions.scoring import Entry
from motcua.assessments.actions.verifying import Judgement
from motcua.assessments.forms import EvidenceForm, ReasonForm
from motcua.assessments.models import Assessment, Evidence
from motcua.assessments.queries import Sheet, SheetLine, sheet_of
from motcua.assessments.rules.criteria import Criterion
from motcua.assessments.rules.set_making import number_of, plain
from motcua.assessments.states import CLOSED, OPEN, SELF_SCORED, VERIFIED, VERIFYING
from motcua.assessments.web.rounds import round_for
from motcua.base.guard import opens_to
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account

SCORE, JUDGE, EXPLAIN, READ = "score", "judge", "explain", "read"  # what the page is for, now and for this account
_NAMED = re.compile(r"([a-z]+):([0-9A-Za-z.]{1,40})")
MOST_FACTS = 50


def assessment_for(request: SignedInRequest, code: str, unit: str) -> Assessment:
    """Return an assessment that the account sees, or raise Http404."""
    found = assessments_for(request.user, round_for(request, code)).filter(unit__code=unit).first()
    if found is None:
        raise Http404
    return found


def mode_of(account: Account, assessment: Assessment) -> str:
    """Return what the account can do with the sheet in its present state."""
    if assessment.state == OPEN and may_score(account, assessment.unit):
        return SCORE
    if assessment.state in VERIFYING and judged_by(account, assessment):
        return JUDGE
    if assessment.state == VERIFIED and may_send(account, assessment.unit):
        return EXPLAIN
    return READ


@require_GET
@opens_to(may_see_assessments)
def sheet(request: SignedInRequest, code: str, unit: str) -> HttpResponse:
    """The sheet, one group of criteria at a time."""
    return _page(request, assessment_for(request, code, unit))


def _page(
    request: SignedInRequest,
    found: Assessment,
    message: str = "",
    field: str = "",
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    read = sheet_of(found, request.user)
    tops = found.round.tree.tops
    wanted = field.split(".")[0] if field else request.GET.get("nhom") or request.POST.get("nhom") or tops[0].code
    top = next((each for each in tops if each.code == wanted), tops[0])
    mode = mode_of(request.user, found)
    page = {
        "assessment": found,
        "round": found.round,
        "sheet": read,
        "top": top,
        "group": read.lines[[line.criterion.code for line in read.lines].index(top.code)],
        "lines": [_shown(line, mode, typed or {}, field) for line in read.under(top.code) if line.score],
        "tabs": _tabs(request, found, read, mode, top),
        "mode": mode,
        "message": message,
        "field": field,
        "may_send": mode == SCORE and may_send(request.user, found.unit),
        "unready": scoring.unready(found) if mode == SCORE else [],
        "may_send_back": found.state == SELF_SCORED and _runs(request, found),
        "may_finish": found.state == VERIFIED and _runs(request, found) and publishing.may_end(found),
        "waits_for_unit": found.state == VERIFIED and _runs(request, found),
        "may_reopen": found.state in CLOSED and may_manage(request.user, found.round.unit),
        "reason_form": ReasonForm(),
        "timeline": _timeline(found),
        "next_top": _next_top(tops, top),
    }
    return render(request, "assessments/sheet.html", page, status=422 if message else 200)


def _runs(request: SignedInRequest, found: Assessment) -> bool:
    return may_manage(request.user, found.round.unit) and not works_in(request.user, found.unit)


def _next_top(tops: tuple[Criterion, ...], top: Criterion) -> Criterion | None:
    place = tops.index(top)
    return tops[place + 1] if place + 1 < len(tops) else None


def _tabs(request: SignedInRequest, found: Assessment, read: Sheet, mode: str, top: Criterion) -> list[dict[str, Any]]:
    address = reverse("assessments:sheet", args=[found.round.code, found.unit.code])
    tabs = []
    for each in found.round.tree.tops:
        leaves = [line for line in read.under(each.code) if line.score]
        if mode == JUDGE:
            left = sum(line.is_mine_to_judge and not (line.score and line.score.is_judged) for line in leaves)
        else:
            left = sum(line.criterion.is_self_scored and not (line.score and line.score.is_answered) for line in leaves)
        label = f"{each.code}. {each.title}"
        tabs.append(
            {
                "label": label if len(label) <= 48 else f"{label[:46].rstrip()}…",
                "url": f"{address}?nhom={each.code}",
                "active": each.code == top.code,
                "count": left if mode in (SCORE, JUDGE) and left else "",
            }
        )
    return tabs


def _shown(line: SheetLine, mode: str, typed: Mapping[str, str], field: str) -> dict[str, Any]:
    """Return a line with what stands in its inputs: what was typed and refused, else what is kept."""
    code, row = line.criterion.code, line.score
    assert row is not None
    kept = {
        "choice": row.self_choice,
        "value": "" if row.self_value is None else plain(row.self_value),
        "none": "1" if row.is_not_applicable else "",
        "note": row.note,
        "points": "" if row.verified_points is None else plain(row.verified_points),
        "void": "1" if row.verified_not_applicable else "",
        "reason": row.verified_reason,
        "words": "",
        "seen": row.stamp,
    }
    if mode == JUDGE and not row.is_judged:
        kept["points"] = "" if row.self_points is None else plain(row.self_points)
        kept["void"] = "1" if row.is_not_applicable else ""
    if typed:
        kept |= {name: typed.get(f"{name}:{code}", "") for name in kept if name != "seen" or code != field}
    shares = [(each, plain(each.points)) for each in line.criterion.levels]
    return {"line": line, "kept": kept, "is_wrong": code == field, "levels": shares}


def _timeline(found: Assessment) -> list[dict[str, Any]]:
    facts = list(Fact.objects.filter(subject=found.code).order_by("-id")[:MOST_FACTS])
    names = dict(Account.objects.filter(code__in={fact.actor for fact in facts}).values_list("code", "full_name"))
    shown: list[dict[str, Any]] = []
    for each, same in groupby(facts, key=lambda fact: (fact.label, fact.actor)):
        told = list(same)
        note = ngettext("%(count)s lần", "%(count)s lần", len(told)) % {"count": len(told)} if len(told) > 1 else ""
        shown.append({"what": each[0], "when": told[0].at, "who": names.get(each[1], ""), "note": note})
    return shown


def _typed(request: SignedInRequest) -> dict[str, dict[str, str]]:
    """Return what was typed by criterion: {"1.1": {"choice": "a", "note": ""}}."""
    found: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        if matched := _NAMED.fullmatch(name):
            found.setdefault(matched[2], {})[matched[1]] = str(value).strip()
    return found


def _number(text: str, code: str) -> Decimal | None:
    if not text:
        return None
    number = number_of(text.replace("%", ""))
    if number is None:
        raise Refused(gettext("%(code)s: “%(text)s” không phải là số.") % {"code": code, "text": text[:30]}, field=code)
    return number


def _entries(request: SignedInRequest) -> dict[str, Entry]:
    return {
        code: Entry(
            told.get("choice", "")[:2],
            _number(told.get("value", ""), code),
            told.get("none") == "1",
            told.get("note", ""),
            told.get("seen"),
        )
        for code, told in _typed(request).items()
    }


def _judgements(request: SignedInRequest, found: Assessment) -> dict[str, Judgement]:
    """Return the judgements of criteria whose points were filled in and that are not judged so already."""
    kept = {each.criterion: each for each in found.scores.all()}
    judged = {}
    for code, told in _typed(request).items():
        points, is_void = _number(told.get("points", ""), code), told.get("void") == "1"
        row = kept.get(code)
        if (points is None and not is_void) or row is None:
            continue
        new = Judgement(None if is_void else points, is_void, told.get("reason", ""))
        same = (row.verified_points, row.verified_not_applicable, row.verified_reason)
        if row.is_judged and not row.awaits_answer and same == (new.points, is_void, new.reason):
            continue
        judged[code] = new
    return judged


@require_POST
@opens_to(may_see_assessments)
def act(request: SignedInRequest, code: str, unit: str, verb: str) -> HttpResponse:
    """Save, send, judge, explain, agree, close, reopen."""
    found = assessment_for(request, code, unit)
    if verb not in VERBS:
        raise Http404
    try:
        words = VERBS[verb](request, found)
    except Refused as refusal:
        typed = {str(name): str(value) for name, value in request.POST.items()}
        is_of_fields = verb in ("luu", "tham-dinh", "giai-trinh")
        return _page(request, found, refusal.message, refusal.field or "", typed if is_of_fields else None)
    messages.success(request, words)
    group = request.POST.get("tiep") or request.POST.get("nhom", "")
    address = reverse("assessments:sheet", args=[code, unit])
    return redirect(f"{address}?nhom={group}" if group.isalnum() else address)


def _save(request: SignedInRequest, found: Assessment) -> str:
    scoring.score(found.round.code, found.unit.code, _entries(request), actor=request.user)
    return gettext("Đã lưu.")


def _judge(request: SignedInRequest, found: Assessment) -> str:
    judged = _judgements(request, found)
    verifying.judge(found.round.code, found.unit.code, judged, actor=request.user)
    return gettext("Đã lưu điểm thẩm định của %(count)s tiêu chí.") % {"count": len(judged)}


def _accept_rest(request: SignedInRequest, found: Assessment) -> str:
    count = verifying.accept_rest(found.round.code, found.unit.code, actor=request.user)
    return gettext("Đã công nhận điểm tự chấm của %(count)s tiêu chí.") % {"count": count}


def _explain(request: SignedInRequest, found: Assessment) -> str:
    words = {code: told.get("words", "") for code, told in _typed(request).items()}
    scoring.explain(found.round.code, found.unit.code, words, actor=request.user)
    return gettext("Đã gửi giải trình.")


def _simple(action: Any, words: Any) -> Any:
    def run(request: SignedInRequest, found: Assessment) -> str:
        action(found.round.code, found.unit.code, actor=request.user)
        return str(words())

    return run


def _with_reason(action: Any, words: Any) -> Any:
    def run(request: SignedInRequest, found: Assessment) -> str:
        action(found.round.code, found.unit.code, reason=request.POST.get("reason", ""), actor=request.user)
        return str(words())

    return run


VERBS = {
    "luu": _save,
    "do-lai": _simple(measures.measure_again, lambda: gettext("Đã lấy lại số đo.")),
    "gui": _simple(scoring.send, lambda: gettext("Đã gửi điểm tự chấm.")),
    "tham-dinh": _judge,
    "cong-nhan": _accept_rest,
    "tham-dinh-xong": _simple(verifying.finish_judging, lambda: gettext("Đã gửi kết quả thẩm định cho đơn vị.")),
    "tra-lai": _with_reason(verifying.send_back, lambda: gettext("Đã trả lại để tự chấm lại.")),
    "giai-trinh": _explain,
    "dong-y": _simple(scoring.agree, lambda: gettext("Đã đồng ý kết quả thẩm định.")),
    "chot": _simple(publishing.finish, lambda: gettext("Đã chốt điểm.")),
    "mo-lai": _with_reason(publishing.reopen, lambda: gettext("Đã mở lại kết quả.")),
}


@require_http_methods(["GET", "POST"])
@opens_to(may_see_assessments)
def criterion(request: SignedInRequest, code: str, unit: str, criterion: str) -> HttpResponse:
    """One criterion of a unit: how it is scored, where its number comes from, evidence, every judgement."""
    found = assessment_for(request, code, unit)
    line = next(
        (each for each in sheet_of(found, request.user).lines if each.criterion.code == criterion and each.score), None
    )
    if line is None or line.score is None:
        raise Http404
    may_add = found.state in (OPEN, VERIFIED) and may_score(request.user, found.unit)
    form = EvidenceForm(request.POST if "add" in request.POST else None, request.FILES or None) if may_add else None
    message = ""
    if request.method == "POST":
        try:
            if _change_evidence(request, found, criterion, form):
                return redirect("assessments:criterion", code, unit, criterion)
        except Refused as refusal:
            if form is not None and form.is_bound and refusal.field in form.fields:
                form.add_error(refusal.field, refusal.message)
            else:
                message = refusal.message
    verdicts = list(line.score.verdicts.all())
    names = dict(Account.objects.filter(code__in={each.by for each in verdicts}).values_list("code", "full_name"))
    page = {
        "assessment": found,
        "round": found.round,
        "line": line,
        "top": found.round.tree.by_code[criterion.split(".")[0]],
        "levels": [(each.name, plain(each.points)) for each in line.criterion.levels],
        "steps": [(plain(each.bound), plain(each.points)) for each in line.criterion.steps],
        "verdicts": [(each, names.get(each.by, "")) for each in verdicts],
        "form": form,
        "message": message,
        "may_remove": found.state == OPEN and may_add,
    }
    failed = message or (form is not None and form.errors)
    return render(request, "assessments/criterion.html", page, status=422 if failed else 200)


def _change_evidence(request: SignedInRequest, found: Assessment, criterion: str, form: EvidenceForm | None) -> bool:
    code, unit = found.round.code, found.unit.code
    if (removed := request.POST.get("remove", "")).isdecimal():
        evidence_actions.remove_evidence(code, unit, int(removed[:18]), actor=request.user)
        messages.success(request, gettext("Đã bỏ minh chứng."))
        return True
    if form is None:
        raise Http404
    if not form.is_valid():
        return False
    data = form.cleaned_data
    file = data["file"]
    new = NewEvidence(file, file.name if file else "", data["link"], data["subject"], data["words"])
    evidence_actions.add_evidence(code, unit, criterion, new, actor=request.user)
    messages.success(request, gettext("Đã thêm minh chứng."))
    return True


@require_GET
@opens_to(may_see_assessments)
def evidence(request: SignedInRequest, code: str, unit: str, pk: int) -> HttpResponseBase:
    """A file of evidence."""
    found = assessment_for(request, code, unit)
    rows = Evidence.objects.select_related("file").filter(score__assessment=found, file__isnull=False)
    entry = rows.filter(pk=min(pk, 2**63 - 1)).first()
    if entry is None or entry.file is None:
        raise Http404
    return FileResponse(
        open_stored(entry.file.sha256),
        as_attachment=True,
        filename=entry.file.name,
        content_type=entry.file.media_type,
    )
