"""A scheme of grades: looked at, and its next version set from a day on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.assessments.access import may_grade, may_make_sets
from motcua.assessments.actions.grading import set_scheme
from motcua.assessments.grading_models import BY_INDEX, BY_ROUND, GradeScheme
from motcua.assessments.rules.scheme_lines import definition_of, lines_of
from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.ui.forms import DayField

NEW = "moi"
BASES = {BY_ROUND: _("Một đợt đánh giá đã công bố"), BY_INDEX: _("Chỉ số 766 đã công bố")}


class SchemeForm(forms.Form):
    """A scheme's next version, or with ``is_new`` a further scheme."""

    code = forms.SlugField(label=_("Mã cách xếp loại"), max_length=40)
    title = forms.CharField(label=_("Tên cách xếp loại"), max_length=300)
    basis = forms.ChoiceField(label=_("Xếp loại từ"), choices=list(BASES.items()))
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Văn bản quy định các mức và tỷ lệ."))
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    grades = forms.CharField(
        label=_("Các mức"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Mỗi dòng: mã | tên | từ bao nhiêu phần trăm | đề nghị khen thưởng (nếu có)."),
    )  # fmt: skip
    bars = forms.CharField(
        label=_("Điều kiện chặn"), max_length=8_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng: mã số đo | >= 80 hoặc <= 5 | không đạt thì cao nhất mức | lời giải thích."),
    )  # fmt: skip
    limits = forms.CharField(
        label=_("Tỷ lệ tối đa"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng: mức | phần trăm | tính trên số đơn vị từ mức này trở lên (để trống: mọi đơn vị)."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_new:
            del self.fields["code"]


@require_http_methods(["GET", "POST"])
@opens_to(may_grade)
def scheme(request: SignedInRequest, code: str) -> HttpResponse:
    """A scheme with its versions; control officers set the next one, or under "moi" a further scheme."""
    versions = list(GradeScheme.objects.filter(code=code).order_by("-valid_from"))
    may_set, is_new = may_make_sets(request.user), code == NEW
    if not versions and not (is_new and may_set):
        raise Http404
    form = SchemeForm(request.POST or None, is_new=is_new, initial=_initial(versions)) if may_set else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := _set(request, form, code)):
            messages.success(request, gettext("Đã đặt cách xếp loại."))
            return redirect("assessments:scheme", made.code)
    page = {"versions": versions, "newest": versions[0] if versions else None, "form": form, "bases": BASES}
    return render(request, "assessments/scheme.html", page, status=422 if form and form.errors else 200)


def _initial(versions: list[GradeScheme]) -> dict[str, Any]:
    if not versions:
        return {"valid_from": today()}
    newest = versions[0]
    kept = {name: getattr(newest, name) for name in ("title", "basis", "source")}
    return {**kept, **lines_of(newest.definition), "valid_from": today()}


def _set(request: SignedInRequest, form: SchemeForm, code: str) -> GradeScheme | None:
    data = form.cleaned_data
    wanted = data.get("code", code)
    if "code" in data and (wanted == NEW or GradeScheme.objects.filter(code=wanted).exists()):
        form.add_error("code", gettext("Mã này đã dùng."))
        return None
    try:
        return set_scheme(
            wanted,
            title=data["title"],
            basis=data["basis"],
            definition=definition_of(data["grades"], data["bars"], data["limits"]),
            source=data["source"],
            valid_from=data["valid_from"],
            actor=request.user.code,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
