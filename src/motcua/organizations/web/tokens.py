"""The account's own API keys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to, signed_in
from motcua.organizations.access import SignedInRequest
from motcua.organizations.actions.people import issue_token, revoke_token
from motcua.organizations.forms import TokenForm
from motcua.organizations.models import ApiToken


@require_http_methods(["GET", "POST"])
@opens_to(signed_in)
def tokens(request: SignedInRequest) -> HttpResponse:
    """List the account's keys; issue a new one, shown this once."""
    form = TokenForm(request.POST or None)
    key = ""
    if request.method == "POST" and form.is_valid():
        key = issue_token(
            request.user,
            name=form.cleaned_data["name"],
            expires_on=form.expires_on(),
            actor=request.user.code,
        )
        form = TokenForm()
    page = {
        "form": form,
        "key": key,
        "tokens": ApiToken.objects.filter(account=request.user).order_by("-created_at"),
        "today": today(),
    }
    return render(request, "organizations/tokens.html", page, status=422 if form.errors else 200)


@require_POST
@opens_to(signed_in)
def revoke(request: SignedInRequest, token_id: int) -> HttpResponse:
    """Revoke one of the account's keys."""
    token = get_object_or_404(ApiToken.objects.select_related("account"), pk=token_id, account=request.user)
    revoke_token(token, actor=request.user.code)
    messages.success(request, gettext("Đã thu hồi khóa “%(name)s”.") % {"name": token.name})
    return redirect("organizations:tokens")
