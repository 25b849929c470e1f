"""One quantity in two places, known by its words: a number of the text and a cell of a table, or two of the text.

A cell is named by its row (a table of indicators) or by its row and column (a table of units, whose total row is the
whole). A number of the text is a cell's when the words around it cover the cell's name, it counts the same thing and
narrows it by no further word. What is one slip of a digit apart may be told more loosely than what differs at large.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, plain_number
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import GridSheet
from motcua.reports.rules.grids import Grid, GridRow, is_total
from motcua.reports.rules.lines import Line
from motcua.reports.rules.told import WORD, Sentence, Told, kind_of_unit, sentences_of, typo_of

_WEAK = frozenset(
    re.findall(
        "[a-z]+",
        "so luong tong cong la co da duoc cac cua tai trong ky quy nay bao cao va voi den thoi diem tren theo cho o tu "
        "ve ket qua lan thu nhung mot don vi tinh ty ti le phan tram dat chiem do bang gom nam thang ngay thuc hien ra "
        "nguoi toan dia ban hien nay phai moi khi tiep tuc cong tac tinh huyen xa phuong luy ke cung "
        "so sanh gia tri khac",
    )
)
_SHORTENED = {
    "tthc": "thu tuc hanh chinh",
    "pakn": "phan anh kien nghi",
    "dvc": "dich vu cong",
    "dvctt": "dich vu cong truc tuyen",
    "cchc": "cai cach hanh chinh",
    "qppl": "quy pham phap luat",
    "vbqppl": "van ban quy pham phap luat",
    "hs": "ho so",
    "cbccvc": "can bo cong chuc vien chuc",
    "ubnd": "uy ban nhan dan",
}
_SHORT = re.compile(rf"\b(?:{'|'.join(sorted(_SHORTENED, key=len, reverse=True))})\b")
QUALIFIERS = (  # words that narrow a quantity: both places must have them, or neither
    "phai",
    "truc tuyen", "truc tiep", "buu chinh", "dung han", "truoc han", "qua han", "tre han", "trong han", "dang", "chua",
    "cap tinh", "cap huyen", "cap xa", "ky truoc", "toan trinh", "mot phan", "noi bo", "lien thong", "con lai", "moi",
    "cong chuc", "vien chuc", "can bo", "lanh dao", "bai bo", "sua doi", "so hoa", "thanh toan", "phi dia gioi",
    "hanh vi", "quy dinh hanh chinh", "hai long", "ky so", "ban sao", "chuyen", "nu", "tu choi", "rut", "bo sung",
    "giai quyet", "xu ly", "tiep nhan", "hoan thanh", "kiem tra", "giai ngan", "kich hoat", "thu nhan", "co mat",
)  # fmt: skip
_NOUNS = ("ho so", "nhiem vu", "thu tuc", "van ban", "phieu", "phan anh", "dich vu", "nguoi", "don ")
_COMMON = frozenset(["ho", "nhiem", "van", "nguoi", "don", "thu", "co", "trieu", "ty", "dong", "cuoc"])
_LEAST_LONG = 100
_STATES = ("dang", "chua", "ky truoc", "chuyen")
_NEAR = 60  # letters
_DONE = ("giai quyet", "xu ly", "tiep nhan", "hoan thanh", "kiem tra", "giai ngan")  # what a caption may say for all
_ELSEWHEN = re.compile(
    r"so voi|cung ky|ky truoc(?! chuyen)|nam truoc|quy truoc|thang truoc|phan dau|du kien|muc tieu|binh quan|"
    r"trung binh|cuoi (?:ky|quy|nam|thang)|bao cao so|\buoc |trong do co|moi (?:ngay|thang|tuan)|toi thieu|"
    r"it nhat|\b(?:tren|khoang|gan|hon)\s*$"
)
_LEVELS = re.compile(r"cap tinh|cap huyen|cap xa|linh vuc|\brieng\b(?! (?:thang|quy|trong|nam))|\bkhoi\b")
_PARTS = re.compile(r"cac so|nganh doc|cong an|buu dien|trung tam|bo phan|chinh phu|thu tuong")
SURE, LOOSE = 0.9, 0.6
AHEAD = 0.12  # by how much the best name must cover better than another with other figures
MOST_FURTHER = 1  # words of a clause that are not the name's, where the two figures are nothing alike
LEAST_TURNED = Fraction(1, 2)  # of a point, between two rates of the same digits
_LEAD_WEIGHT = 0.5  # of a word that stands in the sentence but not in the number's own clause
_QUOTE = 110
Said = Set[tuple[int | None, str | None]]


@dataclass(frozen=True)
class Mention:
    """A number of the text with the words of its clause, of its sentence before it, and the folded clause."""

    told: Told
    figure: Figure
    line: int
    clause: frozenset[str]
    lead: frozenset[str]
    around: str
    led: str
    quote: str
    is_told_once: bool = False

    @property
    def is_percent(self) -> bool:
        return self.told.kind == "rate"


@dataclass(frozen=True)
class Named:
    """Cells of one name: a row of indicators (a figure a column), or one cell of a table of units."""

    words: frozenset[str]
    name: str
    unit: str
    figures: tuple[tuple[Figure, Where, str], ...]
    is_percent: bool
    about: str = ""  # what stands over the table
    beside: frozenset[Fraction] = frozenset()  # all figures of the row
    owner: str = ""  # the row's own name where the column names the quantity: it must stand in the text whole

    @property
    def values(self) -> frozenset[Fraction]:
        return frozenset(figure.value for figure, _, _ in self.figures)


def same_findings(lines: Sequence[Line], grids: Iterable[Grid], said: Said) -> Iterator[Finding]:
    """Yield cells that the text tells otherwise; ``said`` are (appendix, row) of which a rule spoke already."""
    named = [one for grid in grids for one in _named(GridSheet(grid))]
    if not named:
        return
    mentions = list(mentions_in(lines))
    often = Counter(mention.figure.value for mention in mentions)
    mentions = [replace(mention, is_told_once=often[mention.figure.value] == 1) for mention in mentions]
    weights = _weights(named)
    told = {mention.figure.value for mention in mentions}
    spoken: set[Where] = set()
    for mention in mentions:
        match = _match(mention, named, weights, told)
        if match is None:
            continue
        figure, where, written = match
        if where in spoken or (where.appendix, where.row) in said:
            continue
        spoken.add(where)
        yield finding(
            "T06", "text_table", where, found=written, expected=plain_number(mention.figure.value),
            text_line=mention.line, quote=mention.quote,
        )  # fmt: skip


def mentions_in(lines: Iterable[Line]) -> Iterator[Mention]:
    """Yield the counts and rates of paragraphs, both numbers of "15/20" apart."""
    for line in lines:
        if len(line.cells) > 1:
            continue
        for sentence in sentences_of(line.text):
            for told in sentence.told:
                if told.kind in ("count", "rate") and not _ELSEWHEN.search(_clause(sentence, told)):
                    yield from _mentions(sentence, told, line.number)


def _clause(sentence: Sentence, told: Told) -> str:
    """Return the folded words before a number back to the last mark that ends a clause."""
    return re.split(r"[;,]\s|\.\s", sentence.folded[: told.start])[-1]


def _mentions(sentence: Sentence, told: Told, line: int) -> Iterator[Mention]:
    start = told.start - len(told.before)
    before = told.before
    if told.depth and not before:  # "số hồ sơ quá hạn (886 hồ sơ)" is named before the bracket
        before = re.split(r"[;:,.()]", sentence.folded[: told.start].rstrip(" ("))[-1]
        start = told.start - len(before) - 2
    clause = f"{before} {told.after}"
    led = sentence.folded[: max(told.start - 1, 0)]
    quote = sentence.text[max(start - 1, 0) : told.end + len(told.after) + 1].strip(" ,;.()")[:_QUOTE]
    words = _words(clause)
    lead = _words(re.sub(r"\([^()]*\)", "", led))
    for figure in (told.figure, told.whole):
        if figure is not None and not (figure is told.figure and told.whole and told.kind == "rate"):
            yield Mention(told, figure, line, words, lead, clause, led, quote)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(_written_out(text))) - _WEAK


def _written_out(text: str) -> str:
    """Return a folded text with its usual abbreviations written out: a table shortens what the text does not."""
    return _SHORT.sub(lambda match: _SHORTENED[match[0]], text)


def _named(sheet: GridSheet) -> Iterator[Named]:
    if sheet.grid.is_of_indicators and sheet.grid.main is not None:
        names = {row.full: row.name for row in sheet.grid.rows}
        for row in sheet.data:
            yield from _of_row(sheet, row, names)
        return
    for row in sheet.rows:
        is_whole = row.kind == "total" or is_total(row.name)
        for column in sheet.grid.of("value", "percent"):
            figure = sheet.figure(row, column)
            words = _words(column.words)
            if figure is not None and words and (is_whole or len(fold(row.name)) > 5):
                cell = (figure, sheet.where(row, column), row.cell(column))
                owner = "" if is_whole else _owner(row.name)
                about = fold(" ".join((*sheet.grid.captions, *(c.label for c in sheet.values))))
                beside = frozenset(f.value for c in sheet.grid.of("value", "percent") if (f := sheet.figure(row, c)))
                yield Named(words, column.words, "", (cell,), sheet.is_percent(row, column), about, beside, owner)


def _owner(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(re.sub(r"\([^)]*\)", "", name))))


def _of_row(sheet: GridSheet, row: GridRow, names: Mapping[str, str]) -> Iterator[Named]:
    percent = sheet.grid.main is not None and sheet.is_percent(row, sheet.grid.main)
    figures = [
        (figure, sheet.where(row, column), row.cell(column))
        for column in sheet.grid.of("value", "percent")
        if (figure := sheet.figure(row, column)) and sheet.is_percent(row, column) == percent
    ]
    parts = row.full.split(".")
    above = " ".join(names.get(".".join(parts[:depth]), "") for depth in range(1, len(parts)))
    name = fold(re.sub(r"\([^)]*\)", "", row.name))
    words = _words(name)
    if figures and words:
        is_whole = len(words) > 2 or kind_of_unit(fold(row.unit)) in words
        inherited = frozenset() if is_whole else _words(fold(re.sub(r"\([^)]*\)", "", above)))
        named = f"{fold(above)} {name}"
        about = fold(" ".join(sheet.grid.captions))
        yield Named(words | inherited, named, fold(row.unit).strip(), tuple(figures), percent, about)


def _weights(named: Sequence[Named]) -> dict[str, float]:
    """Return how much a word tells of a name: what many names have tells little."""
    often = Counter(word for one in {(one.words, one.name) for one in named} for word in one[0])
    return {word: 1 / count**0.5 for word, count in often.items()}


def _match(
    mention: Mention, named: Sequence[Named], weights: Mapping[str, float], told: Set[Fraction]
) -> tuple[Figure, Where, str] | None:
    """Return the cell a mention denies: figure, place, as written; None where it is right or not surely the same."""
    scored = sorted(
        ((score, at) for at, one in enumerate(named) if (score := _score(mention, one, weights)) >= LOOSE), reverse=True
    )
    if any(named[at].owner for _, at in scored):  # the text names the row: no total is meant
        scored = [entry for entry in scored if named[entry[1]].owner]
    if not scored:
        return _by_unit(mention, named, told)
    if any(mention.figure.value in named[at].values for _, at in scored):
        return None
    best, at = scored[0]
    one = named[at]
    if any(best - score < AHEAD and named[other].values != one.values for score, other in scored[1:]):
        return None
    cells = [
        cell for cell in one.figures if _is_slip(mention, cell) or (one.owner and typo_of(_written(mention), cell[2]))
    ]  # fmt: skip
    # The cell's number is told too: then this one is the odd one out, if nothing else has it.
    is_alone = best >= SURE and mention.is_told_once and not any(mention.figure.value in one.values for one in named)
    is_long = min(len(re.sub(r"\D", "", text)) for text in (_written(mention), one.figures[0][2])) >= 3
    if cells and (best >= 0.75 or is_long) and (cells[0][0].value not in told or is_alone):
        return cells[0]
    is_said = len(one.words & mention.clause) >= 2 and len(mention.clause - one.words) <= MOST_FURTHER
    is_said = is_said and mention.figure.value not in one.beside
    if (
        best >= SURE
        and is_said
        and not one.owner
        and not _PARTS.search(mention.led)
        and mention.told.whole is None
        and not (one.values & told)
    ):
        return _main(one)
    return None


def _by_unit(mention: Mention, named: Sequence[Named], told: Set[Fraction]) -> tuple[Figure, Where, str] | None:
    """Return the only cell counted in a mention's own rare unit ("lượt người", "tài khoản") from which it slipped."""
    unit = " ".join(re.findall(r"[a-z]+", mention.told.after)[:2])
    if mention.is_percent or unit.split(" ")[0] in _COMMON or not unit:
        return None
    alike = [one for one in named if one.unit == unit]
    if len(alike) != 1 or mention.figure.value in alike[0].values:
        return None
    cells = [cell for cell in alike[0].figures if _is_slip(mention, cell) and cell[0].value >= _LEAST_LONG]
    return cells[0] if cells and cells[0][0].value not in told else None


