"""The counter: what waits for reception and return, finding a procedure to take in, and what was just done."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to
from motcua.base.paging import after_of, key_of
from motcua.dossiers.access.dossier import may_receive_at_counter
from motcua.dossiers.actions.filing import KIND
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier, PaperHandOver
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.dossiers.states import RECEIVE, REFUSED, RETURN, SUPPLEMENT_BEFORE
from motcua.dossiers.web.choices import procedures_at
from motcua.dossiers.web.qr import qr_svg
from motcua.organizations.access import SignedInRequest
from motcua.organizations.states import RECEPTION
from motcua.payments.queries import fee_of
from motcua.procedures.queries import search
from motcua.workflow.models import OPEN, Run

PAGE = 50
HITS = 12
WAITS = {"tiep-nhan": RECEIVE, "tra-ket-qua": RETURN}
# What was done at the counter, by the state it led to: the slip to print and the words for it.
SLIPS = {
    SUPPLEMENT_BEFORE: ("phieu-yeu-cau-bo-sung", _("Đã hướng dẫn hoàn thiện hồ sơ")),
    REFUSED: ("phieu-tu-choi", _("Đã từ chối tiếp nhận")),
}


@never_cache
@require_GET
@opens_to(may_receive_at_counter)
def counter(request: SignedInRequest) -> HttpResponse:
    """What waits for reception or to be returned, soonest due first, beside the search of a procedure to take in."""
    counters = list(request.user.units_as(RECEPTION))
    wanted = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("viec", "")
    kind = kind if kind in WAITS else "tiep-nhan"
    ticket = request.GET.get("so", "")[:40]  # the number that a window of the hall has called
    hits = _hits(wanted, counters) if wanted else []
    if len(hits) == 1 or hits and hits[0].code == wanted:  # nothing to choose: on without another press
        address = reverse("dossiers:take_in", args=[hits[0].code])
        return redirect(f"{address}?{urlencode({'so': ticket})}" if ticket else address)
    runs, after = _waiting(counters, WAITS[kind], request.GET.get("after", ""))
    names = dict(Dossier.objects.filter(code__in=[run.subject for run in runs]).values_list("code", "applicant_name"))
    page = {
        "rows": [{"run": run, "applicant": names.get(run.subject, "")} for run in runs],
        "after": after,
        "q": wanted,
        "ticket": ticket,
        "hits": hits,
        "counters": counters,
        "kind": kind,
        "tabs": [
            {"label": label, "url": f"?viec={slug}", "active": slug == kind}
            for slug, label in (("tiep-nhan", gettext("Chờ tiếp nhận")), ("tra-ket-qua", gettext("Chờ trả kết quả")))
        ],
    }
    return render(request, "dossiers/counter.html", page)


def _waiting(counters: list[Any], phase: str, after: str) -> tuple[list[Run], str]:
    found = Run.objects.filter(state=OPEN, kind=KIND, phase=phase, role=RECEPTION, unit__in=counters)
    if after:
        instant, number = key_of(after)
        found = found.filter(due_at__gte=instant).exclude(due_at=instant, pk__lte=number)
    runs = list(found.select_related("unit", "competent_unit").order_by("due_at", "id")[: PAGE + 1])
    last = runs[PAGE - 1] if len(runs) > PAGE else None
    return runs[:PAGE], after_of((last.due_at, last.pk) if last else None)


def _hits(wanted: str, counters: list[Any]) -> list[Any]:
    codes = procedures_at(counters)
    hits = [hit.entry for hit in search(wanted, limit=500).hits if hit.entry.code in codes]
    return hits[:HITS]


@never_cache
@require_GET
@opens_to(may_receive_at_counter)
def taken_in(request: SignedInRequest, procedure: str, code: str) -> HttpResponse:
    """Confirm: the code, the promise and the slip to print, or why not; and on to the next one."""
    if "\0" in code:
        raise Http404
    dossier, run = dossier_of(code, account=request.user), run_of(code)
    slug, words = SLIPS.get(dossier.state, ("giay-tiep-nhan", _("Đã tiếp nhận hồ sơ")))
    page = {
        "dossier": dossier,
        "run": run,
        "slip": slug,
        "words": words,
        "guidance": dossier.guidances.order_by("-id").first() if dossier.state == SUPPLEMENT_BEFORE else None,
        "is_passed_on": dossier.received_at is not None and run.unit_id != dossier.receiving_unit_id,
        "papers_given": PaperHandOver.objects.filter(dossier=dossier, received_at__isnull=True).exists(),
        "fee": fee_of(code) if dossier.has_fee else None,
        "tracking_url": tracking_of(code),
        "qr": qr_svg(tracking_of(code), label=gettext("Mã QR của trang tra cứu hồ sơ %(code)s") % {"code": code}),
    }
    return render(request, "dossiers/taken_in.html", page)
