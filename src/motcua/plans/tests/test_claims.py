"""What a document says it holds, counted."""

import pytest

from motcua.plans.rules.numbers.claims import document_claims, section_claims
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Task


def tasks(count: int, section: str = "I. Nhóm") -> list[Task]:
    return [Task(str(number), [section], str(number), "Việc") for number in range(count)]


def claims_of(text: str, rows: int = 18, *, sections: int = 4, annexes: int = 2, targets: int = 15):
    return document_claims([Passage(text, 5, 5)], tasks(rows), sections, {}, annexes, targets)


STATED = {
    "Ban hành kèm theo Kế hoạch gồm 04 nhóm, 18 nhiệm vụ": {"groups": 4, "tasks": 18},
    "Danh mục gồm bốn nhóm với mười tám nhiệm vụ": {"groups": 4, "tasks": 18},
    "Kế hoạch này gồm 18 (mười tám) nhiệm vụ": {"tasks": 18},
    "Danh mục gồm hai mươi tư nhiệm vụ": {"tasks": 24},
    "Danh mục gồm hai mươi mốt nhiệm vụ": {"tasks": 21},
    "Kế hoạch gồm 15 chỉ tiêu và 18 nhiệm vụ cụ thể": {"targets": 15, "tasks": 18},
    "II. NHIỆM VỤ TRỌNG TÂM (18 NHIỆM VỤ)": {"tasks": 18},
    "II. NỘI DUNG (03 nhóm với 14 nhiệm vụ)": {"groups": 3, "tasks": 14},
    "Kế hoạch gồm 02 phụ lục kèm theo": {"appendices": 2},
    "(Có các phụ lục từ 01-07 kèm theo)": {"appendices": 7},
    "(các Phụ lục I, II và III kèm theo)": {"appendices": 3},
}


@pytest.mark.parametrize(("text", "stated"), STATED.items())
def test_claim_is_read(text, stated):
    (claim,) = claims_of(text)
    assert (claim.stated, claim.line) == (stated, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Triển khai 03 nội dung của Đề án",
        "Các đơn vị thực hiện 02 nhiệm vụ được giao năm trước",
        "Rà soát nhóm 5 hồ sơ kèm theo",
        "Năm nhiệm vụ trọng tâm",
        "",
    ],
)
def test_counts_of_other_things_are_no_claim(text):
    assert claims_of(text) == []


def test_claim_says_whether_it_agrees():
    agreeing, other = claims_of("Danh mục gồm 18 nhiệm vụ"), claims_of("Danh mục gồm 19 nhiệm vụ")
    assert (agreeing[0].agrees, other[0].agrees, other[0].found) == (True, False, {"tasks": 18})


def test_claim_of_a_section_counts_its_own_rows():
    rows = [*tasks(3, "I. Một"), *tasks(2, "II. Hai")]
    titles = [("I", "Một (03 nhiệm vụ)", 10), ("II", "Hai (ba nhiệm vụ)", 20), ("III", "Ba (không nói gì)", 30)]
    found = section_claims(titles, rows, {})
    assert [(one.section, one.stated, one.found, one.agrees) for one in found] == [
        ("I", {"tasks": 3}, {"tasks": 3}, True),
        ("II", {"tasks": 3}, {"tasks": 2}, False),
    ]


def test_work_counted_where_it_stands_is_a_claim():
    (claim,) = claims_of("Giao 18 nhiệm vụ trọng tâm tại Phụ lục II cho các sở, ngành, địa phương.")
    assert (claim.stated, claim.agrees) == ({"tasks": 18}, True)
