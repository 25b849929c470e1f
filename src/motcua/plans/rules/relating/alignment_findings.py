"""What is amiss between a plan and the plan above it: missing, weaker, later, copied, of another level, year. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from motcua.base.text import fold, squash
from motcua.plans.rules.relating.alignment import (
    AlignedRow,
    Alignment,
    AlignmentFinding,
    Goal,
    Pair,
    PlanSide,
    bare,
    match,
)

MISSING, ADDED, WEAKER, STRONGER, CHANGED = "missing", "added", "weaker", "stronger", "changed"
GOAL_MISSING, LATER, UNDATED, COPY, LEVEL, YEAR, INHERITED = (
    "goal_missing", "later", "undated", "copy", "level", "year", "inherited"
)  # fmt: skip
KINDS = {
    MISSING: _("Thiếu nhiệm vụ"),
    WEAKER: _("Chỉ tiêu thấp hơn"),
    GOAL_MISSING: _("Thiếu chỉ tiêu"),
    LATER: _("Thời hạn muộn hơn"),
    UNDATED: _("Không có thời hạn"),
    LEVEL: _("Sai cấp"),
    YEAR: _("Sai năm"),
    INHERITED: _("Lỗi chép từ cấp trên"),
    CHANGED: _("Chỉ tiêu khác đơn vị đo"),
    COPY: _("Chép nguyên văn"),
    STRONGER: _("Chỉ tiêu cao hơn"),
    ADDED: _("Nhiệm vụ thêm"),
}
MUST_LOOK = frozenset({MISSING, WEAKER, GOAL_MISSING, LATER, UNDATED, LEVEL, YEAR, INHERITED})
TIERS = {"province": "tỉnh", "department": "tỉnh", "district": "huyện", "commune": "xã"}
_SAME_SCOPE = 60.0
_COPIED = 99.0
# Bodies that a unit of the level does not direct: named as leading in its own plan they were copied.
_ABOVE = {
    "commune": re.compile(
        r"\b(cac )?so,? (ban|nganh)\b|\bcap tinh\b|\b(ubnd|uy ban nhan dan) (tinh|cap huyen|huyen|cac huyen|cac xa)\b|"
        r"\bcap huyen\b|\bvan phong ubnd tinh\b|^so [a-z]"
    ),
    "department": re.compile(r"\b(ubnd|uy ban nhan dan) tinh\b|\bcac so\b|\b(ubnd|uy ban nhan dan) cap (huyen|xa)\b"),
}
_TEXT_ABOVE = {
    "commune": re.compile(
        r"tren dia ban (tinh|huyen)\b|truc thuoc (tinh|so)\b|hanh chinh cong (tinh|huyen)\b|"
        r"\bcac xa, (phuong|thi tran)\b|"
        r"\b(ubnd|uy ban nhan dan) cac (huyen|xa)\b|\bcac don vi, dia phuong tren dia ban\b"
    ),
    "department": re.compile(r"\b(ubnd|uy ban nhan dan) cap (huyen|xa)\b"),
}
_DISTRICT = re.compile(r"\b(cap huyen|(ubnd|uy ban nhan dan) (cac )?huyen|hanh chinh cong huyen)\b")
_NO_DISTRICTS_FROM = date(2025, 7, 1)  # R2.4
_LOOKS_BACK = re.compile(r"(ket qua|ton tai|han che|tong ket|chuyen sang|so voi|giai doan|cuoi)( \w+){0,6} nam $")
_TWICE = re.compile(r"\b(\w+ \w+) \1\b|\b(hinh hinh|thuc thuc|hien hien)\b")


def align(parent: PlanSide, child: PlanSide) -> Alignment:
    """Return the two plans side by side with every finding, each pair's own with it.

    Deadlines of a parent of another year are moved by the years between.
    """
    pairs = match(parent.rows, child.rows)
    with_parent = {pair.parent.key for pair in pairs if pair.parent}
    with_child = {pair.child.key for pair in pairs if pair.child}
    for pair in pairs:
        pair.findings += _of_pair(pair, parent, child)
    by_parent = {pair.parent.key: pair for pair in pairs if pair.parent}
    ordered = []
    for row in parent.rows:
        if row.key in with_parent:
            ordered.append(by_parent[row.key])
        elif row.is_given:
            words = gettext("Kế hoạch cấp trên giao, kế hoạch này không có.")
            ordered.append(Pair(row, None, findings=[AlignmentFinding(MISSING, words, parent=row.key)]))
        else:
            ordered.append(Pair(row, None))
    for row in child.rows:
        if row.key not in with_child:
            lone = Pair(None, row)
            lone.findings.append(AlignmentFinding(ADDED, gettext("Không có ở cấp trên."), child=row.key))
            lone.findings += _of_child(row, parent, child)
            ordered.append(lone)
    return Alignment(ordered, list(_of_plans(parent, child)))


def _of_pair(pair: Pair, parent: PlanSide, child: PlanSide) -> list[AlignmentFinding]:
    assert pair.parent and pair.child
    above, below = pair.parent, pair.child
    found = [*_goals(above, below, child.level), *_days(above, below, child.year - parent.year)]
    found += _of_child(below, parent, child)
    same = fuzz.ratio(bare(above.text), bare(below.text)) >= _COPIED
    if same and squash(above.lead_text) == squash(below.lead_text) and above.lead_text:
        found.append(_finding(COPY, above, below, gettext("Nội dung và cơ quan chủ trì giữ nguyên của cấp trên.")))
    shared = [fault for fault in below.faults if fault in above.faults]
    shared += [twice for twice in _doubled(below.text) if twice in _doubled(above.text)]
    for fault in dict.fromkeys(shared):
        found.append(_finding(INHERITED, above, below, gettext("Cả hai văn bản có cùng lỗi: %s") % fault))
    return found


def _finding(kind: str, above: AlignedRow | None, below: AlignedRow | None, message: str) -> AlignmentFinding:
    return AlignmentFinding(kind, message, above.key if above else "", below.key if below else "")


def _goals(above: AlignedRow, below: AlignedRow, level: str) -> Iterator[AlignmentFinding]:
    tier = TIERS.get(level, "")
    wanted = [goal for goal in above.goals if goal.tier in ("", tier)]
    free = list(below.goals)
    for goal in wanted:
        best = max(free, key=lambda other: _scope_likeness(goal, other), default=None)
        if best is None or (_scope_likeness(goal, best) < _SAME_SCOPE and len(wanted) + len(below.goals) > 2):
            words = gettext("Không thấy chỉ tiêu %(goal)s của cấp trên.") % {"goal": _said(goal)}
            yield _finding(GOAL_MISSING, above, below, words)
            continue
        free.remove(best)
        if kind := _judged(goal, best):
            words = gettext("Cấp trên %(above)s, kế hoạch này %(below)s.") % {
                "above": _said(goal),
                "below": _said(best),
            }
            yield _finding(kind, above, below, words)


def _scope_likeness(first: Goal, second: Goal) -> float:
    alike = fuzz.token_set_ratio(bare(first.scope), bare(second.scope)) if first.scope and second.scope else 50.0
    return alike + (10 if first.unit == second.unit else 0) + (5 if first.value == second.value else 0)


def _judged(above: Goal, below: Goal) -> str:
    if above.unit != below.unit:
        return CHANGED
    if above.value == below.value:
        return ""
    is_less_better = above.comparator in ("<=", "<")
    return WEAKER if (below.value < above.value) != is_less_better else STRONGER


def _said(goal: Goal) -> str:
    value = f"{goal.value:g}".replace(".", ",")
    return f"{value}{' ' if goal.unit != '%' else ''}{goal.unit}"


def _days(above: AlignedRow, below: AlignedRow, years: int) -> Iterator[AlignmentFinding]:
    if above.due_on is None:
        return
    due_on = moved(above.due_on, years)
    if below.due_on is None:
        if below.deadline_kind == "unspecified":
            yield _finding(UNDATED, above, below, gettext("Cấp trên có hạn %s.") % f"{due_on:%d/%m/%Y}")
    elif below.due_on > due_on:
        words = gettext("Hạn %(below)s, cấp trên %(above)s.") % {
            "below": f"{below.due_on:%d/%m/%Y}", "above": f"{due_on:%d/%m/%Y}",
        }  # fmt: skip
        yield _finding(LATER, above, below, words)


def moved(day: date, years: int) -> date:
    """Return ``day`` so many years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _of_child(row: AlignedRow, parent: PlanSide, child: PlanSide) -> Iterator[AlignmentFinding]:
    lead, text = fold(squash(row.lead_text)), fold(squash(row.text))
    if (above := _ABOVE.get(child.level)) and (found := above.search(lead)):
        words = gettext("Chủ trì là cơ quan ngoài cấp mình: “%s”.") % row.lead_text[:120]
        yield _finding(LEVEL, None, row, words)
    elif (elsewhere := _TEXT_ABOVE.get(child.level)) and (found := elsewhere.search(text)):
        yield _finding(LEVEL, None, row, gettext("Nội dung nói về cấp khác: “%s”.") % _shown(row.text, found))
    elif child.year > _NO_DISTRICTS_FROM.year and (found := _DISTRICT.search(f"{text} {lead}")):
        yield _finding(LEVEL, None, row, gettext("Cấp huyện không còn từ 01/7/2025."))
    for year in wrong_years(f"{row.text} ; {row.product} ; {row.deadline_text}", child.year):
        yield _finding(YEAR, None, row, gettext("Ghi năm %(found)s trong kế hoạch năm %(year)s.") % {
            "found": year, "year": child.year,
        })  # fmt: skip


