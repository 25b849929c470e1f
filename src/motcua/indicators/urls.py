"""Addresses of indicators and targets."""

from django.urls import path

from motcua.indicators.web import overview, targets

app_name = "indicators"

urlpatterns = [
    path("chi-so/", overview.overview, name="overview"),
    path("chi-so/muc-tieu", targets.targets, name="targets"),
    path("chi-so/<str:code>", overview.indicator, name="indicator"),
]
