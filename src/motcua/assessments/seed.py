"""The demonstration: sets for departments and communes, last year's published round, this year's round under way.

The contents of Decision 876/QĐ-BNV are not in our sources: the sets are made up and say so.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from motcua.assessments.actions import publishing, rounds, scoring, sets, verifying
from motcua.assessments.actions.evidence import NewEvidence, add_evidence
from motcua.assessments.actions.grading import set_scheme
from motcua.assessments.actions.rounds import Days
from motcua.assessments.actions.scoring import Entry
from motcua.assessments.actions.verifying import Judgement
from motcua.assessments.grading_models import GradeScheme
from motcua.assessments.measuring import INDEX_766
from motcua.assessments.models import Assessment, CriteriaSet, CriteriaSetVersion, Round, Score
from motcua.assessments.rules.criteria import CHOICE, DEDUCTION, REQUIRED, STEPS, VERIFIER, Criterion
from motcua.assessments.set_reading import Typed
from motcua.base.clock import today
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import COMMUNE, DEPARTMENT, LEADER

DATA = Path(__file__).parent / "data"
SOURCE = "Minh họa tự dựng để dùng thử, không phải bộ tiêu chí chính thức"
OFFICER = "kiemsoat"
MOST_DEPARTMENTS, MOST_COMMUNES = 6, 4
SETS = (
    ("departments", "Bộ tiêu chí cải cách hành chính của sở, ban, ngành", DEPARTMENT),
    ("communes", "Bộ tiêu chí cải cách hành chính cấp xã", COMMUNE),
)
TITLES = {
    "departments": "Đánh giá cải cách hành chính các sở, ban, ngành",
    "communes": "Đánh giá cải cách hành chính cấp xã",
}


def set_schemes() -> None:
    """Set the shipped ways of grading; those already set are left alone."""
    for told in json.loads((DATA / "grade_schemes.json").read_text(encoding="utf-8")):
        if not GradeScheme.objects.filter(code=told["code"]).exists():
            set_scheme(
                told["code"],
                title=told["title"],
                basis=told["basis"],
                definition=told["definition"],
                source=told["source"],
                valid_from=date.fromisoformat(told["valid_from"]),
                actor="",
            )


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Make the sets and rounds, unless there is a set."""
    officer = Account.objects.filter(username=OFFICER).first()
    province = Unit.objects.in_force().filter(kind="province", one_stop__isnull=False).first()
    if officer is None or province is None or CriteriaSet.objects.exists():
        return
    progress("Bộ tiêu chí, đánh giá", 0, 1)
    set_schemes()
    versions = {code: _set(code, title, kind, province, officer) for code, title, kind in SETS}
    last_year = IndexPeriod.parse(str(today().year - 1))
    departments = _units(province, DEPARTMENT, MOST_DEPARTMENTS)
    for code, units in (("departments", departments), ("communes", _units(province, COMMUNE, MOST_COMMUNES))):
        _published(versions[code], units, last_year, officer)
    _under_way(versions["departments"], departments, officer)
    progress("Bộ tiêu chí, đánh giá", 1, 1)


def _set(code: str, title: str, kind: str, province: Unit, officer: Account) -> CriteriaSetVersion:
    draft = sets.draft_set(
        title=title,
        unit=province,
        typed=Typed((DATA / f"{code}.txt").read_text("utf-8"), (DATA / "bands.txt").read_text("utf-8")),
        unit_kinds=[kind],
        valid_from=date(today().year - 1, 1, 1),
        source=SOURCE,
        actor=officer,
        code=code,
    )
    return sets.publish_version(draft.pk, actor=officer)


def _units(province: Unit, kind: str, most: int) -> list[Unit]:
    found = Unit.objects.in_force().filter(parent=province, kind=kind, posts__role=LEADER).distinct()
    return list(found.select_related("parent").order_by("code")[:most])


