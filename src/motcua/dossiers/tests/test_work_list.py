"""The work list: what opens it, search, filters, orders, places in it, and what a substitute holds."""

from datetime import timedelta

import pytest

from motcua.base.clock import now, today
from motcua.base.refusal import Refused
from motcua.dossiers.actions import handling
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Account, Delegation, Post
from motcua.workflow.models import Run
from motcua.workflow.my_work import (
    DUE_SOON,
    DUES,
    FREE,
    MINE,
    SECTION_LATE,
    SECTION_REST,
    SECTION_SOON,
    SUBSTITUTE,
    Asked,
    Cursor,
    is_substitute,
    my_work,
    soon_for,
    work_counts,
)

YEAR = timedelta(days=365)


@pytest.fixture
def placed(world):
    """Return the codes of three dossiers at the counter: late, due within two working hours, due in a year."""
    codes = [world.file().code for _ in range(3)]
    at = now()
    soon = soon_for(world.counter, at)
    for code, due in zip(codes, (at - YEAR, at + (soon - at) / 2, at + YEAR), strict=True):
        Run.objects.filter(subject=code).update(step_due_at=due, due_at=due + timedelta(days=1))
    return codes


def _found(account, **asked):
    return [run.subject for run in my_work(account, Asked(**asked)).runs]


def _rename(code, name, organisation=""):
    Dossier.objects.filter(code=code).update(applicant_name=name, organisation_name=organisation)


def test_list_opens_with_what_two_working_hours_ask_for(world, placed):
    late, soon, later = placed
    page = my_work(world.counter)
    assert [run.subject for run in page.runs] == [soon, late, later]
    assert page.sections == [SECTION_SOON, SECTION_LATE, SECTION_REST]
    assert _found(world.counter, due=DUE_SOON) == [soon]


@pytest.mark.parametrize("who", ["counter", "commune_all"])
@pytest.mark.parametrize("order", ["", "step", "-step", "due", "-since"])
def test_pages_and_steps_go_through_the_whole_list_both_ways(world, who, order):
    account = getattr(world, who)
    at, soon = now(), soon_for(account, now())
    for number in range(7):
        code = world.file(unit="T.10" if who == "commune_all" else "T.01").code
        due = [at - YEAR, at + (soon - at) / 2, at + YEAR][number % 3]
        Run.objects.filter(subject=code).update(step_due_at=due, due_at=due + YEAR, started_at=at - YEAR * number)
    asked = Asked(order=order)
    whole = my_work(account, asked)
    seen, after = [], None
    while True:
        page = my_work(account, asked, after=after, limit=2)
        seen += page.runs
        after = page.after
        if after is None:
            break
    assert seen == whole.runs and len(seen) == 7
    for before, cursor in zip(whole.runs, whole.cursors[1:], strict=False):
        assert my_work(account, asked, after=cursor, limit=1, backwards=True).runs == [before]
    assert my_work(account, asked, after=whole.cursors[0], limit=1, backwards=True).runs == []


@pytest.mark.parametrize("text", ["nguyen thi anh dao", "Ánh Đào", "ANH DAO", "cong ty hoa ban", "Hoa  Ban"])
def test_search_finds_applicant_and_organisation_however_typed(world, text):
    wanted, other = world.file().code, world.file().code
    _rename(wanted, "Nguyễn Thị Ánh Đào", "Công ty Hoa Ban")
    _rename(other, "Trần Văn Bưởi")
    assert _found(world.counter, text=text) == [wanted]


def test_search_finds_part_of_a_code_and_of_a_title(world):
    first, second = world.file().code, world.file(procedure=world.inter_agency).code
    assert _found(world.counter, text=second[-6:].lower()) == [second]
    assert _found(world.counter, text="lien thong") == [second]
    assert _found(world.counter, title="liên thông", text=first) == []
    assert set(_found(world.counter, title="giấy phép")) == {first, second}


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '";--', "a" * 200, "𝕏", "=1+1"])
def test_signs_in_a_search_mean_themselves(world, text):
    world.file()
    assert _found(world.counter, text=text) == []


def test_search_stays_within_ones_own_work(world):
    _rename(world.file(unit="T.10").code, "Nguyễn Thị Ánh Đào")
    assert _found(world.counter, text="anh dao") == []


def test_filters_narrow_by_unit_step_kind_and_who_claimed(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    other = world.file_at_counter().code
    handling.forward(other, actor=world.counter)
    handling.claim(code, actor=world.specialist)
    assert _found(world.specialist, whose=MINE) == [code]
    assert _found(world.specialist, whose=FREE) == [other]
    assert len(_found(world.specialist, unit="T.01")) == 2
    assert _found(world.specialist, unit="T.02") == []
    assert len(_found(world.specialist, step="Thẩm định", kind="dossier")) == 2
    assert _found(world.specialist, kind="task") == []


def test_substitute_sees_the_work_of_the_absent_marked(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    own = world.file_at_counter(procedure=world.inter_agency).code
    handling.forward(own, actor=world.counter)
    post = Post.objects.get(account=world.specialist)
    Delegation.objects.create(post=post, to_account=world.partner, valid_from=today(), valid_to=today())
    partner = Account.objects.get(pk=world.partner.pk)
    marks = {run.subject: is_substitute(partner, run) for run in my_work(partner).runs}
    assert marks == {code: True, own: False}
    assert _found(partner, whose=SUBSTITUTE) == [code]
    assert _found(world.specialist, whose=SUBSTITUTE) == []


@pytest.mark.parametrize("who", ["counter", "commune_all", "citizen"])
def test_numbers_agree_with_the_lists_in_one_statement(world, placed, kept_on, who, django_assert_num_queries):
    world.file(unit="T.10")
    account = getattr(world, who)
    expected = {due: len(_found(account, due=due)) for due in DUES}
    with django_assert_num_queries(1 if account.posts_now else 0):
        assert work_counts(account) == expected


@pytest.mark.parametrize("asked", [Asked(), Asked(text="thử"), Asked(order="-due"), Asked(due=DUE_SOON)])
@pytest.mark.parametrize("who", ["counter", "commune_all"])
def test_list_and_search_are_one_statement(world, placed, kept_on, who, asked, django_assert_num_queries):
    account = getattr(world, who)
    my_work(account, asked)  # warms the calendar
    with django_assert_num_queries(1):
        my_work(account, asked)


@pytest.mark.parametrize("text", ["", "x", "~", "a~b~1", "2026-01-01~2026-01-01~1", "9" * 500, "\0~\0~1"])
def test_place_that_cannot_be_read_is_refused(text):
    with pytest.raises(Refused):
        Cursor.from_text(text)


def test_place_is_read_as_it_was_written():
    cursor = Cursor(now(), now() + YEAR, 7)
    assert Cursor.from_text(cursor.as_text()) == cursor
