"""The words of a report with their bound numbers, and its versions beside each other."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.clock import now
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.reports.access import may_see_reports, may_write
from motcua.reports.actions import narrating
from motcua.reports.forms import NarrativeForm, instant
from motcua.reports.forms_in_use import forms_for
from motcua.reports.queries import checked, draft_of
from motcua.reports.rules.bound_text import loose_numbers, told, unknown_places
from motcua.reports.rules.drafting import LEFT_OPEN, has_draft
from motcua.reports.rules.forms import Form
from motcua.reports.web.pages import find_report


@require_http_methods(["GET", "POST"])
@opens_to(may_see_reports)
def narrative(request: SignedInRequest, code: str) -> HttpResponse:
    """The words, as typed and as they will read; numbers typed by hand are marked with the cells that hold them."""
    found = find_report(request, code)
    may = found.is_open and may_write(request.user, found.unit)
    form = NarrativeForm(request.POST or None, initial={"text": found.narrative})
    if request.method == "POST" and form.is_valid():
        try:
            narrating.narrate(
                code, form.cleaned_data["text"], seen_at=instant(request.POST.get("seen", "")), actor=request.user
            )
        except Refused as refusal:
            form.add_error("text" if refusal.field == "text" else None, refusal.message)
        else:
            messages.success(request, gettext("Đã lưu lời báo cáo."))
            return redirect("reports:narrative", code)
    values = checked(found).values
    text = form["text"].value() or ""
    draft = draft_of(found) if may and request.GET.get("soan") and request.method == "GET" else None
    if draft:
        form = NarrativeForm(initial={"text": draft.text})
        text = draft.text
    page = {
        "report": found,
        "form": form,
        "may_write": may,
        "paragraphs": told(text, values),
        "draft": draft,
        "has_draft": has_draft(found.regime),
        "left_open": LEFT_OPEN.findall(text),
        "loose": list(loose_numbers(text, values)),
        "unknown": unknown_places(text, values),
        "seen": now().isoformat(),
    }
    return render(request, "reports/narrative.html", page, status=422 if form.errors else 200)


@require_GET
@opens_to(may_see_reports)
def version(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """What changed from the version before to version ``number``, cell by cell."""
    found = find_report(request, code)
    versions = {each.number: each for each in found.versions.filter(number__in=(number, number - 1))}
    if number not in versions:
        raise Http404
    before = versions[number - 1].cells if number - 1 in versions else {}
    page = {
        "report": found,
        "version": versions[number],
        "earlier": versions.get(number - 1),
        "changes": list(_changes(forms_for(found), before, versions[number].cells)),
        "is_text_changed": number - 1 in versions and versions[number - 1].narrative != versions[number].narrative,
    }
    return render(request, "reports/version.html", page)


def _changes(
    forms: dict[int, Form], before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> list[dict[str, object]]:
    changes = []
    for number, form in forms.items():
        old, new = before.get(str(number), {}), after.get(str(number), {})
        for code, row in form.rows.items():
            if old.get(code, "") != new.get(code, ""):
                changes.append({"form": form, "row": row, "old": old.get(code, ""), "new": new.get(code, "")})
    return changes
