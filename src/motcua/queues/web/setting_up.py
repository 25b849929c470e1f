"""Setting a hall up: its groups of services and windows, and the addresses of its machines."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, has_role_in, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.states import ADMINISTRATOR, LEADER, ONE_STOP, UNIT_HEAD
from motcua.queues.access import halls_managed_by, may_manage_halls
from motcua.queues.actions.halls import set_up_group, set_up_hall, set_up_window
from motcua.queues.forms import GroupForm, HallForm, WindowForm
from motcua.queues.models import Hall

MOST_UNITS = 500


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_manage_halls)
def halls(request: SignedInRequest) -> HttpResponse:
    """The halls that the reader may set up, and a form for another one."""
    units = _units(request)
    form = HallForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = next(unit for unit in units if unit.code == data["unit"])
        try:
            made = set_up_hall(
                data["code"], name=data["name"], unit=unit, is_in_use=data["is_in_use"], actor=request.user
            )  # fmt: skip
            return redirect("queues:set_up_hall", made.code)
        except Refused as refusal:
            form.add_error(refused_field(form, refusal), refusal.message)
    page = {"halls": halls_managed_by(request.user), "form": form if units else None}
    return render(request, "queues/set_up.html", page, status=422 if form.errors else 200)


def refused_field(form: Any, refusal: Refused) -> str | None:
    """Return the field of the form at which a refusal is shown; None: above all."""
    return refusal.field if refusal.field in form.fields else None


def _units(request: SignedInRequest) -> list[Unit]:
    """Return the one-stop units for which the reader may establish a hall."""
    one_stops = Unit.objects.in_force().filter(kind=ONE_STOP)
    overseen = [scope_of(post) for post in request.user.posts_now if post.role == ADMINISTRATOR]
    own = [
        post.unit
        for post in request.user.posts_now
        if post.unit.kind == ONE_STOP and has_role_in(request.user, post.unit, UNIT_HEAD, LEADER)
    ]
    found = {unit.pk: unit for unit in [*one_stops.below(*overseen)[:MOST_UNITS], *own]}
    return sorted(found.values(), key=lambda unit: unit.sort_key)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_manage_halls)
def hall(request: SignedInRequest, hall: str) -> HttpResponse:
    """One hall: change its groups and windows; ``?nhom=A`` or ``?quay=3`` fills a form with what is there."""
    found = next((each for each in halls_managed_by(request.user) if each.code == hall), None)
    if found is None:
        raise Http404
    group_form, window_form = _forms(request, found)
    if request.method == "POST":
        form = group_form if request.POST.get("form") == "group" else window_form
        if form.is_valid():
            try:
                _save(form, found, request)
                messages.success(request, gettext("Đã lưu."))
                return redirect("queues:set_up_hall", hall)
            except Refused as refusal:
                form.add_error(refused_field(form, refusal), refusal.message)
    page = {
        "hall": found,
        "groups": found.groups.order_by("position", "letter"),
        "windows": found.windows.prefetch_related("groups").order_by("number"),
        "group_form": group_form,
        "window_form": window_form,
    }
    is_faulty = bool(group_form.errors or window_form.errors)
    return render(request, "queues/set_up_hall.html", page, status=422 if is_faulty else 200)


def _forms(request: SignedInRequest, hall: Hall) -> tuple[GroupForm, WindowForm]:
    sent = request.POST.get("form") if request.method == "POST" else ""
    group = hall.groups.filter(letter=request.GET.get("nhom", "")[:2].replace("\0", "")).first()
    wanted = request.GET.get("quay", "")
    window = hall.windows.filter(number=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 5 else None
    shown_group = {
        name: getattr(group, name)
        for name in ("letter", "name", "name_en", "usual_minutes", "appointments", "is_in_use")
    } if group else None  # fmt: skip
    shown_window = {
        "number": window.number,
        "letters": list(window.groups.values_list("letter", flat=True)),
        "is_in_use": window.is_in_use,
    } if window else None  # fmt: skip
    return (
        GroupForm(request.POST if sent == "group" else None, initial=shown_group, prefix="nhom"),
        WindowForm(request.POST if sent == "window" else None, hall=hall, initial=shown_window, prefix="quay"),
    )


def _save(form: GroupForm | WindowForm, hall: Hall, request: SignedInRequest) -> None:
    data = dict(form.cleaned_data)
    if isinstance(form, GroupForm):
        set_up_group(hall, data.pop("letter").upper(), **data, actor=request.user)
    else:
        set_up_window(hall, data.pop("number"), **data, actor=request.user)
