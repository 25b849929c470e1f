"""Addresses of reports."""

from django.urls import path

from motcua.reports.web import checking, pages

app_name = "reports"

urlpatterns = [
    path("bao-cao/", pages.reports, name="reports"),
    path("bao-cao/kiem-tra", checking.check_file, name="check_file"),
    path("bao-cao/<str:code>/xuat.<str:file_format>", pages.export, name="export"),
    path("bao-cao/<str:code>/phu-luc/<int:appendix>", pages.sheet, name="sheet"),
    path("bao-cao/<str:code>/<str:verb>", pages.act, name="act"),
    path("bao-cao/<str:code>", pages.report, name="report"),
]
