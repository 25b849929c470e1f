"""Addresses of dossiers. Those of the dossier's page and of tracking stand in QR codes (``addresses``)."""

from django.urls import path

from motcua.dossiers.web import acting, behind, counter, dossier, filing, papers, registers, tracking

app_name = "dossiers"

urlpatterns = [
    path("nop-ho-so/<str:procedure>", filing.start, name="start"),
    path("nop-ho-so/<str:procedure>/kiem-tra", filing.check, name="check"),
    path("nop-ho-so/<str:procedure>/xong/<str:code>", filing.filed, name="filed"),
    path("nop-ho-so/bo/<uuid:key>", filing.drop, name="drop_draft"),
    path("tiep-nhan/", counter.counter, name="counter"),
    path("tiep-nhan/<str:procedure>", counter.take_in, name="take_in"),
    path("tiep-nhan/<str:procedure>/xong/<str:code>", counter.taken_in, name="taken_in"),
    path("tra-cuu/", tracking.track_form, name="track"),
    path("tra-cuu/<str:code>", tracking.tracking, name="tracking"),
    path("ho-so-cua-toi/", registers.mine, name="mine"),
    path("ho-so/", registers.register_page, name="register"),
    path("ho-so/so-lieu", behind.behind, name="behind"),
    path("ho-so/<str:code>", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/thoi-han", dossier.ledger, name="ledger"),
    path("ho-so/<str:code>/giay-tiep-nhan", papers.receipt, name="receipt"),
    path("ho-so/<str:code>/phieu-yeu-cau-bo-sung", papers.supplement_slip, name="supplement_slip"),
    path("ho-so/<str:code>/phieu-tu-choi", papers.refusal_slip, name="refusal_slip"),
    path("ho-so/<str:code>/giay-to/<int:paper_id>", papers.paper, name="paper"),
    path("ho-so/<str:code>/ket-qua", papers.result, name="result"),
    path("ho-so/<str:code>/to-khai", papers.declaration, name="declaration"),
    path("ho-so/<str:code>/<slug:action>", acting.act, name="act"),
]
