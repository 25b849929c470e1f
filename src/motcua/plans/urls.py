"""Addresses of plans and tasks."""

from django.urls import path

from motcua.plans.opening_urls import OPENING
from motcua.plans.web import (
    calendars,
    counting,
    exporting,
    giving,
    importing,
    plan,
    plans,
    public,
    reporting,
    review,
    targets,
    task,
    tasks,
    urging,
)

app_name = "plans"

urlpatterns = [
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach-cong-khai/", plans.public, name="public"),
    *OPENING,
    path("ke-hoach/<str:code>", plan.plan, name="plan"),
    path("ke-hoach/<str:code>/duyet", review.review, name="review"),
    path("ke-hoach/<str:code>/duyet/<str:verb>", review.act, name="review_act"),
    path("ke-hoach/<str:code>/trang/<int:page>.png", review.page_picture, name="page_picture"),
    path("ke-hoach/<str:code>/van-ban-goc", plan.source_file, name="source_file"),
    path("ke-hoach/<str:code>/xuat.<str:file_format>", exporting.export, name="export"),
    path("ke-hoach/<str:code>/nhap", importing.import_sheet, name="import"),
    path("ke-hoach/<str:code>/tien-do", public.progress, name="progress"),
    path("ke-hoach/<str:code>/tien-do.<str:file_format>", public.open_data, name="open_data"),
    path("ke-hoach/<str:code>/bao-cao", reporting.report, name="report"),
    path("ke-hoach/<str:code>/bao-cao.<str:file_format>", reporting.report_file, name="report_file"),
    path("ke-hoach/<str:code>/chi-tieu/<str:target>", targets.bind, name="bind"),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/dem", counting.counted, name="counted"),
    path("nhiem-vu/thong-ke", counting.statistics_page, name="statistics"),
    path("nhiem-vu/thi-dua", counting.merits_page, name="merits"),
    path("nhiem-vu/thi-dua.<str:file_format>", counting.merits_file, name="merits_file"),
    path("nhiem-vu/xuat.<str:file_format>", tasks.export, name="export_tasks"),
    path("nhiem-vu/don-doc", urging.urgings, name="urgings"),
    path("nhiem-vu/don-doc/<str:code>", urging.urging, name="urging"),
    path("nhiem-vu/don-doc/<str:code>/<str:verb>", urging.act, name="urging_act"),
    path("nhiem-vu/don-doc/<str:code>/tai/<str:file_format>", urging.file, name="urging_file"),
    path("nhiem-vu/lich", calendars.calendar, name="calendar"),
    path("nhiem-vu/lich/<str:token>.ics", calendars.feed, name="calendar_feed"),
    path("nhiem-vu/<str:code>", task.task, name="task"),
    path("nhiem-vu/<str:code>/minh-chung/<int:line>", task.evidence, name="evidence"),
    path("nhiem-vu/<str:code>/gia-han/<int:asked>", task.extension_file, name="extension_file"),
    path("nhiem-vu/<str:code>/giao", giving.give, name="give"),
    path("nhiem-vu/<str:code>/<str:verb>", task.act, name="act"),
]
