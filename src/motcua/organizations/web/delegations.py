"""Who stands in for whom: delegations of a post for some days, as on leave."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, may_lend, official
from motcua.organizations.actions.delegating import delegate, end_delegation
from motcua.organizations.delegations import delegations_around, posts_to_lend, substitutes_for
from motcua.organizations.forms import DelegationForm
from motcua.organizations.models import Delegation


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(official)
def delegations(request: SignedInRequest) -> HttpResponse:
    """List the delegations that concern the reader; name a substitute."""
    account = request.user
    posts = posts_to_lend(account)
    people = substitutes_for(posts)
    form = DelegationForm(request.POST or None, posts=posts, people=people)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            delegate(
                next(post for post in posts if post.pk == data["post"]),
                to_account=next(each for each in people if each.code == data["to_account"]),
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                reason=data["reason"],
                actor=account.code,
            )
            messages.success(request, gettext("Đã ghi người làm thay."))
            return redirect("organizations:delegations")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    rows = [
        {
            "delegation": each,
            "is_now": each.valid_from <= today(),
            "is_mine": each.to_account_id == account.pk,
            "may_end": may_lend(account, each.post),
        }
        for each in delegations_around(account)
    ]
    page = {"rows": rows, "form": form, "may_lend": bool(posts)}
    return render(request, "organizations/delegations.html", page, status=422 if form.errors else 200)


@require_POST
@opens_to(official)
def end(request: SignedInRequest, number: int) -> HttpResponse:
    """End a delegation at once."""
    found = Delegation.objects.select_related("post__unit").filter(pk=min(number, 2**63 - 1)).first()
    if found is None or not may_lend(request.user, found.post):
        raise Http404
    try:
        end_delegation(found, actor=request.user.code)
        messages.success(request, gettext("Đã thôi ủy quyền."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("organizations:delegations")
