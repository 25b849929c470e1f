"""Tables of strangers' reports: every number that another one binds is watched, and right tables are left alone."""

import re
from pathlib import Path

import pytest

from motcua.reports.rules.checking import check_report
from motcua.reports.rules.report_reading import read_report

SAMPLES = Path(__file__).parent / "samples"
CONTROL = (SAMPLES / "control-commune.txt").read_text(encoding="utf-8")
REFORM = (SAMPLES / "reform-department.txt").read_text(encoding="utf-8")
UNBOUND = {"98,9", "3,5", "4,2"}  # last year's rate and two averages: nothing in the report contradicts them


def loud(text):
    return [found for found in check_report(read_report(text.encode(), "a.txt")) if found.severity != "info"]


def table(*rows, caption="Phụ lục 1"):
    head = "Sở Thử\nSố: 5/BC-ST\nHà Tĩnh, ngày 16 tháng 12 năm 2025\nBÁO CÁO\nKết quả công tác năm 2025\n"
    return head + caption + "\n" + "\n".join("\t".join(row.split("|")) for row in rows)


@pytest.mark.parametrize("text", [CONTROL, REFORM], ids=["control", "reform"])
def test_right_report_of_another_shape_raises_no_alarm(text):
    assert [found.message for found in loud(text)] == []


def changed_cells(text):
    lines = text.split("\n")
    for at, line in enumerate(lines):
        cells = line.split("\t")
        for column in range(2, len(cells)):
            if re.fullmatch(r"\d[\d.,]*", cells[column]) and cells[column] not in UNBOUND:
                yield at, column, cells[column]


@pytest.mark.parametrize(("text", "step"), [(CONTROL, 6), (REFORM, 4)], ids=["control", "reform"])
def test_any_changed_number_is_noticed(text, step):
    for at, column, old in list(changed_cells(text))[::step]:
        lines = text.split("\n")
        cells = lines[at].split("\t")
        number = float(old.replace(".", "").replace(",", ".")) + 7
        cells[column] = f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        lines[at] = "\t".join(cells)
        assert loud("\n".join(lines)), f"line {at + 1}: {old} became {cells[column]}"


def test_formula_of_the_head_is_held_with_its_place():
    text = table("STT|Đơn vị|Tổng|A|B|Tỷ lệ", "(1)|(2)|(3)=(4)+(5)|(4)|(5)|(6)=(4)/(3)*100", "1|Phòng Một|10|4|7|36,4")
    found = {(f.rule, f.where.column): (f.found, f.expected) for f in loud(text)}
    assert found == {("T01", "Tổng"): ("10", 11), ("T01", "Tỷ lệ"): ("36,4", 40)}


def test_cut_numbering_of_a_narrow_head_is_no_row():
    rows = "STT|Đơn vị|Tổng|A|B", "(1)|(2)|(3)=(4|)+(5) (4)|(5)", "1|Phòng Một|11|4|7", "2|Phòng Hai|3|1|2"
    assert loud(table(*rows)) == []


def test_number_twice_and_number_lost_are_told_apart():
    rows = ["STT|Đơn vị|Số hồ sơ", *(f"{number}|Phòng {number}|{number}5" for number in (1, 2, 2, 4, 6))]
    assert [(f.rule, f.where.row) for f in loud(table(*rows))] == [("M06", "2"), ("M06", "6")]


def test_part_is_never_more_than_its_whole():
    rows = "STT|Nội dung|ĐVT|Số liệu", "1|Tổng số văn bản|Văn bản|10", "1.1|Văn bản điện tử|Văn bản|12"
    rows += ("1.2|Văn bản mật|Văn bản|2",)
    assert [(f.rule, f.where.row) for f in loud(table(*rows))] == [("T05", "1.1")]


@pytest.mark.parametrize("written", ["-", "x", "Không phát sinh", "", "0"])
def test_words_for_nothing_are_no_errors(written):
    rows = "STT|Đơn vị|Tiếp nhận|Đã xử lý|Ghi chú", f"1|Phòng Một|{written}|{written}|", "2|Phòng Hai|5|4|một đơn rút"
    assert loud(table(*rows, "|Tổng cộng|5|4|")) == []


