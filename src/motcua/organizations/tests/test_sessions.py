"""Who is signed in is found with the session, in one statement, and thrown out at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base.clock import now
from motcua.organizations.actions.people import open_account
from motcua.organizations.models import Account
from motcua.organizations.session_models import Session

PASSWORD = "mat-khau-de-thu"
pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/dossiers/000.00.00.T01-260101-0001/timeline"  # of an account: 404 signed in, 401 otherwise


@pytest.fixture
def person():
    return open_account(username="thu", full_name="Nguyễn Văn Thử", password=PASSWORD, actor="")


@pytest.fixture
def device(person):
    client = Client()
    assert client.login(username="thu", password=PASSWORD)
    return client


def is_in(device):
    return {404: True, 401: False}[device.get(ADDRESS).status_code]


def test_session_names_its_account_and_one_statement_finds_both(device, person):
    assert Session.objects.get().account == person
    with CaptureQueriesContext(connection) as caught:
        assert is_in(device)
    assert len([query for query in caught if "organizations_session" in query["sql"]]) == 1
    assert len([query for query in caught if 'FROM "organizations_account"' in query["sql"]]) == 0


def test_account_that_was_closed_is_out_at_once(device, person):
    Account.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_in(device)


def test_new_password_ends_the_sessions_of_other_devices(device, person):
    person.set_password("mot-mat-khau-khac")
    person.save()
    assert not is_in(device)
    assert not Session.objects.filter(account=person).exists()


def test_session_that_was_given_to_somebody_else_signs_nobody_in_as_him(device, person):
    other = open_account(username="khac", full_name="Trần Thị Khác", password=PASSWORD, actor="")
    Session.objects.update(account=other)
    answer = device.get("/")
    assert answer.wsgi_request.user == person  # what the signed data say, not the row


@pytest.mark.parametrize("key", ["", "x" * 32, "a\0b", "é" * 40, "'; DROP TABLE x; --"])
def test_key_that_nobody_was_given_is_a_visitor(key):
    client = Client()
    client.cookies["sessionid"] = key
    assert not is_in(client)


def test_expired_session_is_out(device):
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert not is_in(device)
