"""Addresses of work and routes."""

from django.urls import path

from motcua.workflow.web import drafting, inbox, routes, work

app_name = "workflow"

urlpatterns = [
    path("viec-cua-toi/", work.my_work_page, name="my_work"),
    path("viec-cua-toi/so-luong", work.counts, name="work_counts"),
    path("viec-cua-toi/ke", work.following, name="following"),
    path("viec-cua-toi/tai-ve", work.download, name="work_csv"),
    path("viec-cua-toi/tai-ve.<slug:file_format>", work.download, name="work_file"),
    path("hop-viec/", inbox.inbox, name="inbox"),
    path("quy-trinh/", routes.routes, name="routes"),
    path("quy-trinh-moi", drafting.new, name="route_new"),
    path("quy-trinh/<slug:code>", routes.route, name="route"),
    path("quy-trinh/<slug:code>.bpmn", routes.bpmn, name="route_bpmn"),
    path("quy-trinh/<slug:code>/thu", routes.trial, name="route_trial"),
    path("quy-trinh/<slug:code>/soan-moi", drafting.begin, name="route_begin"),
    path("quy-trinh/<slug:code>/soan", drafting.draft, name="route_draft"),
    path("quy-trinh/<slug:code>/ve", drafting.draw, name="route_draw"),
    path("quy-trinh/<slug:code>/ban-hanh", drafting.publish, name="route_publish"),
    path("quy-trinh/<slug:code>/bo", drafting.drop, name="route_drop"),
]