def _open(version: CriteriaSetVersion, units: Sequence[Unit], period: IndexPeriod, officer: Account) -> Round:
    return rounds.open_round(
        version,
        title=TITLES[version.set.code],
        period=period,
        days=Days(*(today() + timedelta(days=20 * number) for number in range(1, 5))),
        units=units,
        actor=officer,
    )


def _published(version: CriteriaSetVersion, units: Sequence[Unit], period: IndexPeriod, officer: Account) -> None:
    made = _open(version, units, period, officer)
    for place, unit in enumerate(units):
        _send(made, unit, place)
        _verify(made, unit, place, officer)
        scoring.agree(made.code, unit.code, actor=_leader(unit))
        publishing.finish(made.code, unit.code, actor=officer)
    publishing.publish(made.code, actor=officer)


def _under_way(version: CriteriaSetVersion, units: Sequence[Unit], officer: Account) -> None:
    """Open this year's round: the first unit verified, the second waits to be, the others score themselves."""
    made = _open(version, units, IndexPeriod.parse(str(today().year)), officer)
    for place, unit in enumerate(units[:2]):
        _send(made, unit, place)
    if units:
        _verify(made, units[0], 0, officer)


def _leader(unit: Unit) -> Account:
    return Account.objects.filter(posts__unit=unit, posts__role=LEADER).order_by("posts__valid_from", "pk")[0]


def _send(made: Round, unit: Unit, place: int) -> None:
    """Score all that the unit scores, the better the smaller ``place``, with the evidence owed, and send."""
    leader = _leader(unit)
    kept = {each.criterion: each for each in Score.objects.filter(assessment__round=made, assessment__unit=unit)}
    asked = [each for each in made.tree.leaves if each.is_self_scored]
    entries = {each.code: _entry(each, kept[each.code], place) for each in asked}
    scoring.score(made.code, unit.code, entries, actor=leader)
    for criterion in asked:
        if criterion.evidence == REQUIRED:
            new = NewEvidence(link="https://example.vn/minh-chung", words="Văn bản minh họa")
            add_evidence(made.code, unit.code, criterion.code, new, actor=leader)
    scoring.send(made.code, unit.code, actor=leader)


def _entry(criterion: Criterion, row: Score, place: int) -> Entry:
    if criterion.way == CHOICE:
        return Entry(choice=criterion.levels[min(place // 2, len(criterion.levels) - 1)].code)
    if row.measured is not None:
        return Entry()
    if criterion.measure == INDEX_766:
        return Entry(is_not_applicable=True, note="Kỳ này chưa công bố chỉ số")
    note = "Số minh họa: dữ liệu dùng thử không có số đo của kỳ" if criterion.measure else ""
    if criterion.way == DEDUCTION or (criterion.way == STEPS and criterion.is_less_better):
        return Entry(value=Decimal(place // 2))
    return Entry(value=(criterion.target or criterion.steps[0].bound) * (100 - 4 * place) / 100, note=note)


def _verify(made: Round, unit: Unit, place: int, officer: Account) -> None:
    """Let each verifying unit and the officer judge their parts: as the unit says, the survey by ``place``."""
    assessment = Assessment.objects.select_related("round__version__set", "unit").get(round=made, unit=unit)
    for criterion in made.tree.leaves:
        if criterion.way == VERIFIER:
            who = _verifier(criterion, assessment, officer)
            points = criterion.most * (95 - 5 * place) / 100
            verifying.judge(made.code, unit.code, {criterion.code: Judgement(points)}, actor=who)
    judges = {
        _verifier(each, assessment, officer).pk: _verifier(each, assessment, officer) for each in made.tree.leaves
    }
    for judge in judges.values():
        verifying.accept_rest(made.code, unit.code, actor=judge)
    verifying.finish_judging(made.code, unit.code, actor=officer)


def _verifier(criterion: Criterion, assessment: Assessment, officer: Account) -> Account:
    if not criterion.verifier or criterion.verifier == assessment.unit.code:
        return officer
    return _leader(Unit.objects.in_force().get(code=criterion.verifier))
