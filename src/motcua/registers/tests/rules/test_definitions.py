"""What a definition must be: every fault is named with its place."""

import pytest

from motcua.base.refusal import Refused
from motcua.registers.rules.definition_checks import problems
from motcua.registers.rules.definitions import definition_from
from motcua.registers.tests.definitions import CASES, DIALOGUES, PORTAL, changed


@pytest.mark.parametrize("data", [DIALOGUES, PORTAL, CASES])
def test_sound_definitions_have_no_fault(data):
    assert problems(data) == []


def test_without_states_an_entry_is_kept_and_can_be_taken_back():
    found = definition_from(PORTAL)
    assert [state.code for state in found.states] == ["kept", "void"]
    assert [(move.code, move.origins, move.destroys) for move in found.moves] == [("void", ("kept",), True)]


def _field(**changes):
    return changed(PORTAL, fields=[*PORTAL["fields"], {"code": "more", "name": "Thêm", "type": "text", **changes}])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (None, "Định nghĩa"),
        ([], "Định nghĩa"),
        ({}, "title"),
        (changed(PORTAL, colour="red"), "colour"),
        (changed(PORTAL, code="Cổng"), "code"),
        (changed(PORTAL, prefix="đt"), "prefix"),
        (changed(PORTAL, valid_from="1/1/2020"), "valid_from"),
        (changed(PORTAL, fields="none"), "fields"),
        (changed(PORTAL, fields=[]), "fields"),
        (changed(PORTAL, dated_by="site"), "dated_by"),
        (changed(PORTAL, titled_by="name"), "titled_by"),
        (changed(PORTAL, expected={"every": "week", "within_days": 3}), "expected"),
        (changed(PORTAL, due={"field": "month", "while": ["kept"]}), "due.field"),
        (changed(PORTAL, units=[1]), "units"),
        (_field(type="colour"), "fields[5] (more).type"),
        (_field(code="site"), "fields[5].code"),
        (_field(code="state"), "fields[5] (state).code"),
        (_field(type="choice"), "fields[5] (more).options"),
        (_field(type="entry"), "fields[5] (more).register"),
        (_field(type="number", formula="[site] + 1"), "fields[5] (more).formula"),
        (_field(type="number", formula="[closing] +"), "fields[5] (more).formula"),
        (_field(min=1), "fields[5] (more).min"),
        (_field(required_in=["gone"]), "fields[5] (more).required_in"),
        (_field(shape="round"), "fields[5] (more).shape"),
        (changed(PORTAL, checks=[{"id": "a", "check": "[closing]", "words": "w"}]), "checks[0] (a)"),
        (changed(PORTAL, checks=[{"id": "a", "check": "[opening] = previous [closing]", "words": "w"}]), "checks[0]"),
        (changed(PORTAL, moves=[{"code": "go", "name": "Đi", "from": ["kept"], "to": "gone"}]), "moves[0] (go)"),
        (changed(PORTAL, measures=[{"code": "m", "name": "M", "kind": "sum", "of": "site"}]), "measures[0] (m).of"),
        (changed(PORTAL, measures=[{"code": "m", "name": "M", "kind": "ratio", "part": "x", "whole": "y"}]),
         "measures[0] (m).part"),
        (changed(PORTAL, measures=[{"code": "m", "name": "M", "kind": "count", "where": {"gone": "1"}}]),
         "measures[0] (m).where.gone"),
        (changed(DIALOGUES, measures=[{"code": "m", "name": "M", "kind": "count", "where": {"answer_by": "past"}}]),
         "measures[0] (m).where.answer_by"),
        (changed(DIALOGUES, measures=[{"code": "m", "name": "M", "kind": "count", "where": {"with_whom": "x"}}]),
         "measures[0] (m).where.with_whom"),
        (changed(DIALOGUES, titled_by="speaker"), "titled_by"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_place(data, place):
    found = problems(data)
    assert found and any(each.startswith(place) for each in found), found
    with pytest.raises(Refused):
        definition_from(data)
