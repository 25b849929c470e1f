"""Reception over the API: the same actions as at the counter's page."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier


def _post(account, path, body):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def _form(world, **changes):
    return {
        "procedure": world.procedure,
        "unit": "T.01",
        "applicant": {"name": "Nguyễn Văn Thử", "identity_number": "000000000001"},
        "submission_key": str(uuid4()),
        **changes,
    }


def test_counter_hands_over_where_it_is_asked_to(world):
    answer = _post(
        world.counter,
        "/dossiers",
        _form(
            world,
            channel="post",
            hand_over=True,
            give_papers=True,
            papers=[{"component_name": "Đơn"}],
            circumstances={"post_item": "EE123456789VN", "return_method": "post", "return_address": "Số 1"},
        ),
    )
    assert (answer.status_code, answer.json()["state"]) == (201, "in_progress")
    dossier = Dossier.objects.get()
    assert (dossier.post_item, dossier.return_method) == ("EE123456789VN", "post")
    assert dossier.paper_hand_overs.count() == 1


def test_refused_guided_completed_and_received(world):
    refused = _post(world.counter, "/reception/refused", _form(world, reason="Không thuộc thẩm quyền"))
    assert (refused.status_code, refused.json()["state"]) == (201, "refused")
    guided = _post(world.counter, "/reception/guided", _form(world, items="Bản vẽ"))
    assert (guided.status_code, guided.json()["state"]) == (201, "supplement_before")
    body = {"applicant": {"name": "Nguyễn Văn Thử"}, "papers": [{"component_name": "Bản vẽ"}], "hand_over": True}
    received = _post(world.counter, f"/dossiers/{guided.json()['code']}/receive-completed", body)
    assert (received.status_code, received.json()["state"]) == (200, "in_progress")


def test_online_filing_is_guided_completed_and_received_step_by_step(world):
    code = world.file().code
    assert _post(world.counter, f"/dossiers/{code}/guide", {"items": "Bản vẽ"}).json()["state"] == "supplement_before"
    assert _post(world.counter, f"/dossiers/{code}/receive", {}).status_code == 409
    assert _post(world.citizen, f"/dossiers/{code}/complete", {"note": "đã có"}).json()["state"] == "filed"
    assert _post(world.counter, f"/dossiers/{code}/receive", {"hand_over": True}).json()["state"] == "in_progress"


def test_known_applicant_and_like_dossiers_are_for_who_receives(world):
    code = world.file_at_counter().code
    known = _post(world.counter, "/reception/known-applicants", {"number": "000000000001"}).json()
    assert [each["name"] for each in known] == ["Nguyễn Văn Thử"]
    like = {"procedure": world.procedure, "applicant": {"name": "Nguyễn Văn Thử", "identity_number": "000000000001"}}
    assert [each["code"] for each in _post(world.counter, "/reception/like-dossiers", like).json()] == [code]
    assert _post(world.citizen, "/reception/like-dossiers", like).json() == []
    assert _post(world.citizen, "/reception/known-applicants", {"number": "000000000001"}).status_code == 404


@pytest.mark.parametrize("who", ["citizen", "specialist", "leader", "outsider"])
@pytest.mark.parametrize("path", ["/reception/refused", "/reception/guided"])
def test_turning_away_is_for_the_counter_alone(world, who, path):
    body = _form(world, reason="x", items="x")
    assert _post(getattr(world, who), path, body).status_code == 404
    assert Dossier.objects.count() == 0


def test_counter_of_another_unit_turns_nobody_away(world):
    answer = _post(world.commune_all, "/reception/refused", _form(world, reason="x"))
    assert (answer.status_code, answer.json()["field"]) == (409, "unit")
