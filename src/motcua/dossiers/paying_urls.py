"""Addresses of paying a dossier's fee; they stand before ``ho-so/<code>/<action>``."""

from django.urls import path

from motcua.dossiers.web import paying

PAYING = [
    path("ho-so/<str:code>/thanh-toan", paying.pay, name="pay"),
    path("ho-so/<str:code>/thanh-toan/truc-tuyen", paying.begin, name="pay_online"),
    path("ho-so/<str:code>/thanh-toan/hoan", paying.ask_refund, name="ask_refund"),
    path("ho-so/<str:code>/bien-lai", paying.issue_receipt, name="issue_receipt"),
    path("ho-so/<str:code>/bien-lai/<int:number>", paying.receipt, name="fee_receipt"),
    path("ho-so/<str:code>/bien-lai/<int:number>/huy", paying.cancel_receipt, name="cancel_receipt"),
]
