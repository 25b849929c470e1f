"""What a gateway's notice costs over HTTP, every one told twice, and how long a day's statement takes to compare.

Notices are signed and sent by one and by sixteen senders at once to one web process of the house; milliseconds from
sending to the last byte, CPU of the web process and the database together. Afterwards the books are counted: every
order paid once, one receipt each, numbers without a gap. The statement is compared by the pure rule and in the
database, with one line of each kind of error in a hundred planted; all must be found and nothing else.
"""

import argparse
import http.client
import json
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from _house import House, Web, own_house

from motcua.base.clock import VIETNAM, now, today
from motcua.organizations.models import Unit
from motcua.payments.actions import statements
from motcua.payments.gateways import signing
from motcua.payments.models import Difference, Fee, Notice, Order, Receipt, Transaction
from motcua.payments.rules.reconciling import Booked, OrderAsked, differences
from motcua.payments.rules.statement_file import read_statement

SECRET = "thu-nghiem"
SENDERS = (1, 16)
UNIT = "H27.04"
AMOUNT = 50_000
EVERY = 100  # one line in so many is wrong
MOST_CPU = 30  # milliseconds of one notice


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--orders", type=int, default=500, help="số lần thanh toán cho mỗi phép đo")
    parser.add_argument("--lines", type=int, default=20_000, help="số dòng của sao kê")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return milliseconds and CPU per notice by number of senders, what the books say, and seconds of a comparison."""
    with own_house() as house:
        house.prepare()
        web = house.web({"MOTCUA_PAYMENT_URL": "https://cong.example", "MOTCUA_PAYMENT_SECRET": SECRET})
        found: dict[str, Any] = {
            f"{senders} senders": _told(house, web, senders, options.orders) for senders in SENDERS
        }
        found["books"] = _books()
        found["statement"] = _compared(options.lines)
    found["met"] = (
        found["books"]["errors"] == 0
        and all(found[f"{senders} senders"]["cpu_ms"] <= MOST_CPU for senders in SENDERS)
        and found["statement"]["found"] == found["statement"]["planted"]
    )
    found["summary"] = [f"{name}: {figures}" for name, figures in found.items() if isinstance(figures, dict)]
    return found


def _orders(prefix: str, count: int) -> list[Order]:
    unit, at = Unit.objects.in_force().get(code=UNIT), now()
    fees = Fee.objects.bulk_create(
        Fee(subject=f"{prefix}-{n}", amount=AMOUNT, basis="đo", asked_at=at, unit=unit, counter=unit)
        for n in range(count)
    )
    return Order.objects.bulk_create(
        Order(
            number=f"TT{prefix}{n:08d}", fee=fee, gateway="http", amount=AMOUNT, pay_url="x", created_at=at,
            expires_at=at + timedelta(minutes=15),
        )
        for n, fee in enumerate(fees)
    )  # fmt: skip


def _told(house: House, web: Web, senders: int, count: int) -> dict[str, float]:
    orders = _orders(f"S{senders}", count)
    told = [order.number for order in orders for _twice in range(2)]
    _send(web.port, [f"TT-LA-{senders}-{n}" for n in range(20)])  # warms the processes
    before = web.cpu() + house.database_cpu()
    started = time.perf_counter()
    with ThreadPoolExecutor(senders) as pool:
        times = [one for part in pool.map(lambda part: _send(web.port, part), _parts(told, senders)) for one in part]
    wall = time.perf_counter() - started
    cpu = web.cpu() + house.database_cpu() - before
    return {
        "notices": len(times),
        "per_second": round(len(times) / wall, 1),
        "p50_ms": round(statistics.median(times) * 1000, 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[18] * 1000, 1),
        "cpu_ms": round(cpu * 1000 / len(times), 1),
    }


def _parts(told: Sequence[str], senders: int) -> list[Sequence[str]]:
    """Deal the notices out in turn, so that the two of one order go out at the same time by two senders."""
    return [told[first::senders] for first in range(senders)]


def _send(port: int, numbers: Sequence[str]) -> list[float]:
    """Send one notice after the other over one connection; return seconds. RuntimeError where one is not taken."""
    line, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for number in numbers:
        message = {"order": number, "status": "paid", "transaction": f"GD{number}", "amount": AMOUNT,
                   "paid_at": now().isoformat()}  # fmt: skip
        body, at = json.dumps(message).encode(), str(int(time.time()))
        headers = {
            signing.TIME: at,
            signing.SIGNATURE: signing.signature(SECRET, at, signing.NOTICE, "-", body),
            "Content-Type": "application/json",
        }
        started = time.perf_counter()
        line.request("POST", "/thanh-toan/bao", body, headers)
        answer = line.getresponse()
        content = answer.read()
        times.append(time.perf_counter() - started)
        if answer.status != 200:
            raise RuntimeError(f"{number}: {answer.status} {content[:200]!r}")
    line.close()
    return times


def _books() -> dict[str, int]:
    """Count what must hold of the books after all notices."""
    orders = Order.objects.count()
    sequences = list(Receipt.objects.order_by("sequence").values_list("sequence", flat=True))
    wrong = [
        Order.objects.exclude(state="paid").count(),
        Fee.objects.filter(paid_at=None).count(),
        abs(Transaction.objects.filter(verdict="settled").count() - orders),
        abs(Notice.objects.filter(verdict="repeated").count() - orders),
        int(sequences != list(range(1, orders + 1))),
    ]
    return {"orders": orders, "receipts": len(sequences), "errors": sum(wrong)}


def _compared(count: int) -> dict[str, Any]:
    """Compare a day of ``count`` lines: by the rule on values, and in the database on orders of one day ago."""
    day = today() - timedelta(days=1)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=VIETNAM)
    orders = {f"TD{n}": OrderAsked(AMOUNT, None, f"GD{n}") for n in range(count)}
    booked = [Booked(f"GD{n}", f"TD{n}", AMOUNT, noon) for n in range(count) if n % EVERY != 1]
    planted = Counter(missing_here=sum(n % EVERY == 1 for n in range(count)))
    text = ["transaction,order,kind,amount,at"]
    for n in range(count):
        kind = {2: "wrong_amount", 3: "missing_there", 4: "unknown_order"}.get(n % EVERY)
        planted[kind or "none"] += 1
        if kind == "missing_there":
            continue
        order = f"TX{n}" if kind == "unknown_order" else f"TD{n}"
        text.append(f"GD{n},{order},payment,{AMOUNT - (kind == 'wrong_amount')},{noon.isoformat()}")
    del planted["none"]
    content = "\n".join(text)
    started = time.perf_counter()
    found = differences(day, read_statement(content), payments=booked, refunds=[], orders=orders)
    by_rule = time.perf_counter() - started
    started = time.perf_counter()
    statements.load(content, gateway="http", day=day, origin="uploaded", actor_code="")
    in_database = time.perf_counter() - started
    return {
        "lines": count,
        "planted": sum(planted.values()),
        "found": len(found) if Counter(one.kind for one in found) == planted else -1,
        "rule_seconds": round(by_rule, 2),
        "load_seconds": round(in_database, 2),
        "rows_of_differences": Difference.objects.filter(day=day).count(),
    }
