"""Addresses of assessments."""

from django.urls import path

from motcua.assessments.web import grades, public, results, rounds, schemes, sets, sheets

app_name = "assessments"

urlpatterns = [
    path("danh-gia/", rounds.rounds, name="rounds"),
    path("danh-gia/bo-tieu-chi/", sets.sets, name="sets"),
    path("danh-gia/bo-tieu-chi/moi", sets.new_set, name="new_set"),
    path("danh-gia/bo-tieu-chi/mau.xlsx", sets.template, name="template"),
    path("danh-gia/bo-tieu-chi/<int:pk>", sets.version, name="version"),
    path("danh-gia/bo-tieu-chi/<int:pk>/xuat.xlsx", sets.version_file, name="version_file"),
    path("danh-gia/bo-tieu-chi/<int:pk>/<str:verb>", sets.act, name="version_act"),
    path("danh-gia/cong-bo/", public.published, name="published"),
    path("danh-gia/cong-bo/<str:code>", public.publication, name="publication"),
    path("danh-gia/cong-bo/<str:code>/don-vi/<str:unit>", public.unit_result, name="unit_result"),
    path("danh-gia/xep-loai/", grades.grade_lists, name="grade_lists"),
    path("danh-gia/xep-loai/cach/<slug:code>", schemes.scheme, name="scheme"),
    path("danh-gia/xep-loai/<str:code>", grades.grade_list, name="grade_list"),
    path("danh-gia/xep-loai/<str:code>/xuat.<str:file_format>", grades.export, name="grade_list_file"),
    path("danh-gia/xep-loai/<str:code>/<str:verb>", grades.act, name="grade_list_act"),
    path("danh-gia/<str:code>/", rounds.round_page, name="round"),
    path("danh-gia/<str:code>/ket-qua", results.results_page, name="results"),
    path("danh-gia/<str:code>/ket-qua/xuat.<str:file_format>", results.export, name="results_file"),
    path("danh-gia/<str:code>/dieu-hanh/<str:verb>", rounds.act, name="round_act"),
    path("danh-gia/<str:code>/don-vi/<str:unit>", sheets.sheet, name="sheet"),
    path("danh-gia/<str:code>/don-vi/<str:unit>/minh-chung/<int:pk>", sheets.evidence, name="evidence"),
    path("danh-gia/<str:code>/don-vi/<str:unit>/tieu-chi/<str:criterion>", sheets.criterion, name="criterion"),
    path("danh-gia/<str:code>/don-vi/<str:unit>/viec/<str:verb>", sheets.act, name="sheet_act"),
]
