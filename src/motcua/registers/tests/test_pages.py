"""Pages of registers: what they show to whom, that they work without a script, that faults stand at their fields."""

import io
import json
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from motcua.base.clock import now
from motcua.registers.actions.importing import draft_import, forget_drafts
from motcua.registers.actions.keeping import keep, move
from motcua.registers.actions.trusting import entrust
from motcua.registers.models import Entry, ImportDraft, Register
from motcua.registers.tests.conftest import published
from motcua.registers.tests.definitions import DIALOGUES, PORTAL, changed

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"  # noqa: E501


def text_of(answer):
    return answer.content.decode()


def test_all_registers_are_listed_with_numbers(as_, cast, talk, cases):
    page = text_of(as_(cast.keeper).get(reverse("registers:registers")))
    assert "Sổ thử đối thoại" in page and "Sổ thử vụ việc" not in page
    assert "Sổ thử vụ việc" in text_of(as_(cast.leader).get(reverse("registers:registers")))


def test_all_registers_stand_under_their_subjects_and_one_can_be_asked_for(as_, cast, talks):
    published(changed(PORTAL, group="Truyền thông"))
    client, address = as_(cast.keeper), reverse("registers:registers")
    page = text_of(client.get(address))
    assert page.index("<h2>Truyền thông</h2>") < page.index(PORTAL["title"]) < page.index("<h2>Sổ khác</h2>")
    narrowed = text_of(client.get(address, {"nhom": "Truyền thông"}))
    assert "<h2>Truyền thông</h2>" in narrowed and "<h2>Sổ khác</h2>" not in narrowed
    assert "<h2>Sổ khác</h2>" in text_of(client.get(address, {"nhom": "không có"}))


@pytest.mark.parametrize("name", ["registers", "definitions"])
def test_outsiders_see_nothing(as_, cast, name):
    assert as_(cast.citizen).get(reverse(f"registers:{name}")).status_code == 404


def test_a_list_shows_personal_values_to_nobody_else(as_, cast, talk):
    address = reverse("registers:entries", args=["talks"])
    assert "Đất đai" in text_of(as_(cast.chief).get(address))
    for file_format, sees in (("csv", cast.keeper), ("json", cast.keeper)):
        assert "Nguyễn Văn Thử" in text_of(as_(sees).get(f"{address}?format={file_format}"))
        assert "Nguyễn Văn Thử" not in text_of(as_(cast.counter).get(f"{address}?format={file_format}"))
    assert "Đất đai" not in text_of(as_(cast.colleague).get(address))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=DAT+dai", 1), ("q=nguyen", 0), ("trang-thai=held", 1), ("trang-thai=%3Ddone", 0), ("trang-thai=qua-han", 0),
        ("f-with-whom=firms", 1), ("f-with-whom=citizens", 0), ("so=with_firms", 1), ("so=answered", 0),
        ("tu=1/1/2001&den=2/1/2001", 0), ("don-vi=P.1", 1), ("so=people&don-vi=P", 1), ("don-vi=P.2", None),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(as_, cast, talk, query, count):
    answer = as_(cast.chief).get(f"{reverse('registers:entries', args=['talks'])}?{query}")
    if count is None:
        assert talk.code not in text_of(answer)
    else:
        assert answer.status_code == 200
        assert (talk.code in text_of(answer)) is bool(count)


def test_a_list_adds_numbers_up_and_goes_on(as_, cast, talks):
    for number in range(52):
        keep(talks, unit=cast.department, actor=None,
             values={"held_on": "2026-01-05", "subject": f"Thử {number}", "people": "2"})  # fmt: skip
    client, address = as_(cast.keeper), reverse("registers:entries", args=["talks"])
    first = text_of(client.get(address))
    after = first.split("after=")[1].split('"')[0]
    second = text_of(client.get(f"{address}?after={after}"))
    assert "<strong>104</strong>" in first
    assert (first.count("DT-2026-"), second.count("DT-2026-")) == (100, 4)  # in the address and under the title
    assert client.get(f"{address}?after=nothing").status_code == 200


def test_statements_do_not_grow_with_rows(as_, cast, talks, django_assert_max_num_queries):
    for number in range(3):
        keep(talks, unit=cast.department, actor=None, values={"held_on": "2026-01-05", "subject": f"Thử {number}"})
    client = as_(cast.keeper)
    client.get(reverse("registers:entries", args=["talks"]))
    with django_assert_max_num_queries(22):
        client.get(reverse("registers:entries", args=["talks"]))


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "print"])
def test_a_list_goes_out_as_files(as_, cast, talk, file_format):
    answer = as_(cast.keeper).get(f"{reverse('registers:entries', args=['talks'])}?format={file_format}")
    assert answer.status_code == 200
    if file_format == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert [cell.value for cell in list(sheet.rows)[-1]][:4] == [
            talk.code,
            "Sở Thử",
            f"{talk.on:%d/%m/%Y}",
            "Đất đai",
        ]
    else:
        assert "Đất đai" in text_of(answer)
    assert as_(cast.keeper).get(f"{reverse('registers:entries', args=['talks'])}?format=exe").status_code == 404


