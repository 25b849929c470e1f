"""Times that everybody reads alike: nothing of their words is left over, and nothing in them has a second reading."""

import re

from motcua.base.text import fold
from motcua.plans.rules.times.time_words import even

_OF_YEAR = r"(?:\s*[/-]\s*(?:nam )?20\d\d|,? nam 20\d\d)"
_DAY = rf"(?:ngay )?\d{{1,2}}\s*[/.-]\s*\d{{1,2}}(?:\s*[/.-]\s*20\d\d)?|ngay \d{{1,2}} thang \d{{1,2}}{_OF_YEAR}?"
_QUARTER = r"(?:i{1,3}|iv|[1-4])"
_POINT = (
    rf"(?:{_DAY}|thang \d{{1,2}}{_OF_YEAR}?|quy {_QUARTER}{_OF_YEAR}?|[tq] ?\d{{1,2}}/20\d\d|(?:nam )?20\d\d|"
    r"(?:0?[69]|sau|chin) thang (?:dau|cuoi) nam(?: 20\d\d)?|nua (?:dau|cuoi) nam 20\d\d)"
)
_SPELL = r"(?:\d{1,3}|mot|hai|ba|nam|bay|muoi) (?:gio|ngay|ngay lam viec|tuan|thang)"
_CYCLE = r"(?:hang|moi) (?:tuan|thang|quy|nam)"
_LATEST = r"(?:cham nhat|muon nhat|tre nhat)(?: la)?(?: vao)?"
_PLAIN = re.compile(
    # A day, a month, a quarter, a year, with words that only say that the work ends or goes on then.
    rf"(?:(?:hoan thanh|xong|thuc hien|trong|truoc|den het|den|het|{_LATEST}|khong (?:qua|muon hon)|vao|han cuoi):? )*"
    rf"{_POINT}|"
    # From one to another; one and, at the latest, another.
    rf"(?:tu )?{_POINT} (?:-|den|den het) {_POINT}|(?:giai doan |nhiem ky |nam )?20\d\d\s*-\s*20\d\d|"
    rf"(?:tu )?thang \d{{1,2}}\s*-\s*(?:thang )?\d{{1,2}}{_OF_YEAR}|quy {_QUARTER}\s*-\s*(?:quy )?{_QUARTER}{_OF_YEAR}|"
    rf"{_POINT}, (?:hoan thanh )?{_LATEST} {_POINT}|"
    # All the time, and each cycle.
    r"thuong xuyen(?:,? lien tuc)?(?:,? (?:trong nam|hang nam))?(?: 20\d\d)?|lien tuc|"
    rf"(?:(?:truoc )?ngay \d{{1,2}} )?{_CYCLE}|dinh ky {_CYCLE}|(?:0?1|mot) lan\s*/\s*(?:tuan|thang|quy|nam)|"
    r"(?:0?6|sau) thang(?: mot lan|/ ?lan)|(?:sang |chieu |dinh ky )?thu (?:hai|ba|tu|nam|sau) hang tuan|"
    rf"(?:truoc |{_LATEST} )?ngay \d{{1,2}} (?:cua )?thang cuoi (?:cua )?(?:moi )?quy|"
    # After what happens, at once or within so many days.
    r"(?:ngay )?(?:sau )?khi [^\d;]+|"
    rf"(?:(?:trong|sau|trong vong|trong thoi han|{_LATEST}) )?{_SPELL} (?:ke tu|tinh tu|tu|sau)"
    r"(?: khi| ngay)* [^\d;,]+|"
    # As another document says.
    r"theo (?:tien do|ke hoach|huong dan|lo trinh|quy dinh|chi dao|quyet dinh) [^;]*"
)


def is_plain_time(text: str) -> bool:
    """Tell whether a text says when, in words that leave no second reading, and nothing else."""
    return bool(text) and bool(_PLAIN.fullmatch(even(fold(text)).strip(" .;,")))
