"""Invented reports that are right in every place, to plant errors into.

Sums and ratios are worked out by the hand-written tables here, not by the form's own formulas, so that a
wrong formula in the data shows.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from motcua.reports.rules.catalogue import forms_of
from motcua.reports.rules.figures import rounded, vietnamese
from motcua.reports.rules.periods import ReportPeriod

Place = tuple[int, str]

SUMS: dict[Place, list[str]] = {
    (1, "7.1"): ["7.2", "7.3", "7.4"],
    (1, "8.1"): ["8.2", "8.3", "8.4", "8.5"],
    (1, "3"): ["3.1", "3.2"],
    (2, "1"): ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"],
    (3, "1.4"): ["1.4.1", "1.4.2", "1.4.3"],
    (4, "I.5"): ["I.5.1", "I.5.2", "I.5.3"],
    (5, "II.1"): ["II.1.1", "II.1.2"],
    (5, "II.4"): ["II.4.1", "II.4.2"],
    (5, "IV"): ["IV.2", "IV.3", "IV.4", "IV.5", "IV.6", "IV.7"],
    (6, "II.4"): ["II.4.1", "II.4.2", "II.4.3"],
    (6, "II.1"): ["II.2", "II.3", "II.4", "II.5"],
    (7, "6.3.1"): ["6.1.2", "6.2.2"],
}
# ratio: (part, whole)
RATIOS: dict[Place, tuple[str, str]] = {
    (1, "2"): ("2.2", "2.1"),
    (1, "4"): ("4.2", "4.1"),
    (2, "2.2"): ("2.2.2", "2.2.1"),
    (2, "3.2"): ("3.2.2", "3.2.1"),
    **{(3, f"3.{k}"): (f"3.{k}.2", f"3.{k}.1") for k in (1, 2, 3, 4)},
    (6, "I"): ("I.2", "I.1"),
    **{(7, f"6.{k}"): (f"6.{k}.2", f"6.{k}.1") for k in (1, 2, 3, 4, 5)},
}
# part within whole, beside the ratios' own
BOUNDS: dict[Place, str] = {
    (4, "II.2"): "II.1",
    (4, "III.2"): "III.1",
    (7, "6.1.3"): "6.1.2",
    (7, "6.2.3"): "6.2.2",
}
NOT_OURS = ("5", "9", "10")  # rows of appendix 1 that the provincial Office leaves blank


@dataclass
class Draft:
    """A report before it is printed; ``pieces`` are the sentences of its narrative by name."""

    values: dict[Place, str] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)
    units: dict[Place, str] = field(default_factory=dict)
    dropped: set[Place] = field(default_factory=set)
    pieces: dict[str, str] = field(default_factory=dict)
    period: ReportPeriod = field(default_factory=lambda: ReportPeriod(2023, "quarter", 1))
    report_date: str = ""

    def number(self, appendix: int, row: str) -> int:
        return int(self.values[appendix, row])

    def text(self) -> str:
        """Return the report as tab-separated text, in the columns that an exported report has."""
        day, month, year = self.report_date.split("/")
        lines = ["Số: 21/BC-VP", f"Hà Tĩnh, ngày {day} tháng {month} năm {year}", "BÁO CÁO"]
        lines += [f"Kết quả thực hiện cải cách hành chính {self.period.label}", "II. KẾT QUẢ THỰC HIỆN"]
        lines += self.pieces.values()
        for appendix, form in sorted(forms_of("cchc", None).items()):
            lines += ["", f"Phụ lục {appendix}", f"{form.title} (Kèm theo Báo cáo của Văn phòng UBND tỉnh)"]
            lines.append("STT\tChỉ tiêu\tĐơn vị tính\tSố liệu của kỳ báo cáo\tGhi chú")
            for code, row in form.rows.items():
                place = (appendix, code)
                if place not in self.dropped:
                    unit = self.units.get(place, row.unit)
                    note = self.notes.get(place, row.note)
                    lines.append("\t".join([row.number, row.name, unit, self.values.get(place, ""), note]))
        return "\n".join(lines)


def clean_draft(random: Random) -> Draft:
    """Return a draft in which every relation, window, date and sentence is right."""
    draft = Draft(period=ReportPeriod(2023, "quarter", random.randint(1, 4)))
    window = draft.period.window("cchc")
    draft.report_date = f"{window.last.day + 2:02d}/{window.last.month:02d}/{window.last.year}"
    for appendix, form in forms_of("cchc", None).items():
        for code, row in form.rows.items():
            if appendix == 1 and code.split(".")[0] in NOT_OURS:
                continue
            if row.kind == "number":
                draft.values[appendix, code] = str(random.randint(2, 300))
            elif row.kind == "percent":
                draft.values[appendix, code] = f"{random.randint(0, 99)},{random.randint(0, 9)}%"
            elif row.kind == "enum":
                draft.values[appendix, code] = random.choice(row.options)[0]
            elif row.kind == "text":
                draft.values[appendix, code] = "Lồng ghép trong các cuộc họp"
    for appendix, part in BOUNDS.items():
        _bind(draft, random, appendix, part)
    for place, parts in RATIOS.items():
        _bind(draft, random, (place[0], parts[0]), parts[1])
    work_out(draft, random)
    draft.notes[7, "6.1"] = "Mức độ 3 là dịch vụ công trực tuyến một phần, mức độ 4 là toàn trình"
    draft.notes[3, "1.2"] = draft.notes[3, "1.3"] = "Số liệu toàn tỉnh"
    write_pieces(draft)
    return draft


def _bind(draft: Draft, random: Random, part: Place, whole: str) -> None:
    draft.values[part] = str(random.randint(1, draft.number(part[0], whole)))


def work_out(draft: Draft, random: Random) -> None:
    """Fill sums from their parts, then ratios, each ratio written with a place or two as offices do."""
    for _ in range(2):  # 6-II.1 sums 6-II.4, itself a sum
        for (appendix, row), parts in SUMS.items():
            draft.values[appendix, row] = str(sum(draft.number(appendix, part) for part in parts))
    if draft.number(7, "6.3.2") > draft.number(7, "6.3.1"):
        draft.values[7, "6.3.2"] = draft.values[7, "6.3.1"]
    for appendix in (7,):
        for level in ("6.1", "6.2"):
            least = min(draft.number(appendix, f"{level}.2"), draft.number(appendix, f"{level}.3"))
            draft.values[appendix, f"{level}.3"] = str(least)
    for place in RATIOS:
        write_ratio(draft, place, random.choice((1, 2)))


def write_ratio(draft: Draft, place: Place, places: int = 1) -> None:
    """Write the ratio that its parts give."""
    part, whole = (draft.number(place[0], row) for row in RATIOS[place])
    exact = Fraction(part * 100, whole)
    shown = str(int(exact)) if exact.denominator == 1 else str(rounded(exact, places)).replace(".", ",")
    # 99,97 % is not written as 100,0 %
    draft.values[place] = f"{shown}%" if float(shown.replace(",", ".")) < 100 or exact >= 100 else "99,99%"
    if part < whole and exact > Fraction(9999, 100):
        draft.values[place] = f"{float(exact):.5f}".replace(".", ",") + "%"


def write_pieces(draft: Draft) -> None:
    """Write the sentences of the narrative from the values."""
    window, year = draft.period.window("cchc"), draft.period.year
    value = draft.values
    stretch = f"từ ngày {window.first:%d/%m/%Y} đến ngày {window.last:%d/%m/%Y}"
    quota = draft.number(4, "II.1") + draft.number(4, "III.1")
    draft.pieces = {
        "basis": f"Thực hiện Công văn số 574/UBND-PVHCC ngày 07/12/{year - 1} của Ủy ban nhân dân tỉnh.",
        "plans": f"Ban hành Kế hoạch số 12/KH-VP ngày 05/01/{year} và Kế hoạch số 15/KH-VP ngày 09/01/{year} "
        "theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, "
        f"Quyết định số 2250/QĐ-UBND ngày 09/12/{year - 1}.",
        "tasks_government": f"Tính {stretch}, Chính phủ, Thủ tướng Chính phủ đã giao cho tỉnh "
        f"{value[1, '8.1']} nhiệm vụ, trong đó: hoàn thành đúng hạn {value[1, '8.2']} nhiệm vụ, "
        f"đã hoàn thành nhưng quá hạn {value[1, '8.3']} nhiệm vụ; chưa hoàn thành đang trong hạn xử lý "
        f"{value[1, '8.5']} nhiệm vụ và {value[1, '8.4']} nhiệm vụ chưa hoàn thành đã quá hạn.",
        "tasks_province": f"UBND tỉnh, Chủ tịch UBND tỉnh giao {stretch} có tổng số "
        f"{value[1, '7.1']} nhiệm vụ. "
        f"Có {value[1, '7.2']} nhiệm vụ đã hoàn thành đúng hạn; {value[1, '7.3']} nhiệm vụ quá hạn chưa "
        f"hoàn thành và {value[1, '7.4']} nhiệm vụ đang trong thời hạn triển khai.",
        "services": f"- Số lượng dịch vụ công trực tuyến một phần: {value[7, '6.1.2']}; "
        f"dịch vụ công trực tuyến toàn trình: {value[7, '6.2.2']}",
        "quotas": f"Tổng biên chế được giao là {quota} biên chế (công chức: {value[4, 'II.1']}; "
        f"viên chức: {value[4, 'III.1']}).",
        "visits": f"Lượt truy cập trong kỳ: {vietnamese(Fraction(1023023))} - 1.014.395 = 8.628.",
    }
