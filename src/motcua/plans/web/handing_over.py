"""What units that are no more left open, and who has it from now on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, may_control
from motcua.plans.actions.handing_over import hand_over
from motcua.plans.forms import unit_choices
from motcua.plans.opening_forms import HandOverForm
from motcua.plans.queries.beginning import Leftover, leftovers


def _form(left: Leftover, data: object = None) -> HandOverForm:
    return HandOverForm(
        data, units=unit_choices(left.successors), initial={"unit": left.unit.pk}, auto_id=f"u{left.unit.pk}_%s"
    )


@require_http_methods(["GET", "POST"])
@opens_to(may_control)
def handing_over(request: SignedInRequest) -> HttpResponse:
    """Units that are no more with open work or plans; each is given to a successor."""
    found = leftovers(request.user)
    forms = {left.unit.pk: _form(left) for left in found}
    if request.method == "POST":
        left = next((each for each in found if str(each.unit.pk) == request.POST.get("unit", "")), None)
        if left is not None:
            form = forms[left.unit.pk] = _form(left, request.POST)
            if form.is_valid():
                to = next(unit for unit in left.successors if unit.code == form.cleaned_data["to"])
                try:
                    count = hand_over(left.unit, to=to, actor=request.user)
                except Refused as refusal:
                    form.add_error(None, refusal.message)
                else:
                    words = gettext("Đã chuyển %(count)s phần việc sang %(unit)s.") % {"count": count, "unit": to}
                    messages.success(request, words)
                    return redirect("plans:handing_over")
    page = {"rows": [{"left": left, "form": forms[left.unit.pk]} for left in found]}
    is_refused = any(form.errors for form in forms.values())
    return render(request, "plans/handing_over.html", page, status=422 if is_refused else 200)
