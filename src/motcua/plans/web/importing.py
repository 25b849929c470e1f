"""Putting an edited sheet of rows back into a draft: the difference first, then the change."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_draft, may_see_plans
from motcua.plans.actions.importing import import_rows
from motcua.plans.models import Plan
from motcua.plans.queries.sheets import difference_of
from motcua.plans.rules.relating.task_sheet import Difference
from motcua.plans.web.finding import plan_for

SALT = "plans.import"
SHOWN_FIELDS = {
    "number": _("Số"), "text": _("Nhiệm vụ"), "product": _("Sản phẩm"), "lead_text": _("Chủ trì"),
    "coordinating_text": _("Phối hợp"), "deadline_text": _("Thời hạn"), "due_on": _("Hạn cuối"),
}  # fmt: skip


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp đã sửa"), help_text=_("XLSX hoặc JSON tải về từ trang kế hoạch, tối đa 5 MB; giữ nguyên cột Mã.")
    )


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def import_sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """A file is compared with the rows; what was shown is put in once it is confirmed."""
    plan = plan_for(request, code)
    if not plan.is_draft or not may_draft(request.user, plan.holder):
        raise Http404
    if request.method == "POST" and "told" in request.POST:
        return _put_in(request, plan)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    page: dict[str, Any] = {"plan": plan, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            difference = difference_of(plan, form.cleaned_data["file"])
            page |= _shown(plan, difference)
        except Refused as refusal:
            form.add_error("file", refusal.message)
    return render(request, "plans/import.html", page, status=422 if form.errors or page.get("errors") else 200)


def _shown_value(name: str, value: str) -> str:
    """Return a value as people write it: days as 31/12/2026."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if name == "due_on" and value else value


def _shown(plan: Plan, difference: Difference) -> dict[str, Any]:
    changed = [
        {
            "code": code,
            "fields": [
                {"label": SHOWN_FIELDS[name], "before": _shown_value(name, before), "after": _shown_value(name, after)}
                for name, (before, after) in fields.items()
            ],
        }
        for code, fields in difference.changed.items()
    ]
    told = {
        "plan": plan.code, "seen": plan.changed_at.isoformat(), "changed": difference.changed,
        "added": difference.added, "missing": difference.missing,
    }  # fmt: skip
    return {
        "difference": difference,
        "errors": difference.errors,
        "changed": changed,
        # Signed: what is put in is what was shown, and nothing else.
        "told": "" if difference.errors or difference.is_empty else signing.dumps(told, salt=SALT, compress=True),
    }


def _put_in(request: SignedInRequest, plan: Plan) -> HttpResponse:
    try:
        told = signing.loads(request.POST["told"], salt=SALT, max_age=24 * 3600)
    except signing.BadSignature as forged:
        raise Http404 from forged
    if told["plan"] != plan.code:
        raise Http404
    try:
        import_rows(
            plan.code, changed=told["changed"], added=[(above, fields) for above, fields in told["added"]],
            dropped=told["missing"] if request.POST.get("bo") else [], actor=request.user,
            seen=datetime.fromisoformat(told["seen"]),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("plans:import", plan.code)
    messages.success(request, gettext("Đã nhập các thay đổi từ tệp. Có thể hoàn tác ở trang rà soát."))
    return redirect("plans:review", plan.code)
