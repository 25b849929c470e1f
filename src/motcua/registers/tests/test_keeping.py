"""Writing, amending and moving entries: who may, what is refused, what stays behind."""

from datetime import date, timedelta

import pytest

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.models import Succession, Unit
from motcua.organizations.states import SPECIALIST
from motcua.registers.access import entries_for
from motcua.registers.actions.checking import Faulty
from motcua.registers.actions.keeping import amend, keep, move
from motcua.registers.models import Entry

TALK = {"held_on": "5/3/2026", "subject": "Đất đai"}


def test_keep_numbers_entries_by_register_and_year(cast, talks):
    codes = [keep(talks, unit=cast.department, actor=cast.keeper, values=TALK).entry.code for _ in range(2)]
    older = keep(talks, unit=cast.department, actor=cast.keeper, values={**TALK, "held_on": "2025-12-31"}).entry.code
    assert [*codes, older] == ["DT-2026-0001", "DT-2026-0002", "DT-2025-0001"]


def test_keep_dates_titles_and_begins_in_the_first_state(cast, talks):
    entry = keep(talks, unit=cast.department, actor=cast.keeper, values={**TALK, "answer_by": "2026-04-01"}).entry
    assert (entry.on, entry.title, entry.state, entry.state_kind, entry.due_on) == (
        date(2026, 3, 5), "Đất đai", "held", "open", date(2026, 4, 1),
    )  # fmt: skip


def test_keep_says_every_fault_with_its_field(cast, talks):
    with pytest.raises(Faulty) as refused:
        keep(talks, unit=cast.department, actor=cast.keeper,
             values={"held_on": "31/2/2026", "people": "-1", "with_whom": "ai đó", "nothing": 1})  # fmt: skip
    assert [each.field for each in refused.value.faults] == [None, "held_on", "with_whom", "people"]


def test_keep_says_what_is_missing(cast, talks):
    with pytest.raises(Faulty) as refused:
        keep(talks, unit=cast.department, actor=cast.keeper, values={"held_on": "5/3/2026"})
    assert refused.value.field == "subject"


def test_keep_refuses_a_failed_check(cast, talks):
    with pytest.raises(Faulty, match="Hạn trả lời trước ngày đối thoại"):
        keep(talks, unit=cast.department, actor=cast.keeper, values={**TALK, "answer_by": "1/3/2026"})


@pytest.mark.parametrize("person", ["colleague", "counter", "chief"])
def test_only_keepers_of_the_unit_write(cast, talks, person):
    with pytest.raises(Refused):
        keep(talks, unit=cast.department, actor=cast.people[person], values=TALK)


def test_units_of_other_kinds_keep_no_such_register(cast, talks):
    with pytest.raises(Refused, match="không thuộc loại đơn vị"):
        keep(talks, unit=cast.office, actor=cast.control, values=TALK)


def test_formulas_are_computed_and_the_entry_before_is_looked_at(cast, portal):
    month = {"site": "Cổng tỉnh", "opening": "1.000", "closing": "1.500"}
    first = keep(portal, unit=cast.department, actor=cast.keeper, values={**month, "month": "1/2026"})
    then = keep(portal, unit=cast.department, actor=cast.keeper,
                values={**month, "month": "2026M02", "opening": 1490, "closing": 1600})  # fmt: skip
    assert (first.entry.values["visits"], first.warnings) == (500, [])
    assert [each.id for each in then.warnings] == ["chain"]


def test_amend_changes_only_what_is_given_and_keeps_the_old(cast, talk):
    amended = amend(talk.code, values={"people": "20", "speaker": ""}, actor=cast.keeper).entry
    assert (amended.values["people"], amended.values["subject"], "speaker" in amended.values) == (20, "Đất đai", False)
    assert [(each.number, each.values.get("people")) for each in amended.versions.order_by("number")] == [
        (1, 12), (2, 20),
    ]  # fmt: skip


