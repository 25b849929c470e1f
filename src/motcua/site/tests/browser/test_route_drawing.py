"""A route drawn in the browser: opened with bpmn-js, changed in the panel, kept, told what is wrong, dropped again."""

import pytest

from motcua.site.tests.browser.steps import stands_well

pytestmark = pytest.mark.browser
ROUTE = "/quy-trinh/so-tham-quyen"
CHOOSE = "id => { const m = window.motcuaModeler; m.get('selection').select(m.get('elementRegistry').get(id)) }"


@pytest.fixture
def drawer(person):
    control = person("kiemsoat")
    control.open(ROUTE)
    control.press("Soạn phiên bản mới")
    yield control
    control.open(f"{ROUTE}/bo")
    control.press("Bỏ bản soạn")


def test_drawing_is_changed_in_the_panel_and_read_back(drawer):
    page = drawer.page
    stands_well(drawer)
    drawer.open(f"{ROUTE}/ve")
    page.wait_for_function("() => window.motcuaModeler && document.querySelector('.djs-element')")
    assert page.locator("a[href='http://bpmn.io'], a.bjs-powered-by").first.is_visible()  # its licence asks for it
    page.evaluate(CHOOSE, "step_2")
    page.get_by_label("Tên bước").fill("Thẩm tra hồ sơ")
    page.get_by_label("Tỷ lệ (%)").fill("50")
    page.get_by_label("Tỷ lệ (%)").blur()
    page.wait_for_function("() => document.getElementById('drawing').value.includes('Thẩm tra hồ sơ')")
    drawer.press("Lưu bản vẽ")
    assert "là 95 %, phải bằng 100 %" in drawer.text()
    page.wait_for_function("() => window.motcuaModeler && document.querySelector('.djs-element')")
    page.evaluate(CHOOSE, "step_2")
    page.get_by_label("Tỷ lệ (%)").fill("55")
    page.get_by_label("Tỷ lệ (%)").blur()
    page.wait_for_function("() => document.getElementById('drawing').value.includes('share=\"55\"')")
    drawer.press("Lưu bản vẽ")
    assert page.url.endswith(f"{ROUTE}/soan")
    assert "Quy trình dùng được" in drawer.text()
    assert "Thẩm tra hồ sơ" in drawer.main.locator("svg.mc-route").inner_html()
    stands_well(drawer)


def test_without_script_the_picture_and_the_table_serve(drawer, person):
    plain = person("kiemsoat", script=False)
    plain.open(f"{ROUTE}/ve")
    assert plain.main.locator("svg.mc-route").is_visible()
    assert not plain.main.locator("#canvas").is_visible()
    plain.open(f"{ROUTE}/soan")
    plain.page.locator("#id_buoc-1-name").fill("Thụ lý kỹ")
    plain.press("Lưu bản soạn")
    assert "Đã lưu bản soạn" in plain.text()
    assert plain.page.locator("#id_buoc-1-name").input_value() == "Thụ lý kỹ"
