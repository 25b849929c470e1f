"""Results: templates, versions, numbers, signed files; how they go out, arrive and are reminded of."""

import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base.clock import VIETNAM
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.word import to_docx
from motcua.dossiers.actions import collecting, handling, payment, reception, results, returning
from motcua.dossiers.factories import MONDAY, make_world
from motcua.dossiers.measures import MEASURES
from motcua.dossiers.models import CollectionReminder, Dossier, ResultDocument, ResultReturn
from motcua.dossiers.queries.collection import due_reminders, uncollected
from motcua.dossiers.queries.result_templates import templates_for
from motcua.dossiers.rendering.result import described, result_of
from motcua.dossiers.rules import result_rules
from motcua.dossiers.rules.result_templates import (
    checked_values,
    filled,
    shipped_templates,
    template_from,
)
from motcua.dossiers.rules.template_faults import Fault, faults_of
from motcua.dossiers.tests.test_statements import MOST_FOR_A_STEP
from motcua.dossiers.tests.web.conftest import PNG

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VALUES = {"subject": "Cấp phép thử", "terms": "Một\nHai", "until": "31/12/2030"}


def handled(world, *, online=True):
    code = (world.file() if online else world.file_at_counter()).code
    if online:
        reception.receive(code, actor=world.counter, at=MONDAY + HOUR)
    if Dossier.objects.get(code=code).state == "received":
        handling.forward(code, actor=world.counter, at=MONDAY + 2 * HOUR)
    return code


def signed(world, code, at=MONDAY + 5 * HOUR, file=None):
    handling.propose(code, actor=world.specialist, result_text="Được", at=at)
    handling.propose(code, actor=world.head, at=at)
    handling.approve(code, actor=world.leader, at=at, result_file=file)
    payment.take_payment(code, method="cash", reference="", actor=world.counter, at=at)
    return code


@pytest.fixture
def kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def keep(account, name="ket-qua.png"):
        return storing.keep(io.BytesIO(PNG), name=name, subject=storing.inbox_of(account), actor=account)

    return keep


@pytest.mark.parametrize("template", shipped_templates(), ids=lambda each: each.code)
def test_shipped_templates_are_without_fault_and_can_be_drawn(template, world):
    assert faults_of(template) == []
    dossier = Dossier.objects.get(code=handled(world))
    dossier.version.procedure  # noqa: B018  read before drawing
    values = {ask.name: f"Nội dung {ask.name}\nDòng hai" for ask in template.asks}
    document = described(dossier, template, checked_values(template, values), number=7, day=date(2026, 3, 2))
    assert to_pdf(document).startswith(b"%PDF")
    assert to_docx(document).startswith(b"PK")


def test_faults_of_a_template_are_named():
    row = {
        "code": "x", "valid_from": "2026-01-02", "valid_to": "2026-01-01", "name": "X", "kind": "", "symbol": "X",
        "procedures": [], "is_favourable": True, "recipients": [],
        "asks": [{"name": "a", "label": "A", "most": 5, "rows": 1, "is_required": True},
                 {"name": "unit_name", "label": "A", "most": 5, "rows": 1, "is_required": True}],
        "body": [{"paragraph": "{unit_name} {none}"}, {"drawing": "x"}],
    }  # fmt: skip
    assert faults_of(template_from(row)) == [
        Fault("ends_early", "valid_to"),
        Fault("no_addressee", "addressees"),
        Fault("not_used", "asks", 1, "a"),
        Fault("known_name", "asks", 2, "unit_name"),
        Fault("unknown_field", "body", 1, "none"),
        Fault("no_part", "body", 2),
    ]


def test_values_are_text_and_never_fields():
    template = next(each for each in shipped_templates() if each.code == "giay-phep")
    text = filled(
        template, {"applicant_name": "{dossier_code}", "dossier_code": "H1"}, {"subject": "{unit_name}", "terms": "a"}
    )
    assert text.subject == "{unit_name}"
    assert "Cấp cho: {dossier_code}" in [part.text for part in text.parts]


