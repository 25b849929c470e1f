"""The books over the API: the same actions as the pages, for the same people."""

from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.payments.actions.settling import settle
from motcua.payments.models import Difference, Refund, Transaction
from motcua.payments.tests.conftest import MINUTE, NOON, paid

DAY = date(2026, 3, 2)
HEAD = "transaction,order,kind,amount,at\n"
JSON = "application/json"


@pytest.fixture
def as_(office, monkeypatch):
    monkeypatch.setattr("motcua.payments.actions.statements.today", lambda: DAY + timedelta(days=2))
    monkeypatch.setattr("motcua.payments.api.today", lambda: DAY + timedelta(days=2))

    def browser(name):
        client = Client()
        client.force_login(office.people[name], backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
        return client

    return browser


@pytest.fixture
def order(office, gateway):
    office.fee()
    found = office.order()
    for number in ("GD1", "GD2"):
        settle(paid(found, transaction=number), gateway="http", origin="notice", body="…", at=NOON + MINUTE)
    return found


def test_fees_are_listed_to_those_who_see_them(as_, office, order):
    told = as_("counter").get("/api/v1/fees").json()
    assert [(one["subject"], one["unit"], one["counter"], one["method"]) for one in told] == [
        ("T-1", "T.01", "T.MC", "online")
    ]
    assert as_("counter").get("/api/v1/fees?state=unpaid").json() == []
    assert as_("other_leader").get("/api/v1/fees").json() == []
    assert as_("specialist").get("/api/v1/fees").status_code == 404
    assert as_("counter").get("/api/v1/fees?limit=0").status_code == 422


def test_stray_money_goes_back_by_the_api(as_, office, order):
    (money,) = as_("counter").get("/api/v1/stray-money").json()
    assert (money["number"], money["verdict"], money["subject"]) == ("GD2", "paid_twice", "T-1")
    address = f"/api/v1/stray-money/{money['id']}/refund"
    assert as_("leader").post(address, {"cause": "x"}, content_type=JSON).status_code == 404
    answer = as_("counter").post(address, {"cause": "Nộp hai lần"}, content_type=JSON)
    assert (answer.status_code, answer.json()["transaction"]) == (201, "GD2")
    number = answer.json()["number"]
    assert as_("counter").post(address, {"cause": "x"}, content_type=JSON).status_code == 404
    assert as_("other_leader").post(f"/api/v1/refunds/{number}/approve").status_code == 404
    down = f"/api/v1/refunds/{number}/turn-down"
    assert as_("leader").post(down, {"reason": ""}, content_type=JSON).status_code == 422
    assert as_("leader").post(f"/api/v1/refunds/{number}/approve").json()["state"] == "approved"
    assert as_("leader").post(f"/api/v1/refunds/{number}/approve").status_code == 409
    by_hand = as_("counter").post(f"/api/v1/refunds/{number}/finish", {"reference": "PC1"}, content_type=JSON)
    assert by_hand.status_code == 409
    assert as_("counter").post(f"/api/v1/refunds/{number}/send").json()["state"] == "done"
    assert as_("leader").get("/api/v1/refunds?state=done").json()[0]["number"] == number


def test_statement_is_loaded_compared_and_closed_by_the_api(as_, office, order):
    control = as_("control")
    line = f"GD1,{order.number},payment,50000,2026-03-02T12:01:00+07:00\n"
    body = {"day": "2026-03-02", "csv": HEAD + line + "GD9,TT-LA,payment,1000,2026-03-02T12:00:00+07:00\n"}
    assert as_("counter").post("/api/v1/payment-statements", body, content_type=JSON).status_code == 404
    assert control.post("/api/v1/payment-statements", {**body, "csv": "x"}, content_type=JSON).status_code == 409
    answer = control.post("/api/v1/payment-statements", body, content_type=JSON)
    assert (answer.status_code, answer.json()["payments"]) == (201, 2)
    assert control.get("/api/v1/payment-statements").json()[0]["amount"] == 51_000
    found = control.get("/api/v1/payment-statements/http/2026-03-02/differences").json()
    assert sorted((one["kind"], one["number"]) for one in found) == [
        ("missing_there", "GD2"), ("unknown_order", "GD9")
    ]  # fmt: skip
    assert all(one["what"] and one["to_do"] for one in found)
    number = Difference.objects.get(kind="unknown_order").pk
    close = f"/api/v1/payment-differences/{number}/close"
    assert control.post(close, {"note": "Cổng hoàn"}, content_type=JSON).json()["note"] == "Cổng hoàn"
    assert control.post(close, {"note": "Lại"}, content_type=JSON).status_code == 409
    assert control.post(f"/api/v1/payment-differences/{number}/book").status_code == 409


def test_statement_is_fetched_and_lost_money_booked_by_the_api(as_, office, gateway):
    office.fee()
    order = office.order()
    gateway.statements = {DAY: HEAD + f"GD1,{order.number},payment,50000,2026-03-02T12:01:00+07:00\n"}
    control = as_("control")
    assert control.post("/api/v1/payment-statements", {"day": "2026-03-02"}, content_type=JSON).status_code == 201
    number = Difference.objects.get(kind="missing_here").pk
    assert control.post(f"/api/v1/payment-differences/{number}/book").json() == {"verdict": "settled"}
    assert (Transaction.objects.get().origin, Refund.objects.count()) == ("statement", 0)
