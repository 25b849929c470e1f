"""The outbox over real HTTP against the simulated partner, and what it keeps of people."""

import json
import threading
import urllib.request
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from motcua.base.clock import now
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.notifications.actions import outbox
from motcua.notifications.actions.notices import Contact, notify, tell_contact
from motcua.notifications.actions.outbox import drop, forget_old, retry, send_due
from motcua.notifications.gateways.http import HttpGateway
from motcua.notifications.gateways.port import NotSent, Outgoing
from motcua.notifications.models import Message, Notice
from motcua.notifications.rules.retrying import MOST_ATTEMPTS, wait_after
from motcua.notifications.simulator.server import serve
from motcua.notifications.states import DEAD, DROPPED, SENT, WAITING
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.states import ADMINISTRATOR, PROVINCE

pytestmark = pytest.mark.django_db
SECRET = "bi-mat-thu"  # noqa: S105
ADDRESS = "0900000123"


@pytest.fixture
def partner(settings):
    server = serve(0, secret=SECRET, delay=0.05)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_address[1]}/messages"
    settings.SMS_SECRET = SECRET
    settings.MESSAGE_TIMEOUT = 2
    yield server.partner
    server.shutdown()
    server.server_close()
    thread.join()


def owed(key="k1", phone=ADDRESS, **changes):
    words = {"kind": "general", "subject": "S", "text": "Hồ sơ đã có kết quả", "link": "/tra-cuu/"} | changes
    tell_contact(Contact(phone=phone), key=key, **words)
    return Message.objects.get(key=f"{key}:sms")


def test_message_goes_once_and_its_address_and_words_are_forgotten(partner):
    message = owed()
    owed()  # told twice
    assert send_due() == 1
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.address, message.text, message.attempts) == (SENT, "", "", 1)
    assert message.shown_address == "09*****123"
    assert [each["text"] for each in partner.taken.values()] == ["Ho so da co ket qua"]
    assert [each["to"] for each in partner.taken.values()] == ["09*****123"]


def test_nothing_is_queued_for_a_closed_channel(settings):
    settings.SMS_URL = settings.MAIL_FROM = ""
    assert tell_contact(Contact(ADDRESS, "a@example.org"), key="k", kind="general", subject="S", text="T", link="") == 0
    assert not Message.objects.exists()


def test_what_waits_for_a_channel_that_closes_is_let_go(partner, settings):
    message = owed()
    settings.SMS_URL = ""
    send_due()
    message.refresh_from_db()
    assert (message.state, message.fault, message.address) == (DROPPED, "closed", "")


@pytest.mark.parametrize(
    "mode, fault, state",
    [("fail", "busy", WAITING), ("refuse", "bad_address", DEAD), ("garbled", "unreadable", WAITING)],
)
def test_failure_is_noted_and_tried_again_unless_final(partner, mode, fault, state):
    partner.mode = mode
    message, at = owed(), now()
    assert send_due(at=at) == 0
    message.refresh_from_db()
    assert (message.state, message.fault, message.attempts) == (state, fault, 1)
    if state == WAITING:
        assert message.next_at == at + timedelta(minutes=1)
        partner.mode = "success"
        assert send_due(at=at) == 0
        assert send_due(at=at + timedelta(minutes=1)) == 1
        assert len(partner.taken) == 1  # one that was taken with a garbled answer is the same message


def test_partner_that_never_answers_costs_one_timeout_and_no_second_message(partner, settings):
    settings.MESSAGE_TIMEOUT = 0.1
    partner.mode = "timeout"
    message, at = owed(), now()
    assert send_due(at=at) == 0
    message.refresh_from_db()
    assert message.fault == "timeout"
    partner.mode = "success"
    settings.MESSAGE_TIMEOUT = 2
    assert send_due(at=at + timedelta(minutes=1)) == 1
    assert len(partner.taken) == 1


def test_slow_partner_is_waited_for(partner):
    partner.mode = "slow"
    owed()
    assert send_due() == 1


def test_partner_that_is_not_there_is_unreached(partner, settings):
    settings.SMS_URL = "http://127.0.0.1:9/messages"
    message = owed()
    send_due()
    message.refresh_from_db()
    assert message.fault == "unreached"


def test_request_with_another_secret_is_refused_for_good(partner, settings):
    settings.SMS_SECRET = "khac"  # noqa: S105
    message = owed()
    send_due()
    message.refresh_from_db()
    assert (message.state, message.fault) == (DEAD, "refused")
    assert not partner.taken


def test_changed_body_is_no_longer_signed(partner, settings):
    gateway = HttpGateway(settings.SMS_URL, SECRET, 2)
    assert gateway.send(Outgoing("k", "sms", ADDRESS, "S", "T", "")).startswith("MP-")
    request = urllib.request.Request(  # noqa: S310
        settings.SMS_URL, json.dumps({"to": ADDRESS}).encode(), {"Idempotency-Key": "x", "X-Motcua-Time": "1"}
    )
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(request)  # noqa: S310


