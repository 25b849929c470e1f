"""Right reports of five families: reform, form II.06a, petitions, Resolution 131, a general one with its own tables."""

from decimal import Decimal
from random import Random

from motcua.reports.rules.catalogue import forms_of
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.tests.drafts import clean_draft
from reports.pieces import STYLES, Report, Sheet, number, rate, said, split

FAMILIES = ("reform", "dossiers", "petitions", "resolution", "general")
_COMMUNES = (
    "Thạch Hà",
    "Cẩm Bình",
    "Đức Thọ",
    "Kỳ Anh",
    "Hương Khê",
    "Lộc Hà",
    "Nghi Xuân",
    "Can Lộc",
    "Vũ Quang",
    "Hồng Lĩnh",
)
_FIELDS = ("Đất đai", "Hộ tịch", "Chứng thực", "Xây dựng", "Bảo trợ xã hội", "Đầu tư", "Giáo dục", "Y tế", "Lao động")
_SENDERS = (
    ("UBND TỈNH HÀ TĨNH", "SỞ XÂY DỰNG", "BC-SXD", "Hà Tĩnh"),
    ("UBND TỈNH HÀ TĨNH", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "BC-SNNMT", "Hà Tĩnh"),
    ("HĐND - UBND", "UBND XÃ CẨM BÌNH", "BC-UBND", "Cẩm Bình"),
    ("TỈNH HÀ TĨNH", "ỦY BAN NHÂN DÂN PHƯỜNG TRẦN PHÚ", "BC-UBND", "Trần Phú"),
)
_PERIODS = (("quarter", 1), ("half", 1), ("quarter", 3), ("year", 1), ("nine", 1))


def make(family: str, seed: int) -> Report:
    """Return a right report of a family; the same seed gives the same report."""
    random = Random(f"{family} {seed}")
    return {"reform": _reform, "dossiers": _dossiers, "petitions": _petitions, "resolution": _resolution,
            "general": _general}[family](random)  # fmt: skip


def _start(random: Random, family: str, subject: str, regime: str) -> tuple[Report, ReportPeriod, str]:
    upper, sender, symbol, place = random.choice(_SENDERS)
    kind, index = random.choice(_PERIODS)
    period = ReportPeriod(random.choice((2024, 2025)), kind, index)
    window = period.window(regime)
    day = (window.last.day + random.randint(1, 4), window.last.month, window.last.year)
    label = period.label[0].lower() + period.label[1:] if kind != "quarter" else period.label
    report = Report(family, upper, sender, f"{random.randint(20, 900)}/{symbol}", place, day, f"{subject} {label}")
    report.style = random.choice(STYLES)
    stretch = f"từ ngày {window.first:%d/%m/%Y} đến ngày {window.last:%d/%m/%Y}"
    year = period.year
    basis = random.randint(10, 99)
    report.text["basis"] = (
        f"Thực hiện Kế hoạch số {basis}/KH-UBND ngày 10/01/{year} của UBND tỉnh về cải cách hành chính "
        f"nhà nước năm {year} và Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ, đơn vị báo cáo như sau:"
    )
    report.text["window"] = f"Số liệu báo cáo tính {stretch}."
    report.text["part1"] = "I. KẾT QUẢ THỰC HIỆN"
    return report, period, label


def _finish(report: Report, period: ReportPeriod, subject: str, label: str) -> Report:
    report.text["part2"] = "II. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI"
    report.text["plans"] = f"1. Phấn đấu tiếp nhận 5.000 hồ sơ, hoàn thành trước ngày 20/12/{period.year}."
    report.text["close"] = (
        f"Trên đây là Báo cáo {subject[0].lower() + subject[1:]} {label}, đơn vị trân trọng báo cáo./."
    )
    return report


