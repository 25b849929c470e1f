"""The API of registers: the same answers and refusals as the pages."""

import pytest

from motcua.registers.tests.definitions import PORTAL


@pytest.fixture
def call(client):
    def ask(account, method, path, body=None):
        client.force_login(account)
        more = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)(f"/api/v1/{path}", **more)

    return ask


def test_registers_are_listed_with_their_definitions(cast, talks, cases, call):
    assert [each["code"] for each in call(cast.keeper, "get", "registers").json()] == ["talks"]
    assert [each["code"] for each in call(cast.leader, "get", "registers").json()] == ["cases", "talks"]
    assert call(cast.keeper, "get", "registers/cases").status_code == 404
    assert call(cast.citizen, "get", "registers").status_code == 404


def test_an_entry_lives_over_the_api(cast, talks, call):
    values = {"held_on": "2026-03-05", "subject": "Thử", "speaker": "Người Nào Đó", "people": 3}
    made = call(cast.keeper, "post", "registers/talks/entries", {"unit": "P.1", "values": values})
    assert made.status_code == 201, made.content
    path = f"registers/talks/entries/{made.json()['entry']['code']}"
    assert call(cast.counter, "get", path).json()["values"].keys() == {"held_on", "subject", "people"}
    assert call(cast.colleague, "get", path).status_code == 404
    assert call(cast.keeper, "patch", path, {"values": {"people": None}, "number": 1}).json()["entry"]["number"] == 2
    assert call(cast.keeper, "patch", path, {"values": {"people": 2}, "number": 1}).status_code == 409
    moved = call(cast.keeper, "post", f"{path}/moves/answer", {"values": {"outcome": "Xong"}})
    assert moved.json()["entry"]["state"] == "answered"


def test_a_faulty_entry_is_refused(cast, talks, call):
    answer = call(cast.keeper, "post", "registers/talks/entries", {"unit": "P.1", "values": {"held_on": "x"}})
    assert answer.status_code == 409 and answer.json()["field"] == "held_on"


def test_many_rows_are_taken_all_or_none(cast, talks, call):
    good, bad = {"held_on": "2026-03-05", "subject": "Một"}, {"held_on": "2026-03-06"}
    assert call(cast.keeper, "post", "registers/talks/rows", {"unit": "P.1", "rows": [good, bad]}).status_code == 409
    assert call(cast.keeper, "get", "registers/talks/entries").json()["entries"] == []
    assert len(call(cast.keeper, "post", "registers/talks/rows", {"unit": "P.1", "rows": [good, good]}).json()) == 2


def test_entries_are_narrowed_and_paged(cast, talks, call):
    rows = [{"held_on": f"2026-03-{day:02d}", "subject": "Thử", "with_whom": "firms"} for day in range(1, 32)] * 2
    call(cast.keeper, "post", "registers/talks/rows", {"unit": "P.1", "rows": rows})
    first = call(cast.keeper, "get", "registers/talks/entries").json()
    second = call(cast.keeper, "get", f"registers/talks/entries?after={first['after'].replace('+', '%2B')}").json()
    assert (len(first["entries"]), len(second["entries"]), second["after"]) == (50, 12, "")
    narrowed = call(cast.keeper, "get", "registers/talks/entries?measure=with_firms&first=2026-03-31&last=2026-03-31")
    assert len(narrowed.json()["entries"]) == 2


def test_a_register_is_drafted_and_published(cast, call):
    faulty = call(cast.control, "post", "registers", {**PORTAL, "dated_by": "nothing"})
    assert faulty.status_code == 409 and "dated_by" in faulty.content.decode()
    assert call(cast.control, "post", "registers", PORTAL).status_code == 201
    assert call(cast.control, "post", "registers/portal/publish").status_code == 200
    assert call(cast.keeper, "post", "registers", PORTAL).status_code == 404


def test_the_board_counts_units(cast, talks, call):
    board = call(cast.control, "get", "registers/talks/board?period=2026Q1").json()
    assert (board["period"], board["due_on"], len(board["duties"])) == ("2026Q1", "2026-04-10", 3)