def test_message_is_given_up_after_the_last_attempt_with_a_fact_that_names_nobody(partner):
    partner.mode = "fail"
    message, at = owed(), now()
    for _attempt in range(MOST_ATTEMPTS):
        send_due(at=at)
        at += timedelta(days=2)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (DEAD, MOST_ATTEMPTS)
    fact = Fact.objects.get(verb="message.given_up")
    assert ADDRESS not in json.dumps(fact.data) + fact.subject
    assert fact.data == {"channel": "sms", "kind": "general", "fault": "busy", "attempts": MOST_ATTEMPTS}


def test_waits_grow_and_end():
    waits = [wait_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert waits == sorted(waits)
    assert wait_after(MOST_ATTEMPTS) is None


def test_partner_that_fails_thrice_in_a_row_is_left_alone(partner):
    partner.mode = "fail"
    for number in range(10):
        owed(key=f"k{number}")
    send_due()
    assert partner.asked == outbox.PATIENCE
    assert Message.objects.filter(state=WAITING, attempts=0).count() == 10 - outbox.PATIENCE


def test_sender_that_dies_leaves_the_message_to_the_next_after_its_lease(partner):
    message, at = owed(), now()
    assert [each.pk for each in outbox._claim("sms", at=at)] == [message.pk]  # and then the process is gone
    assert send_due(at=at) == 0
    assert send_due(at=at + outbox.LEASE) == 1
    assert len(partner.taken) == 1


def test_slower_sender_of_an_expired_lease_changes_nothing(partner):
    message, at = owed(), now()
    stale = outbox._claim("sms", at=at)[0]
    assert send_due(at=at + outbox.LEASE) == 1
    outbox._note_failure(stale, NotSent("busy", is_final=True), at=at + outbox.LEASE)
    message.refresh_from_db()
    assert message.state == SENT


def test_letters_go_through_the_mail_server(settings):
    settings.MAIL_FROM = "motcua@example.org"
    account = open_account(username="reader", full_name="Người Thử", password=None, actor="")
    account.email = "thu@example.org"
    account.save()
    notify(account, key="1", subject="H1", text="Có kết quả", link="/ho-so/H1")
    assert mail.outbox == []
    assert send_due() == 1
    assert [(each.to, each.subject) for each in mail.outbox] == [(["thu@example.org"], "Thông báo: H1")]
    assert "http://127.0.0.1:8000/ho-so/H1" in mail.outbox[0].body
    assert Notice.objects.count() == 1


def test_ended_messages_are_forgotten(partner):
    owed()
    send_due()
    assert forget_old(before=now() + timedelta(days=1)) == 1
    assert not Message.objects.exists()


@pytest.fixture
def administrator():
    unit = establish(
        code="T", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=now().date(), actor="", one_stop=None
    )
    account = open_account(username="quan", full_name="Người Quản", password=None, actor="")
    give_post(account, unit=unit, role=ADMINISTRATOR, valid_from=now().date(), actor="")
    return account


def _browser(account):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client


def test_dead_letters_are_looked_at_sent_again_or_dropped(partner, administrator):
    partner.mode = "refuse"
    first, second = owed(key="a"), owed(key="b")
    send_due()
    browser, address = _browser(administrator), reverse("notifications:outbox")
    page = browser.get(address).content.decode()
    assert "09*****123" in page and ADDRESS not in page
    assert "Hồ sơ đã có kết quả" not in page and "Ho so da co ket qua" not in page
    partner.mode = "success"
    browser.post(reverse("notifications:outbox_act", args=[first.pk, "gui-lai"]))
    browser.post(reverse("notifications:outbox_act", args=[second.pk, "bo"]))
    assert send_due() == 1
    states = dict(Message.objects.values_list("key", "state"))
    assert states == {"a:sms": SENT, "b:sms": DROPPED}
    assert Message.objects.get(key="b:sms").address == ""
    facts = Fact.objects.filter(actor=administrator.code, verb__startswith="message.")
    assert sorted(facts.values_list("verb", flat=True)) == [
        "message.dropped",
        "message.retried",
    ]
    answer = browser.post(reverse("notifications:outbox_act", args=[first.pk, "gui-lai"]), follow=True)
    assert "không ở trạng thái không gửi được" in answer.content.decode()
    assert browser.post(reverse("notifications:outbox_act", args=[2**70, "bo"])).status_code == 404


def test_outbox_is_for_administrators_alone():
    reader = open_account(username="reader", full_name="Người Thử", password=None, actor="")
    browser = _browser(reader)
    assert browser.get(reverse("notifications:outbox")).status_code == 404
    assert browser.get("/api/v1/outbox").status_code == 404
    assert browser.post("/api/v1/outbox/1/retry").status_code == 404


def test_outbox_over_the_api(partner, administrator):
    partner.mode = "refuse"
    message = owed()
    send_due()
    browser = _browser(administrator)
    found = browser.get("/api/v1/outbox").json()
    assert found["counts"]["sms"]["dead"] == 1
    assert set(found["messages"][0]) == {
        "id", "channel", "kind", "shown_address", "state", "attempts", "fault", "created_at", "ended_at",
    }  # fmt: skip
    assert browser.post(f"/api/v1/outbox/{message.pk}/retry").status_code == 204
    assert browser.post(f"/api/v1/outbox/{message.pk}/drop").status_code == 409


def test_only_given_up_messages_are_retried_or_dropped(partner, administrator):
    message = owed()
    for act in (retry, drop):
        with pytest.raises(Refused):
            act(message.pk, actor=administrator)
