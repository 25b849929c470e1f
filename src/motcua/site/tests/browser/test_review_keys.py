"""The review by keys alone: from row to row, edit, split, merge, undo; the focus stays, and each step is said aloud.

Runs before the walks, of which one approves the draft; every step here is undone.
"""

import pytest

from motcua.site.tests.browser.steps import stands_well

pytestmark = pytest.mark.browser
DRAFT = "Đang rà soát"


@pytest.fixture
def reviewer(person):
    control = person("kiemsoat")
    control.open("/ke-hoach/")
    draft = control.main.locator("tbody tr", has_text=DRAFT)
    draft.first.get_by_role("link").first.click()
    control.page.wait_for_load_state("load")
    return control


def pressed(control, keys):
    """Press keys that ask the server; return the row that has the focus after the answer, and what was said."""
    with control.page.expect_response(lambda answer: "/duyet" in answer.url):
        control.page.keyboard.press(keys)
    control.page.locator(".htmx-request,.htmx-swapping,.htmx-settling,.htmx-added").first.wait_for(state="detached")
    return focused(control), control.page.locator("#review-said").inner_text()


def focused(control):
    return control.page.evaluate("document.activeElement.dataset?.row || document.activeElement.id")


def count_of(control):
    return control.page.locator("#review-count").inner_text()


def test_review_by_keys_alone(reviewer):
    page = reviewer.page
    first, said = pressed(reviewer, "j")
    assert first and f"Dòng {first}, 1 trên" in said
    second, _said = pressed(reviewer, "ArrowDown")
    assert pressed(reviewer, "k")[0] == first and second != first
    assert page.locator(".mc-source .mc-selected").count()
    checked = int(count_of(reviewer).split("/")[0])
    assert pressed(reviewer, "c")[0] == second
    assert int(count_of(reviewer).split("/")[0]) == checked + 1
    assert pressed(reviewer, "u")[0] == first
    assert int(count_of(reviewer).split("/")[0]) == checked
    stands_well(reviewer)


def test_field_saves_as_it_is_left_and_split_stands_at_the_cursor(reviewer):
    page, total = reviewer.page, int(count_of(reviewer).split("/")[1])
    row, _said = pressed(reviewer, "j")
    page.keyboard.press("Enter")
    assert focused(reviewer) == "row_text"
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    text = page.locator("#row_text").input_value()
    page.keyboard.press("Control+End")
    page.keyboard.type(" và báo cáo")
    assert "Đã lưu" in pressed(reviewer, "Tab")[1]
    page.locator("#row_text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Escape")
    assert focused(reviewer) == row
    page.keyboard.press("s")
    page.wait_for_function("() => document.querySelector('#split_second').value")  # filled a turn after it opens
    parts = [page.locator("#split_first").input_value(), page.locator("#split_second").input_value()]
    assert " ".join(parts) == f"{text} và báo cáo" and all(parts)
    made, said = pressed(reviewer, "Enter")
    assert made == f"{row}~2" and "Đã tách" in said and int(count_of(reviewer).split("/")[1]) == total + 1
    pressed(reviewer, "u")
    pressed(reviewer, "u")
    page.locator(f'[data-row="{row}"] #row_text').wait_for()
    assert page.locator("#row_text").input_value() == text
    assert int(count_of(reviewer).split("/")[1]) == total


def test_merge_and_drop_are_undone(reviewer):
    total = int(count_of(reviewer).split("/")[1])
    row = pressed(reviewer, "j")[0]
    for key in ("m", "x"):
        assert pressed(reviewer, key)[0] == row and int(count_of(reviewer).split("/")[1]) == total - 1
        assert pressed(reviewer, "u")[0] == row and int(count_of(reviewer).split("/")[1]) == total


def test_line_of_the_source_opens_its_row(reviewer):
    page = reviewer.page
    place = page.locator(".mc-source a[data-row]").first
    row = place.get_attribute("data-row")
    place.click()
    page.locator(f'.mc-rows__open[data-row="{row}"]').wait_for()


def test_review_without_script_walks_and_saves(person):
    control = person("kiemsoat", script=False)
    control.open("/ke-hoach/")
    draft = control.main.locator("tbody tr", has_text=DRAFT)
    draft.first.get_by_role("link").first.click()
    control.follow("Bắt đầu rà soát")
    control.page.get_by_label("Sản phẩm").first.fill("Kế hoạch của xã")
    control.page.get_by_role("button", name="Lưu dòng").click()
    control.sees("Đã lưu dòng.")
    control.page.get_by_role("button", name="Hoàn tác").click()
    control.sees("Đã hoàn tác")
