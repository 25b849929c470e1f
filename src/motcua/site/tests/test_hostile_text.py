"""Letters that PostgreSQL keeps in no column are refused in words wherever they come in."""

from datetime import date

import pytest

from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.states import CONTROL_OFFICER, PROVINCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    """Sign a control officer of a small province in."""
    since = date(2020, 1, 1)
    province = establish(code="42", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=since, actor="")
    account = open_account(username="thu", full_name="Nguyễn Văn Thử", password="mot-cua-thu-nghiem", actor="")
    give_post(account, unit=province, role=CONTROL_OFFICER, valid_from=since, actor="")
    client.force_login(account)
    return client


@pytest.mark.parametrize("letter", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize(
    "body", ['{"unit": "a%sb", "period": "2026Q3"}', '{"unit": "42", "period": "2026Q3", "%s": 1}', '["%s"]']
)
def test_letter_that_nothing_keeps_is_refused_by_the_api(official, letter, body):
    answer = official.post("/api/v1/reports", body % letter, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (400, None)
    assert "U+0000" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/v1/dossiers?q=a%00", "/api/v1/plans?state=%00", "/api/v1/procedures?q=%00"])
def test_letter_that_nothing_keeps_is_refused_in_a_query(official, path):
    answer = official.get(path)
    assert answer.status_code == 409
    assert "U+0000" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/don-vi/?q=%00", "/chi-so/muc-tieu?set_by=%00"])
def test_letter_that_nothing_keeps_is_left_out_of_a_page_s_query(official, path):
    assert official.get(path).status_code == 200


def test_body_that_is_no_json_is_refused_in_the_shape_of_every_refusal(official):
    answer = official.post("/api/v1/reports", "{", content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (400, {"detail", "field"})
