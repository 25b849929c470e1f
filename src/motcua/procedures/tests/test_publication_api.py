"""Publication for machines: the same rules as the pages."""

import io
import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from motcua.base.measures import Count
from motcua.procedures.actions.deciding import confirm_decision
from motcua.procedures.actions.publishing import publish_due
from motcua.procedures.factories import make_office
from motcua.procedures.measures import MEASURES
from motcua.procedures.models import Decision
from motcua.procedures.tests.publishing import taken_in, text_of

pytestmark = pytest.mark.django_db
API, BIRTH = "/api/v1", "1.001193"


@pytest.fixture
def office(some_procedures, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_office()


@pytest.fixture
def control(office, client):
    client.force_login(office.people["control"])
    return office.people["control"]


def send(client, method, address, **told):
    return getattr(client, method)(f"{API}{address}", json.dumps(told), content_type="application/json")


def test_decision_is_uploaded_corrected_and_confirmed(client, control):
    file = ContentFile(text_of(amended=[(BIRTH, "Đăng ký khai sinh mới")]), name="a.txt")
    made = client.post(f"{API}/decisions", {"file": file})
    assert (made.status_code, made.json()["state"]) == (202, "waiting")
    decision = taken_in(control, amended=[("9.999999", "Không có thật")], number="16/QĐ-UBND")
    seen = client.get(f"{API}/decisions/{decision.code}").json()
    assert [row["code"] for row in seen["rows"]] == ["9.999999"]
    assert len(seen["problems"]) == 1
    refused = send(client, "post", f"/decisions/{decision.code}/confirm")
    assert refused.status_code == 409
    row = {"code": BIRTH, "name": "Đăng ký khai sinh mới", "change": "amended"}
    assert send(client, "put", f"/decisions/{decision.code}/rows/1", **row).json()["code"] == BIRTH
    assert send(client, "patch", f"/decisions/{decision.code}", valid_from="2026-05-01").json()["problems"] == []
    assert send(client, "post", f"/decisions/{decision.code}/confirm").json()["state"] in ("confirmed", "active")


def test_versions_and_their_differences_are_public(client, control):
    decision = taken_in(control, amended=[(BIRTH, "Thủ tục đăng ký khai sinh mới")])
    confirm_decision(decision.code, actor=control)
    publish_due(date(2026, 4, 1))
    client.logout()
    days = [one["valid_from"] for one in client.get(f"{API}/procedures/{BIRTH}/versions").json()]
    assert days == ["2026-04-01", "2025-07-01"]
    asked = {"before": days[1], "after": days[0]}
    found = client.get(f"{API}/procedures/{BIRTH}/differences", asked).json()["differences"]
    assert found[0]["after"][-1] == {"kind": "added", "text": " mới"}
    assert client.get(f"{API}/procedures/{BIRTH}/differences", {**asked, "after": "2020-01-01"}).status_code == 404
    assert client.get(f"{API}/procedures/9.999999/versions").status_code == 404


def test_marks_and_authority(client, control):
    mark = {"trait": "internal", "valid_from": "2026-01-01", "source": "Quyết định 1"}
    assert send(client, "post", f"/procedures/{BIRTH}/marks", **mark).json()["trait"] == "internal"
    assert send(client, "post", f"/procedures/{BIRTH}/marks", **mark).status_code == 409
    right = {"role": "decides", "unit": "T.10", "valid_from": "2026-01-01", "source": "Quyết định 1"}
    assert send(client, "post", f"/procedures/{BIRTH}/authorities", **right).json()["unit"] == "T.10"
    seen = client.get(f"{API}/procedures/{BIRTH}/standing").json()
    assert ([one["trait"] for one in seen["marks"]], [one["role"] for one in seen["authorities"]]) == (
        ["internal"], ["decides"],
    )  # fmt: skip


@pytest.mark.parametrize("who", ["citizen", "commune"])
def test_others_may_not(client, office, who):
    client.force_login(office.people[who])
    assert client.get(f"{API}/proposals").status_code == 404
    assert send(client, "post", "/proposals/compare").status_code == 404
    assert client.get(f"{API}/decisions").status_code == (200 if who == "commune" else 404)


def test_late_decisions_are_measured(control):
    decision = taken_in(control, amended=[(BIRTH, "Đăng ký khai sinh mới")])
    decision.basis_valid_on = date(2026, 3, 4)
    decision.save()
    confirm_decision(decision.code, actor=control)
    decision.refresh_from_db()
    assert (decision.sign_by, decision.public_by, decision.unit.code) == (date(2026, 2, 25), date(2026, 3, 10), "T")
    kept = [one for one in MEASURES if isinstance(one, Count) and one.source.model is Decision]
    counts = {one.code: Decision.objects.filter(one.condition).count() for one in kept}
    assert counts == {"publication.decisions": 1, "publication.signed_late": 1, "publication.public_late": 1}


def test_files_are_taken_over_the_api(client, control, office, catalogue_file):
    path = catalogue_file(BIRTH, "1.004845", file="national.jsonl", steps="Bước mới duy nhất")
    taken = client.post(f"{API}/national-set", {"file": ContentFile(path.read_bytes(), name="national.jsonl")})
    assert taken.json() == {"rows": 2, "changed": 2, "is_list": False}
    wrong = client.post(f"{API}/national-set", {"file": ContentFile(b"x", name="a.xlsx")})
    assert (wrong.status_code, "Không đọc được tệp" in str(wrong.json())) == (409, True)
    client.force_login(office.people["commune"])
    assert client.post(f"{API}/national-set", {"file": ContentFile(b"x", name="a.xlsx")}).status_code == 404
    told = {"unit": "T.10", "place": "board", "on": "2026-03-01"}
    assert client.post(f"{API}/postings", told).status_code == 409
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    made = client.post(f"{API}/postings", {**told, "file": ContentFile(picture.getvalue(), name="bang.png")})
    assert (made.status_code, made.json()["unit"]) == (200, "T.10")
    assert [one["on"] for one in client.get(f"{API}/postings?unit=T.10").json()] == ["2026-03-01"]
    assert client.get(f"{API}/postings/coverage").json()["units"] == 0
