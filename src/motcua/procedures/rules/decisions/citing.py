"""What a decision says by pointing at another one: procedures meant by their number there, consolidated texts. Pure."""

import re

from motcua.base.text import squash
from motcua.procedures.rules.decisions.changes import changes_in
from motcua.procedures.rules.decisions.values import LISTED, Doubt, NamedProcedure

_ARTICLES_MOST = 3  # the first articles act; those after them say when and who
_LEAD_MOST = 200  # characters
_PROCEDURE = r"(?:các )?(?:thủ tục hành chính|thủ tục|TTHC)"
_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|và|đến|-|–)\s*(?:số\s+)?\d{1,3})*"
# "các thủ tục hành chính số 1, 3 mục II Phụ lục kèm theo Quyết định số 9/QĐ-UBND": numbers, and no name.
_BY_NUMBER = re.compile(
    rf"{_PROCEDURE}\s+(?:(?:có |tại |ở )?(?:số thứ tự|stt|số))\s+(?P<numbers>{_NUMBERS})\b(?P<where>[^.;“”]{{0,120}}?"
    r"(?:Quyết định|QĐ)\s+(?:số\s+)?(?P<decision>[\w./-]*\d[\w./-]*))?",
    re.I,
)
_QUOTED = re.compile(rf"{_PROCEDURE}(?:\s+(?:về|có tên))?\s*:?\s*[“\"](?P<name>[^”\"]{{10,400}})[”\"]", re.I)
_CODE_NEAR = re.compile(r"^[\s,;(\[]*(?:có )?(?:mã|[1-9]\.\d{6})")
_CLAUSE = re.compile(r"(?:^|(?<=[.;:])\s+)(?:\d{1,2}\.|[a-zđ]\))\s+")
_CONSOLIDATED = re.compile(r"/VBHN\b|^VBHN\b", re.I)
# What a consolidated text consolidates stands below its title: "Quyết định số … ngày … của … có hiệu lực kể từ ngày …".
_FIRST = re.compile(
    r"\s*\b(?:Quyết định|Thông tư|Nghị định) số \S+,? ngày .{6,30}? của (?P<by>.{5,120}?),?\s+"
    r"(?:về việc|công bố|ban hành|quy định|sửa đổi|hướng dẫn|phê duyệt)\b",
    re.I,
)
_HOLDER = re.compile(
    r"^(?:Thống đốc|Bộ trưởng|Chủ tịch|Tổng (?:Thanh tra|Giám đốc|Kiểm toán)|Chủ nhiệm|Giám đốc)\s+", re.I
)


def cited_in(articles: dict[int, str], texts: list[tuple[int, str]]) -> tuple[list[NamedProcedure], list[Doubt]]:
    """Return the procedures that articles name in quotation marks without a code, and a doubt for each meant by number.

    ``articles`` run on without their lines; ``texts`` are (line, text) of the source, where the lines are found again.
    """
    rows: list[NamedProcedure] = []
    doubts: list[Doubt] = []
    for number in sorted(articles)[:_ARTICLES_MOST]:
        clauses = _CLAUSE.split(articles[number])
        lead = changes_in(clauses[0][-_LEAD_MOST:])  # "Bãi bỏ các thủ tục sau đây:" goes for what follows
        for clause in clauses:
            changes = changes_in(clause.split("“")[0]) or lead
            change = changes[0] if len(changes) == 1 else LISTED
            for found in _QUOTED.finditer(clause):
                if changes and not _CODE_NEAR.match(clause[found.end() :]):
                    name = squash(found["name"]).rstrip(" .;,")
                    line = _line(name, texts) or 1
                    rows.append(NamedProcedure("", name, change, line, line))
            doubts += [_meant(found, texts) for found in _BY_NUMBER.finditer(clause) if changes]
    return rows, doubts


def _line(words: str, texts: list[tuple[int, str]]) -> int | None:
    """Return the line on which a run of words begins, though it may go on below; None where none is like it."""
    for count in (8, 5, 3):
        begun = " ".join(words.split()[:count])
        line = next((line for line, text in texts if begun in squash(text)), None)
        if line is not None:
            return line
    return None


def _meant(found: re.Match[str], texts: list[tuple[int, str]]) -> Doubt:
    where = f" của Quyết định số {found['decision']}" if found["decision"] else ""
    message = f"Thủ tục số {squash(found['numbers'])}{where} chỉ được nêu theo số thứ tự: phải tra tên và mã tại đó."
    return Doubt("meant-by-number", message, _line(found.group(), texts))


def consolidated(number: str | None, title: str, issuer: str | None) -> tuple[str, str | None]:
    """Return title and issuer of a decision; of a consolidated text the title ends where what it consolidates begins.

    Its issuer, where the letterhead names none, is the body that issued the first decision.
    """
    if number is None or not _CONSOLIDATED.search(number):
        return title, issuer
    first = _FIRST.search(title)
    if first is None:
        return title, issuer
    return title[: first.start()].strip(), issuer or _HOLDER.sub("", squash(first["by"]))
