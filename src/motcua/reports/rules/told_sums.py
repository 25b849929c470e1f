"""Wholes and their parts as a text tells them, in whatever words: "giao 214 nhiệm vụ, gồm: …", "66 đơn vị (…)".

The numbers behind a whole are taken as a list by the marks and words between them. A list that adds up, or some part of
which does, is right; another is reproached only for a reason: its parts exclude one another, the words say that they
are all, or one slip of a digit explains the difference.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from motcua.reports.rules.figures import Figure, plain_number
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import half_place
from motcua.reports.rules.row_rules import excludes
from motcua.reports.rules.told import Sentence, Told, kind_of_unit, sentences_of, typo_of

_ALL = re.compile(r"\b(?:gom|bao gom|chia ra|cu the|phan theo|lan luot)\b|:\s*$|:")
_SOME = re.compile(r"\btrong (?:so )?do\b|\btrong so\b")
_OVERLAP = re.compile(
    r"\btruoc (?:khi|sap|ngay|nam|thang|do)|dang vien|doan vien|dan toc|ton giao|so voi|cung ky|"
    r"ty le|binh quan|trung binh|\btang\b|\bgiam\b|"
    r"toi thieu|it nhat|dien tich|ngay lam viec|\bngay\b|\bnguoi dan\b|\bdong\b.*\bnam\b"
)
_WOMEN = re.compile(r"\bnu\b")
_CONNECTOR = re.compile(
    r"\b(?:trong do|trong so do|bao gom|gom co|gom|cu the|chia ra|va|co|la|voi|so|cac|do|da|duoc)\b"
)
_STATE = re.compile(r"hoan thanh|\bdang\b|\bchua\b|\bhan\b|giai quyet|xu ly|con lai|khac phuc|thuc hien|\bdat\b")
_TOTAL = re.compile(
    r"\btong(?: cong| so)?\b|\bphai (?:giai quyet|xu ly|thuc hien)\b|\bduoc giao\b|\bgiao\b|\bca (?:nam|quy|ky)\b"
)
_WHOLE = re.compile(
    r"\b(?:tong|giao|nhan|tiep|thu|phat ra|khao sat|ra soat|kiem tra|ban hanh|cong bo|co|gom|toan|phai|la|xu ly|"
    r"quan ly)\b"
)
_IN_ALL = re.compile(r"\btong (?:cong|so)\b|\btong\b|\bca (?:nam|quy|ky)\b")
_SURE_TOTAL = re.compile(r"\btong\b|\bphai (?:giai quyet|xu ly|thuc hien)\b|\bca (?:nam|quy|ky)\b")
_LEFT = re.compile(r"\bcon\b(?!.*\bhan\b)|\bcon lai\b|\bthieu\b|\bchua su dung\b")
_LEFT_OVER = re.compile(r"\bcon lai\b|\bthieu\b")
_MOST_ITEMS = 9
_MOST_FLOWS = 6
MOST_APART = Fraction(3, 5)
MOST_FEW = 6  # among a handful any slip is more than that
_QUOTE = 160


def sum_findings(text: str, line: int) -> Iterator[Finding]:
    """Yield wholes of a paragraph that are not what their parts add up to."""
    for sentence in sentences_of(text):
        for at, whole in enumerate(sentence.told):
            if whole.kind == "count":
                yield from _whole(sentence, at, whole, line)
            if whole.kind == "count" and not whole.depth:
                yield from _each_bracketed(sentence, at, whole, line)
        yield from _flows(sentence, line)
        yield from _left(sentence, line)


def _whole(sentence: Sentence, at: int, whole: Told, line: int) -> Iterator[Finding]:
    total = whole.figure
    rest = [one for one in sentence.told[at + 1 :] if one.kind == "count"][: _MOST_ITEMS + 2]
    if is_kept([one for one in rest if one.depth == whole.depth], total.value):
        return
    for word, items in _lists(sentence, at, whole):
        if not 2 <= len(items) <= _MOST_ITEMS:
            continue
        if is_kept(items, total.value):
            return
        if whole.whole and (word != "brackets" or is_kept(items, whole.whole.value)):
            return  # of "90/101 người" either number may be divided
        reason = _reason(whole, word, items, total.value)
        may_go_on = word != "brackets" and rest[-1].end > items[-1].end and rest[-1].unit == items[-1].unit
        if may_go_on and sum(item.figure.value for item in items) < total.value:
            return
        exact = sum((item.figure.value for item in items), Fraction(0))
        others = {one.figure.value for one in sentence.counts if one not in items} - {total.value}
        if reason and exact - total.value not in others:  # what was carried over is told apart
            quote = sentence.text[whole.start : items[-1].end + len(items[-1].after) + 1]
            yield finding(
                "M13", "parts", Where(line=line), found=_short(quote), expected=plain_number(exact, 1), severity=reason
            )
            return


def _short(quote: str) -> str:
    quote = quote.strip(" ,;.(")
    return quote if len(quote) <= _QUOTE else quote[:_QUOTE].rstrip() + "…"


def _lists(sentence: Sentence, at: int, whole: Told) -> Iterator[tuple[str, list[Told]]]:
    """Yield the lists that may be a whole's parts with the word that opens them: all, some, brackets, none."""
    following = sentence.told[at + 1 :]
    if not following:
        return
    gap = sentence.folded[whole.end : following[0].start]
    if "(" in gap:
        close = _closing(sentence.folded, whole.end + gap.index("("))
        inside = [one for one in following if one.start < close and one.depth == whole.depth + 1]
        # "(82,5%)" and "(tăng 3)" say something else in brackets: the list may come behind them.
        if sum(one.kind == "count" for one in inside) >= 2:
            yield "brackets", _items(inside)
            return
        following = tuple(one for one in following if one.start > close)
        gap = sentence.folded[close : following[0].start] if following else ""
    level = [one for one in following if one.depth == whole.depth]
    word = "all" if _ALL.search(gap) else "some" if _SOME.search(gap) else "none"
    if whole.depth:
        return
    ends = [match.start() for match in re.finditer(";", sentence.folded) if match.start() > whole.end]
    if word == "none":
        yield word, _items(level)
        yield from _later(sentence, whole, level)
        return
    for end in ends:
        cut = [one for one in level if one.end <= end]
        if sum(one.kind == "count" for one in cut) >= 2:
            yield word, _items(cut)
    yield word, _items(level)


