"""Work given in the articles and sections of the body: "Giao Sở X …", "1. Văn phòng UBND tỉnh: …", "a) …"."""

import re
from dataclasses import dataclass

from motcua.base.text import fold, squash
from motcua.plans.rules.agencies import looks_like_agency, split_agencies
from motcua.plans.rules.deadlines import find_deadline, parse_deadline
from motcua.plans.rules.prose import Passage
from motcua.plans.rules.values import BodyTask, Metadata

_SECTION = re.compile(r"^([IVX]+)\.\s*(.+)$")
_ARTICLE = re.compile(r"^Điều\s+(\d+)\s*[.:]?\s*(.*)$", re.S)
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)?)[.)]\s+(.+)$", re.S)
_LETTERED = re.compile(r"^([a-zđ])\)\s*(.+)$", re.S)
_DASHED = re.compile(r"^[-+•]\s*(.+)$", re.S)
_ASKED = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu)\s+(?:cho\s+)?", re.I)
_VERB = (
    r"(?:trên cơ sở|xây dựng|theo dõi|chủ trì|phối hợp|tham mưu|chỉ "
    r"đạo|tổ chức (?!chính trị|xã hội|thành viên)|thực hiện|chủ động|"
    r"hưởng ứng|có trách nhiệm|chịu trách nhiệm|căn cứ|bố trí|hướng dẫn|"
    r"rà soát|ban hành|đôn đốc|kiểm tra|tiếp tục|báo cáo|triển khai|"
    r"cập nhật|tăng cường|nghiên cứu|tổng hợp|lập |đề xuất|quán triệt|"
    r"trình |cung cấp|đảm bảo|bảo đảm|kịp thời|là cơ quan|là đầu mối|"
    r"khẩn trương|hoàn thành|tổng kết|sơ kết|tham gia|phối hợp|duy trì|thông báo|công bố|công khai|đẩy mạnh|giúp|làm đầu mối|thường xuyên|định kỳ|phát hành|tuyên truyền|thẩm định|quản lý |tiếp nhận)"
)
_WHO = re.compile(rf"^(.{{3,220}}?)\s*,?\s+(?:{_VERB})", re.I | re.S)
_OFF = re.compile(r"^(nơi nhận|trên đây|trong quá trình|phụ lục|danh mục|\(kèm|căn cứ |theo đề nghị|quyết định:)", re.I)
_ASSIGNS = re.compile(r"to chuc thuc hien|phan cong|trach nhiem|phuong huong,? nhiem vu")


@dataclass
class _Place:
    """Where the reading of the body stands."""

    code: str = ""  # "IV" or "Đ3"
    title: str = ""
    assigns: bool = False
    is_outlook: bool = False  # next period's work in a report: the issuer's own
    owner: list[str] | None = None
    owner_number: str = ""
    owner_title: str = ""
    items: int = 0


def body_tasks(texts: list[Passage], document: Metadata) -> list[BodyTask]:
    """Return the assignments of the body in order, with who and, where said, by when."""
    place = _Place()
    found: list[BodyTask] = []
    for passage in texts:
        text = passage.text.strip("* ")
        if _OFF.match(text) or text.isupper() and len(text) > 8 and not _SECTION.match(text):
            place = _Place() if not text.startswith("Trong quá") else place
            place.owner = None
            continue
        if _opened(text, place):
            continue_with = _article_rest(text, place)
            found += _assigned(place, None, continue_with, passage, document) if continue_with else []
            continue
        found += _within(text, place, passage, document)
    return _numbered_apart(found)


def _opened(text: str, place: _Place) -> bool:
    section, article = _SECTION.match(text), _ARTICLE.match(text)
    if section:
        folded = fold(section.group(2))
        place.__init__(section.group(1), text, bool(_ASSIGNS.search(folded)), "phuong huong" in folded)  # type: ignore[misc]
        return True
    if article:
        rest = article.group(2)
        runs = "thi hành Quyết định" in rest or "thi hành Kế hoạch" in rest or "thi hành Nghị quyết" in rest
        place.__init__(f"Đ{article.group(1)}", text, not runs)  # type: ignore[misc]
        return True
    return False


def _article_rest(text: str, place: _Place) -> str:
    article = _ARTICLE.match(text)
    rest = article.group(2) if article and place.assigns else ""
    return rest if _ASKED.match(rest) or re.search(r"\bcó trách nhiệm\b", rest[:160]) else ""


def _within(text: str, place: _Place, passage: Passage, document: Metadata) -> list[BodyTask]:
    numbered, lettered, dashed = _NUMBERED.match(text), _LETTERED.match(text), _DASHED.match(text)
    if numbered and place.code:
        return _numbered(numbered, place, passage, document)
    if not place.owner:
        named = place.assigns and place.code.startswith("Đ") and re.search(r"\b(có trách nhiệm|chủ trì)\b", text[:200])
        if named and looks_like_agency(text):
            return _assigned(place, None, text, passage, document)
        if _ASKED.match(text) and place.assigns and place.code.startswith("Đ"):
            return _assigned(place, None, text, passage, document)
        return []
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


def _numbered(match: re.Match[str], place: _Place, passage: Passage, document: Metadata) -> list[BodyTask]:
    number, rest = match.group(1), match.group(2)
    place.owner, place.items, place.owner_number, place.owner_title = None, 0, number, f"{number}. {rest}"
    if place.is_outlook:
        place.owner = [document.issuer] if document.issuer else []
        place.owner = place.owner or None
        return []
    said = re.search(r"^(.{3,160}?)\s+có trách nhiệm\b", rest)
    if not place.assigns and not (said and looks_like_agency(said.group(1))):
        return []
    if said and not place.assigns:
        place.owner = list(split_agencies(said.group(1)).names)
        return []
    head, colon, tail = rest.partition(":")
    if colon and len(head) < 200 and looks_like_agency(_ASKED.sub("", head)):
        place.owner = list(split_agencies(_ASKED.sub("", head)).names)
        if not tail.strip():
            return []
        task = _task(place, number, rest, passage, document, code="", own_heading=True)
        place.owner = None
        return [task]
    if _is_heading(rest):
        place.owner = list(split_agencies(rest).names)
        return []
    return _assigned(place, number, rest, passage, document)


def _is_heading(text: str) -> bool:
    return (
        looks_like_agency(text)
        and len(text) < 170
        and not text.rstrip().endswith((".", ";"))
        and not _WHO.match(f"{text} ")
    )


def _assigned(place: _Place, number: str | None, text: str, passage: Passage, document: Metadata) -> list[BodyTask]:
    """Return the task of a sentence that names its own body: "Giao X làm …" or "X làm …"."""
    bare = _ASKED.sub("", text)
    asked = bare != text
    who = _WHO.match(bare)
    if not who or not (asked or looks_like_agency(who.group(1))):
        return []
    names = list(split_agencies(who.group(1), is_lead=True).names)
    if not names or not looks_like_agency(names[0]):
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
    return BodyTask(
        ".".join(part for part in parts if part),
        [part for part in path if part],
        number,
        squash(text),
        list(place.owner or []),
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
