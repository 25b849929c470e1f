"""Work given in the articles and sections of the body: "Giao Sở X …", "1. Văn phòng UBND tỉnh: …", "a) …"."""

import re
from dataclasses import dataclass, replace

from motcua.base.text import fold, squash
from motcua.plans.rules.agencies import looks_like_agency, split_agencies
from motcua.plans.rules.deadline_phrases import find_deadline
from motcua.plans.rules.deadlines import parse_deadline
from motcua.plans.rules.doers import ASKED, doers, is_collective, is_owner
from motcua.plans.rules.prose import Passage
from motcua.plans.rules.values import BodyTask, Metadata

_SECTION = re.compile(r"^([IVX]+)\.\s*(.+)$", re.S)
_ARTICLE = re.compile(r"^Điều\s+(\d+)\s*[.:]?\s*(.*)$", re.S)
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)?)[.)]\s+(.+)$", re.S)
_LETTERED = re.compile(r"^([a-zđ])\)\s*(.+)$", re.S)
_DASHED = re.compile(r"^[-–+•]\s*(.+)$", re.S)
_OFF = re.compile(r"^(nơi nhận|trên đây|trong quá trình|phụ lục|danh mục|\(kèm|căn cứ |theo đề nghị|quyết định:)", re.I)
_ASSIGNS = re.compile(r"to chuc thuc hien|phan cong|trach nhiem|phuong huong,? nhiem vu")
# Sections that tell why, what was done or who pays; they give no work.
_TELLS = re.compile(
    r"muc dich|yeu cau|quan diem|muc tieu|ket qua|danh gia|tinh hinh|kinh phi|can cu|chi tieu|han che|thuc trang"
)
_LETTERS = ("Công văn", "Công điện", "Chỉ thị", "Thông báo", "Kết luận")
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


def body_tasks(texts: list[Passage], document: Metadata) -> list[BodyTask]:
    """Return the assignments of the body in order, with who and, where said, by when."""
    is_letter = document.kind in _LETTERS
    start = _Place(assigns=is_letter, gives=is_letter)
    place = replace(start)
    found: list[BodyTask] = []
    for passage in texts:
        text = passage.text.strip("* ")
        if _OFF.match(text) or text.isupper() and len(text) > 8 and not _SECTION.match(text):
            if not text.startswith("Trong quá"):
                place = replace(start, assigns=False, gives=False) if _ends(text) else replace(start)
            place.owner = None
            continue
        opened = _opened(text)
        if opened is not None:
            place = opened
            rest = _article_rest(text, place)
            found += _assigned(place, None, rest, passage, document) if rest else []
            continue
        found += _within(text, place, passage, document)
    return _numbered_apart(found)


def _ends(text: str) -> bool:
    return text.lower().startswith(("nơi nhận", "phụ lục", "danh mục", "(kèm"))


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
    return None


def _article_rest(text: str, place: _Place) -> str:
    article = _ARTICLE.match(text)
    rest = article.group(2) if article and place.assigns else ""
    return rest if ASKED.match(rest) or re.search(r"\bcó trách nhiệm\b", rest[:160]) else ""


def _within(text: str, place: _Place, passage: Passage, document: Metadata) -> list[BodyTask]:
    numbered, lettered, dashed = _NUMBERED.match(text), _LETTERED.match(text), _DASHED.match(text)
    if numbered and (place.code or place.gives):
        return _numbered(numbered, place, passage, document)
    if not place.owner:
        return _unowned(text, place, passage, document)
    if lettered:
        return [_task(place, lettered.group(1), lettered.group(2), passage, document)]
    place.items += 1
    if dashed:
        letter = "abcdđeghiklmnopq"[min(place.items - 1, 15)]
        return [_task(place, None, dashed.group(1), passage, document, code=letter)]
    if text.startswith(("Yêu cầu", "Trên đây", "Đề nghị")) and not place.is_outlook:
        place.owner = None
        return []
    code = str(place.items) if place.is_outlook else ""
    return [_task(place, place.owner_number, text, passage, document, code=code)]


def _unowned(text: str, place: _Place, passage: Passage, document: Metadata) -> list[BodyTask]:
    """Return the task of a paragraph below no body's heading, if it says whom it gives work to."""
    dashed = _DASHED.match(text)
    text = dashed.group(1) if dashed else text
    if not place.gives:
        return []
    # A last paragraph "Yêu cầu các cơ quan nghiêm túc thực hiện" is a closing formula, not work.
    is_formula = not dashed and not place.code.startswith("Đ") and not text.startswith("Giao")
    if is_formula and not find_deadline(text):
        return []
    says = re.search(r"\b(có trách nhiệm|chủ trì)\b", text[:200]) and looks_like_agency(text)
    if ASKED.match(text) or says and place.assigns:
        return _assigned(place, None, text, passage, document)
    return []


def _numbered(match: re.Match[str], place: _Place, passage: Passage, document: Metadata) -> list[BodyTask]:
    number, rest = match.group(1), match.group(2)
    place.owner, place.items, place.owner_number, place.owner_title = None, 0, number, f"{number}. {rest}"
    if place.is_outlook:
        place.owner = [document.issuer] if document.issuer else None
        return []
    said = re.search(r"^(.{3,160}?)\s+có trách nhiệm\b\s*(:?)", rest)
    if not place.assigns and not (said and looks_like_agency(said.group(1))):
        return _assigned(place, number, rest, passage, document) if place.gives and ASKED.match(rest) else []
    if said and (not place.assigns or said.end() == len(rest.rstrip())):
        place.owner = list(split_agencies(ASKED.sub("", said.group(1))).names)
        return []
    head, colon, tail = rest.partition(":")
    if colon and len(head) < 200 and is_owner(ASKED.sub("", head)):
        place.owner = list(split_agencies(ASKED.sub("", head)).names)
        if not tail.strip():
            return []
        task = _task(place, number, rest, passage, document, code="", own_heading=True)
        place.owner = None
        return [task]
    if is_owner(rest):
        place.owner = list(split_agencies(rest).names)
        return []
    return _assigned(place, number, rest, passage, document)


def _assigned(place: _Place, number: str | None, text: str, passage: Passage, document: Metadata) -> list[BodyTask]:
    """Return the task of a sentence that names its own body: "Giao X làm …" or "X làm …"."""
    names, _asked = doers(text)
    if not names:
        return []
    place.owner, place.owner_number = names, number or ""
    task = _task(place, number, text, passage, document, code="", own_heading=True)
    place.owner = None
    return [task]


def _task(
    place: _Place,
    number: str | None,
    text: str,
    passage: Passage,
    document: Metadata,
    *,
    code: str | None = None,
    own_heading: bool = False,
) -> BodyTask:
    last = code if code is not None else number
    parts = [place.code, place.owner_number, last or ""]
    path = [place.title] if own_heading else [place.title, place.owner_title]
    phrase = find_deadline(text)
    if place.is_outlook and not phrase:
        phrase = find_period(document.title or "")
    lead = list(place.owner or [])
    if not own_heading and is_collective(lead):  # "1. Các sở, ban, ngành:" and below it "- Sở Y tế khắc phục …"
        own, _asked = doers(text)
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
