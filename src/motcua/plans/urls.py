"""Addresses of plans and tasks."""

from django.urls import path

from motcua.plans.web import drafting, exporting, giving, intakes, plan, plans, review, targets, task, tasks

app_name = "plans"

urlpatterns = [
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach-cong-khai/", plans.public, name="public"),
    path("ke-hoach/soan", drafting.draft, name="draft"),
    path("ke-hoach/tai-len/<str:code>", intakes.intake, name="intake"),
    path("ke-hoach/tai-len/<str:code>/doc-lai", intakes.again, name="intake_again"),
    path("ke-hoach/tai-len/<str:code>/bo", intakes.leave_out, name="intake_drop"),
    path("ke-hoach/<str:code>", plan.plan, name="plan"),
    path("ke-hoach/<str:code>/duyet", review.review, name="review"),
    path("ke-hoach/<str:code>/duyet/<str:verb>", review.act, name="review_act"),
    path("ke-hoach/<str:code>/trang/<int:page>.png", review.page_picture, name="page_picture"),
    path("ke-hoach/<str:code>/soan", drafting.rows, name="draft_rows"),
    path("ke-hoach/<str:code>/soan/<str:verb>", drafting.act, name="draft_act"),
    path("ke-hoach/<str:code>/bo-ban-soan", drafting.give_up, name="draft_drop"),
    path("ke-hoach/<str:code>/van-ban-goc", plan.source_file, name="source_file"),
    path("ke-hoach/<str:code>/xuat.<str:file_format>", exporting.export, name="export"),
    path("ke-hoach/<str:code>/chi-tieu/<str:target>", targets.bind, name="bind"),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/dem", tasks.counted, name="counted"),
    path("nhiem-vu/<str:code>", task.task, name="task"),
    path("nhiem-vu/<str:code>/minh-chung/<int:line>", task.evidence, name="evidence"),
    path("nhiem-vu/<str:code>/gia-han/<int:asked>", task.extension_file, name="extension_file"),
    path("nhiem-vu/<str:code>/giao", giving.give, name="give"),
    path("nhiem-vu/<str:code>/<str:verb>", task.act, name="act"),
]
