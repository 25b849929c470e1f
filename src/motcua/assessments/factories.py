"""A small round for tests: a province that assesses two departments with a set of six criteria."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from motcua.assessments.actions import publishing, rounds, scoring, sets, verifying
from motcua.assessments.actions.evidence import NewEvidence, add_evidence
from motcua.assessments.actions.rounds import Days
from motcua.assessments.actions.scoring import Entry
from motcua.assessments.actions.verifying import Judgement
from motcua.assessments.models import Assessment, CriteriaSetVersion, Round
from motcua.assessments.set_reading import Typed
from motcua.base.clock import today
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import (
    COMMUNE,
    CONTROL_OFFICER,
    DEPARTMENT,
    LEADER,
    OFFICE,
    PROVINCE,
    RECEPTION,
    SPECIALIST,
    UNIT_HEAD,
)

SINCE = date(2018, 1, 1)
PERIOD = IndexPeriod.parse("2025")
CAST = {
    "specialist": ("T.01", SPECIALIST),
    "head": ("T.01", UNIT_HEAD),
    "leader": ("T.01", LEADER),
    "counter": ("T.01", RECEPTION),
    "neighbour": ("T.02", LEADER),
    "verifier": ("T.03", SPECIALIST),
    "control": ("T.00", CONTROL_OFFICER),
    "chairman": ("T", LEADER),
    "outsider": ("E", SPECIALIST),
}
LINES = """1 | Chỉ đạo, điều hành | 5
1.1 | Ban hành kế hoạch | 2 | chọn mức | Đúng hạn = 2; Muộn = 1; Không = 0 | | bắt buộc: kế hoạch
1.2 | Hồ sơ đúng hạn | 3 | tỷ lệ | 95 | dossiers.on_time_rate | | | | x
2 | Kết quả
2.1 | Tuyên truyền | 4 | ngưỡng | >= 10: 4; >= 5: 2
2.2 | Mức độ hài lòng | 6 | thẩm định | | | | | T.03
2.3 | Vi phạm kỷ luật | 2 | điểm trừ | 0,5"""
TYPED = Typed(LINES, "Xuất sắc >= 90\nTốt >= 80\nTrung bình >= 0", "2")


@dataclass
class AssessmentWorld:
    """Units T (province), T.00 (its office), T.01 and T.02 (assessed), T.03 (verifies 2.2), T.X (a commune), E."""

    version: CriteriaSetVersion
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Account:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def open(self, *, codes: tuple[str, ...] = ("T.01", "T.02"), days: Days | None = None) -> Round:
        """Open a round over 2025."""
        return rounds.open_round(
            self.version,
            title="Đánh giá năm 2025",
            period=PERIOD,
            days=days or days_from(today()),
            units=[self.units[code] for code in codes],
            actor=self.control,
        )

    def score(self, made: Round, unit: str = "T.01", person: str = "specialist", *, choice: str = "a") -> None:
        """Score all criteria of a unit: 2 + not applicable + 4 and nothing deducted, with the evidence owed."""
        actor = self.people[person]
        entries = {
            "1.1": Entry(choice=choice),
            "1.2": Entry(is_not_applicable=True, note="Không có thủ tục"),
            "2.1": Entry(value=Decimal(12)),
            "2.3": Entry(value=Decimal(0)),
        }
        scoring.score(made.code, unit, entries, actor=actor)
        add_evidence(made.code, unit, "1.1", NewEvidence(link="https://example.vn/kh"), actor=actor)

    def send(self, made: Round, unit: str = "T.01", person: str = "leader", *, choice: str = "a") -> Assessment:
        """Score and send."""
        self.score(made, unit, person, choice=choice)
        return scoring.send(made.code, unit, actor=self.people[person])

    def verify(self, made: Round, unit: str = "T.01", *, survey: str = "5") -> Assessment:
        """Verify what was sent: everything as the unit says, the survey as told."""
        verifying.judge(made.code, unit, {"2.2": Judgement(points=Decimal(survey))}, actor=self.verifier)
        verifying.accept_rest(made.code, unit, actor=self.control)
        return verifying.finish_judging(made.code, unit, actor=self.control)

    def finish(self, made: Round, unit: str = "T.01", person: str = "leader", *, survey: str = "5") -> Assessment:
        """Take a unit from open to final."""
        self.send(made, unit, person)
        self.verify(made, unit, survey=survey)
        scoring.agree(made.code, unit, actor=self.people[person])
        return publishing.finish(made.code, unit, actor=self.control)


def days_from(day: date) -> Days:
    """Return a round's last days: ten days for each part."""
    return Days(*(day + timedelta(days=10 * number) for number in range(1, 5)))


def make_assessment_world() -> AssessmentWorld:
    """Write the units, the people and a published set, and return them."""
    units: dict[str, Unit] = {}
    for code, name, kind, parent in [
        ("T", "Tỉnh Thử Nghiệm", PROVINCE, ""),
        ("E", "Tỉnh Khác", PROVINCE, ""),
        ("T.00", "Văn phòng Ủy ban nhân dân tỉnh", OFFICE, "T"),
        ("T.01", "Sở Thử Nghiệm", DEPARTMENT, "T"),
        ("T.02", "Sở Láng Giềng", DEPARTMENT, "T"),
        ("T.03", "Sở Nội vụ", DEPARTMENT, "T"),
        ("T.X", "Xã Thử", COMMUNE, "T"),
    ]:
        units[code] = establish(code=code, name=name, kind=kind, parent=units.get(parent), valid_from=SINCE, actor="")
    people = {}
    for name, (unit, role) in CAST.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        give_post(account, unit=units[unit], role=role, valid_from=SINCE, actor="")
        people[name] = Account.objects.get(pk=account.pk)
    version = sets.draft_set(
        title="Bộ tiêu chí thử",
        unit=units["T"],
        typed=TYPED,
        unit_kinds=[DEPARTMENT],
        valid_from=SINCE,
        source="Thử nghiệm",
        actor=people["control"],
        code="thu",
    )
    return AssessmentWorld(sets.publish_version(version.pk, actor=people["control"]), units, people)
