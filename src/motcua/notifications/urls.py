"""Addresses of notices, of what one wants to be told, and of the outbox."""

from django.urls import path

from motcua.notifications.web import notices, outbox, wishes

app_name = "notifications"

urlpatterns = [
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/da-doc", notices.read_all, name="read_all"),
    path("thong-bao/<int:notice_id>", notices.open_notice, name="open_notice"),
    path("thong-bao/cach-nhan", wishes.wishes, name="wishes"),
    path("thong-bao/dia-chi/<slug:medium>/gui-ma", wishes.ask_code, name="ask_code"),
    path("thong-bao/dia-chi/<slug:medium>/xac-nhan", wishes.confirm, name="confirm_contact"),
    path("thong-bao/dia-chi/<slug:medium>/bo", wishes.forget, name="forget_contact"),
    path("gui-tin/", outbox.outbox_page, name="outbox"),
    path("gui-tin/<int:message_id>/<slug:action>", outbox.act, name="outbox_act"),
]