def _sentences(random: Random, report: Report, year: int) -> None:
    """Add sentences with arithmetic that any report may hold."""
    given = random.randint(120, 400)
    done = random.randint(40, given - 30)
    documents = split(random, random.randint(12, 60), 3)
    now, before = random.randint(2000, 9000), random.randint(1000, 1900)
    report.text["tasks"] = f"Đã hoàn thành {done}/{given} nhiệm vụ được giao, đạt {said(rate(done, given))}."
    report.text["documents"] = (
        f"Ban hành {number(sum(documents))} văn bản hướng dẫn nghiệp vụ, gồm: {documents[0]:02d} kế hoạch, "
        f"{documents[1]:02d} công văn và {documents[2]:02d} thông báo."
    )
    report.text["visits"] = (
        f"Lượt truy cập trang thông tin đạt {number(now)} lượt, tăng {number(now - before)} lượt "
        f"({said(rate(now - before, before, 1))}) so với cùng kỳ năm {year - 1} ({number(before)} lượt)."
    )
    staff = split(random, random.randint(60, 120), 3)
    report.text["staff"] = f"Tổng số công chức: {staff[0]} + {staff[1]} + {staff[2]} = {sum(staff)} người."
    report.text["meeting"] = f"Ngày 06/01/{year} (thứ {'Bảy' if year == 2024 else 'Hai'}) đơn vị đã họp triển khai."
    report.text["plan"] = f"Ban hành Kế hoạch số 15/KH-SNV ngày 09/01/{year} về kiểm tra kỷ luật, kỷ cương hành chính."


def _reform(random: Random) -> Report:
    """Appendices of the reform report: dropped and renumbered rows, other captions, other columns."""
    subject = "Kết quả thực hiện công tác cải cách hành chính"
    report, period, label = _start(random, "reform", subject, "cchc")
    _sentences(random, report, period.year)
    draft = clean_draft(Random(random.randint(0, 9999)))
    forms = forms_of("cchc", None)
    chosen = sorted(random.sample(sorted(forms), random.randint(3, 5)))
    shape = random.choice(("form", "roman", "with before", "so"))
    for place, appendix in enumerate(chosen, start=1):
        form = forms[appendix]
        roman = ("I", "II", "III", "IV", "V", "VI", "VII")[place - 1]
        captions = {"form": f"Phụ lục {appendix}", "roman": f"PHỤ LỤC {roman}",
                    "with before": f"Phụ lục số 0{place}", "so": f"Biểu số {place}"}  # fmt: skip
        rows: list[list] = []  # type: ignore[type-arg]
        for code, row in form.rows.items():
            if row.valid_to or (appendix == 1 and code.split(".")[0] in ("5", "8", "9", "10")):
                continue
            text = draft.values.get((appendix, code), "")
            value = int(text) if text.isdigit() and row.kind == "number" else text or None
            if row.kind == "percent" and text:
                value = Decimal(text.rstrip("%").replace(",", "."))
            rows.append([row.number, row.name, row.unit, value, draft.notes.get((appendix, code), row.note)])
        _mend(rows, form, appendix)
        head = [[("STT", 1, 1), ("Chỉ tiêu", 1, 1), ("Đơn vị tính", 1, 1), ("Kết quả", 1, 1), ("Ghi chú", 1, 1)]]
        if shape == "form":
            head = [[("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Kết quả", 2, 1), ("Ghi chú", 1, 2)],
                    [("Đơn vị tính", 1, 1), ("Số liệu của kỳ báo cáo", 1, 1)]]  # fmt: skip
        sheet = Sheet(captions[shape], head, rows, title=form.title)
        if shape == "with before":
            sheet.head = [[("TT", 1, 1), ("Nội dung", 1, 1), ("ĐVT", 1, 1), ("Kỳ trước", 1, 1), ("Kỳ này", 1, 1)]]
            sheet.rows = [
                [code, name, unit, value if not isinstance(value, str) else "", value]
                for code, name, unit, value, _ in rows
            ]
        report.sheets.append(sheet)
    return _finish(report, period, subject, label)


def _mend(rows: list, form, appendix: int) -> None:  # type: ignore[no-untyped-def, type-arg]
    """Make totals right again after rows of the abolished district level were dropped."""
    by = {row[1]: row for row in rows}
    for code, parts in {
        (3, "1.4"): ("1.4.1", "1.4.3"),
        (4, "I.5"): ("I.5.1", "I.5.2"),
        (2, "1"): ("1.1", "1.2", "1.5", "1.6"),
    }.items():
        if code[0] == appendix:
            by[form.rows[code[1]].name][3] = sum(by[form.rows[part].name][3] for part in parts)


