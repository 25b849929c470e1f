"""Instruments that a document cites, and dates that cannot be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.legal_bases import citations, date_doubts, legal_bases
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Metadata

OWN = Metadata(number="12/KH-UBND", date="2026-01-15")
CITED = {
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;": (
        "căn cứ", "Nghị định", "63/2010/NĐ-CP", "2010-06-08", "Chính phủ",
    ),
    "Căn cứ Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2022": (
        "căn cứ", "Quyết định", "06/QĐ-TTg", "2022-01-06", "Thủ tướng Chính phủ",
    ),
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị": (
        "thực hiện", "Nghị quyết", "57-NQ/TW", "2024-12-22", "Bộ Chính trị",
    ),
    "Căn cứ Nghị quyết số 31/2025/NQ-HĐND ngày 25-7-2025 của Hội đồng nhân dân tỉnh;": (
        "căn cứ", "Nghị quyết", "31/2025/NQ-HĐND", "2025-07-25", "Hội đồng nhân dân tỉnh",
    ),
    "Thực hiện Thông báo số 88/TB-UBND ngày 08/4/2025 của Chủ tịch UBND tỉnh tại phiên họp thường kỳ": (
        "thực hiện", "Thông báo", "88/TB-UBND", "2025-04-08", "Chủ tịch UBND tỉnh",
    ),
    "Căn cứ Kế hoạch số 5/KH-UBND;": ("căn cứ", "Kế hoạch", "5/KH-UBND", None, None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITED.items())
def test_base_is_read(text, expected):
    (base,), doubts = legal_bases([Passage(text, 3, 3)], OWN)
    assert (base.role, base.type, base.number, base.date, base.issuer) == expected
    assert doubts == []


DOUBTFUL = {
    "Kế hoạch số 301/KH-UBND ngày 31/11/2025": "date-impossible",
    "Chỉ thị số 04/CT-TTg ngày 11/02/2026": "date-after-document",
    "Nghị định số 63/2010/NĐ-CP ngày 08/6/2011": "date-mismatch",
    "Thông tư số 01/2025/TT-BTTTT ngày 10/6/2025": "issuer-out-of-time",
    "Thông tư số 01/2024/TT-BNNMT ngày 10/6/2024": "issuer-out-of-time",
}


@pytest.mark.parametrize(("text", "code"), DOUBTFUL.items())
def test_date_that_cannot_be_right_is_flagged(text, code):
    assert [one.code for one in date_doubts([(1, text)], OWN)] == [code]


def test_date_told_otherwise_in_the_same_document_is_flagged():
    lines = [(1, "Kế hoạch số 5/KH-UBND ngày 10/01/2025"), (9, "Kế hoạch số 5/KH-UBND ngày 12/01/2025")]
    (doubt,) = date_doubts(lines, OWN)
    assert (doubt.code, doubt.line) == ("date-differs", 9)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010",
        "Thông tư số 01/2023/TT-BTTTT ngày 10/6/2023",
        "Kế hoạch số 5/KH-UBND ngày 10/01/2024 và Kế hoạch số 5/KH-UBND ngày 12/01/2025",
        "ngày 31/11/2025",
    ],
)
def test_dates_that_may_be_right_are_left_alone(text):
    assert date_doubts([(1, text)], OWN) == []


def test_instrument_is_recorded_wherever_it_is_cited():
    bases, _ = legal_bases([Passage("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010;", 2, 2)], OWN)
    lines = [
        (2, "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010;"),
        (7, "theo Quyết định số 422/QĐ-TTg"),
        (9, "Quyết định số 422/QĐ-TTg ngày 04/4/2022 của Thủ tướng Chính phủ"),
    ]
    (one,) = citations(lines, bases)
    assert (one.line, one.number, one.date, one.issuer) == (7, "422/QĐ-TTg", "2022-04-04", "Thủ tướng Chính phủ")


@given(st.text(max_size=120))
def test_any_text_is_searched_without_breaking(text):
    legal_bases([Passage(f"Căn cứ {text}", 1, 1)], OWN)
    date_doubts([(1, text)], OWN)


def test_bases_listed_with_commas_and_those_in_the_middle_of_a_paragraph_are_found():
    texts = [
        "Qua theo dõi, toàn tỉnh còn 12 hồ sơ quá hạn. Thực hiện Chỉ thị số 16/CT-TTg ngày 30/5/2025 của Thủ tướng "
        "Chính phủ, Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ, Chủ tịch UBND tỉnh yêu cầu:",
        "1. Sở Nội vụ rà soát quy trình. Thực hiện Kế hoạch số 5/KH-UBND ngày 10/01/2025 của UBND tỉnh đúng hạn.",
    ]
    bases, _ = legal_bases([Passage(text, at, at) for at, text in enumerate(texts, 1)], OWN)
    assert [(base.line, base.number, base.issuer) for base in bases] == [
        (1, "16/CT-TTg", "Thủ tướng Chính phủ"),
        (1, "749/QĐ-TTg", "Thủ tướng Chính phủ"),
    ]
