"""Wholes, rates, changes and averages in sentences of many offices: silent where right, told where one number slips."""

import re
from pathlib import Path

import pytest

from motcua.reports.rules.lines import Line
from motcua.reports.rules.sentences import sentence_findings
from motcua.reports.rules.told import sentences_of, typo_of

# {right>wrong}: the sentence is right with the first number and wrong with the second.
SENTENCES = (Path(__file__).parent / "samples" / "told_sentences.txt").read_text(encoding="utf-8").splitlines()
BROKEN = [sentence for sentence in SENTENCES if "{" in sentence]


def told(sentence, part):
    text = re.sub(r"{(.*?)>(.*?)}", rf"\{part}", sentence)
    return [found.message for found in sentence_findings(Line(1, (text,)))]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_right_sentence_raises_no_alarm(sentence):
    assert told(sentence, 1) == []


@pytest.mark.parametrize("sentence", BROKEN)
def test_slipped_number_is_told(sentence):
    assert told(sentence, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết số 131/NQ-CP ngày 06/10/2022, Đề án 06 và Công văn 574/SNV-CCHC.",
        "Trong 6 tháng đầu năm 2026, quý II/2026, giai đoạn 2021-2025.",
        "Tổng đài 1022 hoạt động 24/7; điều 5, khoản 3, Phụ lục 2.",
    ],
)
def test_names_and_dates_are_no_told_numbers(text):
    assert [one.written for sentence in sentences_of(text) for one in sentence.told] == []


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [("1.204", "1.240", True), ("533", "353", True), ("96", "69", True), ("1.204", "1.205", True), ("48", "480", True),
     ("1.204", "1.357", False), ("5", "6", False), ("1.204", "1.204", False)],
)  # fmt: skip
def test_slips_of_one_digit_are_known(one, other, is_slip):
    assert typo_of(one, other) is is_slip
