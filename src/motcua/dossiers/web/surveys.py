"""The survey: by the applicant's account or a one-time code, and what came of it for heads and for the public."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.dossiers.access.late import may_lead_or_control
from motcua.dossiers.actions.surveying import (
    LONGEST_COMMENT,
    answer_as_applicant,
    answer_by_code,
    open_invitation,
)
from motcua.dossiers.models import Dossier, SurveyAnswer
from motcua.dossiers.queries.dossier import dossier_of
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.queries.surveys import answers_in, comments_in, official_scores, public_scores, unit_scores
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.rules.survey import Score, SurveyForm, survey_form_on
from motcua.dossiers.states import RETURNED
from motcua.dossiers.web.export import lines_of
from motcua.dossiers.web.late_forms import CountedForm
from motcua.organizations.access import SignedInRequest

YES, NO = "yes", "no"


class AnswerForm(forms.Form):
    """The questions that people are asked, each with its own answers; satisfaction unless it was told before."""

    def __init__(self, *args: Any, survey: SurveyForm, is_rated: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_rated:
            self.fields["satisfied"] = forms.ChoiceField(
                label=_("Nhìn chung, ông/bà có hài lòng không?"),
                choices=[(YES, _("Hài lòng")), (NO, _("Không hài lòng"))],
                widget=forms.RadioSelect,
            )
        for each in survey.asked:
            self.fields[f"c{each.number}"] = forms.ChoiceField(
                label=each.question, choices=[(str(marks), words) for marks, words in each.answers],
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields["comment"] = forms.CharField(
            label=_("Góp ý thêm"),
            max_length=LONGEST_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_COMMENT}),
            help_text=_("Đừng ghi số định danh, số điện thoại. Lãnh đạo cơ quan đọc góp ý; không công khai."),
        )

    def told(self) -> dict[str, Any]:
        """Return what the actions take."""
        data = self.cleaned_data
        return {
            "marks": {name[1:]: value for name, value in data.items() if name[1:].isdigit()},
            "is_satisfied": data["satisfied"] == YES if data.get("satisfied") else None,
            "comment": data["comment"],
        }


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(signed_in)
def mine(request: SignedInRequest, code: str) -> HttpResponse:
    """The survey of one's own dossier."""
    if "\0" in code:
        raise Http404
    dossier = dossier_of(code, account=request.user)
    if dossier.applicant_id != request.user.pk:
        raise Http404
    if dossier.state != RETURNED or SurveyAnswer.objects.filter(dossier=dossier).exists():
        messages.info(request, gettext("Phiếu khảo sát của hồ sơ này đã được trả lời hoặc chưa mở."))
        return redirect("dossiers:dossier", code)

    def keep(told: dict[str, Any]) -> HttpResponse:
        answer_as_applicant(code, actor=request.user, **told)
        return redirect("dossiers:survey_thanks")

    return _ask(request, dossier, keep)


@never_cache
@require_http_methods(["GET"])
@opens_to(everyone)
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code."""
    typed = request.GET.get("ma", "")
    if typed:
        try:
            return redirect("dossiers:survey_by_code", open_invitation(typed, place=_place(request)).code)
        except Refused as refusal:
            page = {"code": typed[:30], "message": refusal.message}
            return render(request, "dossiers/survey_code.html", page, status=422)
    return render(request, "dossiers/survey_code.html", {"code": "", "message": ""})


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(everyone)
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The survey that a one-time code opens; it shows the procedure, nothing of the applicant."""
    try:
        invitation = open_invitation(code, place=_place(request))
    except Refused as refusal:
        page = {"code": code[:30], "message": refusal.message}
        return render(request, "dossiers/survey_code.html", page, status=404)

    def keep(told: dict[str, Any]) -> HttpResponse:
        answer_by_code(code, place=_place(request), **told)
        return redirect("dossiers:survey_thanks")

    return _ask(request, invitation.dossier, keep)


@require_GET
@opens_to(everyone)
def thanks(request: HttpRequest) -> HttpResponse:
    """Say thank you."""
    return render(request, "dossiers/survey_thanks.html")


def _ask(request: HttpRequest, dossier: Dossier, keep: Any) -> HttpResponse:
    survey, is_rated = survey_form_on(today()), dossier.is_satisfied is not None
    form = AnswerForm(request.POST or None, survey=survey, is_rated=is_rated)
    if request.method == "POST" and form.is_valid():
        try:
            answered: HttpResponse = keep(form.told())
            return answered
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {
        "form": form,
        "survey": survey,
        "procedure": version_of(dossier.version_id).name,
        "unit": dossier.competent_unit.name,
    }
    return render(request, "dossiers/survey.html", page, status=422 if request.method == "POST" else 200)


def _place(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@never_cache
@require_GET
@opens_to(may_lead_or_control)
def results(request: SignedInRequest) -> HttpResponseBase:
    """Scores by unit and official in a period, and what people wrote; by unit as CSV with format=csv."""
    form = CountedForm.asked(request.GET)
    if not form.is_valid():
        return render(request, "dossiers/survey_results.html", {"form": form}, status=422)
    first, after = form.cleaned_data["tu"], form.cleaned_data["den"] + timedelta(days=1)
    survey = survey_form_on(form.cleaned_data["den"])
    answers = answers_in(request.user, first, after)
    units = unit_scores(answers, survey, first, after)
    if request.GET.get("format") == "csv":
        return _as_csv(survey, units)
    page = {
        "form": form,
        "survey": survey,
        "units": units,
        "officials": official_scores(answers, survey),
        "comments": comments_in(answers),
        "missing": [each for each in survey.criteria if each.missing],
    }
    return render(request, "dossiers/survey_results.html", page)


@require_GET
@opens_to(everyone)
def public(request: HttpRequest) -> HttpResponse:
    """What people said by unit in the last full quarter, the small numbers left out."""
    first, after = _last_quarter(today())
    survey = survey_form_on(first)
    rows, left_out = public_scores(survey, first, after)
    page = {
        "survey": survey,
        "rows": [
            {"unit": row.unit, "answers": row.answers, "scores": _told(row.scores), "total": row.total} for row in rows
        ],
        "asked": survey.asked,
        "left_out": left_out,
        "least": result_rules_on(first).survey_small_number,
        "first": first,
        "last": after - timedelta(days=1),
    }
    return render(request, "dossiers/survey_public.html", page)


def _told(scores: list[Score]) -> list[Score]:
    return [each for each in scores if each.criterion.question]


def _last_quarter(day: date) -> tuple[date, date]:
    """Return the first day of the last full quarter and the first day after it."""
    after = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return (date(after.year - 1, 10, 1) if after.month == 1 else date(after.year, after.month - 3, 1)), after


def _as_csv(survey: SurveyForm, rows: list[Any]) -> StreamingHttpResponse:
    head = [
        gettext("Đơn vị"),
        gettext("Số phiếu"),
        *(f"{each.number}. {each.name}" for each in survey.criteria),
        gettext("Tổng điểm"),
        gettext("Điểm tối đa của các tiêu chí đã có"),
        gettext("Xếp loại"),
    ]
    none = gettext("chưa có")
    lines = [
        [
            row.unit.name,
            row.answers,
            *(none if score.points is None else str(score.points).replace(".", ",") for score in row.scores),
            str(row.total.points).replace(".", ","),
            row.total.most,
            row.total.band or none,
        ]
        for row in rows
    ]
    response = StreamingHttpResponse(lines_of([head, *lines]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="khao-sat.csv"'
    return response
