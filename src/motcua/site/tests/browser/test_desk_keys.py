"""The desk by keys and mouse: rows, ticks, help, on to the next work; a card dragged on the board, and taken back."""

import re
from uuid import uuid4

import pytest

from motcua.site.tests.browser.steps import CODE, stands_well

pytestmark = pytest.mark.browser
PROCEDURE, UNIT = "1.000321", "H27.04"  # asks nothing but who one is


@pytest.fixture(scope="module")
def codes(person):
    """Return the codes of three dossiers that wait for the specialist."""
    counter = person("tiepnhan")
    counter.open("/viec-cua-toi/?due=all")
    token = next(each["value"] for each in counter.context.cookies() if each["name"] == "csrftoken")
    found = []
    for name in ("Nguyễn Thị Ánh Đào", "Trần Văn Bưởi", "Lê Hoàng Cúc"):
        form = {
            "procedure": PROCEDURE,
            "unit": UNIT,
            "channel": "in_person",
            "applicant": {"name": name},
            "papers": [{"component_name": "Đơn đề nghị"}],
            "submission_key": str(uuid4()),
        }
        filed = counter.context.request.post("/api/v1/dossiers", data=form, headers={"X-CSRFToken": token})
        assert filed.status == 201, filed.text()
        code = filed.json()["code"]
        page = counter.context.request.get(f"/api/v1/dossiers/{code}").json()
        if "forward" in page["actions"]:
            counter.context.request.post(f"/api/v1/dossiers/{code}/forward", data={}, headers={"X-CSRFToken": token})
        found.append(code)
    return found


def _focused_code(somebody):
    """Return the match of the code on the link that has the focus, None where nothing in a row has it."""
    return CODE.search(somebody.page.evaluate("document.activeElement.closest('[data-row] a')?.innerText") or "")


def test_rows_are_gone_through_ticked_and_forwarded_by_keys(person, codes):
    specialist = person("chuyenvien")
    specialist.open("/viec-cua-toi/?due=all")
    page, keys = specialist.page, specialist.page.keyboard
    page.locator("#work-tabs[data-total]:not([data-total=''])").wait_for()
    keys.press("j")
    first = _focused_code(specialist)[0]
    keys.press("x")
    keys.press("j")
    assert _focused_code(specialist)[0] != first
    keys.press("k")
    assert _focused_code(specialist)[0] == first
    keys.press("a")
    assert page.locator("[data-row] input:checked").count() == page.locator("[data-row]").count() >= 3
    assert re.search(r"Đã chọn: \d+", page.locator("[data-chosen]").inner_text())
    stands_well(specialist)


def test_help_tells_the_keys_and_letters_lead_away(person, codes):
    specialist = person("chuyenvien")
    specialist.open("/viec-cua-toi/?due=all")
    page, keys = specialist.page, specialist.page.keyboard
    keys.press("?")
    help_page = page.locator("#mc-help")
    assert help_page.is_visible()
    said = help_page.inner_text()
    assert all(words in said for words in ("dòng sau", "Bộ lọc đã lưu", "Việc của tôi", "Chuyển bước"))
    stands_well(specialist)
    keys.press("Escape")
    assert not help_page.is_visible()
    keys.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    keys.type("gh?")
    assert page.locator("[name=q]").input_value() == "gh?"
    page.evaluate("document.activeElement.blur()")
    keys.press("g")
    with page.expect_navigation():
        keys.press("h")
    assert page.url.endswith("/ho-so/")


def test_keys_rest_when_switched_off(person, codes):
    specialist = person("chuyenvien")
    specialist.open("/viec-cua-toi/?due=all")
    page = specialist.page
    page.evaluate("localStorage.setItem('mc-keys', 'off')")
    try:
        page.keyboard.press("?")
        page.keyboard.press("j")
        assert not page.locator("#mc-help").is_visible()
        assert _focused_code(specialist) is None
    finally:
        page.evaluate("localStorage.removeItem('mc-keys')")


def test_search_finds_the_applicant_and_next_leads_on(person, codes):
    specialist = person("chuyenvien")
    specialist.open("/viec-cua-toi/?due=all&q=anh+dao")
    assert specialist.main.locator("[data-row]").count() == 1
    specialist.sees("Nguyễn Thị Ánh Đào")
    specialist.open("/viec-cua-toi/?due=all")
    page, keys = specialist.page, specialist.page.keyboard
    keys.press("j")
    first = _focused_code(specialist)[0]
    with page.expect_navigation():
        keys.press("Enter")
    specialist.sees(first, "tới việc kế")
    stands_well(specialist)
    with page.expect_navigation():
        keys.press("n")
    assert first not in specialist.heading() and "/ho-so/" in page.url
    with page.expect_navigation():
        keys.press("p")
    specialist.sees(first)


def test_card_is_dragged_to_a_person_and_taken_back(person, codes):
    head = person("truongphong")
    head.open("/ho-so/phan-cong")
    page = head.page
    stands_well(head)
    card = page.locator(f"[data-card='{codes[0]}']")
    column = page.locator("[data-person]", has=page.get_by_role("heading", name=re.compile("Chuyên viên")))
    target = column.first
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/phan-cong" in answer.url):
        card.drag_to(target, target_position={"x": 40, "y": 20})
    target.locator(f"[data-card='{codes[0]}']").wait_for()
    assert "Hoàn tác" in page.locator("#board").inner_text()
    stands_well(head)
    with page.expect_navigation():
        page.keyboard.press("z")
    head.sees("Đã thu hồi 1 hồ sơ.")


def test_board_gives_without_script(person, codes):
    head = person("truongphong", script=False)
    head.open("/ho-so/phan-cong")
    head.page.locator(f"input[value='{codes[1]}']").check()
    choice = head.page.get_by_label("Giao các hồ sơ đã chọn cho")
    choice.select_option(label=[each for each in choice.locator("option").all_inner_texts() if "Lê Văn" in each][0])
    head.press("Giao")
    head.sees("Đã giao 1 hồ sơ cho")
    head.press("Hoàn tác lần giao vừa rồi (1 hồ sơ)")
    head.sees("Đã thu hồi 1 hồ sơ.")
