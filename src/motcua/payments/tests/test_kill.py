"""A process that takes notices is killed in the middle: what it answered is paid, nothing is paid by half or twice."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from motcua.base.models import Fact
from motcua.payments.actions import ordering
from motcua.payments.actions.settling import settle
from motcua.payments.models import Fee, Notice, Order, Receipt, Transaction
from motcua.payments.tests.conftest import MINUTE, NOON, make_office, paid

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ORDERS = 60
TAKES_NOTICES = """
import django
django.setup()
from datetime import timedelta
from motcua.payments.actions.settling import settle
from motcua.payments.gateways.port import PAID, Told
from motcua.payments.models import Order
for order in Order.objects.order_by("pk"):
    told = Told(order.number, PAID, f"GD-{order.pk}", order.amount, order.created_at + timedelta(minutes=1))
    settle(told, gateway="http", origin="notice", body="…")
    print(order.number, flush=True)
print("xong", flush=True)
"""


def environment():
    """Return the environment of a process that works on the tests' database."""
    options = connection.settings_dict
    host = options["HOST"] or "localhost"
    password = f":{options['PASSWORD']}" if options["PASSWORD"] else ""
    port = f":{options['PORT']}" if options["PORT"] else ""
    query = f"?host={host}" if host.startswith("/") else ""
    place = f"{'' if query else host}{port}"
    url = f"postgresql://{options['USER']}{password}@{place}/{options['NAME']}{query}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "motcua.site.settings_test"}


@pytest.mark.parametrize("number", [1, 9, 30])
def test_killed_taker_of_notices_loses_and_doubles_nothing(gateway, number):
    office = make_office()
    for n in range(ORDERS):
        office.fee(f"T-{n}")
        office.order(f"T-{n}")
    process = subprocess.Popen(
        [sys.executable, "-c", TAKES_NOTICES], env=environment(), text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        answered = []
        for _ in range(number):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            answered.append(line.strip())
    finally:
        os.kill(process.pid, signal.SIGKILL)
        answered += [word for word in process.communicate()[0].split() if word != "xong"]
    settled = set(Order.objects.filter(state="paid").values_list("number", flat=True))
    assert set(answered) <= settled
    assert len(settled) - len(answered) <= 1  # committed, and killed before it could be answered
    assert whole() == len(settled)

    # The gateway was not answered for the rest: it tells them all again, and asks nothing twice.
    for order in Order.objects.order_by("pk"):
        told = paid(order, transaction=f"GD-{order.pk}")
        assert settle(told, gateway="http", origin="notice", body="…", at=NOON + MINUTE) == (
            "repeated" if order.number in settled else "settled"
        )
    assert whole() == ORDERS
    assert Notice.objects.count() == ORDERS + len(settled)
    assert sorted(Receipt.objects.values_list("sequence", flat=True)) == list(range(1, ORDERS + 1))
    assert ordering.ask_hanging() == 0


def whole():
    """Return how many fees are paid, after all that belongs to a paid fee was found there."""
    counts = {
        Fee.objects.filter(paid_at__isnull=False).count(),
        Order.objects.filter(state="paid").count(),
        Transaction.objects.filter(verdict="settled").count(),
        Receipt.objects.count(),
        Fact.objects.filter(verb="order.paid").count(),
        Fact.objects.filter(verb="receipt.issued").count(),
    }
    assert len(counts) == 1
    return counts.pop()
