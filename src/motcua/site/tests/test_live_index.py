"""The live index of Decision 766 over real dossiers: points, what lost them, what nothing answers, publication."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from motcua.base.clock import VIETNAM, today
from motcua.base.refusal import Refused
from motcua.dossiers.factories import MONDAY, SINCE, make_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import IN_PROGRESS, ONLINE, RETURNED
from motcua.indicators.actions.figures import Entry, enter, verify
from motcua.indicators.actions.keeping import set_up
from motcua.indicators.actions.publishing import publish
from motcua.indicators.index_reading import MEASURED, NONE, TYPED, index_of, indexes_below, lost_by
from motcua.indicators.models import PublishedIndex
from motcua.indicators.published import differences, public_content
from motcua.indicators.queries import count
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.what_if import next_steps
from motcua.indicators.score_command import index_version
from motcua.organizations.models import Unit
from motcua.procedures.models import Offering, ProcedureVersion

pytestmark = pytest.mark.django_db
QUARTER = IndexPeriod.parse("2026Q1")
MARCH = datetime(2026, 3, 10, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def world():
    made = make_world()
    Unit.objects.filter(pk=made.units["T"].pk).update(one_stop=made.units["T.MC"])
    return made


def add(world, number=1, *, unit="T.01", is_late=False, procedure="", **changed):
    """Write dossiers received on 2 March and decided on 10 March, beside the life: only the counts matter here."""
    version = ProcedureVersion.objects.get(procedure__code=procedure or world.procedure)
    offering = Offering.objects.filter(procedure__code=procedure or world.procedure).first()
    due = MARCH - timedelta(days=1) if is_late else MARCH + timedelta(days=1)
    values = {
        "version": version, "offering": offering, "competent_unit": world.units[unit],
        "receiving_unit": world.units["T.MC"], "channel": ONLINE, "state": RETURNED, "applicant_name": "Người Thử",
        "filed_at": MONDAY, "received_at": MONDAY, "due_at": due, "decided_at": MARCH, "ended_at": MARCH,
        "is_on_time": not is_late,
    }  # fmt: skip
    Dossier.objects.bulk_create(Dossier(code=f"D{uuid4().hex[:12]}", **values | changed) for _ in range(number))


def open_dossiers(world, number, *, due_at, **changed):
    add(world, number, state=IN_PROGRESS, decided_at=None, ended_at=None, is_on_time=None, due_at=due_at, **changed)


def row(found, code):
    return next(each for each in found.score.rows if each.code == code)


def test_running_dossiers_count_in_row_five(world):
    add(world, 7)
    add(world, 1, is_late=True)
    open_dossiers(world, 1, due_at=datetime(2026, 4, 20, tzinfo=VIETNAM))
    open_dossiers(world, 1, due_at=datetime(2026, 3, 20, tzinfo=VIETNAM))
    found = index_of(world.units["T"], QUARTER)
    counted = row(found, "HANDLED_ON_TIME")
    assert (counted.counts.numerator, counted.counts.denominator, counted.points) == (8, 10, Decimal("16.00"))
    assert found.origins["HANDLED_ON_TIME"].kind == MEASURED
    lost = {each.code: each.number for each in lost_by(counted, world.units["T"], QUARTER)}
    assert lost == {"dossiers.late": 1, "dossiers.open_late": 1}


def test_dossier_decided_after_the_period_was_running_when_it_ended(world):
    add(
        world,
        1,
        decided_at=datetime(2026, 4, 2, tzinfo=VIETNAM),
        ended_at=None,
        due_at=datetime(2026, 3, 20, tzinfo=VIETNAM),
    )
    counts = row(index_of(world.units["T"], QUARTER), "HANDLED_ON_TIME").counts
    assert (counts.numerator, counts.denominator) == (0, 1)


def test_lost_points_open_the_very_dossiers(world, client):
    add(world, 2)
    add(world, 3, is_late=True)
    found = index_of(world.units["T"], QUARTER)
    client.force_login(world.control)
    for code in ("HANDLED_ON_TIME", "DOSSIER_RECEIVING_SATISFACTION", "ORIGINAL_RESULT_AVAILABLE"):
        counted = row(found, code)
        expected = counted.counts.denominator - counted.counts.numerator
        lost = lost_by(counted, world.units["T"], QUARTER)
        assert sum(each.number or 0 for each in lost) == expected
        assert client.get(lost[0].url).context["counted"] == lost[0].number


def test_what_nothing_answers_has_no_points_until_a_second_person_verified_it(world):
    add(world, 1)
    what, province = "766:DOSSIER_SYNC", world.units["T"]
    assert row(index_of(province, QUARTER), "DOSSIER_SYNC").points is None
    assert index_of(province, QUARTER).origins["DOSSIER_SYNC"].kind == NONE
    [figure] = enter(
        [Entry(what, province, QUARTER.first, QUARTER.last, Decimal(3), Decimal(4), "Báo cáo thử")], actor=world.control
    )
    assert row(index_of(province, QUARTER), "DOSSIER_SYNC").points is None
    with pytest.raises(Refused, match="tự xác minh"):
        verify(figure.pk, actor=world.control)
    figure.entered_by = "A0"  # typed by somebody else
    figure.save(update_fields=["entered_by"])
    verify(figure.pk, actor=world.control)
    found = index_of(province, QUARTER)
    assert (row(found, "DOSSIER_SYNC").points, found.origins["DOSSIER_SYNC"].kind) == (Decimal("4.50"), TYPED)
    assert index_of(province, IndexPeriod.parse("2026Q2")).origins["DOSSIER_SYNC"].kind == NONE


def test_ranking_counts_each_unit_by_itself_and_puts_idle_ones_last(world):
    add(world, 4)
    add(world, 1, unit="T.02")
    add(world, 1, unit="T.02", is_late=True)
    below = indexes_below(world.units["T"], QUARTER)
    handled = {each.unit.code: row(each, "HANDLED_ON_TIME").counts for each in below}
    assert (handled["T.01"].numerator, handled["T.01"].denominator) == (4, 4)
    assert (handled["T.02"].numerator, handled["T.02"].denominator) == (1, 2)
    assert [each.unit.code for each in below][:2] == ["T.01", "T.02"]
    for each in below:
        alone = index_of(each.unit, QUARTER)
        assert alone.score == each.score, each.unit.code


def test_kept_cells_give_the_same_index_as_rows(world):
    add(world, 3, has_fee=True, is_paid_online=True)
    add(world, 2, has_fee=True, procedure=world.inter_agency, is_late=True)
    ProcedureVersion.objects.exclude(procedure__code=world.inter_agency).update(online_kind="partial")
    from_rows = index_of(world.units["T"], QUARTER).score.as_json()
    set_up()
    assert index_of(world.units["T"], QUARTER).score.as_json() == from_rows
    codes = {
        "dossiers.procedures_with_fee": 2, "dossiers.procedures_paid_online": 1, "dossiers.of_full_online": 2,
        "dossiers.filed_full_online": 2,
    }  # fmt: skip
    assert {code: count(code, world.units["T"], QUARTER.first, QUARTER.last) for code in codes} == codes
    part = (date(2026, 3, 1), date(2026, 3, 12))  # not a whole month: cells cannot answer
    assert count("dossiers.procedures_with_fee", world.units["T"], *part) == 2


def test_best_step_gains_most_for_each_dossier(world):
    add(world, 90)
    add(world, 10, is_late=True)
    steps = next_steps(index_version(), index_of(world.units["T"], QUARTER).score.rows)
    first = steps[0]
    assert (first.row.code, first.needed, first.gain) == ("HANDLED_ON_TIME", 10, Decimal(2))
    assert [step.each for step in steps] == sorted((step.each for step in steps), reverse=True)


def test_publication_is_frozen_and_corrected_by_a_further_edition_only(world):
    add(world, 9)
    add(world, 1, is_late=True)
    province = world.units["T"]
    first = publish(province, QUARTER, actor=world.control)
    with pytest.raises(Refused, match="không khác"):
        publish(province, QUARTER, actor=world.control)
    add(world, 10)
    frozen = PublishedIndex.objects.get(pk=first.pk)
    assert frozen.content == first.content
    with pytest.raises(Refused, match="lý do"):
        publish(province, QUARTER, actor=world.control)
    second = publish(province, QUARTER, actor=world.control, reason="Bổ sung hồ sơ cập nhật muộn")
    assert (second.edition, second.code) == (2, "766-2026Q1-2")
    changed = {(each.unit, each.row): (each.before, each.after) for each in differences(second)}
    assert changed[province.name, "Hồ sơ xử lý đúng hạn"] == (18, 19)
    assert differences(first) == []


@pytest.mark.parametrize("code", ["766-2026Q1-1", "766-2026Q1-99999999", "766--1", "x", "766-2026\0-1"])
def test_edition_that_does_not_exist_is_not_found(client, code):
    assert client.get(reverse("indicators:publication", args=[code])).status_code == 404


def test_period_that_is_not_over_is_not_published(world):
    with pytest.raises(Refused, match="chưa kết thúc"):
        publish(world.units["T"], IndexPeriod.of_month(today()), actor=world.control)


def test_only_those_who_oversee_the_unit_publish(world):
    with pytest.raises(Refused, match="công bố"):
        publish(world.units["T"], QUARTER, actor=world.leader)


def test_small_cells_hide_their_counts_from_the_public(world, client):
    add(world, 30)
    add(world, 2, unit="T.10", has_fee=True)
    edition = publish(world.units["T"], QUARTER, actor=world.control)
    units = {unit["code"]: unit for unit in public_content(edition)["units"]}
    commune = {each["code"]: each for each in units["T.10"]["rows"]}["HANDLED_ON_TIME"]
    assert (commune["numerator"], commune["denominator"], commune["hidden"]) == (None, None, True)
    assert {each["code"]: each for each in units["T.01"]["rows"]}["HANDLED_ON_TIME"]["denominator"] == 30
    assert units["T.10"]["payment"] == {}
    address = reverse("indicators:publication", args=[edition.code])
    assert client.get(address).status_code == 200
    assert client.get(address, {"unit": "T.10"}).context["first"]["name"] == "Xã Thử Nghiệm"
    assert client.get(address, {"unit": "khong-co"}).status_code == 404
    assert client.get(address, {"format": "json"}).json()["digest"] == edition.digest
    assert "T.10,Xã Thử Nghiệm" in client.get(address, {"format": "csv"}).content.decode()


@pytest.mark.parametrize("name", ["live", "what_if", "national", "publications", "figures", "builder", "directing"])
def test_pages_open_to_control_and_live_ones_not_to_the_public(world, client, name):
    add(world, 3)
    address = reverse(f"indicators:{name}")
    if name == "publications":
        assert client.get(address).status_code == 200
    else:
        assert client.get(address).status_code == 302
        client.force_login(world.citizen)
        assert client.get(address).status_code == 404
    client.force_login(world.control)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["?period=2026Q9", "?unit=khong-co", "?period=" + "9" * 200, "?unit=%00"])
def test_unreadable_question_is_an_error_in_place(world, client, query):
    client.force_login(world.control)
    assert client.get(reverse("indicators:live") + query).status_code == 422


def test_what_if_shows_the_change_and_refuses_text(world, client):
    add(world, 90)
    add(world, 10, is_late=True)
    client.force_login(world.control)
    address = reverse("indicators:what_if")
    asked = {"period": "2026Q1", "part.HANDLED_ON_TIME": "5"}
    assert client.get(address, asked).context["gain"] == Decimal("1.00")
    assert client.get(address, asked | {"part.HANDLED_ON_TIME": "nhiều"}).status_code == 422


def test_leader_sees_the_own_department_and_not_others(world, client):
    add(world, 3)
    client.force_login(world.leader)
    address = reverse("indicators:directing")
    assert client.get(address).context["unit"] == world.units["T.01"]
    assert client.get(address, {"unit": "T.02"}).status_code == 404


def test_live_index_over_the_api_is_what_the_page_shows(world, client):
    add(world, 4)
    add(world, 1, is_late=True)
    client.force_login(world.control)
    answer = client.get("/api/v1/index/766/live", {"unit": "T", "period": "2026Q1"}).json()
    handled = next(each for each in answer["rows"] if each["code"] == "HANDLED_ON_TIME")
    assert (handled["points"], handled["lost"][0]["number"]) == (16, 1)
    ranking = client.get("/api/v1/index/766/ranking", {"unit": "T", "period": "2026Q1"}).json()
    assert ranking[0]["unit"] == "T.01"


def test_unit_founded_later_is_not_ranked_in_an_earlier_period(world):
    assert indexes_below(world.units["T"], IndexPeriod(SINCE.year - 1, "year")) == []
