"""The catalogue for machines."""

import pytest

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures"


def test_list_is_public_ranked_and_counted(client, some_procedures):
    answer = client.get(URL, {"q": "khai sinh", "limit": 1}).json()
    assert answer["total"] == 2
    assert [(one["code"], one["levels"], one["online_kind"]) for one in answer["items"]] == [
        ("1.001193", ["commune"], "unknown")
    ]
    assert 0.5 < answer["items"][0]["score"] <= 1


def test_list_is_filtered_and_paged(client, some_procedures):
    everything = client.get(URL).json()
    assert everything["total"] == len(everything["items"]) == 6
    second = client.get(URL, {"limit": 2, "offset": 2}).json()
    assert second["items"] == everything["items"][2:4]
    assert client.get(URL, {"level": "commune", "online": "no"}).json()["total"] == 1
    assert client.get(URL, {"field": "Luật sư"}).json()["total"] == 1
    assert client.get(URL, {"offset": 999}).json()["items"] == []


@pytest.mark.parametrize(
    "asked", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"offset": -1}, {"level": "x"}, {"online": "x"},
              {"q": "a" * 401}],
)  # fmt: skip
def test_wrong_request_is_refused(client, some_procedures, asked):
    assert client.get(URL, asked).status_code == 422


def test_procedure_has_all_parts(client, some_procedures, row_of):
    answer = client.get(f"{URL}/1.012906").json()
    row = row_of["1.012906"]
    assert answer["name"] == row["name"]
    assert answer["steps"].split() == row["steps"].split()
    assert len(answer["components"]) == 6
    assert answer["channels"][0] == {
        "method": "Trực tuyến", "limit_value": "10.00", "limit_unit": "working_day", "fee": 300_000,
        "note": row["channels"][0]["note"],
    }  # fmt: skip
    assert answer["source_url"] == row["detail_url"]


@pytest.mark.parametrize("code", ["9.999999", "x", "%00"])
def test_unknown_procedure_is_not_found(client, some_procedures, code):
    assert client.get(f"{URL}/{code}").status_code == 404


def test_writing_is_not_offered(client, some_procedures):
    assert client.post(URL).status_code == 405
