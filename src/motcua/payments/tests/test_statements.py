"""Statements in the database: loaded, compared, closed; lost money booked from them; differences that go away."""

from datetime import date, timedelta

import pytest

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.payments.actions import refunding, statements
from motcua.payments.actions.settling import settle
from motcua.payments.models import Difference, Fee, Refund, Statement
from motcua.payments.queries import statements_loaded
from motcua.payments.tests.conftest import MINUTE, NOON, paid

DAY = date(2026, 3, 2)
HEAD = "transaction,order,kind,amount,at\n"


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """The day of the fee is over."""
    monkeypatch.setattr("motcua.payments.actions.statements.today", lambda: DAY + timedelta(days=2))


def text(*lines):
    return HEAD + "".join(f"{','.join(str(cell) for cell in line)}\n" for line in lines)


def load(content, day=DAY, at=NOON + timedelta(days=1)):
    return statements.load(content, gateway="http", day=day, origin="uploaded", actor_code="A1", at=at)


def settled(office, subject="T-1", transaction="GD1"):
    office.fee(subject)
    order = office.order(subject)
    settle(paid(order, transaction=transaction), gateway="http", origin="notice", body="…", at=NOON + MINUTE)
    return order


def kinds():
    return sorted(Difference.objects.filter(closed_at=None, gone_at=None).values_list("kind", "number"))


AT = "2026-03-02T12:01:00+07:00"


def test_statement_that_agrees_has_no_difference(office, gateway):
    order = settled(office)
    found = load(text(("GD1", order.number, "payment", 50000, AT)))
    assert (found.payments, found.refunds, found.amount, kinds()) == (1, 0, 50_000, [])
    fact = Fact.objects.get(verb="statement.loaded")
    assert fact.data == {"payments": 1, "refunds": 0, "amount": 50_000, "differences": 0}


def test_lost_payment_is_booked_from_its_line_and_its_difference_goes(office, gateway):
    office.fee()
    order = office.order()
    load(text(("GD1", order.number, "payment", 50000, AT)))
    assert kinds() == [("missing_here", "GD1")]
    number = Difference.objects.get().pk
    assert statements.book_line(number, actor=office.control) == "settled"
    assert Fee.objects.get().reference == "GD1"
    assert kinds() == []
    assert Difference.objects.get().gone_at is not None


def test_loading_the_same_again_keeps_what_was_closed(office, gateway):
    settled(office)
    content = text()
    load(content)
    assert kinds() == [("missing_there", "GD1")]
    statements.close(Difference.objects.get().pk, note="Đã hỏi cổng", actor=office.control)
    load(content)
    assert (Statement.objects.count(), Difference.objects.count(), kinds()) == (1, 1, [])
    (told,) = statements_loaded(5)
    assert (told.found, told.open) == (1, 0)


def test_newer_statement_takes_the_place_and_the_old_one_stays(office, gateway):
    order = settled(office)
    load(text())
    load(text(("GD1", order.number, "payment", 50000, AT)))
    assert kinds() == []
    assert list(Statement.objects.order_by("pk").values_list("is_current", "payments")) == [(False, 0), (True, 1)]


def test_difference_is_closed_once_with_a_note(office, gateway):
    settled(office)
    load(text())
    number = Difference.objects.get().pk
    with pytest.raises(Refused, match="Cần ghi"):
        statements.close(number, note=" ", actor=office.control)
    statements.close(number, note="Cổng xác nhận", actor=office.control)
    with pytest.raises(Refused, match="đã được đóng"):
        statements.close(number, note="Lại", actor=office.control)
    assert Fact.objects.filter(verb="statement.difference_closed").count() == 1


def test_all_kinds_are_found_in_the_database_too(office, gateway):
    good, twice, wrong = settled(office, "T-1", "GD1"), settled(office, "T-2", "GD2"), settled(office, "T-3", "GD3")
    settle(paid(twice, transaction="GD2B"), gateway="http", origin="notice", body="…", at=NOON)
    settled(office, "T-4", "GD4")
    load(
        text(
            ("GD1", good.number, "payment", 50000, AT),
            ("GD2", twice.number, "payment", 50000, AT),
            ("GD2B", twice.number, "payment", 50000, AT),
            ("GD3", wrong.number, "payment", 40000, AT),
            ("GD9", "TT-LA", "payment", 50000, AT),
            ("HH9", "HT-LA", "refund", 10000, AT),
        )
    )
    assert kinds() == sorted(
        [("double", "GD2B"), ("wrong_amount", "GD3"), ("unknown_order", "GD9"), ("refund_unknown", "HH9"),
         ("missing_there", "GD4")]
    )  # fmt: skip


def test_refund_that_was_sent_is_done_once_the_statement_has_it(office, gateway):
    settled(office)
    refund = refunding.ask_for_fee("T-1", cause="Rút hồ sơ", method="online", actor=office.counter, at=NOON)
    refunding.approve(refund.number, actor=office.leader, at=NOON)
    Refund.objects.filter(pk=refund.pk).update(state="sent", reference="HH1", sent_at=NOON)
    load(text(("GD1", "", "payment", 50000, AT), ("HH1", refund.number, "refund", 50000, AT)))
    assert Refund.objects.get().state == "done"


@pytest.mark.parametrize("day", [DAY + timedelta(days=2), DAY + timedelta(days=30)])
def test_day_that_is_not_over_has_no_statement(office, day):
    with pytest.raises(Refused, match="đã hết"):
        load(text(), day=day)


def test_file_of_another_day_is_refused(office):
    with pytest.raises(Refused, match="ngày khác"):
        load(text(("GD1", "TT1", "payment", 5, "2025-03-02T12:00:00+07:00")))
    assert not Statement.objects.exists()


def test_job_catches_up_with_the_days_that_were_missed(office, gateway):
    load(text(), day=DAY)
    gateway.statements = {}
    assert statements.fetch_missing(on=DAY + timedelta(days=2)) == 6
    assert Statement.objects.filter(origin="fetched").count() == 6
    gateway.down = True
    assert statements.fetch_missing(on=DAY + timedelta(days=3)) == 0


def test_job_does_nothing_without_a_gateway(office):
    assert statements.fetch_missing(on=today()) == 0
