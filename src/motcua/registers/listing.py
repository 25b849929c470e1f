"""A list of entries: which of them, in which columns, with which sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models import Sum as SqlSum

from motcua.base.clock import VIETNAM, start_of, today
from motcua.base.paging import Key, after_of, key_of
from motcua.base.text import fold
from motcua.organizations.models import Account, Unit
from motcua.registers.access import entries_for, may_check, may_keep
from motcua.registers.counting import behind, number_in
from motcua.registers.models import Entry, Register
from motcua.registers.narrowing import one
from motcua.registers.rules.conditions import condition_of
from motcua.registers.rules.definitions import Definition, Field
from motcua.registers.rules.shapes import FILES, LONG_TEXT, VOID
from motcua.registers.values_shown import names_of, shown
from motcua.ui.rules.numbers import grouped

PAGE, MOST_COLUMNS, MOST_EXPORTED = 50, 5, 20_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; blank narrows nothing."""

    words: str = ""
    unit: str = ""
    first: date | None = None
    last: date | None = None
    state: str = ""  # a state, "=open" for all of a kind, "qua-han" for what is overdue
    measure: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def entries_asked(account: Any, register: Register, definition: Definition, asked: Asked) -> QuerySet[Entry]:
    """Return the entries of a register that the account sees and that were asked for, in no order."""
    rows = narrowed(entries_for(account, register), definition, asked)
    # Words of entries are searched by whoever sees them; nothing personal is among them.
    return rows.filter(words__contains=fold(asked.words)) if asked.words else rows


def narrowed(rows: QuerySet[Entry], definition: Definition, asked: Asked) -> QuerySet[Entry]:
    """Return rows by unit, days, state, measure and fields."""
    if asked.unit:
        tops = Unit.objects.filter(code=asked.unit).values_list("path", flat=True)
        rows = rows.filter(_any(Q(unit__path__startswith=path) for path in tops))
    rule = definition.measure(asked.measure) if asked.measure else None
    if rule is not None:
        rows = rows.filter(behind(definition, rule, asked.first or FIRST_DAY, asked.last or LAST_DAY))
    elif asked.first or asked.last:
        rows = rows.filter(on__gte=asked.first or FIRST_DAY, on__lte=asked.last or LAST_DAY)
    rows = rows.filter(_state(asked.state))
    for name, text in asked.fields:
        rows = rows.filter(one(definition, condition_of(name, text)))
    return rows


def _state(asked: str) -> Q:
    if asked == "qua-han":
        return Q(due_on__lt=today())
    if asked.startswith("="):
        return Q(state_kind=asked[1:])
    return Q(state=asked) if asked else Q()


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


@dataclass(frozen=True)
class Cell:
    """One value of a row, under its column."""

    field: Field
    text: str


@dataclass(frozen=True)
class Row:
    """An entry with its values in words; what is personal is left blank for who only looks on."""

    entry: Entry
    title: str
    dated: str
    cells: list[Cell]
    is_late: bool


@dataclass(frozen=True)
class Page:
    """A page of a list, how many there are in all and what the numbers of all add up to."""

    columns: list[Field]
    rows: list[Row]
    count: int
    sums: list[str]
    after: str


def columns_of(definition: Definition) -> list[Field]:
    """Return the fields that a list shows beside title, day, unit and state."""
    apart = {definition.dated_by, definition.titled_by, definition.due.field if definition.due else ""}
    short = [each for each in definition.fields if each.type not in (LONG_TEXT, FILES) and each.code not in apart]
    numbers = [each for each in short if each.is_numeric]
    others = [each for each in short if not each.is_numeric and not each.personal]
    chosen = set([*others[: MOST_COLUMNS - min(len(numbers), 3)], *numbers][:MOST_COLUMNS])
    return [each for each in definition.fields if each in chosen]


def page_of(account: Any, register: Register, definition: Definition, rows: QuerySet[Entry], after: str) -> Page:
    """Return the page of a list after a key ("": the first).

    Raises:
        Refused: the key is none.
    """
    columns = columns_of(definition)
    counted = rows.exclude(state_kind=VOID)
    added = {each.code for each in columns if each.is_numeric} - definition.levels
    adding = {f"s_{code}": SqlSum(number_in(code)) for code in sorted(added)}
    totals = counted.aggregate(**adding) if adding else {}
    sums = [grouped(totals[f"s_{each.code}"]) if totals.get(f"s_{each.code}") is not None else "" for each in columns]
    found, following = entries_paged(rows, after)
    shown_rows = rows_shown(account, register, columns, found)
    return Page(columns, shown_rows, rows.count(), sums if adding else [], following)


def entries_paged(rows: QuerySet[Entry], after: str) -> tuple[list[Entry], str]:
    """Return a page of entries, newest first, and the key of the next one ("": this is the last).

    Raises:
        Refused: ``after`` is no key.
    """
    older = rows.filter(_older(key_of(after))) if after else rows
    found = list(older.order_by("-on", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], after_of((start_of(last.on), last.pk)) if last else ""


def _older(key: Key) -> Q:
    instant: datetime = key[0].astimezone(VIETNAM)
    return Q(on__lt=instant.date()) | Q(on=instant.date(), pk__lt=key[1])


def rows_shown(account: Any, register: Register, columns: Sequence[Field], entries: list[Entry]) -> list[Row]:
    """Return entries with their values in words."""
    names = names_of(columns, (entry.values for entry in entries))
    sees = _Sight(account, register)
    day = today()
    found = []
    for entry in entries:
        is_inside = sees.personal(entry.unit)
        cells = [
            Cell(field, shown(field, entry.values.get(field.code), names) if is_inside or not field.personal else "")
            for field in columns
        ]
        titled = entry.definition.by_code.get(entry.definition.titled_by)
        title = entry.title if is_inside or not (titled and titled.personal) else entry.code
        dated = entry.definition.by_code[entry.definition.dated_by]
        on = shown(dated, entry.values.get(dated.code))
        found.append(Row(entry, title, on, cells, entry.due_on is not None and entry.due_on < day))
    return found


class _Sight:
    """Whether an account sees what is personal, asked once for each unit."""

    def __init__(self, account: Any, register: Register) -> None:
        self.account, self.register = account, register
        self.known: dict[int, bool] = {}

    def personal(self, unit: Unit) -> bool:
        if unit.pk not in self.known:
            self.known[unit.pk] = isinstance(self.account, Account) and (
                may_keep(self.account, self.register, unit) or may_check(self.account, self.register, unit)
            )
        return self.known[unit.pk]
