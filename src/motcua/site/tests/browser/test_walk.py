"""Stations 1, 2 and 4: one dossier through all hands, from the search to the number that counts it."""

import re

import pytest

from motcua.base.clock import today
from motcua.site.tests.browser.keyboard import FOCUSED, tab_to, type_into
from motcua.site.tests.browser.papers import upload
from motcua.site.tests.browser.steps import (
    BROKER,
    BROKER_NAME,
    UNIT,
    code_on,
    declare,
    is_pdf,
    open_row,
    stands_well,
)

pytestmark = pytest.mark.browser


def search(somebody):
    """Station 1: without diacritics, then with a slip of the finger; into the procedure's page."""
    somebody.open("/")
    box = somebody.page.get_by_label("Bạn cần làm gì?")
    box.fill("chung chi moi gioi bat dong san")
    somebody.press("Tìm thủ tục")
    assert BROKER_NAME in somebody.main.locator("tbody tr").first.inner_text()
    somebody.page.locator("#id_q, [name=q]").first.fill("chung chi moi gioi bat dogn san")
    somebody.main.get_by_role("button", name="Tìm", exact=True).first.click()
    somebody.page.wait_for_url(re.compile("dogn"))
    found = somebody.main.locator("tbody tr").filter(has_text=BROKER).first
    assert BROKER_NAME in found.inner_text()
    assert "Nộp được tại đây" in found.inner_text()
    assert "dogn" in somebody.page.locator(".mc-chips").inner_text()
    stands_well(somebody)
    somebody.picture("1-tim-thu-tuc")
    found.get_by_role("link").first.click()
    somebody.page.wait_for_url(re.compile(BROKER))
    somebody.sees("Giấy tờ phải có", "Bao lâu, hết bao nhiêu tiền", "Căn cứ pháp lý")
    somebody.sees("10 ngày làm việc", "300.000", UNIT)


def file_online(somebody):
    """Station 2, the citizen: declare, add a paper, look once more, file; the code opens public tracking."""
    somebody.follow("Nộp hồ sơ trực tuyến")
    somebody.sees("Nguyễn Văn Thử", UNIT, "300.000")
    declare(somebody, "Xin thi đợt gần nhất.")
    somebody.page.locator("input[type=file]").first.set_input_files(upload("don-dang-ky.pdf", "Don dang ky du thi"))
    stands_well(somebody)
    somebody.picture("2-ke-khai", at=somebody.page.locator("fieldset[id^=phan-]").first)
    somebody.press("Tiếp tục: kiểm tra")
    somebody.sees("Kiểm tra trước khi nộp", "GCN-THU-01", "Xin thi đợt gần nhất.", "Đã có tệp")
    stands_well(somebody)
    somebody.press("Nộp hồ sơ")
    somebody.sees("Đã nộp hồ sơ", "8 giờ làm việc")
    stands_well(somebody)
    somebody.picture("3-da-nop")
    return code_on(somebody)


def track(public, code):
    """Anybody follows the code, and sees nothing of the person."""
    public.open("/tra-cuu/")
    public.page.get_by_label("Mã hồ sơ").fill(code.lower())
    public.press("Tra cứu")
    public.sees(code, "Chờ tiếp nhận", UNIT)
    public.sees_not("Nguyễn Văn Thử", "0900000000", "000000000001")
    stands_well(public)


def receive(counter, code):
    """The counter takes the dossier from its queue; the slip is a PDF."""
    counter.open("/tiep-nhan/")
    open_row(counter, code)
    counter.press("Tiếp nhận")
    counter.sees("Đã tiếp nhận hồ sơ.", "Hẹn trả kết quả", "Giấy tiếp nhận và hẹn trả kết quả")
    assert is_pdf(counter, "Giấy tiếp nhận và hẹn trả kết quả")
    counter.sees("Thụ lý hồ sơ")  # handed over in the same breath (R4.06)
    stands_well(counter)


def take_in_by_keyboard(counter):
    """Take another in without the mouse: / to the search, Enter, Enter, Tab through the form, Enter."""
    counter.open("/tiep-nhan/")
    keys = counter.page.keyboard
    counter.page.evaluate("document.activeElement?.blur()")
    keys.press("/")
    keys.type("chung chi moi gioi bat dong san")
    with counter.page.expect_navigation():
        keys.press("Enter")
    assert BROKER_NAME in counter.page.evaluate(FOCUSED)  # the first hit has the focus
    with counter.page.expect_navigation():
        keys.press("Enter")
    type_into(counter, {
        "Họ và tên": "Trần Văn Mẫu Thử", "Ngày, tháng, năm sinh": "11/12/1985", "Nam": " ", "Cao đẳng": " ",
        "Số Giấy chứng nhận": "GCN-THU-02", "Ngày cấp Giấy": "06/02/2026", "Chỉ phần chuyên môn": " ",
        "Bản chính": "1",
    })  # fmt: skip
    stands_well(counter)
    tab_to(counter, "Tiếp nhận, cấp giấy hẹn")
    with counter.page.expect_navigation():
        keys.press("Enter")
    counter.sees("Đã tiếp nhận hồ sơ", "Trần Văn Mẫu Thử", "Hẹn trả kết quả")
    assert is_pdf(counter, "In giấy tiếp nhận")
    stands_well(counter)
    counter.picture("4-quay-tiep-nhan")
    return code_on(counter)


def open_from_my_work(somebody, code):
    """Open a dossier from one's own list of work."""
    somebody.open("/viec-cua-toi/?due=all")
    open_row(somebody, code)


