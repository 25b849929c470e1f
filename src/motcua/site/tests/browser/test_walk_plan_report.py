"""Stations 3 to 5: a plan beside its source, targets met or missed, a report that is checked while it is typed."""

import re

import pytest

from motcua.base.clock import today
from motcua.site.tests.browser.papers import upload
from motcua.site.tests.browser.steps import UNIT, stands_well

pytestmark = pytest.mark.browser


def review_beside_source(control):
    """Station 3, the control officer: rows beside their source, one corrected, every doubt looked at, approved."""
    control.open("/ke-hoach/")
    control.main.locator("tbody tr", has_text="Đang rà soát").first.get_by_role("link").first.click()
    control.page.wait_for_load_state("load")
    control.sees("dòng đã đối chiếu", "phải xem trước khi duyệt")
    plan = control.heading()
    control.page.keyboard.press("j")
    control.page.locator(".mc-rows__open").wait_for()
    assert control.page.locator(".mc-source .mc-selected").count()
    stands_well(control)
    control.picture("8-ra-soat-ke-hoach")
    control.page.get_by_label("Sản phẩm").first.fill("Kế hoạch của Ủy ban nhân dân xã (đã đối chiếu)")
    control.page.keyboard.press("Tab")  # a field saves as it is left
    control.page.locator("#review-said", has_text="Đã lưu").wait_for()
    control.page.reload()
    control.sees("đã sửa")
    control.press("Duyệt kế hoạch")
    control.sees_not("Đã duyệt kế hoạch.")  # doubts are left
    for _doubt in range(60):
        doubts = control.main.locator(".mc-review__left")
        if not doubts.count():
            break
        settle(control, doubts.first)
    control.press("Duyệt kế hoạch")
    control.sees("Đã duyệt kế hoạch.", plan)
    stands_well(control)


def settle(control, doubts):
    """Look at the first doubt: accept what belongs to no row, check the row otherwise."""
    count = control.main.locator(".mc-review__left li").count()
    doubts.evaluate("one => { one.open = true; }")
    accept = doubts.get_by_role("button", name="Đã xem, chấp nhận")
    if accept.count():
        accept.first.click()
    else:
        doubts.get_by_role("link").first.click()
        control.page.wait_for_load_state("load")
        control.page.get_by_role("button", name="Đúng rồi").click()
    control.page.locator(".mc-review__left li").nth(count - 1).wait_for(state="detached")


def report_progress(specialist, control):
    """The unit reports how far it is and that it is done, with evidence; the control officer accepts."""
    specialist.open("/nhiem-vu/")
    specialist.sees("Nhiệm vụ của đơn vị tôi")
    stands_well(specialist)
    task = specialist.main.locator("tbody tr", has_text="chủ trì").filter(has_not_text="Chờ xác nhận").first
    task.get_by_role("link").first.click()
    specialist.page.wait_for_load_state("load")
    path = specialist.page.url
    specialist.main.locator("summary", has_text="Báo cáo tiến độ").first.click()
    form = specialist.main.locator("form[action$='tien-do']").first
    form.get_by_label("Đã làm được").fill("60")
    form.get_by_label("Đường dẫn").fill("https://example.org/bao-cao-thu")
    form.get_by_role("button", name="Gửi tiến độ").click()
    specialist.page.wait_for_load_state("load")
    specialist.sees("Đã ghi tiến độ.", "60 %")
    specialist.main.locator("summary", has_text="Báo cáo hoàn thành").first.click()
    form = specialist.main.locator("form[action$='hoan-thanh']").first
    form.locator("input[type=file]").set_input_files(upload("bao-cao.pdf", "Bao cao ket qua"))
    form.get_by_role("button", name="Gửi báo cáo hoàn thành").click()
    specialist.page.wait_for_load_state("load")
    specialist.sees("Đã báo cáo hoàn thành, chờ xác nhận.", "bao-cao.pdf")
    stands_well(specialist)
    control.page.goto(path)
    control.sees("Chờ xác nhận hoàn thành", UNIT)
    stands_well(control)
    waiting = control.main.locator("h3", has_text=UNIT).locator("xpath=following-sibling::form[1]")
    waiting.get_by_role("button", name="Chấp nhận").click()
    control.page.wait_for_load_state("load")
    control.sees("Đã chấp nhận hoàn thành.")


