"""Money comes once, whatever is told how often, by whom first, and in which order."""

import threading

import pytest
from django.db import connection, transaction

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.payments.actions import fees, ordering
from motcua.payments.actions.settling import settle
from motcua.payments.models import Fee, Notice, Order, Receipt, Transaction
from motcua.payments.tests.conftest import MINUTE, NOON, failed, make_office, paid


def tell(told, *, at=NOON + MINUTE, origin="notice"):
    return settle(told, gateway="http", origin=origin, body="…", at=at)


def test_gateway_learns_number_and_amount_and_nothing_else(office, gateway):
    office.fee("000.00.01.T99-260302-0001")
    order = office.order("000.00.01.T99-260302-0001")
    ((number, amount, return_url, notice_url),) = gateway.created
    assert (number, amount) == (order.number, 50_000)
    assert return_url.endswith(f"/thanh-toan/ve/{number}")
    assert notice_url.endswith("/thanh-toan/bao")
    assert "260302-0001" not in return_url + notice_url + number


def test_paid_order_pays_the_fee_with_receipt_and_fact(office, gateway):
    office.fee()
    order = office.order()
    assert tell(paid(order)) == "settled"
    fee = Fee.objects.get(subject="T-1")
    assert (fee.method, fee.reference, fee.taken_by, fee.paid_at) == ("online", "GD1", "", NOON + MINUTE)
    assert Order.objects.get().state == "paid"
    receipt = Receipt.objects.get()
    assert (receipt.number, receipt.unit, receipt.amount) == ("0000001/2026", office.units["T.01"], 50_000)
    fact = Fact.objects.get(verb="order.paid")
    assert fact.data == {"fee": "T-1", "amount": 50_000, "transaction": "GD1"}


def test_same_notice_again_changes_nothing(office, gateway):
    office.fee()
    order = office.order()
    assert [tell(paid(order)) for _ in range(3)] == ["settled", "repeated", "repeated"]
    assert (Transaction.objects.count(), Receipt.objects.count(), Notice.objects.count()) == (1, 1, 3)
    assert Fact.objects.filter(verb="order.paid").count() == 1


def test_same_transaction_with_another_amount_is_kept_and_named(office, gateway):
    office.fee()
    order = office.order()
    tell(paid(order))
    assert tell(paid(order, amount=1)) == "conflicting"
    assert Transaction.objects.get().amount == 50_000


def test_wrong_amount_is_kept_and_pays_nothing_and_one_may_begin_anew(office, gateway):
    office.fee()
    order = office.order()
    assert tell(paid(order, amount=49_000)) == "wrong_amount"
    fee = Fee.objects.get()
    assert fee.paid_at is None
    assert Transaction.objects.get().verdict == "wrong_amount"
    assert Order.objects.get().state == "failed"
    again = office.order()
    assert again.number != order.number
    assert tell(paid(again, transaction="GD2")) == "settled"


def test_second_payment_goes_to_the_refunds(office, gateway):
    office.fee()
    order = office.order()
    tell(paid(order))
    assert tell(paid(order, transaction="GD2")) == "paid_twice"
    assert Fee.objects.get().reference == "GD1"
    assert Transaction.objects.get(number="GD2").verdict == "paid_twice"


def test_money_after_paying_in_cash_is_paid_twice(office, gateway):
    office.fee()
    order = office.order()
    fees.pay("T-1", method="cash", reference="", at=NOON, actor=office.counter)
    assert Order.objects.get().state == "failed"
    assert tell(paid(order)) == "paid_twice"


def test_money_for_a_cancelled_fee_is_kept(office, gateway):
    office.fee()
    order = office.order()
    with transaction.atomic():
        fees.cancel("T-1", at=NOON)
    assert tell(paid(order)) == "after_cancel"
    assert Fee.objects.get().paid_at is None


