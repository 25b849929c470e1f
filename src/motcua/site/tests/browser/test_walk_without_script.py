"""The first steps of the walk with JavaScript switched off: search, file, track."""

import pytest

from motcua.site.tests.browser.steps import BROKER, code_on, declare

pytestmark = pytest.mark.browser


def test_citizen_files_and_tracks_without_script(person):
    citizen, public = person("congdan", script=False), person(script=False)
    citizen.open("/")
    citizen.page.get_by_label("Bạn cần làm gì?").fill("moi gioi bat dong san cap moi")
    citizen.press("Tìm thủ tục")
    citizen.main.locator("tbody tr", has_text=BROKER).first.get_by_role("link").first.click()
    citizen.follow("Nộp hồ sơ trực tuyến")
    declare(citizen, "Nộp khi trình duyệt tắt JavaScript.")
    citizen.press("Tiếp tục: kiểm tra")
    citizen.sees("Chưa có giấy tờ nào")
    citizen.press("Nộp hồ sơ")
    if "việc khác không" in citizen.text():  # the walk before this one filed the same
        citizen.press("Việc khác: vẫn nộp")
    code = code_on(citizen)
    public.open("/tra-cuu/")
    public.page.get_by_label("Mã hồ sơ").fill(code)
    public.press("Tra cứu")
    public.sees(code, "Chờ tiếp nhận")
    public.sees_not("Nguyễn Văn Thử")
