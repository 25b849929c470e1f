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
    r"\b(?:hoan thanh|thoi gian hoan thanh|thoi gian thuc hien|thoi gian|thoi han(?: hoan thanh)?|"
    r"tien do|han(?: cuoi| chot)?)\s*:?"
    r"(?: (?:ngay|thang|quy|nam))*\s*$"
)
_SINCE_ONLY = re.compile(r"^(?:.*\s)?tu(?: (?:ngay|thang|quy|nam))*$")
_STRETCHES = ("days", "months", "quarters", "years")
# A time behind a comma or at the end of what ends then needs no word before it: "…, quý II/2026."
_BARE_LEAD = re.compile(r"(?:[,;(]|\b(?:hoan thanh|xong|vao)) *(?:(?:ngay|thang|quy|nam) ?)?$")
_BARE_END = re.compile(r"\s*(?:[.;,)]|$)")
# Only where nothing else says when: without an end, or with an end that something else sets.
_ANY_TIME = re.compile(
    r"\b(?:thuong xuyen(?:, lien tuc)?|(?:trong )?(?:suot|quanh|ca) nam(?: 20\d\d)?|"
    r"trong ngay(?: lam viec)?)(?=\s*(?:[.;,)]|$))|\bngay (?:sau )?khi [^,;.]+"
)
# What a year belongs to when these stand before it in the same clause: a name, not a deadline.
_NAME = re.compile(
    r"\b(?:ke hoach|chuong trinh|chien luoc|de an|nghi quyet|giai doan|dinh huong|tam nhin|thoi ky|ket qua|"
    r"so lieu|bao cao|"
    r"muc tieu|quy hoach)\b[^,;:.(]{0,60}$"
)
_LINK = re.compile(r"^\s*(?:,|-|va|den|den het|den ngay|;)\s*(?:ngay|thang|quy|het|cham nhat|muon nhat|\s)*$")
_CYCLE = re.compile(
    r"(?:\b(?:truoc |cham nhat (?:la )?|vao |sang |chieu )*(?:\d{1,2} (?:gio|h) )?thu (?:hai|ba|tu|nam|sau|bay) )"
    r"hang tuan\b|"
    r"(?:\b(?:truoc |cham nhat (?:la )?|vao )?(?:ngay )?(?:lam viec )?\d{1,2}(?:(?:\s*/\s*| thang )\d{1,2})?"
    r"(?:(?:,| va) (?:ngay )?\d{1,2}(?:\s*/\s*| thang )\d{1,2})* )?"
    r"(?:(?:cua )?(?:thang (?:cuoi|dau|thu (?:nhat|hai)) )?(?:cua )?)?"
    r"\b(?:hang|moi) (?:tuan|thang|quy|nam)\b(?!\s*(?:20|\d))(?:(?:, | va )(?:thang|quy|6 thang|nam)\b)*"
    r"|\b(?:truoc |cham nhat (?:la )?)?ngay \d{1,2} (?:cua )?thang (?:cuoi|dau) (?:cua )?(?:moi )?quy\b"
    r"|(?<!bao cao )(?<!che do )\bdinh ky(?:\s+hang (?:tuan|thang|quy|nam)(?:(?:, | va )(?:thang|quy|nam))*|"
    r"\s+(?:truoc )?ngay \d+ (?:thang cuoi quy|hang (?:thang|quy|nam))|\s+(?:0?6 thang|thang|quy|nam)(?:(?:, |"
    r" va )(?:0?6 thang|quy|nam))*)?"
    r"(?:\s+(?:hoac|va) dot xuat)?"
    r"|\b(?:it nhat |toi thieu )?(?:\d{1,2}|mot|hai) lan ?(?:/|moi|trong|mot) ?(?:mot )?(?:tuan|thang|quy|nam)\b"
    r"|\bmoi (?:tuan|thang|quy|nam) (?:it nhat )?(?:\d{1,2}|mot|hai) lan\b"
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
    named = spans(clear, _ANY_YEAR)
    places = [*_dated(folded, named), *_after_events(folded), *_cycles(folded)]
    places = places or [*_bare(folded, named), *((one.start(), one.end()) for one in _ANY_TIME.finditer(folded))]
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
        if last == at and span.unit not in _STRETCHES and _SINCE_ONLY.match(lead.group().strip()):
            continue
        places.append((lead.start(), end))
    return places


def _bare(folded: str, named: list[Span]) -> list[tuple[int, int]]:
    """Return the stretches that stand for themselves at the end of a clause."""
    return [
        (span.at, span.upto)
        for span in named
        if _BARE_END.match(folded[span.upto :])
        and (_BARE_LEAD.search(folded[: span.at]) or span.unit == "part" and not _NAME.search(folded[: span.at]))
    ]


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
