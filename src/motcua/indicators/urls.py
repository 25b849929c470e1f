"""Addresses of indicators, targets, the index of Decision 766 and the directing page."""

from django.urls import path

from motcua.indicators.web import builder, directing, figures, index, overview, performance, publications, sets, targets

app_name = "indicators"

urlpatterns = [
    path("dieu-hanh/", directing.directing, name="directing"),
    path("ket-qua-phuc-vu/", performance.performance, name="performance"),
    path("ket-qua-phuc-vu/<str:code>", performance.performance, name="performance_unit"),
    path("chi-so/", overview.overview, name="overview"),
    path("chi-so/muc-tieu", targets.targets, name="targets"),
    path("chi-so/tao-moi", builder.builder, name="builder"),
    path("chi-so/bo/", sets.sets, name="sets"),
    path("chi-so/bo/<slug:code>", sets.indicator_set, name="set"),
    path("chi-so/so-lieu", figures.figures, name="figures"),
    path("chi-so/so-lieu/<int:figure_id>/<slug:verb>", figures.settle, name="settle_figure"),
    path("chi-so/766/", index.live, name="live"),
    path("chi-so/766/tinh-thu", index.what_if, name="what_if"),
    path("chi-so/766/quoc-gia", publications.national, name="national"),
    path("chi-so/766/cong-bo", publications.publications, name="publications"),
    path("chi-so/766/cong-bo/<str:code>", publications.publication, name="publication"),
    path("chi-so/<str:code>", overview.indicator, name="indicator"),
]
