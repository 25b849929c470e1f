"""Our client, our pages and the simulated gateway over real sockets, in every mode of misbehaviour."""

import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from motcua.base.clock import now, today
from motcua.base.refusal import Refused
from motcua.payments.actions import ordering, refunding, statements
from motcua.payments.gateways import connected
from motcua.payments.gateways.http import HttpGateway
from motcua.payments.gateways.port import GatewayDown, GatewayRefusal
from motcua.payments.models import Difference, Fee, Notice, Order, Refund, Transaction
from motcua.payments.simulator.bank import BY_LAST_DIGIT, MODES
from motcua.payments.simulator.program import simulator
from motcua.payments.tests.conftest import make_office

pytestmark = pytest.mark.slow

SECRET = "khoa-thu-nghiem"
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_options):
        return None


PAYER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


@pytest.fixture
def program():
    server = simulator(0, secret=SECRET, mode="success", clock=now, hangs_for=2, late_by=0.1)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def house(transactional_db, live_server, program, settings):
    """The house with its pages on a socket of their own, connected to the simulated gateway."""
    settings.PUBLIC_URL = live_server.url
    settings.PAYMENT_URL, settings.PAYMENT_SECRET, settings.PAYMENT_TIMEOUT = program.address, SECRET, 1
    return make_office()


def pay(order, mode=""):
    """Be the payer on the gateway's page; return where one is sent afterwards."""
    try:
        DIRECT.open(order.pay_url).read()
        PAYER.open(order.pay_url, data=f"mode={mode}".encode())
    except urllib.error.HTTPError as error:
        error.close()
        assert error.code == 303
        return error.headers["Location"]
    raise AssertionError("a payer is sent back")


def verdicts():
    return sorted(Notice.objects.values_list("verdict", flat=True))


def test_payment_goes_through_and_the_notice_comes_before_the_payer(house):
    house.fee()
    order = house.order(at=now())
    back = pay(order)
    assert back.endswith(f"/thanh-toan/ve/{order.number}")
    assert Fee.objects.get().method == "online"  # nobody has opened the page yet
    page = DIRECT.open(back).read().decode()
    assert "Đã nhận được tiền" in page
    assert "T-1" not in page  # whoever has the number learns not what was paid for


def test_failed_payment_leaves_the_fee_open(house):
    house.fee()
    order = house.order(at=now())
    assert "Chưa thanh toán được" in DIRECT.open(pay(order, "fail")).read().decode()
    assert Fee.objects.get().paid_at is None
    assert Order.objects.get().state == "failed"


def test_two_notices_at_once_pay_once(house):
    house.fee()
    pay(house.order(at=now()), "double_notice")
    assert verdicts() == ["repeated", "settled"]
    assert Transaction.objects.count() == 1


def test_wrong_amount_pays_nothing_and_is_kept(house):
    house.fee()
    pay(house.order(at=now()), "wrong_amount")
    assert Fee.objects.get().paid_at is None
    assert (Transaction.objects.get().verdict, Transaction.objects.get().amount) == ("wrong_amount", 51_000)


def test_lost_notice_is_made_good_by_the_page_of_return(house):
    house.fee()
    back = pay(house.order(at=now()), "lost_notice")
    assert verdicts() == []
    assert "Đã nhận được tiền" in DIRECT.open(back).read().decode()
    assert Notice.objects.get().origin == "asked"


def test_lost_notice_is_made_good_by_the_worker_when_the_payer_never_comes_back(house):
    house.fee()
    pay(house.order(at=now() - timedelta(minutes=2)), "lost_notice")
    assert ordering.ask_hanging() == 1
    assert Order.objects.get().state == "paid"


def test_late_notice_finds_the_payment_noted(house, program):
    house.fee()
    back = pay(house.order(at=now()), "late_notice")
    DIRECT.open(back).read()
    program.notices.shutdown(wait=True)
    assert verdicts() == ["repeated", "settled"]