def test_an_entry_is_written_in_a_form(as_, cast, talks):
    client, address = as_(cast.keeper), reverse("registers:keep", args=["talks"])
    assert "Người chủ trì" in text_of(client.get(address))
    wrong = client.post(address, {"held_on": "31/2/2026", "subject": "Thử", "people": "-2"})
    assert wrong.status_code == 422
    assert "id_held_on_error" in text_of(wrong) and "id_people_error" in text_of(wrong)
    right = client.post(address, {"held_on": "5/3/2026", "subject": "Thử", "people": "2", "with_whom": "firms"})
    assert right.url == reverse("registers:entry", args=["talks", "DT-2026-0001"])
    assert Entry.objects.get().values == {"held_on": "2026-03-05", "subject": "Thử", "people": 2, "with_whom": "firms"}


def test_an_address_fills_the_form(as_, cast, cases):
    page = text_of(as_(cast.leader).get(f"{reverse('registers:keep', args=['cases'])}?dossier=H27-1&don-vi=P.1"))
    assert 'value="H27-1"' in page


def test_nobody_writes_for_another_unit(as_, cast, talks):
    address = reverse("registers:keep", args=["talks"])
    assert as_(cast.counter).get(address).status_code == 404
    assert as_(cast.keeper).post(address, {"don-vi": "P.2", "held_on": "5/3/2026", "subject": "x"}).status_code == 404


def test_an_entry_shows_its_values_and_history(as_, cast, talk):
    address = reverse("registers:entry", args=["talks", talk.code])
    inside, above = text_of(as_(cast.keeper).get(address)), text_of(as_(cast.counter).get(address))
    assert "Nguyễn Văn Thử" in inside and "Nguyễn Văn Thử" not in above
    assert "Ghi sổ" in inside
    assert as_(cast.colleague).get(address).status_code == 404


def test_amending_shows_what_changed(as_, cast, talk):
    client = as_(cast.keeper)
    address = reverse("registers:amend", args=["talks", talk.code])
    page = client.get(address)
    assert 'value="12"' in text_of(page)
    typed = {"held_on": f"{talk.on:%d/%m/%Y}", "subject": "Đất đai", "people": "20", "seen": "1"}
    assert client.post(address, typed).status_code == 302
    assert "<del>12</del> → 20" in text_of(client.get(reverse("registers:entry", args=["talks", talk.code])))
    assert client.post(address, {**typed, "people": "9"}).status_code == 422


def test_moves_ask_and_act(as_, cast, talk):
    client = as_(cast.keeper)
    address = reverse("registers:move", args=["talks", talk.code, "answer"])
    assert client.post(address, {"outcome": ""}).status_code == 422
    assert client.post(address, {"outcome": "Đã trả lời"}).status_code == 302
    talk.refresh_from_db()
    assert talk.state == "answered"
    assert client.post(address, {"outcome": "x"}).status_code == 422
    assert as_(cast.control).post(reverse("registers:move", args=["talks", talk.code, "reopen"])).status_code == 302


def test_files_are_added_read_and_taken_off(as_, cast, talk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = as_(cast.keeper)
    picture = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (4, 4)).save(picture, "PNG")
    upload = SimpleUploadedFile("bien-ban.png", picture.getvalue(), "image/png")
    assert (
        client.post(reverse("registers:attach", args=["talks", talk.code, "minutes"]), {"file": upload}).status_code
        == 302
    )
    talk.refresh_from_db()
    (pk,) = talk.values["minutes"]
    assert b"".join(client.get(reverse("registers:file", args=["talks", talk.code, pk])).streaming_content)
    assert as_(cast.colleague).get(reverse("registers:file", args=["talks", talk.code, pk])).status_code == 404
    client = as_(cast.keeper)
    assert client.post(reverse("registers:take_off", args=["talks", talk.code, pk, "minutes"])).status_code == 302
    talk.refresh_from_db()
    assert "minutes" not in talk.values
    assert client.post(reverse("registers:attach", args=["talks", talk.code, "minutes"])).status_code == 422


