"""Late dossiers: explanations, letters, forecast, watchdog, the public list, counts and flags."""

from datetime import date, datetime, timedelta

import pytest

from motcua.base.clock import VIETNAM
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.access.late import LATE_TABLE, Lateness, allowed_late
from motcua.dossiers.actions import ending, handling, lateness, supplementing
from motcua.dossiers.actions.late_lists import publish_late_list, publish_when_due
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Apology, Dossier, Explanation, LateList
from motcua.dossiers.queries.board import board_of
from motcua.dossiers.queries.dossier import run_of
from motcua.dossiers.queries.forecast import forecast_of, late_soon
from motcua.dossiers.queries.late_lists import explanations_open, flags, late_list_of, official_counts, unit_counts
from motcua.dossiers.queries.lateness import lateness_of
from motcua.dossiers.queries.timeline import public_timeline
from motcua.dossiers.queries.why import HELD, STOOD_STILL, why_late
from motcua.organizations.models import Account, Delegation

PEOPLE = ("citizen", "other_citizen", "counter", "specialist", "colleague", "head", "leader", "partner", "outsider",
          "control")  # fmt: skip
LATER = MONDAY + timedelta(days=10)  # the promise was Monday a week later, 17:00


def at_work(world, at=MONDAY):
    """Return a dossier that lies with the specialist, due five working days after ``at``."""
    code = world.file_at_counter(at=at).code
    handling.forward(code, actor=world.counter, at=at)
    return code


def decide(world, code, at):
    handling.propose(code, actor=world.specialist, result_text="Được", at=at)
    handling.propose(code, actor=world.head, at=at)
    handling.approve(code, actor=world.leader, at=at)


def late_of(code) -> Lateness:
    dossier = Dossier.objects.select_related("competent_unit", "receiving_unit").get(code=code)
    return lateness_of(dossier, run_of(code))


def running(world):
    return at_work(world)


def late(world):
    code = at_work(world)
    lateness.make_round(at=LATER)
    return code


def signed(world):
    code = late(world)
    lateness.approve_apology(code, actor=world.leader, at=LATER)
    return code


def sent(world):
    code = signed(world)
    lateness.send_apology(code, actor=world.counter, at=LATER)
    return code


def explained(world):
    code = late(world)
    lateness.explain(code, text="Thiếu ý kiến", actor=world.specialist, at=LATER)
    return code


def decided(world):
    code = late(world)
    decide(world, code, LATER)
    return code


# Where the dossier is -> who may do what about its lateness; whoever is not named may do nothing.
MAY = {
    running: {"specialist": "draft_apology", "colleague": "draft_apology", "head": "draft_apology",
              "leader": "draft_apology"},
    late: {"specialist": "explain draft_apology", "colleague": "explain draft_apology", "head": "explain draft_apology",
           "leader": "explain draft_apology approve_apology"},
    explained: {"specialist": "draft_apology", "colleague": "draft_apology", "head": "draft_apology",
                "leader": "draft_apology approve_apology"},
    signed: {"specialist": "explain", "colleague": "explain", "head": "explain send_apology",
             "leader": "explain send_apology", "counter": "send_apology"},
    sent: {"specialist": "explain", "colleague": "explain", "head": "explain", "leader": "explain"},
    decided: {"specialist": "explain", "colleague": "explain", "head": "explain", "leader": "explain"},
}  # fmt: skip


@pytest.mark.parametrize("where", MAY, ids=lambda where: where.__name__)
def test_table_of_lateness_action_and_role(world, where):
    found = late_of(where(world))
    people = {who: Account.objects.get(pk=getattr(world, who).pk) for who in PEOPLE}
    expected = {who: MAY[where].get(who, "").split() for who in PEOPLE}
    assert {who: allowed_late(people[who], found) for who in PEOPLE} == {
        who: [action for action in LATE_TABLE if action in expected[who]] for who in PEOPLE
    }


def test_round_asks_and_proposes_once(world):
    at_work(world)
    first = lateness.make_round(at=LATER)
    assert first == {"explanations": 1, "apologies": 1, "stuck": 1}
    assert lateness.make_round(at=LATER) == {"explanations": 0, "apologies": 0, "stuck": 0}


def test_round_leaves_what_stands_still_or_is_in_time(world):
    waiting = at_work(world)
    supplementing.request_supplement(waiting, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=MONDAY)
    at_work(world, at=LATER - timedelta(hours=1))
    assert lateness.make_round(at=LATER) == {"explanations": 0, "apologies": 0, "stuck": 0}