def test_money_for_an_order_that_is_not_ours_is_kept(office, gateway):
    office.fee()
    order = office.order()
    order.number = "TT000000-XA"
    assert tell(paid(order)) == "unknown_order"
    assert Transaction.objects.get().order is None


def test_late_money_for_an_expired_order_pays(office, gateway):
    office.fee()
    order = office.order()
    ordering.ask_hanging(at=order.expires_at + MINUTE)
    assert Order.objects.get().state == "expired"
    assert tell(paid(order), at=order.expires_at + 9 * MINUTE) == "settled"
    assert Order.objects.get().state == "paid"


def test_failed_order_leaves_the_fee_to_be_paid(office, gateway):
    office.fee()
    order = office.order()
    assert tell(failed(order)) == "not_paid"
    assert Order.objects.get().state == "failed"
    assert office.order().number != order.number


def test_open_order_is_used_again_by_a_second_browser(office, gateway):
    office.fee()
    assert office.order().number == office.order().number
    assert len(gateway.created) == 1


def test_order_whose_creation_was_killed_is_gone_on_with(office, gateway):
    office.fee()
    gateway.down = True
    with pytest.raises(Refused, match="không trả lời"):
        office.order()
    half = Order.objects.get()
    assert (half.state, half.pay_url) == ("open", "")
    gateway.down = False
    assert office.order().number == half.number
    assert Order.objects.get().pay_url


def test_order_that_the_gateway_refuses_has_failed(office, gateway):
    office.fee()
    gateway.refuses = True
    with pytest.raises(Refused, match="không nhận"):
        office.order()
    assert Order.objects.get().state == "failed"


def test_nothing_is_begun_without_a_gateway(office):
    office.fee()
    with pytest.raises(Refused, match="Chưa nối cổng thanh toán"):
        office.order()
    assert not Order.objects.exists()


def test_hanging_order_is_asked_again_and_lost_notice_is_made_good(office, gateway):
    office.fee()
    order = office.order()
    gateway.told[order.number] = paid(order)
    assert ordering.ask_hanging(at=NOON + MINUTE / 2) == 0
    assert ordering.ask_hanging(at=NOON + 2 * MINUTE) == 1
    assert Fee.objects.get().reference == "GD1"
    assert Notice.objects.get().origin == "asked"


def test_silent_gateway_ends_no_order(office, gateway):
    office.fee()
    order = office.order()
    gateway.down = True
    assert ordering.ask_hanging(at=order.expires_at + MINUTE) == 0
    assert Order.objects.get().state == "open"


def test_order_is_not_asked_about_twice_in_a_moment(office, gateway):
    office.fee()
    order = office.order()
    ordering.check(order.number, at=NOON + MINUTE)
    gateway.told[order.number] = paid(order)
    assert ordering.check(order.number, at=NOON + MINUTE).state == "open"
    assert ordering.check(order.number, at=NOON + 2 * MINUTE).state == "paid"


def test_transaction_number_pays_one_fee_only(office):
    office.fee("T-1")
    office.fee("T-2")
    fees.pay("T-1", method="transfer", reference="CK 1", at=NOON, actor=office.counter)
    with pytest.raises(Refused, match="khoản thu khác"):
        fees.pay("T-2", method="transfer", reference="CK 1", at=NOON, actor=office.counter)


@pytest.mark.django_db(transaction=True)
def test_notices_at_once_pay_once(gateway):
    """Eight threads on one database: four tell of one transaction, four of another, for the same order."""
    office = make_office()
    office.fee()
    order = office.order()
    barrier, verdicts = threading.Barrier(8), []

    def run(number):
        try:
            barrier.wait()
            verdicts.append(tell(paid(order, transaction=number)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(f"GD{n % 2}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(verdicts) == sorted(["settled", "paid_twice", *["repeated"] * 6])
    assert (Receipt.objects.count(), Transaction.objects.count(), Notice.objects.count()) == (1, 2, 8)
