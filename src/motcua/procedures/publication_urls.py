"""Addresses of publication; those under ``thu-tuc/`` stand before ``thu-tuc/<code>``."""

from django.urls import path

from motcua.procedures.web import content, decision, fee_rates, open_data, posting, publication, versions

PUBLICATION = [
    path("cong-bo/", publication.publication, name="publication"),
    path("cong-bo/thoi-han", publication.late, name="lateness"),
    path("cong-bo/de-xuat/", publication.proposals, name="proposals"),
    path("cong-bo/de-xuat/doi-chieu", publication.compare_national, name="compare_national"),
    path("cong-bo/de-xuat/<str:code>", publication.proposal, name="proposal"),
    path("cong-bo/bo-quoc-gia", publication.load_national, name="load_national"),
    path("cong-bo/quyet-dinh/<str:code>", decision.decision, name="decision"),
    path("cong-bo/quyet-dinh/<str:code>/van-ban.<str:file_format>", decision.decision_file, name="decision_file"),
    path("cong-bo/quyet-dinh/<str:code>/dong/<int:position>", content.content, name="decision_content"),
    path("cong-bo/quyet-dinh/<str:code>/<str:verb>", decision.act, name="decision_act"),
    path("cong-bo/muc-phi/", fee_rates.fee_rates, name="fee_rates"),
    path("cong-bo/muc-phi/tep", fee_rates.load, name="load_fee_rates"),
    path("cong-bo/muc-phi/danh-sach.<slug:kind>", fee_rates.fee_rates_file, name="fee_rates_file"),
    path("cong-bo/muc-phi/<int:number>/thoi", fee_rates.end, name="end_fee_rate"),
    path("cong-bo/niem-yet/", posting.postings, name="postings"),
    path("cong-bo/niem-yet/<str:code>", posting.posting, name="posting"),
    path("thu-tuc/niem-yet/<str:code>", posting.posted_list, name="posted_list"),
    path("thu-tuc/niem-yet/<str:code>/ban-in", posting.posting_pdf, name="posting_pdf"),
    path("thu-tuc/danh-muc.jsonld", open_data.linked, name="linked_data"),
    path("thu-tuc/thay-doi.atom", open_data.feed, name="change_feed"),
    path("thu-tuc/<str:code>/so-sanh", versions.compared, name="compared"),
    path("thu-tuc/<str:code>/tham-quyen", versions.standing, name="standing"),
]