def _dossiers(random: Random) -> Report:
    subject = "Tình hình, kết quả kiểm soát thủ tục hành chính"
    report, period, label = _start(random, "dossiers", subject, "kstt")
    _sentences(random, report, period.year)
    names = random.sample(_FIELDS if random.random() < 0.5 else _COMMUNES, random.randint(4, 8))
    rows: list[list] = []  # type: ignore[type-arg]
    for at, name in enumerate(names, start=1):
        done, still = random.randint(40, 2500), random.randint(2, 150)
        parts = split(random, done, 3)
        late = min(parts)
        parts.remove(late)
        received = split(random, done + still, 3)
        open_late = random.randint(0, 1)
        rows.append([str(at), name, sum(received), *received, done, *parts, late, still, still - open_late, open_late])
    total = [sum(row[column] for row in rows) for column in range(2, 13)]
    rows.append(["", random.choice(("Tổng cộng", "TỔNG SỐ", "Cộng")), *total])
    if random.random() < 0.3:
        rows.insert(0, rows.pop())
    head = [
        [("STT", 1, 2), (random.choice(("Lĩnh vực giải quyết", "Tên đơn vị")), 1, 2), ("Số hồ sơ tiếp nhận", 4, 1),
         ("Số hồ sơ đã giải quyết", 4, 1), ("Số hồ sơ đang giải quyết", 3, 1)],
        [(text, 1, 1) for text in ("Tổng số", "Trực tuyến", "Trực tiếp, bưu chính", "Từ kỳ trước", "Tổng số",
                                   "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn")],
    ]  # fmt: skip
    sheet = Sheet(random.choice(("Biểu số II.06a/VPCP/KSTT", "Phụ lục 1", "Phụ lục số 01")), head, rows,
                  title="TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ")  # fmt: skip
    if random.random() < 0.5:
        sheet.numbering = ["(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)", "(8)", "(9)",
                           "(10)", "(11)=(12)+(13)", "(12)", "(13)"]  # fmt: skip
    report.sheets.append(sheet)
    in_time = total[5] + total[6]
    report.text["received"] = (
        f"Trong kỳ, đơn vị đã tiếp nhận {number(total[0])} hồ sơ; đã giải quyết {number(total[4])} hồ sơ, trong đó "
        f"giải quyết trước hạn và đúng hạn {number(in_time)} hồ sơ, đạt {said(rate(in_time, total[4]))}; "
        f"quá hạn {number(total[7])} hồ sơ, chiếm {said(rate(total[7], total[4]))}."
    )
    return _finish(report, period, subject, label)


def _petitions(random: Random) -> Report:
    subject = "Kết quả tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính"
    report, period, label = _start(random, "petitions", subject, "decree-09")
    _sentences(random, report, period.year)
    rows: list[list] = []  # type: ignore[type-arg]
    for at, name in enumerate(random.sample(_COMMUNES, 6), start=1):
        got = random.randint(20, 400)
        done = random.randint(10, got)
        rows.append([str(at), f"Xã {name}", got, done, got - done, rate(done, got)])
    total = [sum(row[column] for row in rows) for column in (2, 3, 4)]
    rows.append(["", "Tổng cộng", *total, rate(total[1], total[0])])
    head = [[("TT", 1, 1), ("Đơn vị", 1, 1), ("Số PAKN tiếp nhận", 1, 1), ("Số PAKN đã xử lý", 1, 1),
             ("Số PAKN đang xử lý", 1, 1), ("Tỷ lệ xử lý (%)", 1, 1)]]  # fmt: skip
    report.sheets.append(Sheet("Phụ lục 1", head, rows, title="Kết quả xử lý phản ánh, kiến nghị", percents={5}))
    report.text["received"] = (
        f"Đã tiếp nhận {number(total[0])} phản ánh, kiến nghị; đã xử lý {number(total[1])} phản ánh, kiến nghị."
    )
    return _finish(report, period, subject, label)


