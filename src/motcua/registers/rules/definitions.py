"""What a register is, as data: its fields, checks, states, moves and measures, read from JSON and checked whole.

{"code": "dialogues", "prefix": "DT", "title": …, "group": "Kiểm tra", "capability": "C085", "basis": …, "source": …,
 "valid_from": "2022-03-07", "valid_to": null, "public": true, "confidential": false,
 "units": "all" | ["department", "commune"],
 "expected": null | {"every": "month|quarter|half|year", "within_days": 5},
 "dated_by": field of type date or period, "titled_by": field,
 "fields": [{"code", "name", "type", "required", "required_in": [states], "options": [{"code", "name"}], "unit",
             "min", "max", "register" (of an entry), "every" (of a period), "personal", "public", "help", "formula"}],
 "checks": [{"id", "check": "[closing] >= [opening]", "severity": "error|warning", "words"},
            {"id", "previous": "[opening] = previous [closing]", "same": ["site"], "severity": "warning", "words"}],
 "states": [{"code", "name", "kind": "open|done|void"}],      the first is where an entry begins
 "moves": [{"code", "name", "from": [states], "to": state, "by": "keeper|checker", "asks": [fields],
            "destroys": false}],
 "due": null | {"field": date field, "while": [states]},
 "closed_by": null | date field that says when an entry was done,
 "unique": [[fields of which a unit has every value once]],
 "measures": [{"code", "name", "kind": "count|sum|standing|units|ratio", "of": field of a sum, "where": {…},
               "dated": "closed" (counted by the day it was done), "part", "whole"}]}
                                                         ``rules.conditions`` says what may stand in "where"

A definition without states has one, "kept"; one without a state of kind void has "void" and a move to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from motcua.base.refusal import Refused
from motcua.registers.rules.definition_checks import problems
from motcua.registers.rules.formulas import Part, Step, comparison, formula, reads
from motcua.registers.rules.shapes import (
    BY_CHECKER,
    BY_KEEPER,
    CHECKLIST,
    CHOICE,
    CHOICES,
    CLOSED,
    DONE,
    FILES,
    KEPT_STATE,
    MONEY,
    NUMBER,
    OPEN,
    VOID,
    VOID_MOVE,
    VOID_STATE,
)


@dataclass(frozen=True)
class Option:
    code: str
    name: str


@dataclass(frozen=True)
class Field:
    """One thing that an entry says; ``personal`` and not ``public`` fields stay with those who keep and check."""

    code: str
    name: str
    type: str
    required: bool = False
    required_in: frozenset[str] = frozenset()
    options: tuple[Option, ...] = ()
    unit: str = ""
    min: float | None = None
    max: float | None = None
    register: str = ""
    every: str = ""
    personal: bool = False
    public: bool = True
    help: str = ""
    formula: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.type in (NUMBER, MONEY)

    @property
    def has_options(self) -> bool:
        return self.type in (CHOICE, CHOICES, CHECKLIST)

    @property
    def is_many(self) -> bool:
        return self.type in (CHOICES, CHECKLIST, FILES)

    @property
    def is_typed(self) -> bool:
        """Whether a person fills it in a form or a sheet: nothing computes it and it is no file."""
        return not self.formula and self.type != FILES

    @property
    def computes(self) -> Part | None:
        return formula(self.formula) if self.formula else None

    def option_name(self, code: str) -> str:
        """Return the words of an option; its code where the definition knows it no more."""
        return next((option.name for option in self.options if option.code == code), code)


@dataclass(frozen=True)
class Check:
    """What must be true of an entry, or of it and the entry before it with the ``same`` fields."""

    id: str
    text: str
    severity: str
    words: str
    same: tuple[str, ...] = ()
    is_previous: bool = False

    @property
    def compared(self) -> Step:
        return comparison(self.text)


@dataclass(frozen=True)
class State:
    code: str
    name: str
    kind: str = OPEN

    @property
    def tone(self) -> str:
        return {OPEN: "progress", DONE: "good", VOID: "neutral"}[self.kind]


@dataclass(frozen=True)
class Move:
    """A way from some states to another: who goes it, what must be filled by then."""

    code: str
    name: str
    origins: tuple[str, ...]
    to: str
    by: str = BY_KEEPER
    asks: tuple[str, ...] = ()
    destroys: bool = False

    @property
    def is_of_checker(self) -> bool:
        return self.by == BY_CHECKER


@dataclass(frozen=True)
class Expected:
    """An entry of every unit is owed for each period, until so many days after its last day."""

    every: str
    within_days: int


@dataclass(frozen=True)
class Due:
    """The field that says by when, and the states in which it counts."""

    field: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class MeasureRule:
    """A number over entries: how many, what a field adds up to, how many stand so on a day, or a ratio of two.

    Kind "units" says how many units in force must keep the register, so that a ratio tells how many do.
    """

    code: str
    name: str
    kind: str
    where: tuple[tuple[str, str], ...] = ()
    of: str = ""
    part: str = ""
    whole: str = ""
    is_by_closing: bool = False


@dataclass(frozen=True)
class Definition:
    """A register's version, checked: every name in it exists, every formula can be read."""

    code: str
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    dated_by: str
    titled_by: str
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    checks: tuple[Check, ...] = ()
    measures: tuple[MeasureRule, ...] = ()
    prefix: str = ""
    group: str = ""  # what the list of all registers puts together; none: the rest
    capability: str = ""
    basis: str = ""
    units: tuple[str, ...] = ()  # kinds; none: every unit
    public: bool = False
    confidential: bool = False
    expected: Expected | None = None
    due: Due | None = None
    closed_by: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)

    @cached_property
    def by_code(self) -> dict[str, Field]:
        return {each.code: each for each in self.fields}

    @cached_property
    def by_state(self) -> dict[str, State]:
        return {each.code: each for each in self.states}

    @cached_property
    def levels(self) -> frozenset[str]:
        """The fields that say how high something stands, where an entry begins as the one before ended: no sums."""
        return frozenset(read.field for check in self.checks if check.is_previous for read in reads(check.compared))

    @cached_property
    def asked_later(self) -> frozenset[str]:
        """The fields that a new entry need not have, because a move asks for them or a later state does."""
        asked = {code for move in self.moves for code in move.asks}
        needed = {each.code for each in self.fields if each.required or self.states[0].code in each.required_in}
        return frozenset((asked | {each.code for each in self.fields if each.required_in}) - needed)

    @property
    def first_state(self) -> State:
        return self.states[0]

    def moves_from(self, state: str) -> list[Move]:
        """Return the moves that the table of the life allows from ``state``."""
        return [move for move in self.moves if state in move.origins]

    def measure(self, code: str) -> MeasureRule | None:
        return next((each for each in self.measures if each.code == code), None)