def test_silent_gateway_keeps_nobody_waiting_longer_than_its_timeout(house, program, settings):
    house.fee(amount=50_002)  # 2: the gateway does not answer when it is asked
    settings.PAYMENT_TIMEOUT = 0.3
    order = house.order(at=now())
    back = pay(order)
    assert "Đang chờ cổng thanh toán" in DIRECT.open(back).read().decode()
    assert Order.objects.get().state == "open"
    program.hangs_for = 0
    ordering.check(order.number, at=now() + timedelta(minutes=1))
    assert Order.objects.get().state == "paid"


def test_creation_that_hangs_refuses_in_words_and_leaves_an_order_to_go_on_with(house, program, settings):
    house.fee()
    program.bank.mode, settings.PAYMENT_TIMEOUT = "timeout", 0.3
    with pytest.raises(Refused, match="không trả lời"):
        house.order(at=now())
    program.bank.mode = "success"
    assert house.order(at=now()).number == Order.objects.get().number


def test_browser_that_claims_to_have_paid_changes_nothing(house):
    house.fee()
    order = house.order(at=now())
    page = DIRECT.open(f"{house_address(order)}?status=paid&amount=50000&transaction=GD1").read().decode()
    assert "Đang chờ cổng thanh toán" in page
    assert not Transaction.objects.exists()


def house_address(order):
    return ordering.return_address(order.number)


def test_gateway_gives_money_back_once_per_number(house, program):
    house.fee()
    pay(house.order(at=now()))
    refund = refunding.ask_for_fee("T-1", cause="Rút", method="online", actor=house.counter, at=now())
    refunding.approve(refund.number, actor=house.leader)
    refunding.send(refund.number)
    gateway = connected()
    number = Transaction.objects.get().number
    again = gateway.refund(refund.number, transaction=number, amount=50_000)
    assert again.reference == Refund.objects.get().reference
    assert len(program.bank.refunds) == 1
    with pytest.raises(GatewayRefusal):
        gateway.refund("HT-2", transaction=number, amount=99_999_999)


def test_statement_of_the_day_agrees_with_what_happened(house, monkeypatch):
    monkeypatch.setattr("motcua.payments.actions.statements.today", lambda: today() + timedelta(days=1))
    for n, mode in enumerate(("success", "double_notice", "lost_notice", "wrong_amount")):
        house.fee(f"T-{n}")
        pay(house.order(f"T-{n}", at=now()), mode)
    statements.fetch(today(), actor=house.control)
    found = sorted(Difference.objects.values_list("kind", flat=True))
    assert found == ["missing_here", "wrong_amount"]
    statements.book_line(Difference.objects.get(kind="missing_here").pk, actor=house.control)
    assert Fee.objects.get(subject="T-2").paid_at is not None


def test_every_mode_has_its_digit_or_is_the_usual_one():
    assert {*BY_LAST_DIGIT.values(), "success"} == set(MODES)


def test_gateway_that_is_not_there_is_down(program):
    nobody = HttpGateway("http://127.0.0.1:9", merchant="m", secret=SECRET, timeout=0.5)
    with pytest.raises(GatewayDown):
        nobody.ask("TT1")
    forger = HttpGateway(program.address, merchant="m", secret="khac", timeout=1)
    with pytest.raises(GatewayRefusal):
        forger.ask("TT1")


def test_sixteen_payers_at_once_lose_and_double_nothing(house):
    orders = []
    for n in range(16):
        house.fee(f"T-{n}")
        orders.append(house.order(f"T-{n}", at=now()))
    with ThreadPoolExecutor(16) as payers:
        list(payers.map(lambda one: pay(one[1], ("success", "double_notice")[one[0] % 2]), enumerate(orders)))
    assert Fee.objects.filter(paid_at__isnull=False).count() == 16
    assert (Transaction.objects.count(), Notice.objects.count()) == (16, 24)


def test_page_of_return_asks_again_by_itself_until_it_knows(house, program):
    house.fee()
    order = house.order(at=now())
    waiting = DIRECT.open(house_address(order)).read().decode()
    assert 'hx-get="?lan=1"' in waiting
    assert "http-equiv" not in waiting  # a page that reloads itself under the reader is no page for everybody
    assert "hx-trigger" not in DIRECT.open(house_address(order) + "?lan=12").read().decode()
    pay(order)
    assert "hx-get" not in DIRECT.open(house_address(order)).read().decode()
