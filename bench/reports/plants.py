"""Errors, one at a time, by family: what is changed, which rules may name it, and a word of its place."""

import re
from decimal import Decimal
from random import Random

from reports.pieces import Change, Plant, Report, Sheet, Value

_OTHER_NUMBER = "Theo Kế hoạch số 51/KH-SNV ngày 09/01/YEAR về kiểm tra kỷ luật, kỷ cương hành chính."
_PERIOD = r"(?:Quý|quý|6 tháng|9 tháng|năm) .*(\d{4})"
_RECEIVED = r"tiếp nhận ([\d.]+) (?:hồ sơ|phản)"
_IN_PERIOD = r"trong kỳ: ([\d.]+) hồ sơ"
_REACHED = r"đạt (\d+,\d+)%"


def _text(name: str, pattern: str, replacement: str) -> Change:
    def change(report: Report, random: Random) -> None:
        before = report.text[name]
        values = {"YEAR": str(report.day[2]), "NEXT": str(report.day[2] + 1)}
        new = re.sub(r"YEAR|NEXT", lambda match: values[match[0]], replacement)
        report.text[name] = re.sub(pattern, new, before, count=1)
        assert report.text[name] != before, f"nothing planted in {name}"

    return change


def _shift_number(name: str, pattern: str) -> Change:
    """Change the number that ``pattern``'s group finds in a paragraph."""

    def change(report: Report, random: Random) -> None:
        match = re.search(pattern, report.text[name])
        assert match, report.text[name]
        old = match[1]
        if "," in old:
            new = f"{Decimal(old.replace(',', '.')) - Decimal(random.randint(2, 9)):.2f}".replace(".", ",")
        else:
            new = f"{int(old.replace('.', '')) + random.randint(3, 9):,}".replace(",", ".")
        report.text[name] = report.text[name][: match.start(1)] + new + report.text[name][match.end(1) :]

    return change


def _add(text: str) -> Change:
    def change(report: Report, random: Random) -> None:
        items = list(report.text.items())
        at = next(index for index, (name, _) in enumerate(items) if name == "part2")
        values = {"YEAR": str(report.day[2]), "NEXT": str(report.day[2] + 1)}
        items.insert(at, ("added", re.sub(r"YEAR|NEXT", lambda match: values[match[0]], text)))
        report.text = dict(items)

    return change


def _cell(row: str, column: int, *, sheet: int = 0, by: int | None = None) -> Change:
    """Add to a cell of the row whose code or name is ``row`` ("last": the total row, "any": a random data row)."""

    def change(report: Report, random: Random) -> None:
        cells = _row(report.sheets[sheet], row, random)
        value = cells[column]
        step = by if by is not None else random.randint(2, 9)
        cells[column] = value + step if not isinstance(value, (str, type(None))) else value
        assert cells[column] != value, (row, column)
        report.planted = str(cells[0] or cells[1])

    return change


def _row(sheet: Sheet, row: str, random: Random) -> list[Value]:
    if row == "total":
        return next(cells for cells in sheet.rows if re.match(r"(?i)tổng|cộng", str(cells[1])) and not cells[0])
    if row == "any":
        return random.choice([cells for cells in sheet.rows if str(cells[0]).isdigit()])
    return sheet.find(row)


def _set(row: str, column: int, value: Value) -> Change:
    def change(report: Report, random: Random) -> None:
        cells = _row(report.sheets[0], row, random)
        cells[column] = value
        report.planted = str(cells[0] or cells[1])

    return change


def _both(*changes: Change) -> Change:
    def change(report: Report, random: Random) -> None:
        for one in changes:
            one(report, random)

    return change


def _numbering(report: Report, random: Random) -> None:
    rows = [cells for cells in report.sheets[0].rows if str(cells[0]).isdigit()]
    rows[2][0] = rows[1][0]


def _lost_number(report: Report, random: Random) -> None:
    sheet = report.sheets[0]
    rows = [cells for cells in sheet.rows if str(cells[0]).isdigit()]
    for cells in rows[2:]:
        if int(str(cells[0])) < 3:
            break
        cells[0] = str(int(str(cells[0])) + 1)


def _reform_ratio(report: Report, random: Random) -> None:
    """Change a ratio of a reform form that has its two parts under it."""
    choices = []
    for sheet in report.sheets:
        at = 4 if len(sheet.head[0]) == 5 and sheet.head[0][3][0] == "Kỳ trước" else 3
        for cells in sheet.rows:
            code = str(cells[0])
            under = [
                other
                for other in sheet.rows
                if re.fullmatch(rf"{re.escape(code)}\.\d", str(other[0])) and other[2] != "%"
            ]
            if cells[2] == "%" and isinstance(cells[at], Decimal) and len(under) >= 2:
                choices.append((cells, at))
    if not choices:
        report.is_possible = False
        return
    cells, at = random.choice(choices)
    value = cells[at]
    assert isinstance(value, Decimal)
    cells[at] = value + (Decimal("-7.5") if value > 50 else Decimal("7.5"))
    report.planted = str(cells[0])


