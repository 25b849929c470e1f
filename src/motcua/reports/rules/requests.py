"""Reports asked for once, with a day of their own: what is asked, what an answer may hold, how it stands. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.reports.rules.figures import is_blank, read_figure, says_nothing_occurred, vietnamese

MOST_ITEMS, LONGEST_NAME, LONGEST_TEXT = 60, 300, 20_000
WAITING, OVERDUE, ANSWERED, ANSWERED_LATE, SENT_BACK = "waiting", "overdue", "answered", "answered_late", "sent_back"


@dataclass(frozen=True)
class Item:
    """A number that is asked for."""

    name: str
    unit: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"name": self.name, "unit": self.unit}


def items_in(text: str) -> list[Item]:
    """Return the items of lines "name | unit of measure". Raises Refused where there are too many or one twice."""
    items = []
    for line in filter(None, map(squash, nfc(text).splitlines())):
        name, _, unit = (part.strip() for part in line.partition("|"))
        if not name or len(name) > LONGEST_NAME or "\0" in line:
            raise Refused(f"Dòng “{line[:60]}” phải có dạng: nội dung | đơn vị tính.", field="items")
        items.append(Item(name, unit[:60]))
    names = [item.name.casefold() for item in items]
    if len(items) > MOST_ITEMS or len(set(names)) != len(names):
        raise Refused(f"Tối đa {MOST_ITEMS} số liệu, mỗi nội dung một dòng.", field="items")
    return items


def checked_values(items: Sequence[Item], values: Sequence[str]) -> list[str]:
    """Return an answer's values as they are kept. Raises Refused at the first that is neither number nor "none"."""
    if len(values) != len(items):
        raise Refused("Số ô trả lời không khớp với số liệu được yêu cầu.")
    kept = [squash(nfc(value)) for value in values]
    for at, (item, value) in enumerate(zip(items, kept, strict=True)):
        if not is_blank(value) and not says_nothing_occurred(value) and read_figure(value) is None:
            raise Refused(f"“{item.name}”: “{value[:40]}” không phải là số.", field=f"value-{at}")
    return kept


def sums(items: Sequence[Item], answers: Iterable[Sequence[str]]) -> list[str]:
    """Return the sum of every item over answers, "" where none has a number; shares are not added."""
    listed = list(answers)
    found = []
    for at, item in enumerate(items):
        figures = [figure for values in listed if (figure := read_figure(values[at]))]
        is_share = item.unit.strip().startswith("%")
        found.append("" if is_share or not figures else vietnamese(sum((f.value for f in figures), Fraction(0)), 2))
    return found


def standing(due_on: date, answered_on: date | None, *, is_sent_back: bool, day: date) -> str:
    """Return how a unit stands on ``day``: an answer counts as of the day it first came, unless it was sent back."""
    if is_sent_back:
        return SENT_BACK
    if answered_on is None:
        return OVERDUE if day > due_on else WAITING
    return ANSWERED_LATE if answered_on > due_on else ANSWERED
