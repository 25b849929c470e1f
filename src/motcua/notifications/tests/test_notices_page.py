"""The page of notices: one's own, opened and read."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.notifications.actions.notices import notify
from motcua.notifications.models import Notice
from motcua.organizations.actions.people import open_account

pytestmark = pytest.mark.django_db
BACKEND = "motcua.organizations.gateways.sign_in.PasswordSignIn"


@pytest.fixture
def people():
    made = {}
    for name in ("reader", "other"):
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        client = Client()
        client.force_login(account, backend=BACKEND)
        made[name] = (account, client)
    return made


def _notice(account, key="1", text="Hồ sơ đã có kết quả", link="/tra-cuu/"):
    notify(account, key=key, subject="S", text=text, link=link)
    return Notice.objects.get(account=account, key=key)


def test_public_is_sent_to_sign_in(client):
    assert client.get(reverse("notifications:notices")).status_code == 302


def test_notices_are_the_readers_own(people):
    _notice(people["reader"][0])
    assert "Hồ sơ đã có kết quả" in people["reader"][1].get(reverse("notifications:notices")).content.decode()
    assert "Hồ sơ đã có kết quả" not in people["other"][1].get(reverse("notifications:notices")).content.decode()


def test_notice_is_read_when_opened(people):
    notice = _notice(people["reader"][0])
    address = reverse("notifications:open_notice", args=[notice.pk])
    assert people["other"][1].post(address).status_code == 404
    assert people["reader"][1].post(address).url == "/tra-cuu/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert people["reader"][1].post(reverse("notifications:open_notice", args=[2**70])).status_code == 404


def test_all_are_marked_read(people):
    account, browser = people["reader"]
    _notice(account)
    _notice(account, key="2", link="")
    browser.post(reverse("notifications:read_all"))
    assert browser.get(reverse("notifications:notices")).context["unread"] == 0


def test_hostile_text_is_shown_as_text(people):
    _notice(people["reader"][0], text="<script>alert(1)</script>")
    assert "<script>alert" not in people["reader"][1].get(reverse("notifications:notices")).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_renders_in_both_languages(people, language):
    browser = people["reader"][1]
    browser.cookies.load({"django_language": language})
    assert f'lang="{language}"' in browser.get(reverse("notifications:notices")).content.decode()