def _each_bracketed(sentence: Sentence, at: int, whole: Told, line: int) -> Iterator[Finding]:
    """Check "07 phiếu quá hạn thuộc phường A (04), xã B (02), sở C (01)"."""
    items: list[Told] = []
    for one in sentence.told[at + 1 :]:
        is_alone = sentence.folded[one.start - 1 : one.start] == "(" and sentence.folded[one.end : one.end + 1] == ")"
        if one.kind != "count" or not is_alone:
            break
        items.append(one)
    exact = sum((item.figure.value for item in items), Fraction(0))
    if len(items) < 2 or ";" in sentence.folded[whole.end : items[0].start] or exact == whole.figure.value:
        return
    is_all = exact > whole.figure.value or _is_slip(whole.figure.value, [item.figure.value for item in items])
    if is_all and abs(exact - whole.figure.value) <= max(MOST_APART * whole.figure.value, Fraction(MOST_FEW)):
        quote = sentence.text[whole.start : items[-1].end + 1]
        yield finding("M13", "parts", Where(line=line), found=_short(quote), expected=plain_number(exact, 1))


def _later(sentence: Sentence, whole: Told, level: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    """Yield the parts told behind other numbers: "146 lượt với 152 người; trong đó lãnh đạo 24 lượt, cán bộ …"."""
    for at, one in enumerate(level[1:], start=1):
        if _SOME.search(one.before) or re.search(r"\bgom\b", one.before):
            items = _items(level[at:])
            if whole.unit and all(kind_of_unit(item.unit) == kind_of_unit(whole.unit) for item in items):
                yield "some", items
            return


def _closing(folded: str, start: int) -> int:
    depth = 0
    for place in range(start, len(folded)):
        depth += (folded[place] == "(") - (folded[place] == ")")
        if depth == 0:
            return place
    return len(folded)


def _items(numbers: Sequence[Told]) -> list[Told]:
    """Return the counts of a list, without what is told of one of them ("trong đó …")."""
    items: list[Told] = []
    is_of_part = False
    for one in numbers:
        if items and _SOME.search(one.before):
            is_of_part = True
        if one.kind == "count" and not is_of_part:
            items.append(one)
    return items


def is_kept(items: Sequence[Told], total: Fraction) -> bool:
    """Say whether the items, or two of them or more, make the whole: the others are then parts of parts."""
    values = [item.figure.value for item in items]
    return any(sum(some) == total for count in range(2, len(values) + 1) for some in combinations(values, count))


def _reason(whole: Told, word: str, items: Sequence[Told], total: Fraction) -> str | None:
    """Return the severity with which a list that does not add up is told, None for not at all."""
    exact = sum((item.figure.value for item in items), Fraction(0))
    names = [name_of(item) for item in items]
    rounding = sum((half_place(one.figure) for one in (whole, *items)), Fraction(0))
    is_slip = _is_slip(total, [item.figure.value for item in items])
    most = MOST_APART * total if word in ("some", "none") else max(MOST_APART * total, Fraction(MOST_FEW))
    if not total or abs(exact - total) <= rounding or (abs(exact - total) > most and not is_slip):
        return None
    own = f"{whole.before} {whole.after}"
    if any(_OVERLAP.search(name) for name in names):
        return None
    if any(_WOMEN.search(name) for name in names) and not excludes(names):
        return None
    if any("luot" in name for name in names) and not (is_slip and total >= 100):
        return None  # one may have come for several things
    if not _is_same_kind(whole, items, word) and not (word == "brackets" and is_slip and total >= 100):
        return None
    if excludes([own, *names]) or (word == "none" and (_STATE.search(own) or not _WHOLE.search(own))):
        return None
    if excludes(names):
        return "error"
    if word in ("all", "brackets") and (exact > total or is_slip or _is_listed(items)):
        return "error"
    if word == "some" and is_slip and any(item.figure.value > total for item in items):
        return "error"
    return "warning" if word == "some" and is_slip and total >= 100 and exact % 10 else None


def _is_slip(whole: Fraction, parts: Sequence[Fraction]) -> bool:
    """Say whether one digit's slip in the whole or in one part explains why the parts do not make it."""
    exact = sum(parts, Fraction(0))
    wanted = [(exact, whole), *((whole - exact + part, part) for part in parts)]
    return any(value > 0 and typo_of(_digits(value), _digits(told)) for value, told in wanted)


def _digits(value: Fraction) -> str:
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def _flows(sentence: Sentence, line: int) -> Iterator[Finding]:
    """Check a total told before or behind two or three others: "kỳ trước 412, tiếp nhận mới 5.108, tổng số 5.520"."""
    level = [one for one in sentence.counts if not one.depth and not one.whole and not one.figure.decimals]
    totals = [one for one in level if _TOTAL.search(one.before)]
    if (
        re.search(r"[=+]", sentence.text)
        or len(totals) != 1
        or not 3 <= len(level) <= _MOST_FLOWS
        or any(_OVERLAP.search(name_of(one)) for one in level)
    ):
        return
    whole, parts = totals[0], [one for one in level if one is not totals[0]]
    units = {one.unit for one in level if one.unit}
    exact = sum((one.figure.value for one in parts), Fraction(0))
    if len(units) > 1 and not (level[-1] is whole and _IN_ALL.search(whole.before)):
        return
    if is_kept(parts, whole.figure.value) or not _is_slip(whole.figure.value, [part.figure.value for part in parts]):
        return
    are_states = len(parts) >= 3 and len(units) == 1 and all(_STATE.search(name_of(part)) for part in parts)
    if not _SURE_TOTAL.search(whole.before) and not are_states:
        return  # what was given out is no total of what is there
    if whole.digits < (2 if _IN_ALL.search(whole.before) or are_states else 3):
        return
    quote = sentence.text[level[0].start : level[-1].end + len(level[-1].after) + 1]
    yield finding("M13", "parts", Where(line=line), found=_short(quote), expected=plain_number(exact, 1))


def _left(sentence: Sentence, line: int) -> Iterator[Finding]:
    """Check what is left: "hoàn thành 298/320 nhiệm vụ; còn 22 nhiệm vụ", "được giao 2.150, có mặt 2.068, thiếu 82"."""
    for at, left in enumerate(sentence.told):
        if (
            left.depth
            or not _LEFT.search(f"{left.before} {_after(left)}")
            or left.kind not in ("count", "change")
            or left.is_percent
        ):
            continue
        before = [one for one in sentence.told[:at] if one.kind == "count" and not one.depth]
        pairs = [(one.whole, one.figure) for one in before if one.whole]
        pairs += [(one.figure, other.figure) for one, other in zip(before, before[1:], strict=False)]
        if (
            not pairs
            or is_kept([*before[1:], left], before[0].figure.value)
            or any(one.value - other.value == left.figure.value for one in _values(before) for other in _values(before))
        ):
            continue
        whole, done = pairs[-1] if not before[-1].whole else (before[-1].whole, before[-1].figure)
        exact = whole.value - done.value
        near = before[-2:] if not before[-1].whole else before[-1:]
        units = {kind_of_unit(one.unit) for one in (*near, left) if one.unit}
        parts = [done.value, left.figure.value]
        is_sure = before[-1].whole or _is_slip(whole.value, parts) or _LEFT_OVER.search(left.before)
        if exact < 0 and typo_of(_digits(whole.value - left.figure.value), near[-1].written) and len(units) <= 1:
            is_sure, exact = True, left.figure.value
        if exact <= 0 or len(units) > 1 or not is_sure or any(_OVERLAP.search(name_of(one)) for one in near):
            continue
        if sum(one.kind == "count" and not one.depth for one in sentence.told[at + 1 :]) and not before[-1].whole:
            continue  # more may be left of it
        quote = sentence.text[near[0].start : left.end + len(left.after) + 1]
        yield finding(
            "M13",
            "parts",
            Where(line=line),
            found=_short(quote),
            expected=plain_number(done.value + left.figure.value, 1),
        )


def _after(left: Told) -> str:
    """Return "con lai" where it stands behind a number: "12 nhiệm vụ còn lại"."""
    return "con lai" if "con lai" in left.after else ""


def _values(numbers: Sequence[Told]) -> list[Figure]:
    return [figure for one in numbers for figure in (one.figure, one.whole) if figure]


def _is_listed(items: Sequence[Told]) -> bool:
    """Say whether every item names itself alike: "03 kế hoạch, 05 công văn", "Cổng 702, qua điện thoại 418"."""
    is_noun_list = all(not _CONNECTOR.sub("", item.before).strip() for item in items[1:])
    is_noun_list = is_noun_list and all(item.after for item in items)
    is_name_list = all(_CONNECTOR.sub("", item.before).strip() for item in items)
    return is_noun_list or (is_name_list and len(items) >= 3)


def _is_same_kind(whole: Told, items: Sequence[Told], word: str) -> bool:
    """Say whether a list may count what the whole counts: units alike, or none, or kinds of it in a list of nouns."""
    unit = whole.unit.split(" ")[0] if whole.unit else ""
    units = [item.unit.split(" ")[0] if item.unit else "" for item in items]
    if all(not one or one == unit or not unit for one in units):
        return True
    return (
        word in ("all", "brackets")
        and not any(one == unit for one in units)
        and all(not _CONNECTOR.sub("", item.before).strip() for item in items[1:])
    )


def name_of(item: Told) -> str:
    """Return the folded words that name an item, its connecting words left out."""
    return " ".join(f"{_CONNECTOR.sub(' ', item.before)} {item.after}".split())