@pytest.mark.parametrize(
    ("one", "two", "sum_"), [("1.234,5", "765,5", "2.000"), ("1 234", "766", "2 000"), ("1,234", "766", "2,000")]
)
def test_numbers_of_any_office_are_added(one, two, sum_):
    rows = "STT|Đơn vị|Kinh phí", f"1|Phòng Một|{one}", f"2|Phòng Hai|{two}"
    assert loud(table(*rows, f"|Tổng cộng|{sum_}")) == []
    assert [f.rule for f in loud(table(*rows, "|Tổng cộng|2.100"))] == ["T02"]


def test_text_against_table_names_both_places():
    text = CONTROL.replace("năm 2025\n", "năm 2025\nTrong kỳ đã tiếp nhận 240 hồ sơ, giải quyết 210 hồ sơ.\n", 1)
    (found,) = loud(text)
    assert (found.rule, found.found, found.expected, found.where.row) == ("T06", "230", 240, "Tổng cộng")


@pytest.mark.parametrize("caption", ["Phụ lục số 04", "PHỤ LỤC IV. Thống kê", "Biểu số 4", "PL4"])
def test_form_is_known_by_its_rows_under_any_number(caption):
    rows = ["TT|Nội dung|Đơn vị tính|Kết quả|Ghi chú", "1|Số văn bản chỉ đạo CCHC đã ban hành|Văn bản|5|",
            "2|Tỷ lệ hoàn thành Kế hoạch CCHC năm|%|90|", "2.1|Số nhiệm vụ đề ra trong kế hoạch|Nhiệm vụ|12|",
            "2.2|Số nhiệm vụ đã hoàn thành|Nhiệm vụ|10|", "3|Tổ chức cuộc thi tìm hiểu CCHC|Cuộc|1|"]  # fmt: skip
    (found,) = [f for f in loud(table(*rows, caption=caption)) if f.rule != "M05"]
    assert (found.rule, found.where.appendix, found.where.row, found.expected) == ("V03", 4, "2", 83.3)


def test_row_numbered_otherwise_is_named_by_its_own_number():
    rows = ["STT|Chỉ tiêu|Đơn vị tính|Kết quả|Ghi chú", "1|Thực hiện nhiệm vụ của Chủ tịch UBND và UBND tỉnh giao|||",
            "1.1|Tổng số nhiệm vụ được giao|Nhiệm vụ|20|", "1.2|Số nhiệm vụ đã hoàn thành đúng hạn|Nhiệm vụ|10|",
            "1.3|Số nhiệm vụ chưa hoàn thành nhưng quá hạn|Nhiệm vụ|1|",
            "1.4|Số nhiệm vụ chưa hoàn thành nhưng đang trong thời hạn|Nhiệm vụ|8|"]  # fmt: skip
    findings = check_report(read_report(table(*rows, caption="Phụ lục 2").encode(), "a.txt"))
    told = {(f.rule, f.severity, f.where.appendix, f.where.row) for f in findings}
    assert told == {("V01", "error", 2, "1.1"), ("M06", "info", 2, "1")}
    assert "1.2 + 1.3 + 1.4 (10 + 1 + 8)" in next(f.message for f in findings if f.rule == "V01")


