"""Reading rounds and assessments: the sheet of one unit, the board of a round, what was published and how it moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.urls import NoReverseMatch, reverse

from motcua.assessments.access import may_judge
from motcua.assessments.models import Assessment, CriteriaSetVersion, Evidence, Publication, Round, Score
from motcua.assessments.points import self_total, verified_total
from motcua.assessments.rules.criteria import CHOICE, Criterion
from motcua.assessments.rules.points import Total
from motcua.assessments.states import CLOSED, LEFT_OUT, OPEN
from motcua.base.clock import VIETNAM, today
from motcua.base.models import Fact
from motcua.organizations.models import Unit

# Sideways by code: what a fact's subject is, and the page that shows it.
PAGES = {
    "report": "reports:report",
    "report_request": "reports:request",
    "plan": "plans:plan",
    "task": "plans:task",
    "procedure": "procedures:procedure",
    "dossier": "dossiers:dossier",
}


def address_of_subject(code: str) -> str:
    """Return the page of a subject of this system by its public code, "" where none is known."""
    verb = Fact.objects.filter(subject=code).order_by("id").values_list("verb", flat=True).first()
    try:
        return reverse(PAGES[(verb or "").partition(".")[0]], args=[code])
    except (KeyError, NoReverseMatch):
        return ""


@dataclass(frozen=True)
class Shown:
    """A piece of evidence as a page shows it."""

    evidence: Evidence
    url: str

    @property
    def label(self) -> str:
        return self.evidence.words or str(self.evidence)


@dataclass(frozen=True)
class SheetLine:
    """One criterion of a unit's sheet; for a group only ``own`` and ``recognised``, its sums."""

    criterion: Criterion
    score: Score | None = None
    evidence: Sequence[Shown] = ()
    is_mine_to_judge: bool = False
    own: Total | None = None
    recognised: Total | None = None

    @property
    def choice_words(self) -> str:
        """The level that the unit chose, in words."""
        if self.score is None or self.criterion.way != CHOICE:
            return ""
        return next((each.name for each in self.criterion.levels if each.code == self.score.self_choice), "")

    @property
    def differs(self) -> bool:
        """Whether what was recognised is not what the unit says."""
        row = self.score
        if row is None or not row.is_judged or not self.criterion.is_self_scored:
            return False
        said = (row.self_points, row.is_not_applicable)
        return (row.verified_points, row.verified_not_applicable) != said

    @property
    def lost(self) -> Decimal:
        """Points that could have been had, of what was recognised."""
        row = self.score
        if row is None or row.verified_points is None:
            return Decimal(0)
        return self.criterion.worth - row.verified_points


@dataclass(frozen=True)
class Sheet:
    """A unit's assessment as it stands."""

    assessment: Assessment
    lines: list[SheetLine]
    own: Total
    recognised: Total
    answered: int
    to_answer: int
    judged: int
    to_judge: int  # of all criteria
    mine_open: int  # mine to judge and not judged, or explained since

    def under(self, code: str) -> list[SheetLine]:
        """Return the lines of a top group: itself first."""
        return [
            each for each in self.lines if each.criterion.code == code or each.criterion.code.startswith(f"{code}.")
        ]


def sheet_of(assessment: Assessment, account: Any = None) -> Sheet:
    """Return the sheet of an assessment, with what the account verifies in it."""
    evidence = Prefetch("evidence", Evidence.objects.select_related("file"))
    scores = list(assessment.scores.prefetch_related(evidence))
    by_code = {each.criterion: each for each in scores}
    tree = assessment.round.tree
    lines = []
    for criterion in tree.criteria:
        if criterion.is_group:
            own, recognised = (total(tree, scores, criterion.code) for total in (self_total, verified_total))
            lines.append(SheetLine(criterion, own=own, recognised=recognised))
            continue
        row = by_code[criterion.code]
        shown = [Shown(each, _address(assessment, each)) for each in row.evidence.all()]
        is_mine = account is not None and may_judge(account, assessment, criterion)
        lines.append(SheetLine(criterion, row, shown, is_mine))
    leaves = [line for line in lines if line.score is not None]
    asked = [line for line in leaves if line.criterion.is_self_scored]
    return Sheet(
        assessment,
        lines,
        self_total(tree, scores),
        verified_total(tree, scores),
        answered=sum(bool(line.score and line.score.is_answered) for line in asked),
        to_answer=len(asked),
        judged=sum(bool(line.score and line.score.is_judged) for line in leaves),
        to_judge=len(leaves),
        mine_open=sum(line.is_mine_to_judge and _is_open(line) for line in leaves),
    )


