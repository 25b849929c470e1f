"""The outbox for administrators: what waits, what was given up and why, never the words or the whole address."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.notifications.access import may_see_outbox
from motcua.notifications.actions.outbox import drop, retry
from motcua.notifications.gateways.ways import is_open
from motcua.notifications.kinds import CODE, kinds
from motcua.notifications.models import Message
from motcua.notifications.queries import PAGE, outbox, outbox_counts
from motcua.notifications.states import CHANNELS, DEAD, FAULTS, STATES
from motcua.organizations.access import SignedInRequest

ACTIONS = {"gui-lai", "bo"}
LARGEST = 2**63 - 1


@never_cache
@require_GET
@opens_to(may_see_outbox)
def outbox_page(request: SignedInRequest) -> HttpResponse:
    """Counts by channel and the newest messages of a state; those that were given up first of all."""
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in STATES else DEAD
    counts = outbox_counts()
    page = {
        "channels": [
            {"label": label, "is_open": is_open(code), "counts": counts[code].values()}
            for code, label in CHANNELS.items()
        ],
        "states": STATES.values(),
        "tabs": [
            {
                "label": label,
                "url": f"?trang-thai={code}",
                "active": code == state,
                "count": sum(each[code] for each in counts.values()),
            }
            for code, label in STATES.items()
        ],
        "rows": [_row(message) for message in outbox(state)],
        "is_dead": state == DEAD,
        "most": PAGE,
    }
    return render(request, "notifications/outbox.html", page)


@require_POST
@opens_to(may_see_outbox)
def act(request: SignedInRequest, message_id: int, action: str) -> HttpResponse:
    """Send a message that was given up again, or let it go."""
    if action not in ACTIONS:
        raise Http404
    try:
        if action == "gui-lai":
            retry(min(message_id, LARGEST), actor=request.user)
            messages.success(request, gettext("Thông báo sẽ được gửi lại trong vòng một phút."))
        else:
            drop(min(message_id, LARGEST), actor=request.user)
            messages.success(request, gettext("Đã bỏ thông báo."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("notifications:outbox")


def _row(message: Message) -> dict[str, object]:
    kind = CODE if message.kind == CODE.code else kinds().get(message.kind)
    return {
        "message": message,
        "channel": CHANNELS.get(message.channel, message.channel),
        "kind": kind.label if kind else message.kind,
        "fault": FAULTS.get(message.fault, ""),
    }