def test_letter_is_sent_in_time_only_a_working_day_before(world):
    code = at_work(world)  # due Monday 9 March at 17:00; in time until Friday 6 March at 17:00
    due = datetime(2026, 3, 12, 17, tzinfo=VIETNAM)
    friday = datetime(2026, 3, 6, 17, tzinfo=VIETNAM)
    letter = lateness.draft_apology(code, reason="Chờ ý kiến", new_due_at=due, actor=world.specialist, at=MONDAY)
    assert letter.send_by == friday
    lateness.approve_apology(code, actor=world.leader, at=MONDAY)
    with pytest.raises(Refused):  # the new day is given once
        lateness.draft_apology(code, reason="Lại", new_due_at=due, actor=world.specialist, at=MONDAY)
    lateness.send_apology(code, actor=world.counter, at=friday)
    assert Apology.objects.get().is_in_time
    assert Dossier.objects.get().due_at < due  # the promise itself does not move
    with pytest.raises(Refused):
        lateness.send_apology(code, actor=world.counter, at=friday)


def test_letter_sent_late_says_so(world):
    code = sent(world)
    assert Fact.objects.get(subject=code, verb="dossier.apologised").data["is_in_time"] is False


def test_new_day_must_be_after_the_promise(world):
    code = at_work(world)
    with pytest.raises(Refused) as refusal:
        lateness.draft_apology(
            code, reason="Chờ", new_due_at=MONDAY + timedelta(days=1), actor=world.specialist, at=MONDAY
        )
    assert refusal.value.field == "new_due_at"


def test_explanation_is_owed_by_its_holder_and_given_once(world):
    code = at_work(world)
    handling.claim(code, actor=world.specialist, at=MONDAY)
    lateness.make_round(at=LATER)
    assert Explanation.objects.get().holder == world.specialist
    assert [each.dossier.code for each in explanations_open(world.head)] == [code]
    with pytest.raises(Refused):
        lateness.explain(code, text="Không phải tôi", actor=world.colleague, at=LATER)
    lateness.explain(code, text="Chờ đơn vị khác", actor=world.specialist, at=LATER)
    with pytest.raises(Refused):
        lateness.explain(code, text="Lần nữa", actor=world.specialist, at=LATER)
    assert not explanations_open(world.head)


def test_public_timeline_says_nothing_of_work_among_officials(world):
    code = sent(world)
    dossier = Dossier.objects.get(code=code)
    verbs = {entry.verb for entry in public_timeline(dossier)}
    assert "dossier.apologised" in verbs
    assert not verbs & {"dossier.explanation_asked", "dossier.apology_drafted", "dossier.stuck"}


def test_why_late_counts_working_minutes_without_pauses_and_without_names(world):
    code = at_work(world)
    handling.claim(code, actor=world.specialist, at=MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=tuesday)
    supplementing.supply(code, actor=world.counter, note="Đủ", at=tuesday + timedelta(days=1))
    dossier = Dossier.objects.select_related("competent_unit").get(code=code)
    instant = datetime(2026, 3, 12, 9, tzinfo=VIETNAM)
    why = why_late(dossier, with_names=True, at=instant)
    assert why is not None and why.is_late
    assert [line.minutes for line in why.lines if line.kind == STOOD_STILL] == [480]
    held = [line for line in why.lines if line.kind == HELD]
    # Monday 8:00 to Thursday 12 March 9:00 is 8 working days and an hour, one of them stood still.
    assert sum(line.minutes for line in held) == 7 * 480 + 60
    public = why_late(dossier, with_names=False, at=instant)
    assert public is not None
    said = " ".join(f"{line.words} {line.note}" for line in public.lines)
    assert all(person.full_name not in said for person in world.people.values())
    assert any(world.specialist.full_name in line.words for line in why.lines)


def test_why_names_the_national_days_off(world):
    code = at_work(world, at=datetime(2026, 4, 28, 8, tzinfo=VIETNAM))
    dossier = Dossier.objects.select_related("competent_unit").get(code=code)
    why = why_late(dossier, with_names=False, at=datetime(2026, 5, 6, 9, tzinfo=VIETNAM))
    assert why is not None and not why.is_late
    assert {line.at.date() for line in why.lines if line.kind == "day_off"} >= {date(2026, 4, 30), date(2026, 5, 1)}


def test_forecast_tells_from_past_cases_and_from_the_share_without_them(world):
    fresh = at_work(world, at=LATER)
    (found,) = forecast_of(world.units["T.01"], at=LATER)
    assert (found.code, [part.is_known for part in found.parts]) == (fresh, [False, False, False])
    assert not found.is_late
    for number in range(6):  # the specialist usually takes eight working days
        start = MONDAY + timedelta(minutes=number)
        decide(world, at_work(world, at=start), start + timedelta(days=10))
    (found,) = forecast_of(world.units["T.01"], at=LATER)
    assert found.parts[0].is_known and found.is_late
    assert found.parts[0].minutes == pytest.approx(8 * 480, abs=5)
    assert [each.code for each in late_soon(world.units["T.01"], at=LATER)] == [fresh]