def _shown(text: str, found: re.Match[str]) -> str:
    # Folding keeps the number of letters of composed text, so the place is the same.
    clear = squash(text)
    return clear[max(0, found.start() - 20) : found.end() + 20] if len(fold(clear)) == len(clear) else clear[:80]


def wrong_years(text: str, year: int) -> list[int]:
    """Return the years just before ``year`` that a text sets as its own: no citation, and not looking back."""
    clear = fold(squash(text))
    found = []
    for hit in re.finditer(r"\bnam (20\d\d)\b(?!\s*[-–/])", clear):
        stated = int(hit[1])
        before = clear[: hit.start() + 4]
        is_cited = re.search(r"ngay \d+ thang \d+ nam $|so \d+\S* (ngay )?\S* nam $", before)
        if year - 2 <= stated < year and not is_cited and not _LOOKS_BACK.search(before):
            found.append(stated)
    return list(dict.fromkeys(found))


def _doubled(text: str) -> list[str]:
    return [found[0] for found in _TWICE.finditer(fold(squash(text)))]


def _of_plans(parent: PlanSide, child: PlanSide) -> Iterator[AlignmentFinding]:
    for year in wrong_years(child.title, child.year):
        words = gettext("Tên kế hoạch ghi năm %(found)s, kế hoạch của năm %(year)s.") % {
            "found": year, "year": child.year,
        }  # fmt: skip
        yield AlignmentFinding(YEAR, words)
    if parent.year != child.year:
        words = gettext("Kế hoạch cấp trên của năm %(above)s, kế hoạch này của năm %(below)s.") % {
            "above": parent.year, "below": child.year,
        }  # fmt: skip
        yield AlignmentFinding(YEAR, words)
    if (above := _TEXT_ABOVE.get(child.level)) and above.search(fold(squash(child.title))):
        yield AlignmentFinding(LEVEL, gettext("Tên kế hoạch nói về cấp khác."))
    for fault in child.faults:
        if fault in parent.faults:
            yield AlignmentFinding(INHERITED, gettext("Cả hai văn bản có cùng lỗi: %s") % fault)
