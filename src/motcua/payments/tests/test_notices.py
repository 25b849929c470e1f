"""The address for notices: signed or not, sense or nonsense, everything is kept and nothing unsigned is believed."""

import json
import time

import pytest
from django.test import Client

from motcua.base.clock import now
from motcua.payments.gateways import signing
from motcua.payments.models import Fee, Notice
from motcua.payments.tests.conftest import make_office

SECRET = "khoa-thu-nghiem"


@pytest.fixture
def house(db, settings, monkeypatch):
    """The house, connected to a gateway that opens orders and is not asked anything else."""
    settings.PAYMENT_URL, settings.PAYMENT_SECRET = "https://cong.example", SECRET
    monkeypatch.setattr(
        "motcua.payments.gateways.http.HttpGateway.create", lambda self, number, amount, **_told: f"{self.origin}/pay"
    )
    return make_office()


def verdicts():
    return sorted(Notice.objects.values_list("verdict", flat=True))


def notice(body, **headers):
    """Send a notice by hand."""
    names = {"signature": signing.SIGNATURE, "time": signing.TIME}
    told = {f"HTTP_{names[name].upper().replace('-', '_')}": value for name, value in headers.items()}
    return Client().post("/thanh-toan/bao", body, content_type="application/json", **told)


def signed(message, secret=SECRET, at=None):
    body, at = json.dumps(message).encode(), str(int(at or time.time()))
    return notice(body, time=at, signature=signing.signature(secret, at, signing.NOTICE, "-", body))


def told(order, /, **changes):
    return {"order": order.number, "status": "paid", "transaction": "GD1", "amount": order.amount,
            "paid_at": now().isoformat(), **changes}  # fmt: skip


def test_notice_without_the_right_signature_is_kept_and_pays_nothing(house):
    house.fee()
    order = house.order(at=now())
    old = time.time() - 2 * signing.MOST_SECONDS
    answers = [notice("{}"), signed(told(order), secret="khac"), signed(told(order), at=old), notice(b"\xff\0\xfe")]
    assert [answer.status_code for answer in answers] == [401] * 4
    assert (verdicts(), Fee.objects.get().paid_at) == (["bad_signature"] * 4, None)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": -5}, {"amount": "50000"}, {"amount": True}, {"amount": 5e4}, {"paid_at": "hôm qua"},
        {"paid_at": "2026-03-02T08:00:00"}, {"transaction": ""}, {"transaction": "x" * 81}, {"order": 5},
        {"status": "maybe"}, {"order": "a\0b"},
    ],
)  # fmt: skip
def test_signed_notice_that_makes_no_sense_is_kept_and_not_taken(house, change):
    house.fee()
    order = house.order(at=now())
    assert signed(told(order, **change)).status_code == 400
    assert (verdicts(), Fee.objects.get().paid_at) == (["unreadable"], None)


def test_notice_is_answered_200_once_it_is_kept_whatever_we_made_of_it(house):
    house.fee()
    order = house.order(at=now())
    answers = [
        signed(told(order)), signed(told(order)), signed(told(order, transaction="GD2")),
        signed(told(order, order="TT-LA", transaction="GD3")), signed(told(order, amount=1)),
    ]  # fmt: skip
    assert [(answer.status_code, answer.json()["verdict"]) for answer in answers] == [
        (200, "settled"), (200, "repeated"), (200, "paid_twice"), (200, "unknown_order"), (200, "conflicting")
    ]  # fmt: skip


def test_huge_and_deep_notices_are_turned_away(house):
    assert notice(b"x" * 20_000).status_code == 413
    deep = b"[" * 8_000
    at = str(int(time.time()))
    assert notice(deep, time=at, signature=signing.signature(SECRET, at, "NOTICE", "-", deep)).status_code == 400


def test_flood_of_unsigned_notices_fills_no_table(house, monkeypatch):
    monkeypatch.setattr("motcua.payments.actions.receiving.MOST_UNSIGNED", 3)
    assert {notice("{}").status_code for _ in range(6)} == {401}
    assert Notice.objects.count() == 3


def test_there_is_no_address_for_notices_without_a_gateway(db):
    assert notice("{}").status_code == 404