def test_amend_notices_that_somebody_else_was_faster(cast, talk):
    amend(talk.code, values={"people": 20}, actor=cast.keeper, seen_number=1)
    with pytest.raises(Refused, match="vừa được người khác sửa"):
        amend(talk.code, values={"people": 30}, actor=cast.leader, seen_number=1)


def test_what_is_done_is_amended_only_for_a_reason(cast, talk):
    move(talk.code, "answer", values={"outcome": "Đã trả lời đủ"}, actor=cast.keeper)
    with pytest.raises(Refused) as refused:
        amend(talk.code, values={"people": 5}, actor=cast.keeper)
    assert refused.value.field == "reason"
    assert amend(talk.code, values={"people": 5}, actor=cast.keeper, reason="Đếm lại").entry.values["people"] == 5


def test_a_move_asks_for_its_fields(cast, talk):
    with pytest.raises(Refused) as refused:
        move(talk.code, "answer", actor=cast.keeper)
    assert refused.value.field == "outcome"


def test_moves_of_checkers_are_not_for_keepers(cast, talk):
    move(talk.code, "answer", values={"outcome": "Xong"}, actor=cast.keeper)
    with pytest.raises(Refused):
        move(talk.code, "reopen", actor=cast.keeper)
    assert move(talk.code, "reopen", actor=cast.control).entry.state == "held"


def test_what_destroys_asks_for_a_reason_and_ends_the_entry(cast, talk):
    with pytest.raises(Refused):
        move(talk.code, "void", actor=cast.keeper)
    move(talk.code, "void", actor=cast.keeper, reason="Ghi nhầm")
    with pytest.raises(Refused, match="đã hủy"):
        amend(talk.code, values={"people": 5}, actor=cast.keeper)


def test_facts_hold_no_values(cast, talk):
    move(talk.code, "answer", values={"outcome": "Xong"}, actor=cast.keeper)
    facts = Fact.objects.filter(subject=talk.code).order_by("id")
    assert [(fact.verb, fact.data) for fact in facts] == [
        ("register_entry.kept", {"register": "talks", "state": "held"}),
        ("register_entry.moved", {"register": "talks", "move": "answer", "state": "answered"}),
    ]


def test_a_refused_entry_takes_no_number(cast, talks):
    with pytest.raises(Refused):
        keep(talks, unit=cast.department, actor=cast.keeper, values={})
    assert keep(talks, unit=cast.department, actor=cast.keeper, values=TALK).entry.code == "DT-2026-0001"
    assert Entry.objects.count() == 1


def test_a_confidential_register_is_for_heads_of_agencies(cast, cases):
    values = {"got_on": "2026-03-05", "about": "Phản ánh"}
    with pytest.raises(Refused):
        keep(cases, unit=cast.department, actor=cast.keeper, values=values)
    assert keep(cases, unit=cast.department, actor=cast.leader, values=values).entry.code == "VV-2026-0001"


@pytest.fixture
def merged(cast, talk):
    """The department went into the other one yesterday."""
    yesterday = today() - timedelta(days=1)
    Unit.objects.filter(pk=cast.department.pk).update(valid_to=yesterday)
    Succession.objects.create(old=cast.department, new=cast.other, on_day=today())
    return talk


def test_what_a_unit_left_goes_on_with_its_successor(cast, merged):
    register, colleague = merged.register, cast.colleague
    assert list(entries_for(colleague, register)) == [merged]
    assert move(merged.code, "answer", values={"outcome": "Xong"}, actor=colleague).entry.state == "answered"
    with pytest.raises(Refused):
        amend(merged.code, values={"people": 1}, actor=cast.keeper, reason="Của đơn vị cũ")


def test_nobody_else_sees_what_a_unit_left(cast, merged):
    stranger = open_account(username="la", full_name="Người Lạ", password=None, actor="")
    give_post(stranger, unit=cast.commune, role=SPECIALIST, valid_from=date(2018, 1, 1), actor="")
    assert not entries_for(stranger, merged.register).exists()
