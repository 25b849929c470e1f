"""A gateway's daily statement: loaded by the job or by hand, compared with our books, differences closed by people."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import day_bounds, now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account
from motcua.payments.actions import refunding
from motcua.payments.actions.settling import settle
from motcua.payments.events import DIFFERENCE_CLOSED, STATEMENT_LOADED
from motcua.payments.gateways import connected
from motcua.payments.gateways.port import PAID, GatewayError, Told
from motcua.payments.models import (
    DONE,
    ONLINE,
    SENT,
    SETTLED,
    Difference,
    Order,
    Refund,
    Statement,
    StatementLine,
    Transaction,
)
from motcua.payments.rules.reconciling import Booked, Found, OrderAsked, differences
from motcua.payments.rules.statement_file import REFUND, Line, read_statement
from motcua.payments.states import STATEMENT

FETCHED, UPLOADED = "fetched", "uploaded"
BY_HAND = "http"  # whose statement an upload is where no gateway is connected: the one spoken to by default
DAYS_FETCHED = 7  # a gateway that was silent for some mornings is caught up with
MOST_LINES_AT_ONCE = 2000


def name_of(gateway: str, day: date) -> str:
    """Return the subject of a statement's facts."""
    return f"statement:{gateway}:{day}"


@transaction.atomic
def load(text: str, *, gateway: str, day: date, origin: str, actor_code: str, at: datetime | None = None) -> Statement:
    """Keep the statement of a day, in the place of an earlier one, and compare it with our books.

    Raises:
        Refused: the day is not over, a line cannot be read, or most lines are of other days (a wrong file).
    """
    loaded_at = at or now()
    if day >= today():
        raise Refused(gettext("Sao kê của một ngày chỉ nạp được khi ngày đó đã hết."), field="day")
    lines = read_statement(text)
    first, after = day_bounds(day - timedelta(days=1), day + timedelta(days=1))
    near = sum(first <= line.at < after for line in lines)
    if lines and near * 2 < len(lines):
        raise Refused(gettext("Phần lớn các dòng là của ngày khác: hãy kiểm tra lại tệp và ngày."), field="file")
    current = Statement.objects.select_for_update(of=("self",)).filter(gateway=gateway, day=day, is_current=True)
    statement = current.first()
    if statement is None or statement.text != text:
        current.update(is_current=False)
        statement = _write(text, lines, gateway=gateway, day=day, origin=origin, actor_code=actor_code, at=loaded_at)
    refunding.confirm({line.number: line.amount for line in lines if line.kind == REFUND}, at=loaded_at)
    count = _compare(statement, lines, at=loaded_at)
    record(
        STATEMENT_LOADED, subject=name_of(gateway, day), actor=actor_code, at=loaded_at,
        payments=statement.payments, refunds=statement.refunds, amount=statement.amount, differences=count,
    )  # fmt: skip
    return statement


def _write(
    text: str, lines: Sequence[Line], *, gateway: str, day: date, origin: str, actor_code: str, at: datetime
) -> Statement:
    refunds = [line for line in lines if line.kind == REFUND]
    statement = Statement.objects.create(
        gateway=gateway, day=day, text=text, origin=origin, loaded_by=actor_code, loaded_at=at,
        payments=len(lines) - len(refunds), refunds=len(refunds),
        amount=sum(line.amount for line in lines) - 2 * sum(line.amount for line in refunds),
    )  # fmt: skip
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                statement=statement, position=line.position, kind=line.kind, number=line.number,
                order_number=line.order_number, amount=line.amount, at=line.at,
            )
            for line in lines
        ),
        batch_size=MOST_LINES_AT_ONCE,
    )  # fmt: skip
    return statement


@transaction.atomic
def compare_again(gateway: str, day: date, *, at: datetime | None = None) -> int:
    """Compare the statement of a day once more, after our books changed; return how many differences stand."""
    statement = Statement.objects.filter(gateway=gateway, day=day, is_current=True).first()
    return _compare(statement, read_statement(statement.text), at=at or now()) if statement else 0


def _compare(statement: Statement, lines: Sequence[Line], *, at: datetime) -> int:
    gateway, day = statement.gateway, statement.day
    found = differences(
        day,
        lines,
        payments=_payments(gateway, day, lines),
        refunds=_refunds(day, lines),
        orders=_orders(lines),
        elsewhere=_elsewhere(gateway, day),
    )
    # One row per kind and number: a number that stands three times in a file is still one difference.
    wanted = {(one.kind, one.number): one for one in found}
    present = {
        (row.kind, row.number): row
        for row in Difference.objects.select_for_update(of=("self",)).filter(gateway=gateway, day=day)
    }
    Difference.objects.bulk_create(
        _row(gateway, day, one, at) for key, one in wanted.items() if key not in present
    )  # fmt: skip
    for key, row in present.items():
        one = wanted.get(key)
        gone_at = None if one else row.gone_at or at
        amounts = (one.theirs, one.ours) if one else (row.theirs, row.ours)
        if (row.gone_at, row.theirs, row.ours) != (gone_at, *amounts):
            Difference.objects.filter(pk=row.pk).update(gone_at=gone_at, theirs=amounts[0], ours=amounts[1])
    return len(wanted)


def _row(gateway: str, day: date, one: Found, at: datetime) -> Difference:
    return Difference(
        gateway=gateway, day=day, kind=one.kind, number=one.number, order_number=one.order_number,
        theirs=one.theirs, ours=one.ours, found_at=at,
    )  # fmt: skip


