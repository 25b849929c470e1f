"""Addresses of notices."""

from django.urls import path

from motcua.notifications.web import notices

app_name = "notifications"

urlpatterns = [
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/da-doc", notices.read_all, name="read_all"),
    path("thong-bao/<int:notice_id>", notices.open_notice, name="open_notice"),
]