def test_late_list_of_a_month_is_published_once_with_codes_only(world):
    code = at_work(world)
    decide(world, code, LATER)
    april = datetime(2026, 4, 6, 8, tzinfo=VIETNAM)
    with pytest.raises(Refused):
        publish_late_list(date(2026, 3, 1), actor=world.control, at=LATER)
    with pytest.raises(Refused):
        publish_late_list(date(2026, 3, 1), actor=world.leader, at=april)
    assert publish_when_due(at=april) and not publish_when_due(at=april)
    assert not publish_when_due(at=datetime(2026, 5, 4, 8, tzinfo=VIETNAM))
    (row,) = late_list_of(date(2026, 3, 1)).rows
    assert (row["code"], row["unit"], row["days"]) == (code, "T.01", 3)
    assert "Thử 0" not in str(row) and set(row) == {
        "code", "procedure", "unit", "unit_name", "due_at", "decided_at", "days", "has_apology"
    }  # fmt: skip
    assert LateList.objects.count() == 1


def test_counts_per_unit_and_official(world):
    decide(world, at_work(world), LATER)
    decide(world, at_work(world), MONDAY + timedelta(days=1))
    (unit,) = unit_counts(world.head, date(2026, 3, 1), date(2026, 4, 1))
    assert (unit.unit, unit.decided, unit.decided_late) == ("T.01", 2, 1)
    officials = {each.name: each for each in official_counts(world.head, date(2026, 3, 1), date(2026, 4, 1))}
    specialist = officials[world.specialist.full_name]
    assert (specialist.ended, specialist.ended_late) == (2, 1)
    assert unit_counts(world.outsider, date(2026, 3, 1), date(2026, 4, 1)) == []


def test_gaming_is_flagged_for_the_control_office(world):
    code = at_work(world)
    shortly = datetime(2026, 3, 9, 15, tzinfo=VIETNAM)  # two working hours before the due instant
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=shortly)
    stopped = at_work(world)
    ending.stop(stopped, reason="Không đủ", actor=world.leader, at=LATER)
    many = [at_work(world) for _ in range(20)]
    for number, each in enumerate(many):
        decide(world, each, MONDAY + timedelta(days=1, seconds=number))
    Dossier.objects.filter(code=many[0]).update(result_text="")
    found = flags(world.control, date(2026, 3, 1), date(2026, 4, 1))
    assert sorted((each.kind, each.code) for each in found) == sorted(
        [("supplement", code), ("stopped_late", stopped), ("no_result", many[0]), ("mass_closing", many[0])]
    )
    assert flags(world.outsider, date(2026, 3, 1), date(2026, 4, 1)) == []


def test_board_shows_the_load_of_each_person(world):
    mine, free = at_work(world, at=LATER), at_work(world, at=LATER)
    handling.claim(mine, actor=world.specialist, at=LATER)
    board = board_of(world.units["T.01"], at=LATER)
    assert [run.subject for run in board[0].runs] == [free] and board[0].account is None
    loads = {each.account.code: each for each in board if each.account}
    assert loads[world.specialist.code].count == 1 and loads[world.specialist.code].minutes > 0
    assert loads[world.colleague.code].count == 0


def _statements(django_assert_max_num_queries, act):
    with django_assert_max_num_queries(1000) as caught:
        act()
    return len(caught)


def test_forecast_asks_equally_for_one_dossier_and_for_five(world, django_assert_max_num_queries):
    unit = world.units["T.01"]
    at_work(world, at=LATER)
    forecast_of(unit, at=LATER)
    one = _statements(django_assert_max_num_queries, lambda: forecast_of(unit, at=LATER))
    for _ in range(4):
        at_work(world, at=LATER)
    assert _statements(django_assert_max_num_queries, lambda: forecast_of(unit, at=LATER)) == one <= 6


def test_substitute_on_leave_works_by_the_delegated_post(world):
    code = at_work(world)
    post = world.head.posts.get()
    Delegation.objects.create(
        post=post, to_account=world.partner, valid_from=date(2020, 1, 1), valid_to=date(2099, 1, 1), reason="Nghỉ phép"
    )
    handling.propose(code, actor=world.specialist, result_text="Được")
    with pytest.raises(Refused):
        handling.propose(code, actor=world.colleague)
    substitute = Account.objects.get(pk=world.partner.pk)
    handling.propose(code, actor=substitute)
    assert run_of(code).role == "leader"


def test_what_was_decided_late_between_two_rounds_is_explained_by_who_held_it_then(world):
    code = at_work(world)
    decide(world, code, LATER - timedelta(minutes=1))
    assert lateness.make_round(at=LATER) == {"explanations": 1, "apologies": 0, "stuck": 0}
    asked = Explanation.objects.get()
    assert (asked.holder, asked.step_name, asked.unit.code) == (world.specialist, "Thẩm định", "T.01")
    assert lateness.make_round(at=LATER)["explanations"] == 0


def test_dossier_decided_in_time_owes_nothing(world):
    code = at_work(world)
    decide(world, code, MONDAY + timedelta(days=1))
    assert lateness.make_round(at=LATER) == {"explanations": 0, "apologies": 0, "stuck": 0}
