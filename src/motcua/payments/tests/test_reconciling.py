"""Every planted error is found under its name, and nothing else is."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.base.clock import VIETNAM
from motcua.payments.rules.reconciling import KINDS, Booked, Found, OrderAsked, differences
from motcua.payments.rules.statement_file import PAYMENT, REFUND, Line

DAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)


class Books:
    """A day on which everything agrees: payments of orders and refunds, in the statement and in our books."""

    def __init__(self, payments=0, refunds=0):
        self.lines, self.payments, self.refunds, self.orders, self.elsewhere = [], {}, {}, {}, set()
        self.planted = []
        for n in range(payments):
            self.pay(n)
        for n in range(refunds):
            self.give_back(n)

    def pay(self, n):
        number, order, at = f"GD{n}", f"TT{n}", MORNING + timedelta(seconds=n)
        self.line(PAYMENT, number, order, 50_000 + n, at)
        self.payments[number] = Booked(number, order, 50_000 + n, at)
        self.orders[order] = OrderAsked(50_000 + n, None, number)
        return number, order

    def give_back(self, n):
        number, at = f"HH{n}", MORNING + timedelta(seconds=n)
        self.line(REFUND, number, f"HT{n}", 20_000 + n, at)
        self.refunds[number] = Booked(number, f"HT{n}", 20_000 + n, at)
        return number

    def line(self, kind, number, order, amount, at):
        self.lines.append(Line(len(self.lines) + 2, kind, number, order, amount, at))
        return self.lines[-1]

    def change(self, number, **values):
        place = next(n for n, line in enumerate(self.lines) if line.number == number)
        old = self.lines[place]
        told = {name: values.get(name, getattr(old, name)) for name in Line.__slots__}
        self.lines[place] = Line(**told)

    def drop(self, number):
        self.lines = [line for line in self.lines if line.number != number]

    def found(self):
        return differences(
            DAY, self.lines, payments=self.payments.values(), refunds=self.refunds.values(), orders=self.orders,
            elsewhere=self.elsewhere,
        )  # fmt: skip

    # One way to plant each kind of error, on a payment or refund of its own.

    def plant(self, kind, n):
        number = getattr(self, f"_{kind}")(n)
        self.planted.append((kind, number))

    def _missing_here(self, n):
        number, order = self.pay(n)
        del self.payments[number]
        self.orders[order] = OrderAsked(50_000 + n)
        return number

    def _missing_there(self, n):
        number, _order = self.pay(n)
        self.drop(number)
        return number

    def _wrong_amount(self, n):
        number, _order = self.pay(n)
        self.change(number, amount=49_000 - n)
        return number

    def _double(self, n):
        _number, order = self.pay(n)
        second = f"GD{n}-lai"
        self.line(PAYMENT, second, order, 50_000 + n, MORNING + timedelta(hours=2))
        self.payments[second] = Booked(second, order, 50_000 + n, MORNING + timedelta(hours=2))
        return second

    def _unknown_order(self, n):
        number, order = self.pay(n)
        del self.orders[order]
        return number

    def _paid_after_cancel(self, n):
        number, order = self.pay(n)
        self.orders[order] = OrderAsked(50_000 + n, MORNING - timedelta(hours=1), number)
        return number

    def _refund_missing(self, n):
        number = self.give_back(n)
        self.drop(number)
        return number

    def _refund_unknown(self, n):
        number = self.give_back(n)
        del self.refunds[number]
        return number

    def _wrong_day(self, n):
        number, order = self.pay(n)
        self.payments[number] = Booked(number, order, 50_000 + n, MORNING - timedelta(hours=9))
        return number


def named(found):
    return sorted((one.kind, one.number) for one in found)


def test_books_that_agree_have_no_difference():
    assert Books(payments=20, refunds=5).found() == []
    assert Books().found() == []


@given(st.lists(st.sampled_from(KINDS), max_size=60), st.integers(0, 40), st.randoms(use_true_random=False))
def test_every_planted_error_is_found_and_nothing_else(kinds, sound, draw):
    books = Books(payments=sound, refunds=sound // 3)
    for n, kind in enumerate(kinds):
        books.plant(kind, 1000 + n)
    draw.shuffle(books.lines)
    assert named(books.found()) == sorted(books.planted)


def test_every_kind_can_be_planted():
    books = Books(payments=3, refunds=3)
    for n, kind in enumerate(KINDS):
        books.plant(kind, 1000 + n)
    assert {kind for kind, _number in named(books.found())} == set(KINDS)


def test_same_transaction_twice_in_a_statement_is_double():
    books = Books(payments=1)
    books.line(PAYMENT, "GD0", "TT0", 50_000, MORNING)
    assert named(books.found()) == [("double", "GD0")]


def test_first_of_two_new_payments_is_missing_and_the_second_also_double():
    books = Books()
    number = books._missing_here(1)
    books.line(PAYMENT, "GD1-lai", "TT1", 50_001, MORNING + timedelta(hours=1))
    assert named(books.found()) == sorted(
        [("missing_here", number), ("double", "GD1-lai"), ("missing_here", "GD1-lai")]
    )


def test_amount_that_both_sides_have_but_nobody_asked_is_wrong():
    books = Books(payments=1)
    books.change("GD0", amount=51_000)
    books.payments["GD0"] = Booked("GD0", "TT0", 51_000, MORNING)
    assert books.found() == [Found("wrong_amount", "GD0", "TT0", 51_000, 50_000)]


def test_payment_that_stands_in_the_statement_beside_is_not_missing():
    books = Books(payments=1)
    books.drop("GD0")
    books.elsewhere = {"GD0"}
    assert books.found() == []


def test_midnight_belongs_to_the_day_that_begins_in_vietnam():
    books = Books(payments=1)
    midnight = datetime(2026, 3, 2, 0, 0, tzinfo=VIETNAM)
    books.change("GD0", at=midnight)
    books.payments["GD0"] = Booked("GD0", "TT0", 50_000, midnight)
    assert books.found() == []
    books.change("GD0", at=midnight - timedelta(seconds=1))
    assert named(books.found()) == [("wrong_day", "GD0")]
