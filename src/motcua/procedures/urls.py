"""Addresses of the catalogue."""

from django.urls import path

from motcua.procedures import eform_urls
from motcua.procedures.publication_urls import PUBLICATION
from motcua.procedures.reengineering_urls import REENGINEERING
from motcua.procedures.web import catalogue, life_events, procedure

app_name = "procedures"

urlpatterns = [
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/danh-sach.csv", catalogue.catalogue_file, name="catalogue_file"),
    path("su-kien/", life_events.life_events, name="life_events"),
    path("su-kien/<slug:slug>", life_events.life_event, name="life_event"),
    *PUBLICATION,
    path("thu-tuc/<str:code>", procedure.procedure, name="procedure"),
    *eform_urls.urlpatterns,
    *REENGINEERING,
]
