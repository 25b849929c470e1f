"""Tasks of plans without a table: numbered paragraphs, below each "Cơ quan chủ trì: …", "Thời gian: …"."""

import re
from dataclasses import dataclass, field

from motcua.base.text import fold, squash
from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.ids import unique
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.evidence import is_time
from motcua.plans.rules.layout.labels import Label, split_label
from motcua.plans.rules.sentences.fields import Field, fields_of
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.rules.values import MissingRow, Task

_PART = re.compile(r"^(?:Phần|Chương)\s+(?:thứ\s+)?(?:[IVX]+|\d+|nhất|hai|ba|tư|năm|một|bốn|mở đầu)(?![^\W_])", re.I)
_ARTICLE = re.compile(r"^Điều\s+(\d+)\s*[.:]?\s*(.*)$", re.S)
_TASK_WORD = re.compile(
    r"^(?:Nhiệm vụ|Hoạt động|Việc)\s+(?:số\s+)?(?P<number>\d{1,3}(?:\.\d{1,3})*)\s*[.:–-]\s*(?P<rest>.+)$",
    re.S | re.I,
)
_BULLET = re.compile(r"^(?P<mark>[-–•▪*+])\s*(?P<rest>.+)$", re.S)
_END = re.compile(r"^(nơi nhận|phụ lục|danh mục|tm\.|kt\.|\(kèm theo|trên đây là|yêu cầu (?:các|thủ trưởng))", re.I)
_PROCEDURE = re.compile(
    r"trinh tu thuc hien|thanh phan ho so|thoi (?:han|gian) giai quyet|phi, le phi|cach thuc thuc hien|"
    r"doi tuong thuc hien thu tuc|ten thu tuc hanh chinh|ket qua thuc hien thu tuc|mau don, to khai|"
    r"yeu cau, dieu kien thuc hien"
)
_DOTS = re.compile(r"……|\.{6,}|…\s*…|_{6,}")
_FEWEST = 2  # one paragraph with some fields is an accident
_SECTION, _DASH, _PLUS, _PLAIN = 2, 20, 21, 30


