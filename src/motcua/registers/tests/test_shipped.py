"""The shipped registers: every definition is sound and says where it comes from; every measure counts what it says."""

from datetime import date

import pytest
from django.db.models import Q

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.indicators.queries import count, ratio
from motcua.indicators.registry import measures
from motcua.organizations.actions.units import establish
from motcua.organizations.states import ONE_STOP, UNIT_KINDS
from motcua.registers.actions.keeping import keep, move
from motcua.registers.actions.shipping import take_in_shipped
from motcua.registers.counting import behind, code_of
from motcua.registers.models import Entry, Register
from motcua.registers.rules.shapes import COUNT, ENTRY, RATIO, STANDING, SUM, UNITS, VOID
from motcua.registers.shipped import DATA, newest_shipped, shipped_definitions
from motcua.registers.tests.more_shipped_examples import MORE_COUNTED, MORE_FULL
from motcua.registers.tests.shipped_examples import COUNTED as FIRST_COUNTED
from motcua.registers.tests.shipped_examples import FULL as FIRST_FULL

FULL, COUNTED = FIRST_FULL | MORE_FULL, FIRST_COUNTED | MORE_COUNTED
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
SHIPPED = {each.code: each for each in newest_shipped()}
CAPABILITIES = {
    "C009", "C010", "C012", "C013", "C014", "C015", "C035", "C046", "C057", "C085", "C086", "C095", "C107", "C112",
    "C113", "C114", "C116", "C117", "C118", "C119", "C120", "C121", "C122", "C123", "C124", "C127", "C128", "C132",
    "C133", "C135", "C137", "C138", "C139", "C140",
}  # fmt: skip


@pytest.fixture
def shipped(cast):
    take_in_shipped()
    for number in range(3):
        cast.units[f"one_stop_{number}"] = establish(
            code=f"P.1.MC{number}", name=f"Bộ phận Một cửa {number}", kind=ONE_STOP, parent=cast.department,
            valid_from=date(2018, 1, 1), actor="",
        )  # fmt: skip
    return {each.code: each for each in Register.objects.all()}


def _values(cast, code, **changes):
    """Return the full example with what needs the database filled in; None takes a value out."""
    values, written = dict(FULL[code]), Entry.objects.filter(register__code=code).count()
    if "official" in values:
        values["official"] = list(cast.people.values())[written % 5].code
    if code == "staff-files" and "updated_on" not in changes:
        values["updated_on"] = today().isoformat()
    if code in ("staff-files", "discipline", "equipment"):  # nobody, nothing and no decision stands there twice
        values["decision" if code == "discipline" else "number"] = f"{written}/THU"
    for field in SHIPPED[code].fields:
        if field.type == ENTRY and values.get(field.code) == "":
            held = Register.objects.get(code=field.register)
            state = SHIPPED[field.register].first_state.code
            made = Entry.objects.filter(register=held).first() or _write(cast, held, state).entry
            values[field.code] = made.code
    values.update(changes)
    return {name: value for name, value in values.items() if value is not None}


def _write(cast, register, state, **changes):
    unit = cast.commune if changes.get("level") == "commune" and register.code == "connections" else cast.department
    if register.code == "brand-identity":
        unit = cast.units[f"one_stop_{Entry.objects.filter(register=register).count()}"]
    if register.code == "portal-counters":
        changes = {"is_linked": "có", **changes}
    return keep(register, unit=unit, values=_values(cast, register.code, **changes), actor=None, state=state)


def test_the_shipped_registers_answer_their_capabilities():
    assert {capability for each in SHIPPED.values() for capability in each.capability.split()} == CAPABILITIES
    assert SHIPPED.keys() == FULL.keys() == COUNTED.keys()


def test_the_list_of_shipped_registers_is_written_down():
    told = (DATA.parents[3] / "docs" / "registers.md").read_text(encoding="utf-8")
    assert [code for code in SHIPPED if f"`{code}`" not in told] == []


def test_prefixes_and_codes_differ():
    assert len({each.prefix for each in SHIPPED.values()}) == len(SHIPPED)
    assert len({(each.code, each.valid_from) for each in shipped_definitions()}) == len(shipped_definitions())


@pytest.mark.parametrize("definition", shipped_definitions(), ids=lambda each: each.code)
def test_definition_says_where_it_comes_from_and_what_is_inferred(definition):
    assert definition.basis and "DOMAIN" in definition.source
    assert "suy luận" in definition.source or "[memory]" in definition.source or definition.code in {
        "propaganda", "training-classes",
    }  # fmt: skip
    assert set(definition.units) <= UNIT_KINDS.keys()
    assert definition.group


