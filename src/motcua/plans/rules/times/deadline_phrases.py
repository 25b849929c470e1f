"""The deadline said inside a sentence of running text: "… báo cáo UBND tỉnh trước ngày 15/12/2023 và …"."""

import re

from motcua.base.text import squash
from motcua.plans.rules.times.spells import spell_in
from motcua.plans.rules.times.time_spans import Span, plain_time, spans
from motcua.plans.rules.times.time_words import even, mended_time

_ANY_YEAR = 2000  # only to find the place of a stretch that names no year
_LEAD = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|tre nhat|khong qua|khong muon hon|den het|den|het|trong|vao|tu)"
    r"(?:(?: la| vao| trong| het| den)*(?: thoi diem)?(?: \d{1,2}\s*(?:h|gio)\s*\d{0,2}(?:\s*phut)?)?"
    r"(?:,? (?:ngay|thang|quy|nam))*)\s*$"
)
_LABEL = re.compile(
    r"\b(?:hoan thanh|thoi gian hoan thanh|thoi gian thuc hien|thoi gian|thoi han(?: hoan thanh)?|tien do|han)\s*:?\s*$"
)
_SINCE_ONLY = re.compile(r"^(?:.*\s)?(?:tu|vao)(?: (?:ngay|thang|quy|nam))*$")
# What a year belongs to when these stand before it in the same clause: a name, not a deadline.
_NAME = re.compile(
    r"\b(?:ke hoach|chuong trinh|chien luoc|de an|nghi quyet|giai doan|dinh huong|tam nhin|thoi ky|ket qua|"
    r"so lieu|bao cao|"
    r"muc tieu|quy hoach)\b[^,;:.(]{0,60}$"
)
_LINK = re.compile(r"^\s*(?:,|-|va|den|den het|den ngay|;)\s*(?:ngay|thang|quy|het|cham nhat|muon nhat|\s)*$")
_CYCLE = re.compile(
    r"(?:\b(?:truoc |cham nhat (?:la )?|vao )?(?:ngay )?(?:lam viec )?\d{1,2}(?:\s*/\s*\d{1,2})? )?"
    r"(?:(?:cua )?(?:thang (?:cuoi|dau|thu (?:nhat|hai)) )?(?:cua )?)?"
    r"\b(?:hang|moi) (?:tuan|thang|quy|nam)\b(?!\s*(?:20|\d))(?:(?:, | va )(?:thang|quy|6 thang|nam)\b)*"
    r"|\b(?:truoc |cham nhat (?:la )?)?ngay \d{1,2} (?:cua )?thang (?:cuoi|dau) (?:cua )?(?:moi )?quy\b"
    r"|(?<!bao cao )(?<!che do )\bdinh ky(?:\s+hang (?:tuan|thang|quy|nam)(?:(?:, | va )(?:thang|quy|nam))*|"
    r"\s+(?:truoc )?ngay \d+ (?:thang cuoi quy|hang (?:thang|quy|nam))|\s+(?:0?6 thang|thang|quy|nam)(?:(?:, |"
    r" va )(?:0?6 thang|quy|nam))*)?"
    r"(?:\s+(?:hoac|va) dot xuat)?"
    r"|\b0?6 thang (?:mot|1|01|/) ?lan\b|\b(?:0?1|mot) lan ?/ ?(?:tuan|thang|quy|nam)\b"
)
_EVENT_END = re.compile(r"[,;.:(]|\s(?:de|nham|va|theo) ")
_EVENT_LEAD = re.compile(r"\b(?:(?:cham nhat|khong qua|trong vong|trong thoi han|trong|sau)(?: la)?\s*)+$")


def find_deadline(sentence: str) -> str:
    """Return the deadline phrase inside a sentence, empty if there is none."""
    text = squash(sentence)
    clear = mended_time(even(text))
    folded = plain_time(clear)
    if len(folded) != len(text):
        text = clear if len(folded) == len(clear) else folded
    places = [*_dated(folded, spans(clear, _ANY_YEAR)), *_after_events(folded), *_cycles(folded)]
    if not places:
        return ""
    start, end = min(places, key=lambda place: (place[0], -place[1]))
    return squash(text[start:end]).strip(" ,;:.")


def _dated(folded: str, named: list[Span]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for at, span in enumerate(named):
        if places and span.at < places[-1][1]:
            continue
        lead = _LEAD.search(folded[: span.at]) or _LABEL.search(folded[: span.at])
        if not lead or span.unit == "school year":
            continue
        if span.unit in ("year", "years") and _NAME.search(folded[: lead.start()]):
            continue
        end, last = span.upto, at
        while last + 1 < len(named) and _LINK.match(folded[end : named[last + 1].at]):
            last += 1
            end = named[last].upto
        if last == at and _SINCE_ONLY.match(lead.group().strip()):
            continue
        places.append((lead.start(), end))
    return places


def _after_events(folded: str) -> list[tuple[int, int]]:
    spell = spell_in(folded)
    if spell is None:
        return []
    _, start, end = spell
    follows = re.match(r"\s*,?\s*(?:lam viec\s*)?(?:ke tu|tinh tu|tu|sau)\b", folded[end:])
    lead = _EVENT_LEAD.search(folded[:start])
    if not follows and not lead:
        return []
    begin = lead.start() if lead else start
    if not follows:
        return [(begin, end)]
    begins = end + follows.end()
    stop = _EVENT_END.search(folded, begins)
    return [(begin, stop.start() if stop else len(folded))]


def _cycles(folded: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in _CYCLE.finditer(folded)]
