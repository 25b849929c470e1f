"""What is reached from outside: the address for a gateway's notices, and the page to which a payer comes back."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import everyone, opens_to
from motcua.payments.actions import ordering
from motcua.payments.actions.receiving import receive_notice
from motcua.payments.actions.settling import LONGEST_BODY
from motcua.payments.gateways import connected
from motcua.payments.models import OPEN
from motcua.payments.states import BAD_SIGNATURE, ORDER_STATES, ORDER_TONES, UNREADABLE

MOST_LOOKS = (
    12  # of the page by itself, five seconds apart where scripts run; then, and without them, the payer presses
)
STATUS = {BAD_SIGNATURE: 401, UNREADABLE: 400}


@csrf_exempt  # a gateway has no page of ours; its signature is the proof
@never_cache
@require_POST
@opens_to(everyone)
def notice(request: HttpRequest) -> HttpResponse:
    """Take a notice; 200 tells the gateway not to send it again, whatever we made of it. Not one byte is trusted."""
    gateway = connected()
    if gateway is None:
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LONGEST_BODY:
        return JsonResponse({"verdict": UNREADABLE}, status=413)
    verdict = receive_notice(request.body, request.headers, gateway=gateway)
    return JsonResponse({"verdict": verdict}, status=STATUS.get(verdict, 200))


@never_cache
@require_GET
@opens_to(everyone)
def returned(request: HttpRequest, number: str) -> HttpResponse:
    """Tell a payer who comes back how the payment stands, by asking the gateway: what the browser brings is no proof.

    Whoever has the number sees the amount and whether it is paid; what for, only those signed in, on the next page.
    """
    order = ordering.check(number[:30].replace("\0", ""))
    if order is None:
        raise Http404
    looks = request.GET.get("lan", "0")
    look = int(looks) if looks.isascii() and looks.isdigit() and len(looks) < 3 else MOST_LOOKS
    page = {
        "order": order,
        "state": ORDER_STATES[order.state],
        "tone": ORDER_TONES[order.state],
        "looks_again": order.state == OPEN and look < MOST_LOOKS,
        "next_look": look + 1,
        "is_open": order.state == OPEN,
        "link": order.fee.link if request.user.is_authenticated else "",
    }
    return render(request, "payments/returned.html", page)
