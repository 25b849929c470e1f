"""Checking a report from a file, ours or not: nothing of it is kept."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.reports.access import may_see_reports
from motcua.reports.queries import in_words
from motcua.reports.report_files import read_report_file
from motcua.reports.rules.checking import check_report

LARGEST = 20 * 1024 * 1024


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp báo cáo"),
        help_text=_("DOCX, XLSX, PDF, HTML, TXT hoặc DOC, tối đa 20 MB. Tệp không được lưu lại."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Tệp quá lớn: tối đa 20 MB."))
        return file


@require_http_methods(["GET", "POST"])
@opens_to(may_see_reports)
def check_file(request: HttpRequest) -> HttpResponse:
    """Read an uploaded report and show what contradicts itself, each with its place."""
    form = CheckForm(request.POST or None, request.FILES or None)
    page: dict[str, object] = {"form": form, "reading": None, "findings": []}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = read_report_file(file.read(), file.name)
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            page |= {"reading": reading, "findings": in_words(check_report(reading)), "name": file.name}
    return render(request, "reports/check.html", page, status=422 if form.errors else 200)
