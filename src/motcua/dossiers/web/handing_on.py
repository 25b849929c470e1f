"""Handing on all that one person has in hand, as on leave or at a change of post: chosen, previewed, done, undone."""

from django.core import signing
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.dossiers.access.late import may_assign
from motcua.dossiers.actions import bulk
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account, Post, in_force
from motcua.organizations.states import LEADER, UNIT_HEAD
from motcua.workflow.models import OPEN, PAUSED, Run

UNDO_FOR = 3600  # seconds for which the button to take back is good
_SALT = "dossiers.handing_on"


@never_cache
@require_GET
@opens_to(may_assign)
def choose(request: SignedInRequest) -> HttpResponse:
    """Whose work goes to whom; once both are chosen, each dossier with where it stands and why it cannot go."""
    people = _people(request.user)
    of = people.get(request.GET.get("cua", ""))
    to = people.get(request.GET.get("cho", ""))
    held = bulk.held_by(of, to=to, actor=request.user) if of else []
    error = gettext("Hai người phải khác nhau.") if of and of == to else ""
    counts = _holders(request.user)
    page = {
        "stage": "preview" if of and to and not error else "choose",
        "people": [(each, counts.get(each.code, 0)) for each in people.values()],
        "of": of,
        "to": to,
        "held": held,
        "going": [each for each in held if not each.refusal],
        "error": error,
    }
    return render(request, "dossiers/handing_on.html", page, status=422 if error else 200)


@never_cache
@require_POST
@opens_to(may_assign)
def hand_on(request: SignedInRequest) -> HttpResponse:
    """Hand on what is ticked; what moved meanwhile is told, the rest goes."""
    people = _people(request.user)
    of, to = people.get(request.POST.get("cua", "")), people.get(request.POST.get("cho", ""))
    if of is None or to is None or of == to:
        raise Http404
    return _done(request, [_place(text) for text in request.POST.getlist("ma")[: bulk.MOST_AT_ONCE]], of, to)


@never_cache
@require_POST
@opens_to(may_assign)
def undo(request: SignedInRequest) -> HttpResponse:
    """Give back what was just handed on, as far as the other still has it."""
    try:
        of, to, places = signing.loads(request.POST.get("handed", ""), salt=_SALT, max_age=UNDO_FOR)
    except signing.BadSignature as error:
        raise Http404 from error
    people = _people(request.user)
    if of not in people or to not in people:
        raise Http404
    return _done(request, [(code, position) for code, position in places], people[to], people[of], is_undo=True)


def _done(
    request: SignedInRequest, places: list[tuple[str, int]], of: Account, to: Account, *, is_undo: bool = False
) -> HttpResponse:
    done, refused = bulk.hand_on_many(places, of=of, to=to, actor=request.user)
    gone = set(done)
    words = ngettext("Đã giao %(count)s hồ sơ cho %(name)s.", "Đã giao %(count)s hồ sơ cho %(name)s.", len(done))
    handed = [of.code, to.code, [place for place in places if place[0] in gone]]
    page = {
        "stage": "undone" if is_undo else "done",
        "done": done,
        "refused": refused,
        "summary": words % {"count": len(done), "name": to.full_name},
        "sealed": signing.dumps(handed, salt=_SALT),
    }
    return render(request, "dossiers/handing_on.html", page)


def _place(text: str) -> tuple[str, int]:
    code, _at, position = text.rpartition("@")
    return code, int(position) if position.isdecimal() and len(position) < 6 else -1


def _people(account: Account) -> dict[str, Account]:
    """Return the people of the units that the account leads, and who stands in for them, by code."""
    units = list(account.units_as(UNIT_HEAD, LEADER))
    posts = Post.objects.filter(in_force(today()), unit__in=units).select_related("account")
    found = {post.account.code: post.account for post in posts}
    lent = Account.objects.filter(
        in_force(today(), "delegations_received__"), delegations_received__post__unit__in=units
    )
    found |= {each.code: each for each in lent}
    return dict(sorted(found.items(), key=lambda item: item[1].full_name))


def _holders(account: Account) -> dict[str, int]:
    """Return how many dossiers each person of the units has claimed, by account code."""
    units = list(account.units_as(UNIT_HEAD, LEADER))
    held = Run.objects.filter(unit__in=units, kind="dossier", state__in=[OPEN, PAUSED], assignee__isnull=False)
    return dict(held.values_list("assignee__code").annotate(count=Count("pk")).order_by())