@dataclass
class Item:
    """One paragraph in its outline.

    ``level``: 0 part, 1 letter that heads Roman sections, 2 section, 3 and more numbered, 9 letter, 20 dash, 21 plus,
    30 no mark.
    """

    passage: Passage
    level: int
    number: str
    text: str
    fields: list[Field] = field(default_factory=list)  # fields written after its own text
    below: list["Item"] = field(default_factory=list)  # its details, in order
    path: list["Item"] = field(default_factory=list)
    given: list[tuple[Field, Passage]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return f"{self.number}. {self.text}" if self.number and self.level else squash(self.text)


def prose_tasks(
    passages: list[Passage], taken: set[str], prefix: str = ""
) -> tuple[list[Task], list[MissingRow], set[int]]:
    """Return the tasks that paragraphs write out, rows that their numbering proves lost, and the lines they take."""
    if _describes_procedures(passages) or _is_form(passages):
        return [], [], set()
    walk = _Walk()
    for passage in passages:
        walk.add(passage)
    owners = walk.owners
    telling = [item for item in owners if _says_who_or_when(item)]
    if len(telling) < _FEWEST and not any(_says_all(item) for item in telling):
        return [], [], set()
    items = _with_siblings(walk.items, owners)
    tasks = [_task(item, taken, prefix) for item in items]
    lines = {line for item in items for line in _lines(item)}
    return tasks, _missing(items, walk.items), lines


def _describes_procedures(passages: list[Passage]) -> bool:
    """Tell whether a document describes procedures, whose parts are written out in fields much like tasks."""
    return len({found.group() for passage in passages for found in _PROCEDURE.finditer(fold(passage.text))}) >= 2


def _is_form(passages: list[Passage]) -> bool:
    """Tell whether a document waits to be filled in: dots stand where a plan would say who and when."""
    waiting = sum(bool(_DOTS.search(passage.text)) for passage in passages)
    return waiting > 0.1 * len(passages)


def _says_who_or_when(item: Item) -> bool:
    """Tell whether the fields of an item name a body, or a time that can be read."""
    for one, _ in item.given:
        if one.role is Role.LEAD and (looks_like_agency(one.value) or one.value[:1].isupper() and len(one.value) < 60):
            return True
        if one.role is Role.DEADLINE and parse_deadline(one.value, 2000).kind != "unspecified":
            return True
    return False


def _says_all(item: Item) -> bool:
    """Tell whether a numbered paragraph says both who and when, each under a label of its own: it is a task alone."""
    when = any(one.role is Role.DEADLINE and is_time(one.value) for one, _ in item.given)
    who = any(one.role is Role.LEAD and looks_like_agency(one.value) for one, _ in item.given)
    return when and who and item.level < _DASH


class _Walk:
    """Goes through the paragraphs with the open items in mind; fields go to the item that they tell of."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.owners: list[Item] = []
        self._open: list[Item] = []
        self._since: list[Item] = []  # items since the last field
        self._dash_owns = False
        self._letters_head: bool | None = None  # whether the first section is "A.", so that "I." stands below a letter

    def add(self, passage: Passage) -> None:
        text = passage.text.strip("*_ ")
        if _END.match(text):
            self._open, self._since = [], []
            return
        fields = fields_of(text)
        if fields and not _before(text, fields):
            self._give(fields, passage, _level_of_mark(text))
            return
        item = _item(passage, text, fields)
        if item.level == _SECTION and item.number:
            self._letters_head = item.number == "A" if self._letters_head is None else self._letters_head
            is_letter = split_label(f"{item.number}. x")[0] == Label(item.number, "upper", (ord(item.number[0]) - 64,))
            item.level = _SECTION - 1 if self._letters_head and is_letter else _SECTION
        self._enter(item)
        if fields:
            self._own(item, fields, passage)

    def _enter(self, item: Item) -> None:
        while self._open and self._open[-1].level >= item.level:
            self._open.pop()
        item.path = list(self._open)
        for above in self._open[-1:]:
            above.below.append(item)
        self.items.append(item)
        if item.level < _PLAIN:
            self._open.append(item)
        self._since.append(item)
        if item.level < _DASH:
            self._dash_owns = False

    def _own(self, item: Item, fields: list[Field], passage: Passage) -> None:
        item.given += [(one, passage) for one in fields]
        self.owners.append(item)
        self._since = []

    def _give(self, fields: list[Field], passage: Passage, level: int) -> None:
        """Give fields to the task before them: the same as the last fields' while it lacks them, else a new one."""
        last = self.owners[-1] if self.owners else None
        if last is not None and not self._since and not {one.role for one, _ in last.given} & {f.role for f in fields}:
            last.given += [(one, passage) for one in fields]
            return
        owner = self._owner(level)
        if owner is not None:
            self._own(owner, fields, passage)

    def _owner(self, level: int) -> Item | None:
        """Return the item that fields with a mark of this level tell of."""
        above = [item for item in self._since if item.level < level] or self._since
        if not above:
            return None
        bullets = [item for item in above if _DASH <= item.level < level]
        if self._dash_owns and bullets:
            return bullets[0]
        labelled = [item for item in above if item.level < _DASH]
        if not labelled:
            self._dash_owns = bool(bullets)
            return above[0]
        if bullets and level == _PLUS:  # "- việc" with "+ chủ trì: …" below it
            return bullets[-1]
        return labelled[-1]


def _before(text: str, fields: list[Field]) -> str:
    """Return what stands before the first field, without mark and bracket."""
    head = text[: fields[0].start]
    label, rest = split_label(head)
    rest = rest if label else head
    return rest.strip(" -–+•*_.(;,:[)") if not re.fullmatch(r"\(?\w{1,3}[.)]*\s*", head.strip()) else ""


def _level_of_mark(text: str) -> int:
    if text.startswith("+"):
        return _PLUS
    if text[:1] in "-–•▪*":
        return _DASH
    label, _ = split_label(text)
    return _level(label) if label else _PLAIN


def _level(label: Label) -> int:
    return {"upper": _SECTION, "roman": _SECTION, "arabic": _SECTION + label.depth, "lower": 9}[label.style]


def _item(passage: Passage, text: str, fields: list[Field]) -> Item:
    own = text[: fields[0].start].rstrip(" -–+•*_(;,[") if fields else text
    own = squash(own)
    if _ARTICLE.match(own):
        return Item(passage, _SECTION, "", own, fields)
    if _PART.match(own) and len(own) < 150:
        return Item(passage, 0, "", own, fields)
    if word := _TASK_WORD.match(own):
        return Item(passage, 8, word.group("number"), word.group("rest"), fields)
    if bullet := _BULLET.match(own):
        level = _PLUS if bullet.group("mark") == "+" else _DASH
        return Item(passage, level, "", squash(bullet.group("rest")), fields)
    label, rest = split_label(own)
    if label is None or label.style == "upper" and len(rest) > 200:
        return Item(passage, _PLAIN, "", own, fields)
    return Item(passage, _level(label), label.text, rest, fields)


def _with_siblings(items: list[Item], owners: list[Item]) -> list[Item]:
    """Return the owners and, among them, numbered items of the same list that say neither who nor when."""
    own = {id(item) for item in owners}
    lists: dict[tuple[int, int], int] = {}
    for item in owners:
        if item.level < _DASH and item.number:
            key = (id(item.path[-1]) if item.path else 0, item.level)
            lists[key] = lists.get(key, 0) + 1
    parents = {id(above) for item in owners for above in item.path}
    found = []
    for item in items:
        key = (id(item.path[-1]) if item.path else 0, item.level)
        beside = lists.get(key, 0) >= 2 and item.number and id(item) not in parents
        if id(item) in own or beside:
            found.append(item)
    return found


def _task(item: Item, taken: set[str], prefix: str) -> Task:
    labels = [_code(above) for above in item.path]
    own = item.number.rstrip(".")
    parts = [label for label in labels if label and not own.startswith(f"{label}.")]
    place = [*filter(None, [prefix]), *parts, *filter(None, [own])]
    chosen = unique(".".join(place) or "1", taken)
    last = item.given[-1][1] if item.given else item.passage
    path = [above.shown for above in item.path]
    text = item.text.rstrip(" :")
    task = Task(chosen, path, item.number, text, line_start=item.passage.line_start, line_end=last.line_end)
    task.parts[Role.TEXT.value] = ((item.passage.line_start, text),)
    for one, passage in item.given:
        before = task.parts.get(one.role.value, ())
        if one.value:
            task.parts[one.role.value] = (*before, (passage.line_start, one.value))
    task.doubts.append("from-prose")
    if not item.given:
        task.doubts.append("no-fields")
        task.warn("fields-missing", "Mục này không ghi ai làm, khi nào xong.")
    return task


def _code(item: Item) -> str:
    if article := _ARTICLE.match(item.text):
        return f"Đ{article.group(1)}"
    if item.number:
        return item.number.rstrip(".")
    if item.level == 0:
        words = [word.strip(".:") for word in item.text.split() if word.lower() != "thứ"]
        return f"P{words[1]}" if len(words) > 1 else ""
    return ""


def _lines(item: Item) -> set[int]:
    lines = set(range(item.passage.line_start, item.passage.line_end + 1))
    for _, passage in item.given:
        lines |= set(range(passage.line_start, passage.line_end + 1))
    return lines


def _missing(tasks: list[Item], items: list[Item]) -> list[MissingRow]:
    """Return the numbers that a list of tasks skips and that stand nowhere else in it."""
    found: list[MissingRow] = []
    last: dict[tuple[int, int], int] = {}
    seen = {(id(item.path[-1]) if item.path else 0, item.level, item.number) for item in items}
    for item in tasks:
        label, _ = split_label(f"{item.number}. x")
        if label is None or label.style != "arabic":
            continue
        key = (id(item.path[-1]) if item.path else 0, item.level)
        number, before = label.path[-1], last.get(key, 0)
        if before and 1 < number - before <= 10:
            for skipped in range(before + 1, number):
                shown = ".".join(map(str, (*label.path[:-1], skipped)))
                if (*key, shown) not in seen:
                    why = f"Có số {label.text} nhưng không có số {shown}."
                    found.append(MissingRow([one.shown for one in item.path], shown, why, item.passage.line_start))
        last[key] = number
    return found