def _is_slip(mention: Mention, cell: tuple[Figure, Where, str]) -> bool:
    """Say whether one slip parts a mention from a cell: of two digits changed over where there are only two.

    Rates lie close together by themselves: what is less than a point apart is no slip but another rate.
    """
    written = _written(mention)
    if not typo_of(written, cell[2]):
        return False
    digits = [re.sub(r"\D", "", text).lstrip("0") for text in (written, cell[2])]
    is_turned = sorted(digits[0]) == sorted(digits[1])
    if mention.is_percent:
        return abs(mention.figure.value - cell[0].value) >= (LEAST_TURNED if is_turned else 1)
    return is_turned or max(map(len, digits)) > 2


def _written(mention: Mention) -> str:
    if mention.told.whole is not None and mention.figure is mention.told.whole:
        return mention.told.written.split("/")[1]
    return mention.told.written.split("/")[0]


def _main(one: Named) -> tuple[Figure, Where, str]:
    return one.figures[-1]


def _score(mention: Mention, one: Named, weights: Mapping[str, float]) -> float:
    """Return which share of a name's words stand around a number, 0 where it counts something else or less."""
    if one.is_percent != mention.is_percent or not _is_of_unit(mention, one):
        return 0.0
    if one.owner and f" {one.owner} " not in f" {' '.join(re.findall(r'[a-z0-9]+', mention.led))} ":
        return 0.0
    if not one.owner and _LEVELS.search(mention.led) and not _LEVELS.search(one.name):
        return 0.0
    if not _is_as_narrow(mention, one):
        return 0.0
    total = sum(weights[word] for word in one.words)
    covered = sum(
        weights[word] * (1 if word in mention.clause else _LEAD_WEIGHT if word in mention.lead else 0)
        for word in one.words
    )
    return covered / total if one.words & mention.clause else 0.0


def _is_of_unit(mention: Mention, one: Named) -> bool:
    unit = mention.told.unit
    if one.is_percent or not unit:
        return True
    if one.unit:
        return kind_of_unit(unit) == kind_of_unit(one.unit) or unit in one.name
    if unit.split(" ")[0] in one.name:
        return True
    told = [noun for noun in _NOUNS if unit.startswith(noun)]
    return not told or told[0] in one.about or not any(noun in one.about for noun in _NOUNS)


def _is_as_narrow(mention: Mention, one: Named) -> bool:
    """Say whether the clause narrows by the same words as the name; those of the lead may stand in for the name's."""
    clause = re.sub(r"\bcho .*|\bcua .*", "", mention.around)
    own = {words for words in QUALIFIERS if words in clause}
    if "trong do" in clause:  # a part of what was told right before
        own |= {words for words in _STATES if words in mention.led[-_NEAR:]}
    name = {words for words in QUALIFIERS if words in one.name}
    led = {words for words in QUALIFIERS if words in mention.led}
    return own <= name | {words for words in _DONE if words in one.about} and name <= own | led
