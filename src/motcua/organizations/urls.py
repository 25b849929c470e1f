"""Addresses of sign-in, units and keys."""

from django.urls import path

from motcua.organizations.web import delegations, saved_views, sign_in, tokens, units

app_name = "organizations"

urlpatterns = [
    path("dang-nhap", sign_in.sign_in, name="sign_in"),
    path("dang-xuat", sign_in.sign_out, name="sign_out"),
    path("dang-ky", sign_in.register, name="register"),
    path("khoa-api", tokens.tokens, name="tokens"),
    path("khoa-api/<int:token_id>/thu-hoi", tokens.revoke, name="revoke_token"),
    path("bo-loc", saved_views.save, name="save_view"),
    path("bo-loc/da-luu", saved_views.kept, name="kept_views"),
    path("bo-loc/<int:view>", saved_views.change, name="change_view"),
    path("lam-thay/", delegations.delegations, name="delegations"),
    path("lam-thay/<int:number>/thoi", delegations.end, name="end_delegation"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/<str:code>", units.unit, name="unit"),
]
