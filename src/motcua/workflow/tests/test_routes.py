"""Publishing routes: the shares make up the legal time, roles and places exist, versions are never edited."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.models import Unit
from motcua.workflow.actions.routes import NewStep, publish_route
from motcua.workflow.models import Route

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
RECEIVE = NewStep("Tiếp nhận", "receive", "reception", "one_stop", 40)
APPROVE = NewStep("Phê duyệt", "approve", "leader", "competent", 60)


def publish(*steps: NewStep, day: date = DAY, name: str = "Thử") -> Route:
    return publish_route(code="thu", name=name, steps=steps, valid_from=day, actor="A1")


def test_route_is_published_with_its_steps_in_order():
    route = publish(RECEIVE, APPROVE)
    assert (route.version, route.valid_from, route.valid_to) == (1, DAY, None)
    steps = route.steps.values_list("position", "name", "phase", "role", "place", "share")
    assert list(steps) == [
        (1, "Tiếp nhận", "receive", "reception", "one_stop", 40),
        (2, "Phê duyệt", "approve", "leader", "competent", 60),
    ]
    fact = Fact.objects.get(verb="route.published")
    assert (fact.subject, fact.actor, fact.data) == (
        "thu", "A1", {"version": 1, "steps": 2, "valid_from": "2025-07-01"}
    )  # fmt: skip


def test_same_route_again_changes_nothing():
    assert publish(RECEIVE, APPROVE) == publish(RECEIVE, APPROVE, day=date(2026, 1, 1))
    assert Fact.objects.count() == 1


def test_changed_route_is_a_new_version():
    old = publish(RECEIVE, APPROVE)
    new = publish(replace(RECEIVE, share=30), replace(APPROVE, share=70), day=date(2026, 1, 1))
    old.refresh_from_db()
    assert (new.version, new.valid_from, old.valid_to) == (2, date(2026, 1, 1), date(2025, 12, 31))
    assert [step.share for step in old.steps.all()] == [40, 60]


def test_new_version_must_begin_later():
    publish(RECEIVE, APPROVE)
    with pytest.raises(Refused, match="đã có phiên bản từ ngày 01/07/2025"):
        publish(RECEIVE, APPROVE, name="Khác")
    assert Route.objects.get().name == "Thử"


def test_step_may_be_done_at_another_unit():
    Unit.objects.create(code="H27.16", name="Cơ quan Thử", kind="vertical_agency", path="1/", valid_from=DAY)
    assert publish(RECEIVE, replace(APPROVE, place="H27.16")).steps.last().place == "H27.16"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "ít nhất một bước"),
        ([RECEIVE], "là 40 %, phải bằng 100 %"),
        ([RECEIVE, APPROVE, replace(RECEIVE, share=1)], "là 101 %"),
        ([replace(RECEIVE, share=-10), replace(APPROVE, share=110)], "Bước 1 “Tiếp nhận”: tỷ lệ"),
        ([RECEIVE, replace(APPROVE, role="king")], "Bước 2 “Phê duyệt”: không có vai trò “king”"),
        ([RECEIVE, replace(APPROVE, name=" ")], "Bước 2 thiếu tên"),
        ([RECEIVE, replace(APPROVE, phase="")], "Bước 2 thiếu tên hoặc giai đoạn"),
        ([RECEIVE, replace(APPROVE, place="H99")], "Không có đơn vị nào mang mã “H99”"),
    ],
)
def test_wrong_route_is_refused(steps, words):
    with pytest.raises(Refused, match=words):
        publish(*steps)
    assert not Route.objects.exists()
