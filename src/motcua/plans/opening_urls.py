"""Addresses of how plans begin and how they relate; they stand before ``ke-hoach/<code>``."""

from django.urls import path

from motcua.plans.web import amending, cascade, drafting, ending, handing_over, intakes, readers

OPENING = [
    path("ke-hoach/soan", drafting.draft, name="draft"),
    path("ke-hoach/chuyen-don-vi", handing_over.handing_over, name="handing_over"),
    path("ke-hoach/tai-len/<str:code>", intakes.intake, name="intake"),
    path("ke-hoach/tai-len/<str:code>/tep", intakes.file, name="intake_file"),
    path("ke-hoach/tai-len/<str:code>/doc-lai", intakes.again, name="intake_again"),
    path("ke-hoach/tai-len/<str:code>/bo", intakes.leave_out, name="intake_drop"),
    path("ke-hoach/<str:code>/soan", drafting.rows, name="draft_rows"),
    path("ke-hoach/<str:code>/soan/<str:verb>", drafting.act, name="draft_act"),
    path("ke-hoach/<str:code>/bo-ban-soan", drafting.give_up, name="draft_drop"),
    path("ke-hoach/<str:code>/sua-doi", amending.begin, name="amend"),
    path("ke-hoach/<str:code>/thay-doi", amending.changes, name="changes"),
    path("ke-hoach/<str:code>/ban-ky", amending.signed, name="signed"),
    path("ke-hoach/<str:code>/rut-duyet", amending.take_back, name="take_back"),
    path("ke-hoach/<str:code>/cap-duoi", cascade.children, name="children"),
    path("ke-hoach/<str:code>/cap-duoi/lap", cascade.derive, name="derive"),
    path("ke-hoach/<str:code>/gui", cascade.send, name="send"),
    path("ke-hoach/<str:code>/doi-chieu", cascade.align, name="align"),
    path("ke-hoach/<str:code>/doi-chieu.<str:file_format>", cascade.export_alignment, name="export_alignment"),
    path("ke-hoach/<str:code>/quan-triet", readers.readers, name="readers"),
    path("ke-hoach/<str:code>/da-doc", readers.have_read, name="have_read"),
    path("ke-hoach/<str:code>/quan-triet/nhac", readers.remind, name="remind_readers"),
    path("ke-hoach/<str:code>/sang-nam", ending.carry, name="carry"),
    path("ke-hoach/<str:code>/dong", ending.close, name="close"),
]
