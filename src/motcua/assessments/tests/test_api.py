"""The API does what the pages do, by the same actions, for the same people."""

import json
from datetime import timedelta

import pytest

from motcua.assessments.factories import LINES
from motcua.assessments.models import GradeScheme, Round
from motcua.assessments.seed import set_schemes
from motcua.base.clock import today

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


def _send(browser, method, path, body=None):
    answer = browser.generic(method, f"{V1}{path}", json.dumps(body or {}), content_type="application/json")
    return answer.status_code, answer.json() if answer.content else None


def _days():
    names = ("self_score_by", "verify_by", "explain_by", "publish_by")
    return {name: (today() + timedelta(days=number)).isoformat() for number, name in enumerate(names)}


def test_a_whole_round_goes_over_the_api(world, as_):
    control, leader, verifier = as_("control"), as_("leader"), as_("verifier")
    form = {"title": "Bộ API", "unit": "T", "lines": LINES, "unit_kinds": ["department"], "valid_from": "2020-01-01",
            "source": "Thử"}  # fmt: skip
    status, made = _send(control, "POST", "/criteria-sets", form)
    assert (status, made["most"]) == (201, "15")
    assert _send(control, "POST", f"/criteria-sets/{made['id']}/publish")[0] == 200
    asked = {"version": made["id"], "title": "Năm 2025", "period": "2025", "units": ["T.01"], **_days()}
    status, found = _send(control, "POST", "/assessment-rounds", asked)
    assert (status, [each["state"] for each in found["units"]]) == (201, ["open"])
    here = f"/assessment-rounds/{found['code']}/units/T.01"
    entries = [
        {"criterion": "1.1", "choice": "a"},
        {"criterion": "2.1", "value": "12"},
        {"criterion": "2.3", "value": "0"},
    ]
    assert _send(leader, "PATCH", f"{here}/scores", entries)[0] == 200
    assert _send(leader, "POST", f"{here}/send")[0] == 409  # 1.1 lacks its evidence
    evidence = {"criterion": "1.1", "link": "https://example.vn/kh"}
    assert _send(leader, "POST", f"{here}/evidence", evidence)[1]["scores"][0]["evidence"] == ["https://example.vn/kh"]
    assert _send(leader, "POST", f"{here}/send")[1]["state"] == "self_scored"
    assert _send(verifier, "PATCH", f"{here}/judgements", [{"criterion": "2.2", "points": "5"}])[0] == 200
    assert _send(control, "POST", f"{here}/accept-rest")[0] == 200
    assert _send(control, "POST", f"{here}/finish-judging")[1]["state"] == "verified"
    assert (
        _send(leader, "POST", f"{here}/explanations", [{"criterion": "1.1", "words": "Đủ"}])[1]["state"] == "explained"
    )
    assert _send(control, "PATCH", f"{here}/judgements", [{"criterion": "1.1", "points": "2"}])[0] == 200
    assert _send(control, "POST", f"{here}/finish-judging")[0] == 200
    assert _send(leader, "POST", f"{here}/agree")[0] == 200
    assert _send(control, "POST", f"{here}/finish")[1]["state"] == "final"
    status, published = _send(control, "POST", f"/assessment-rounds/{found['code']}/publish")
    assert (status, published["edition"], published["content"]["units"][0]["points"]) == (200, 1, "11.00")
    assert [each["digest"] for each in _send(as_(), "GET", "/assessment-results")[1]] == [published["digest"]]
    set_schemes()
    source = {"scheme": "task-completion", "source": f"{found['code']}-1"}
    status, grades = _send(control, "POST", "/grade-lists", source)
    assert (status, [each["is_head"] for each in grades["grades"]]) == (201, [True, False])
    assert {each["grade"] for each in grades["grades"]} == {"good"}  # one alone: a fifth of one is nobody
    assert _send(control, "POST", f"/grade-lists/{grades['code']}/approve")[1]["state"] == "approved"


@pytest.mark.parametrize(
    ("person", "status"), [("", 401), ("outsider", 404), ("neighbour", 404), ("verifier", 200), ("control", 200)]
)
def test_assessment_is_read_by_who_may(world, as_, person, status):
    made = world.open(codes=("T.01",))
    assert as_(person).get(f"{V1}/assessment-rounds/{made.code}/units/T.01").status_code == status