@pytest.mark.parametrize("definition", shipped_definitions(), ids=lambda each: each.code)
def test_every_state_can_be_reached_and_left_only_when_it_is_not_the_end(definition):
    reached, waiting = set(), [definition.first_state.code]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += [move.to for move in definition.moves_from(state) if move.to not in reached]
    assert reached == definition.by_state.keys()
    stuck = [code for code in reached if not definition.moves_from(code) and definition.by_state[code].kind != VOID]
    assert stuck == []


@pytest.mark.parametrize("definition", shipped_definitions(), ids=lambda each: each.code)
def test_what_a_state_requires_is_asked_on_the_way_there(definition):
    for field in definition.fields:
        for state in field.required_in:
            asked = [move for move in definition.moves if move.to == state and field.code in move.asks]
            before = [move for move in definition.moves if move.to == state]
            origins = {origin for move in before for origin in move.origins}
            assert asked or field.required or all(
                origin in field.required_in or origin == state for origin in origins
            ), f"{field.code} in {state}"  # fmt: skip


@pytest.mark.parametrize("definition", shipped_definitions(), ids=lambda each: each.code)
def test_whom_an_entry_names_is_marked_personal(definition):
    named = [field for field in definition.fields if field.type == "official" or field.code in ("person", "group")]
    people = [field for field in named if not field.has_options]
    assert all(field.personal for field in people)
    if definition.public:
        assert people == []


@pytest.mark.parametrize("code", sorted(FULL))
def test_measures_count_the_right_entries(cast, shipped, code):
    rows, expected = COUNTED[code]
    for state, changes in rows:
        _write(cast, shipped[code], state, **changes)
    definition = SHIPPED[code]
    kinds = {measure.code: measure.kind for measure in definition.measures}
    assert expected.keys() == {name for name, kind in kinds.items() if kind != RATIO}
    for name, number in expected.items():
        last = LAST if kinds[name] in (COUNT, SUM) else today()
        first = FIRST if last == LAST else today()
        found = count(code_of(definition, name), cast.province, first, last)
        assert (name, found) == (name, number)
        assert count(code_of(definition, name), cast.other, first, last) == (1 if kinds[name] == UNITS else 0)
        assert measures()[code_of(definition, name)].label == definition.measure(name).name


def test_number_is_not_known_while_nobody_keeps_the_register(cast, shipped):
    for definition in SHIPPED.values():
        for measure in definition.measures:
            if measure.kind in (COUNT, SUM, STANDING):
                assert count(code_of(definition, measure.code), cast.province, FIRST, LAST) is None


def test_files_updated_within_twelve_months_reach_a_hundred_per_cent(cast, shipped):
    _write(cast, shipped["staff-files"], "managed")
    rates = [SHIPPED["staff-files"].measure(name) for name in ("updated-rate", "complete-rate")]
    assert [ratio(code_of(SHIPPED["staff-files"], each.code), cast.department, today(), today()).percent
            for each in rates] == [100, 100]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "words", "other"),
    [
        ("staff-files", "Người có hồ sơ", {}),
        ("portal-counters", "Cổng, trang", {"site": "other", "site_name": "Trang thử"}),
        ("connections", "Hệ thống", {"system": "other", "system_name": "Hệ thống thử"}),
    ],
)
def test_what_may_stand_once_is_refused_a_second_time_by_the_same_unit(cast, shipped, code, words, other):
    state, values = SHIPPED[code].first_state.code, _values(cast, code)
    first = keep(shipped[code], unit=cast.department, values=values, actor=None, state=state).entry
    with pytest.raises(Refused, match=f"{first.code} cùng .*{words}"):
        keep(shipped[code], unit=cast.department, values=values, actor=None, state=state)
    assert keep(shipped[code], unit=cast.department, values=_values(cast, code, **other), actor=None, state=state)
    assert keep(shipped[code], unit=cast.other, values=values, actor=None, state=state)


def test_visits_are_closing_less_opening_and_the_opening_is_held_against_the_closing_before(cast, shipped):
    first = _write(cast, shipped["portal-counters"], "kept", period="2025Q4")
    assert (first.entry.values["visits"], first.warnings) == (8628, [])  # seed 003: 1.023.023 - 1.014.395
    other = _write(cast, shipped["portal-counters"], "kept", site="portal", opening=5, closing=7)
    assert other.warnings == []
    next_one = _write(cast, shipped["portal-counters"], "kept", opening=1_023_000, closing=1_030_000)
    assert [warning.id for warning in next_one.warnings] == ["opening"]
    with pytest.raises(Refused, match="cuối kỳ không nhỏ hơn"):
        _write(cast, shipped["portal-counters"], "kept", period="2026Q2", closing=1)


