"""Error pages: in our words, and standing where the rest has fallen."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from motcua.site import views, wsgi

pytestmark = pytest.mark.django_db


def test_forged_form_is_refused_in_our_words():
    page = Client(enforce_csrf_checks=True).post(reverse("organizations:sign_in"), {"username": "x"})
    assert page.status_code == 403
    assert "mở quá lâu" in page.content.decode()


def test_error_page_asks_nothing_of_the_database(rf, django_assert_num_queries):
    class Fallen:
        def __getattr__(self, _name):
            raise OperationalError("the database is down")

    request = rf.get("/")
    request.user = request.session = Fallen()
    request.id = "5eed"
    with django_assert_num_queries(0):
        page = views.server_error(request)
    assert page.status_code == 500
    assert "5eed" in page.content.decode()


@pytest.mark.parametrize("charset", ["rot13", "idna", "base64", "utf-16", "nonsense", '"rot13"', ""])
def test_foreign_charset_is_read_as_utf_8(rf, monkeypatch, charset):
    read = []
    monkeypatch.setattr(wsgi, "_respond", lambda environ, _start: read.append(WSGIRequest(environ).GET["q"]) or [])
    asked = rf.generic("GET", "/", QUERY_STRING="q=h%E1%BB%99%20t%E1%BB%8Bch")
    wsgi.application(asked.environ | {"CONTENT_TYPE": f"text/plain;Charset={charset}; x=y"}, lambda *_said: None)
    assert read == ["hộ tịch"]