def test_deed_that_is_none_and_round_that_is_none(world, as_):
    made = world.open()
    assert _send(as_("control"), "POST", f"/assessment-rounds/{made.code}/units/T.01/dance")[0] == 404
    assert _send(as_("control"), "GET", "/assessment-rounds/DG-1-1")[0] == 404
    assert (
        _send(as_("control"), "POST", "/assessment-rounds", {"version": 0, "title": "x", "period": "2025", **_days()})[
            0
        ]
        == 404
    )


def test_days_are_moved_over_the_api(world, as_):
    made = world.open()
    days = _days()
    assert (
        _send(as_("control"), "PUT", f"/assessment-rounds/{made.code}/days", days)[1]["publish_by"]
        == days["publish_by"]
    )
    assert _send(as_("leader"), "PUT", f"/assessment-rounds/{made.code}/days", days)[0] == 404
    assert Round.objects.get().publish_by.isoformat() == days["publish_by"]


def test_scheme_is_set_from_a_day_on(world, as_):
    definition = {"grades": [{"code": "a", "name": "A", "at_least": 50}, {"code": "b", "name": "B", "at_least": 0}]}
    form = {"title": "Cách", "basis": "round", "definition": definition, "source": "Thử", "valid_from": "2026-01-01"}
    control = as_("control")
    assert _send(control, "POST", "/grade-schemes/moi", form)[0] == 201
    assert _send(control, "POST", "/grade-schemes/moi", form | {"valid_from": "2025-01-01"})[0] == 409
    assert _send(control, "POST", "/grade-schemes/moi", form | {"valid_from": "2026-07-01"})[0] == 201
    ends = {each["valid_from"]: each["valid_to"] for each in _send(control, "GET", "/grade-schemes")[1]}
    assert ends == {"2026-01-01": "2026-06-30", "2026-07-01": None}
    wrong = form | {"valid_from": "2027-01-01", "definition": {"grades": definition["grades"][:1]}}
    assert _send(control, "POST", "/grade-schemes/moi", wrong)[0] == 409
    broken = form | {"valid_from": "2027-01-01", "definition": {"grades": [{"code": "a"}]}}
    assert _send(control, "POST", "/grade-schemes/moi", broken)[0] == 409
    assert _send(control, "POST", "/grade-schemes/moi", form | {"valid_from": "2027-01-01", "basis": "x"})[0] == 409


@pytest.mark.parametrize(
    "definition",
    [
        {"grades": [{"code": "a", "name": "A", "at_least": "NaN"}, {"code": "b", "name": "B", "at_least": 0}]},
        {"grades": [{"code": ["a"], "name": "A", "at_least": 50}, {"code": "b", "name": "B", "at_least": 0}]},
        {"grades": [{"code": "a", "name": {}, "at_least": 50}, {"code": "b", "name": "B", "at_least": 0}]},
        {
            "grades": [{"code": "a", "name": "A", "at_least": 50}, {"code": "b", "name": "B", "at_least": 0}],
            "limits": [{"grade": "a", "most_percent": "Infinity"}],
        },
        {"grades": "aa"},
        {"grades": None},
    ],
)
def test_scheme_of_nonsense_is_refused(world, as_, definition):
    form = {"title": "Cách", "basis": "round", "source": "Thử", "valid_from": "2026-01-01", "definition": definition}
    assert _send(as_("control"), "POST", "/grade-schemes/moi", form)[0] == 409


def test_scheme_with_a_title_too_long_is_refused(world, as_):
    definition = {"grades": [{"code": "a", "name": "A", "at_least": 50}, {"code": "b", "name": "B", "at_least": 0}]}
    form = {"basis": "round", "source": "Thử", "valid_from": "2026-01-01", "definition": definition}
    status, answer = _send(as_("control"), "POST", "/grade-schemes/moi", form | {"title": "x" * 400})
    assert (status in (409, 422), GradeScheme.objects.count()) == (True, 0), answer
