"""Reports that are none of our forms: what tables, text and heads of the second blind set taught the checker."""

from motcua.reports.rules.checking import check_report
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.rules.report_reading import read_report

HEAD = """ỦY BAN NHÂN DÂN
XÃ TÂN PHONG
Số: 214/BC-UBND
Tân Phong, ngày 16 tháng 6 năm 2026
BÁO CÁO
Kết quả cải cách hành chính {title} năm 2026
Tuyên truyền trên hệ thống truyền thanh {told} tin, bài; tổ chức 02 hội nghị.
Phụ lục 1
(Kèm theo Báo cáo số 214/BC-UBND ngày {dated} của UBND xã Tân Phong)
"""
ROWS = (
    "STT\tNội dung\tĐơn vị tính\tQuý II\t6 tháng\tGhi chú",
    "1\tVăn bản chỉ đạo đã ban hành\tVăn bản\t4\t11\t",
    "2\tMức độ hoàn thành kế hoạch năm\t%\t\t55,9\tLũy kế",
    "3\tBộ phận đã kiểm tra\tBộ phận\t{quarter}\t5\t",
    "4\tTin, bài trên hệ thống truyền thanh\tTin, bài\t27\t52\t",
    "5\tBiên chế được giao\tNgười\t36\t36\t",
    "6\tBiên chế có mặt\tNgười\t33\t33\t",
    "7\tTỷ lệ giải ngân đầu tư công\t{unit}\t41,2\t60,0\t",
)


def said(*, title="6 tháng đầu năm, phương hướng 6 tháng cuối", told="52", dated="16/6/2026", quarter="3", unit="%"):
    head = HEAD.format(title=title, told=told, dated=dated)
    text = head + "\n".join(ROWS).format(quarter=quarter, unit=unit) + "\n"
    return [(found.rule, found.where.row) for found in check_report(read_report(text.encode(), "a.txt"))]


def test_commune_report_that_is_right_raises_no_alarm():
    assert said() == []


def test_number_of_the_text_that_no_figure_of_its_row_is_is_told():
    assert said(told="62") == [("T06", "4")]


def test_annex_with_another_date_of_its_own_report_is_told():
    assert said(dated="16/5/2026") == [("V16", None)]


def test_quarter_above_its_half_year_is_told():
    assert said(quarter="13") == [("V17", "3")]


def test_rate_counted_in_money_is_told():
    assert ("M03", "7") in said(unit="Triệu đồng")


def test_half_year_is_the_one_reported_not_the_one_planned():
    title = "Kết quả 6 tháng đầu năm, phương hướng nhiệm vụ 6 tháng cuối năm 2026"
    assert ReportPeriod.from_title(title) == ReportPeriod(2026, "half", 1)
    assert ReportPeriod.from_title("Kết quả 6 tháng đầu năm, nhiệm vụ quý III năm 2026") != ReportPeriod(
        2026, "half", 2
    )


def test_window_is_asked_only_of_what_names_itself_a_report():
    text = HEAD.format(title="quý III", told="52", dated="16/6/2026") + "\n".join(ROWS).format(quarter="3", unit="%")
    named = [found.rule for found in check_report(read_report(text.encode(), "a.txt"))]
    other = [found.rule for found in check_report(read_report(text.replace("BÁO CÁO", "KẾ HOẠCH").encode(), "a.txt"))]
    assert ("V19" in named, "V19" in other) == (True, False)


def test_day_done_after_the_report_in_a_table_of_tasks_is_told():
    text = HEAD.format(title="6 tháng đầu", told="52", dated="16/6/2026") + (
        "TT\tNhiệm vụ\tThời hạn\tNgày hoàn thành\tKết quả\tTỷ lệ\n"
        "1\tCông bố thủ tục\t30/4/2026\t24/4/2026\tHoàn thành\t100\n"
        "2\tSố hóa hồ sơ\t31/5/2026\t29/7/2026\tHoàn thành đúng hạn\t100\n"
    )
    assert [found.rule for found in check_report(read_report(text.encode(), "a.txt"))] == ["V16"]


def test_wrong_sum_names_its_row_and_its_parts():
    text = HEAD.format(title="6 tháng đầu", told="52", dated="16/6/2026") + (
        "TT\tLĩnh vực\tTiếp nhận\tTrực tuyến\tTrực tiếp\tKỳ trước\n"
        "1\tĐất đai\t30\t20\t5\t5\n2\tHộ tịch\t41\t20\t10\t10\n3\tMôi trường\t9\t6\t2\t1\n4\tThú y\t12\t8\t3\t1\n"
        "5\tThủy lợi\t14\t7\t5\t2\n"
    )
    messages = [found.message for found in check_report(read_report(text.encode(), "a.txt")) if found.rule == "T03"]
    assert len(messages) == 1
    assert "dòng 2 “Hộ tịch”" in messages[0]
    assert "Trực tuyến 20 + Trực tiếp 10 + Kỳ trước 10 = 40" in messages[0]
