"""The province's own templates of results: set, followed, changed until used, ended; every fault at its place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import handling, reception, results
from motcua.dossiers.actions import result_templates as acts
from motcua.dossiers.models import Dossier, OwnResultTemplate, ResultDocument
from motcua.dossiers.queries.result_templates import template_listed, template_of, templates_for
from motcua.dossiers.rules.result_templates import row_of, shipped_templates, template_from
from motcua.dossiers.rules.template_faults import Fault, faults_of
from motcua.dossiers.rules.template_text import body_from, text_of

DAY = timedelta(days=1)
ROW = {
    "code": "", "name": "Giấy phép thử", "kind": "Giấy phép", "symbol": "GP-UBND", "subject": "Cho phép {viec}",
    "valid_to": None, "procedures": [], "is_favourable": True, "recipients": ["{applicant_name}"],
    "asks": [{"name": "viec", "label": "Việc", "most": 100, "rows": 1, "is_required": True},
             {"name": "han", "label": "Hạn", "most": 100, "rows": 1, "is_required": False}],
    "body": [{"paragraph": "Cấp cho {applicant_name}."}, {"paragraph": "Đến {han}.", "if": "han"}],
}  # fmt: skip
SOURCE = "Quyết định 12/QĐ-UBND"


def made(day=None, **values):
    return template_from(ROW | {"valid_from": (day or today()).isoformat()} | values)


def set_(world, day=None, **values):
    return acts.set_template(made(day, **values), source=SOURCE, actor=world.control)


def dossier_at_work(world):
    code = world.file().code
    reception.receive(code, actor=world.counter)
    if Dossier.objects.get(code=code).state == "received":
        handling.forward(code, actor=world.counter)
    return code


@pytest.mark.parametrize("template", shipped_templates(), ids=lambda each: each.code)
def test_text_of_a_body_is_read_back_as_the_same_parts(template):
    parts, _lines = body_from(text_of(template.body))
    assert parts == [dict(part) for part in template.body]
    assert template_from(row_of(template)) == template


def test_lines_in_brackets_steer_and_what_nobody_knows_is_named_with_its_line():
    parts, lines = body_from("# TIÊU ĐỀ\n\n[Khi Co: han] [danh sach: viec]\n[khi nào: han] x\n[các đoạn: viec] thừa")
    assert parts == [
        {"heading": "TIÊU ĐỀ"},
        {"if": "han", "items": "viec"},
        {"unknown": "[khi nào: han] x"},
        {"unknown": "[các đoạn: viec] thừa"},
    ]
    assert lines == [1, 3, 4, 5]


@pytest.mark.parametrize(
    "values, fault",
    [
        ({"subject": "{none}"}, Fault("unknown_field", "subject", 0, "none")),
        ({"recipients": ["a", "{tên}"]}, Fault("unknown_field", "recipients", 2, "tên")),
        ({"body": [{"paragraph": "{ten nguoi} {han}"}]}, Fault("loose_brace", "body", 1)),
        ({"body": [{"paragraph": "{"}, {"paragraph": "{han}"}]}, Fault("loose_brace", "body", 1)),
        ({"body": [{"paragraph": "x"}]}, Fault("not_used", "asks", 2, "han")),
        ({"body": []}, Fault("missing", "body")),
        ({"legal_bases": "can_cu"}, Fault("unknown_field", "legal_bases", 0, "can_cu")),
        ({"symbol": "A B"}, Fault("bad_symbol", "symbol")),
        ({"kind": ""}, Fault("no_addressee", "addressees")),
        ({"name": "a" * 121}, Fault("too_long", "name", 0, "120")),
        ({"asks": [ROW["asks"][0] | {"name": "lam"}, ROW["asks"][1]]}, Fault("bad_name", "asks", 1, "lam")),
    ],
)
def test_fault_is_named_at_its_place(values, fault):
    assert fault in faults_of(made(**values))


def test_template_of_the_province_is_offered_for_its_procedures_before_those_for_any(world):
    row = set_(world, procedures=["1.000001"])
    assert row.code == "giay-phep-thu"
    assert [each.code for each in templates_for("1.000001", today())][0] == "giay-phep-thu"
    assert "giay-phep-thu" not in {each.code for each in templates_for("1.000002", today())}
    assert set_(world).code == "giay-phep-thu-2"  # of the same name: a code of its own
    facts = Fact.objects.filter(verb="result_template.set").values_list("subject", "data")
    assert list(facts)[0] == ("giay-phep-thu", {"valid_from": today().isoformat()})


def test_next_version_takes_the_place_of_a_shipped_one_from_its_day_and_its_withdrawal_opens_that_again(world):
    set_(world, today() + DAY, code="giay-phep", name="Giấy phép của tỉnh")
    names = {day: {each.name for each in templates_for("1.000001", day)} for day in (today(), today() + DAY)}
    assert "Giấy phép, giấy chứng nhận" in names[today()] and "Giấy phép của tỉnh" not in names[today()]
    assert "Giấy phép của tỉnh" in names[today() + DAY] and "Giấy phép, giấy chứng nhận" not in names[today() + DAY]
    acts.withdraw_template("giay-phep", today() + DAY, actor=world.control)
    assert "Giấy phép, giấy chứng nhận" in {each.name for each in templates_for("1.000001", today() + DAY)}


def test_version_that_was_drafted_with_is_never_changed_and_its_drafts_keep_its_text(world):
    row = set_(world)
    acts.change_template(row.code, today(), made(name="Tên khác"), source=SOURCE, actor=world.control)
    code = dossier_at_work(world)
    results.draft_result(code, template=row.code, values={"viec": "thử", "han": ""}, actor=world.specialist)
    for refused in (
        lambda: acts.change_template(row.code, today(), made(), source=SOURCE, actor=world.control),
        lambda: acts.withdraw_template(row.code, today(), actor=world.control),
    ):
        with pytest.raises(Refused, match="đã được dùng"):
            refused()
    set_(world, today() + DAY, code=row.code, name="Bản sau")
    document = ResultDocument.objects.get()
    assert template_of(document.template, document.template_from).name == "Tên khác"


def test_nothing_is_drafted_with_a_template_that_was_taken_back_a_moment_ago(world, monkeypatch):
    row = set_(world)
    seen, code = templates_for("1.000001", today()), dossier_at_work(world)
    acts.withdraw_template(row.code, today(), actor=world.control)
    monkeypatch.setattr(results, "templates_for", lambda *_asked: seen)
    with pytest.raises(Refused, match="Không có mẫu"):
        results.draft_result(code, template=row.code, values={"viec": "x"}, actor=world.specialist)
    assert not ResultDocument.objects.exists()


def test_shipped_template_is_ended_and_used_again(world):
    acts.end_template("cong-van", on=today(), actor=world.control)
    codes = [{each.code for each in templates_for("1.000001", today() + each * DAY)} for each in (0, 1)]
    assert "cong-van" in codes[0] and "cong-van" not in codes[1]
    text = template_of("cong-van", date(2018, 6, 21))
    assert replace(text, valid_to=None) in shipped_templates()
    with pytest.raises(Refused):  # the row of a shipped one is no version of the province's
        acts.withdraw_template("cong-van", date(2018, 6, 21), actor=world.control)
    acts.reopen_template("cong-van", actor=world.control)
    assert "cong-van" in {each.code for each in templates_for("1.000001", today() + DAY)}
    with pytest.raises(Refused):
        acts.reopen_template("cong-van", actor=world.control)


@pytest.mark.parametrize(
    "values, source, field",
    [
        ({"valid_from": (today() - DAY).isoformat()}, SOURCE, "valid_from"),
        ({"procedures": ["9.999999"]}, SOURCE, "procedures"),
        ({"subject": "Cho {viec} {none}"}, SOURCE, "subject"),
        ({"code": "khong-co"}, SOURCE, "code"),
        ({}, " ", "source"),
        ({}, "a" * 301, "source"),
    ],
)
def test_version_at_fault_is_refused_at_its_field(world, values, source, field):
    with pytest.raises(Refused) as refusal:
        acts.set_template(made(**values), source=source, actor=world.control)
    assert refusal.value.field == field
    assert not OwnResultTemplate.objects.exists()


def test_two_versions_never_begin_on_one_day(world):
    code = set_(world).code
    with pytest.raises(Refused) as refusal:
        set_(world, code=code)
    assert refusal.value.field == "valid_from"


def test_nothing_is_ended_twice_or_in_the_past(world):
    code = set_(world).code
    with pytest.raises(Refused):
        acts.end_template(code, on=today() - DAY, actor=world.control)
    acts.end_template(code, on=today(), actor=world.control)
    with pytest.raises(Refused):
        acts.end_template(code, on=today() + DAY, actor=world.control)
    assert template_listed(code, today() + DAY).now is None


def browser(account):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client


def posted(**values):
    boxes = {
        "name": "Giấy phép thử", "kind": "Giấy phép", "symbol": "GP", "subject": "Cho {viec}", "procedures": "1.000001",
        "is_favourable": "on", "addressees": "", "legal_bases": "",
        "body": "Cấp cho {applicant_name}.\n\n[khi có: han] Đến {han}.",
        "recipients": "Lưu: VT", "valid_from": f"{today():%d/%m/%Y}", "source": SOURCE, "lam": "luu",
        "asks-TOTAL_FORMS": "3", "asks-INITIAL_FORMS": "3",
        "asks-0-name": "viec", "asks-0-label": "Việc", "asks-0-most": "100", "asks-0-rows": "1",
        "asks-0-is_required": "on",
        "asks-1-name": "han", "asks-1-label": "Hạn", "asks-1-most": "100", "asks-1-rows": "1",
        "asks-2-name": "", "asks-2-label": "", "asks-2-most": "", "asks-2-rows": "",
    }  # fmt: skip
    return boxes | values


def test_template_is_written_looked_at_and_kept_in_the_browser(world):
    client, new = browser(world.control), reverse("dossiers:new_result_template")
    assert client.get(new).status_code == 200
    for wish in ("xem", "xem-gon"):
        assert client.post(new, posted(lam=wish)).content.startswith(b"%PDF")
    assert not OwnResultTemplate.objects.exists()
    more = client.post(new, posted(lam="them")).content.decode()
    assert 'name="asks-4-name"' in more and 'value="viec"' in more
    answer = client.post(new, posted())
    assert answer.url == reverse("dossiers:result_template", args=["giay-phep-thu"])
    page = client.get(answer.url).content.decode()
    assert SOURCE in page and "[khi có: han] Đến {han}." in page and "Của tỉnh" not in page
    assert "Giấy phép thử" in client.get(reverse("dossiers:result_templates")).content.decode()
    change = reverse("dossiers:change_result_template", args=["giay-phep-thu", today().isoformat()])
    assert "Cấp cho {applicant_name}." in client.get(change).content.decode()
    assert client.post(change, posted(name="Tên sửa")).status_code == 302
    assert OwnResultTemplate.objects.get().template.name == "Tên sửa"


def test_every_fault_is_shown_in_its_box(world):
    answer = browser(world.control).post(
        reverse("dossiers:new_result_template"),
        posted(body="Một\n\n{none}\n[x: y] z", **{"asks-1-name": "Hạn"}),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dòng 3: Không có chỗ điền “none”" in page and "Dòng 4: Không hiểu" in page
    assert "“Hạn” không làm tên được" in page


def test_template_is_copied_followed_ended_and_opened_again_in_the_browser(world):
    client = browser(world.control)
    copy = client.get(reverse("dossiers:copy_result_template", args=["giay-phep"])).content.decode()
    assert "Giấy phép, giấy chứng nhận (bản sao)" in copy and "[danh sách: terms]" in copy
    following = reverse("dossiers:next_result_template", args=["giay-phep"])
    assert client.get(following).status_code == 200
    assert client.post(following, posted()).status_code == 302
    assert template_listed("giay-phep", today()).now.template.name == "Giấy phép thử"
    end = reverse("dossiers:end_result_template", args=["giay-phep"])
    assert client.get(end).status_code == 200
    assert client.post(end, {"on": f"{today() - DAY:%d/%m/%Y}"}).status_code == 422
    assert client.post(end, {"on": f"{today():%d/%m/%Y}"}).status_code == 302
    assert client.post(reverse("dossiers:reopen_result_template", args=["giay-phep"])).status_code == 302
    assert template_listed("giay-phep", today()).now.template.valid_to is None
    withdraw = reverse("dossiers:withdraw_result_template", args=["giay-phep", today().isoformat()])
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw).status_code == 302
    assert template_listed("giay-phep", today()).now.is_shipped
    drawn = client.get(reverse("dossiers:preview_result_template", args=["giay-phep", "2018-06-21"]))
    assert drawn.content.startswith(b"%PDF")


@pytest.mark.parametrize("who, seen, set_it", [("citizen", 404, 404), ("specialist", 200, 404), ("control", 200, 200)])
def test_officials_see_templates_and_control_officers_set_them(world, who, seen, set_it):
    client = browser(world.people[who])
    assert client.get(reverse("dossiers:result_templates")).status_code == seen
    assert client.get(reverse("dossiers:result_template", args=["quyet-dinh"])).status_code == seen
    assert client.get(reverse("dossiers:new_result_template")).status_code == set_it
    assert client.get("/api/v1/result-templates").status_code == seen


@pytest.mark.parametrize("day", ["x", "2018-13-01", "2019-01-01"])
def test_version_that_never_was_is_not_found(world, day):
    client = browser(world.control)
    assert client.get(reverse("dossiers:preview_result_template", args=["giay-phep", day])).status_code == 404
    assert client.get(reverse("dossiers:withdraw_result_template", args=["giay-phep", day])).status_code == 404
    assert client.get(reverse("dossiers:result_template", args=["none"])).status_code == 404


def test_templates_over_the_api(world):
    client = browser(world.control)
    row = {key: value for key, value in ROW.items() if key != "valid_to"}
    form = row | {"valid_from": today().isoformat(), "source": SOURCE}
    send = {"content_type": "application/json"}
    answer = client.post("/api/v1/result-templates", form, **send)
    assert (answer.status_code, answer.json()["code"], answer.json()["is_shipped"]) == (201, "giay-phep-thu", False)
    path = f"/api/v1/result-templates/giay-phep-thu/{today().isoformat()}"
    assert client.put(path, form | {"name": "Khác"}, **send).json()["name"] == "Khác"
    assert client.get("/api/v1/result-templates/giay-phep-thu").json()[0]["name"] == "Khác"
    assert client.get(f"{path}/preview").content.startswith(b"%PDF")
    ended = client.post("/api/v1/result-templates/giay-phep-thu/end", {"on": today().isoformat()}, **send)
    assert ended.json()["valid_to"] == today().isoformat()
    assert client.post("/api/v1/result-templates/giay-phep-thu/reopen").json()["valid_to"] is None
    wrong = client.post("/api/v1/result-templates", form | {"subject": "Cho {viec} {none}"}, **send)
    assert wrong.status_code == 409 and "none" in wrong.content.decode()
    assert client.delete(path).status_code == 204
    assert len(client.get("/api/v1/result-templates").json()) == len(shipped_templates())
