"""Addresses of forms."""

from django.urls import path

from motcua.procedures.web import eform_builder, eforms

urlpatterns = [
    path("thu-tuc/<str:code>/bieu-mau.pdf", eforms.blank, name="eform_blank"),
    path("bieu-mau/", eforms.eforms, name="eforms"),
    path("bieu-mau/<str:code>", eforms.eform, name="eform"),
    path("bieu-mau/<str:code>/<int:number>/thu", eforms.trial, name="eform_trial"),
    path("bieu-mau/<str:code>/<int:number>.pdf", eforms.eform_file, name="eform_file"),
    path("bieu-mau/<str:code>/bat-dau", eform_builder.begin, name="eform_begin"),
    path("bieu-mau/<str:code>/soan", eform_builder.draft, name="eform_draft"),
    path("bieu-mau/<str:code>/soan/chung", eform_builder.general, name="eform_general"),
    path("bieu-mau/<str:code>/soan/phan/<str:name>", eform_builder.part, name="eform_part"),
    path("bieu-mau/<str:code>/soan/muc/<str:into>/<str:name>", eform_builder.field, name="eform_field"),
    path("bieu-mau/<str:code>/soan/cong-bo", eform_builder.publish, name="eform_publish"),
    path("bieu-mau/<str:code>/soan/bo", eform_builder.drop, name="eform_drop"),
]