KEPT_TABLES = {
    "shares of the total": (
        "TT|Nguyên nhân|Số hồ sơ|Tỷ trọng (%)",
        "1|Do cán bộ|21|15,2",
        "2|Do phối hợp|74|{53,6>56,3}",
        "3|Do hệ thống|43|31,2",
        "|Cộng|138|100",
    ),
    "shares of the first row": (
        "Chỉ tiêu|Số người|Tỷ lệ",
        "Được khảo sát|860|100%",
        "Hài lòng|{791>719}|92,0%",
        "Bình thường|52|6,0%",
        "Không hài lòng|17|2,0%",
    ),
    "ratio row kept in other columns": (
        "TT|Nội dung|ĐVT|Quý III/2023|Quý III/2024|9 tháng 2024",
        "13|Kế hoạch vốn|triệu đồng|198.000|214.600|214.600",
        "14|Giải ngân|triệu đồng|114.840|133.052|133.052",
        "15|Tỷ lệ giải ngân|%|58,0|62,0|{62,0>26,0}",
    ),
    "part over the whole of its ratio": (
        "TT|Nội dung|ĐVT|Quý III|Lũy kế 9 tháng",
        "1|Hồ sơ trực tuyến|Hồ sơ|{2.970>8.970}|9.425",
        "2|Tổng hồ sơ|Hồ sơ|3.300|10.472",
        "3|Tỷ lệ trực tuyến|%|90|90",
    ),
    "columns that add up": (
        "TT|Tên đơn vị|Giao|Có mặt|Chưa sử dụng",
        "1|Phòng Một|18|17|1",
        "2|Phòng Hai|14|12|2",
        "3|Phòng Ba|20|18|{2>3}",
        "4|Phòng Bốn|16|11|5",
    ),
    "change between two periods": (
        "Nội dung|Quý II|Quý III|Tăng, giảm",
        "Chuyển sang|790|827|37",
        "Tiếp nhận|11.750|12.336|{586>856}",
        "Đã giải quyết|11.713|12.520|807",
    ),
    "parts kept in another column": (
        "TT|Nội dung|ĐVT|6 tháng|Cả năm",
        "4|Cơ quan được kiểm tra|Cơ quan|14|32",
        "4.1|Cơ quan cấp tỉnh|Cơ quan|6|{12>21}",
        "4.2|UBND cấp xã|Cơ quan|8|20",
    ),
    "period over the year so far": (
        "TT|Nội dung|ĐVT|6 tháng|Cả năm (lũy kế)",
        "1|Phiếu khảo sát|Phiếu|{4.800>14.800}|9.600",
        "2|Phiếu hợp lệ|Phiếu|10|20",
    ),
    "ratio counted in dossiers": (
        "TT|Nội dung|ĐVT|Kết quả",
        "1|Hồ sơ giải quyết|hồ sơ|200",
        "2|Tỷ lệ đúng hạn|{%>hồ sơ}|99,0",
    ),
    "money counted in households": ("TT|Nội dung|ĐVT|Kết quả", "1|Hộ tham gia|Hộ|200", "2|Kinh phí|{Triệu đồng>Hộ}|99"),
    "posts counted in money": (
        "TT|Nội dung|ĐVT|Kết quả",
        "1|Biên chế được giao|{Người>Tỷ đồng}|200",
        "2|Kinh phí|Triệu đồng|99",
    ),
    "code nobody offers": (
        "TT|Nội dung|ĐVT|Kết quả",
        "1|Họp trực tuyến (Có = 1, Không = 0)||{1>3}",
        "2|Số cuộc họp|Cuộc|9",
    ),
    "cell left empty": (
        "TT|Đơn vị|Trực tuyến|Trực tiếp|Kỳ trước",
        "1|Xã Một|15|2|0",
        "2|Xã Hai|45|{9>}|1",
        "3|Xã Ba|25|8|3",
        "4|Xã Bốn|35|4|2",
        "5|Xã Năm|12|5|6",
    ),
    "ratio beside its figures": (
        "TT|Chỉ tiêu|Tử số|Mẫu số|Kết quả",
        "1|Tỷ lệ trực tuyến|128.520|151.200|85,0%",
        "2|Tỷ lệ đúng hạn|141.702|143.420|{98,8%>89,8%}",
        "3|Tỷ lệ thanh toán|41.310|45.900|90,0%",
    ),
}


@pytest.mark.parametrize("rows", KEPT_TABLES.values(), ids=KEPT_TABLES)
def test_relation_the_table_keeps_is_held(rows):
    right = [re.sub(r"\{(.*?)>(.*?)\}", r"\1", row) for row in rows]
    wrong = [re.sub(r"\{(.*?)>(.*?)\}", r"\2", row) for row in rows]
    assert [found.message for found in loud(table(*right))] == []
    assert loud(table(*wrong))


def test_quantities_of_another_scope_are_not_held_together():
    rows = "TT|Nội dung|ĐVT|Kết quả", "1|Kế hoạch năm||", "1.1|Tổng số nhiệm vụ trong kế hoạch|Nhiệm vụ|32"
    said = "Cấp huyện tiếp nhận 40 hồ sơ; cấp xã tiếp nhận 4 098 hồ sơ.\nSở được giao 157 nhiệm vụ.\nPhụ lục 1"
    text = table(*rows).replace("Phụ lục 1", said)
    assert [found.message for found in loud(text)] == []


def test_ratio_of_columns_headed_so_needs_no_other_row():
    rows = (
        "TT|Chỉ tiêu|Mục tiêu năm|Tử số|Mẫu số|Kết quả",
        "1|Hài lòng|≥ 95%|9.120|9.500|{}",
        "2|Đúng hạn|≥ 98%|90|100|90%",
    )
    assert loud(table(*(row.format("96,0%") for row in rows))) == []
    assert 96 in [found.expected for found in loud(table(*(row.format("106,0%") for row in rows)))]
