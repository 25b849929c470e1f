"""A set of criteria out of the lines of a template or of typed text: read whole, every fault with its line and column.

Ten columns (COLUMNS). What gives the points is "Cách tính điểm": ``Đúng hạn = 2; Muộn = 1; Không = 0`` for levels,
``95`` for a share of a target, ``>= 98: 2; >= 95: 1`` for steps, ``0,5`` for a deduction per case.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from motcua.assessments.rules.criteria import (
    CHOICE,
    DEDUCTION,
    GROUP,
    LINEAR,
    REQUIRED,
    STEPS,
    VALUED,
    VERIFIER,
    WELCOME,
)
from motcua.base.text import fold, squash

MOST_CRITERIA = 400
MOST_POINTS = Decimal(1000)
COLUMNS = {
    "code": gettext_lazy("Mã"),
    "title": gettext_lazy("Tiêu chí"),
    "most": gettext_lazy("Điểm tối đa"),
    "way": gettext_lazy("Cách chấm"),
    "details": gettext_lazy("Cách tính điểm"),
    "measure": gettext_lazy("Số đo"),
    "evidence": gettext_lazy("Minh chứng"),
    "guidance": gettext_lazy("Hướng dẫn"),
    "verifier": gettext_lazy("Đơn vị thẩm định"),
    "may_not_apply": gettext_lazy("Có thể không áp dụng"),
}
# Heads of the template stay Vietnamese in every language: a file does not know who opens it.
HEADS = {
    "code": "Mã",
    "title": "Tiêu chí",
    "most": "Điểm tối đa",
    "way": "Cách chấm",
    "details": "Cách tính điểm",
    "measure": "Số đo",
    "evidence": "Minh chứng",
    "guidance": "Hướng dẫn",
    "verifier": "Đơn vị thẩm định",
    "may_not_apply": "Có thể không áp dụng",
}
WAY_WORDS = {
    "": GROUP,
    "chọn mức": CHOICE,
    "tỷ lệ": LINEAR,
    "ngưỡng": STEPS,
    "điểm trừ": DEDUCTION,
    "thẩm định": VERIFIER,
}
EVIDENCE_WORDS = {"": "", "bắt buộc": REQUIRED, "nếu có": WELCOME}
YES = ("x", "co", "1")
_CODE = re.compile(r"[0-9A-Za-z]{1,6}(?:\.[0-9A-Za-z]{1,4}){0,4}")
_STEP = re.compile(r"(>=|≥|<=|≤)\s*(-?[\d.,]+)\s*%?\s*[:=]\s*([\d.,]+)")
_LONGEST = {"title": 600, "guidance": 2000, "evidence": 400, "measure": 600, "verifier": 40}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: its number in the file or text (0: the set as a whole), the column, and why."""

    line: int
    column: str
    words: str

    def __str__(self) -> str:
        place = gettext("Dòng %(line)s") % {"line": self.line} if self.line else ""
        column = gettext("cột “%(column)s”") % {"column": COLUMNS[self.column]} if self.column else ""
        return f"{', '.join(filter(None, (place, column)))}: {self.words}" if place else self.words


@dataclass(frozen=True, slots=True)
class Line:
    """One row as read: its number and what stands in each column."""

    number: int
    cells: Mapping[str, str]


def lines_of_sheet(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Line] | None:
    """Return the rows below the first one that has the heads "Mã" and "Tiêu chí"; None where no row has them."""
    by_head = {fold(words): name for name, words in HEADS.items()}
    columns: dict[str, int] | None = None
    found: list[Line] = []
    for number, cells in rows:
        if columns is None:
            here = {by_head[head]: at for at, cell in enumerate(cells) if (head := fold(squash(cell))) in by_head}
            columns = here if {"code", "title"} <= here.keys() else None
            continue
        told = {name: squash(cells[at]) for name, at in columns.items() if at < len(cells)}
        if any(told.values()):
            found.append(Line(number, told))
    return found if columns is not None else None


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of typed text: the ten columns in their order, parted by "|"; empty lines are left out."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found.append(Line(number, dict(zip(HEADS, (squash(cell) for cell in line.split("|")), strict=False))))
    return found


def text_of(lines: Iterable[Line]) -> str:
    """Return lines as the text that ``lines_of_text`` reads."""
    return "\n".join(
        " | ".join(line.cells.get(name, "").replace("|", "/") for name in HEADS).rstrip(" |") for line in lines
    )


def criteria_of(lines: Sequence[Line]) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Return the criteria as a version's definition holds them, and every fault; with faults they are not whole."""
    faults: list[Fault] = []
    if not 1 <= len(lines) <= MOST_CRITERIA:
        faults.append(Fault(0, "", gettext("Bộ tiêu chí cần từ 1 đến %(most)s dòng.") % {"most": MOST_CRITERIA}))
        return [], faults
    found: list[dict[str, Any]] = []
    numbers: dict[str, int] = {}
    for line in lines:
        criterion = _Reading(line, faults).criterion()
        if criterion is None:
            continue
        code = criterion["code"]
        if code in numbers:
            words = gettext("Mã “%(code)s” đã có ở dòng %(line)s.") % {"code": code, "line": numbers[code]}
            faults.append(Fault(line.number, "code", words))
            continue
        numbers[code] = line.number
        found.append(criterion)
    _place(found, numbers, faults)
    return found, faults