def _resolution(random: Random) -> Report:
    subject = "Kết quả thực hiện Nghị quyết số 131/NQ-CP về đẩy mạnh cải cách thủ tục hành chính"
    report, period, label = _start(random, "resolution", subject, "resolution-131")
    _sentences(random, report, period.year)
    before, now = [], []
    for _ in range(2):
        received = random.randint(400, 3000)
        online = random.randint(100, received - 50)
        done = random.randint(200, received - 20)
        in_time = random.randint(100, done - 5)
        procedures = random.randint(80, 300)
        full = random.randint(10, procedures - 20)
        values = [received, online, received - online, rate(online, received), done, in_time, done - in_time,
                  rate(in_time, done), procedures, full, procedures - full]  # fmt: skip
        (now if before else before).extend(values)
    names = (
        ("1", "Tổng số hồ sơ tiếp nhận", "Hồ sơ"), ("1.1", "Số hồ sơ tiếp nhận trực tuyến", "Hồ sơ"),
        ("1.2", "Số hồ sơ tiếp nhận trực tiếp, qua bưu chính", "Hồ sơ"), ("2", "Tỷ lệ hồ sơ tiếp nhận trực tuyến", "%"),
        ("3", "Tổng số hồ sơ đã giải quyết", "Hồ sơ"), ("3.1", "Số hồ sơ giải quyết đúng hạn", "Hồ sơ"),
        ("3.2", "Số hồ sơ giải quyết quá hạn", "Hồ sơ"), ("4", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%"),
        ("5", "Tổng số TTHC, chia theo mức độ dịch vụ công", "TTHC"), ("5.1", "TTHC cung cấp toàn trình", "TTHC"),
        ("5.2", "TTHC cung cấp một phần", "TTHC"),
    )  # fmt: skip
    if random.random() < 0.5:
        rows = [[*name, value, ""] for name, value in zip(names, now, strict=True)]
        heads = ("STT", "Nội dung", "Đơn vị tính", "Số liệu", "Ghi chú")
    else:
        both = [b + n if isinstance(n, int) else "-" for b, n in zip(before, now, strict=True)]
        rows = [[*name, b, n, both_] for name, b, n, both_ in zip(names, before, now, both, strict=True)]
        heads = ("STT", "Chỉ tiêu", "ĐVT", "Kỳ trước", "Kỳ này", "Lũy kế")
    report.sheets.append(
        Sheet("Phụ lục", [[(text, 1, 1) for text in heads]], rows, title="Số liệu thực hiện Nghị quyết 131")
    )
    report.text["received"] = f"Tổng số hồ sơ tiếp nhận trong kỳ: {number(now[0])} hồ sơ."
    report.text["online"] = (
        f"Trong tổng số {number(now[0])} hồ sơ có {number(now[1])} hồ sơ trực tuyến ({said(now[3])})."
    )
    return _finish(report, period, subject, label)


def _general(random: Random) -> Report:
    """A table of no form at all, in the body, with sections, subtotals, a formula in the head."""
    subject = "Kết quả số hóa và sử dụng tài khoản định danh"
    report, period, label = _start(random, "general", subject, "decree-09")
    _sentences(random, report, period.year)
    rows: list[list] = []  # type: ignore[type-arg]
    tops = []
    for roman, section in (("I", "Khối sở, ngành"), ("II", "Khối xã, phường")):
        inside: list[list] = []  # type: ignore[type-arg]
        for at, name in enumerate(random.sample(_COMMUNES, random.randint(3, 5)), start=1):
            whole = random.randint(50, 900)
            part = random.randint(20, whole)
            inside.append([str(at), name, whole, part, whole - part, rate(part, whole)])
        sums = [sum(row[column] for row in inside) for column in (2, 3, 4)]
        tops.append([roman, section, *sums, rate(sums[1], sums[0])])
        rows += [tops[-1], *inside]
    sums = [sum(row[column] for row in tops) for column in (2, 3, 4)]
    rows.append(["", "Tổng cộng (I+II)", *sums, rate(sums[1], sums[0])])
    head = [[("STT", 1, 1), ("Cơ quan, đơn vị", 1, 1), ("Tổng số hồ sơ", 1, 1), ("Đã số hóa", 1, 1),
             ("Chưa số hóa", 1, 1), ("Tỷ lệ (%)", 1, 1)]]  # fmt: skip
    numbering = ["(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)", "(6)=(4)/(3)*100"]
    report.sheets.append(Sheet("Bảng 1. Kết quả số hóa hồ sơ", head, rows, percents={5}, numbering=numbering))
    return _finish(report, period, subject, label)