@pytest.mark.parametrize("values, field", [({}, "subject"), ({"subject": "a" * 301, "terms": "b"}, "subject")])
def test_missing_or_long_values_are_refused_at_their_field(values, field):
    template = next(each for each in shipped_templates() if each.code == "giay-phep")
    with pytest.raises(Refused) as refusal:
        checked_values(template, values)
    assert refusal.value.field == field


def test_versions_are_kept_and_the_newest_is_numbered_with_the_approval(world):
    code = handled(world)
    results.draft_result(code, template="giay-phep", values=VALUES, actor=world.specialist)
    results.draft_result(code, template="giay-phep", values=VALUES | {"subject": "Lần hai"}, actor=world.specialist)
    signed(world, code)
    rows = list(ResultDocument.objects.order_by("version").values_list("version", "number", "year", "issued_by"))
    assert rows == [(1, None, None, ""), (2, 1, 2026, world.leader.code)]
    with pytest.raises(Refused):
        results.draft_result(code, template="giay-phep", values=VALUES, actor=world.specialist)
    other = handled(world)
    results.draft_result(other, template="cong-van", values={"subject": "a", "content": "b"}, actor=world.specialist)
    signed(world, other)
    assert ResultDocument.objects.get(dossier__code=other).number == 2
    facts = json.dumps(list(Fact.objects.values_list("data", flat=True)))
    assert "Cấp phép thử" not in facts and "Lần hai" not in facts


def test_issued_document_carries_number_day_and_signer_a_draft_does_not(world):
    code = handled(world)
    document = results.draft_result(code, template="giay-phep", values=VALUES, actor=world.specialist)
    dossier = Dossier.objects.select_related("competent_unit__parent").get(code=code)
    draft = result_of(dossier, document)
    assert (draft.day, draft.form_label, draft.number.strip()) == (None, "DỰ THẢO", "/GP")
    signed(world, code)
    document.refresh_from_db()
    issued = result_of(dossier, document, signer="Người Ký")
    assert (issued.number, issued.day, issued.form_label) == ("01/GP", date(2026, 3, 2), "")
    assert issued.signatures[0].name == "Người Ký"


def test_proposal_needs_no_other_words_once_a_draft_is_there(world):
    code = handled(world)
    results.draft_result(code, template="giay-phep", values=VALUES, actor=world.specialist)
    handling.propose(code, actor=world.specialist)
    assert Dossier.objects.get(code=code).result_text == "Giấy phép, giấy chứng nhận: Cấp phép thử"


@pytest.mark.parametrize("who", ["citizen", "counter", "head", "outsider", "colleague_of_partner"])
def test_only_who_has_the_step_writes_the_result(world, who):
    code = handled(world)
    actor = world.partner if who == "colleague_of_partner" else getattr(world, who)
    with pytest.raises((Refused, Http404)):
        results.draft_result(code, template="giay-phep", values=VALUES, actor=actor)


def test_uploaded_version_is_the_result_file_after_the_approval(world, kept):
    code = handled(world)
    results.upload_result(code, file=kept(world.specialist), actor=world.specialist)
    signed(world, code)
    dossier = Dossier.objects.get(code=code)
    assert dossier.result_file is not None and dossier.result_file.subject == code
    assert ResultDocument.objects.get().number is None


def test_file_of_somebody_else_is_refused(world, kept):
    code = handled(world)
    with pytest.raises(Refused):
        results.upload_result(code, file=kept(world.head), actor=world.specialist)


