"""Paying in the browser: what everybody sees, who may pay, receipts, refunds; and the same by the API."""

from dataclasses import dataclass, field

import pytest

from motcua.base.facts.delivering import deliver_due
from motcua.base.models import Fact
from motcua.dossiers.actions import payment, reception
from motcua.dossiers.models import Dossier
from motcua.payments.actions import fees
from motcua.payments.actions.settling import settle
from motcua.payments.gateways.port import PAID, WAITING, RefundTold, Told
from motcua.payments.models import CollectingAccount, Fee, Order, Receipt, Refund
from motcua.payments.states import NOTICE


@dataclass
class Gateway:
    """A gateway that opens every order and says of each what it was told to say."""

    code: str = "http"
    name: str = "Cổng thử"
    origin: str = "https://cong.example"
    told: dict = field(default_factory=dict)

    def create(self, number, amount, **_told):
        return f"{self.origin}/pay/{number}"

    def ask(self, number):
        return self.told.get(number, Told(number, WAITING))

    def refund(self, number, *, transaction, amount):
        return RefundTold("HH1", True)


@pytest.fixture
def gateway(monkeypatch):
    found = Gateway()
    for place in ("actions.ordering", "actions.refunding", "web.gateway", "web.books"):
        monkeypatch.setattr(f"motcua.payments.{place}.connected", lambda: found)
    monkeypatch.setattr("motcua.dossiers.web.paying.connected", lambda: found)
    return found


@pytest.fixture
def code(world):
    return reception.receive(world.file().code, actor=world.counter).code


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


def paid_online(code):
    order = Order.objects.get(fee__subject=code)
    told = Told(order.number, PAID, "GD1", order.amount, order.created_at)
    settle(told, gateway="http", origin=NOTICE, body="…")
    deliver_all()
    return order


def deliver_all():
    while deliver_due():
        pass


def test_without_a_gateway_the_page_says_so_and_offers_no_button(as_, code):
    page = text(as_("citizen").get(f"/ho-so/{code}/thanh-toan"))
    assert "Chưa nối cổng thanh toán" in page
    assert "thanh-toan/truc-tuyen" not in page
    assert text(as_("citizen").get(f"/ho-so/{code}")).count(f"/ho-so/{code}/thanh-toan") == 1


@pytest.mark.django_db(transaction=True)
def test_applicant_pays_online_and_the_dossier_learns_of_it(as_, code, gateway):
    citizen = as_("citizen")
    answer = citizen.post(f"/ho-so/{code}/thanh-toan/truc-tuyen")
    assert (answer.status_code, answer.url) == (302, f"/ho-so/{code}/thanh-toan")
    order = Order.objects.get()
    assert order.pay_url in text(citizen.get(f"/ho-so/{code}/thanh-toan"))
    paid_online(code)
    assert Dossier.objects.get(code=code).is_paid_online
    fact = Fact.objects.get(verb="dossier.fee_paid")
    assert (fact.actor, fact.unit, fact.data) == ("", "T.MC", {"amount": 50_000, "method": "online"})
    page = text(citizen.get(f"/ho-so/{code}/thanh-toan"))
    assert "Đã nộp" in page and "0000001/" in page
    assert "GD1" in page
    assert text(citizen.get(f"/thanh-toan/ve/{order.number}")).count(f"/ho-so/{code}") == 1


def test_word_of_the_payment_bears_repetition(as_, code, gateway):
    as_("citizen").post(f"/ho-so/{code}/thanh-toan/truc-tuyen")
    order = Order.objects.get()
    assert payment.note_online_payment(code, amount=50_000, at=order.created_at)
    assert not payment.note_online_payment(code, amount=50_000, at=order.created_at)
    assert not payment.note_online_payment("KHONG-CO", amount=1, at=order.created_at)
    assert Fact.objects.filter(verb="dossier.fee_paid").count() == 1


@pytest.mark.parametrize(
    ("who", "sees", "pays"),
    [
        ("citizen", 200, 302),
        ("counter", 200, 302),
        ("specialist", 200, 422),
        ("other_citizen", 404, 404),
        ("", 302, 302),
    ],
)
def test_who_sees_and_who_pays(as_, code, gateway, who, sees, pays):
    assert as_(who).get(f"/ho-so/{code}/thanh-toan").status_code == sees
    assert as_(who).post(f"/ho-so/{code}/thanh-toan/truc-tuyen").status_code == pays
    assert Order.objects.exists() == (who in ("citizen", "counter"))


def test_counter_shows_the_gateway_as_a_code_and_takes_cash_on_the_same_page(as_, code, gateway):
    counter = as_("counter")
    counter.post(f"/ho-so/{code}/thanh-toan/truc-tuyen")
    page = text(counter.get(f"/ho-so/{code}/thanh-toan"))
    assert "Mã QR trang thanh toán" in page
    answer = counter.post(f"/ho-so/{code}/thu-phi", {"method": "cash", "reference": ""})
    assert answer.status_code == 302
    assert Receipt.objects.get().issued_by
    assert Order.objects.get().state == "failed"  # who pays twice is noticed, not invited


