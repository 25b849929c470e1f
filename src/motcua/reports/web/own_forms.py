"""Forms of the province: made from an Excel template, rows and rules typed, tried, published as versions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, has_role
from motcua.organizations.states import CONTROL_OFFICER
from motcua.reports.actions import own_forms
from motcua.reports.forms import regime_choices
from motcua.reports.models import OwnForm
from motcua.reports.queries import in_words
from motcua.reports.report_files import template_lines
from motcua.reports.rules.checking import check, computed_rows
from motcua.reports.rules.context import Context
from motcua.reports.rules.expressions import Absence
from motcua.reports.rules.figures import vietnamese
from motcua.reports.rules.forms import form_from
from motcua.reports.rules.values import Cell
from motcua.ui.forms import DayField

may_make_forms = has_role(CONTROL_OFFICER)
LARGEST = 5 * 1024 * 1024


class TemplateForm(forms.Form):
    title = forms.CharField(label=_("Tên biểu"), max_length=300)
    regime = forms.ChoiceField(label=_("Chế độ báo cáo"), choices=regime_choices)
    file = forms.FileField(label=_("Tệp Excel mẫu"), help_text=_("Có một dòng tiêu đề với cột TT và cột tên chỉ tiêu."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Tệp quá lớn: tối đa 5 MB."))
        return file


class FormForm(forms.Form):
    title = forms.CharField(label=_("Tên biểu"), max_length=300)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    rows = forms.CharField(
        label=_("Các dòng"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Mỗi dòng có mã, tên, đơn vị tính và kiểu, cách nhau bằng dấu gạch đứng. "
            "Kiểu là number, percent, text hoặc group."
        ),
    )
    rules = forms.CharField(
        label=_("Quy tắc"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi dòng một quy tắc: [3] := [2] / [1] * 100 để tính dòng 3; [2] <= [1] để kiểm tra."),
    )


@require_http_methods(["GET", "POST"])
@opens_to(may_make_forms)
def own_forms_page(request: SignedInRequest) -> HttpResponse:
    """The province's forms; a new one from a template."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = own_forms.draft_form(
                form.cleaned_data["title"],
                regime=form.cleaned_data["regime"],
                lines=template_lines(file.read(), file.name),
                actor=request.user,
            )
            return redirect("reports:own_form", made.pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "file", refusal.message)
    page = {"form": form, "forms": OwnForm.objects.order_by("code", "-valid_from")}
    return render(request, "reports/own_forms.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@opens_to(may_make_forms)
def own_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version: its rows and rules; written anew, or tried with values typed here that are not kept."""
    found = get_object_or_404(OwnForm, pk=pk)
    is_trial = request.method == "POST" and "try" in request.POST
    typed = found.data["typed"]
    form = FormForm(
        request.POST if request.method == "POST" and not is_trial else None,
        initial={"title": found.title, "valid_from": found.valid_from, **typed},
    )
    if form.is_bound and form.is_valid():
        try:
            own_forms.write_form(pk, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã lưu biểu."))
            return redirect("reports:own_form", pk)
    page = {"own": found, "form": form, **_trial(found, request.POST if is_trial else {})}
    return render(request, "reports/own_form.html", page, status=422 if form.errors else 200)


def _trial(found: OwnForm, data: Any) -> dict[str, Any]:
    form = form_from(found.data)
    values = {form.appendix: {code: Cell(data.get(f"t:{code}", "")) for code in form.rows if data.get(f"t:{code}")}}
    computed = computed_rows(values, form) if data else {}
    for code, outcome in computed.items():
        if outcome is not None:
            words = outcome.value if isinstance(outcome, Absence) else vietnamese(outcome)
            values[form.appendix].setdefault(code, Cell(words))
    rows = [
        {"row": row, "value": str(values[form.appendix].get(code, Cell("")).value or ""), "is_computed": row.formula}
        for code, row in form.rows.items()
    ]
    findings = in_words(check(values, form, Context(is_final=False))) if data else []
    return {"rows": rows, "findings": findings, "is_trial": bool(data)}


@require_POST
@opens_to(may_make_forms)
def own_form_act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Publish a draft, or begin the next version of a published one."""
    found = get_object_or_404(OwnForm, pk=pk)
    try:
        if verb == "ban-hanh":
            own_forms.publish_form(pk, actor=request.user)
            messages.success(request, gettext("Đã ban hành biểu."))
        else:
            day = DayField().clean(request.POST.get("valid_from", ""))
            found = own_forms.next_version(pk, valid_from=day, actor=request.user)
    except (Refused, forms.ValidationError) as refusal:
        messages.error(request, refusal.message if isinstance(refusal, Refused) else gettext("Ngày không đọc được."))
    return redirect("reports:own_form", found.pk)
