"""A dossier whose route forks: two agencies at once, a join that waits, conditions that leave steps out."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import allowed
from motcua.dossiers.actions import ending, handling, supplementing
from motcua.dossiers.actions.filing import Paper, file_at_counter
from motcua.dossiers.factories import APPLICANT, MONDAY
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import dossier_page, run_of
from motcua.procedures.models import Offering
from motcua.workflow.actions.routes import NewStep, publish_route
from motcua.workflow.models import Holding, Run
from motcua.workflow.my_work import my_work

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STEPS = [
    NewStep("Tiếp nhận", "receive", "reception", "one_stop", 10),
    NewStep("Thẩm định", "handle", "specialist", "competent", 30, 1, 1),
    NewStep("Đo đạc", "handle", "specialist", "competent", 20, 1, 1, "acreage > 500"),
    NewStep("Sở Phối Hợp cho ý kiến", "handle", "specialist", "T.02", 20, 1, 2),
    NewStep("Sở Phối Hợp rà soát", "handle", "specialist", "T.02", 20, 1, 2),
    NewStep("Xem xét", "propose", "unit_head", "competent", 20),
    NewStep("Ký duyệt", "approve", "leader", "competent", 15, signs=True),
    NewStep("Trả kết quả", "return", "reception", "one_stop", 5),
]


@pytest.fixture
def route(world):
    return publish_route(code="lien-thong", name="Song song", steps=STEPS, valid_from=date(2026, 1, 1), actor="")


@pytest.fixture
def code(world, route):
    return filed(world, "800")


def filed(world, acreage):
    dossier = file_at_counter(
        world.inter_agency, unit_code="T.01", applicant=APPLICANT, submission_key=uuid4(), actor=world.counter,
        papers=[Paper("Đơn đề nghị", is_original=True)], answers={"acreage": acreage}, at=MONDAY,
    )  # fmt: skip
    return dossier.code


def rows(code):
    return list(Run.objects.filter(subject=code).order_by("branch").values_list("branch", "position", "state"))


def names(account):
    return [run.step_name for run in my_work(account).runs]


def test_newest_version_of_the_route_is_travelled(world, route, code):
    assert Offering.objects.get(procedure__code=world.inter_agency).route != route
    assert run_of(code).route == route


def test_both_branches_begin_at_the_fork(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    assert rows(code) == [(0, 2, "open"), (2, 4, "open")]
    assert (names(world.specialist), names(world.partner)) == (["Thẩm định"], ["Sở Phối Hợp cho ý kiến"])
    assert Holding.objects.filter(run__subject=code, ended_at=None).count() == 2
    trunk, branch = Run.objects.filter(subject=code).order_by("branch")
    assert trunk.open_branches == 1
    assert (branch.title, branch.link, branch.due_at) == (trunk.title, trunk.link, trunk.due_at)


def test_trunk_waits_for_the_branch_and_goes_on_by_itself(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    handling.forward(code, actor=world.specialist, at=MONDAY + 2 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 3 * HOUR)
    assert rows(code) == [(0, 3, "joining"), (2, 4, "open")]
    assert names(world.specialist) == names(world.head) == []
    with pytest.raises(Refused, match="đang chờ các nhánh song song"):
        handling.propose(code, actor=world.head)
    handling.forward(code, actor=world.partner, at=MONDAY + 24 * HOUR)
    handling.forward(code, actor=world.partner, at=MONDAY + 25 * HOUR)
    assert rows(code) == [(0, 6, "open"), (2, 5, "closed")]
    assert names(world.head) == ["Xem xét"]
    handling.propose(code, actor=world.head, at=MONDAY + 26 * HOUR)
    handling.approve(code, actor=world.leader, at=MONDAY + 27 * HOUR)
    assert Dossier.objects.get(code=code).state == "decided"
    assert run_of(code).open_branches == 0


def test_branch_that_is_done_first_waits_for_nobody(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    handling.forward(code, actor=world.partner, at=MONDAY + 2 * HOUR)
    handling.forward(code, actor=world.partner, at=MONDAY + 3 * HOUR)
    assert rows(code) == [(0, 2, "open"), (2, 5, "closed")]
    handling.forward(code, actor=world.specialist, at=MONDAY + 4 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 5 * HOUR)
    assert rows(code) == [(0, 6, "open"), (2, 5, "closed")]


def test_step_that_does_not_apply_is_left_out(world, route):
    code = filed(world, "300")
    assert run_of(code).skips == [3]
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 2 * HOUR)
    assert rows(code)[0] == (0, 2, "joining")


def test_agency_acts_on_its_own_branch_only(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    page = dossier_page(code, account=world.partner)
    assert (page.run.branch, page.run.position) == (2, 4)
    assert "forward" in page.actions
    assert "propose" not in page.actions
    for who, at_step in ((world.partner, 2), (world.outsider, None)):
        with pytest.raises(Http404):
            handling.forward(code, actor=who, at_step=at_step)
    with pytest.raises(Refused, match="do người khác phụ trách"):
        handling.forward(code, actor=world.specialist, at_step=4)
    handling.claim(code, actor=world.partner, at=MONDAY + 2 * HOUR)
    assert Run.objects.get(subject=code, branch=2).assignee == world.partner
    assert Run.objects.get(subject=code, branch=0).assignee is None


def test_clock_stands_still_for_every_branch(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    dossier = supplementing.request_supplement(
        code, items="Bản vẽ", reason="Thiếu", actor=world.partner, at=MONDAY + 2 * HOUR
    )
    due_at = dossier.due_at
    assert [state for _branch, _position, state in rows(code)] == ["paused", "paused"]
    supplementing.supply(code, actor=world.counter, papers=[Paper("Bản vẽ")], at=MONDAY + 26 * HOUR)
    assert [state for _branch, _position, state in rows(code)] == ["open", "open"]
    assert Dossier.objects.get(code=code).due_at > due_at
    assert len(set(Run.objects.filter(subject=code).values_list("due_at", flat=True))) == 1


def test_trunk_at_the_join_still_waits_after_a_pause(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    handling.forward(code, actor=world.specialist, at=MONDAY + 2 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 3 * HOUR)
    supplementing.request_supplement(code, items="Bản vẽ", reason="Thiếu", actor=world.partner, at=MONDAY + 4 * HOUR)
    supplementing.supply(code, actor=world.counter, papers=[Paper("Bản vẽ")], at=MONDAY + 26 * HOUR)
    assert rows(code) == [(0, 3, "joining"), (2, 4, "open")]


def test_end_of_the_dossier_ends_every_branch(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    ending.stop(code, reason="Không đủ điều kiện", actor=world.leader, at=MONDAY + 2 * HOUR)
    assert [state for _branch, _position, state in rows(code)] == ["closed", "closed"]
    assert not Holding.objects.filter(run__subject=code, ended_at=None).exists()


def test_sent_back_before_the_fork_no_branch_begins_twice(world, code):
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    for _ in range(2):
        handling.forward(code, actor=world.partner, at=MONDAY + 2 * HOUR)
    handling.forward(code, actor=world.specialist, at=MONDAY + 3 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 4 * HOUR)
    handling.send_back(code, reason="Đo lại", actor=world.head, at=MONDAY + 5 * HOUR)
    assert rows(code) == [(0, 3, "open"), (2, 5, "closed")]
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 6 * HOUR)
    assert rows(code) == [(0, 6, "open"), (2, 5, "closed")]


def test_supplement_and_payment_points_are_kept(world):
    steps = [
        NewStep("Tiếp nhận", "receive", "reception", "one_stop", 10, needs_payment=True),
        NewStep("Thẩm định", "handle", "specialist", "competent", 80, may_ask_supplement=False),
        NewStep("Ký", "approve", "leader", "competent", 5),
        NewStep("Trả", "return", "reception", "one_stop", 5),
    ]
    publish_route(code="ngan", name="Thu trước", steps=steps, valid_from=date(2026, 1, 1), actor="")
    code = world.file_at_counter().code
    with pytest.raises(Refused, match="chưa nộp phí, lệ phí: quy trình yêu cầu thu ở bước “Tiếp nhận”"):
        handling.forward(code, actor=world.counter)
    run, dossier = run_of(code), Dossier.objects.get(code=code)
    run.position, run.phase, dossier.state = 2, "handle", "in_progress"
    run.unit, run.role = world.units["T.01"], "specialist"
    assert "request_supplement" not in allowed(world.specialist, dossier, run)
