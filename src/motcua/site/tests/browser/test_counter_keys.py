"""The counter by keys alone: a known applicant taken in and handed over, the slip opened, with few presses.

Runs before the walks. What is typed (a code, a number, answers) is text; every other press is counted.
"""

import pytest

from motcua.site.tests.browser.keyboard import FOCUSED
from motcua.site.tests.browser.steps import BROKER, UNIT, stands_well

pytestmark = pytest.mark.browser
MOST_PRESSES = 40  # of the issue "One door"
KNOWN_NUMBER = "000000000001"  # of the demonstration's citizen


class Counted:
    """A keyboard that counts its presses; typed text is counted apart."""

    def __init__(self, somebody):
        self.somebody, self.page, self.presses, self.typed = somebody, somebody.page, 0, 0

    def press(self, key, times=1):
        for _press in range(times):
            self.page.keyboard.press(key)
        self.presses += times

    def press_and_go(self, key):
        with self.page.expect_navigation(wait_until="load"):
            self.press(key)

    def type(self, text):
        self.page.keyboard.type(text)
        self.typed += len(text)

    def focused(self):
        return self.page.evaluate(FOCUSED)

    def answer(self, words, text):
        """Go on to the next control, which asks for ``words``, and type."""
        self.press("Tab")
        assert words in self.focused(), f"{words!r} is not {self.focused()!r}"
        self.type(text)

    def choose(self, words, steps):
        """Go on to the next question of choices, and by arrows to ``words``, ``steps`` after the first."""
        self.press("Tab")
        self.press("ArrowDown", steps) if steps else self.press("Space")
        assert self.focused() == words, f"{words!r} is not {self.focused()!r}"


@pytest.fixture
def counter(person):
    somebody = person("tiepnhan")
    somebody.open("/tiep-nhan/")
    return somebody


def test_known_applicant_is_taken_in_with_few_presses(counter):
    page, keys = counter.page, Counted(counter)
    assert page.evaluate("document.activeElement.id") == "q"
    keys.type(BROKER)
    keys.press_and_go("Enter")  # the code names one procedure: nothing to choose

    assert page.evaluate("document.activeElement.id") == "known_number"
    keys.type(KNOWN_NUMBER)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        keys.press("Enter")
    page.wait_for_function("() => document.querySelector('#id_applicant_name').value !== ''")
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    assert "Hãy hỏi lại người nộp" in page.evaluate("document.activeElement.innerText")

    keys.press("Alt+k")
    keys.answer("Ngày, tháng, năm sinh", "11/12/1985")
    keys.choose("Nam", 0)
    choose_until(keys, "Đại học")
    keys.answer("Số Giấy chứng nhận", "GCN-THU-03")
    keys.answer("Ngày cấp Giấy", "06/02/2026")
    choose_until(keys, "Chỉ phần chuyên môn")
    keys.press("Alt+g")
    assert page.locator("#complete-0").is_checked()
    stands_well(counter)
    counter.picture("quay-nguoi-da-biet")
    keys.press_and_go("Alt+s")
    if page.get_by_role("button", name="Việc khác: vẫn tiếp nhận").count():
        keys.press_and_go("v")

    counter.sees("Đã tiếp nhận hồ sơ", "Nguyễn Văn Thử", "Hẹn trả kết quả", UNIT, "Thụ lý hồ sơ")
    stands_well(counter)
    counter.picture("quay-da-tiep-nhan")
    with page.context.expect_page() as slip:
        keys.press("p")
    assert "giay-tiep-nhan" in slip.value.url
    slip.value.close()
    assert keys.presses < MOST_PRESSES, f"{keys.presses} presses beside {keys.typed} letters of text"


def choose_until(keys, words, most=8):
    """Go on to the next question of choices and move among them until ``words``."""
    keys.press("Tab")
    keys.press("Space")
    for _step in range(most):
        if keys.focused() == words:
            return
        keys.press("ArrowDown")
    raise AssertionError(f"no choice {words!r}: {keys.focused()!r}")


def test_who_lacks_papers_is_told_which(counter):
    page, keys = counter.page, Counted(counter)
    keys.type(BROKER)
    keys.press_and_go("Enter")
    page.locator("#id_applicant_name").focus()
    keys.type("Lê Thị Thiếu Giấy")
    keys.press("Alt+t")
    page.locator("button[value=guide]").focus()
    keys.press_and_go("Enter")
    counter.sees("Đã hướng dẫn hoàn thiện hồ sơ", "Cần bổ sung", "Lê Thị Thiếu Giấy")
    stands_well(counter)
    counter.picture("quay-huong-dan")
