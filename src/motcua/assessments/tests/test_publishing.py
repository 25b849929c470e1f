"""Publishing: frozen with the data behind, corrected by a further edition only, no words of people."""

import hashlib
import json
from decimal import Decimal

import pytest

from motcua.assessments.actions import publishing, scoring, sets, verifying
from motcua.assessments.actions.frozen import canonical
from motcua.assessments.actions.verifying import Judgement
from motcua.assessments.factories import LINES, TYPED
from motcua.assessments.measures import MEASURES
from motcua.assessments.results import lost_points, results_of
from motcua.assessments.set_reading import Typed
from motcua.assessments.states import PUBLISHED, VERIFIED
from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.organizations.states import COMMUNE

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world):
    """A round in which T.01 has 11 of 12 points and T.02 has 8 of 12."""
    made = world.open()
    world.finish(made, survey="5")
    world.finish(made, "T.02", "neighbour", survey="2")
    return made


def test_round_is_published_only_when_every_unit_is_closed(world):
    made = world.open()
    world.finish(made)
    with pytest.raises(Refused, match="chưa chốt điểm: Sở Láng Giềng"):
        publishing.publish(made.code, actor=world.control)


def test_units_are_ranked_and_banded(made):
    found = [(each.unit.code, str(each.shown), each.rank, each.band) for each in results_of(made)]
    assert found == [("T.01", "13.75", 1, "Xuất sắc"), ("T.02", "10.00", 2, "Trung bình")]


def test_lost_points_name_the_criterion_that_cost_most(made):
    [survey] = lost_points(made.tree, results_of(made))
    assert (survey.criterion.code, survey.points, survey.most, survey.units) == ("2.2", 5, 12, 2)


def test_published_is_frozen_with_its_digest(made, world):
    published = publishing.publish(made.code, actor=world.control)
    assert published.digest == hashlib.sha256(canonical(published.content)).hexdigest()
    assert set(made.assessments.values_list("state", flat=True)) == {PUBLISHED}
    assert "Không có thủ tục" not in json.dumps(published.content, ensure_ascii=False)  # words of people stay inside
    with pytest.raises(Refused, match="không khác lần công bố trước"):
        publishing.publish(made.code, actor=world.control)


def test_correction_is_a_further_edition_with_its_reason(made, world):
    first = publishing.publish(made.code, actor=world.control)
    publishing.reopen(made.code, "T.02", reason="Sai phiếu khảo sát", actor=world.control)
    assert made.assessments.get(unit__code="T.02").state == VERIFIED
    scoring.explain(made.code, "T.02", {"2.2": "Thiếu 40 phiếu"}, actor=world.neighbour)
    verifying.judge(made.code, "T.02", {"2.2": Judgement(Decimal(6))}, actor=world.verifier)
    verifying.finish_judging(made.code, "T.02", actor=world.verifier)
    scoring.agree(made.code, "T.02", actor=world.neighbour)
    publishing.finish(made.code, "T.02", actor=world.control)
    with pytest.raises(Refused, match="lý do"):
        publishing.publish(made.code, actor=world.control)
    second = publishing.publish(made.code, reason="Sai phiếu khảo sát", actor=world.control)
    first.refresh_from_db()
    ranks = [[unit["code"] for unit in each.content["units"]] for each in (first, second)]
    assert (second.edition, ranks) == (2, [["T.01", "T.02"], ["T.02", "T.01"]])


def test_published_version_is_never_edited(world):
    with pytest.raises(Refused, match="không sửa được"):
        sets.write_version(
            world.version.pk, typed=TYPED, unit_kinds=[COMMUNE], valid_from=today(), source="x", actor=world.control
        )


def test_next_version_leaves_rounds_with_theirs(made, world):
    draft = sets.next_version(world.version.pk, valid_from=today(), actor=world.control)
    typed = Typed(LINES.replace("| 2 | chọn mức | Đúng hạn = 2;", "| 2 | chọn mức | Đúng hạn = 2; Sớm = 2;"))
    sets.write_version(draft.pk, typed=typed, unit_kinds=[COMMUNE], valid_from=today(), source="x", actor=world.control)
    sets.publish_version(draft.pk, actor=world.control)
    assert (draft.number, made.version_id, len(made.tree.by_code["1.1"].levels)) == (2, world.version.pk, 3)


@pytest.mark.parametrize("person", ["leader", "verifier", "outsider", "chairman"])
def test_only_control_makes_sets(world, person):
    with pytest.raises(Refused, match="không lập được"):
        sets.draft_set(
            title="A", unit=world.units["T"], typed=TYPED, unit_kinds=[COMMUNE], valid_from=today(), source="x",
            actor=world.people[person],
        )  # fmt: skip


def test_set_with_a_measure_or_unit_that_does_not_exist_is_refused_with_the_line(world):
    lines = "1 | A | 2 | tỷ lệ | 95 | dossiers.nothing\n2 | B | 2 | thẩm định | | | | | KHONG.CO"
    with pytest.raises(Refused) as refused:
        sets.draft_set(
            title="A", unit=world.units["T"], typed=Typed(lines), unit_kinds=[COMMUNE], valid_from=today(), source="x",
            actor=world.control,
        )  # fmt: skip
    told = refused.value.message.splitlines()
    assert [line[:35] for line in told] == [
        "Dòng 1, cột “Số đo”: Không có số đo",
        "Dòng 2, cột “Đơn vị thẩm định”: Khô",
    ]


def _row_9(world):
    return next(each for each in MEASURES if each.code.endswith("commune_set_applied")).count(world.units["T"], today())


def test_row_9_is_answered_by_a_published_round_of_communes(made, world):
    publishing.publish(made.code, actor=world.control)
    before = _row_9(world)
    draft = sets.draft_set(
        title="Cấp xã", unit=world.units["T"], typed=Typed("1 | Sáng kiến | 2 | thẩm định"), unit_kinds=[COMMUNE],
        valid_from=today(), source="x", actor=world.control,
    )  # fmt: skip
    world.version = sets.publish_version(draft.pk, actor=world.control)
    communes = world.open(codes=("T.X",))
    rows = communes.assessments.get()
    rows.scores.update(verified_points=2, verified_at=rows.round.opened_at)
    communes.assessments.update(state=VERIFIED, agreed_at=rows.round.opened_at)
    publishing.finish(communes.code, "T.X", actor=world.control)
    applied = _row_9(world)
    publishing.publish(communes.code, actor=world.control)
    assert (before, applied, _row_9(world)) == (None, 0, 1)
