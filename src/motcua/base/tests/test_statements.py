"""Statements that are built once answer and write what the ORM does."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from motcua.base.clock import now
from motcua.base.models import Delivery, Fact, Seal
from motcua.base.statements import Question, change, insert

pytestmark = pytest.mark.django_db

WITH_FACT = Question(
    lambda subject, instant: (
        Delivery.objects.select_related("fact")
        .filter(Q(subject=subject) | Q(subject="B-2"), fact__at__lte=instant, attempts=0)
        .order_by("-id")
    )
)


def fact(subject="A-1", **data):
    return Fact(at=now(), actor="A1", verb="test.happened", subject=subject, unit="T.01", data=data)


def delivery(of, subject="A-1"):
    return Delivery(fact=of, subject=subject, attempts=0, next_try_at=now())


def test_insertion_keeps_every_kind_of_value():
    written = fact(words="Nguyễn Ỷ “%s”", count=3, nothing=None)
    insert(written)
    read = Fact.objects.get(pk=written.pk)
    for name in ("at", "actor", "verb", "subject", "unit", "data"):
        assert getattr(read, name) == getattr(written, name)
    assert not written._state.adding


def test_rows_below_are_inserted_with_theirs_in_one_statement():
    written = fact()
    below = [delivery(written)]
    with CaptureQueriesContext(connection) as caught:
        insert(written, below=below, by="fact")
    assert len(caught) == 1
    assert Delivery.objects.get(fact=written).pk == below[0].pk
    assert below[0].fact is written


def test_question_answers_rows_with_their_related_rows_like_the_query_set():
    for subject in ("A-1", "B-2", "C-3"):
        one = fact(subject, of=subject)
        insert(one, below=[delivery(one, subject)], by="fact")
    for subject, found in (("A-1", ["B-2", "A-1"]), ("C-3", ["C-3", "B-2"]), ("%", ["B-2"])):
        with CaptureQueriesContext(connection) as caught:
            rows = WITH_FACT(subject=subject, instant=now())
            assert [row.fact.data for row in rows] == [{"of": each} for each in found]
        assert len(caught) == 1
    assert WITH_FACT.first(subject="A-1", instant=now() - timedelta(days=1)) is None


def test_change_writes_the_named_fields_only():
    one = fact()
    row = delivery(one)
    insert(one, below=[row], by="fact")
    row.attempts, row.subject = 4, "Z"
    change(row, "attempts")
    read = Delivery.objects.get(pk=row.pk)
    assert (read.attempts, read.subject) == (4, "A-1")
    with pytest.raises(ValueError, match="Delivery"):
        change(row, "colour")


@pytest.mark.django_db(transaction=True)
def test_question_that_locks_needs_a_transaction():
    locking = Question(lambda day: Seal.objects.select_for_update().filter(position__gte=day))
    with transaction.atomic():
        assert locking(day=1) == []
    with pytest.raises(TransactionManagementError):
        locking(day=1)


def test_value_of_another_kind_is_refused_by_the_database_not_kept():
    with pytest.raises(Exception, match="date"), transaction.atomic():
        WITH_FACT(subject="A-1", instant=date(2026, 1, 1).strftime("no date"))
