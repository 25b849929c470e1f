"""What people do again and again on the walk, and what the walk is about."""

import re

from motcua.site.tests.browser.judging import accessibility_faults, layout_faults
from motcua.site.tests.browser.person import DESK, PHONE

BROKER = "1.012906"  # Cấp mới chứng chỉ hành nghề môi giới bất động sản, Sở Xây dựng, 10 working days, 300.000 đ
BROKER_NAME = "môi giới bất động sản"
UNIT = "Sở Xây dựng"
CODE = re.compile(r"000\.00\.\d\d\.H27-\d{6}-\d{4}")
SHAPES: set[str] = set()


def stands_well(somebody):
    """Judge the page that is open now, on the desk and on the phone."""
    faults = list(somebody.faults)
    for size in (PHONE, DESK):
        somebody.page.set_viewport_size(size)
        faults += layout_faults(somebody.page)
        faults += accessibility_faults(somebody.page, SHAPES) if somebody.has_script else []
    assert not faults, f"{somebody.page.url}:\n" + "\n".join(faults)


def code_on(somebody):
    return CODE.search(somebody.text())[0]


def open_row(somebody, code):
    """Open the line of a list that shows ``code``, on this page of the list or a later one."""
    row = somebody.main.locator("tbody tr", has_text=code)
    while not row.count():
        somebody.follow(re.compile("Trang sau|Sau"))
    row.first.get_by_role("link").first.click()
    somebody.page.wait_for_load_state("load")
    somebody.sees(code)


def is_pdf(somebody, link_words):
    """Whether the link on the page leads to a PDF."""
    path = somebody.page.locator("a", has_text=link_words).first.get_attribute("href")
    answer = somebody.fetch(path)
    return answer.status == 200 and answer.body().startswith(b"%PDF-")


def declare(somebody, request):
    """Answer the questions of the broker's form."""
    page = somebody.page
    for label, answer in (
        ("Ngày, tháng, năm sinh", "02/03/1990"), ("Số Giấy chứng nhận hoàn thành", "GCN-THU-01"),
        ("Ngày cấp Giấy chứng nhận", "05/01/2026"),
    ):  # fmt: skip
        page.get_by_label(label).first.fill(answer)
    for choice in ("Nam", "Đại học", "Cả phần cơ sở và phần chuyên môn"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_label("Nội dung yêu cầu").fill(request)
