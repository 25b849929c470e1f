"""A plan beside the plan above it: the first real case is a commune's plan of 2023 beside its province's of 2022."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.plans.rules.reader import read_plan
from motcua.plans.rules.relating.alignment import AlignedRow, Goal, PlanSide, match
from motcua.plans.rules.relating.alignment_findings import align, wrong_years
from motcua.plans.rules.relating.alignment_sides import level_of, side_of
from motcua.plans.rules.relating.differences import words_between
from motcua.plans.seed import COMMUNE_PLAN, PROVINCE_PLAN

TEXT = "Tổ chức tiếp nhận, phân loại phản ánh, kiến nghị của cá nhân, tổ chức"


@pytest.fixture(scope="module")
def real():
    above, below = read_plan(PROVINCE_PLAN), read_plan(COMMUNE_PLAN)
    return align(side_of(above, below=level_of(below.document.issuer)), side_of(below))


def test_rows_of_the_real_case_are_matched_one_to_one(real):
    pairs = [(pair.parent.key, pair.child.key) for pair in real.matched]
    assert {
        ("PL1.I.1", "PL1.I.1"), ("PL1.I.2", "PL1.I.3"), ("PL1.I.3", "PL1.I.4"), ("PL1.II.1", "PL1.II.2"),
        ("PL1.II.2", "PL1.II.3"), ("PL1.II.3", "PL1.II.4"), ("PL1.III.1", "PL1.III.1"), ("PL1.IV.2", "PL1.IV.1"),
        ("PL1.V.1", "PL1.V.1"), ("PL1.V.2", "PL1.V.2"), ("PL1.VI.1", "PL1.VI.1"), ("PL1.VI.2", "PL1.VI.2"),
        ("PL1.VII.1", "PL1.VII.1"), ("PL1.VII.4", "PL1.VII.3"), ("PL2.2", "PL2.2"), ("PL2.4", "PL2.9"),
        ("PL2.6", "PL2.12"), ("PL2.7", "PL2.13"), ("PL2.9", "PL2.11"),
    } <= set(pairs)  # fmt: skip
    assert max(Counter(parent for parent, _child in pairs).values()) == 1
    assert max(Counter(child for _parent, child in pairs).values()) == 1


def test_findings_of_the_real_case(real):
    found = {(each.kind, each.parent, each.child) for each in real.every_finding}
    assert {
        ("year", "", "PL1.I.1"),  # "năm 2022" left in the plan of 2023
        ("level", "", "PL1.I.4"),  # "trên địa bàn huyện" in a commune's plan
        ("level", "", "PL2.VIII.1"),  # led by "UBND các xã"
        ("stronger", "PL2.2", "PL2.2"),  # 55 % where the province asks 35 % of communes
        ("weaker", "PL2.6", "PL2.12"),  # 85 % where the province asks 90 %
        ("missing", "PL1.III.5", ""),
        ("added", "", "PL1.I.5"),
        ("year", "", ""),  # the plans are of different years
    } <= found


def _side(*rows, year=2026, level="province", title="Kế hoạch năm 2026"):
    return PlanSide("KH", title, year, level, rows)


def _row(key="1", text=TEXT, **fields):
    return AlignedRow(key, text, **{"is_given": True, **fields})


def _kinds(parent, child, **options):
    found = align(_side(parent), _side(child, **{"level": "commune", **options}))
    return [each.kind for each in found.every_finding]


def test_equal_rows_have_nothing_amiss():
    assert _kinds(_row(), _row("a")) == []


def test_row_that_is_not_given_is_not_missing():
    found = align(_side(_row(), _row("2", "Việc khác hẳn của riêng tỉnh", is_given=False)), _side(_row("a")))
    assert found.every_finding == []


@pytest.mark.parametrize(
    ("above", "below", "kinds"),
    [
        (Goal(50, "%", ">=", "hồ sơ"), Goal(40, "%", ">=", "hồ sơ"), ["weaker"]),
        (Goal(50, "%", ">=", "hồ sơ"), Goal(60, "%", ">=", "hồ sơ"), ["stronger"]),
        (Goal(2, "%", "<=", "hồ sơ trễ"), Goal(3, "%", "<=", "hồ sơ trễ"), ["weaker"]),
        (Goal(2, "%", "<=", "hồ sơ trễ"), Goal(1, "%", "<=", "hồ sơ trễ"), ["stronger"]),
        (Goal(50, "%", ">=", "hồ sơ"), Goal(50, "hồ sơ", ">=", "hồ sơ"), ["changed"]),
        (Goal(50, "%", ">=", "hồ sơ"), Goal(50, "%", ">=", "hồ sơ"), []),
        (Goal(60, "%", ">=", "hồ sơ", "tỉnh"), Goal(40, "%", ">=", "hồ sơ", "xã"), []),
        (Goal(40, "%", ">=", "hồ sơ", "xã"), None, ["goal_missing"]),
    ],
)
def test_numbers_are_judged_by_their_tier_and_direction(above, below, kinds):
    assert _kinds(_row(goals=(above,)), _row("a", goals=(below,) if below else ())) == kinds


def test_later_deadline_is_judged_in_the_childs_year():
    parent = _row(due_on=date(2026, 3, 31))
    assert _kinds(parent, _row("a", due_on=date(2026, 4, 1), deadline_kind="date")) == ["later"]
    assert _kinds(parent, _row("a", due_on=date(2026, 3, 31), deadline_kind="date")) == []
    assert _kinds(parent, _row("a", due_on=date(2027, 3, 31)), year=2027, title="") == ["year"]
    assert _kinds(parent, _row("a")) == ["undated"]


def test_copied_row_and_copied_lead_are_named():
    parent = _row(lead_text="Văn phòng UBND tỉnh")
    assert _kinds(parent, _row("a", lead_text="Văn phòng UBND tỉnh")) == ["level", "copy"]


def test_same_fault_in_both_is_inherited():
    fault = "Đọc “Quý II” từ bản chữ “Quý Il”."
    assert _kinds(_row(faults=(fault,)), _row("a", faults=(fault,))) == ["inherited"]
    twice = "Rà soát tình hình hình thực hiện kiểm soát thủ tục hành chính"
    assert _kinds(_row(text=twice), _row("a", twice)) == ["inherited"]


def test_link_goes_before_likeness():
    parents = [_row("1"), _row("2", "Một việc không giống gì cả")]
    [pair] = match(parents, [_row("a", carries="2")])
    assert (pair.parent.key, pair.is_linked) == ("2", True)


def test_number_and_section_break_ties():
    parents = [_row("1", section="Phản ánh", number="1"), _row("2", section="Kiểm tra", number="2")]
    children = [_row("a", section="Kiểm tra", number="2"), _row("b", section="Phản ánh", number="1")]
    assert [(pair.parent.key, pair.child.key) for pair in match(parents, children)] == [("1", "b"), ("2", "a")]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Báo cáo năm 2025", [2025]),
        ("Khắc phục tồn tại, hạn chế năm 2025", []),
        ("Theo Quyết định ngày 05 tháng 3 năm 2025", []),
        ("Giai đoạn năm 2025 - 2030", []),
        ("Thực hiện trong năm 2026", []),
        ("Kế hoạch số 12/KH-UBND năm 2020", []),
    ],
)
def test_wrong_year_is_not_a_citation_or_a_look_back(text, years):
    assert wrong_years(text, 2026) == years


def test_district_is_gone_after_the_reform():
    found = _kinds(_row(), _row("a", f"{TEXT} gửi UBND huyện"), year=2027, title="")
    assert "level" in found


@pytest.mark.parametrize(
    ("issuer", "level"),
    [("Ủy ban nhân dân xã Thạch Châu", "commune"), ("UBND tỉnh Hà Tĩnh", "province"), ("Sở Nội vụ", "department"),
     ("Ủy ban nhân dân huyện Lộc Hà", "district"), (None, "department")],
)  # fmt: skip
def test_level_of_an_issuer(issuer, level):
    assert level_of(issuer) == level


words = st.lists(st.sampled_from(["rà soát", "50%", "hồ sơ", "năm 2026", "báo cáo"]), max_size=12).map(" ".join)


@given(words, words)
@settings(max_examples=60, deadline=None)
def test_words_between_lead_from_one_text_to_the_other(before, after):
    steps = words_between(before, after)
    assert " ".join(text for kind, text in steps if kind != "inserted") == before
    assert " ".join(text for kind, text in steps if kind != "deleted") == after


@given(st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_order_of_the_child_does_not_matter(order):
    texts = [f"{TEXT} lĩnh vực {name}" for name in ("đất đai", "xây dựng", "tư pháp", "y tế", "giáo dục đào tạo")]
    parents = [_row(str(n), text) for n, text in enumerate(texts)]
    children = [replace(parents[n], key=f"c{n}") for n in order]
    assert all(f"c{pair.parent.key}" == pair.child.key for pair in match(parents, children))
