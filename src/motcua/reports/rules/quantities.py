"""The same quantity said twice: in two sentences, or in a sentence and in a table.

A sentence's number is a quantity when its clause holds the words of one (``quantities.json``) and of no other, for no
part of the whole (a level, a field) and no other time. A table's is one row or column and its total row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from motcua.base.text import fold
from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.column_rules import stages
from motcua.reports.rules.figures import Figure, plain_number, read_figure, vietnamese
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import GridSheet
from motcua.reports.rules.grids import Grid, GridRow, is_total
from motcua.reports.rules.lines import Line

Key = tuple[str, str, str]  # object, concept, scope
_NUMBER = r"\d{1,3}(?:[. ]\d{3})+|\d+"
_NOUNS = {"ho so": r"ho so", "phan anh": r"(?:phan anh,? kien nghi|phan anh|pakn|kien nghi)", "nhiem vu": r"nhiem vu"}
_CLAUSE_ENDS = re.compile(r"[;:()]|[.,](?!\d)|\btrong do\b|\bva\b(?= \d| ?$)")
_STAGES = {
    ("received", "total"): "received",
    ("received", "online"): "received_online",
    ("received", "carried"): "carried",
    ("done", "total"): "done",
    ("done", "late"): "done_late",
    ("open", "total"): "open",
    ("open", "overdue"): "open_late",
    ("open", "in_time"): "open_in_time",
}
_CARRIED = re.compile(
    r"(?:ky|nam|quy) truoc chuyen (?:sang|qua)|chuyen tu (?:ky|nam|quy) truoc|ton (?:ky|nam|quy) truoc"
)
_OPEN = re.compile(r"(?:dang|chua) (?:giai|xu|hoan|thuc)|con lai")
_PLAIN = frozenset(
    [
        "so",
        "luong",
        "tong",
        "cong",
        "la",
        "co",
        "da",
        "duoc",
        "cac",
        "cua",
        "tai",
        "trong",
        "ky",
        "quy",
        "i",
        "ii",
        "iii",
        "iv",
        "nay",
        "bao",
        "cao",
        "va",
        "voi",
        "ho",
        "pakn",
        "tthc",
        "phan",
        "anh",
        "kien",
        "nghi",
        "tiep",
        "nhan",
        "moi",
        "giai",
        "quyet",
        "xu",
        "ly",
        "tra",
        "loi",
        "giao",
        "hoan",
        "thanh",
        "thuc",
        "hien",
        "dung",
        "truoc",
        "qua",
        "tre",
        "han",
        "dang",
        "chua",
        "xong",
        "truc",
        "tuyen",
        "tiep",
        "den",
        "thoi",
        "o",
        "nham",
        "de",
        "toan",
        "tinh",
        "huyen",
        "xa",
        "don",
        "vi",
        "co",
        "quan",
        "nguoi",
        "dan",
        "doanh",
        "nghiep",
        "cho",
        "ca",
        "deu",
        "nam",
    ]
) - {"moi"}
_QUOTE = 100
LEAST_STAGES = 4  # columns by which a table is known as statistics of dossiers


@dataclass(frozen=True)
class Mention:
    """A quantity in a sentence."""

    key: Key
    value: Fraction
    line: int
    quote: str
    more: frozenset[str] = frozenset()  # words that narrow it: "còn lại", "6 tháng đầu năm 2025"


@dataclass(frozen=True)
class Entry:
    """A quantity in a table."""

    key: Key
    figure: Figure
    where: Where
    written: str
    more: frozenset[str] = frozenset()
    beside: frozenset[Fraction] = frozenset()  # the row's other figures: of another period, of a part


def quantity_findings(
    lines: Sequence[Line], grids: Iterable[Grid], said: Set[tuple[int | None, str | None]]
) -> Iterator[Finding]:
    """Yield quantities told twice with different numbers; ``said`` are (appendix, row) of which a rule spoke."""
    mentions: dict[Key, list[Mention]] = defaultdict(list)
    for line in lines:
        for mention in _mentions(line):
            mentions[mention.key].append(mention)
    entries: dict[Key, list[Entry]] = defaultdict(list)
    for grid in grids:
        for entry in _entries(grid):
            entries[entry.key].append(entry)
    for key, told in mentions.items():
        known = entries.get(key, [])
        alike = [mention for mention in told if len(known) == 1 and mention.more == known[0].more]
        right = known[0].beside | {known[0].figure.value} if known else frozenset()
        if alike and not any(mention.value in right for mention in told):
            entry, mention = known[0], alike[0]
            if (entry.where.appendix, entry.where.row) not in said:
                yield finding(
                    "T06", "text_table", entry.where, found=entry.written, expected=plain_number(mention.value),
                    text_line=mention.line, quote=mention.quote,
                )  # fmt: skip
            continue
        for more in {mention.more for mention in told}:
            yield from _two_texts([mention for mention in told if mention.more == more], known)


def _two_texts(told: Sequence[Mention], known: Sequence[Entry]) -> Iterator[Finding]:
    if len({mention.value for mention in told}) != 2:
        return  # many numbers under the same words are several quantities
    right = known[0].figure.value if len(known) == 1 else told[0].value
    first = next(mention for mention in told if mention.value == right)
    other = next(mention for mention in told if mention.value != right)
    yield finding(
        "T06", "two_texts", Where(line=other.line), found=other.quote, expected=vietnamese(first.value),
        other_line=first.line, quote=first.quote, severity="error" if known else "warning",
    )  # fmt: skip


def _mentions(line: Line) -> Iterator[Mention]:
    text = line.text
    folded = fold(text)
    if len(folded) != len(text):
        return  # a letter outside the usual ones: places would not agree
    for noun, words in _NOUNS.items():
        for match in re.finditer(rf"(?<![\d./,])({_NUMBER})(?![.,/]?\d)\s+{words}\b", folded):
            before, after = _clause(folded, match.start(), match.end())
            led = re.split(r"(?<!\d)[.;]|[.;](?!\d)", folded[: match.start() - len(before)])[-1]
            phrase = f"{before} {after}"
            key = None if _is_of_part(phrase, led, noun) else key_of(noun, phrase, folded[: match.start()])
            figure = read_figure(match[1])
            if key and figure and not re.search(r"(?:tang|giam|them|toi|khoang|tren|gan|hon)\s*$", before):
                quote = text[match.start() - len(before) : match.end() + len(after)]
                more = _more(noun, phrase)
                yield Mention(key, figure.value, line.number, quote.strip(" ,;.()")[:_QUOTE], more)


def _is_of_part(phrase: str, led: str, noun: str) -> bool:
    """Say whether what a sentence said before makes a clause's number one of a part: of a level, of what is open."""
    if noun != "nhiem vu" and _has_scope(led):
        return True
    return bool(_OPEN.search(led)) and not _OPEN.search(phrase)