def _place(found: list[dict[str, Any]], numbers: Mapping[str, int], faults: list[Fault]) -> None:
    """Give each criterion its parent, and groups the sum of what stands in them; check both."""
    by_code = {each["code"]: each for each in found}
    for each in found:
        above = each["code"].rpartition(".")[0]
        while above and above not in by_code:
            above = above.rpartition(".")[0]
        each["parent"] = above
        if above and by_code[above]["way"] != GROUP:
            words = gettext("“%(code)s” có cách chấm nên không chứa được tiêu chí khác.") % {"code": above}
            faults.append(Fault(numbers[each["code"]], "code", words))
    for group in (each for each in found if each["way"] == GROUP):
        inside = [each for each in found if each["code"].startswith(f"{group['code']}.") and each["way"] != GROUP]
        if not inside:
            faults.append(Fault(numbers[group["code"]], "way", gettext("Nhóm không có tiêu chí nào; ghi cách chấm.")))
            continue
        added = sum((Decimal(each["most"]) for each in inside if each["way"] != DEDUCTION), Decimal(0))
        if group["most"] and Decimal(group["most"]) != added:
            words = gettext("Nhóm ghi %(told)s điểm, các tiêu chí trong nhóm cộng lại được %(added)s.")
            faults.append(
                Fault(numbers[group["code"]], "most", words % {"told": plain(group["most"]), "added": plain(added)})
            )
        group["most"] = str(added)
    if not faults and not any(each["way"] not in (GROUP, DEDUCTION) for each in found):
        faults.append(Fault(0, "", gettext("Bộ tiêu chí không có tiêu chí nào cho điểm.")))


def plain(number: Decimal | str) -> str:
    """Return a number as Vietnamese write it, without zeros that say nothing: 2,5."""
    text = f"{Decimal(number):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


