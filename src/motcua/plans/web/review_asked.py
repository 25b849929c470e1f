"""What the address of a review asks for: a row, which rows, which part of the source."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.plans.models import Plan, Task
from motcua.plans.rules.confidence import AUTO_ACCEPT

ONLY_DOUBTFUL, ONLY_LOST, ONLY_UNSURE, ONLY_OPEN = "can-xem", "mat", "thap", "chua"
ONLY_UNKNOWN, ONLY_DROPPED = "chua-ro", "da-bo"
PICTURES, TEXT = "anh", "chu"
ROWS_PER_PAGE = 50

ONLY: dict[str, tuple[Any, Callable[[Task], bool]]] = {
    ONLY_DOUBTFUL: (_("Cần xem"), lambda task: task.needs_a_look and not task.is_dropped),
    ONLY_OPEN: (_("Chưa đối chiếu"), lambda task: not task.is_checked and not task.is_dropped),
    ONLY_LOST: (_("Bị mất một phần"), lambda task: task.is_damaged),
    ONLY_UNSURE: (_("Độ chắc thấp"), lambda task: task.confidence < AUTO_ACCEPT and not task.is_checked),
    ONLY_UNKNOWN: (_("Chưa rõ đơn vị"), lambda task: bool(task.unresolved)),
    ONLY_DROPPED: (_("Đã bỏ"), lambda task: task.is_dropped),
}
_ALWAYS_OFFERED = (ONLY_DOUBTFUL, ONLY_OPEN)
_DOUBTS = {
    "deadline-mended": _("thời hạn đọc qua lỗi quét"),
    "deadline-missing": _("không có thời hạn"),
    "deadline-unread": _("thời hạn không hiểu được"),
    "deadline-external": _("hạn dẫn chiếu văn bản khác"),
    "deadline-year-assumed": _("thời hạn không ghi năm"),
    "lead-missing": _("không có cơ quan chủ trì"),
    "lead-strange": _("chủ trì không giống tên cơ quan"),
    "row-damaged": _("dòng mất một phần"),
    "row-continued": _("dòng ngắt qua trang"),
    "field-uncertain": _("ô ghép từ mảnh rời"),
    "text-missing": _("không có nội dung"),
    "text-cut": _("nội dung dừng giữa câu"),
    "number-repeated": _("số thứ tự lặp lại"),
    "not-accepted": _("chưa đủ chắc để tự nhận"),
}


@dataclass(frozen=True)
class Asked:
    """``row``: short code; ``only``: which rows, a key of ``ONLY`` or the code of a warning; ``section``: its number
    (0: all); ``page`` of the rows (0: where the row is); ``source``: pictures or text; ``side`` shown on a phone."""

    row: str = ""
    only: str = ""
    section: int = 0
    page: int = 0
    source: str = ""
    side: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "Asked":
        def plain(name: str, most: int = 60) -> str:
            return data.get(name, "")[:most].replace("\0", "")

        def number(name: str) -> int:
            text = plain(name, 6)
            return int(text) if text.isascii() and text.isdigit() else 0

        return cls(
            row=plain("dong"),
            only=plain("loc", 40),
            section=number("phan"),
            page=number("trang"),
            source=plain("nguon") if plain("nguon") in (PICTURES, TEXT) else "",
            side="nguon" if plain("nhin") == "nguon" else "",
        )

    def query(self, **changes: Any) -> dict[str, str]:
        """Return what an address must say, with ``changes``; the page of rows is dropped unless it is among them."""
        told = replace(self, **{"page": 0, **changes})
        names = {
            "dong": told.row, "loc": told.only, "phan": told.section, "trang": told.page, "nguon": told.source,
            "nhin": told.side,
        }  # fmt: skip
        return {name: str(value) for name, value in names.items() if value}


def address(plan: Plan, asked: Asked, *, line: int = 0, **changes: Any) -> str:
    """Return the address of the review as asked with ``changes``, the source's ``line`` in view."""
    query = urlencode(asked.query(**changes))
    return f"{reverse('plans:review', args=[plan.code])}{'?' + query if query else ''}{f'#L{line}' if line else ''}"


def matches(task: Task, only: str) -> bool:
    """Whether a row belongs to the rows that ``only`` asks for; "" asks for all."""
    if not only:
        return True
    if only in ONLY:
        return ONLY[only][1](task)
    return not task.is_dropped and any(one["code"] == only for one in task.warnings)


def sections_of(tasks: list[Task]) -> list[list[str]]:
    """Return the sections of a plan in its order, each as its path."""
    return [list(path) for path in dict.fromkeys(tuple(task.section_path) for task in tasks) if path]


def filters(plan: Plan, tasks: list[Task], asked: Asked) -> list[dict[str, Any]]:
    """Return the ways to narrow the rows, each with its count; those of nothing are left out."""
    everything = [("", gettext("Tất cả"), sum(not task.is_dropped for task in tasks))]
    counted = [(code, str(words), sum(test(task) for task in tasks)) for code, (words, test) in ONLY.items()]
    kept = [one for one in counted if one[2] or one[0] in _ALWAYS_OFFERED or one[0] == asked.only]
    return [
        {"label": words, "count": count, "url": address(plan, asked, only=code, row=""), "active": asked.only == code}
        for code, words, count in everything + kept
    ]


def doubts(plan: Plan, tasks: list[Task], asked: Asked) -> list[dict[str, Any]]:
    """Return the kinds of warning, most frequent first, each with its count and the address of its rows."""
    counts: Counter[str] = Counter()
    for task in tasks:
        if not task.is_dropped:
            counts.update({one["code"] for one in task.warnings})
    return [
        {
            "label": _DOUBTS.get(code, code),
            "count": count,
            "url": address(plan, asked, only=code, row=""),
            "active": asked.only == code,
        }
        for code, count in counts.most_common()
    ]