def test_transfer_shows_account_and_code(as_, world, code):
    CollectingAccount.objects.create(
        bank_bin="970400", bank_name="Ngân hàng Thử", account_number="0011223344", account_name="KHO BAC THU",
        valid_from="2018-01-01", source="Văn bản thử",
    )  # fmt: skip
    page = text(as_("citizen").get(f"/ho-so/{code}/thanh-toan"))
    assert "0011223344" in page and "Mã QR chuyển khoản" in page
    assert "Nguyễn Văn Thử" not in page


def test_receipt_is_printed_reprinted_cancelled_and_issued_anew(as_, world, code):
    payment.take_payment(code, method="cash", reference="", actor=world.counter)
    receipt, counter = Receipt.objects.get(), as_("counter")
    address = f"/ho-so/{code}/bien-lai/{receipt.pk}"
    assert as_("citizen").get(address).content.startswith(b"%PDF")
    assert as_("citizen").post(address).status_code == 200  # reads, but is no counter: not counted
    assert as_("other_citizen").get(address).status_code == 404
    for _ in range(2):
        assert counter.post(address)["Content-Type"] == "application/pdf"
    assert Receipt.objects.get().printed == 2
    assert as_("specialist").get(f"{address}/huy").status_code == 404
    assert counter.get(f"{address}/huy").status_code == 200
    assert counter.post(f"{address}/huy", {"reason": ""}).status_code == 422
    assert counter.post(f"{address}/huy", {"reason": "Ghi nhầm"}).status_code == 302
    assert counter.post(f"/ho-so/{code}/bien-lai").status_code == 302
    assert [one.number[:7] for one in Receipt.objects.order_by("sequence")] == ["0000001", "0000002"]
    assert counter.post(f"/ho-so/{code}/bien-lai").status_code == 422
    assert as_("citizen").post(f"/ho-so/{code}/bien-lai").status_code == 422


def test_refund_is_asked_at_the_counter_and_approved_by_the_head(as_, world, code):
    payment.take_payment(code, method="transfer", reference="CK1", actor=world.counter)
    assert as_("citizen").get(f"/ho-so/{code}/thanh-toan/hoan").status_code == 404
    counter = as_("counter")
    assert counter.post(f"/ho-so/{code}/thanh-toan/hoan", {"cause": "", "method": "transfer"}).status_code == 422
    counter.post(f"/ho-so/{code}/thanh-toan/hoan", {"cause": "Rút hồ sơ", "method": "transfer"})
    number = Refund.objects.get().number
    address = f"/thu-phi/hoan/{number}"
    assert counter.post(f"{address}/duyet").status_code == 404
    assert as_("outsider").get(address).status_code == 404
    assert as_("head").post(f"{address}/duyet").status_code == 302
    assert counter.post(f"{address}/xong", {"reference": ""}).status_code == 422
    assert counter.post(f"{address}/xong", {"reference": "UNC 12"}).status_code == 302
    assert Receipt.objects.get().cancelled_at is not None
    assert "Đã hoàn" in text(as_("citizen").get(f"/ho-so/{code}/thanh-toan"))


def test_money_for_a_cancelled_fee_waits_to_go_back(as_, world, code, gateway):
    as_("citizen").post(f"/ho-so/{code}/thanh-toan/truc-tuyen")
    fees.cancel(code, at=Fee.objects.get().asked_at)
    order = Order.objects.get()
    told = Told(order.number, PAID, "GD1", order.amount, order.created_at)
    assert settle(told, gateway="http", origin=NOTICE, body="…") == "after_cancel"
    page = text(as_("counter").get("/thu-phi/hoan/"))
    assert "GD1" in page and "Nộp sau khi khoản thu đã hủy" in page
    assert not Dossier.objects.get(code=code).is_paid_online


def test_dossier_without_a_fee_has_no_page_to_pay(as_, world):
    code = world.file(procedure=world.inter_agency).code
    assert as_("citizen").get(f"/ho-so/{code}/thanh-toan").status_code == 404


def test_api_pays_tells_and_gives_back(as_, world, code, gateway):
    citizen, counter = as_("citizen"), as_("counter")
    api = f"/api/v1/dossiers/{code}/fee"
    answer = citizen.post(f"{api}/orders")
    assert (answer.status_code, answer.json()["state"]) == (201, "open")
    assert as_("specialist").post(f"{api}/orders").status_code == 409
    assert as_("other_citizen").get(api).status_code == 404
    paid_online(code)
    told = citizen.get(api).json()
    assert (told["method"], told["orders"][0]["state"], len(told["receipts"])) == ("online", "paid", 1)
    number = told["receipts"][0]["id"]
    assert citizen.get(f"{api}/receipts/{number}").content.startswith(b"%PDF")
    body = {"cause": "Rút hồ sơ"}
    asked = counter.post(f"{api}/refund", body, content_type="application/json")
    assert asked.status_code == 201
    refund = asked.json()["number"]
    assert counter.post(f"/api/v1/refunds/{refund}/approve").status_code == 404
    assert as_("leader").post(f"/api/v1/refunds/{refund}/approve").json()["state"] == "approved"
    assert counter.post(f"/api/v1/refunds/{refund}/send").json()["state"] == "done"
    assert [one["state"] for one in as_("control").get("/api/v1/refunds").json()] == ["done"]
    listed = counter.get("/api/v1/fees?state=paid").json()
    assert [one["subject"] for one in listed] == [code]
