"""The grid of a report as a spreadsheet: paste, keys, undo, a check while one types; the pages of a round."""

import pytest

from motcua.site.tests.browser.steps import stands_well

pytestmark = pytest.mark.browser
PASTE = """([selector, text]) => {
  const data = new DataTransfer(); data.setData("text/plain", text);
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def open_appendix(control, number):
    control.open("/bao-cao/")
    control.main.locator("tbody tr").first.get_by_role("link").click()
    control.page.wait_for_load_state("load")
    control.main.locator(f"a[href$='/phu-luc/{number}']").first.click()
    control.page.wait_for_load_state("load")


def value(control, row):
    return control.page.locator(f"[name='v:{row}']").input_value()


def test_grid_takes_a_paste_and_says_which_cell_holds_text(person):
    control = person("kiemsoat")
    open_appendix(control, 2)
    page = control.page
    page.locator("[name='v:1.1']").focus()
    page.evaluate(PASTE, ["[name='v:1.1']", "3\n4\nhai văn bản\n"])
    assert (value(control, "1.1"), value(control, "1.2"), value(control, "1.5")) == ("3", "4", "hai văn bản")
    page.locator(".rp-says[data-row='1.5'] strong").wait_for()
    assert "hai văn bản" in page.locator(".rp-says[data-row='1.5']").inner_text()
    stands_well(control)
    control.picture("grid-text", at=page.locator("#row-1"))
    page.locator("[name='v:1.5']").focus()
    page.keyboard.press("Control+z")
    assert [value(control, row) for row in ("1.1", "1.2", "1.5")] == ["", "", ""]


def test_grid_follows_the_keys_and_computes_while_one_types(person):
    control = person("kiemsoat")
    open_appendix(control, 2)
    page = control.page
    page.locator("[name='v:2.2.1']").focus()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "v:2.2.2"
    page.keyboard.type("6")
    page.locator("[name='v:2.2'][placeholder='75']").wait_for()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "v:2.2.1"


def test_pages_of_a_round_stand_well(person):
    control = person("kiemsoat")
    control.open("/bao-cao/theo-doi?regime=kstt&period=2026Q3")
    stands_well(control)
    control.main.locator("form[action$='/theo-doi/mo'] button").click()
    control.page.wait_for_load_state("load")
    control.sees("Đã mở")
    stands_well(control)
    control.picture("round-board")
    control.main.locator("tbody a").nth(1).click()
    control.page.wait_for_load_state("load")
    control.press("Lấy lại số đo")
    control.main.locator("a[href$='/phu-luc/6']").first.click()
    control.page.wait_for_load_state("load")
    stands_well(control)
    control.picture("form-06a")
    control.open("/bao-cao/bieu-cua-tinh")
    stands_well(control)
