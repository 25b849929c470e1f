"""Addresses of work."""

from django.urls import path

from motcua.workflow.web import work

app_name = "workflow"

urlpatterns = [
    path("viec-cua-toi/", work.my_work_page, name="my_work"),
    path("viec-cua-toi/so-luong", work.counts, name="work_counts"),
    path("viec-cua-toi/tai-ve", work.download, name="work_csv"),
]
