"""Review, files and reports over the API: the steps of a reviewer, rows out and in, a quarter, merits."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.base.clock import today
from motcua.plans.actions.evidence import Evidence
from motcua.plans.actions.following import accept, report_completion

pytestmark = pytest.mark.django_db


def api(client, method, address, data=None):
    return client.generic(method, f"/api/v1{address}", json.dumps(data or {}), content_type="application/json")


def test_reviewer_walks_a_draft(client, world, draft):
    client.force_login(world.control)
    code, row = draft.code, world.row(draft, "1")
    left = client.get(f"/api/v1/plans/{code}/review").json()
    assert (left["rows"], left["checked"], left["names"]) == (4, 0, {"Báo Thử Nghiệm": 1})
    assert [each["row"] for each in left["left"]] == [f"{code}.3"]
    named = api(client, "POST", f"/plans/{code}/names", {"name": "Báo Thử Nghiệm", "unit": "T.02"}).json()
    assert (named["names"], named["left"]) == ({}, [])
    words = row.text.split()
    parts = {"first": " ".join(words[:4]), "second": " ".join(words[4:])}
    made = api(client, "POST", f"/plan-rows/{row.code}/split", parts).json()
    assert [each["text"] for each in made] == list(parts.values())
    assert api(client, "POST", f"/plan-rows/{row.code}/merge").json()["text"] == row.text
    assert client.get(f"/api/v1/plans/{code}/review").json()["last_step"] == "Gộp dòng 1"
    assert api(client, "POST", f"/plans/{code}/undo").json()["rows"] == 5
    assert api(client, "POST", f"/plans/{code}/undo").json()["rows"] == 4
    assert api(client, "POST", f"/plans/{code}/acknowledge", {"key": "missing:1:1"}).status_code == 409
    assert api(client, "POST", f"/plans/{code}/accept-sure").status_code in (200, 409)
    assert api(client, "POST", f"/plans/{code}/body-tasks", {"id": "none"}).status_code == 409
    assert api(client, "PATCH", f"/plan-rows/{row.code}", {"text": "Việc khác"}).json()["is_edited"]
    assert api(client, "POST", f"/plan-rows/{row.code}/restore").json()["text"] == row.text
    assert api(client, "PUT", f"/plan-rows/{row.code}/section", {"section_path": ["không có"]}).status_code == 409


def test_review_is_for_those_who_draft(client, world, draft):
    client.force_login(world.outsider)
    assert client.get(f"/api/v1/plans/{draft.code}/review").status_code == 404
    assert api(client, "POST", f"/plans/{draft.code}/undo").status_code == 404
    assert client.get(f"/api/v1/plans/{draft.code}/file").status_code == 404


def test_rows_go_out_and_come_in(client, world, draft):
    client.force_login(world.control)
    address = f"/api/v1/plans/{draft.code}/rows-file"
    starts = {"docx": b"PK", "pdf": b"%PDF", "xlsx": b"PK", "csv": "﻿".encode(), "ics": b"BEGIN:VCALENDAR"}
    for kind, start in starts.items():
        assert client.get(f"/api/v1/plans/{draft.code}/file?kind={kind}").content.startswith(start), kind
    assert client.get(f"/api/v1/plans/{draft.code}/file?kind=exe").status_code == 422
    rows = [{"code": "1", "text": "Ban hành kế hoạch khác"}, {"text": "Việc thêm"}]

    def told(**asked):
        content = json.dumps({"plan": draft.code, "tasks": rows}).encode()
        file = SimpleUploadedFile("a.json", content, "application/json")
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return client.post(f"{address}?{query}", {"file": file})

    seen = told().json()
    assert seen["changed"]["1"]["text"][1] == "Ban hành kế hoạch khác" and len(seen["added"]) == 1
    assert len(seen["missing"]) == 3 and draft.tasks.count() == 4
    when = seen["seen"].replace("+", "%2B")
    assert told(seen=when).status_code == 200
    assert draft.tasks.filter(is_dropped=False).count() == 5
    assert told(seen=when).status_code == 409


def test_quarter_and_merits(client, world, plan):
    client.force_login(world.control)
    code = f"{plan.code}.1"
    proof = Evidence(link="https://example.org/ket-qua")
    report_completion(code, unit=world.units["T.00"], on_day=today(), note="", evidence=proof, actor=world.office)
    accept(code, unit=world.units["T.00"], actor=world.control, grade="good")
    told = client.get(f"/api/v1/plans/{plan.code}/report").json()
    assert (told["total"], sum(told["counts"].values()), told["done"]) == (4, 4, 1)
    assert client.get(f"/api/v1/plans/{plan.code}/report?quarter=1999-Q1").status_code == 404
    found = client.get(f"/api/v1/merits?year={today().year}").json()
    assert [(each["unit"], each["grades"]) for each in found["units"]] == [
        ("Văn phòng Ủy ban nhân dân tỉnh", {"good": 1})
    ]
    assert api(client, "POST", f"/plans/{plan.code}/remind-readers").json()["units"] > 0
    assert api(client, "POST", f"/tasks/{code}/past-turns").status_code == 409
    client.force_login(world.citizen)
    assert client.get(f"/api/v1/merits?year={today().year}").status_code in (403, 404)
