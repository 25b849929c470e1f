"""Measures of definitions: counts, sums, what stands on a day; by unit, over a period; the rows behind each."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.base.clock import start_of, today
from motcua.indicators import registry
from motcua.indicators.grouped import numbers_of
from motcua.indicators.queries import children_of, count, ratio
from motcua.indicators.web.builder import counts_offered
from motcua.registers import measures
from motcua.registers.actions.defining import draft, publish
from motcua.registers.actions.keeping import amend, keep, move
from motcua.registers.counting import behind, measures_of, number_in
from motcua.registers.models import Entry, EntryVersion, Register
from motcua.registers.narrowing import months_before, rows_where
from motcua.registers.rules.definitions import definition_from
from motcua.registers.tests.definitions import DIALOGUES, PORTAL

TALKS = definition_from(DIALOGUES)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    made = [*measures_of(TALKS), *measures_of(definition_from(PORTAL)), measures.MEASURES[0]]
    monkeypatch.setattr(measures, "MEASURES", made)
    registry.measures.cache_clear()
    yield
    registry.measures.cache_clear()


@pytest.fixture
def three(cast, talks):
    """Three dialogues: two of the department (5 and 20 people), one of the commune (7.5); one more in April."""
    rows = [("department", "2026-01-05", "firms", 5), ("department", "2026-03-31", "citizens", 20),
            ("commune", "2026-02-01", "firms", "7,5"), ("commune", "2026-04-01", "firms", 100)]  # fmt: skip
    return [
        keep(talks, unit=cast.units[unit], actor=None,
             values={"held_on": day, "subject": "Thử", "with_whom": who, "people": people}).entry
        for unit, day, who, people in rows
    ]  # fmt: skip


def test_entries_are_counted_by_unit_and_period(cast, three):
    asked = [("held", "province", 3), ("held", "department", 2), ("with_firms", "province", 2), ("held", "other", 0)]
    assert [count(f"registers.talks.{code}", cast.units[unit], FIRST, LAST) for code, unit, _n in asked] == [
        number for _code, _unit, number in asked
    ]


def test_void_entries_are_not_counted(cast, three):
    move(three[0].code, "void", actor=None, reason="Ghi nhầm")
    assert count("registers.talks.held", cast.province, FIRST, LAST) == 2
    assert count("registers.entries", cast.province, FIRST, LAST, register="talks") == 2
    assert count("registers.entries", cast.province, FIRST, LAST, register="talks", field="with_whom:firms") == 1


def test_sums_add_a_field_up_and_round_once(cast, three):
    assert count("registers.talks.people", cast.province, FIRST, LAST) == 33
    assert count("registers.talks.people", cast.department, FIRST, LAST) == 25
    assert count("registers.talks.people", cast.other, FIRST, LAST) == 0
    assert count("registers.talks.people", cast.province, FIRST, LAST, with_whom="citizens") == 20


def test_many_units_at_once_agree_with_one_by_one(cast, three):
    groups = children_of(cast.province)
    codes = ["registers.talks.held", "registers.talks.people"]
    numbers = numbers_of(codes, cast.province, FIRST, LAST, groups)
    for unit in (cast.department, cast.commune, cast.other):
        assert [numbers[code][unit.pk] for code in codes] == [count(code, unit, FIRST, LAST) for code in codes]


def test_ratios_are_made_of_counts(cast, three):
    move(three[0].code, "answer", values={"outcome": "Xong"}, actor=None)
    value = ratio("registers.talks.answered_rate", cast.province, FIRST, LAST)
    assert (value.part, value.whole) == (1, 3)


def test_a_standing_number_knows_how_things_were(cast, three):
    move(three[0].code, "answer", values={"outcome": "Xong"}, actor=None)
    entry = three[0]
    EntryVersion.objects.filter(entry=entry, number=1).update(at=start_of(date(2026, 1, 6)))
    EntryVersion.objects.filter(entry=entry, number=2).update(at=start_of(date(2026, 2, 10)))
    asked = {date(2026, 1, 4): 0, date(2026, 1, 31): 1, date(2026, 2, 9): 2, date(2026, 2, 10): 1, LAST: 2, today(): 3}
    found = {day: count("registers.talks.unanswered", cast.province, FIRST, day) for day in asked}
    assert found == asked


def test_a_standing_number_knows_what_is_overdue(cast, talk):
    assert count("registers.talks.late", cast.province, FIRST, today()) == 0
    amend(talk.code, values={"answer_by": (today() - timedelta(days=1)).isoformat()}, actor=cast.keeper)
    assert count("registers.talks.late", cast.province, FIRST, today()) == 1


def test_the_rows_behind_a_number_are_as_many(cast, three):
    for rule in TALKS.measures:
        if rule.kind == "count":
            number = count(f"registers.talks.{rule.code}", cast.province, FIRST, LAST)
            assert Entry.objects.filter(behind(TALKS, rule, FIRST, LAST), register__code="talks").count() == number


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ({"with_whom": "firms|citizens"}, 4), ({"with_whom": "!firms"}, 1), ({"people": ">=20"}, 2),
        ({"people": "7.5"}, 1), ({"held_on": "<2026-02-01"}, 1), ({"outcome": ""}, 4), ({"outcome": "*"}, 0),
        ({"outcome": "!x"}, 4), ({"kind": "open"}, 4), ({"state": "!held"}, 0),
        ({"held_on": "within 1 months"}, 2), ({"held_on": "past"}, 3), ({"nothing": "1"}, 0),
    ],
)  # fmt: skip
def test_conditions_find_their_rows(three, where, number):
    assert Entry.objects.filter(rows_where(TALKS, where.items(), date(2026, 4, 1))).count() == number


def test_months_before_end_in_their_month():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 15), 15) == date(2024, 12, 15)


def test_numbers_are_read_out_of_values(three):
    rows = Entry.objects.order_by("id").values_list(number_in("people"), flat=True)
    assert list(rows) == [Decimal(5), Decimal(20), Decimal("7.5"), Decimal(100)]


def test_a_register_made_in_the_browser_is_measured_at_once(cast):
    draft({**PORTAL, "code": "mine"}, actor=cast.control)
    publish("mine", actor=cast.control)
    register = Register.objects.get(code="mine")
    values = {"month": "2026M02", "site": "Cổng", "opening": 10, "closing": 25}
    keep(register, unit=cast.department, actor=cast.keeper, values=values)
    assert count("registers.mine.visits", cast.province, FIRST, LAST) == 15
    assert "registers.mine.visits" in counts_offered()
    assert count("registers.mine.visits?site=Cổng", cast.province, FIRST, LAST) == 15
