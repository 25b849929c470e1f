"""From an uploaded decision to a new version: nothing is edited, nothing is guessed, everything wrong is located."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.procedures.actions.deciding import (
    confirm_decision,
    correct_head,
    correct_row,
    leave_out_decision,
    upload_decision,
)
from motcua.procedures.actions.national import import_national_set
from motcua.procedures.actions.publishing import publish_due, publish_late, refuse_proposal
from motcua.procedures.factories import make_office
from motcua.procedures.models import Decision, Procedure, ProcedureVersion, Proposal
from motcua.procedures.publication_queries import compare, problems_of, stuck_proposals, version_of_day
from motcua.procedures.queries import version_at
from motcua.procedures.tests.publishing import taken_in, text_of

pytestmark = pytest.mark.django_db
BIRTH, STREET, WATER = "1.001193", "1.012906", "1.012783"
DAY = date(2026, 4, 1)


@pytest.fixture
def office(some_procedures, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_office()


@pytest.fixture
def control(office):
    return office.people["control"]


def test_decision_becomes_versions_on_its_day(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")], abolished=[(STREET, "Cấp lại chứng chỉ")])
    assert (decision.state, decision.number, decision.valid_from) == ("review", "15/QĐ-UBND", DAY)
    confirm_decision(decision.code, actor=control)
    assert publish_due(date(2026, 3, 31)) == []
    assert publish_due(DAY) == [decision.code]
    old, new = version_at(BIRTH, date(2026, 3, 31)), version_at(BIRTH, DAY)
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2026, 3, 31), DAY, None)
    assert (new.name, new.decision_number) == ("Đăng ký khai sinh mới", "15/QĐ-UBND")
    assert new.steps == old.steps
    assert new.components.count() == old.components.count() == 33
    assert version_at(STREET, DAY) is None
    assert version_at(STREET, date(2026, 3, 31)) is not None
    assert publish_due(DAY) == []


def test_publishing_is_a_fact_of_each_procedure(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    publish_due(DAY)
    assert list(Fact.objects.filter(verb="procedure.published").values_list("subject", flat=True)) == [BIRTH]
    verbs = list(Fact.objects.filter(subject=decision.code).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["decision.kept", "decision.read", "decision.confirmed", "decision.activated"]


def test_new_procedure_takes_its_content_from_the_national_set(control, catalogue_file):
    path = catalogue_file("1.004845", file="national.jsonl")
    decision = taken_in(control, new=[("1.004845", "Thủ tục thử mới ban hành")])
    assert "Chưa có nội dung" in problems_of(decision)[0].message
    import_national_set(path=path, actor="", seen_on=DAY)
    confirm_decision(decision.code, actor=control)
    publish_due(DAY)
    made = version_at("1.004845", DAY)
    assert made.name == "Thủ tục thử mới ban hành"
    assert made.components.count() > 0


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"abolished": [("9.999999", "Thủ tục không có thật")]}, "Không có thủ tục 9.999999 đang có hiệu lực"),
        ({"new": [(BIRTH, "Đăng ký khai sinh")]}, "Thủ tục 1.001193 đang có hiệu lực"),
        ({"amended": [(BIRTH, "Đăng ký khai sinh")], "valid_from": "01/7/2025"}, "đã có phiên bản từ ngày 01/07/2025"),
        ({"amended": [("1.00119", "Đăng ký khai sinh")]}, "“1.00119” không đúng dạng"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_changes(control, rows, says):
    decision = taken_in(control, **rows)
    before = ProcedureVersion.objects.count()
    with pytest.raises(Refused, match=f"Dòng 1: .*{says}"):
        confirm_decision(decision.code, actor=control)
    decision.refresh_from_db()
    assert (decision.state, ProcedureVersion.objects.count(), Proposal.objects.count()) == ("review", before, 0)


def test_two_decisions_on_one_day_are_told(control):
    first = taken_in(control, amended=[(BIRTH, "Tên thứ nhất của thủ tục")])
    confirm_decision(first.code, actor=control)
    second = taken_in(control, number="16/QĐ-UBND", amended=[(BIRTH, "Tên thứ hai của thủ tục")])
    with pytest.raises(Refused, match="Quyết định 15/QĐ-UBND cũng thay đổi thủ tục 1.001193 từ cùng ngày"):
        confirm_decision(second.code, actor=control)


def test_same_number_twice_is_told(control):
    confirm_decision(taken_in(control, amended=[(BIRTH, "Tên thứ nhất của thủ tục")]).code, actor=control)
    again = taken_in(control, amended=[(WATER, "Tên khác của thủ tục")])
    assert problems_of(again)[0].message == "Quyết định số 15/QĐ-UBND đã có trong hệ thống."


def test_code_twice_is_told_with_its_first_row(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    correct_row(
        decision.code, 2, actor=control, procedure_code=BIRTH, name="Lần nữa", change="amended", is_dropped=False
    )
    assert [(one.row.position, one.message) for one in problems_of(decision)] == [(2, "Mã 1.001193 đã có ở dòng 1.")]


def test_rows_are_corrected_and_dropped(control):
    decision = taken_in(control, amended=[("1.00119", "Đăng ký khai sinh")], abolished=[("9.999999", "Không có thật")])
    correct_row(
        decision.code, 1, actor=control, procedure_code=BIRTH, name="Đăng ký khai sinh", change="amended",
        is_dropped=False,
    )  # fmt: skip
    correct_row(
        decision.code, 2, actor=control, procedure_code="9.999999", name="x", change="abolished", is_dropped=True
    )
    assert problems_of(decision) == []
    confirm_decision(decision.code, actor=control)
    with pytest.raises(Refused, match="trạng thái"):
        correct_row(decision.code, 1, actor=control, procedure_code=BIRTH, name="x", change="new", is_dropped=False)


def test_head_is_corrected(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")], valid_from="31/02/2026")
    assert decision.valid_from is None
    assert problems_of(decision)[0].message == "Chưa có ngày hiệu lực."
    correct_head(decision.code, actor=control, valid_from=DAY)
    assert problems_of(Decision.objects.get(pk=decision.pk)) == []


def test_same_file_again_is_the_same_decision(control):
    content = text_of(amended=[(BIRTH, "Đăng ký khai sinh mới")])
    first = upload_decision(ContentFile(content), name="a.txt", actor=control)
    assert upload_decision(ContentFile(content), name="b.txt", actor=control).pk == first.pk


def test_file_that_is_no_decision_says_so(control):
    decision = taken_in(control, content="Kính gửi ông Thử. Trời đẹp.".encode())
    assert (decision.state, decision.message) == (
        "failed", "Không thấy quyết định nào về thủ tục hành chính trong tệp này.",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["citizen", "commune", "justice"])
def test_only_the_control_office_changes_the_catalogue(office, control, who):
    with pytest.raises(Refused, match="Chỉ cán bộ kiểm soát"):
        upload_decision(ContentFile(b"x"), name="a.txt", actor=office.people[who])
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    with pytest.raises(Refused, match="Chỉ cán bộ kiểm soát"):
        confirm_decision(decision.code, actor=office.people[who])


def test_decision_left_out_stays_kept(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    leave_out_decision(decision.code, actor=control)
    assert Decision.objects.get(pk=decision.pk).file is not None


def test_version_that_came_between_leaves_the_proposal_with_a_note(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    procedure = Procedure.objects.get(code=BIRTH)
    procedure.versions.update(valid_to=date(2026, 3, 31))
    old = procedure.versions.get()
    ProcedureVersion.objects.create(
        procedure=procedure, valid_from=DAY, name="x", field="x", steps="x", issuing_agency="x", source="x",
        online_kind=old.online_kind,
    )  # fmt: skip
    publish_due(DAY)
    assert Proposal.objects.get().note == "Đã có phiên bản từ ngày 01/04/2026."
    assert procedure.versions.count() == 2


def test_internal_and_free_of_territory_are_marked(control):
    text = text_of(amended=[(BIRTH, "Đăng ký khai sinh mới")]).decode()
    listed = text.replace("VỀ VIỆC CÔNG BỐ THỦ TỤC", "BAN HÀNH DANH MỤC THỦ TỤC KHÔNG PHỤ THUỘC VÀO ĐỊA GIỚI").replace(
        "I. THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG", "DANH MỤC THỦ TỤC HÀNH CHÍNH"
    )
    decision = taken_in(control, content=listed.encode())
    assert [row.change for row in decision.rows.all()] == ["listed"]
    confirm_decision(decision.code, actor=control)
    publish_due(DAY)
    procedure = Procedure.objects.get(code=BIRTH)
    assert [(one.trait, one.valid_from) for one in procedure.traits.all()] == [("non_territorial", DAY)]
    assert procedure.versions.count() == 1


def test_versions_are_compared_word_by_word(control):
    decision = taken_in(control, amended=[(BIRTH, "Thủ tục đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    publish_due(DAY)
    found = compare(version_of_day(BIRTH, date(2025, 7, 1)), version_of_day(BIRTH, DAY))
    assert [one.part for one in found] == ["name", "decision_number"]
    assert [piece.text for piece in found[0].after if piece.kind == "added"] == [" mới"]


def test_what_did_not_fit_is_listed_and_published_from_a_later_day(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    old = Procedure.objects.get(code=BIRTH).versions.get()
    old.valid_from = DAY
    old.save(update_fields=["valid_from"])
    publish_due(DAY)
    stuck = stuck_proposals().get()
    assert stuck.note == "Đã có phiên bản từ ngày 01/04/2026."
    with pytest.raises(Refused, match="Đã có phiên bản"):
        publish_late(stuck.code, actor=control, valid_from=DAY)
    with pytest.raises(Refused, match="đến hôm nay"):
        publish_late(stuck.code, actor=control, valid_from=today() + timedelta(days=1))
    assert publish_late(stuck.code, actor=control, valid_from=DAY + timedelta(days=1)).state == "published"
    assert not stuck_proposals().exists()
    assert Procedure.objects.get(code=BIRTH).versions.count() == 2


def test_what_did_not_fit_may_be_refused(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    Procedure.objects.get(code=BIRTH).versions.update(valid_from=DAY)
    publish_due(DAY)
    assert refuse_proposal(stuck_proposals().get().code, actor=control, note="Đã có phiên bản đúng").state == "refused"
