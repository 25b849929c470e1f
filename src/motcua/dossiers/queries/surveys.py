"""Reading surveys: scores by unit and official in a period, what people wrote, and what the public may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua.base.clock import start_of
from motcua.dossiers.models import Dossier, SurveyAnswer
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.rules.survey import Criterion, Score, SurveyForm, Total, score_of, score_of_counts, total_of
from motcua.dossiers.states import BY_CODE
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Unit
from motcua.procedures.posting_queries import posting_states
from motcua.procedures.publishing_states import POSTED, STALE
from motcua.workflow.models import Holding

MOST_COMMENTS = 50


@dataclass(frozen=True)
class UnitScore:
    """What a unit scored: one score for each criterion of the form, in its order."""

    unit: Unit
    answers: int
    by_code: int  # of them given without an account
    scores: list[Score]
    total: Total


@dataclass(frozen=True)
class OfficialScore:
    """What people said of dossiers in which an official held a step."""

    code: str
    name: str
    answers: int
    scores: list[Score]
    total: Total


@dataclass(frozen=True)
class Comment:
    """What somebody wrote; for heads only."""

    dossier_code: str
    unit_name: str
    at: datetime
    text: str


def answers_in(account: Any, first: date, after: date) -> QuerySet[SurveyAnswer]:
    """Return the answers of [first, after) about the units that the account looks over; nothing without a post."""
    seen = Q(pk__in=[])
    for path in {scope_of(post).path for post in account.posts_now}:
        seen |= Q(unit__path__startswith=path)
    return SurveyAnswer.objects.filter(seen, at__gte=start_of(first), at__lt=start_of(after))


def unit_scores(
    answers: QuerySet[SurveyAnswer], form: SurveyForm, first: date, after: date, *, with_system: bool = True
) -> list[UnitScore]:
    """Return the scores by competent unit, by name; the system's own criteria are of all dossiers decided meanwhile."""
    marks: dict[int, list[dict[str, int]]] = defaultdict(list)
    by_code: dict[int, int] = defaultdict(int)
    for unit_id, found, way in answers.filter(form=form.code).values_list("unit_id", "marks", "way"):
        marks[unit_id].append(found)
        by_code[unit_id] += way == BY_CODE
    units = Unit.objects.in_bulk(marks)
    counted = _system_counts(list(marks), form, first, after) if with_system else {}
    rows = []
    for unit_id, given in marks.items():
        scores = [_score(each, given, counted.get((unit_id, each.number), {})) for each in form.criteria]
        rows.append(UnitScore(units[unit_id], len(given), by_code[unit_id], scores, total_of(form, scores)))
    return sorted(rows, key=lambda each: each.unit.sort_key)


def official_scores(answers: QuerySet[SurveyAnswer], form: SurveyForm) -> list[OfficialScore]:
    """Return the scores by official who held a step of the dossiers answered for, by name; people's criteria only."""
    given = dict(answers.filter(form=form.code).values_list("dossier__code", "marks"))
    held = (
        Holding.objects.filter(run__subject__in=given, ended_at__isnull=False)
        .exclude(account_code="")
        .values_list("account_code", "run__subject")
        .distinct()
    )
    marks: dict[str, list[dict[str, int]]] = defaultdict(list)
    for who, code in held:
        marks[who].append(given[code])
    names = dict(Account.objects.filter(code__in=marks).values_list("code", "full_name"))
    rows = []
    for who, found in marks.items():
        scores = [_score(each, found, {}) for each in form.asked]
        rows.append(OfficialScore(who, names.get(who, who), len(found), scores, total_of(form, scores)))
    return sorted(rows, key=lambda each: (each.name, each.code))


def comments_in(answers: QuerySet[SurveyAnswer]) -> list[Comment]:
    """Return what people wrote, newest first."""
    rows = answers.exclude(comment="").order_by("-at").values_list("dossier__code", "unit__name", "at", "comment")
    return [Comment(*row) for row in rows[:MOST_COMMENTS]]


def public_scores(form: SurveyForm, first: date, after: date) -> tuple[list[UnitScore], int]:
    """Return the scores that the public may see, and how many units are left out: over too few answers each."""
    answers = SurveyAnswer.objects.filter(at__gte=start_of(first), at__lt=start_of(after))
    rows = unit_scores(answers, form, first, after, with_system=False)
    least = result_rules_on(first).survey_small_number
    shown = [row for row in rows if row.answers >= least]
    return shown, len(rows) - len(shown)


def _score(criterion: Criterion, given: Sequence[dict[str, int]], counted: dict[int, int]) -> Score:
    if criterion.question:
        return score_of(criterion, [marks[str(criterion.number)] for marks in given if str(criterion.number) in marks])
    return score_of_counts(criterion, counted)


def _system_counts(
    units: Sequence[int], form: SurveyForm, first: date, after: date
) -> dict[tuple[int, int], dict[int, int]]:
    """Return how many dossiers (or the unit itself, once) have which marks: (unit, criterion) -> marks -> number."""
    found: dict[tuple[int, int], dict[int, int]] = {}
    for criterion in form.criteria:
        if criterion.measure == "steps_in_time":
            for unit, counts in _steps_in_time(units, first, after).items():
                found[unit, criterion.number] = counts
        elif criterion.measure == "postings":
            for unit, mark in _postings(units).items():
                found[unit, criterion.number] = {mark: 1}
    return found


def _steps_in_time(units: Iterable[int], first: date, after: date) -> dict[int, dict[int, int]]:
    """Return marks of dossiers decided in [first, after): 2 no step late, 1 a step only, 0 the dossier itself."""
    late_step = Exists(Holding.objects.filter(run__subject=OuterRef("code"), ended_at__gt=F("due_at")))
    decided = Dossier.objects.filter(
        competent_unit__in=list(units), decided_at__gte=start_of(first), decided_at__lt=start_of(after)
    )
    rows = decided.annotate(late_step=late_step).values("competent_unit", "is_on_time", "late_step")
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.annotate(n=Count("pk")).order_by():
        mark = 0 if row["is_on_time"] is False else 1 if row["late_step"] else 2
        found[row["competent_unit"]][mark] += row["n"]
    return found


def _postings(units: Iterable[int]) -> dict[int, int]:
    """Return marks of units as their lists are posted today."""
    wanted = set(units)
    marks = {POSTED: 2, STALE: 1}
    return {each.unit.pk: marks.get(each.state, 0) for each in posting_states() if each.unit.pk in wanted}
