"""Signing in and out, and opening a citizen's account."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import everyone, opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.organizations.actions.people import open_account
from motcua.organizations.forms import RegistrationForm, SignInForm

BACKEND = "motcua.organizations.gateways.sign_in.PasswordSignIn"


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else settings.LOGIN_REDIRECT_URL


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(everyone)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password; go on to where the person wanted to go."""
    if request.method == "POST":
        form = SignInForm(request.POST)
        if form.is_valid():
            account = authenticate(request, **form.cleaned_data)
            if account is not None:
                login(request, account)
                return redirect(_next(request))
            form.add_error(
                None,
                gettext("Tên đăng nhập hoặc mật khẩu không đúng. Sau năm lần sai, tài khoản tạm khóa 15 phút."),
            )
        status = 422
    else:
        form, status = SignInForm(), 200
    page = {"form": form, "next": request.POST.get("next") or request.GET.get("next") or ""}
    return render(request, "organizations/sign_in.html", page, status=status)


@require_POST
@opens_to(signed_in)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer.headers["Clear-Site-Data"] = '"cache"'  # the next person at this machine goes back to nothing
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(everyone)
def register(request: HttpRequest) -> HttpResponse:
    """Open a citizen's account and sign in with it."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = open_account(actor="", **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            login(request, account, backend=BACKEND)
            return redirect(_next(request))
    status = 422 if form.errors else 200
    return render(request, "organizations/register.html", {"form": form}, status=status)
