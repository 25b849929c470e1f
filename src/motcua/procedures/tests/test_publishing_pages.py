"""The control office's pages: upload, review, confirm; proposals, drafts, marks, postings, open data."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree as xml

import pytest
from django.core.files.base import ContentFile

from motcua.organizations.actions.people import give_post
from motcua.organizations.states import COMMUNE, LEADER
from motcua.procedures.actions.deciding import confirm_decision
from motcua.procedures.actions.marking import mark, record_posting, remind_postings
from motcua.procedures.actions.national import import_national_set, propose_differences
from motcua.procedures.actions.offerings import NewOffering, offer
from motcua.procedures.actions.publishing import publish_due
from motcua.procedures.factories import make_office
from motcua.procedures.models import Decision, Posting, ProcedureVersion, Proposal
from motcua.procedures.posting_queries import Coverage, coverage_of, posting_states
from motcua.procedures.publication_queries import stuck_proposals
from motcua.procedures.rules.decisions.reader import read_decision
from motcua.procedures.tests.publishing import taken_in, text_of
from motcua.procedures.tests.test_pages import text_of as shown
from motcua.reading.reader import read
from motcua.workflow.actions.routes import NewStep, publish_route

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"
ROOM = "/cong-bo/"


@pytest.fixture
def office(some_procedures, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_office()


@pytest.fixture
def control(office, client):
    client.force_login(office.people["control"])
    return office.people["control"]


@pytest.fixture
def decision(control):
    return taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới"), ("9.999999", "Không có thật")])


def page_of(decision: Decision) -> str:
    return f"{ROOM}quyet-dinh/{decision.code}"


def test_room_takes_a_decision_and_leads_to_it(client, control):
    file = ContentFile(text_of(amended=[(BIRTH, "Đăng ký khai sinh mới")]), name="quyet-dinh.txt")
    response = client.post(ROOM, {"file": file})
    made = Decision.objects.get()
    assert (response.status_code, response["Location"]) == (302, page_of(made))
    assert "Chờ đọc" in shown(client.get(page_of(made)))
    assert 'http-equiv="refresh"' in client.get(page_of(made)).content.decode()


def test_review_shows_text_rows_and_what_is_wrong(client, decision):
    response = client.get(page_of(decision))
    text = shown(response)
    assert "Không có thủ tục 9.999999 đang có hiệu lực" in text
    assert "1 dòng có lỗi" in text
    assert "Đăng ký khai sinh mới" in text
    assert f'href="#L{decision.rows.first().line_start}"' in response.content.decode()


def test_confirming_what_is_wrong_is_refused_on_the_page(client, decision):
    response = client.post(f"{page_of(decision)}/xac-nhan")
    assert response.status_code == 422
    assert "Dòng 2: Không có thủ tục 9.999999" in response.content.decode()


def test_row_is_dropped_and_decision_confirmed_by_forms(client, decision):
    row = {"position": "2", "procedure_code": "9.999999", "name": "x", "change": "amended", "is_dropped": "on"}
    response = client.post(f"{page_of(decision)}/dong", row)
    assert response["Location"] == f"{page_of(decision)}#dong-2"
    assert client.post(f"{page_of(decision)}/xac-nhan").status_code == 302
    assert Proposal.objects.get().procedure_code == BIRTH


def test_head_is_corrected_by_its_form(client, decision):
    head = {"number": "99/QĐ-UBND", "signed_on": "04/03/2026", "issuer": "UBND", "title": "Mới", "valid_from": "x"}
    assert client.post(f"{page_of(decision)}/sua", head).status_code == 422
    assert client.post(f"{page_of(decision)}/sua", head | {"valid_from": "05/04/2026"}).status_code == 302
    decision.refresh_from_db()
    assert (decision.number, decision.valid_from) == ("99/QĐ-UBND", date(2026, 4, 5))


@pytest.mark.parametrize("who", ["citizen", "commune"])
def test_others_do_not_change_the_catalogue(client, office, decision, who):
    client.force_login(office.people[who])
    assert client.post(f"{page_of(decision)}/xac-nhan").status_code in (404, 422)
    assert client.get(f"{ROOM}de-xuat/").status_code == 404
    decision.refresh_from_db()
    assert decision.state == "review"


def test_citizen_does_not_see_the_room(client, office):
    client.force_login(office.people["citizen"])
    assert client.get(ROOM).status_code == 404


def test_unknown_things_are_not_found(client, control, decision):
    for address in ("quyet-dinh/x", "de-xuat/x", "niem-yet/x"):
        assert client.get(f"{ROOM}{address}").status_code == 404
    assert client.post(f"{page_of(decision)}/x").status_code == 404


@pytest.fixture
def amended(control):
    decision = taken_in(control, amended=[(BIRTH, "Thủ tục đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    publish_due(date(2026, 4, 1))


def test_two_versions_side_by_side(client, amended):
    page = client.get(f"/thu-tuc/{BIRTH}/so-sanh")
    assert "2 bộ phận khác nhau" in shown(page)
    assert "<ins> mới</ins>" in page.content.decode()
    same = client.get(f"/thu-tuc/{BIRTH}/so-sanh?tu=2026-04-01&den=2026-04-01")
    assert "Hai phiên bản không khác nhau" in shown(same)
    assert client.get("/thu-tuc/9.999999/so-sanh").status_code == 404


def test_change_feed_names_what_began_and_ended(client, amended):
    response = client.get("/thu-tuc/thay-doi.atom")
    entries = xml.fromstring(response.content).findall("{http://www.w3.org/2005/Atom}entry")
    titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in entries]
    assert [title.split(":")[0] for title in titles[:2]] == [
        f"{BIRTH} – phiên bản mới", f"{BIRTH} – hết hiệu lực",
    ]  # fmt: skip


def test_linked_data_names_every_procedure_in_force(client, some_procedures):
    answer = json.loads(client.get("/thu-tuc/danh-muc.jsonld").content)
    services = {one["dct:identifier"]: one for one in answer["@graph"]}
    assert len(services) == 6
    assert services[BIRTH]["@type"] == "cpsv:PublicService"
    assert services[BIRTH]["dct:title"] == {"@value": "Thủ tục đăng ký khai sinh", "@language": "vi"}


def test_marks_and_authority_are_kept_over_time(client, control, office):
    address = f"/thu-tuc/{BIRTH}/tham-quyen"
    mark = {"form": "mark", "trait": "by_post", "on": "1", "valid_from": "01/01/2026", "source": "Quyết định 1"}
    assert client.post(address, mark).status_code == 302
    assert client.post(address, mark).status_code == 422
    right = {"form": "authority", "role": "receives", "unit": "T.10", "valid_from": "01/01/2026", "source": "QĐ 2"}
    assert client.post(address, right).status_code == 302
    assert client.post(address, right | {"unit": "T.01", "valid_from": "01/02/2026"}).status_code == 302
    text = shown(client.get(address))
    assert "31/01/2026" in text
    assert "Nhận, trả qua bưu chính" in text


def test_posting_needs_a_proof_and_is_listed(client, office, control):
    client.force_login(office.people["commune"])
    address = f"{ROOM}niem-yet/T.10"
    told = {"place": "board", "on": "01/03/2026"}
    assert client.post(address, told).status_code == 422
    assert client.post(address, {**told, "place": "web_page", "address": "https://xa.example/tt"}).status_code == 302
    assert Posting.objects.get().place == "web_page"
    assert "https://xa.example/tt" in client.get(address).content.decode()


@pytest.fixture
def handling(office):
    """The commune handles one procedure."""
    step = NewStep("Tiếp nhận", "receive", "reception", "one_stop", 100)
    route = publish_route(code="thu", name="Thử", steps=[step], valid_from=date(2025, 7, 1), actor="")
    one = NewOffering(BIRTH, route, 5, "working_day", unit_kind=COMMUNE)
    offer(offerings=[one], valid_from=date(2025, 7, 1), actor="")
    return office


def test_coverage_counts_units_that_posted_their_list_as_it_stands(client, handling, control):
    assert coverage_of(posting_states()) == Coverage(0, 0, 1)
    record_posting(
        handling.units["T.10"], place="portal", address="https://xa.example", actor=handling.people["commune"]
    )
    assert coverage_of(posting_states()).share == 1.0
    confirm_decision(taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")]).code, actor=control)
    publish_due(date(2026, 4, 1))
    assert [one.state for one in posting_states()] == ["stale"]
    text = shown(client.get(f"{ROOM}niem-yet/?trang-thai=stale&q=xa thu"))
    assert "0 trên 1 đơn vị đã niêm yết đúng" in text
    assert "Xã Thử" in text
    assert "Không có đơn vị nào" in shown(client.get(f"{ROOM}niem-yet/?q=khong co"))


def test_heads_of_units_without_a_posted_list_are_reminded_once_a_week(handling):
    give_post(
        handling.people["commune"], unit=handling.units["T.10"], role=LEADER, valid_from=date(2026, 1, 1), actor=""
    )
    monday = date(2026, 3, 2)
    assert [remind_postings(monday + timedelta(days)) for days in (0, 3, 7)] == [1, 0, 1]


def test_list_to_post_is_a_pdf_and_a_public_page(client, office):
    response = client.get("/thu-tuc/niem-yet/T.10/ban-in")
    assert response.content.startswith(b"%PDF")
    assert client.get("/thu-tuc/niem-yet/T.10").status_code == 200


@pytest.fixture
def proposals(control, catalogue_file):
    path = catalogue_file(BIRTH, "1.004845", "1.012906", file="national.jsonl", steps="Bước mới duy nhất")
    import_national_set(path=path, actor="", seen_on=date(2026, 3, 1))
    propose_differences(actor=control)
    return list(Proposal.objects.order_by("procedure_code"))


def test_differences_become_proposals_to_look_at(client, proposals):
    page = client.get(f"{ROOM}de-xuat/")
    assert "Khác bộ quốc gia" in shown(page)
    one = next(each for each in proposals if each.procedure_code == BIRTH)
    assert "<ins>" in client.get(f"{ROOM}de-xuat/{one.code}").content.decode()


def test_proposals_become_a_draft_that_is_asked_about_signed_and_printed(client, office, proposals):
    codes = [each.code for each in proposals if each.reason == "differs"]
    response = client.post(f"{ROOM}de-xuat/", {"proposals": codes, "valid_from": "01/04/2026"})
    draft = Decision.objects.get(origin="drafted")
    assert response["Location"] == page_of(draft)
    sign = {"number": "20/QĐ-UBND", "signed_on": "05/03/2026"}
    assert "chưa được lấy ý kiến" in client.post(f"{page_of(draft)}/ban-hanh", sign).content.decode()
    ask = {"units": ["T.01", "T.02"], "due_on": "01/01/2099"}
    assert client.post(f"{page_of(draft)}/lay-y-kien", ask).status_code == 302
    assert "Còn chờ ý kiến của" in client.post(f"{page_of(draft)}/ban-hanh", sign).content.decode()
    for who, unit in (("justice", "T.01"), ("science", "T.02")):
        client.force_login(office.people[who])
        assert client.post(f"{page_of(draft)}/y-kien", {"unit": unit, "verdict": "agree"}).status_code == 302
    client.force_login(office.people["control"])
    assert client.get(f"{page_of(draft)}/van-ban.pdf").content.startswith(b"%PDF")
    assert client.get(f"{page_of(draft)}/van-ban.docx").content.startswith(b"PK")
    reading = read_decision(read(client.get(f"{page_of(draft)}/van-ban.docx").content, "a.docx"))
    assert (reading.kinds, reading.valid_from) == (("announce_modified",), "2026-04-01")
    rows = draft.rows.order_by("position")
    assert [(one.code, one.name, one.change) for one in reading.procedures] == [
        (row.procedure_code, row.name.rstrip("."), row.change) for row in rows
    ]
    assert client.post(f"{page_of(draft)}/ban-hanh", sign).status_code == 302
    draft.refresh_from_db()
    assert draft.state in ("confirmed", "active")


def test_refused_proposal_says_why(client, proposals):
    address = f"{ROOM}de-xuat/{proposals[0].code}"
    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": "Không thuộc tỉnh"}).status_code == 302
    assert Proposal.objects.get(pk=proposals[0].pk).state == "refused"


def test_lateness_is_listed(client, amended):
    text = shown(client.get(f"{ROOM}thoi-han?nam=2026"))
    assert "15/QĐ-UBND" in text
    assert "Công khai trễ hạn" in text


def test_list_narrows_to_procedures_that_bear_a_mark(client, control):
    mark(BIRTH, "essential", on=True, valid_from=date(2026, 1, 1), source="Quyết định 1", actor=control)
    text = shown(client.get("/thu-tuc/?mark=essential"))
    assert "1 thủ tục" in text
    assert BIRTH in text
    assert client.get("/api/v1/procedures?mark=essential").json()["total"] == 1
    assert client.get("/api/v1/procedures?mark=internal").json()["total"] == 0
    assert client.get("/thu-tuc/?mark=khong-co").status_code == 200


def test_proposal_left_behind_is_published_on_its_page(client, amended_too_late):
    address = f"{ROOM}de-xuat/{amended_too_late.code}"
    assert "Đã có phiên bản từ ngày 01/04/2026" in shown(client.get(f"{ROOM}de-xuat/?ly-do=vuong"))
    assert client.post(address, {"valid_from": "01/04/2026"}).status_code == 422
    assert client.post(address, {"valid_from": "02/04/2026"}).status_code == 302
    amended_too_late.refresh_from_db()
    assert amended_too_late.state == "published"


@pytest.fixture
def amended_too_late(control):
    confirm_decision(taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")]).code, actor=control)
    ProcedureVersion.objects.filter(procedure__code=BIRTH).update(valid_from=date(2026, 4, 1))
    publish_due(date(2026, 4, 1))
    return stuck_proposals().get()
