"""Addresses of payments. The two under ``thanh-toan/`` are told to gateways (``addresses``)."""

from django.urls import path

from motcua.payments.web import books, gateway, refunds, statements

app_name = "payments"

urlpatterns = [
    path("thanh-toan/bao", gateway.notice, name="notice"),
    path("thanh-toan/ve/<str:number>", gateway.returned, name="returned"),
    path("thu-phi/", books.fees, name="fees"),
    path("thu-phi/danh-sach.csv", books.fees_file, name="fees_file"),
    path("thu-phi/tai-khoan/", books.accounts, name="accounts"),
    path("thu-phi/tai-khoan/<int:number>/thoi", books.stop_account, name="stop_account"),
    path("thu-phi/hoan/", refunds.refunds, name="refunds"),
    path("thu-phi/hoan/giao-dich/<int:number>", refunds.ask_stray, name="ask_stray"),
    path("thu-phi/hoan/<str:number>", refunds.refund, name="refund"),
    path("thu-phi/hoan/<str:number>/<slug:verb>", refunds.refund_act, name="refund_act"),
    path("thu-phi/doi-soat/", statements.statements, name="statements"),
    path("thu-phi/doi-soat/<slug:gateway>/<str:day>", statements.statement, name="statement"),
    path(
        "thu-phi/doi-soat/<slug:gateway>/<str:day>/chenh-lech.csv",
        statements.differences_file,
        name="differences_file",
    ),
    path(
        "thu-phi/doi-soat/<slug:gateway>/<str:day>/<int:number>/<slug:verb>",
        statements.difference_act,
        name="difference_act",
    ),
]
