"""Addresses of reports."""

from django.urls import path

from motcua.reports.web import checking, grid, own_forms, pages, regimes, requests, rounds, words

app_name = "reports"

urlpatterns = [
    path("bao-cao/", pages.reports, name="reports"),
    path("bao-cao/kiem-tra", checking.check_file, name="check_file"),
    path("bao-cao/bieu-cua-tinh", own_forms.own_forms_page, name="own_forms"),
    path("bao-cao/bieu-cua-tinh/<int:pk>", own_forms.own_form, name="own_form"),
    path("bao-cao/bieu-cua-tinh/<int:pk>/<str:verb>", own_forms.own_form_act, name="own_form_act"),
    path("bao-cao/che-do", regimes.regimes, name="regimes"),
    path("bao-cao/theo-doi", rounds.board, name="board"),
    path("bao-cao/theo-doi/mo", rounds.open_round, name="open_round"),
    path("bao-cao/theo-doi/ngay-gui", rounds.sending_day, name="sending_day"),
    path("bao-cao/yeu-cau/", requests.requests_page, name="requests"),
    path("bao-cao/yeu-cau/<str:code>", requests.request_page, name="request"),
    path("bao-cao/yeu-cau/<str:code>/<str:verb>", requests.request_act, name="request_act"),
    path("bao-cao/<str:code>/loi-van", words.narrative, name="narrative"),
    path("bao-cao/<str:code>/ban/<int:number>", words.version, name="version"),
    path("bao-cao/<str:code>/phu-luc/<int:appendix>/kiem-tra", grid.live_check, name="live_check"),
    path("bao-cao/<str:code>/phu-luc/<int:appendix>/dong", grid.lines, name="lines"),
    path("bao-cao/<str:code>/phu-luc/<int:appendix>/tra-lai", grid.return_cells, name="return_cells"),
    path("bao-cao/<str:code>/phu-luc/<int:appendix>/o/<str:row>", grid.cell, name="cell"),
    path("bao-cao/<str:code>/xuat.<str:file_format>", pages.export, name="export"),
    path("bao-cao/<str:code>/phu-luc/<int:appendix>", grid.sheet, name="sheet"),
    path("bao-cao/<str:code>/<str:verb>", pages.act, name="act"),
    path("bao-cao/<str:code>", pages.report, name="report"),
]
