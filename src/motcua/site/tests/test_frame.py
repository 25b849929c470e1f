"""The frame of every page: navigation, language, health, errors."""

import json
import logging
import re
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import IntegrityError
from django.urls import reverse

from motcua.base.guard import everyone
from motcua.base.navigation import Item
from motcua.site import views
from motcua.site.logs import JsonLines
from motcua.site.middleware import BehindProxies

pytestmark = pytest.mark.django_db


def _active(page):
    return [item["label"] for item in page.context["navigation"] if item["active"]]


def test_page_belongs_to_one_entry_of_the_navigation(client):
    assert [str(label) for label in _active(client.get(reverse("procedures:catalogue")))] == ["Thủ tục"]


def test_long_navigation_keeps_what_has_a_key_in_the_row(client):
    items = [
        Item(f"Mục {number}", "site:home", number, everyone, "abcdefghi"[number] if number else "")
        for number in range(9)
    ]
    with patch("motcua.site.context.offered", lambda _file: [SimpleNamespace(NAVIGATION=items)]):
        page = client.get(reverse("site:home"))
    assert [entry["label"] for entry in page.context["more"]] == ["Mục 0"] and len(page.context["navigation"]) == 8


def test_front_page_belongs_to_no_entry(client):
    assert _active(client.get(reverse("site:home"))) == []


def test_language_is_vietnamese_until_chosen(client):
    page = client.get(reverse("site:home"), headers={"accept-language": "en"})
    assert 'lang="vi"' in page.content.decode()
    client.post(reverse("site:set_language"), {"language": "en", "next": "/"})
    assert 'lang="en"' in client.get(reverse("site:home")).content.decode()


@pytest.mark.parametrize("language", ["", "xx", "../../etc"])
def test_unknown_language_changes_nothing(client, language):
    client.post(reverse("site:set_language"), {"language": language, "next": "/"})
    assert 'lang="vi"' in client.get(reverse("site:home")).content.decode()


def test_language_switch_does_not_lead_to_strangers(client):
    answer = client.post(reverse("site:set_language"), {"language": "en", "next": "https://xau.example/"})
    assert answer.url == "/"


def test_health_says_what_works(client):
    assert client.get(reverse("site:alive")).json() == {"alive": True}
    assert client.get(reverse("site:ready")).json() == {"ready": True, "database": True, "stuck_deliveries": 0}


@pytest.mark.parametrize("path", ["/chi-so/a%00b", "/thu-tuc/a%00b", "/api/v1/tracking/a%00b"])
def test_address_that_nothing_can_have_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_what_does_not_exist_is_said_so(client):
    assert client.get("/khong-co").status_code == 404
    assert client.get("/api/v1/khong-co").status_code == 404


def test_pages_load_from_ourselves_alone(client):
    policy = client.get(reverse("site:home")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_log_line_is_json_without_query_string(client, caplog):
    with caplog.at_level(logging.INFO, logger="motcua.request"):
        client.get(reverse("procedures:catalogue") + "?q=ten-nguoi")
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["route"], line["status"]) == ("thu-tuc/", 200)
    assert "ten-nguoi" not in json.dumps(line)


@pytest.mark.parametrize("path", ["/tra-cuu/ma-so-rieng?q=ten-nguoi", "/khong-co/ma-so-rieng?q=ten-nguoi"])
def test_log_line_of_an_error_holds_neither_path_nor_query(client, caplog, path):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        assert client.get(path).status_code == 404
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["logger"], line["method"], line["status_code"]) == ("django.request", "GET", 404)
    assert not {"ma-so-rieng", "ten-nguoi"} & set(re.findall(r"[a-z-]+", json.dumps(line)))


def test_log_line_of_an_error_holds_no_row(caplog):
    told = IntegrityError("null value in column\nDETAIL:  Failing row contains (Nguyễn Văn Thử).\nCONTEXT:  x")
    logging.getLogger("motcua").error("x", exc_info=told)
    error = json.loads(JsonLines().format(caplog.records[-1]))["error"]
    assert "null value in column" in error
    assert "Nguyễn Văn Thử" not in error


def test_upload_over_the_limit_is_refused_in_words(client, settings):
    settings.UPLOAD_LIMIT = 1000
    page = client.post(reverse("organizations:sign_in"), {"username": "x" * 2000})
    assert (page.status_code, "quá lớn" in page.content.decode()) == (413, True)
    answer = client.post("/api/v1/dossiers", {"procedure": "x" * 2000}, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (413, None)


def test_house_is_not_ready_without_its_database(client, monkeypatch):
    nowhere = {"host": "127.0.0.1", "port": 1, "dbname": "none"}
    monkeypatch.setattr(views.connection, "get_connection_params", lambda: nowhere)
    answer = client.get(reverse("site:ready"))
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": False})


def test_proxies_of_ours_tell_who_sent(rf, settings):
    def address(heard):
        request = rf.get("/", REMOTE_ADDR="10.0.0.1", **({"HTTP_X_FORWARDED_FOR": heard} if heard else {}))
        return BehindProxies(lambda request: request.META["REMOTE_ADDR"])(request)

    settings.PROXIES = 0
    with pytest.raises(MiddlewareNotUsed):
        address("203.0.113.9")
    settings.PROXIES = 1
    assert address("198.51.100.7, 203.0.113.9") == "203.0.113.9"  # what stands before it anybody can have written
    assert address("2001:db8::1") == "2001:db8::1"
    assert address("") == address("unknown") == address("1.2.3") == "10.0.0.1"
    settings.PROXIES = 2
    assert address("198.51.100.7, 203.0.113.9") == "198.51.100.7"
    assert address("203.0.113.9") == "10.0.0.1"  # fewer than should be on the way


def test_answers_of_the_api_are_kept_by_nobody(client):
    assert client.get("/api/v1/me").headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