def test_plan_is_reviewed_approved_and_followed(person):
    control, specialist = person("kiemsoat"), person("chuyenvien")
    review_beside_source(control)
    report_progress(specialist, control)


def bind_out_of_reach(control):
    """Bind a target of the province's plan that asks for all dossiers to the ratio of those filed online."""
    control.open("/ke-hoach/")
    control.main.locator("tbody tr", has_text="461").first.get_by_role("link").first.click()
    row = control.main.locator("#chi-tieu ~ * tbody tr", has_text="100% hồ sơ TTHC tiếp nhận thụ lý")
    row.get_by_role("link", name="gắn chỉ số").click()
    control.page.get_by_label("Chỉ số").select_option("online")
    control.page.get_by_label("Đo thế nào").fill("Đo trên mọi hồ sơ tiếp nhận.")
    stands_well(control)
    control.press("Lưu")


def test_targets_are_met_or_missed_and_open_what_made_them(person):
    control = person("kiemsoat")
    control.open("/chi-so/")
    stands_well(control)
    control.picture("9-chi-so")
    bind_out_of_reach(control)
    control.open(f"/chi-so/muc-tieu?year={today().year}")
    said = control.main.locator("tbody").inner_text()
    assert "\tĐạt" in said and "Chưa đạt" in said and "còn thiếu" in said, said
    stands_well(control)
    control.picture("10-chi-tieu")
    link = control.main.locator("tbody").get_by_role("link", name=re.compile(r"^[\d.]+$")).first
    number = link.inner_text()
    link.click()
    control.page.wait_for_url(re.compile("so-lieu"))
    assert control.main.locator(".mc-lede strong").inner_text() == number


def fill_rows(control, values):
    """Type into the grid of appendix 1, give the reason where a measured number is replaced, save."""
    for row, value in values.items():
        control.page.locator(f"[name='v:{row}']").fill(value)
    control.press("Lưu và kiểm tra")
    for row in values:
        reason = control.page.locator(f"[name='r:{row}']")
        if reason.count() and not reason.input_value():
            reason.fill("Số liệu thử của cuộc dạo.")
    control.press("Lưu và kiểm tra")


def export(control, kind, begins):
    with control.page.expect_download() as waited:
        control.main.get_by_role("link", name=kind, exact=True).click()
    with open(waited.value.path(), "rb") as file:
        assert file.read(4).startswith(begins)


def test_report_is_checked_corrected_sent_and_exported(person):
    control = person("kiemsoat")
    control.open("/bao-cao/")
    stands_well(control)
    reform = control.main.locator("tbody tr").filter(has_text=re.compile("cải cách hành chính", re.I))
    reform.first.get_by_role("link").click()
    control.page.wait_for_load_state("load")
    report = control.page.url
    control.follow(re.compile("Phụ lục 1"))
    fill_rows(control, {"2.1": "12", "2.2": "10", "2": "100"})
    wrong = control.page.locator("#row-2")
    assert "83,3" in wrong.inner_text() and "100" in wrong.inner_text(), wrong.inner_text()
    stands_well(control)
    control.picture("11-phu-luc-1", at=wrong)
    control.page.goto(report)
    control.sees("V03")
    control.press("Gửi báo cáo")
    control.sees("lỗi số liệu, hãy sửa trước khi gửi", "Đang lập")
    stands_well(control)
    control.follow(re.compile("Phụ lục 1"))
    fill_rows(control, {"2": "83,3"})
    assert "Lỗi" not in wrong.inner_text()
    control.page.goto(report)
    control.sees_not("ghi 100")
    for kind, begins in (("DOCX", b"PK"), ("PDF", b"%PDF"), ("XLSX", b"PK")):
        export(control, kind, begins)
    control.press("Gửi báo cáo")
    control.sees("Đã gửi báo cáo.", "Đã gửi")