def _is_open(line: SheetLine) -> bool:
    return line.score is not None and (not line.score.is_judged or line.score.awaits_answer)


def _address(assessment: Assessment, each: Evidence) -> str:
    if each.link:
        return each.link
    if each.subject:
        return address_of_subject(each.subject)
    return reverse("assessments:evidence", args=[assessment.round.code, assessment.unit.code, each.pk])


@dataclass(frozen=True)
class BoardLine:
    """A unit in a round: how far it is, whether it is late, its points so far."""

    assessment: Assessment
    answered: int
    to_answer: int
    judged: int
    to_judge: int
    own: Decimal
    recognised: Decimal
    is_late: bool

    @property
    def sent_late(self) -> bool:
        """Whether the unit first sent after its last day."""
        sent = self.assessment.first_sent_at
        return sent is not None and sent.astimezone(VIETNAM).date() > self.assessment.round.self_score_by


def board_of(assessments: Iterable[Assessment], day: date | None = None) -> list[BoardLine]:
    """Return how far the units of a round are, in two statements however many there are."""
    rows = list(assessments)
    if not rows:
        return []
    tree, scores = rows[0].round.tree, _scores_of(rows)
    asked = {each.code for each in tree.leaves if each.is_self_scored}
    found = []
    for row in rows:
        row_scores = scores.get(row.pk, [])
        due_on = row.due_on()
        found.append(
            BoardLine(
                row,
                sum(each.is_answered for each in row_scores if each.criterion in asked),
                len(asked),
                sum(each.is_judged for each in row_scores),
                len(tree.leaves),
                self_total(tree, row_scores).points,
                verified_total(tree, row_scores).points,
                due_on is not None and due_on < (day or today()),
            )
        )
    return sorted(found, key=lambda line: (line.assessment.state == LEFT_OUT, line.assessment.unit.sort_key))


def _scores_of(rows: Sequence[Assessment]) -> dict[int, list[Score]]:
    found: dict[int, list[Score]] = {}
    for score in Score.objects.filter(assessment__in=rows).defer("note", "explanation", "verified_reason"):
        found.setdefault(score.assessment_id, []).append(score)
    return found


def published_rounds() -> list[Publication]:
    """Return the newest edition of every published round, newest first."""
    newest: dict[int, Publication] = {}
    for each in Publication.objects.select_related("round__unit", "round__version__set").order_by("-edition"):
        newest.setdefault(each.round_id, each)
    return sorted(newest.values(), key=lambda each: each.published_at, reverse=True)


@dataclass(frozen=True)
class Past:
    """What a unit reached in an earlier published round of the same set; ``share`` in per cent."""

    period: str
    share: Decimal
    rank: int
    code: str = field(default="")


def trends(made: Round, most: int = 4) -> dict[str, list[Past]]:
    """Return what units reached in earlier published rounds of the set, by unit code, oldest first.

    Shares are compared, not points: versions of a set may have different maxima.
    """
    found: dict[str, list[Past]] = {}
    earlier = [
        each
        for each in published_rounds()
        if each.round.version.set_id == made.version.set_id and each.round.index_period.last < made.index_period.last
    ]
    for each in sorted(earlier, key=lambda one: one.round.index_period.last)[-most:]:
        for unit in each.content["units"]:
            past = Past(each.round.period, Decimal(unit["share"]), unit["rank"], each.round.code)
            found.setdefault(unit["code"], []).append(past)
    return found


def assessable_units(version: CriteriaSetVersion) -> list[Unit]:
    """Return the units right under the set's unit that the version assesses, as they are today."""
    kinds = version.unit_kinds
    units = Unit.objects.in_force().filter(parent=version.set.unit, kind__in=kinds).select_related("parent")
    return sorted(units, key=lambda unit: unit.sort_key)


def open_for(units: Iterable[int]) -> Iterable[Assessment]:
    """Return the assessments that units score themselves in now."""
    return (
        Assessment.objects.filter(unit__in=list(units), state=OPEN)
        .select_related("round__version__set", "round__unit", "unit")
        .order_by("round__self_score_by", "pk")
    )


def is_over(made: Round) -> bool:
    """Whether every unit of a round is closed or left out."""
    return not made.assessments.exclude(state__in=[*CLOSED, LEFT_OUT]).exists()
