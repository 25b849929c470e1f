"""A form that follows what is chosen, with and without JavaScript: the birth of a child."""

import pytest

from motcua.site.tests.browser.judging import accessibility_faults

pytestmark = pytest.mark.browser
CHILD = "Họ, chữ đệm, tên của người được khai sinh"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_form_asks_by_what_was_chosen_and_keeps_what_was_typed(person, script):
    citizen = person("congdan", script=script)
    page = citizen.page
    citizen.open("/nop-ho-so/1.001193")
    page.locator("main a[href*='don-vi=']").first.click()
    page.get_by_label(CHILD).fill("Trẻ Thử Nghiệm")
    page.get_by_label("Cơ sở y tế trong nước").check()
    if not script:
        page.get_by_role("button", name="Cập nhật các mục theo lựa chọn").nth(0).click()
    page.get_by_label("Tên cơ sở y tế").fill("Bệnh viện Thử")
    home = page.get_by_role("group", name="Quê quán")
    home.get_by_label("Trước ngày 1/7/2025").check()
    if not script:
        home.get_by_role("button", name="Nạp danh sách đơn vị").click()
    home.get_by_label("Huyện, quận").wait_for()
    assert page.get_by_label(CHILD).input_value() == "Trẻ Thử Nghiệm"
    assert page.get_by_label("Tên cơ sở y tế").input_value() == "Bệnh viện Thử"
    if script:
        assert accessibility_faults(page, set()) == []
    citizen.press("Tiếp tục: kiểm tra")
    citizen.sees("Có chỗ cần sửa", "Hãy chọn tỉnh, thành phố. (Quê quán)")
