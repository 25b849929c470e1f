"""A decision read whole: letterhead, kinds, day of effect, counts it states, the procedures it lists. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from motcua.base.text import fold, squash
from motcua.procedures.rules.decisions.changes import OF_CHANGE, changes_in, in_order, kinds_of, sole_change
from motcua.procedures.rules.decisions.citing import cited_in, consolidated
from motcua.procedures.rules.decisions.copied import relisted
from motcua.procedures.rules.decisions.mending import mended
from motcua.procedures.rules.decisions.rows import procedures_of
from motcua.procedures.rules.decisions.values import LISTED, DecisionReading, Doubt, NamedProcedure
from motcua.reading.blocks import Document, Table
from motcua.reading.casing import Casing
from motcua.reading.letterhead import letterhead_of

_ARTICLE = re.compile(r"\bĐiều (\d{1,2})\s*[.:]\s")
_SIGNED = re.compile(r"\bNơi nhận\s*:")
_DAY = r"(?:(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4}))"
_VALID = re.compile(
    rf"hiệu lực(?: thi hành)?\s*[,:]?\s+(?:kể\s+)?(?:từ\s+)?ngày\s+(?:(ký|ban hành|được ký)|{_DAY})", re.I
)  # fmt: skip
_VALID_OTHERWISE = re.compile(r"Quyết định này có hiệu lực[^.;]{0,200}", re.I)
_COUNT = re.compile(r"\b(\d{1,4})\s+(?:thu tuc|tthc)\b")
_LINES_MOST = 4000  # characters of the first article: the list itself may stand in it


def read_decision(document: Document) -> DecisionReading:
    """Return what the decision says; what is missing, told twice or contradicts its own counts is a warning."""
    document = mended(relisted(document))
    placed = list(_texts(document))
    texts = [text for _, text in placed]
    casing = Casing(texts)
    head = letterhead_of(document, casing, _lists_procedures)
    articles = _articles(squash(" ".join(texts)))
    first = articles.get(1, "")[:_LINES_MOST]
    title, issuer = consolidated(head.number, head.title or "", head.issuer)
    kinds = kinds_of(title, first)
    rows, doubts = procedures_of(document, sole_change(kinds, title if changes_in(title) else first[:600]))
    kinds = _with_changes(kinds, rows, f"{title} {first[:300]}")
    valid_from = _valid_from(articles, head.dated_on)
    stated = _stated(first or title)
    cited_rows, cited_doubts = cited_in(articles, placed)
    known = {fold(row.name) for row in rows}
    rows += [row for row in cited_rows if fold(row.name) not in known]
    rows.sort(key=lambda row: row.line_start)
    doubts += cited_doubts
    doubts += _doubts(kinds, head.number, head.dated_on, valid_from, articles)
    doubts += _miscounted(stated, rows)
    doubts += [Doubt("page-lost", loss) for loss in document.losses]
    return DecisionReading(
        kinds=kinds,
        number=head.number,
        date=head.dated_on.isoformat() if head.dated_on else None,
        issuer=issuer,
        title=title or None,
        valid_from=valid_from.isoformat() if valid_from else None,
        procedures=tuple(rows),
        stated=stated,
        warnings=tuple(sorted(doubts, key=lambda doubt: doubt.line or 0)),
    )


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from ((cell.line_start, cell.text) for row in block.rows for cell in row.cells if cell.text)
        elif block.text:
            yield block.line_start, block.text


def _lists_procedures(table: Table) -> bool:
    """Tell whether a table is a list of procedures, which says nothing of the decision itself."""
    heads = " ".join(fold(text) for row in table.rows[:2] for text in row.texts if len(text) < 60)
    return "ten thu tuc" in heads or "ten tthc" in heads


def _articles(text: str) -> dict[int, str]:
    """Return the articles by number, as far as the signature: the first run that counts up from one."""
    signed = _SIGNED.search(text)
    body = text[: signed.start()] if signed else text
    marks: list[re.Match[str]] = []
    for mark in _ARTICLE.finditer(body):
        if int(mark.group(1)) == len(marks) + 1:
            marks.append(mark)
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    return {number: body[mark.end() : ends[number - 1]].strip() for number, mark in enumerate(marks, start=1)}


def _with_changes(kinds: tuple[str, ...], rows: list[NamedProcedure], said: str) -> tuple[str, ...]:
    """Return the kinds with what the lists' own headings say, where title and first article name no change."""
    announces = "cong bo" in fold(said)
    if not announces or set(kinds) & set(OF_CHANGE.values()):
        return kinds
    return in_order({*kinds, *(OF_CHANGE[row.change] for row in rows if row.change != LISTED)})


def _valid_from(articles: dict[int, str], signed_on: date | None) -> date | None:
    for text in articles.values():
        found = _VALID.search(text)
        if found is None:
            continue
        if found.group(1):
            return signed_on
        parts = [int(part) for part in found.groups()[1:] if part]
        try:
            return date(parts[2], parts[1], parts[0])
        except ValueError:
            return None
    return None


def _stated(text: str) -> dict[str, int]:
    """Return how many procedures of each change the text says: "16 thủ tục mới ban hành và 06 thủ tục bị bãi bỏ"."""
    # What stands in brackets or after "cụ thể" breaks the number down by level or agency.
    folded = re.sub(r"\([^()]*\)", " ", fold(text[:1500])).split("cu the")[0]
    found = list(_COUNT.finditer(folded))
    ends = [match.start() for match in found[1:]] + [len(folded)]
    counted: dict[str, int] = {}
    for match, end in zip(found, ends, strict=False):
        words = folded[match.end() : end][:200].split(".")[0]
        changes = changes_in(words)
        key = changes[0] if len(changes) == 1 or changes[:1] == ["amended"] else LISTED
        counted[key] = counted.get(key, 0) + int(match.group(1))
    return counted


def _doubts(
    kinds: tuple[str, ...],
    number: str | None,
    signed_on: date | None,
    valid_from: date | None,
    articles: dict[int, str],
) -> Iterator[Doubt]:
    if number is None:
        yield Doubt("number-missing", "Không thấy số của quyết định.")
    if signed_on is None:
        yield Doubt("date-missing", "Không thấy ngày ký quyết định.")
    if not kinds:
        yield Doubt("kind-unknown", "Không rõ quyết định công bố, sửa đổi hay bãi bỏ thủ tục nào.")
    if valid_from is None:
        said = next((m.group() for text in articles.values() if (m := _VALID_OTHERWISE.search(text))), "")
        words = (
            f"Ngày có hiệu lực phải xác định theo câu: “{squash(said)}”." if said else "Không thấy ngày có hiệu lực."
        )
        yield Doubt("valid-from-unclear", words)
    elif signed_on is not None and valid_from < signed_on:
        yield Doubt(
            "valid-before-signed", f"Ngày có hiệu lực {valid_from:%d/%m/%Y} trước ngày ký {signed_on:%d/%m/%Y}."
        )


def _miscounted(stated: dict[str, int], rows: list[NamedProcedure]) -> Iterator[Doubt]:
    """Yield a doubt where the decision counts otherwise than its lists, of one change or of all."""
    read = Counter(row.change for row in rows)
    for change, number in stated.items():
        found = len(rows) if change == LISTED else read[change]
        if found != number:
            yield Doubt(
                "count-differs", f"Quyết định nêu {number} thủ tục ({_WORDS[change]}), đọc được {found} thủ tục."
            )


_WORDS = {
    "new": "mới ban hành",
    "amended": "sửa đổi, bổ sung",
    "replaced": "thay thế",
    "abolished": "bãi bỏ",
    LISTED: "tất cả",
}
