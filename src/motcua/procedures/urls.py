"""Addresses of the catalogue."""

from django.urls import path

from motcua.procedures import eform_urls
from motcua.procedures.publication_urls import PUBLICATION
from motcua.procedures.web import catalogue, procedure

app_name = "procedures"

urlpatterns = [
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/danh-sach.csv", catalogue.catalogue_file, name="catalogue_file"),
    *PUBLICATION,
    path("thu-tuc/<str:code>", procedure.procedure, name="procedure"),
    *eform_urls.urlpatterns,
]