def test_the_board_names_who_lacks_an_entry(as_, cast, talks):
    page = text_of(as_(cast.chief).get(reverse("registers:board", args=["talks"])))
    assert "Sở Thử" in page and "Xã Thử" in page and "Văn phòng" not in page.split("<table")[1]
    assert as_(cast.chief).get(reverse("registers:board", args=["talks"]) + "?ky=2026M01").status_code == 422
    assert as_(cast.chief).get(reverse("registers:board", args=["talks"]) + "?ky=2026Q1").status_code == 200


def _sheet(*rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("so.xlsx", out.getvalue())


def test_a_sheet_is_looked_at_then_taken_in(as_, cast, talks):
    client = as_(cast.keeper)
    template = client.get(reverse("registers:import_template", args=["talks"]))
    assert [cell.value for cell in list(load_workbook(io.BytesIO(template.content)).active.rows)[-1]][:2] == [
        "Ngày đối thoại", "Chủ đề",
    ]  # fmt: skip
    rows = [
        ["Ngày đối thoại", "Chủ đề", "Số người dự", "Trạng thái"],
        ["5/3/2026", "Một", 3, ""],
        ["6/3/2026", "Hai", 4.5, ""],
    ]
    sent = client.post(reverse("registers:import", args=["talks"]), {"unit": "P.1", "file": _sheet(*rows)})
    assert sent.status_code == 302, text_of(sent)
    assert "2 dòng ghi được" in text_of(client.get(sent.url))
    assert not Entry.objects.exists()
    draft = ImportDraft.objects.get()
    client.post(reverse("registers:import_decide", args=["talks", draft.pk, "nhap"]))
    assert list(Entry.objects.order_by("code").values_list("title", "values__people")) == [("Một", 3), ("Hai", 4.5)]
    assert not ImportDraft.objects.exists()


def test_a_faulty_sheet_takes_nothing_in(as_, cast, talks):
    client = as_(cast.keeper)
    rows = [["Ngày đối thoại", "Chủ đề", "Số người dự"], ["5/3/2026", "Một", 3], ["31/2/2026", "", "nhiều"]]
    sent = client.post(reverse("registers:import", args=["talks"]), {"unit": "P.1", "file": _sheet(*rows)})
    page = text_of(client.get(sent.url))
    assert "Số người dự" in page and "nhiều" in page and "31/2/2026" in page
    client.post(reverse("registers:import_decide", args=["talks", ImportDraft.objects.get().pk, "nhap"]))
    assert not Entry.objects.exists()
    assert as_(cast.leader).get(sent.url).status_code == 404


@pytest.mark.parametrize(
    "rows", [[["a", "b"]], [["Ngày đối thoại", "Chủ đề", "Lạ"], ["5/3/2026", "x", "y"]], [["Ngày đối thoại", "Chủ đề"]]]
)
def test_a_sheet_without_heads_or_rows_is_refused(as_, cast, talks, rows):
    sent = as_(cast.keeper).post(reverse("registers:import", args=["talks"]), {"unit": "P.1", "file": _sheet(*rows)})
    assert sent.status_code == 422


def test_an_officer_makes_a_register_from_a_sheet(as_, cast):
    client = as_(cast.control)
    file = _sheet(["TT", "Ngày họp", "Nội dung", "Số điểm cầu"], [1, "5/3/2026", "Giao ban", 12])
    made = client.post(reverse("registers:definitions"), {"title": "Sổ họp trực tuyến", "file": file})
    assert made.status_code == 302, text_of(made)
    page = text_of(client.get(made.url))
    assert "ngay_hop | Ngày họp | date | required" in page and "so_diem_cau | Số điểm cầu | number" in page
    client.post(reverse("registers:define_act", args=["so-hop-truc-tuyen", "ban-hanh"]))
    assert Register.objects.get().versions.get().state == "published"


def test_an_officer_amends_a_register_in_lines(as_, cast, talks):
    client, address = as_(cast.control), reverse("registers:define", args=["talks"])
    typed = _typed(client, address)
    wrong = client.post(address, {**typed, "valid_from": "1/6/2026", "states_lines": "held"})
    assert wrong.status_code == 422 and "id_states_lines_error" in text_of(wrong)
    states = typed["states_lines"] + "\nlate | Trả lời muộn | done"
    saved = client.post(address, {**typed, "valid_from": "1/6/2026", "states_lines": states})
    assert saved.status_code == 302, text_of(saved)
    client.post(reverse("registers:define_act", args=["talks", "ban-hanh"]))
    newest = talks.versions.order_by("-number").first()
    assert (newest.number, newest.state, "late" in newest.definition.by_state) == (2, "published", True)
    same = {part: newest.data[part] for part in ("fields", "moves", "measures", "checks")}
    assert same["measures"] == [{**row} for row in DIALOGUES["measures"]]


def _typed(client, address):
    form = client.get(address).context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}


