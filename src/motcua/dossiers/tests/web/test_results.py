"""Pages of results: writing, previewing, returning, what lies, the survey, and the same over the API."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.base.clock import now
from motcua.documents.actions import storing
from motcua.dossiers.actions import handling, payment, reception, returning
from motcua.dossiers.models import Dossier, ResultDocument, ResultReturn, SurveyAnswer, SurveyInvitation
from motcua.dossiers.queries.my_dossiers import files_to_use_again
from motcua.dossiers.tests.web.conftest import picture
from motcua.dossiers.web import mine

VALUES = {"subject": "Cấp phép thử", "terms": "Một\nHai", "until": ""}
MARKS = {"c1": "2", "c3": "1", "c4": "2", "c7": "2"}


def handled(world, *, online=True):
    code = (world.file(at=now()) if online else world.file_at_counter(at=now())).code
    if online:
        reception.receive(code, actor=world.counter)
    if Dossier.objects.get(code=code).state == "received":
        handling.forward(code, actor=world.counter)
    return code


def decided(world, *, online=True):
    code = handled(world, online=online)
    handling.propose(code, actor=world.specialist, result_text="Được")
    handling.propose(code, actor=world.head)
    handling.approve(code, actor=world.leader)
    payment.take_payment(code, method="cash", reference="", actor=world.counter)
    return code


def returned(world, *, online=True):
    code = decided(world, online=online)
    returning.return_result(code, method="in_person", actor=world.counter)
    return code


def _bytes(answer):
    """Return a file that was sent, read to its end and closed."""
    assert answer.status_code == 200
    found = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # close() of the answer would close the test's connection, too
        close()
    return found


def test_result_is_written_previewed_and_kept_as_a_version(as_, world):
    code = handled(world)
    browser, address = as_("specialist"), reverse("dossiers:write_result", args=[code])
    assert "Giấy phép, giấy chứng nhận" in browser.get(address).content.decode()
    form = browser.get(address, {"mau": "giay-phep"}).content.decode()
    assert 'name="terms"' in form and 'formtarget="_blank"' in form
    shown = browser.post(address, {"mau": "giay-phep", "lam": "xem", **VALUES})
    assert shown.content.startswith(b"%PDF") and not ResultDocument.objects.exists()
    wrong = browser.post(address, {"mau": "giay-phep", "lam": "luu", "subject": ""})
    assert wrong.status_code == 422
    assert browser.post(address, {"mau": "giay-phep", "lam": "luu", **VALUES}).status_code == 302
    page = browser.get(reverse("dossiers:dossier", args=[code])).content.decode()
    assert "Bản 1" in page and "Bản hiện hành" in page
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = browser.get(reverse("dossiers:result_version", args=[code, 1, kind]))
        assert answer.content.startswith(start)
    assert browser.get(reverse("dossiers:result_version", args=[code, 1, "tep"])).status_code == 404
    assert browser.get(reverse("dossiers:result_version", args=[code, 9, "pdf"])).status_code == 404


@pytest.mark.parametrize("who", ["citizen", "outsider", "counter"])
def test_result_is_written_by_nobody_else(as_, world, who):
    code = handled(world)
    assert as_(who).get(reverse("dossiers:write_result", args=[code])).status_code == 404


def test_hostile_words_stay_words(as_, world):
    code = handled(world)
    browser, address = as_("specialist"), reverse("dossiers:write_result", args=[code])
    hostile = VALUES | {"subject": "<script>alert(1)</script> {dossier_code} #let x = 1"}
    assert browser.post(address, {"mau": "giay-phep", "lam": "xem", **hostile}).content.startswith(b"%PDF")
    browser.post(address, {"mau": "giay-phep", "lam": "luu", **hostile})
    page = browser.get(reverse("dossiers:dossier", args=[code])).content.decode()
    assert "<script>alert" not in page


def test_scan_takes_the_place_of_a_template_and_citizen_sees_it_only_when_decided(as_, world):
    code = handled(world)
    as_("specialist").post(reverse("dossiers:upload_result", args=[code]), {"file": picture("kq.png")})
    assert ResultDocument.objects.get().signed_file is not None
    result = reverse("dossiers:result", args=[code])
    assert as_("citizen").get(result).status_code == 404
    handling.propose(code, actor=world.specialist)
    handling.propose(code, actor=world.head)
    handling.approve(code, actor=world.leader)
    assert _bytes(as_("citizen").get(result)).startswith(b"\x89PNG")
    refused = as_("specialist").post(
        reverse("dossiers:upload_result", args=[code]), {"file": SimpleUploadedFile("a.exe", b"MZ")}, follow=True
    )
    assert "a.exe" in refused.content.decode()


def test_counter_returns_to_an_authorised_person(as_, world):
    code = decided(world)
    browser, address = as_("counter"), reverse("dossiers:act", args=[code, "tra-ket-qua"])
    missing = browser.post(address, {"method": "in_person", "collector": "authorised"})
    assert missing.status_code == 422 and "họ tên người được ủy quyền" in missing.content.decode()
    sent = {
        "method": "in_person",
        "collector": "authorised",
        "collector_name": "Lê Thị Thay",
        "collector_paper": "Số 5",
    }
    assert browser.post(address, sent).status_code == 302
    page = reverse("dossiers:dossier", args=[code])
    assert "Lê Thị Thay" in browser.get(page).content.decode()
    assert "Lê Thị Thay" not in as_("citizen").get(page).content.decode()
    assert "Lê Thị Thay" not in as_("").get(reverse("dossiers:tracking", args=[code])).content.decode()


def test_electronic_result_is_received_on_opening(as_, world):
    code = decided(world)
    as_("counter").post(reverse("dossiers:upload_result", args=[code]), {"file": picture("kq.png")})
    as_("counter").post(reverse("dossiers:act", args=[code, "tra-ket-qua"]), {"method": "online"})
    home = as_("citizen").get(reverse("dossiers:mine")).content.decode()
    assert "Mở kết quả điện tử" in home
    _bytes(as_("specialist").get(reverse("dossiers:result", args=[code])))
    assert ResultReturn.objects.get().arrived_at is None
    _bytes(as_("citizen").get(reverse("dossiers:result", args=[code])))
    assert ResultReturn.objects.get().arrived_at is not None
    assert "Mở kết quả điện tử" not in as_("citizen").get(reverse("dossiers:mine")).content.decode()


def test_lying_results_are_listed_reminded_and_exported(as_, world):
    code = decided(world)
    Dossier.objects.filter(code=code).update(decided_at=now() - timedelta(days=30))
    address = reverse("dossiers:uncollected")
    page = as_("counter").get(address).content.decode()
    assert code in page and "chờ tỉnh quy định" in page
    assert code not in as_("outsider").get(address, follow=True).content.decode()
    assert as_("citizen").get(address).status_code == 404
    as_("counter").post(reverse("dossiers:remind_collection", args=[code]))
    again = as_("counter").post(reverse("dossiers:remind_collection", args=[code]), follow=True).content.decode()
    assert "đã được nhắc trong ngày" in again
    answer = as_("control").get(address, {"format": "csv"})
    assert code in b"".join(answer.streaming_content).decode()


def test_posted_results_are_noted_as_delivered(as_, world):
    code = decided(world)
    returning.return_result(code, method="post", actor=world.counter)
    ResultReturn.objects.update(at=now() - timedelta(days=30))
    page = as_("counter").get(reverse("dossiers:uncollected")).content.decode()
    assert "Qua bưu chính" in page and "Đã phát" in page
    as_("counter").post(reverse("dossiers:result_delivered", args=[code]), {"item_number": "EB1"})
    assert ResultReturn.objects.get().item_number == "EB1"
    assert code not in as_("counter").get(reverse("dossiers:uncollected")).content.decode()


def test_slip_of_the_result_carries_the_code_of_the_survey(as_, world):
    code = returned(world, online=False)
    page = as_("counter").get(reverse("dossiers:dossier", args=[code])).content.decode()
    assert "Giấy trả kết quả" in page
    answer = as_("counter").get(reverse("dossiers:form", args=[code, "giay-tra-ket-qua", "pdf"]))
    assert answer.content.startswith(b"%PDF")


def test_survey_by_code_shows_nothing_of_the_applicant_and_is_answered_once(as_, world):
    returned(world, online=False)
    public, code = as_(""), SurveyInvitation.objects.get().code
    assert public.get(reverse("dossiers:survey")).status_code == 200
    wrong = public.get(reverse("dossiers:survey"), {"ma": "SAI-SAI"})
    assert wrong.status_code == 422 and "Không có mã" in wrong.content.decode()
    opened = public.get(reverse("dossiers:survey"), {"ma": code.lower()})
    page = public.get(opened.url).content.decode()
    assert "Cấp giấy phép thử nghiệm" in page
    for hidden in ("Nguyễn Văn Thử", "000000000001", "0900000000", Dossier.objects.get().code):
        assert hidden not in page
    assert public.post(opened.url, {"c1": "2"}).status_code == 422
    answer = public.post(opened.url, {**MARKS, "satisfied": "yes", "comment": "<b>Tốt</b>"})
    assert answer.url == reverse("dossiers:survey_thanks")
    assert public.get(answer.url).status_code == 200
    assert public.get(opened.url).status_code == 404
    assert Dossier.objects.get().is_satisfied is True
    results = as_("leader").get(reverse("dossiers:survey_results")).content.decode()
    assert "<b>Tốt</b>" not in results and "&lt;b&gt;Tốt" in results


def test_survey_from_the_citizens_page(as_, world):
    code = returned(world)
    assert "Mời bạn đánh giá" in as_("citizen").get(reverse("dossiers:mine")).content.decode()
    address = reverse("dossiers:survey_mine", args=[code])
    assert as_("other_citizen").get(address).status_code == 404
    assert as_("specialist").get(address).status_code == 404
    as_("citizen").post(address, {**MARKS, "satisfied": "no"})
    assert SurveyAnswer.objects.get().way == "account"
    assert as_("citizen").get(address).status_code == 302
    assert "Mời bạn đánh giá" not in as_("citizen").get(reverse("dossiers:mine")).content.decode()


def test_results_of_the_survey_are_for_heads_and_public_sees_no_small_numbers(as_, world):
    code = returned(world)
    as_("citizen").post(reverse("dossiers:survey_mine", args=[code]), {**MARKS, "satisfied": "yes", "comment": "Riêng"})
    address = reverse("dossiers:survey_results")
    page = as_("leader").get(address).content.decode()
    assert "Người Thử specialist" in page and "Riêng" in page and "chưa có phần phản ánh" in page
    assert as_("specialist").get(address).status_code == 404
    assert as_("citizen").get(address).status_code == 404
    csv = b"".join(as_("leader").get(address, {"format": "csv"}).streaming_content).decode()
    assert "Sở Thử Nghiệm" in csv and "chưa có" in csv
    assert as_("leader").get(address, {"tu": "x"}).status_code == 422
    SurveyAnswer.objects.update(at=now() - timedelta(days=75))
    public = as_("").get(reverse("dossiers:survey_public")).content.decode()
    assert "Sở Thử Nghiệm" not in public and "Riêng" not in public


def test_my_dossiers_begin_with_what_must_be_done(as_, world):
    waiting, running, done = decided(world), handled(world), returned(world)
    page = as_("citizen").get(reverse("dossiers:mine"))
    found = {each["code"]: [row["dossier"].code for row in each["rows"]] for each in page.context["groups"]}
    # The running one has a fee that is not paid.
    assert found == {"can-lam": [running, waiting], "dang-giai-quyet": [], "da-xong": [done]}
    payment.take_payment(running, method="cash", reference="", actor=world.counter)
    page = as_("citizen").get(reverse("dossiers:mine"))
    assert [row["dossier"].code for row in page.context["groups"][1]["rows"]] == [running]
    assert "1/5" in page.content.decode()
    assert "Bạn chưa nộp hồ sơ nào" in as_("other_citizen").get(reverse("dossiers:mine")).content.decode()
    for query, codes in (
        ({"q": running}, {running}),
        ({"q": "thu nghiem"}, {waiting, running, done}),
        ({"q": "x"}, set()),
    ):
        answer = as_("citizen").get(reverse("dossiers:mine"), query)
        assert {row["dossier"].code for each in answer.context["groups"] for row in each["rows"]} == codes


def test_my_dossiers_are_paged_without_loss_and_cost_the_same_for_many(
    as_, world, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(mine, "PAGE", 2)
    codes = {world.file(at=now() - timedelta(days=number)).code for number in range(5)}
    browser, seen, query = as_("citizen"), [], {"nhom": "dang-giai-quyet"}
    browser.get(reverse("dossiers:mine"))
    for _page in range(3):
        with django_assert_max_num_queries(16):
            answer = browser.get(reverse("dossiers:mine"), query)
        group = answer.context["groups"][0]
        seen += [row["dossier"].code for row in group["rows"]]
        query["after"] = group["after"]
    assert len(seen) == 5 and set(seen) == codes
    with django_assert_max_num_queries(20):
        browser.get(reverse("dossiers:mine"))


@pytest.mark.parametrize("measure", ["returned_at_counter", "surveyed", "returned_by_post"])
def test_numbers_of_results_open_their_dossiers(as_, world, measure):
    code = returned(world)
    as_("citizen").post(reverse("dossiers:survey_mine", args=[code]), {**MARKS, "satisfied": "yes"})
    day = f"{now():%Y-%m-%d}"
    asked = {"so": f"dossiers.{measure}", "don-vi": "T.01", "tu": day, "den": day}
    page = as_("leader").get(reverse("dossiers:behind"), asked)
    assert page.status_code == 200
    assert (code in page.content.decode()) is (measure != "returned_by_post")


@pytest.mark.parametrize("measure", ["dossiers.supplements_asked", "satisfaction.sheets"])
def test_numbers_of_other_rows_open_no_dossiers(as_, world, measure):
    asked = {"so": measure, "don-vi": "T.01", "tu": "2026-03-01", "den": "2026-03-31"}
    assert as_("leader").get(reverse("dossiers:behind"), asked).status_code == 422


def test_my_papers_are_the_readers_own(as_, world):
    code = handled(world)
    as_("specialist").post(reverse("dossiers:upload_result", args=[code]), {"file": picture("kq.png")})
    for act in (
        lambda: handling.propose(code, actor=world.specialist),
        lambda: handling.propose(code, actor=world.head),
    ):
        act()
    handling.approve(code, actor=world.leader)
    page = as_("citizen").get(reverse("dossiers:my_papers")).content.decode()
    assert "kq.png" in page
    assert "kq.png" not in as_("other_citizen").get(reverse("dossiers:my_papers")).content.decode()
    assert as_("").get(reverse("dossiers:my_papers")).status_code == 302


def test_files_of_like_name_are_found_for_filing_again(world, settings):
    code = handled(world)
    dossier = Dossier.objects.get(code=code)
    kept = [storing.keep(picture(), name="don.png", subject=code, actor=world.citizen) for _twice in range(2)]
    for file in kept:
        dossier.papers.create(component_name="Đơn đề nghị", file=file, added_at=now())
    found = files_to_use_again(world.citizen, "ĐƠN ĐỀ NGHỊ ")
    assert [each.sha256 for each in found] == [kept[0].sha256]  # the same bytes are one paper
    assert files_to_use_again(world.other_citizen, "Đơn đề nghị") == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_render_in_both_languages(as_, world, language):
    code = handled(world)
    seen = [("specialist", reverse("dossiers:write_result", args=[code]) + "?mau=quyet-dinh")]
    done = returned(world)
    seen += [
        ("citizen", reverse("dossiers:mine")), ("citizen", reverse("dossiers:my_papers")),
        ("citizen", reverse("dossiers:survey_mine", args=[done])), ("", reverse("dossiers:survey")),
        ("", reverse("dossiers:survey_public")), ("", reverse("dossiers:survey_thanks")),
        ("leader", reverse("dossiers:survey_results")), ("counter", reverse("dossiers:uncollected")),
        ("counter", reverse("dossiers:dossier", args=[done])),
    ]  # fmt: skip
    for who, address in seen:
        browser = as_(who)
        browser.cookies.load({"django_language": language})
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in answer.content.decode()


def test_results_over_the_api(as_, world):
    code = handled(world)
    specialist = as_("specialist")
    templates = specialist.get(f"/api/v1/dossiers/{code}/result-templates").json()
    assert {each["code"] for each in templates} >= {"giay-phep", "cong-van"}
    body = {"template": "giay-phep", "values": VALUES}
    made = specialist.post(f"/api/v1/dossiers/{code}/result-versions", body, content_type="application/json")
    assert (made.status_code, made.json()["version"]) == (201, 1)
    bad = specialist.post(
        f"/api/v1/dossiers/{code}/result-versions", {"template": "giay-phep"}, content_type="application/json"
    )
    assert (bad.status_code, bad.json()["field"]) == (409, "subject")
    drawn = specialist.get(f"/api/v1/dossiers/{code}/result-versions/1/document")
    assert drawn.content.startswith(b"%PDF")
    assert as_("citizen").get(f"/api/v1/dossiers/{code}/result-versions").status_code == 404
    handling.propose(code, actor=world.specialist)
    handling.propose(code, actor=world.head)
    handling.approve(code, actor=world.leader)
    payment.take_payment(code, method="cash", reference="", actor=world.counter)
    assert specialist.get(f"/api/v1/dossiers/{code}/result-versions").json()[0]["number"] == 1
    counter = as_("counter")
    sent = {"method": "post", "item_number": "EB9"}
    answer = counter.post(f"/api/v1/dossiers/{code}/return", sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert counter.get(f"/api/v1/dossiers/{code}/result-return").json()["item_number"] == "EB9"
    delivered = counter.post(f"/api/v1/dossiers/{code}/delivered", {}, content_type="application/json")
    assert delivered.json()["arrived_at"] is not None
    assert counter.get("/api/v1/uncollected-results").json() == []


def test_surveys_and_own_dossiers_over_the_api(as_, world):
    code = returned(world)
    citizen = as_("citizen")
    form = as_("").get("/api/v1/survey-form").json()
    assert [each["number"] for each in form["questions"]] == [1, 3, 4, 7]
    rows = citizen.get("/api/v1/my-dossiers", {"group": "da-xong"}).json()["rows"]
    assert [row["dossier"]["code"] for row in rows] == [code]
    assert citizen.get("/api/v1/my-dossiers", {"group": "x"}).status_code == 409
    assert citizen.get("/api/v1/my-papers").json() == {"papers": [], "after": None}
    marks = {"marks": {"1": 2, "3": 2, "4": 2, "7": 2}, "is_satisfied": True}
    missing = citizen.post(f"/api/v1/dossiers/{code}/survey", {"marks": {}}, content_type="application/json")
    assert (missing.status_code, missing.json()["field"]) == (409, "c1")
    assert citizen.post(f"/api/v1/dossiers/{code}/survey", marks, content_type="application/json").status_code == 204
    invitation = SurveyInvitation.objects.get().code
    used = as_("").post(f"/api/v1/surveys/{invitation}", marks, content_type="application/json")
    assert used.status_code == 409
    day = f"{now():%Y-%m-%d}"
    found = as_("leader").get("/api/v1/survey-results", {"first": day, "last": day}).json()
    assert found["units"][0]["scores"][0]["points"] == 2.0 and found["officials"]
    public = as_("").get("/api/v1/public-survey-results", {"first": day, "last": day}).json()
    assert (public["units"], public["officials"], public["left_out"]) == ([], [], 1)
    assert citizen.get("/api/v1/survey-results", {"first": day, "last": day}).status_code == 404
    bad = as_("leader").get("/api/v1/survey-results", {"first": "1900-01-01", "last": day})
    assert bad.status_code == 409


def test_survey_code_stands_in_no_public_place(as_, world):
    code = returned(world)
    invitation = SurveyInvitation.objects.get().code
    page = as_("").get(reverse("dossiers:tracking", args=[code])).content.decode()
    assert invitation not in page
    assert not re.search(invitation, str(as_("").get(f"/api/v1/tracking/{code}").content))
