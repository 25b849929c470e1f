"""SQL statements per request, over HTTP through the API, counted as the database sees them.

Django logs every statement that it sends, BEGIN and COMMIT among them; the session, the account and the posts of
sign-in are part of the count. Nothing but the published things (versions, routes, offerings) and the working calendar
is warm.
"""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions import handling
from motcua.dossiers.factories import make_world

MOST_FOR_FILING = 12
MOST_FOR_A_STEP = 12
MOST_FOR_A_LIST = 4

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def form(world, **changes):
    return {
        "procedure": world.procedure,
        "unit": "T.01",
        "applicant": {"name": "Nguyễn Văn Thử"},
        "papers": [{"component_name": "Đơn đề nghị"}],
        "submission_key": str(uuid4()),
        **changes,
    }


def post(client, address, body, expected):
    """Return the statements of one request, which must answer ``expected``."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = client.post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == expected, answer.content.decode()
    statements = [query["sql"] for query in caught.captured_queries]
    assert (statements.count("BEGIN"), statements.count("COMMIT")) == (1, 1)
    return statements, answer.json()


def test_filing_online_takes_at_most_twelve_statements(world):
    client = signed_in(world.citizen)
    post(client, "/api/v1/dossiers", form(world), 201)
    statements, _answer = post(client, "/api/v1/dossiers", form(world), 201)
    assert len(statements) <= MOST_FOR_FILING, "\n".join(statements)


def test_filing_online_with_files_takes_at_most_twelve_statements(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = signed_in(world.citizen)
    post(client, "/api/v1/dossiers", form(world), 201)
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
        "a735813e0000000049454e44ae426082"
    )
    kept = client.post("/api/v1/files", {"file": SimpleUploadedFile("ban-ve.png", png, "image/png")})
    assert kept.status_code == 201, kept.content.decode()
    papers = [{"component_name": "Bản vẽ", "file_id": kept.json()["id"]}]
    statements, _answer = post(client, "/api/v1/dossiers", form(world, papers=papers), 201)
    assert len(statements) <= MOST_FOR_FILING, "\n".join(statements)


@pytest.mark.parametrize("procedure", ["1.000001", "1.000002"])
def test_first_step_takes_at_most_twelve_statements(world, procedure):
    world.file_at_counter(procedure=procedure)  # warms what is published
    code = world.file_at_counter(procedure=procedure).code
    statements, _answer = post(signed_in(world.counter), f"/api/v1/dossiers/{code}/forward", {"at_step": 1}, 200)
    assert len(statements) <= MOST_FOR_A_STEP, "\n".join(statements)


def test_proposal_takes_at_most_twelve_statements(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    body = {"at_step": 2, "result_text": "Được"}
    statements, _answer = post(signed_in(world.specialist), f"/api/v1/dossiers/{code}/propose", body, 200)
    assert len(statements) <= MOST_FOR_A_STEP, "\n".join(statements)


def test_approval_takes_at_most_twelve_statements(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    handling.propose(code, actor=world.specialist, result_text="Được")
    handling.propose(code, actor=world.head)
    statements, _answer = post(signed_in(world.leader), f"/api/v1/dossiers/{code}/approve", {"at_step": 4}, 200)
    assert len(statements) <= MOST_FOR_A_STEP, "\n".join(statements)


@pytest.mark.parametrize("who", ["specialist", "counter", "control", "citizen"])
def test_list_takes_at_most_four_statements(world, who):
    for _ in range(3):
        world.file()
    client = signed_in(getattr(world, who))
    client.get("/api/v1/dossiers")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get("/api/v1/dossiers")
    assert len(answer.json()["dossiers"]) == 3
    assert len(caught) <= MOST_FOR_A_LIST, "\n".join(query["sql"] for query in caught.captured_queries)