def _payments(gateway: str, day: date, lines: Iterable[Line]) -> list[Booked]:
    numbers = [line.number for line in lines if line.kind != REFUND]
    first, after = day_bounds(day, day)
    ours = Transaction.objects.filter(gateway=gateway).filter(Q(at__gte=first, at__lt=after) | Q(number__in=numbers))
    return [Booked(one.number, one.order_number, one.amount, one.at) for one in ours]


def _refunds(day: date, lines: Iterable[Line]) -> list[Booked]:
    numbers = [line.number for line in lines if line.kind == REFUND]
    first, after = day_bounds(day, day)
    ours = Refund.objects.filter(method=ONLINE, state__in=[SENT, DONE], sent_at__isnull=False).filter(
        Q(sent_at__gte=first, sent_at__lt=after) | Q(reference__in=numbers)
    )
    return [Booked(one.reference, one.number, one.amount, one.sent_at) for one in ours if one.sent_at]


def _orders(lines: Iterable[Line]) -> dict[str, OrderAsked]:
    numbers = {line.order_number for line in lines if line.kind != REFUND}
    orders = Order.objects.filter(number__in=numbers).select_related("fee")
    settled = Transaction.objects.filter(order__number__in=numbers, verdict=SETTLED)
    by = dict(settled.values_list("order__number", "number"))
    return {
        order.number: OrderAsked(order.amount, order.fee.cancelled_at, by.get(order.number, "")) for order in orders
    }


def _elsewhere(gateway: str, day: date) -> set[str]:
    beside = [day - timedelta(days=1), day + timedelta(days=1)]
    lines = StatementLine.objects.filter(
        statement__gateway=gateway, statement__day__in=beside, statement__is_current=True
    )
    return set(lines.values_list("number", flat=True))


def fetch_missing(*, on: date | None = None) -> int:
    """Fetch the statements of the last days that are not there; return how many came. For the daily job.

    The days beside a new statement are compared again: what was missing there may stand here.
    """
    gateway, last = connected(), (on or today()) - timedelta(days=1)
    if gateway is None:
        return 0
    days = [last - timedelta(days=back) for back in range(DAYS_FETCHED)]
    had = set(Statement.objects.filter(gateway=gateway.code, day__in=days).values_list("day", flat=True))
    fetched = 0
    for day in sorted(set(days) - had):
        try:
            text = gateway.statement(day)
        except GatewayError:
            break
        load(text, gateway=gateway.code, day=day, origin=FETCHED, actor_code="")
        compare_again(gateway.code, day - timedelta(days=1))
        fetched += 1
    return fetched


def fetch(day: date, *, actor: Account) -> Statement:
    """Fetch the statement of a day now.

    Raises:
        Refused: no gateway is connected, it does not answer, or the day is not over.
    """
    gateway = connected()
    if gateway is None:
        raise Refused(gettext("Chưa nối cổng thanh toán."))
    if day >= today():
        raise Refused(gettext("Sao kê của một ngày chỉ nạp được khi ngày đó đã hết."), field="day")
    try:
        text = gateway.statement(day)
    except GatewayError as error:
        raise Refused(gettext("Cổng thanh toán hiện không đưa được sao kê của ngày này.")) from error
    return load(text, gateway=gateway.code, day=day, origin=FETCHED, actor_code=actor.code)


@transaction.atomic
def close(number: int, *, note: str, actor: Account, at: datetime | None = None) -> Difference:
    """Close a difference (its primary key) with a note of what was done about it.

    Raises:
        Refused: no note, there is no such difference, or it is closed.
    """
    note = squash(note)
    if not note or len(note) > 500 or "\0" in note:
        raise Refused(gettext("Cần ghi đã xử lý thế nào, tối đa 500 ký tự."), field="note")
    found = Difference.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if found is None:
        raise Refused(gettext("Không có khoản chênh lệch này."))
    if found.closed_at:
        raise Refused(gettext("Khoản chênh lệch này đã được đóng."))
    found.closed_at, found.closed_by, found.note = at or now(), actor.code, note
    found.save(update_fields=["closed_at", "closed_by", "note"])
    record(
        DIFFERENCE_CLOSED, subject=name_of(found.gateway, found.day), actor=actor.code, at=found.closed_at,
        kind=found.kind, transaction=found.number,
    )  # fmt: skip
    return found


@transaction.atomic
def book_line(number: int, *, actor: Account, at: datetime | None = None) -> str:
    """Note the money of a difference "missing here" as the statement has it; return what became of it.

    Raises:
        Refused: it is no such difference, or the line is gone.
    """
    found = Difference.objects.filter(pk=number, kind="missing_here").first()
    lines = StatementLine.objects.filter(
        statement__gateway=found.gateway, statement__day=found.day, statement__is_current=True, number=found.number
    ) if found else StatementLine.objects.none()  # fmt: skip
    line = lines.exclude(kind=REFUND).first()
    if found is None or line is None:
        raise Refused(gettext("Dòng sao kê này không còn."))
    told = Told(line.order_number, PAID, line.number, line.amount, line.at)
    verdict = settle(
        told, gateway=found.gateway, origin=STATEMENT, at=at,
        body=f"{line.number},{line.order_number},{line.amount},{line.at.isoformat()} ({actor.code})",
    )  # fmt: skip
    compare_again(found.gateway, found.day, at=at)
    return verdict
