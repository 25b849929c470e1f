"""What an account wants to be told where, and addresses proved by a code."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.notifications.actions import contacts
from motcua.notifications.actions.notices import notify
from motcua.notifications.actions.outbox import send_due
from motcua.notifications.models import ContactPoint, Message, Preference
from motcua.notifications.queries import addresses_of
from motcua.organizations.actions.people import open_account

pytestmark = pytest.mark.django_db
PHONE = "0900000123"


@pytest.fixture
def account(settings):
    settings.MAIL_FROM, settings.SMS_URL, settings.SMS_SECRET = "motcua@example.org", "http://127.0.0.1:9/", "x"
    made = open_account(username="reader", full_name="Người Thử", password=None, actor="")
    made.email = "thu@example.org"
    made.save()
    return made


@pytest.fixture
def browser(account):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client


def _code():
    return re.search(r"\d{6}", Message.objects.filter(kind="code").latest("pk").text)[0]


def _proved(account, address=PHONE):
    contacts.send_code(account, medium="phone", address=address)
    contacts.verify(account, medium="phone", code=_code())


def test_mail_is_usual_and_sms_waits_for_a_proved_number_and_a_wish(account):
    assert addresses_of(account, "general") == {"email": "thu@example.org"}
    contacts.prefer(account, wanted={("general", "sms"), ("general", "email")})
    assert addresses_of(account, "general") == {"email": "thu@example.org"}
    _proved(account)
    assert addresses_of(account, "general") == {"email": "thu@example.org", "sms": PHONE}
    contacts.prefer(account, wanted=set())
    assert addresses_of(account, "general") == {}


def test_closed_channels_ask_nothing_of_the_database(account, settings, django_assert_num_queries):
    settings.MAIL_FROM = settings.SMS_URL = ""
    with django_assert_num_queries(0):
        assert addresses_of(account, "general") == {}


def test_proved_mail_takes_the_place_of_the_accounts_own(account):
    contacts.send_code(account, medium="email", address="moi@example.org")
    assert addresses_of(account, "general") == {"email": "thu@example.org"}
    send_due()
    assert mail.outbox[0].to == ["moi@example.org"]
    contacts.verify(account, medium="email", code=re.search(r"\d{6}", mail.outbox[0].body)[0])
    assert addresses_of(account, "general") == {"email": "moi@example.org"}
    notify(account, key="1", subject="S", text="T", link="")
    send_due()
    assert mail.outbox[1].to == ["moi@example.org"]
    contacts.remove_contact(account, medium="email")
    assert addresses_of(account, "general") == {"email": "thu@example.org"}


def test_code_is_refused_when_wrong_often_old_or_none(account, monkeypatch):
    with pytest.raises(Refused, match="Chưa có mã"):
        contacts.verify(account, medium="phone", code="000000")
    contacts.send_code(account, medium="phone", address=PHONE)
    right = _code()
    wrong = "000001" if right != "000001" else "000002"
    for _try in range(contacts.MOST_WRONG):
        with pytest.raises(Refused, match="không đúng"):
            contacts.verify(account, medium="phone", code=wrong)
    with pytest.raises(Refused, match="quá nhiều lần"):
        contacts.verify(account, medium="phone", code=right)
    with pytest.raises(Refused, match="đợi một phút"):
        contacts.send_code(account, medium="phone", address=PHONE)
    ContactPoint.objects.update(
        wrong_codes=0, code_sent_at=ContactPoint.objects.get().code_sent_at - timedelta(hours=1)
    )
    with pytest.raises(Refused, match="hết hiệu lực"):
        contacts.verify(account, medium="phone", code=right)


def test_no_more_than_so_many_codes_go_out_in_a_day(account):
    for number in range(contacts.MOST_CODES):
        contacts.send_code(account, medium="phone", address=f"09000001{number:02d}")
        ContactPoint.objects.update(code_sent_at=None)
    with pytest.raises(Refused, match="quá nhiều mã"):
        contacts.send_code(account, medium="phone", address=PHONE)


def test_code_proves_only_the_address_it_was_sent_to(account):
    contacts.send_code(account, medium="phone", address=PHONE)
    old = _code()
    ContactPoint.objects.update(code_sent_at=ContactPoint.objects.get().code_sent_at - timedelta(minutes=2))
    contacts.send_code(account, medium="phone", address="0900000999")
    if _code() != old:
        with pytest.raises(Refused):
            contacts.verify(account, medium="phone", code=old)
    contacts.verify(account, medium="phone", code=_code())
    assert ContactPoint.objects.get().address == "0900000999"


@pytest.mark.parametrize("medium, address", [("email", "không"), ("email", ""), ("phone", "12"), ("phone", "0900' OR")])
def test_bad_address_is_refused(account, medium, address):
    with pytest.raises(Refused) as refusal:
        contacts.send_code(account, medium=medium, address=address)
    assert refusal.value.field == "address"


def test_unknown_wish_is_refused(account):
    with pytest.raises(Refused):
        contacts.prefer(account, wanted={("general", "pigeon")})


def test_facts_tell_no_address_and_no_code(account):
    _proved(account)
    contacts.prefer(account, wanted={("general", "sms")})
    facts = Fact.objects.filter(subject=account.code)
    assert [fact.verb for fact in facts.order_by("id")][-3:] == [
        "account.contact_code_sent",
        "account.contact_verified",
        "account.preferences_changed",
    ]
    assert PHONE not in str([fact.data for fact in facts])


def test_page_shows_closed_channels_keeps_wishes_and_proves_addresses(account, browser, settings):
    address = reverse("notifications:wishes")
    page = browser.get(address).content.decode()
    assert "chưa mở" in page  # Zalo
    browser.post(address, {"muon": ["general/sms"]})
    changed = Preference.objects.filter(kind="general").order_by("channel")
    stored = changed.values_list("kind", "channel", "is_wanted")
    assert list(stored) == [
        ("general", "email", False),
        ("general", "sms", True),
    ]
    assert browser.post(address, {"muon": ["general/pigeon"]}).status_code == 409
    browser.post(reverse("notifications:ask_code", args=["phone"]), {"address": "0900 000 123"})
    answer = browser.post(reverse("notifications:confirm_contact", args=["phone"]), {"code": "abc"})
    assert answer.status_code == 422 and "Mã không đúng" in answer.content.decode()
    browser.post(reverse("notifications:confirm_contact", args=["phone"]), {"code": _code()})
    assert "Đã xác nhận" in browser.get(address).content.decode()
    browser.post(reverse("notifications:forget_contact", args=["phone"]))
    assert not ContactPoint.objects.exists()
    assert browser.post(reverse("notifications:ask_code", args=["fax"]), {"address": "1"}).status_code == 404
    answer = browser.post(reverse("notifications:ask_code", args=["phone"]), {"address": '"><script>alert(1)</script>'})
    assert answer.status_code == 422 and "<script>alert" not in answer.content.decode()


def test_public_is_sent_to_sign_in(client):
    assert client.get(reverse("notifications:wishes")).status_code == 302


def test_api_of_wishes_and_contacts(account, browser):
    wishes = {f"{each['kind']}/{each['channel']}": each for each in browser.get("/api/v1/message-wishes").json()}
    assert wishes["general/email"]["is_wanted"] and not wishes["general/zalo"]["is_open"]
    answer = browser.put("/api/v1/message-wishes", {"wanted": ["general/sms"]}, content_type="application/json")
    assert [each["is_wanted"] for each in answer.json() if each["kind"] == "general"] == [False, True, False]
    body = {"address": PHONE}
    assert browser.post("/api/v1/contact-points/phone/code", body, content_type="application/json").status_code == 204
    bad = browser.post("/api/v1/contact-points/phone/verify", {"code": "x"}, content_type="application/json")
    assert (bad.status_code, bad.json()["field"]) == (409, "code")
    good = browser.post("/api/v1/contact-points/phone/verify", {"code": _code()}, content_type="application/json")
    assert good.status_code == 204
    assert browser.get("/api/v1/contact-points").json()[0]["verified_at"] is not None
    assert browser.delete("/api/v1/contact-points/phone").status_code == 204
    notify(account, key="1", subject="S", text="T", link="")
    notice = browser.get("/api/v1/notices").json()[0]
    assert browser.post(f"/api/v1/notices/{notice['id']}/read").status_code == 204
    assert browser.get("/api/v1/notices").json()[0]["read_at"] is not None
