"""A request that waits for a partner keeps neither the next request nor its connection waiting."""

import threading

import pytest
from django.db import connection

from motcua.base import places
from motcua.base.places import Crowded, Places, waiting


def test_place_of_who_waits_outside_goes_to_the_next():
    one, came, goes_on = Places(1), threading.Event(), threading.Event()

    def ask_a_partner() -> None:
        with one.work(), waiting():
            came.set()
            assert goes_on.wait(60)

    asking = threading.Thread(target=ask_a_partner)
    asking.start()
    assert came.wait(60)
    with one.work():  # would wait for ever, were the place still held
        goes_on.set()
    asking.join(60)
    assert not asking.is_alive()


def test_who_comes_back_waits_for_a_place_like_everybody():
    one, steps = Places(1), []
    came, goes_on = threading.Event(), threading.Event()

    def ask_a_partner() -> None:
        with one.work():
            with waiting():
                came.set()
                assert goes_on.wait(60)
            steps.append("back at work")

    asking = threading.Thread(target=ask_a_partner)
    asking.start()
    assert came.wait(60)
    with one.work():
        goes_on.set()
        asking.join(0.1)
        steps.append("next one done")
    asking.join(60)
    assert steps == ["next one done", "back at work"]


def test_more_than_the_house_can_spare_are_turned_away_at_once(monkeypatch):
    monkeypatch.setattr(places, "_outside", threading.BoundedSemaphore(1))
    two = Places(2)
    with two.work(), waiting(), two.work(), pytest.raises(Crowded), waiting():
        pass
    with two.work(), waiting():  # what was taken has been given back
        pass


def test_without_a_place_nothing_is_given_up():
    with waiting():
        pass


@pytest.mark.django_db(transaction=True)
def test_connection_goes_back_unless_a_transaction_needs_it():
    from django.db import transaction

    with Places(1).work():
        with transaction.atomic(), waiting():
            assert connection.connection is not None
        with waiting():
            assert connection.connection is None
