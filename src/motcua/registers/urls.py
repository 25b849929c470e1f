"""Addresses of registers."""

from django.urls import path

from motcua.registers.web import boards, defining, entries, importing, pages, public

app_name = "registers"

urlpatterns = [
    path("so-cong-khai/", public.registers, name="public_registers"),
    path("so-cong-khai/<slug:register>", public.register, name="public_register"),
    path("so-cong-khai/<slug:register>.<slug:file_format>", public.open_data, name="open_data"),
    path("so-theo-doi/", pages.registers, name="registers"),
    path("dinh-nghia-so/", defining.definitions, name="definitions"),
    path("dinh-nghia-so/<slug:register>", defining.define, name="define"),
    path("dinh-nghia-so/<slug:register>/phien-ban/<int:number>.json", defining.as_json, name="definition_json"),
    path("dinh-nghia-so/<slug:register>/<slug:verb>", defining.act, name="define_act"),
    path("so-theo-doi/<slug:register>/", pages.entries, name="entries"),
    path("so-theo-doi/<slug:register>/ghi", entries.keep, name="keep"),
    path("so-theo-doi/<slug:register>/theo-doi", boards.board, name="board"),
    path("so-theo-doi/<slug:register>/nguoi-giu", defining.trusts, name="trusts"),
    path("so-theo-doi/<slug:register>/nguoi-giu/<int:pk>/thoi", defining.end_trust, name="end_trust"),
    path("so-theo-doi/<slug:register>/nhap", importing.upload, name="import"),
    path("so-theo-doi/<slug:register>/nhap/mau.xlsx", importing.template, name="import_template"),
    path("so-theo-doi/<slug:register>/nhap/<int:pk>", importing.looked_at, name="import_draft"),
    path("so-theo-doi/<slug:register>/nhap/<int:pk>/<slug:verb>", importing.decide, name="import_decide"),
    path("so-theo-doi/<slug:register>/<slug:code>", entries.entry, name="entry"),
    path("so-theo-doi/<slug:register>/<slug:code>/sua", entries.amend, name="amend"),
    path("so-theo-doi/<slug:register>/<slug:code>/chuyen/<slug:way>", entries.move, name="move"),
    path("so-theo-doi/<slug:register>/<slug:code>/tep/them/<slug:field>", entries.attach, name="attach"),
    path("so-theo-doi/<slug:register>/<slug:code>/tep/<int:pk>", entries.file, name="file"),
    path("so-theo-doi/<slug:register>/<slug:code>/tep/<int:pk>/bo/<slug:field>", entries.take_off, name="take_off"),
]
