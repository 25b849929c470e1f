"""Footnotes with formulas, and the indicator that a number may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.numbers.indicator_match import Known, suggest_indicators
from motcua.plans.rules.sentences.footnotes import Formula, attach, formula_of
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Task

KNOWN = [
    Known("on_time", "Hồ sơ giải quyết đúng hạn", "đã giải quyết đúng hạn / đã giải quyết trong kỳ"),
    Known("online", "Hồ sơ nộp trực tuyến", "tiếp nhận trực tuyến / tiếp nhận trong kỳ"),
    Known("digitised", "Hồ sơ, kết quả được số hóa", "hồ sơ được số hóa / hồ sơ tiếp nhận trong kỳ"),
    Known("paid_online", "Thanh toán trực tuyến", "thanh toán trực tuyến / hồ sơ có nghĩa vụ tài chính đã giải quyết"),
    Known("satisfaction", "Mức độ hài lòng", "đánh giá hài lòng / hồ sơ có đánh giá"),
]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("98% hồ sơ TTHC giải quyết đúng hạn", "on_time"),
        ("Tỷ lệ hồ sơ giải quyết trước và đúng hạn đạt 98%", "on_time"),
        ("Tối thiểu 50% hồ sơ TTHC được nộp trực tuyến", "online"),
        ("Tối thiểu 80% hồ sơ, kết quả giải quyết TTHC được số hóa", "digitised"),
        ("30% giao dịch thanh toán trực tuyến", "paid_online"),
        ("Mức độ hài lòng của người dân, doanh nghiệp đạt tối thiểu 90%", "satisfaction"),
        ("Tỷ lệ hồ sơ quá hạn dưới 2%", None),
        ("100% văn bản được xử lý trên môi trường mạng", None),
        ("Cắt giảm tối thiểu 10% chi phí tuân thủ", None),
    ],
)
def test_indicator_is_suggested_by_what_the_number_is_of(text, best):
    found = suggest_indicators(text, "%", KNOWN)
    assert (found[0].code if found else None) == best
    assert all(0 < one.score <= 1 for one in found)


def test_row_around_a_bare_number_helps_less_than_its_own_words():
    own = suggest_indicators("98% hồ sơ giải quyết đúng hạn", "%", KNOWN)[0]
    around = suggest_indicators("Đạt 98%", "%", KNOWN, scope="hồ sơ đúng hạn", around="Giải quyết hồ sơ đúng hạn")[0]
    assert (own.code, around.code) == ("on_time", "on_time")


def test_counts_are_measured_by_no_ratio():
    assert suggest_indicators("Trên 200 hồ sơ nộp trực tuyến", "hồ sơ", KNOWN) == []


FORMULAS = {
    "Theo công thức (b/a). Trong đó: a là tổng số hồ sơ đã giải quyết; b là số hồ sơ giải quyết đúng hạn.": (
        Formula("số hồ sơ giải quyết đúng hạn", "tổng số hồ sơ đã giải quyết")
    ),
    "Tính bằng a/b, trong đó a là số hồ sơ trực tuyến; b là tổng số hồ sơ. Không tính hồ sơ liên thông.": (
        Formula("số hồ sơ trực tuyến", "tổng số hồ sơ", "", ("Không tính hồ sơ liên thông",))
    ),
    "Đạt tỷ lệ 40% TTHC cung cấp trực tuyến/tổng số TTHC áp dụng trên địa bàn tỉnh.": (
        Formula("TTHC cung cấp trực tuyến", "tổng số TTHC áp dụng trên địa bàn tỉnh")
    ),
}


@pytest.mark.parametrize(("note", "formula"), FORMULAS.items())
def test_formula_of_a_footnote_is_read(note, formula):
    assert formula_of(note) == formula


def test_scope_of_a_formula_is_kept():
    formula = formula_of(
        "Theo công thức (b/a). Trong đó: a là tổng số hồ sơ; b là số hồ sơ trực tuyến "
        "(Ghi chú: Phạm vi đánh giá là các hồ sơ đã giải quyết)."
    )
    assert formula == Formula("số hồ sơ trực tuyến", "tổng số hồ sơ", "các hồ sơ đã giải quyết")


@pytest.mark.parametrize("note", ["Không tính các Quyết định công bố TTHC.", "Theo Nghị định số 61/2018/NĐ-CP", ""])
def test_note_without_a_ratio_has_no_formula(note):
    assert formula_of(note) is None


def test_notes_at_the_end_go_before_numbered_items_of_the_body():
    task = Task("1", [], "1", "Số hóa hồ sơ(1)")
    texts = ["(1) Rà soát thủ tục", "Nơi nhận", "1 Theo công thức (b/a).", "2 Không tính hồ sơ liên thông."]
    attach([task], [Passage(text, line, line) for line, text in enumerate(texts, 1)])
    assert (task.footnote, task.parts["footnote"][0][0]) == ("Theo công thức (b/a).", 3)


@given(st.text(max_size=120))
def test_any_note_is_searched_without_breaking(text):
    formula_of(text)
    suggest_indicators(text, "%", KNOWN, footnote=text)