def _reform_sum(report: Report, random: Random) -> None:
    sums = ("Tổng số nhiệm vụ được giao", "Tổng số TTHC thuộc thẩm quyền giải quyết tại địa phương",
            "Tổng số đơn vị sự nghiệp công lập (ĐVSNCL) tại địa phương",
            "Số công chức được tuyển dụng (thi tuyển, xét tuyển)",
            "Tổng số ĐVSN công lập tại địa phương",
            "Tổng số TTHC đang cung cấp trực tuyến mức độ 3 và 4 của địa phương",
            "Tổng số văn bản quy phạm pháp luật (VBQPPL) chủ trì soạn thảo đã được ban hành")  # fmt: skip
    choices = [(sheet, cells) for sheet in report.sheets for cells in sheet.rows if cells[1] in sums]
    if not choices:
        report.is_possible = False
        return
    sheet, cells = random.choice(choices)
    at = 4 if sheet.head[0][3][0] == "Kỳ trước" else 3
    assert isinstance(cells[at], int)
    cells[at] = cells[at] + random.randint(11, 29)  # type: ignore[operator]
    report.planted = str(cells[0])


def _texts() -> list[Plant]:
    one: list[tuple[str, str, Change]] = [
        ("ratio in a sentence", "M13", _shift_number("tasks", r"đạt (\d+,\d+)%")),
        ("parts in a sentence", "M13", _shift_number("documents", r"Ban hành (\d+) văn bản")),
        ("growth in a sentence", "M13", _shift_number("visits", r"tăng ([\d.]+) lượt")),
        ("rate of growth", "M13", _shift_number("visits", r"\((\d+),\d+%\)")),
        ("sum in a sentence", "M13", _shift_number("staff", r"= (\d+) người")),
        ("day of the week", "M14", _text("meeting", r"thứ (?:Bảy|Hai)", "thứ Tư")),
        ("impossible day", "V16", _add("Ngày 31/4/YEAR đơn vị đã tổ chức tập huấn.")),
        ("instrument of the future", "V16", _add("Thực hiện Công văn số 77/UBND-NC ngày 05/02/NEXT của UBND tỉnh.")),
        ("two dates", "V16", _add("Tiếp tục thực hiện Kế hoạch số 15/KH-SNV ngày 19/01/YEAR.")),
        ("two numbers", "M15", _add(_OTHER_NUMBER)),
        ("year of a number", "M10", _text("basis", r"61/2018/NĐ-CP", "61/2016/NĐ-CP")),
        ("symbol of another kind", "M11", _add("Triển khai Quyết định số 210/KH-UBND ngày 17/02/YEAR của UBND tỉnh.")),
        ("reversed range", "V16", _text("window", r"đến ngày (\d\d/\d\d)/\d{4}", r"đến ngày \1/2021")),
        ("closing names another period", "V19", _text("close", _PERIOD, r"năm 2022")),
    ]  # fmt: skip
    return [Plant(name, "*", frozenset({rule}), change) for name, rule, change in one]


PLANTS: tuple[Plant, ...] = (
    *_texts(),
    Plant("ratio of a form", "reform", frozenset({"V03", "V04", "V07", "V09", "V12", "V13"}), _reform_ratio),
    Plant("sum of a form", "reform", frozenset({"V01", "V06", "V08", "V10", "V11", "V12", "V13"}), _reform_sum),
    Plant("received is not its parts", "dossiers", frozenset({"R8.4", "T01"}), _cell("any", 3)),
    Plant("resolved is not its parts", "dossiers", frozenset({"R8.4", "T01"}), _cell("any", 7)),
    Plant("open is not its parts", "dossiers", frozenset({"R8.4", "T01"}), _cell("any", 11)),
    Plant("total is not its rows", "dossiers", frozenset({"T02", "R8.4", "T01"}), _cell("total", 4)),
    Plant("text against total", "dossiers", frozenset({"T06", "V20"}), _shift_number("received", _RECEIVED)),
    Plant("rate of a total in a sentence", "dossiers", frozenset({"M13"}), _shift_number("received", _REACHED)),
    Plant("numbering twice", "dossiers", frozenset({"M06"}), _numbering),
    Plant("numbering with a gap", "dossiers", frozenset({"M06"}), _lost_number),
    Plant("text in a number column", "dossiers", frozenset({"V15"}), _set("any", 5, "nhiều hồ sơ")),
    Plant("ratio of a unit", "petitions", frozenset({"T04"}), _cell("any", 5, by=-8)),
    Plant("total is not its rows", "petitions", frozenset({"T02", "T03", "T04"}), _cell("total", 2)),
    Plant("text against total", "petitions", frozenset({"T06", "V20"}), _shift_number("received", _RECEIVED)),
    Plant("ratio row", "resolution", frozenset({"T04"}), _cell("4", -2, by=-6)),
    Plant("parts of a whole", "resolution", frozenset({"T03"}), _cell("1", -2)),
    Plant("part over whole", "resolution", frozenset({"T05", "T03"}), _both(_cell("5.1", -2, by=2000))),
    Plant("more than a hundred", "resolution", frozenset({"M02", "T04"}), _set("4", -2, Decimal("120.5"))),
    Plant("half a dossier", "resolution", frozenset({"V15", "T03"}), _set("3.2", -2, Decimal("12.5"))),
    Plant("text against row", "resolution", frozenset({"T06", "M13"}), _shift_number("received", _IN_PERIOD)),
    Plant("formula of the head", "general", frozenset({"T01"}), _cell("any", 2)),
    Plant("ratio by the head", "general", frozenset({"T01", "T04"}), _cell("any", 5, by=-8)),
    Plant("total is not its sections", "general", frozenset({"T02", "T01"}), _cell("total", 3)),
)  # fmt: skip
