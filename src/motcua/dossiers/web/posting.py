"""Lists of results and papers given to the post: drawn up, numbered, printed, sent, confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.pdf import to_pdf
from motcua.dossiers.access.dossier import may_receive_at_counter
from motcua.dossiers.actions import posting
from motcua.dossiers.actions.posting import Thing
from motcua.dossiers.models import PostList
from motcua.dossiers.queries.posting import address_of, items_of, lists_of, number_of, waiting_for_post
from motcua.dossiers.rendering.post_list import post_list_of
from motcua.dossiers.states import PAPERS, RESULT
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.states import RECEPTION


class PapersForm(forms.Form):
    """A dossier whose papers go by post: not found among the results that wait."""

    papers = forms.CharField(label=_("Mã hồ sơ gửi giấy tờ"), max_length=60, required=False)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_receive_at_counter)
def lists(request: SignedInRequest) -> HttpResponse:
    """What waits for the post at a counter of the reader, and the lists so far; a new list of what is ticked."""
    counters = _counters(request)
    unit = next((each for each in counters if each.code == request.GET.get("quay")), counters[0])
    error, form = "", PapersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = posting.make_list(unit, things=_things(request, form), actor=request.user)
            return redirect("dossiers:post_list", made.pk)
        except Refused as refusal:
            error = refusal.message
    page = {
        "unit": unit,
        "counters": counters,
        "rows": [
            {"dossier": each, "address": address_of(each), "number": number_of(each)} for each in waiting_for_post(unit)
        ],
        "lists": lists_of([unit]),
        "form": form,
        "error": error,
    }
    return render(request, "dossiers/post_lists.html", page, status=422 if error else 200)


@never_cache
@require_GET
@opens_to(may_receive_at_counter)
def post_list(request: SignedInRequest, number: int) -> HttpResponse:
    """One list with its things, and what is to be done next."""
    found = _of(request, number)
    page = {"list": found, "items": items_of(found)}
    return render(request, "dossiers/post_list.html", page)


@never_cache
@require_POST
@opens_to(may_receive_at_counter)
def change(request: SignedInRequest, number: int, action: str) -> HttpResponse:
    """Note the post's numbers, take a thing off, send the list, or note that the post signed."""
    found, doing = _of(request, number), _CHANGES.get(action)
    if doing is None:
        raise Http404
    try:
        messages.success(request, doing(found, request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("dossiers:post_list", found.pk)


@never_cache
@require_GET
@opens_to(may_receive_at_counter)
def sheet(request: SignedInRequest, number: int) -> HttpResponse:
    """The sheet to be signed, as PDF."""
    found = _of(request, number)
    response = HttpResponse(to_pdf(post_list_of(found, items_of(found))), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="bang-ke-{found.day:%Y}-{found.number}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _number(found: PostList, request: SignedInRequest) -> str:
    given = {
        int(name[3:]): text
        for name, text in request.POST.items()
        if name.startswith("so-") and name[3:].isdecimal() and len(name) < 20 and isinstance(text, str)
    }
    posting.number_items(found, numbers=given, actor=request.user)
    return gettext("Đã ghi số hiệu bưu gửi.")


def _drop(found: PostList, request: SignedInRequest) -> str:
    item = request.POST.get("bo", "")
    if not item.isdecimal() or len(item) > 18:
        raise Http404
    posting.drop_item(found, item=int(item), actor=request.user)
    return gettext("Đã bỏ khỏi bảng kê.")


def _send(found: PostList, request: SignedInRequest) -> str:
    posting.send_list(found, actor=request.user)
    return gettext("Đã giao bảng kê cho bưu chính.")


def _confirm(found: PostList, request: SignedInRequest) -> str:
    posting.confirm_list(found, missing=request.POST.get("thieu", ""), actor=request.user)
    return gettext("Đã ghi bưu chính ký nhận.")


_CHANGES = {"so-hieu": _number, "bo": _drop, "giao": _send, "ky-nhan": _confirm}


def _counters(request: SignedInRequest) -> list[Unit]:
    units = {unit.pk: unit for unit in request.user.units_as(RECEPTION)}
    return sorted(units.values(), key=lambda unit: unit.sort_key)


def _of(request: SignedInRequest, number: int) -> PostList:
    lists_here = PostList.objects.select_related("unit__parent").filter(unit__in=_counters(request))
    found = lists_here.filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def _things(request: SignedInRequest, form: Any) -> list[Thing]:
    things = [
        Thing(code[:60], RESULT, request.POST.get(f"so-{code}", "")[:60])
        for code in dict.fromkeys(request.POST.getlist("ma")[: posting.MOST_ITEMS])
    ]
    if code := form.cleaned_data["papers"].strip().upper():
        things.append(Thing(code, PAPERS))
    return things