def ask_for_more(specialist, citizen, code):
    """The specialist asks once for a supplement, the clock stands still; the citizen supplies it."""
    open_from_my_work(specialist, code)
    specialist.page.locator("summary", has_text="Yêu cầu bổ sung").click()
    specialist.page.get_by_label("Giấy tờ, nội dung cần bổ sung").fill("Bản sao chứng thực bằng tốt nghiệp")
    specialist.page.locator("#yeu-cau-bo-sung").get_by_label("Lý do").fill("Thành phần hồ sơ số 6 chưa có.")
    specialist.press("Yêu cầu bổ sung", within="#yeu-cau-bo-sung")
    specialist.sees("Đã yêu cầu bổ sung; thời hạn tạm dừng.", "Chờ bổ sung", "Phiếu yêu cầu bổ sung")
    stands_well(specialist)
    assert is_pdf(specialist, "Phiếu yêu cầu bổ sung")
    specialist.open(f"/ho-so/{code}/thoi-han")
    specialist.sees("đang tạm dừng")
    citizen.open("/ho-so-cua-toi/")
    citizen.main.locator("article", has_text=code).get_by_role("link").first.click()
    citizen.page.wait_for_load_state("load")
    citizen.sees("Cần bổ sung", "Bản sao chứng thực bằng tốt nghiệp")
    stands_well(citizen)
    citizen.page.get_by_label("Tệp bổ sung").set_input_files(upload("bang-tot-nghiep.png", "Bang tot nghiep"))
    citizen.press("Bổ sung giấy tờ")
    citizen.sees("Đã bổ sung hồ sơ.", "Đang xử lý", "bang-tot-nghiep.png")


def decide(people, code):
    """Specialist, head of division and leader bring it to a result."""
    specialist, head, leader = people
    open_from_my_work(specialist, code)
    specialist.page.get_by_role("textbox", name="Dự thảo kết quả").fill("Đủ điều kiện dự thi.")
    specialist.picture("5-chuyen-vien-xu-ly")
    specialist.press("Trình kết quả")
    specialist.sees("Đã trình kết quả.")
    open_from_my_work(head, code)
    head.sees("Đủ điều kiện dự thi.")
    stands_well(head)
    head.press("Trình kết quả")
    open_from_my_work(leader, code)
    leader.page.get_by_label("Tệp kết quả đã ký").set_input_files(upload("chung-chi.pdf", "Chung chi"))
    stands_well(leader)
    leader.press("Phê duyệt")
    leader.sees("Đã phê duyệt kết quả.", "Đã có kết quả")


def hand_over(counter, citizen, code):
    """The counter takes the fee and hands the result over; the citizen says how it was."""
    counter.open("/tiep-nhan/?viec=tra-ket-qua")
    open_row(counter, code)
    counter.page.get_by_label("Tiền mặt").check()
    counter.press("Thu phí, lệ phí", within="#thu-phi")
    counter.sees("Đã ghi nhận việc nộp phí, lệ phí.", "Đã nộp")
    counter.page.get_by_label("Tại quầy").check()
    counter.press("Trả kết quả", within="#tra-ket-qua")
    counter.sees("Đã trả kết quả.")
    citizen.open(f"/ho-so/{code}")
    assert is_pdf(citizen, "chung-chi.pdf")
    citizen.page.get_by_label("Hài lòng", exact=True).check()
    citizen.press("Đánh giá")
    citizen.sees("Cảm ơn bạn đã đánh giá.", "Hài lòng")
    stands_well(citizen)


HAPPENED = (
    "Nộp hồ sơ", "Tiếp nhận", "Yêu cầu bổ sung", "Bổ sung", "Trình kết quả", "Phê duyệt", "Trả kết quả", "Đánh giá",
)  # fmt: skip


def see_all_of_it(citizen, code):
    """The timeline tells every step; the ledger tells which time counted and that waiting did not."""
    told = citizen.page.get_by_label("Quá trình xử lý").inner_text()
    assert not [each for each in HAPPENED if each.lower() not in told.lower()], told
    citizen.picture("6-qua-trinh-xu-ly", at=citizen.page.get_by_role("heading", name="Quá trình xử lý"))
    citizen.follow("Tính thế nào?")
    citizen.sees("Cách tính thời hạn", "10 ngày làm việc", "Tạm dừng", "Có tính", "Không tính")
    stands_well(citizen)
    citizen.picture("7-cach-tinh-thoi-han")


def number_behind(somebody, unit):
    """Return how many dossiers of ``unit`` were counted as received this year, and the link that opens them."""
    somebody.open(f"/chi-so/online?unit={unit}&year={today().year}")
    line = somebody.main.locator(".mc-lede")
    return int(line.get_by_role("link").last.inner_text().replace(".", "")), line.get_by_role("link").last


def test_dossier_walks_through_all_hands(person):
    citizen, counter, public = person("congdan"), person("tiepnhan"), person()
    specialist, head, leader, control = (person(who) for who in ("chuyenvien", "truongphong", "lanhdao", "kiemsoat"))
    counted_before, _link = number_behind(control, "H27.04")

    search(citizen)
    code = file_online(citizen)
    track(public, code)
    receive(counter, code)
    other = take_in_by_keyboard(counter)
    ask_for_more(specialist, citizen, code)
    decide((specialist, head, leader), code)
    hand_over(counter, citizen, code)
    see_all_of_it(citizen, code)

    counted, link = number_behind(control, "H27.04")
    assert counted == counted_before + 2
    stands_well(control)
    link.click()
    control.page.wait_for_url(re.compile("so-lieu"))
    control.sees(code, other)
    stands_well(control)
