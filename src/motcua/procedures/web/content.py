"""The parts of a procedure that a decision makes new or changes, typed by the control office."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.procedures.access import may_publish
from motcua.procedures.actions.deciding import write_content
from motcua.procedures.publication_forms import ContentForm
from motcua.procedures.publication_queries import content_for, decision_for
from motcua.procedures.publishing_states import EDITABLE
from motcua.procedures.rules.cells import CODE
from motcua.procedures.rules.typed_content import row_of, typed_of


@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def content(request: SignedInRequest, code: str, position: int) -> HttpResponse:
    """Begin from what is known of the procedure; keep what is typed with the row, checked like an import."""
    decision = decision_for(code)
    row = decision.rows.filter(position=position).first() if decision else None
    if decision is None or row is None or decision.state not in EDITABLE:
        raise Http404
    known = content_for(row, decision) if CODE.fullmatch(row.procedure_code) else None
    form = ContentForm(request.POST or None, initial=typed_of(known) if known else {})
    if request.method == "POST" and form.is_valid():
        try:
            write_content(code, position, actor=request.user, content=row_of(form.cleaned_data))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã lưu nội dung thủ tục."))
            return redirect("procedures:decision", code)
    page = {"decision": decision, "row": row, "form": form}
    return render(request, "procedures/decision_content.html", page, status=422 if form.errors else 200)
