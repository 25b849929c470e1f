"""Addresses of plans and tasks."""

from django.urls import path

from motcua.plans.web import exporting, plan, plans, review, targets, task, tasks

app_name = "plans"

urlpatterns = [
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach-cong-khai/", plans.public, name="public"),
    path("ke-hoach/<str:code>", plan.plan, name="plan"),
    path("ke-hoach/<str:code>/duyet", review.review, name="review"),
    path("ke-hoach/<str:code>/duyet/<str:verb>", review.act, name="review_act"),
    path("ke-hoach/<str:code>/van-ban-goc", plan.source_file, name="source_file"),
    path("ke-hoach/<str:code>/xuat.<str:file_format>", exporting.export, name="export"),
    path("ke-hoach/<str:code>/chi-tieu/<str:target>", targets.bind, name="bind"),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/dem", tasks.counted, name="counted"),
    path("nhiem-vu/<str:code>", task.task, name="task"),
    path("nhiem-vu/<str:code>/minh-chung/<int:line>", task.evidence, name="evidence"),
    path("nhiem-vu/<str:code>/<str:verb>", task.act, name="act"),
]