class _Reading:
    """One line being read; what is wrong goes to ``faults``."""

    def __init__(self, line: Line, faults: list[Fault]) -> None:
        self.line = line
        self.faults = faults

    def criterion(self) -> dict[str, Any] | None:
        cells = {name: self.line.cells.get(name, "") for name in HEADS}
        before = len(self.faults)
        self._check_words(cells)
        way = self._way(cells["way"])
        most = self._points("most", cells["most"]) if cells["most"] or way != GROUP else None
        found: dict[str, Any] = {
            "code": cells["code"].strip("."),
            "title": cells["title"],
            "most": "" if most is None else str(most),
            "way": way,
            "guidance": cells["guidance"],
            "verifier": cells["verifier"],
        }
        if way != GROUP and most is not None:
            found |= self._details(way, most, cells["details"])
        found |= self._evidence(cells["evidence"])
        if cells["measure"]:
            found["measure"] = cells["measure"]
            if way not in VALUED:
                self._fault("measure", gettext("Số đo chỉ dùng với cách chấm tỷ lệ, ngưỡng hoặc điểm trừ."))
        if fold(cells["may_not_apply"]) in YES:
            found["may_not_apply"] = True
        return found if len(self.faults) == before else None

    def _fault(self, column: str, words: str) -> None:
        self.faults.append(Fault(self.line.number, column, words))

    def _check_words(self, cells: Mapping[str, str]) -> None:
        if not _CODE.fullmatch(cells["code"].strip(".")):
            self._fault("code", gettext("Mã gồm chữ, số và dấu chấm, ví dụ 1 hoặc 1.2."))
        if not cells["title"]:
            self._fault("title", gettext("Chưa có tên."))
        for column, longest in _LONGEST.items():
            if len(cells[column]) > longest:
                self._fault(column, gettext("Dài quá %(most)s ký tự.") % {"most": longest})

    def _way(self, words: str) -> str:
        known = {fold(each): way for each, way in WAY_WORDS.items()}
        if fold(words) in known:
            return known[fold(words)]
        self._fault("way", gettext("Không có cách chấm “%(way)s”: chọn %(ways)s, hoặc để trống cho nhóm.") % {
            "way": words[:40], "ways": ", ".join(filter(None, WAY_WORDS))
        })  # fmt: skip
        return GROUP

    def _points(self, column: str, text: str) -> Decimal | None:
        number = number_of(text)
        if number is None or not 0 <= number <= MOST_POINTS or number.as_tuple().exponent < -3:  # type: ignore[operator]
            self._fault(column, gettext("“%(text)s” không phải là số điểm.") % {"text": text[:40]})
            return None
        return number

    def _evidence(self, words: str) -> dict[str, str]:
        """Return when evidence is asked for and which: "bắt buộc: kế hoạch đã ban hành"."""
        if not words:
            return {}
        when, _, which = words.partition(":")
        known = {fold(each): kind for each, kind in EVIDENCE_WORDS.items()}
        if fold(when.strip()) in known:
            return {"evidence": known[fold(when.strip())], "evidence_words": which.strip()}
        return {"evidence": WELCOME, "evidence_words": words}

    def _details(self, way: str, most: Decimal, text: str) -> dict[str, Any]:
        reader: dict[str, Callable[[Decimal, str], dict[str, Any]]] = {
            CHOICE: self._levels,
            LINEAR: self._target,
            STEPS: self._steps,
            DEDUCTION: self._each,
        }
        return reader[way](most, text) if way in reader else {}

    def _levels(self, most: Decimal, text: str) -> dict[str, Any]:
        levels = []
        for letter, part in zip(_LETTERS, filter(None, map(str.strip, text.split(";"))), strict=False):
            name, _, points = part.rpartition("=")
            number = self._points("details", points.strip())
            if not name.strip():
                self._fault("details", gettext("Mức “%(part)s” phải có dạng: tên = điểm.") % {"part": part[:60]})
            elif number is not None:
                levels.append({"code": letter, "name": name.strip(), "points": str(number)})
        self._check_reach([Decimal(each["points"]) for each in levels], most, least=2)
        return {"levels": levels}

    def _steps(self, most: Decimal, text: str) -> dict[str, Any]:
        steps, signs = [], set()
        for part in filter(None, map(str.strip, text.split(";"))):
            found = _STEP.fullmatch(part)
            bound = number_of(found[2]) if found else None
            points = self._points("details", found[3]) if found else None
            if found is None or bound is None:
                words = gettext("Ngưỡng “%(part)s” phải có dạng: >= 95: 2 (hoặc <= 5: 2).")
                self._fault("details", words % {"part": part[:60]})
            elif points is not None:
                signs.add(found[1] in ("<=", "≤"))
                steps.append({"bound": str(bound), "points": str(points)})
        if len(signs) > 1:
            self._fault("details", gettext("Các ngưỡng của một tiêu chí phải cùng chiều."))
        self._check_reach([Decimal(each["points"]) for each in steps], most, least=1)
        self._check_order(steps, is_less_better=True in signs)
        return {"steps": steps, "is_less_better": True in signs}

    def _check_order(self, steps: Sequence[Mapping[str, str]], *, is_less_better: bool) -> None:
        ordered = sorted(steps, key=lambda step: Decimal(step["bound"]), reverse=not is_less_better)
        points = [Decimal(step["points"]) for step in ordered]
        bounds = {Decimal(step["bound"]) for step in steps}
        if points != sorted(points, reverse=True) or len(bounds) < len(steps):
            self._fault("details", gettext("Ngưỡng tốt hơn phải được nhiều điểm hơn, mỗi ngưỡng ghi một lần."))

    def _check_reach(self, points: Sequence[Decimal], most: Decimal, *, least: int) -> None:
        if len(points) < least:
            self._fault("details", gettext("Cần ít nhất %(least)s mức.") % {"least": least})
        elif max(points) != most:
            words = gettext("Mức cao nhất được %(highest)s điểm, điểm tối đa là %(most)s.")
            self._fault("details", words % {"highest": plain(max(points)), "most": plain(most)})

    def _target(self, most: Decimal, text: str) -> dict[str, Any]:
        target = number_of(text.replace("%", "").replace("≥", "").replace(">=", ""))
        if target is None or target <= 0:
            self._fault("details", gettext("Ghi giá trị được điểm tối đa, ví dụ 95."))
        return {"target": str(target)}

    def _each(self, most: Decimal, text: str) -> dict[str, Any]:
        each = number_of(text)
        if each is None or not 0 < each <= most:
            self._fault("details", gettext("Ghi số điểm trừ cho một trường hợp, không quá điểm trừ tối đa."))
        return {"each": str(each)}


def number_of(text: str) -> Decimal | None:
    """Return the number that is written ``1.234,5``, ``2,5``, ``2.5`` or ``98``; None for anything else."""
    text = squash(text).replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if len(text) > 20 or not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def bands_of(text: str) -> tuple[list[dict[str, str]], list[Fault]]:
    """Return the bands of typed lines ``Xuất sắc >= 90`` (per cent of the maximum), and what cannot be read."""
    found: list[dict[str, str]] = []
    faults = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, _, bound = line.replace("≥", ">=").partition(">=")
        least = number_of(bound.replace("%", ""))
        if not name.strip() or len(name) > 100 or least is None or not 0 <= least <= 100:
            words = gettext("Mức “%(line)s” phải có dạng: tên >= 90.") % {"line": line[:60]}
            faults.append(Fault(number, "", words))
        else:
            found.append({"name": squash(name), "at_least": str(least)})
    return found, faults


def tie_breakers_of(text: str, criteria: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[Fault]]:
    """Return the codes of typed text "3, 1" that decide between equal totals, and those that the set does not have."""
    codes = [code.strip() for code in text.split(",") if code.strip()]
    known = {each["code"] for each in criteria}
    words = gettext("Bộ tiêu chí không có mã “%(code)s”.")
    return codes, [Fault(0, "", words % {"code": code[:20]}) for code in codes if code not in known]