def _more(noun: str, phrase: str) -> frozenset[str]:
    """Return the words of a folded phrase that no quantity has by itself."""
    plain = _PLAIN | {"chuyen", "sang", "qua", "tu"} if _CARRIED.search(phrase) else _PLAIN
    return frozenset(re.findall(r"[a-z]+|\d{4}|\d+(?= thang)", phrase)) - plain - set(re.findall(r"[a-z]+", noun))


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words around a number up to the ends of its clause."""
    before = text[max(start - 120, 0) : start]
    if before.rstrip().endswith(":"):  # "Số hồ sơ tiếp nhận: 1.250 hồ sơ"
        before = before.rstrip()[:-1]
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(before)]
    before = before[ends[-1] :] if ends else before
    after = text[end : end + 80]
    stop = _CLAUSE_ENDS.search(after)
    after = after[: stop.start()] if stop else after
    number = re.search(r"\d", after)
    return before, after[: number.start()] if number else after


def key_of(noun: str, phrase: str, before: str = "") -> Key | None:
    """Return the quantity a folded phrase names; ``before`` is the text it stands in, for whose it is."""
    rules = data_file("quantities")
    if noun == "ho so" and _CARRIED.search(phrase) and not re.search(r"giai quyet|so voi|cung ky", phrase):
        return (noun, "carried", "") if not _has_scope(phrase) else None
    if _pattern(rules["other_time"]).search(phrase):
        return None
    named = [
        concept
        for concept, words in rules["objects"][noun].items()
        if _pattern(words["is"]).search(phrase) and not _pattern(words["not"]).search(phrase)
    ]
    if len(named) != 1:
        return None
    scope = [words for words in rules["scopes"] if re.search(rf"\b{words}\b", phrase)]
    if noun == "nhiem vu":
        return noun, named[0], _giver(before + " " + phrase)
    return (noun, named[0], "") if not scope else None


def _giver(text: str) -> str:
    """Return who gave the tasks, the last one named."""
    found = [(m.start(), "government") for m in re.finditer(r"chinh phu|thu tuong", text)]
    found += [(m.start(), "province") for m in re.finditer(r"(?:ubnd|chu tich ubnd|chu tich) tinh|\btinh giao", text)]
    return max(found)[1] if found else ""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _entries(grid: Grid) -> Iterator[Entry]:
    sheet = GridSheet(grid)
    yield from _total_row(sheet)
    if grid.main is None or not grid.is_of_indicators:
        return
    names = {row.full: row.name for row in grid.rows}
    for row in sheet.data:
        figure = sheet.figure(row, grid.main)
        if figure is None or sheet.is_percent(row, grid.main):
            continue
        context = fold(f"{_above(row, names)} {row.name}")
        own = fold(re.sub(r"\([^)]*\)", "", f"{row.name} {row.unit}"))
        noun = next((noun for noun, words in _NOUNS.items() if re.search(words, own)), None)
        key = key_of(noun, own, context) if noun else None
        if key is not None and noun and not _has_scope(grid.main.words) and (
            noun == "nhiem vu" or not _has_scope(context)
        ):  # fmt: skip
            more = _more(noun, fold(re.sub(r"\([^)]*\)", "", f"{_above(row, names)} {row.name}")))
            yield Entry(key, figure, sheet.where(row), row.cell(grid.main), more, _beside(sheet, row))


def _beside(sheet: GridSheet, row: GridRow) -> frozenset[Fraction]:
    return frozenset(figure.value for column in sheet.values if (figure := sheet.figure(row, column)))


def _has_scope(text: str) -> bool:
    return any(re.search(rf"\b{words}\b", text) for words in data_file("quantities")["scopes"])


def _above(row: GridRow, names: dict[str, str]) -> str:
    parts = row.full.split(".")
    return " ".join(names.get(".".join(parts[:depth]), "") for depth in range(1, len(parts)))


def _total_row(sheet: GridSheet) -> Iterator[Entry]:
    """Yield the totals of statistics of dossiers (form 06), where the table has one total row."""
    totals = [row for row in sheet.rows if row.kind == "total" or is_total(row.name)]
    by = stages(sheet)
    if len(totals) != 1:
        return
    if len(by) < LEAST_STAGES:
        for column in sheet.values:
            noun = next((noun for noun, words in _NOUNS.items() if re.search(words, column.words)), None)
            key = key_of(noun, column.words) if noun else None
            figure = sheet.figure(totals[0], column)
            if key and figure:
                more = _more(noun or "", column.words)
                yield Entry(key, figure, sheet.where(totals[0], column), totals[0].cell(column), more)
        return
    for place, concept in _STAGES.items():
        figure = sheet.figure(totals[0], by[place]) if place in by else None
        if figure:
            where = sheet.where(totals[0], by[place])
            yield Entry(("ho so", concept, ""), figure, where, totals[0].cell(by[place]))
