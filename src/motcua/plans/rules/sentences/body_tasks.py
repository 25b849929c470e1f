"""Work given in the articles and sections of the body: "Giao Sở X …", "1. Văn phòng UBND tỉnh: …", "a) …"."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from motcua.base.text import fold, squash
from motcua.plans.rules.bodies.agencies import looks_like_agency, split_agencies
from motcua.plans.rules.bodies.body_names import end_of_names
from motcua.plans.rules.bodies.doers import ASKED, asked_later, doers, is_collective, is_owner, unasked
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.times.deadline_phrases import find_deadline
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.rules.values import BodyTask, Metadata

_SECTION = re.compile(r"^([IVX]+)\.\s*(.+)$", re.S)
_COUNTED = re.compile(r"^([A-ZĐ]|\d{1,2})\.\s*([^.;,]{3,60})$")  # "C. Tổ chức thực hiện", "3. Tổ chức thực hiện"
_ARTICLE = re.compile(r"^Điều\s+(\d+)\s*[.:]?\s*(.*)$", re.S)
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)?)[.)]\s+(.+)$", re.S)
_LETTERED = re.compile(r"^([a-zđ])\)\s*(.+)$", re.S)
_DASHED = re.compile(r"^[-–+•]\s*(.+)$", re.S)
_OFF = re.compile(r"^(nơi nhận|trên đây|trong quá trình|phụ lục|danh mục|\(kèm|căn cứ |theo đề nghị|quyết định:)", re.I)
_ASSIGNS = re.compile(
    r"to chuc (?:trien khai )?thuc hien|to chuc trien khai|phan cong|trach nhiem|phuong huong,? nhiem vu|giao nhiem vu|"
    r"nhiem vu cua cac|che do bao cao|thong tin,? bao cao"
)
# Sections that tell why, what was done or who pays; they give no work.
_TELLS = re.compile(
    r"muc dich|yeu cau|quan diem|muc tieu|ket qua|danh gia|tinh hinh|kinh phi|can cu|chi tieu|han che|thuc trang"
)
# A heading without a number that opens the part in which work is given.
_PLAIN = re.compile(
    r"(?:phan )?(?:to chuc (?:trien khai )?thuc hien|to chuc trien khai|phan cong(?: (?:trach nhiem|nhiem vu|thuc hien|"
    r"to chuc thuc hien))?(?: thuc hien)?|trach nhiem (?:thuc hien|thi hanh|cua cac.*)|giao nhiem vu(?: cho cac.*)?)"
)
_IN_FORCE = re.compile(r"\bthi hành\b|\bhiệu lực\b|\bchịu trách nhiệm thực hiện Quyết định", re.I)
_IN_BRACKETS = re.compile(r"\(([^()]{3,90})\)[\s.;,/]*$")
_LETTERS = ("Công văn", "Công điện", "Chỉ thị", "Thông báo", "Kết luận")
# "Phân công nhiệm vụ cho các cơ quan tại Phụ lục kèm theo": the annex gives the work, not this sentence.
_BY_ANNEX = re.compile(
    r"\b(?:đơn vị|địa phương|cơ quan|sở|ban|ngành|xã|phường|huyện|tỉnh|thành phố|quan)\s+"
    r"(?:(?:tổ chức )?(?:thực hiện|triển khai)\s+)?(?:(?:các )?(?:nhiệm vụ|nội dung|công việc)\s+)?"
    r"(?:(?:cụ thể|được giao|sau|nêu)\s+)*(?:tại|theo|trong|như) (?:các )?(?:phụ lục|danh mục|bảng|biểu)\b"
    r"[^.;]*[.:;]?\s*(?:\./\.)?$",
    re.I,
)
_RUNS = re.compile(r"thi hành (?:Quyết định|Kế hoạch|Nghị quyết|Chương trình|Chỉ thị)")


@dataclass
class _Place:
    """Where the reading of the body stands."""

    code: str = ""  # "IV" or "Đ3"
    title: str = ""
    assigns: bool = False  # a section that gives work to the bodies it names
    gives: bool = False  # a section in which "Giao …" gives work
    is_outlook: bool = False  # next period's work in a report: the issuer's own
    owner: list[str] | None = None
    owner_number: str = ""
    owner_title: str = ""
    items: int = 0
    asked: list[str] | None = None  # to whom the sentence above the items gives them all: "yêu cầu các sở:"

    has_asked: bool = False  # an item of this list asked a body: the next may name theirs without "Giao"

    @property
    def is_counted(self) -> bool:
        """True of a section with an Arabic number, whose items and next section are numbered alike."""
        return self.code.isdigit()

    def ends_before(self, number: str) -> bool:
        """Tell whether a number is that of the next section, not of an item: "4." after "3." and its items a), b)."""
        return (
            self.is_counted
            and number.isdigit()
            and int(number) == int(self.code) + 1
            and (self.owner_number != self.code)
        )

    @property
    def is_plain(self) -> bool:
        """True below a heading without a number, where paragraphs name their bodies themselves."""
        return bool(self.title) and not self.code


def body_tasks(
    texts: list[Passage], document: Metadata, known: Collection[str] = (), after: int | None = None
) -> list[BodyTask]:
    """Return the assignments of the body in order, with who and, where said, by when.

    ``known``: names of bodies that stand alone in the document's tables. ``after``: the last line of the last task
    table; a sentence below it that says who is to do what gives work wherever it stands.
    """
    reading = _Body(document, known, after)
    for passage in texts:
        reading.add(passage)
    return _numbered_apart(reading.found)


class _Body:
    """Goes through the paragraphs of one document."""

    def __init__(self, document: Metadata, known: Collection[str], after: int | None) -> None:
        self.document, self.known, self.after = document, known, after
        is_letter = document.kind in _LETTERS
        self.start = _Place(assigns=is_letter, gives=is_letter)
        self.place = replace(self.start)
        self.found: list[BodyTask] = []
        self.closed = False  # the list of recipients has begun: what follows is no running text

    def add(self, passage: Passage) -> None:
        text = passage.text.strip("* ")
        opened = _opened(text)
        if opened is not None and opened.is_counted and self.place.assigns and self.place.code:
            opened = None  # "1. Phân công" in the section that gives the work
        if opened is None and (_OFF.match(text) or text.isupper() and len(text) > 8):
            self.closed = self.closed or _ends(text)
            if not text.startswith("Trong quá"):
                self.place = replace(self.start, assigns=False, gives=False) if _ends(text) else replace(self.start)
            self.place.owner = None
        elif opened is not None:
            self.place = opened
            rest = self._article_rest(text)
            self.found += self._assigned(None, rest, passage) if rest else []
        else:
            self.found += self._within(text, passage)

    def _article_rest(self, text: str) -> str:
        article = _ARTICLE.match(text)
        rest = article.group(2) if article and self.place.assigns else ""
        if rest.endswith(":") and is_owner(unasked(rest), self.known):  # "Điều 2. Giao Sở Nội vụ:" and items below it
            self.place.owner = _bodies(rest)
            return ""
        if ASKED.match(rest) or re.search(r"\bcó trách nhiệm\b", rest[:160]):
            return rest
        if not rest or _PLAIN.fullmatch(fold(rest).strip(" *:.")) or _IN_FORCE.search(rest):
            return ""
        return rest if doers(rest, self.known)[0] else ""

    def _within(self, text: str, passage: Passage) -> list[BodyTask]:
        place = self.place
        numbered, lettered, dashed = _NUMBERED.match(text), _LETTERED.match(text), _DASHED.match(text)
        if numbered and (place.code or place.gives):
            return self._numbered(numbered, passage)
        if not place.owner:
            return self._unowned(text, passage)
        if lettered:
            return [self._task(lettered.group(1), lettered.group(2), passage)]
        place.items += 1
        if dashed:
            letter = "abcdđeghiklmnopq"[min(place.items - 1, 15)]
            return [self._task(None, dashed.group(1), passage, code=letter)]
        if text.startswith(("Yêu cầu", "Trên đây", "Đề nghị")) and not place.is_outlook:
            place.owner = None
            return []
        code = str(place.items) if place.is_outlook else ""
        return [self._task(place.owner_number, text, passage, code=code)]

    def _unowned(self, text: str, passage: Passage) -> list[BodyTask]:
        """Return the task of a paragraph below no body's heading, if it says whom it gives work to."""
        place = self.place
        dashed = _DASHED.match(text) or _LETTERED.match(text)
        text = dashed.group(dashed.re.groups) if dashed else text
        if text.endswith(":") and not dashed and ASKED.match(text):
            place.asked = doers(text, self.known)[0] or None
            place.gives = place.gives or bool(place.asked)
            return []
        is_below = self.after is not None and passage.line_start > self.after and not dashed and not self.closed
        if not place.gives and not is_below:
            return []
        # A last paragraph "Yêu cầu các cơ quan nghiêm túc thực hiện" is a closing formula, not work.
        is_formula = not dashed and not place.code.startswith("Đ") and not text.startswith("Giao")
        if is_formula and not find_deadline(text) and (ASKED.match(text) or not (place.is_plain or is_below)):
            return []
        says = re.search(r"\b(có trách nhiệm|chủ trì)\b", text[:200]) and looks_like_agency(text)
        names, _asked = doers(text, self.known)
        if dashed and place.asked and not names:
            return self._asked(None, text, passage)
        listed = names and (place.is_plain or dashed or find_deadline(text))
        if dashed and names and ASKED.match(text):
            place.has_asked = True
        assigns = place.assigns or place.has_asked and bool(dashed and find_deadline(text))
        if ASKED.match(text) or (says or listed) and assigns or is_below and names:
            return self._assigned(None, text, passage)
        return []

    def _numbered(self, match: re.Match[str], passage: Passage) -> list[BodyTask]:
        place = self.place
        number, rest = match.group(1), match.group(2)
        if place.ends_before(number):
            self.place = replace(self.start)
            return []
        place.has_asked = False
        place.owner, place.items, place.owner_number, place.owner_title = None, 0, number, f"{number}. {rest}"
        if place.is_outlook:
            place.owner = [self.document.issuer] if self.document.issuer else None
            return []
        said = re.search(r"^(.{3,160}?)\s+có trách nhiệm\b\s*(:?)", rest)
        if not place.assigns and not (said and looks_like_agency(unasked(said.group(1)))):
            end = end_of_names(rest, self.known) or len(rest)
            is_told = ASKED.match(rest) or end < len(rest) and rest[end] != ":"
            told = self._assigned(number, rest, passage) if place.gives and is_told else []
            return told or self._asked(number, rest, passage)
        if said and (not place.assigns or said.end() == len(rest.rstrip())):
            place.owner = _bodies(said.group(1))
            return []
        head, colon, tail = rest.partition(":")
        if colon and len(head) < 200 and is_owner(unasked(head), self.known):
            place.owner = _bodies(head)
            if not tail.strip():
                return []
            task = self._task(number, rest, passage, code="", own_heading=True)
            place.owner = None
            return [task]
        if is_owner(unasked(rest), self.known):
            place.owner = _bodies(rest)
            return []
        own = self._assigned(number, rest, passage) or self._asked(number, rest, passage)
        return own or self._asked_later(number, rest, passage)

    def _asked_later(self, number: str, text: str, passage: Passage) -> list[BodyTask]:
        """Return the task of an item that asks somebody after it said something else."""
        names, _ = doers(asked_later(text), self.known)
        if not names or not self.place.gives:
            return []
        self.place.owner, self.place.owner_number = names, number
        task = self._task(number, text, passage, code="", own_heading=True)
        self.place.owner = None
        return [task]

    def _asked(self, number: str | None, text: str, passage: Passage) -> list[BodyTask]:
        """Return the task of an item that names nobody, below a sentence that asks somebody for all of them."""
        place = self.place
        if not place.asked or len(text) < 12 or text.endswith(":"):
            return []
        place.owner, place.owner_number = place.asked, number or ""
        task = self._task(number, text, passage, code="", own_heading=True)
        place.owner = None
        return [task]

    def _assigned(self, number: str | None, text: str, passage: Passage) -> list[BodyTask]:
        """Return the task of a sentence that names its own body: "Giao X làm …" or "X làm …"."""
        names, asked = doers(text, self.known)
        if not names or asked and _BY_ANNEX.search(text) and not find_deadline(text):
            return []
        self.place.owner, self.place.owner_number = names, number or ""
        task = self._task(number, text, passage, code="", own_heading=True)
        self.place.owner = None
        return [task]

    def _task(
        self, number: str | None, text: str, passage: Passage, *, code: str | None = None, own_heading: bool = False
    ) -> BodyTask:
        place, document = self.place, self.document
        last = code if code is not None else number
        is_dotted = place.owner_number.startswith(f"{place.code}.")  # "3.1" names its section itself
        parts = ["" if is_dotted else place.code, place.owner_number, last or ""]
        path = [place.title] if own_heading else [place.title, place.owner_title]
        phrase = _deadline_of(text)
        if place.is_outlook and not phrase:
            phrase = find_period(document.title or "")
        lead = list(place.owner or [])
        if not own_heading and is_collective(lead):  # "1. Các sở, ban, ngành:" and below it "- Sở Y tế khắc phục …"
            own, _asked = doers(text, self.known)
            lead = own if own and not is_collective(own) else lead
        return BodyTask(
            ".".join(part for part in parts if part) or str(passage.line_start),
            [part for part in path if part],
            number,
            squash(text),
            lead,
            phrase,
            parse_deadline(phrase, document.year),
            passage.line_start,
            passage.line_end,
        )