def definition_from(data: Any) -> Definition:
    """Return the definition that ``data`` says.

    Raises:
        Refused: it is none; every fault is named with its place.
    """
    if found := problems(data):
        raise Refused("\n".join(found), field="definition")
    states = tuple(State(each["code"], each["name"], each.get("kind", OPEN)) for each in data.get("states") or ())
    states = states or (State(*KEPT_STATE),)
    moves = [_move(each) for each in data.get("moves") or ()]
    if not any(state.kind == VOID for state in states):
        states += (State(*VOID_STATE),)
        origins = tuple(state.code for state in states if state.kind != VOID)
        moves.append(Move(*VOID_MOVE, origins, VOID_STATE[0], BY_KEEPER, (), True))
    expected, due = data.get("expected"), data.get("due")
    units = data.get("units", "all")
    return Definition(
        code=data["code"],
        title=data["title"],
        source=data["source"],
        valid_from=date.fromisoformat(data["valid_from"]),
        valid_to=date.fromisoformat(data["valid_to"]) if data.get("valid_to") else None,
        dated_by=data["dated_by"],
        titled_by=data["titled_by"],
        fields=tuple(_field(each) for each in data["fields"]),
        states=states,
        moves=tuple(moves),
        checks=tuple(_check(each) for each in data.get("checks") or ()),
        measures=tuple(_measure(each) for each in data.get("measures") or ()),
        prefix=data.get("prefix", ""),
        group=data.get("group", ""),
        capability=data.get("capability", ""),
        basis=data.get("basis", ""),
        units=() if units == "all" else tuple(units),
        public=bool(data.get("public")),
        confidential=bool(data.get("confidential")),
        expected=Expected(expected["every"], expected["within_days"]) if expected else None,
        due=Due(due["field"], tuple(due["while"])) if due else None,
        closed_by=data.get("closed_by") or "",
        unique=tuple(tuple(each) for each in data.get("unique") or ()),
        data=data,
    )


def _field(data: Mapping[str, Any]) -> Field:
    options = tuple(Option(each["code"], each["name"]) for each in data.get("options") or ())
    plain = ("unit", "register", "every", "help", "formula")
    return Field(
        code=data["code"],
        name=data["name"],
        type=data["type"],
        required=bool(data.get("required")),
        required_in=frozenset(data.get("required_in") or ()),
        options=options,
        min=data.get("min"),
        max=data.get("max"),
        personal=bool(data.get("personal")),
        public=bool(data.get("public", True)),
        **{name: data.get(name) or "" for name in plain},
    )


def _check(data: Mapping[str, Any]) -> Check:
    is_previous = "previous" in data
    return Check(
        data["id"],
        data["previous" if is_previous else "check"],
        data.get("severity", "error"),
        data["words"],
        tuple(data.get("same") or ()),
        is_previous,
    )


def _move(data: Mapping[str, Any]) -> Move:
    return Move(
        data["code"],
        data["name"],
        tuple(data["from"]),
        data["to"],
        data.get("by", BY_KEEPER),
        tuple(data.get("asks") or ()),
        bool(data.get("destroys")),
    )


def _measure(data: Mapping[str, Any]) -> MeasureRule:
    return MeasureRule(
        data["code"],
        data["name"],
        data["kind"],
        tuple(sorted((data.get("where") or {}).items())),
        data.get("of", ""),
        data.get("part", ""),
        data.get("whole", ""),
        data.get("dated") == CLOSED,
    )
