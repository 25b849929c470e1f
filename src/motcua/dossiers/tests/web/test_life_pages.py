"""The turns of a dossier's life on its page and over the API."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.actions import handling, linking, reception
from motcua.dossiers.models import Dossier, DossierLink, Obligation, WithdrawalRequest
from motcua.dossiers.queries.published import forget_marks
from motcua.dossiers.tests.web.conftest import picture
from motcua.procedures.models import Procedure, Trait
from motcua.workflow.models import Run

OBLIGATION = {
    "kind": "Lệ phí trước bạ", "amount": 1_500_000, "basis": "Thông báo thuế", "pay_to": "Kho bạc Nhà nước",
}  # fmt: skip


@pytest.fixture
def code(world):
    """A citizen's dossier that the specialist handles."""
    code = world.file().code
    reception.receive(code, actor=world.counter)
    if Run.objects.get(subject=code).phase == "receive":
        handling.forward(code, actor=world.counter)
    return code


def page(client, code):
    return client.get(reverse("dossiers:dossier", args=[code])).content.decode()


def act(client, code, slug, **form):
    return client.post(reverse("dossiers:act", args=[code, slug]), form)


def test_obligation_is_shown_to_the_applicant_who_sends_proof(as_, world, code):
    assert act(as_("specialist"), code, "nghia-vu-tai-chinh", **OBLIGATION).status_code == 302
    shown = page(as_("citizen"), code)
    assert "1.500.000" in shown and "Kho bạc Nhà nước" in shown and "tạm dừng" in shown
    assert act(as_("citizen"), code, "da-nop-tien", reference="1").status_code == 422
    assert act(as_("citizen"), code, "da-nop-tien", proof=picture("bien-lai.png")).status_code == 302
    assert Obligation.objects.get().proof.subject == code
    assert Dossier.objects.get(code=code).state == "in_progress"


def test_obligation_that_lacks_its_basis_says_so_at_the_field(as_, code):
    answer = act(as_("specialist"), code, "nghia-vu-tai-chinh", **{**OBLIGATION, "basis": ""})
    assert answer.status_code == 422 and "nghia-vu-tai-chinh" in answer.content.decode()


def test_withdrawal_is_asked_answered_and_shown(as_, code):
    citizen, specialist = as_("citizen"), as_("specialist")
    question = citizen.get(reverse("dossiers:act", args=[code, "xin-rut"])).content.decode()
    assert "Đề nghị rút hồ sơ này?" in question
    act(citizen, code, "xin-rut", reason="Không cần nữa")
    assert "Không cần nữa" in page(specialist, code)
    assert act(specialist, code, "rut-tu-choi", reason="").status_code == 422
    act(specialist, code, "rut-tu-choi", reason="Đã ký kết quả")
    assert "Đã ký kết quả" in page(citizen, code)
    act(citizen, code, "xin-rut", reason="Lần nữa")
    act(specialist, code, "rut-dong-y")
    assert Dossier.objects.get(code=code).state == "withdrawn"
    assert act(as_("counter"), code, "tra-giay-to", method="in_person", note="Sổ đỏ").status_code == 302
    assert "Sổ đỏ" in page(citizen, code)


def test_family_is_shown_linked_and_unlinked(as_, world, code):
    other = world.file_at_counter().code
    counter = as_("counter")
    act(counter, code, "ho-so-lien-quan", other=other, kind="follows")
    assert other in page(counter, code) and "phải chờ" in page(counter, code)
    counter.post(reverse("dossiers:unlink", args=[code]), {"other": other})
    assert not DossierLink.objects.exists()


def test_linked_procedure_opens_from_the_page(as_, world, code):
    forget_marks()
    for procedure in Procedure.objects.all():
        Trait.objects.create(procedure=procedure, trait="linked", valid_from=date(2018, 1, 1), source="thử nghiệm")
    counter = as_("counter")
    assert "mo-lien-thong" in page(counter, code)
    answer = act(counter, code, "mo-lien-thong", beside=f"{world.inter_agency}@T.01", kind="linked")
    assert answer.status_code == 302
    assert DossierLink.objects.get().other == code


def test_one_visit_is_offered_for_marked_procedures_only(as_, world):
    forget_marks()
    code = world.file(unit="T.10").code
    assert 'id="tai-cho"' not in page(as_("commune_all"), code)
    procedure = Procedure.objects.get(code=world.procedure)
    Trait.objects.create(procedure=procedure, trait="on_the_spot", valid_from=date(2018, 1, 1), source="thử nghiệm")
    forget_marks()
    client = as_("commune_all")
    assert 'id="tai-cho"' in page(client, code)
    assert act(client, code, "tai-cho", method="in_person").status_code == 422
    assert act(client, code, "tai-cho", method="in_person", result_text="Cấp bản sao").status_code == 302
    assert Dossier.objects.get(code=code).state == "returned"
    assert "Giải quyết tại chỗ" in page(client, code)


def test_api_goes_the_same_ways(as_, world, code):
    def post(who, path, **body):
        answer = as_(who).post(f"/api/v1/dossiers/{code}/{path}", json.dumps(body), content_type="application/json")
        return answer.status_code

    assert post("specialist", "obligation", **OBLIGATION) == 200
    assert post("counter", "obligation/settlement", reference="BL-1") == 200
    assert as_("citizen").get(f"/api/v1/dossiers/{code}/obligations").json()[0]["reference"] == "BL-1"
    assert post("citizen", "withdraw", reason="Thôi") == 409
    assert post("citizen", "withdrawal", reason="Thôi") == 200
    assert post("citizen", "withdrawal/confirm") == 409
    assert post("citizen", "withdrawal/take-back") == 200
    assert post("citizen", "withdrawal", reason="Thôi") == 200
    assert post("specialist", "withdrawal/turn-down", reason="Không") == 200
    assert len(as_("citizen").get(f"/api/v1/dossiers/{code}/withdrawals").json()) == 2
    assert post("specialist", "links", other="THUE-1", kind="follows") == 201
    assert as_("citizen").get(f"/api/v1/dossiers/{code}/family").json()[0]["code"] == "THUE-1"
    assert as_("specialist").delete(f"/api/v1/dossiers/{code}/links/THUE-1").status_code == 204
    assert post("outsider", "withdrawal", reason="Thôi") == 404
    assert post("specialist", "one-visit", result_text="Được") == 409
    assert WithdrawalRequest.objects.count() == 2


def test_held_work_is_handed_on_over_the_api(as_, world, code):
    handling.claim(code, actor=world.specialist)
    head = as_("head")
    of, to = world.specialist.code, world.colleague.code
    [held] = head.get(f"/api/v1/dossiers-held?account={of}&to={to}").json()
    body = {"of": of, "to": to, "dossiers": [{"code": code, "at_step": held["position"]}]}
    answer = head.post("/api/v1/dossier-batches/hand-on", json.dumps(body), content_type="application/json")
    assert answer.json() == {"done": [code], "refused": {}}
    assert Run.objects.get(subject=code).assignee == world.colleague


def test_page_asks_no_more_statements_for_a_larger_family(as_, world, code):
    client, counts = as_("specialist"), []
    for known in (1, 2):
        for _ in range(known):
            linking.link(code, other=world.file_at_counter().code, kind="linked", actor=world.specialist)
        page(client, code)
        with CaptureQueriesContext(connection) as caught:
            page(client, code)
        counts.append(len(caught))
    assert counts[0] == counts[1]