def test_signed_file_is_added_once_after_the_decision(world, kept):
    code = handled(world)
    with pytest.raises(Refused):
        results.attach_signed(code, file=kept(world.counter), actor=world.counter)
    results.draft_result(code, template="giay-phep", values=VALUES, actor=world.specialist)
    signed(world, code)
    results.attach_signed(code, file=kept(world.counter), actor=world.counter)
    assert ResultDocument.objects.get().signed_file is not None
    with pytest.raises(Refused, match="đã có tệp"):
        results.attach_signed(code, file=kept(world.counter), actor=world.counter)


def test_approval_with_a_file_alone_leaves_a_version_too(world, kept):
    code = signed(world, handled(world), file=kept(world.leader))
    document = ResultDocument.objects.get(dossier__code=code)
    assert (document.version, document.template, document.issued_by) == (1, "", world.leader.code)


def test_authorised_collector_is_noted_in_the_row_and_in_no_fact(world):
    code = signed(world, handled(world))
    with pytest.raises(Refused) as refusal:
        returning.return_result(
            code, method="in_person", actor=world.counter, hand_over=returning.HandOver(collector="authorised")
        )
    assert refusal.value.field == "collector_name"
    how = returning.HandOver("authorised", "Lê Thị Nhận Thay", "Giấy ủy quyền số 5", address="bỏ qua")
    returning.return_result(code, method="in_person", actor=world.counter, hand_over=how)
    row = ResultReturn.objects.get()
    assert (row.collector_name, row.collector_paper, row.address) == ("Lê Thị Nhận Thay", "Giấy ủy quyền số 5", "")
    assert row.arrived_at == row.at
    assert Fact.objects.get(subject=code, verb="dossier.returned").data == {"method": "in_person"}


def test_posted_result_takes_the_wished_address_until_the_post_delivers_it(world):
    code = signed(world, handled(world))
    Dossier.objects.filter(code=code).update(return_address="Số 2 đường Nhận", return_method="post")
    returning.return_result(code, method="post", actor=world.counter, at=MONDAY + 8 * HOUR)
    row = ResultReturn.objects.get()
    assert (row.address, row.arrived_at) == ("Số 2 đường Nhận", None)
    collecting.note_delivered(code, actor=world.counter, item_number="EB123")
    row.refresh_from_db()
    assert row.item_number == "EB123" and row.arrived_at is not None
    with pytest.raises(Refused):
        collecting.note_delivered(code, actor=world.counter)
    with pytest.raises(Http404):
        collecting.note_delivered(code, actor=world.specialist)


def test_post_without_any_address_is_refused(world):
    code = signed(world, handled(world))
    Dossier.objects.filter(code=code).update(address="")
    with pytest.raises(Refused) as refusal:
        returning.return_result(code, method="post", actor=world.counter)
    assert refusal.value.field == "address"


def test_electronic_return_needs_a_signed_file_and_an_account(world, kept):
    code = signed(world, handled(world))
    with pytest.raises(Refused, match="tệp kết quả đã ký"):
        returning.return_result(code, method="online", actor=world.counter)
    other = signed(world, handled(world, online=False), file=kept(world.leader))
    with pytest.raises(Refused, match="không có tài khoản"):
        returning.return_result(other, method="online", actor=world.counter)


def test_electronic_result_is_received_when_its_applicant_opens_it(world, kept):
    code = signed(world, handled(world), file=kept(world.leader))
    returning.return_result(code, method="online", actor=world.counter)
    dossier = Dossier.objects.get(code=code)
    assert not collecting.note_opened(dossier, actor=world.specialist)
    assert ResultReturn.objects.get().arrived_at is None
    assert collecting.note_opened(dossier, actor=world.citizen)
    assert not collecting.note_opened(dossier, actor=world.citizen)
    assert Fact.objects.filter(subject=code, verb="dossier.result_opened").count() == 1


