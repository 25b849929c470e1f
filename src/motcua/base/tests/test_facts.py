"""Facts: written with their change, delivered at least once and in order, sealed so that tampering is named."""

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.clock import now
from motcua.base.facts import Event, record, subscribing
from motcua.base.facts.delivering import deliver_due
from motcua.base.facts.recording import NewFact, record_many
from motcua.base.facts.sealing import seal_pending, verify
from motcua.base.models import Delivery, Fact, Seal

TRIED = Event("test.tried", "Thử", ("number",))


def _record(subject="T-1", **data):
    record(TRIED, subject=subject, actor="A1", unit="U1", **data)


@pytest.fixture
def heard(monkeypatch):
    """Collect what a subscriber hears; a number in ``fails`` makes it raise."""

    class Heard(list):
        fails: set = set()

    facts = Heard()

    def subscriber(fact):
        if fact.data["number"] in facts.fails:
            raise RuntimeError("cannot hear")
        facts.append((fact.subject, fact.data["number"]))

    monkeypatch.setitem(subscribing._SUBSCRIBERS, "test.tried", [subscriber])
    facts.fails = set()
    return facts


@pytest.mark.django_db
def test_record_refuses_undeclared_data():
    with pytest.raises(ValueError, match="does not declare name"):
        _record(name="Nguyễn Văn Thử")


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_stand_outside_a_transaction():
    with pytest.raises(RuntimeError):
        _record(number=1)


@pytest.mark.django_db(transaction=True)
def test_fact_and_delivery_vanish_with_the_change():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _record(number=1)
        _ = 1 / 0
    assert (Fact.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_facts_are_delivered_in_order_and_once(heard):
    for number in range(5):
        _record(subject=f"T-{number % 2}", number=number)
    assert deliver_due() == 5
    assert heard == [("T-0", 0), ("T-1", 1), ("T-0", 2), ("T-1", 3), ("T-0", 4)]
    assert deliver_due() == 0


@pytest.mark.django_db
def test_a_failing_subscriber_keeps_back_its_own_subject_only(heard):
    _record(subject="T-a", number=1)
    _record(subject="T-b", number=2)
    _record(subject="T-a", number=3)
    heard.fails = {1}
    assert deliver_due() == 1
    assert heard == [("T-b", 2)]
    assert deliver_due() == 0  # T-a waits for its next try, and 3 waits behind 1
    heard.fails = set()
    Delivery.objects.update(next_try_at="2020-01-01T00:00Z")
    assert deliver_due() == 2
    assert heard == [("T-b", 2), ("T-a", 1), ("T-a", 3)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", ["UPDATE base_fact SET actor = 'A2'", "DELETE FROM base_seal", "DELETE FROM base_fact"]
)
def test_database_refuses_to_rewrite_history(change):
    _record(number=1)
    seal_pending()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def _behind_the_triggers(sql):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.django_db
def test_verify_finds_an_untouched_chain_whole():
    for number in range(3):
        _record(number=number)
    assert seal_pending() == 3
    _record(number=4)
    found = verify()
    assert (found.sealed, found.unsealed, found.broken) == (3, 1, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE base_fact SET actor = 'A2' WHERE id = {0}", "altered"),
        ("DELETE FROM base_fact WHERE id = {0}", "removed"),
    ],
)
def test_verify_names_the_first_fact_touched(change, what):
    for number in range(4):
        _record(number=number)
    seal_pending()
    Delivery.objects.all().delete()
    second = Fact.objects.order_by("id")[1].id
    _behind_the_triggers(change.format(second))
    broken = verify().broken
    assert (broken.fact_id, broken.what) == (second, what)


@pytest.mark.django_db
def test_sealing_in_two_batches_makes_one_chain(monkeypatch):
    monkeypatch.setattr("motcua.base.facts.sealing.BATCH", 2)
    for number in range(5):
        _record(number=number)
    assert [seal_pending(), seal_pending(), seal_pending(), seal_pending()] == [2, 2, 1, 0]
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert verify().broken is None


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 3, 4, 50])
def test_facts_recorded_together_keep_their_order_and_their_deliveries(count):
    facts = [NewFact(TRIED, f"A-{number}", "A1", "T.01", {"number": number}, now()) for number in range(count)]
    with transaction.atomic():
        record_many(facts)
    kept = list(Fact.objects.order_by("id"))
    assert [(each.subject, each.data, each.at) for each in kept] == [(f.subject, f.data, f.at) for f in facts]
    assert Delivery.objects.filter(fact__in=kept).count() == count