def test_conduct_case_goes_from_received_to_concluded_by_two_hands(cast, shipped):
    asked = ("verified_on", "verification", "is_true", "measure", "decision", "concluded_on", "conclusion")
    code = keep(
        shipped["conduct"], unit=cast.department, actor=cast.leader,
        values=_values(cast, "conduct", **dict.fromkeys(asked)),
    ).entry.code  # fmt: skip
    with pytest.raises(Refused):
        move(code, "conclude", actor=cast.chief)
    full = FULL["conduct"]
    move(code, "verify", values={name: full[name] for name in asked[:3]}, actor=cast.leader)
    with pytest.raises(Refused, match="biện pháp|Biện pháp"):
        move(code, "conclude", values={"conclusion": "Xong"}, actor=cast.chief)
    with pytest.raises(Refused, match="không làm được"):
        move(code, "conclude", values={name: full[name] for name in asked[3:]}, actor=cast.keeper)
    done = move(code, "conclude", values={name: full[name] for name in asked[3:]}, actor=cast.chief).entry
    assert (done.state, done.closed_on, done.due_on) == ("concluded", date(2026, 2, 15), None)


def test_confidential_registers_are_closed_to_those_who_are_not_trusted(cast, shipped):
    for code in ("conduct", "discipline"):
        with pytest.raises(Refused, match="không ghi sổ này"):
            keep(shipped[code], unit=cast.department, actor=cast.keeper, values=_values(cast, code))


def test_finding_stays_due_until_it_is_handled_and_falls_due_again_when_reopened(cast, shipped):
    entry = _write(cast, shipped["findings"], "found", handled_on=None, handling=None, due_on="2026-03-01").entry
    assert entry.due_on == date(2026, 3, 1)
    done = move(entry.code, "handle", values={"handled_on": "2026-02-19", "handling": "Xong"}, actor=cast.keeper)
    assert (done.entry.due_on, done.entry.closed_on) == (None, date(2026, 2, 19))
    with pytest.raises(Refused):
        move(entry.code, "reopen", values={"demand": "Làm lại", "due_on": "2026-04-01"}, actor=cast.keeper)
    again = move(entry.code, "reopen", values={"demand": "Làm lại", "due_on": "2026-04-01"}, actor=cast.chief).entry
    assert (again.state, again.due_on, again.closed_on) == ("found", date(2026, 4, 1), None)


def test_share_of_units_with_a_focal_point_is_measured(cast, shipped):
    _write(cast, shipped["focal-points"], "serving")
    definition = SHIPPED["focal-points"]
    found = ratio(code_of(definition, "coverage"), cast.province, today(), today())
    assert (found.part, found.whole) == (1, 4)  # an office, two departments, a commune
    assert behind(definition, definition.measure("coverage"), FIRST, LAST) != Q(pk__in=[])


def test_one_unit_has_one_main_focal_point_until_he_is_replaced(cast, shipped):
    first = _write(cast, shipped["focal-points"], "serving").entry
    with pytest.raises(Refused, match=first.code):
        _write(cast, shipped["focal-points"], "serving")
    move(first.code, "end", values={"until_on": "2026-03-01", "reason": "Chuyển"}, actor=cast.keeper)
    assert _write(cast, shipped["focal-points"], "serving")


def test_defect_goes_from_the_unit_to_those_who_answer_and_back(cast, shipped):
    given = _values(cast, "system-requests", owner=None, fix_by=None, fixed_on=None, reply=None)
    code = keep(shipped["system-requests"], unit=cast.department, values=given, actor=cast.keeper).entry.code
    with pytest.raises(Refused):
        move(code, "accept", values={"owner": "Nhóm", "fix_by": "2026-02-09"}, actor=cast.keeper)
    entry = move(code, "accept", values={"owner": "Nhóm", "fix_by": "2026-02-09"}, actor=cast.control).entry
    assert entry.due_on == date(2026, 2, 9)
    move(code, "fix", values={"fixed_on": "2026-02-08", "reply": "Đã sửa"}, actor=cast.control)
    assert move(code, "confirm", actor=cast.keeper).entry.closed_on == date(2026, 2, 8)


def test_money_of_a_line_is_computed(cast, shipped):
    assert _write(cast, shipped["budget-lines"], "estimated").entry.values["amount"] == 1_000_000
