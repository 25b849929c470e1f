"""Routes on pages and over the API, in a province whose dossiers travel them (workflow alone has no life)."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.models import Fact
from motcua.dossiers.actions import handling, returning
from motcua.dossiers.factories import DEPARTMENT_STEPS, MONDAY
from motcua.payments.actions import fees
from motcua.workflow.history import past_runs, try_on_history
from motcua.workflow.life import phases
from motcua.workflow.models import Route, RouteDraft, Run
from motcua.workflow.queries import lane_name, lane_reader, steps_of
from motcua.workflow.rules.bpmn.structure import drawn
from motcua.workflow.rules.route_check import faults_of_steps
from motcua.workflow.rules.steps import NewStep, from_data

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def control(world):
    return signed_in(world.control)


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def table(steps, **changes):
    """Return what the table of ``steps`` sends."""
    data = {"name": "Mới", "buoc-TOTAL_FORMS": len(steps) + 1, "buoc-INITIAL_FORMS": len(steps)}
    for number, step in enumerate(steps):
        row = {"name": step.name, "phase": step.phase, "role": step.role, "place": step.place, "share": step.share,
               "beside": "", "condition": step.condition, "ORDER": number + 1, "may_ask_supplement": "on"}  # fmt: skip
        data |= {f"buoc-{number}-{name}": value for name, value in row.items()}
    spare = {"phase": "receive", "role": "reception", "place": "competent", "may_ask_supplement": "on"}
    data |= {f"buoc-{len(steps)}-{name}": value for name, value in spare.items()}
    return data | changes


def begun(control, code="ngan"):
    control.post(reverse("workflow:route_begin", args=[code]))
    return RouteDraft.objects.get(code=code)


def test_list_and_route_are_read_by_officials_only(world, control):
    addresses = [reverse("workflow:routes"), reverse("workflow:route", args=["ngan"])]
    for address in addresses:
        assert signed_in(world.citizen).get(address).status_code == 404
        assert signed_in(world.specialist).get(address).status_code == 200
    page = control.get(addresses[1]).content.decode()
    assert "Quy trình dùng được" in page
    assert '<svg class="mc-route"' in page
    assert "Sở Thử Nghiệm" in page
    assert signed_in(world.specialist).get(reverse("workflow:route_new")).status_code == 404


def test_unit_without_staff_is_named(world, control):
    world.leader.posts.all().delete()
    page = control.get(reverse("workflow:route", args=["ngan"])).content.decode()
    assert "1 chỗ chưa có người giữ vai trò" in page
    assert "Sở Thử Nghiệm: Lãnh đạo cơ quan (bước 4 “Ký duyệt”)" in page
    begun(control)
    answer = control.post(reverse("workflow:route_publish", args=["ngan"]), {"valid_from": "01/04/2026"})
    assert answer.status_code == 422
    assert "Sở Thử Nghiệm: bước 4 “Ký duyệt”" in answer.content.decode()
    assert Route.objects.filter(code="ngan").count() == 1


def test_new_version_is_written_as_a_table_checked_and_published(world, control):
    steps = from_data(begun(control).steps)
    address = reverse("workflow:route_draft", args=["ngan"])
    sent = table(steps) | {"buoc-1-share": "70", "buoc-2-DELETE": "on", "buoc-3-condition": "so >"}
    assert control.post(address, sent).status_code == 302
    page = control.get(address).content.decode()
    assert "điều kiện viết dở dang" in page
    assert control.post(address, table(steps) | {"buoc-1-share": "70", "buoc-2-DELETE": "on"}).status_code == 302
    assert [step["name"] for step in RouteDraft.objects.get().steps] == [
        "Tiếp nhận",
        "Thẩm định",
        "Ký duyệt",
        "Trả kết quả",
    ]
    answer = control.post(reverse("workflow:route_publish", args=["ngan"]), {"valid_from": "01/04/2026"})
    assert answer.status_code == 302
    route = Route.objects.get(code="ngan", version=2)
    assert (route.valid_from, route.name, route.steps.count()) == (date(2026, 4, 1), "Mới", 4)
    assert not RouteDraft.objects.exists()
    assert [fact.verb for fact in Fact.objects.filter(subject="ngan").order_by("id")] == [
        "route.drafted", "route.drafted", "route.drafted", "route.published"
    ]  # fmt: skip


def test_branches_and_order_come_from_the_table(world, control):
    steps = from_data(begun(control).steps)
    sent = table(steps) | {"buoc-1-beside": "1a", "buoc-2-beside": "1B", "buoc-0-ORDER": "9"}
    control.post(reverse("workflow:route_draft", args=["ngan"]), sent)
    kept = from_data(RouteDraft.objects.get().steps)
    assert [(step.name, step.fork, step.branch) for step in kept] == [
        ("Thẩm định", 1, 1), ("Xem xét", 1, 2), ("Ký duyệt", 0, 0), ("Trả kết quả", 0, 0), ("Tiếp nhận", 0, 0)
    ]  # fmt: skip


def test_wrong_cell_is_told_where_it_stands_and_nothing_is_kept(world, control):
    steps = from_data(begun(control).steps)
    answer = control.post(
        reverse("workflow:route_draft", args=["ngan"]), table(steps) | {"buoc-1-share": "x", "buoc-2-beside": "a1"}
    )
    assert answer.status_code == 422
    assert "Dòng 2, Tỷ lệ (%)" in answer.content.decode()
    assert "ví dụ 1a và 1b" in answer.content.decode()
    assert from_data(RouteDraft.objects.get().steps) == steps


def test_drawing_is_read_into_the_draft_and_comes_back_as_drawn(world, control):
    begun(control)
    address = reverse("workflow:route_draw", args=["ngan"])
    page = control.get(address)
    assert page.status_code == 200
    drawing = control.get(reverse("workflow:route_bpmn", args=["ngan"]) + "?v=ban-soan").content.decode()
    assert control.post(address, {"drawing": drawing.replace("Thẩm định", "Thẩm tra")}).status_code == 302
    draft = RouteDraft.objects.get()
    assert draft.steps[1]["name"] == "Thẩm tra"
    assert "Thẩm tra" in draft.drawing
    before = draft.steps
    answer = control.post(address, {"drawing": drawing.replace('targetRef="end"', 'targetRef="step_2"')})
    assert answer.status_code == 422
    assert "chưa lưu gì" in answer.content.decode()
    assert RouteDraft.objects.get().steps == before


def test_unknown_place_is_a_fault_of_the_draft_not_of_the_page(world, control):
    begun(control)
    drawing = control.get(reverse("workflow:route_bpmn", args=["ngan"]) + "?v=ban-soan").content.decode()
    foreign = drawing.replace('motcua:place="competent"', 'motcua:place="H99"')
    control.post(reverse("workflow:route_draw", args=["ngan"]), {"drawing": foreign})
    page = control.get(reverse("workflow:route_draft", args=["ngan"]))
    assert page.status_code == 200
    assert "Không có đơn vị nào mang mã “H99”" in page.content.decode()
    assert control.get(reverse("workflow:route_draw", args=["ngan"])).status_code == 200
    assert (
        control.post(reverse("workflow:route_publish", args=["ngan"]), {"valid_from": "01/04/2026"}).status_code == 422
    )


def test_new_route_begins_with_usual_steps(control):
    answer = control.post(reverse("workflow:route_new"), {"code": "moi-tinh", "name": "Mới tinh"})
    assert answer.status_code == 302
    assert faults_of_steps(from_data(RouteDraft.objects.get().steps), phases()) == []
    again = control.post(reverse("workflow:route_new"), {"code": "moi-tinh", "name": "Mới tinh"})
    assert (again.status_code, RouteDraft.objects.count()) == (422, 1)
    assert control.post(reverse("workflow:route_new"), {"code": "Mới Tinh", "name": "x"}).status_code == 422
    assert control.get(reverse("workflow:routes")).status_code == 200
    assert control.post(reverse("workflow:route_drop", args=["moi-tinh"])).status_code == 302
    assert not RouteDraft.objects.exists()


def test_name_of_a_lane_tells_role_and_place(world):
    told = lane_reader()
    for place in ("one_stop", "competent", "T.02"):
        assert told(lane_name(place, "specialist")) == ("specialist", place)
    assert told("Phòng nào đó") == ("", "")


def finished(world, hours):
    """Return the code of a dossier whose specialist took so many hours."""
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + HOUR + hours * HOUR)
    handling.propose(code, actor=world.head, at=MONDAY + HOUR + hours * HOUR)
    handling.approve(code, actor=world.leader, at=MONDAY + HOUR + hours * HOUR)
    fees.cancel(code, at=MONDAY + HOUR + hours * HOUR)
    returning.return_result(code, method="in_person", actor=world.counter, at=MONDAY + HOUR + hours * HOUR)
    return code


def test_past_runs_tell_working_minutes_of_steps(world):
    finished(world, 24)
    (run,) = past_runs("ngan", since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert (run.unit, run.legal_minutes) == ("Sở Thử Nghiệm", Run.objects.get().legal_minutes)
    assert run.minutes == {1: 60, 2: 480, 3: 0, 4: 0, 5: 0}


def test_trial_shows_what_a_proposal_changes(world):
    for hours in (2, 24, 24):
        finished(world, hours)
    steps = steps_of(Route.objects.get(code="ngan").steps.all())
    half = [steps[0], NewStep("Đo", "handle", "unit_head", "T.02", 0), *steps[1:]]
    found = try_on_history("ngan", half, until=date(2026, 3, 31), legal_factor=0.15)
    assert (found.whole.before.count, found.whole.before.median, found.whole.before.late) == (3, 540, 0)
    assert (found.whole.after.median, round(found.whole.after.late, 2)) == (540, 0.67)
    assert [figure.has_past for figure in found.steps] == [True, False, True, True, True, True]
    assert found.units[0].name == "Sở Thử Nghiệm"


def test_trial_page_says_when_there_is_nothing_to_try(world, control):
    address = reverse("workflow:route_trial", args=["ngan"])
    assert "Chưa có hồ sơ nào" in control.get(address).content.decode()
    finished(world, 24)
    page = control.get(address + "?days=1100&legal=50").content.decode()
    assert "Sở Thử Nghiệm" in page
    assert control.get(address + "?days=1").status_code == 422


def test_api_checks_drafts_publishes_and_tries(world, control):
    steps = [
        {"name": step.name, "phase": step.phase, "role": step.role, "place": step.place, "share": step.share}
        for step in steps_of(Route.objects.get(code="ngan").steps.all())
    ]

    def call(method, address, body):
        return getattr(control, method)(f"/api/v1/routes{address}", json.dumps(body), content_type="application/json")

    steps[1]["share"] = 60
    checked = call("post", "/check", {"steps": steps}).json()
    assert (checked["is_usable"], checked["faults"][0]["message"][:40]) == (
        False,
        "Tổng tỷ lệ thời gian của các bước là 110",
    )
    steps[2]["share"] = 10
    assert call("put", "/ngan/draft", {"name": "Qua API", "steps": steps}).json()["is_usable"] is True
    published = call("post", "/ngan/publish", {"valid_from": "2026-05-01"})
    assert (published.status_code, published.json()["version"]) == (200, 2)
    bpmn = control.get("/api/v1/routes/ngan/bpmn?version=2").content.decode()
    assert call("post", "/check", {"bpmn": bpmn}).json()["steps"][1]["share"] == 60
    assert call("post", "/ngan/trial", {"steps": steps}).status_code == 404
    assert control.get("/api/v1/routes/ngan?version=1").json()["steps"][1]["share"] == DEPARTMENT_STEPS[1][3]
    assert (
        signed_in(world.specialist).put("/api/v1/routes/ngan/draft", "{}", content_type="application/json").status_code
        == 404
    )


def test_lanes_of_an_export_read_back_without_our_attributes(world):
    steps = steps_of(Route.objects.get(code="ngan").steps.all())
    from motcua.workflow.rules.bpmn.writing import write_drawing

    content = write_drawing(steps, code="ngan", name="x", lane_name=lane_name)
    foreign = content.replace(b"motcua:role=", b"r=").replace(b"motcua:place=", b"p=")
    found = drawn(foreign, lane_reader=lane_reader(), phases=phases())
    assert [(step.role, step.place) for step in found.steps] == [(step.role, step.place) for step in steps]