def _ends(text: str) -> bool:
    return text.lower().startswith(("nơi nhận", "phụ lục", "danh mục", "(kèm"))


def _bodies(text: str) -> list[str]:
    return list(split_agencies(re.sub(r"\s+có trách nhiệm\s*$", "", unasked(text).rstrip(" :"))).names)


def _deadline_of(text: str) -> str:
    """Return the deadline said in a sentence; a bracket at its end may hold nothing else ("(thường xuyên)")."""
    closing = _IN_BRACKETS.search(text)
    if closing and parse_deadline(closing.group(1), 2000).kind not in ("unspecified", "external"):
        return squash(closing.group(1))
    return find_deadline(text)


def _opened(text: str) -> _Place | None:
    """Return the place that a section or article opens, None if the text opens none."""
    section, article = _SECTION.match(text), _ARTICLE.match(text)
    if section:
        folded = fold(section.group(2))
        assigns = bool(_ASSIGNS.search(folded))
        gives = assigns or not _TELLS.search(folded)
        return _Place(section.group(1), text, assigns, gives, "phuong huong" in folded)
    if article:
        runs = not _RUNS.search(article.group(2))
        return _Place(f"Đ{article.group(1)}", text, runs, runs)
    counted = _COUNTED.match(text)
    if counted and _PLAIN.fullmatch(fold(counted.group(2)).strip(" *:.")):
        return _Place(counted.group(1), text, assigns=True, gives=True)
    is_heading = len(text) < 60 and not text.rstrip().endswith((".", ";", ",", ":"))
    if is_heading and (text.isupper() or text[:1].isupper()) and _PLAIN.fullmatch(fold(text).strip(" *:")):
        return _Place("", text, assigns=True, gives=True)
    return None


def find_period(title: str) -> str:
    """Return the last period a report's title names: the one its outlook is about."""
    found = re.findall(r"(?:Quý [IVX]+|Tháng \d+|6 tháng (?:đầu|cuối))(?:/| năm )\d{4}", title, re.I)
    return found[-1] if found else ""


def _numbered_apart(found: list[BodyTask]) -> list[BodyTask]:
    """Drop the ordinal of outlook items that stand alone under their heading."""
    ids = [task.id for task in found]
    result = []
    for task in found:
        head, _, last = task.id.rpartition(".")
        alone = (
            last == "1"
            and task.id.count(".") == 2
            and f"{head}.2" not in ids
            and task.number == head.rpartition(".")[2]
        )
        result.append(BodyTask(**{**task.__dict__, "id": head}) if alone else task)
    return result
