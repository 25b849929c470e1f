"""The survey's forms as dated data, and its arithmetic (Circular 01/2018 articles 13 to 15, DOMAIN 4.11).

A criterion of dossiers scores the sum of their marks over their number, with one decimal; the total is the sum. A band
is given only where every criterion of the form has a score: a missing one is never read as 0.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from motcua.base.refusal import Refused

FILE = Path(__file__).parent.parent / "data" / "surveys.json"
MOST_MARKS = 2
PEOPLE, SYSTEM, INSPECTION = "people", "system", "inspection"


@dataclass(frozen=True)
class Criterion:
    """One criterion: who tells, the question and its answers as (marks, words), or why it has no figure."""

    number: int
    name: str
    of: str  # dossier | unit
    told_by: str  # PEOPLE, SYSTEM, INSPECTION
    question: str
    answers: tuple[tuple[int, str], ...]
    measure: str  # what the system counts; "" where it has none
    missing: str  # why there is no figure


@dataclass(frozen=True)
class SurveyForm:
    """The form in force from ``valid_from``; ``bands`` as (least points, words), best first."""

    code: str
    name: str
    instrument: str
    source: str
    valid_from: date
    valid_to: date | None
    criteria: tuple[Criterion, ...]
    bands: tuple[tuple[int, str], ...]

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria that people answer."""
        return tuple(each for each in self.criteria if each.told_by == PEOPLE)


@dataclass(frozen=True)
class Score:
    """A criterion's score; ``points`` None is: no figure. ``count`` dossiers are behind it, 0 for one of the unit."""

    criterion: Criterion
    points: Decimal | None
    count: int


@dataclass(frozen=True)
class Total:
    """The sum of the scores there are, out of what they could reach; ``band`` "" unless every criterion has one."""

    points: Decimal
    most: int
    band: str


def survey_form_on(day: date) -> SurveyForm:
    """Return the form in force on ``day``.

    Raises:
        LookupError: none was.
    """
    for form in all_forms():
        if form.valid_from <= day and (form.valid_to is None or day <= form.valid_to):
            return form
    raise LookupError(f"No survey form on {day}")


def survey_form(code: str) -> SurveyForm:
    """Return a form by its code.

    Raises:
        LookupError: there is none.
    """
    for form in all_forms():
        if form.code == code:
            return form
    raise LookupError(f"No survey form {code}")


def checked_marks(form: SurveyForm, marks: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of every criterion that people are asked about, by its number as text.

    Raises:
        Refused: one is not answered, or with marks that it has not.
    """
    found = {}
    for criterion in form.asked:
        value = str(marks.get(str(criterion.number), ""))
        if value not in {str(points) for points, _words in criterion.answers}:
            raise Refused(f"Cần chọn một câu trả lời cho “{criterion.question}”", field=f"c{criterion.number}")
        found[str(criterion.number)] = int(value)
    return found


def score_of(criterion: Criterion, marks: Sequence[int]) -> Score:
    """Return the score of a criterion from the marks of dossiers: their mean, half up, one decimal."""
    if not marks:
        return Score(criterion, None, 0)
    mean = Decimal(sum(marks)) / len(marks)
    return Score(criterion, mean.quantize(Decimal("0.1"), ROUND_HALF_UP), len(marks))


def score_of_counts(criterion: Criterion, counts: Mapping[int, int]) -> Score:
    """Return the same from how many dossiers have which marks."""
    number = sum(counts.values())
    if not number:
        return Score(criterion, None, 0)
    mean = Decimal(sum(marks * count for marks, count in counts.items())) / number
    return Score(criterion, mean.quantize(Decimal("0.1"), ROUND_HALF_UP), number)


def total_of(form: SurveyForm, scores: Iterable[Score]) -> Total:
    """Return the sum of the scores that there are, and its band where none is missing."""
    there = [each for each in scores if each.points is not None]
    points = sum((each.points for each in there if each.points is not None), Decimal(0))
    is_whole = len({each.criterion.number for each in there}) == len(form.criteria)
    band = next((words for least, words in form.bands if points >= least), "") if is_whole else ""
    return Total(points, MOST_MARKS * len(there), band)


def faults_of(form: SurveyForm) -> list[str]:
    """Return what is wrong with a form: numbers, marks out of range, questions without answers, bands out of order."""
    faults = []
    numbers = [each.number for each in form.criteria]
    if numbers != list(range(1, len(numbers) + 1)):
        faults.append("criteria are not numbered from 1 on")
    for each in form.criteria:
        marks = [points for points, _words in each.answers]
        if marks and marks != sorted(set(marks), reverse=True) or any(not 0 <= mark <= MOST_MARKS for mark in marks):
            faults.append(f"criterion {each.number}: marks {marks}")
        if each.told_by == PEOPLE and (not each.question or not each.answers):
            faults.append(f"criterion {each.number}: nothing to answer")
        if each.told_by != PEOPLE and bool(each.measure) == bool(each.missing):
            faults.append(f"criterion {each.number}: either a measure or why there is none")
    leasts = [least for least, _words in form.bands]
    if leasts != sorted(leasts, reverse=True) or not leasts or leasts[-1] != 0:
        faults.append("bands are not ordered down to 0")
    return faults


@cache
def all_forms() -> tuple[SurveyForm, ...]:
    """Return every form of the file."""
    return tuple(_form(row) for row in json.loads(FILE.read_text(encoding="utf-8"))["forms"])


def _form(row: Mapping[str, Any]) -> SurveyForm:
    return SurveyForm(
        code=row["code"],
        name=row["name"],
        instrument=row["instrument"],
        source=row["source"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        criteria=tuple(_criterion(each) for each in row["criteria"]),
        bands=tuple((least, words) for least, words in row["bands"]),
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        number=row["number"],
        name=row["name"],
        of=row["of"],
        told_by=row["from"],
        question=row.get("question", ""),
        answers=tuple((marks, words) for marks, words in row.get("answers", ())),
        measure=row.get("measure", ""),
        missing=row.get("missing", ""),
    )
