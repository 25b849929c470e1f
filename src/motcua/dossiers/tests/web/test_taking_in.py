"""The counter's page in all its turns: a known applicant, an organisation, like dossiers, turned away, back again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.base.clock import now
from motcua.base.models import Fact
from motcua.documents.actions import storing
from motcua.dossiers.models import Dossier, Guidance, PaperHandOver
from motcua.dossiers.tests.web.conftest import picture
from motcua.dossiers.tests.web.test_counter import _address, _form, _number
from motcua.organizations.models import Account
from motcua.procedures.models import Procedure, Trait
from motcua.workflow.models import Run

KNOWN = {"identity_number": "000000000001", "phone": "0900000000"}


def _take(as_, world, who="counter", **changes):
    answer = as_(who).post(_address(world), _form(**changes))
    return answer, Dossier.objects.order_by("-id").first()


def _look_up(as_, world, number, **more):
    return as_("counter").post(_address(world), {"look_up": "1", "known_number": number} | more)


def _mark_any_location(world):
    procedure = Procedure.objects.get(code=world.procedure)
    Trait.objects.create(procedure=procedure, trait="non_territorial", valid_from="2018-01-01", source="thử")


@pytest.mark.parametrize("number", ["000000000001", "0900 000 000", "0900.000.000"])
def test_known_applicant_is_filled_in_by_number(as_, world, number):
    world.file()
    page = _look_up(as_, world, number)
    assert page.status_code == 200
    form = page.context["form"]
    assert (form["applicant_name"].value(), form["phone"].value()) == ("Nguyễn Văn Thử", "0900000000")
    assert form["address"].value() == "Số 1 đường Thử Nghiệm"
    assert "data-focus" in page.content.decode()


@pytest.mark.parametrize("number", ["", "0000", "Nguyễn", "999999999999", "' OR 1=1", "1" * 40])
def test_number_that_nobody_filed_under_fills_nothing_and_keeps_what_was_typed(as_, world, number):
    world.file()
    form = _look_up(as_, world, number, applicant_name="Đang gõ").context["form"]
    assert form["applicant_name"].value() == "Đang gõ"
    assert not form["phone"].value()


def test_number_of_several_people_lets_choose(as_, world):
    world.file()
    _take(as_, world, applicant_name="Lê Thị Ở Cùng", phone="0900000000")
    page = _look_up(as_, world, "0900000000")
    assert [each.applicant.name for each in page.context["found"]] == ["Lê Thị Ở Cùng", "Nguyễn Văn Thử"]
    other = _look_up(as_, world, "0900000000", pick="1")
    assert other.context["form"]["applicant_name"].value() == "Nguyễn Văn Thử"
    assert _look_up(as_, world, "0900000000", pick="9").context["picked"] is None


def test_account_is_known_where_no_dossier_tells_more(as_, world):
    Account.objects.filter(pk=world.other_citizen.pk).update(identity_number="000000000077", address="Thôn Hai")
    form = _look_up(as_, world, "000000000077").context["form"]
    assert (form["applicant_name"].value(), form["address"].value()) == ("Người Thử other_citizen", "Thôn Hai")


def test_every_look_up_is_a_fact_without_the_number(as_, world):
    world.file()
    _look_up(as_, world, "000000000001")
    fact = Fact.objects.get(verb="counter.looked_up_applicant")
    assert (fact.actor, fact.unit, fact.data) == (world.counter.code, "T.MC", {"found": 1})
    assert "000000000001" not in f"{fact.subject}{fact.data}"


def test_look_ups_end_at_the_most_of_an_hour(as_, world, monkeypatch):
    from motcua.dossiers.actions import looking_up
    from motcua.dossiers.rules.reception_rules import ReceptionRules

    monkeypatch.setattr(looking_up, "reception_rules_on", lambda _day: ReceptionRules(30, 2, "qcvn102"))
    world.file()
    at = now()
    for _ in range(2):
        assert looking_up.look_up("000000000001", actor=world.counter, at=at)
    page = _look_up(as_, world, "000000000001")
    assert "2 lần" in page.context["look_up_refused"]
    assert looking_up.look_up("000000000001", actor=world.counter, at=at + timedelta(hours=1, minutes=1))


def test_papers_are_complete_with_one_tick(as_, world):
    _take(as_, world, complete="0")
    papers = Dossier.objects.get().papers.order_by("id").values_list("component_name", "is_original", "quantity")
    assert list(papers) == [("Đơn đề nghị", True, 1)]  # for everybody; the case "có công trình" is not this one


def test_case_is_complete_with_its_own_tick_and_a_count_goes_before_it(as_, world):
    _take(as_, world, complete=["0", "1"], **{f"copies_{_number('Bản vẽ')}": "1"})
    papers = Dossier.objects.get().papers.order_by("id").values_list("component_name", "is_original", "quantity")
    assert list(papers) == [("Đơn đề nghị", True, 1), ("Bản vẽ", False, 1)]


def test_reception_hands_over_by_itself_and_the_papers_are_noted(as_, world):
    answer, dossier = _take(as_, world, hands_over="on", gives_papers="on", complete="0")
    run = Run.objects.get(subject=dossier.code)
    assert (dossier.state, run.phase, run.unit.code) == ("in_progress", "handle", "T.01")
    given = PaperHandOver.objects.get(dossier=dossier)
    assert (given.from_unit.code, given.to_unit.code, given.received_at) == ("T.MC", "T.01", None)
    verbs = list(Fact.objects.filter(subject=dossier.code).order_by("id").values_list("verb", flat=True))
    assert verbs == ["dossier.filed", "dossier.received", "dossier.forwarded", "dossier.papers_given"]
    assert "chờ đơn vị ký nhận" in as_("counter").get(answer.url).content.decode()


def test_scans_alone_give_no_papers(as_, world):
    _take(as_, world, hands_over="on", gives_papers="on", **{f"files_{_number()}": picture()})
    assert PaperHandOver.objects.count() == 0


def test_fee_that_the_route_asks_first_keeps_it_at_the_counter(as_, world):
    from motcua.workflow.models import RouteStep
    from motcua.workflow.queries import route_plan

    RouteStep.objects.filter(route__code="ngan", position=1).update(needs_payment=True)
    route_plan.cache_clear()
    _answer, dossier = _take(as_, world, hands_over="on")
    route_plan.cache_clear()
    assert (dossier.state, Run.objects.get(subject=dossier.code).phase) == ("received", "receive")


def test_organisation_is_kept_and_stands_on_the_slip(as_, world):
    from motcua.dossiers.rendering.heads import applicant_of

    _answer, dossier = _take(as_, world, organisation_name="Công ty Mẫu", organisation_tax_code="0100000000")
    who = applicant_of(dossier)
    assert (who.name, who.id_number) == ("Công ty Mẫu (người nộp: Nguyễn Văn Thử)", "0100000000")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation_tax_code": "0100000000"}, "organisation_name"),
        ({"organisation_tax_code": "12", "organisation_name": "X"}, "organisation_tax_code"),
        ({"post_item": "EE123456789VN"}, "post_item"),  # not by post
        ({"post_item": "không!", "channel": "post"}, "post_item"),
        ({"return_method": "post"}, "return_address"),
        ({"return_method": "bồ câu"}, "return_method"),
        ({"complete": "7"}, "complete"),
        ({"counter": "T.10.MC"}, "counter"),
    ],
)
def test_wrong_circumstances_are_told_at_their_field(as_, world, changes, field):
    answer, dossier = _take(as_, world, **changes)
    assert dossier is None
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_post_keeps_the_number_of_its_item(as_, world):
    _answer, dossier = _take(as_, world, channel="post", post_item="ee 123.456.789-vn")
    assert (dossier.channel, dossier.post_item) == ("post", "EE123456789VN")


def test_like_dossier_is_asked_about_and_taken_in_with_one_press(as_, world):
    first = world.file_at_counter(at=now() - timedelta(days=1))
    form = _form(**KNOWN)
    browser = as_("counter")
    asked = browser.post(_address(world), form)
    assert asked.status_code == 422
    assert [each.code for each in asked.context["duplicates"]] == [first.code]
    again = {name: asked.context["form"][name].value() or "" for name in form}
    done = browser.post(_address(world), again | {"repeats": asked.context["form"]["repeats"].value()})
    assert done.status_code == 302
    dossier = Dossier.objects.order_by("-id").first()
    assert dossier.repeats == first.code
    assert Fact.objects.get(subject=dossier.code, verb="dossier.filed").data["repeats"] == first.code
    assert browser.post(_address(world), again | {"repeats": first.code}).url == done.url  # a double click


@pytest.mark.parametrize(
    "changes",
    [
        {"identity_number": "000000000002", "phone": ""},
        {"identity_number": "", "phone": ""},
        KNOWN | {"organisation_name": "Công ty Mẫu"},
    ],
)
def test_somebody_else_is_not_asked_about(as_, world, changes):
    world.file_at_counter(at=now() - timedelta(days=1))
    answer, _dossier = _take(as_, world, **changes)
    assert answer.status_code == 302


def test_what_ended_long_ago_or_was_refused_is_not_asked_about(as_, world):
    _take(as_, world, way="refuse", reason="Không thuộc thẩm quyền", **KNOWN)
    answer, _dossier = _take(as_, world, **KNOWN)
    assert answer.status_code == 302


def test_refused_at_the_counter_in_one_go_with_its_slip(as_, world):
    answer, dossier = _take(as_, world, way="refuse", reason="Không thuộc thẩm quyền", q_acreage="")
    assert (dossier.state, dossier.end_reason, dossier.received_at) == ("refused", "Không thuộc thẩm quyền", None)
    assert Run.objects.get(subject=dossier.code).state == "closed"
    page = as_("counter").get(answer.url).content.decode()
    slip = reverse("dossiers:form", args=[dossier.code, "phieu-tu-choi", "pdf"])
    assert slip in page
    assert as_("counter").get(slip).content.startswith(b"%PDF")


def test_refusal_needs_a_reason(as_, world):
    answer, dossier = _take(as_, world, way="refuse")
    assert (answer.status_code, dossier) == (422, None)
    assert list(answer.context["form"].errors) == ["reason"]


def test_guidance_names_the_missing_papers_by_itself_and_no_clock_begins(as_, world):
    answer, dossier = _take(as_, world, way="guide")
    assert (dossier.state, dossier.received_at, dossier.due_at) == ("supplement_before", None, None)
    guidance = Guidance.objects.get()
    assert (guidance.items, guidance.supplied_at) == ("Đơn đề nghị", None)
    assert Run.objects.get(subject=dossier.code).state == "paused"
    assert "Đơn đề nghị" in as_("counter").get(answer.url).content.decode()
    slip = as_("counter").get(reverse("dossiers:form", args=[dossier.code, "phieu-yeu-cau-bo-sung", "pdf"]))
    assert slip.content.startswith(b"%PDF")


def test_guidance_without_anything_missing_must_say_what(as_, world):
    answer, dossier = _take(as_, world, way="guide", complete=["0"])
    assert (answer.status_code, dossier) == (422, None)
    assert list(answer.context["form"].errors) == ["items"]


def test_completed_at_the_counter_and_received_in_one_go(as_, world):
    _answer, dossier = _take(as_, world, way="guide", **KNOWN)
    address = reverse("dossiers:complete_at_counter", args=[dossier.code])
    page = as_("counter").get(address)
    form = page.context["form"]
    assert (form["applicant_name"].value(), form["q_acreage"].value()) == ("Nguyễn Văn Thử", "3")
    done = as_("counter").post(address, _form(**KNOWN, complete="0", hands_over="on", address="Thôn Ba"))
    assert done.url == reverse("dossiers:taken_in", args=[world.procedure, dossier.code])
    dossier.refresh_from_db()
    assert (dossier.state, dossier.address) == ("in_progress", "Thôn Ba")
    assert dossier.due_at == dossier.first_due_at
    assert Guidance.objects.get().supplied_at is not None
    assert [paper.component_name for paper in dossier.papers.all()] == ["Đơn đề nghị"]
    ledger = as_("counter").get(reverse("dossiers:ledger", args=[dossier.code])).context["reckoning"]
    assert (ledger.pauses, ledger.is_same) == ((), True)  # what passed before reception counts for nothing


@pytest.mark.parametrize("who", ["citizen", "specialist", "commune_all"])
def test_completing_is_for_the_counter_alone(as_, world, who):
    _answer, dossier = _take(as_, world, way="guide")
    assert as_(who).get(reverse("dossiers:complete_at_counter", args=[dossier.code])).status_code == 404


def test_online_filing_is_guided_completed_by_its_applicant_and_received(as_, world):
    dossier = world.file(at=now())
    guide = reverse("dossiers:act", args=[dossier.code, "huong-dan"])
    assert as_("counter").post(guide, {"items": "Bản vẽ", "reason": ""}).status_code == 302
    page = as_("citizen").get(reverse("dossiers:dossier", args=[dossier.code]))
    assert "Cần hoàn thiện trước khi tiếp nhận" in page.content.decode()
    complete = reverse("dossiers:act", args=[dossier.code, "bo-sung-theo-huong-dan"])
    assert as_("citizen").post(complete, {"note": ""}).status_code == 422
    assert as_("citizen").post(complete, {"papers": picture("ban-ve.png")}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "filed"
    receive = reverse("dossiers:act", args=[dossier.code, "tiep-nhan"])
    assert as_("counter").post(receive, {"hands_over": "on"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "in_progress"


def test_any_counter_takes_in_what_does_not_depend_on_the_territory(as_, world):
    refused, nothing = _take(as_, world, who="commune_all", unit="T.01")
    assert (refused.status_code, nothing) == (422, None)
    _mark_any_location(world)
    from motcua.dossiers.queries.places import forget_places

    forget_places()
    answer, dossier = _take(as_, world, who="commune_all", unit="T.01", hands_over="on", gives_papers="on",
                            complete="0")  # fmt: skip
    forget_places()
    assert answer.status_code == 302
    assert (dossier.receiving_unit.code, dossier.competent_unit.code) == ("T.10.MC", "T.01")
    assert dossier.is_received_elsewhere
    assert dossier.code.startswith("000.00.01.T99-")  # the competent unit's own numbers
    run = Run.objects.select_related("unit", "counter").get(subject=dossier.code)
    assert (run.unit.code, run.counter.code) == ("T.01", "T.10.MC")
    assert PaperHandOver.objects.get().from_unit.code == "T.10.MC"
    assert Fact.objects.get(subject=dossier.code, verb="dossier.filed").data["is_elsewhere"] is True


def test_result_of_what_was_taken_in_elsewhere_is_returned_there(as_, world):
    from motcua.dossiers.actions import handling
    from motcua.dossiers.queries.places import forget_places

    _mark_any_location(world)
    forget_places()
    _answer, dossier = _take(as_, world, who="commune_all", unit="T.01", hands_over="on")
    forget_places()
    handling.propose(dossier.code, actor=world.specialist, result_text="Được")
    handling.propose(dossier.code, actor=world.head)
    handling.approve(dossier.code, actor=world.leader)
    assert Run.objects.get(subject=dossier.code).unit.code == "T.10.MC"


def test_kept_file_and_its_picture_are_the_senders_alone(as_, world):
    page = as_("counter").post(_address(world), _form(applicant_name="") | {f"files_{_number()}": picture()})
    number = page.context["form"].kept[0]["id"]
    for name in ("dossiers:kept_file", "dossiers:kept_picture"):
        shown = as_("counter").get(reverse(name, args=[number]))
        assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(shown).startswith(b"\x89PNG")
        assert as_("commune_all").get(reverse(name, args=[number])).status_code == 404
        assert as_("").get(reverse(name, args=[number])).status_code == 302
    assert reverse("dossiers:kept_picture", args=[number]) in page.content.decode()


def test_kept_file_that_is_filed_is_no_longer_in_the_inbox(as_, world):
    _answer, dossier = _take(as_, world, **{f"files_{_number()}": picture()})
    file = dossier.papers.get().file
    assert file.subject != storing.inbox_of(world.counter)
    assert as_("counter").get(reverse("dossiers:kept_file", args=[file.pk])).status_code == 404


def test_photo_of_a_telephone_is_a_paper_too(as_, world):
    _take(as_, world, **{f"photo_{_number()}": picture("IMG_0001.png")})
    assert Dossier.objects.get().papers.get().file.name == "IMG_0001.png"


@pytest.mark.parametrize(
    "name", ["Đặng Thị Ỷ Ướt", "Nguyễn Hữu Nghĩa", "H’Hen Niê", "A‑Lăng Ngước", "Trần Ẩn Ỗi Ẵng Ự Ý Ỹ Ỵ Đ đ"]
)
def test_names_with_every_vietnamese_letter_are_kept_as_written(as_, world, name):
    _answer, dossier = _take(as_, world, applicant_name=name)
    assert dossier.applicant_name == name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_turned_away_pages_render_in_both_languages(as_, world, language):
    guided, dossier = _take(as_, world, way="guide")
    browser = as_("counter")
    browser.cookies.load({"django_language": language})
    for address in (guided.url, reverse("dossiers:complete_at_counter", args=[dossier.code])):
        assert f'lang="{language}"' in browser.get(address).content.decode()