def test_a_definition_goes_out_and_in_as_json(as_, cast, talks):
    client = as_(cast.control)
    data = json.loads(client.get(reverse("registers:definition_json", args=["talks", 1])).content)
    data["code"], data["prefix"] = "talks-2", "DTH"
    file = SimpleUploadedFile("so.json", json.dumps(data).encode())
    assert client.post(reverse("registers:definitions"), {"file": file}).status_code == 302
    broken = SimpleUploadedFile("so.json", b'{"code": 1')
    assert client.post(reverse("registers:definitions"), {"file": broken}).status_code == 422


def test_a_confidential_register_opens_to_those_trusted(as_, cast, cases):
    keep(cases, unit=cast.department, actor=None, values={"got_on": "2026-03-05", "about": "Phản ánh"})
    address = reverse("registers:entries", args=["cases"])
    assert as_(cast.control).get(address).status_code == 404
    client = as_(cast.leader)
    assert "Phản ánh" in text_of(client.get(address))
    assert (
        client.post(reverse("registers:trusts", args=["cases"]), {"username": "control", "unit": "P.1"}).status_code
        == 302
    )
    assert "Phản ánh" in text_of(as_(cast.control).get(address))
    trust = cases.trusts.get()
    assert client.get(reverse("registers:trusts", args=["cases"])).status_code == 200
    assert as_(cast.control).post(reverse("registers:end_trust", args=["cases", trust.pk])).status_code == 302
    assert cases.trusts.filter(ended_at=None).exists()
    as_(cast.leader).post(reverse("registers:end_trust", args=["cases", trust.pk]))
    assert as_(cast.control).get(address).status_code == 404


def test_heads_trust_only_for_their_own_units(cast, cases):
    from motcua.base.refusal import Refused

    with pytest.raises(Refused):
        entrust(cases, account=cast.keeper, unit=cast.other, actor=cast.leader)


def test_the_public_reads_what_is_public(client, cast, talk, cases, portal):
    page = text_of(client.get(reverse("registers:public_registers")))
    assert "Sổ thử đối thoại" in page and "Sổ thử vụ việc" not in page and "Sổ thử số liệu" not in page
    for answer in (
        client.get(reverse("registers:public_register", args=["talks"])),
        client.get(reverse("registers:open_data", args=["talks", "csv"])),
        client.get(reverse("registers:open_data", args=["talks", "json"])),
    ):
        assert "Đất đai" in text_of(answer) and "Nguyễn Văn Thử" not in text_of(answer)
    assert client.get(reverse("registers:public_register", args=["cases"])).status_code == 404
    move(talk.code, "void", actor=None, reason="Ghi nhầm")
    assert "Đất đai" not in text_of(client.get(reverse("registers:public_register", args=["talks"])))


def test_sheets_that_nobody_decided_about_are_forgotten(cast, talks):
    rows = [[1, ["Ngày đối thoại", "Chủ đề"]], [2, ["5/3/2026", "Một"]]]
    for days in (1, 3):
        draft = draft_import(talks, unit=cast.department, rows=rows, file_name="so.xlsx", actor=cast.keeper)
        ImportDraft.objects.filter(pk=draft.pk).update(made_at=now() - timedelta(days=days))
    assert forget_drafts() == 1
    assert ImportDraft.objects.count() == 1


def test_who_defines_reads_the_definition_of_a_confidential_register(as_, cast, cases):
    address = reverse("registers:definition_json", args=["cases", 1])
    assert as_(cast.control).get(address).status_code == 200
    assert as_(cast.keeper).get(address).status_code == 404
    assert as_(cast.control).get(reverse("registers:define", args=["cases"])).status_code == 200


def test_an_entry_leads_to_another_only_where_that_one_is_seen(as_, cast, talk):
    field = {"code": "talk", "name": "Cuộc đối thoại", "type": "entry", "register": "talks"}
    data = {**deepcopy(PORTAL), "code": "visits", "fields": [*PORTAL["fields"], field], "measures": []}
    register = published(data)
    values = {"month": "2026M03", "site": "Cổng", "opening": 1, "closing": 2, "talk": talk.code}
    entry = keep(register, unit=cast.other, actor=cast.colleague, values=values).entry
    link = f'href="/so-theo-doi/talks/{talk.code}"'
    pages = {who: as_(cast.people[who]).get(f"/so-theo-doi/visits/{entry.code}") for who in ("colleague", "control")}
    assert talk.code in pages["colleague"].content.decode() and link not in pages["colleague"].content.decode()
    assert link in pages["control"].content.decode()
