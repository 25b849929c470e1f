"""Money goes back once, for a cause, when somebody else has approved it."""

import pytest

from motcua.base.refusal import Refused
from motcua.payments.actions import fees, receipts, refunding
from motcua.payments.actions.settling import settle
from motcua.payments.models import Receipt, Refund, Transaction
from motcua.payments.queries import refunds_seen, stray_money
from motcua.payments.tests.conftest import MINUTE, NOON, paid


@pytest.fixture
def order(office, gateway):
    office.fee()
    found = office.order()
    settle(paid(found), gateway="http", origin="notice", body="…", at=NOON + MINUTE)
    return found


def asked(office, method="online"):
    return refunding.ask_for_fee("T-1", cause="Rút hồ sơ", method=method, actor=office.counter, at=NOON)


def test_refund_goes_through_the_gateway_once_another_approved(office, gateway, order):
    refund = asked(office)
    assert refunding.send_approved(at=NOON) == 0
    refunding.approve(refund.number, actor=office.leader)
    assert refunding.send_approved(at=NOON) == 1
    assert gateway.refunded == [(refund.number, "GD1", 50_000)]
    assert Refund.objects.get().state == "done"
    receipt = Receipt.objects.get()
    assert (receipt.number, bool(receipt.cancelled_at)) == ("0000001/2026", True)
    assert refunding.send_approved(at=NOON) == 0


def test_whoever_asked_may_not_decide(office, order):
    refund = asked(office)
    for decide in (
        lambda: refunding.approve(refund.number, actor=office.counter),
        lambda: refunding.turn_down(refund.number, note="x", actor=office.counter),
    ):
        with pytest.raises(Refused, match="không được tự duyệt"):
            decide()
    assert Refund.objects.get().state == "asked"


def test_refund_is_asked_once_and_again_after_it_was_turned_down(office, order):
    refund = asked(office)
    with pytest.raises(Refused, match="đã có đề nghị hoàn"):
        asked(office)
    refunding.turn_down(refund.number, note="Chưa đủ căn cứ", actor=office.leader)
    assert asked(office).number != refund.number


def test_refund_needs_a_cause_and_a_payment(office):
    office.fee()
    with pytest.raises(Refused, match="chưa được nộp"):
        asked(office)
    fees.pay("T-1", method="cash", reference="", at=NOON, actor=office.counter)
    with pytest.raises(Refused, match="không nộp qua cổng"):
        asked(office)
    with pytest.raises(Refused, match="lý do hoàn"):
        refunding.ask_for_fee("T-1", cause=" ", method="cash", actor=office.counter, at=NOON)
    assert asked(office, "cash").transaction is None


def test_silent_gateway_leaves_the_refund_to_be_sent_again(office, gateway, order):
    refund = asked(office)
    refunding.approve(refund.number, actor=office.leader)
    gateway.down = True
    assert refunding.send_approved(at=NOON) == 0
    left = Refund.objects.get()
    assert (left.state, bool(left.failure)) == ("approved", True)
    # What the gateway did is unknown, so nobody may give the money back by hand meanwhile.
    with pytest.raises(Refused, match="hãy gửi lệnh hoàn"):
        refunding.finish(refund.number, reference="PC 1", actor=office.counter)
    gateway.down = False
    assert refunding.send_approved(at=NOON) == 1
    assert len(gateway.refunded) == 1


def test_refused_refund_may_be_given_back_by_hand(office, gateway, order):
    refund = asked(office)
    refunding.approve(refund.number, actor=office.leader)
    gateway.refuses = True
    assert refunding.send(refund.number).state == "failed"
    assert refunding.finish(refund.number, reference="PC 1", actor=office.counter).state == "done"


def test_refund_in_cash_needs_its_slip(office):
    office.fee()
    fees.pay("T-1", method="cash", reference="", at=NOON, actor=office.counter)
    refund = asked(office, "cash")
    with pytest.raises(Refused, match="đang ở trạng thái"):
        refunding.finish(refund.number, reference="PC 1", actor=office.counter)
    refunding.approve(refund.number, actor=office.leader)
    with pytest.raises(Refused, match="chứng từ"):
        refunding.finish(refund.number, reference=" ", actor=office.counter)
    refunding.finish(refund.number, reference="PC 1", actor=office.counter)
    with pytest.raises(Refused, match="đang ở trạng thái"):
        refunding.finish(refund.number, reference="PC 1", actor=office.counter)


def test_stray_money_is_listed_until_somebody_asks(office, gateway, order):
    settle(paid(order, transaction="GD2"), gateway="http", origin="notice", body="…", at=NOON)
    money = Transaction.objects.get(number="GD2")
    assert list(stray_money(office.counter)) == [money]
    assert list(stray_money(office.control)) == [money]
    assert list(stray_money(office.other_leader)) == []
    refund = refunding.ask_for_stray(money.pk, cause="Nộp hai lần", method="online", actor=office.counter, at=NOON)
    assert list(stray_money(office.control)) == []
    refunding.approve(refund.number, actor=office.control)
    refunding.send(refund.number)
    assert Receipt.objects.get().cancelled_at is None  # the fee is still paid, by the first
    assert [list(refunds_seen(who)) for who in (office.leader, office.other_leader)] == [[refund], []]


def test_money_that_was_wanted_is_not_stray(office, order):
    with pytest.raises(Refused, match="không nằm trong danh sách"):
        refunding.ask_for_stray(
            Transaction.objects.get().pk, cause="x", method="online", actor=office.counter, at=NOON
        )  # fmt: skip


def test_receipts_count_on_without_a_gap_and_a_cancelled_number_is_not_used_again(office):
    for n in range(3):
        office.fee(f"T-{n}")
        fees.pay(f"T-{n}", method="cash", reference="", at=NOON, actor=office.counter)
    second = Receipt.objects.get(fee__subject="T-1")
    receipts.cancel(second.pk, reason="Ghi sai tên", actor_code=office.counter.code)
    with pytest.raises(Refused, match="đã hủy trước đó"):
        receipts.cancel(second.pk, reason="Lại", actor_code=office.counter.code)
    again = receipts.issue_again("T-1", actor=office.counter, unit=office.units["T.01"], at=NOON)
    assert again.number == "0000004/2026"
    with pytest.raises(Refused, match="đã có biên lai"):
        receipts.issue_again("T-1", actor=office.counter, unit=office.units["T.01"], at=NOON)
    numbers = Receipt.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_receipts_of_another_year_and_unit_begin_anew(office):
    office.fee("T-1")
    fees.pay("T-1", method="cash", reference="", at=NOON, actor=office.counter)
    office.fee("T-2")
    fees.pay("T-2", method="cash", reference="", at=NOON.replace(year=2027), actor=office.counter)
    fees.ask("T-3", amount=5, basis="", at=NOON)
    fees.pay("T-3", method="cash", reference="", at=NOON, actor=office.counter, unit=office.units["T.02"])
    assert {one.number for one in Receipt.objects.all()} == {"0000001/2026", "0000001/2027"}
    assert Receipt.objects.filter(unit=office.units["T.02"]).count() == 1