def test_lying_results_are_found_and_reminded_by_the_rule_of_the_day(world):
    code = signed(world, handled(world))
    rules = result_rules.result_rules_on(MONDAY.date())
    wait, again = rules.remind_collection_after_days * DAY, rules.remind_again_after_days * DAY
    decided = Dossier.objects.get(code=code).decided_at
    assert due_reminders(decided + wait, most=10) == []
    late = decided + wait + HOUR
    assert [row.dossier.code for row in uncollected(world.counter, at=late)] == [code]
    assert uncollected(world.partner, at=late) == []
    assert collecting.remind_due(at=late) == 1
    assert collecting.remind_due(at=late + DAY) == 0
    assert collecting.remind_due(at=late + again + HOUR) == 1
    assert collecting.remind_due(at=late + 2 * again + 2 * HOUR) == 1
    assert collecting.remind_due(at=late + 9 * again) == 0  # no more than the rule allows
    assert CollectionReminder.objects.count() == rules.most_reminders
    returning.return_result(code, method="in_person", actor=world.counter)
    with pytest.raises(Refused):
        collecting.remind(code, actor=world.counter)


def test_counter_reminds_once_a_day(world):
    code = signed(world, handled(world))
    collecting.remind(code, actor=world.counter)
    with pytest.raises(Refused, match="trong ngày"):
        collecting.remind(code, actor=world.counter)
    with pytest.raises(Http404):
        collecting.remind(code, actor=world.specialist)


def test_rules_name_their_source_and_days_without_rules_are_said():
    assert "chờ tỉnh quy định" in result_rules.source_of("remind_collection_after_days", date(2026, 3, 2))
    with pytest.raises(LookupError):
        result_rules.result_rules_on(date(2000, 1, 1))


def test_procedures_own_templates_come_first(db):
    assert templates_for("1.000001", date(2017, 1, 1)) == []
    assert {each.code for each in templates_for("1.000001", date(2026, 1, 1))} == {
        each.code for each in shipped_templates()
    }


def test_measures_count_ways_out_and_what_lies(world, kept):
    first, second = signed(world, handled(world)), signed(world, handled(world), file=kept(world.leader))
    returning.return_result(second, method="online", actor=world.counter, at=MONDAY + DAY)
    counts = {each.code: each for each in MEASURES if hasattr(each, "condition")}
    found = {
        code: Dossier.objects.filter(counts[f"dossiers.{code}"].condition, returned_at__isnull=False).count()
        for code in ("returned", "returned_electronically", "returned_by_post", "electronic_opened", "surveyed")
    }
    assert found == {
        "returned": 1, "returned_electronically": 1, "returned_by_post": 0, "electronic_opened": 0, "surveyed": 0,
    }  # fmt: skip
    lying = next(each for each in MEASURES if each.code == "dossiers.uncollected")
    unit, decided = world.units["T"], Dossier.objects.get(code=first).decided_at.astimezone(VIETNAM).date()
    days = result_rules.result_rules_on(decided).remind_collection_after_days
    assert [lying.count(unit, decided + each * DAY) for each in (0, days - 1, days)] == [0, 0, 1]
    assert lying.by_unit(unit, decided + days * DAY) == {world.units["T.01"].pk: 1}


@pytest.mark.django_db(transaction=True)
def test_approval_of_a_draft_and_return_stay_cheap(transactional_db):
    world = make_world()

    def statements(who, address, body):
        client = Client()
        client.force_login(getattr(world, who))
        with CaptureQueriesContext(connection) as caught:
            answer = client.post(address, json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content.decode()
        return len(caught)

    handled(world, online=False)  # warms what is published
    code = handled(world, online=False)
    results.draft_result(code, template="giay-phep", values=VALUES, actor=world.specialist)
    handling.propose(code, actor=world.specialist)
    handling.propose(code, actor=world.head)
    assert statements("leader", f"/api/v1/dossiers/{code}/approve", {}) <= MOST_FOR_A_STEP
    payment.take_payment(code, method="cash", reference="", actor=world.counter)
    assert statements("counter", f"/api/v1/dossiers/{code}/return", {"method": "in_person"}) <= MOST_FOR_A_STEP
