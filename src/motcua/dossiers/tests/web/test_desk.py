"""Pages of the desk: the work list, going on, a paper beside, the inbox, the board, the stuck, signing many."""

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from motcua.base.clock import now, today
from motcua.documents.actions import storing
from motcua.dossiers.actions import giving, handling
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.models.results import ResultDocument
from motcua.dossiers.queries.dossier import run_of
from motcua.dossiers.tests.web.conftest import picture
from motcua.organizations.actions.saved_views import open_with, save_view
from motcua.organizations.models import Delegation, Post
from motcua.workflow.models import Run

WORK = "/viec-cua-toi/"


def _codes(page):
    return [row["run"].subject for row in page.context["rows"]]


def _at_specialist(world, at=MONDAY):
    code = world.file_at_counter(at=at).code
    handling.forward(code, actor=world.counter, at=at)
    return code


def _at_leader(world, text="Đồng ý cấp giấy phép"):
    code = _at_specialist(world)
    handling.propose(code, actor=world.specialist, result_text=text)
    handling.propose(code, actor=world.head)
    return code


def test_list_says_its_sections_and_keeps_the_place_in_links(as_, world):
    code = world.file().code
    page = as_("counter").get(WORK)
    assert "Bước đã quá hạn" in page.content.decode() and "Nguyễn Văn Thử" in page.content.decode()
    link = page.context["rows"][0]["link"]
    place = parse_qs(urlsplit(link).query)["viec"][0]
    assert urlsplit(link).path == reverse("dossiers:dossier", args=[code]) and "after=" in place


@pytest.mark.parametrize("query", [{"due": "x"}, {"sort": "x"}, {"buoc": "x"}, {"cua_ai": "x"}, {"q": "a" * 300}])
def test_wrong_filter_is_told_in_place(as_, world, query):
    assert as_("counter").get(WORK, query).status_code == 422


def test_search_of_the_page_takes_no_more_statements(as_, world, kept_on):
    for _ in range(3):
        world.file()
    browser = as_("counter")
    browser.get(WORK)
    for query in ({}, {"q": "nguyen"}, {"q": "nguyen", "due": "overdue", "sort": "-due"}):
        with CaptureQueriesContext(connection) as caught:
            page = browser.get(WORK, query)
        assert len(_codes(page)) == 3
        assert len(caught) <= 4, "\n".join(each["sql"] for each in caught.captured_queries)


def test_numbers_are_not_sent_twice(as_, world, kept_on):
    world.file()
    browser = as_("counter")
    browser.get(f"{WORK}so-luong")
    with CaptureQueriesContext(connection) as caught:
        first = browser.get(f"{WORK}so-luong")
    assert len(caught) <= 4
    assert 'data-total="1"' in first.content.decode()
    assert browser.get(f"{WORK}so-luong", headers={"if-none-match": first["ETag"]}).status_code == 304
    world.file()
    assert browser.get(f"{WORK}so-luong", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_list_opens_with_the_chosen_filters(as_, world):
    world.file()
    view = save_view(page="workflow:my_work", name="Tìm", query="q=kh%C3%B4ng", actor=world.counter)
    open_with("workflow:my_work", view=view.pk, actor=world.counter)
    browser = as_("counter")
    assert browser.get(WORK).url == f"{WORK}?q=kh%C3%B4ng"
    assert len(_codes(browser.get(WORK, {"due": "all"}))) == 1
    assert browser.get("/").url == WORK


def test_front_page_of_a_leader_is_the_inbox(as_, world):
    assert as_("leader").get("/").url == reverse("workflow:inbox")
    assert as_("commune_all").get("/").url == WORK


@pytest.mark.parametrize("query", [{}, {"q": "khong co ai"}])
def test_files_hold_what_is_seen(as_, world, query):
    code = world.file().code
    Run.objects.filter(subject=code).update(title="=1+1")
    rows = 0 if query else 1
    text = b"".join(as_("counter").get(f"{WORK}tai-ve.csv", query).streaming_content).decode()
    lines = list(csv.reader(io.StringIO(text[1:])))
    assert len(lines) == rows + 1 and (not rows or lines[1][1] == "'=1+1")
    book = load_workbook(io.BytesIO(as_("counter").get(f"{WORK}tai-ve.xlsx", query).content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(cells) == rows + 1
    assert not rows or (cells[1][:2] == [code, "=1+1"] and book.active["B2"].data_type == "s")
    assert as_("counter").get(f"{WORK}tai-ve.exe").status_code == 404
    assert as_("citizen").get(f"{WORK}tai-ve.csv").status_code == 404


def test_done_leads_to_the_next_work(as_, world):
    first, second = _at_specialist(world), _at_specialist(world, at=MONDAY + timedelta(hours=1))
    browser = as_("specialist")
    links = [row["link"] for row in browser.get(WORK).context["rows"]]
    page = browser.get(links[0])
    assert first in page.content.decode() and "tới việc kế" in page.content.decode()
    place = page.context["at_work"].place
    form = {"result_text": "Cấp", "viec": place, "ke": "1"}
    answer = browser.post(reverse("dossiers:act", args=[first, "trinh-ket-qua"]), form)
    assert answer.url == f"{reverse('workflow:following')}?{place}"
    assert urlsplit(browser.get(answer.url).url).path == reverse("dossiers:dossier", args=[second])


def test_next_and_previous_end_where_the_list_ends(as_, world):
    for hours in range(2):
        _at_specialist(world, at=MONDAY + timedelta(hours=hours))
    browser = as_("specialist")
    links = [row["link"] for row in browser.get(WORK, {"sort": "step"}).context["rows"]]
    steps = [browser.get(link).context["at_work"] for link in links]
    assert browser.get(steps[0].next_address).url == links[1]
    assert browser.get(steps[1].previous_address).url == links[0]
    assert browser.get(steps[1].next_address).url == f"{WORK}?sort=step"


@pytest.mark.parametrize("place", ["//elsewhere.example", "\r\nSet-Cookie: a=b", "a\0b", "x" * 5000, "%00"])
def test_place_leads_nowhere_but_to_the_list(as_, world, place):
    code = _at_specialist(world)
    form = {"result_text": "Cấp", "viec": place, "ke": "1"}
    answer = as_("specialist").post(reverse("dossiers:act", args=[code, "trinh-ket-qua"]), form)
    assert answer.status_code == 302 and urlsplit(answer.url).path in (
        WORK + "ke",
        reverse("dossiers:dossier", args=[code]),
    )
    assert not urlsplit(answer.url).netloc


def test_paper_lies_beside_the_form(as_, world):
    kept = storing.keep(picture(), name="don.png", subject=storing.inbox_of(world.citizen), actor=world.citizen)
    code = _at_specialist(world)
    paper = DossierPaper.objects.create(
        dossier=Dossier.objects.get(code=code), component_name="Bản vẽ", file=kept, added_at=now()
    )
    browser = as_("specialist")
    address = reverse("dossiers:dossier", args=[code])
    assert "mc-beside" not in browser.get(address).content.decode()
    page = browser.get(address, {"giay": paper.pk, "viec": "due=soon"})
    assert f'src="{reverse("dossiers:paper", args=[code, paper.pk])}?xem"' in page.content.decode()
    shown = browser.get(reverse("dossiers:paper", args=[code, paper.pk]), {"xem": ""})
    assert shown["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    for close in shown._resource_closers:
        close()
    refused = browser.post(
        reverse("dossiers:act", args=[code, "trinh-ket-qua"]), {"result_text": "", "giay": paper.pk, "viec": "due=soon"}
    )
    assert refused.status_code == 422 and "mc-beside" in refused.content.decode()
    assert browser.get(address, {"giay": "9" * 17}).status_code == 200
    assert browser.get(address, {"giay": "x"}).status_code == 200


def test_inbox_gathers_what_waits_for_a_leader(as_, world):
    code = _at_leader(world)
    page = as_("leader").get(reverse("workflow:inbox"))
    trays = {tray["code"]: tray for tray in page.context["trays"]}
    assert [entry.code for entry in trays["sign"]["entries"]] == [code]
    assert [entry.code for entry in trays["late"]["entries"]] == [code]
    assert "review" not in trays
    alone = as_("leader").get(reverse("workflow:inbox"), {"loai": "sign"})
    assert [tray["code"] for tray in alone.context["trays"]] == ["sign"]
    assert as_("specialist").get(reverse("workflow:inbox")).status_code == 404
    assert as_("control").get(reverse("workflow:inbox")).status_code == 200
    told = {tray["code"]: tray for tray in as_("leader").get("/api/v1/inbox").json()}
    assert (told["sign"]["count"], told["sign"]["entries"][0]["code"]) == (1, code)


def test_inbox_asks_equally_for_one_and_for_many(as_, world, kept_on):
    browser = as_("leader")

    def count():
        with CaptureQueriesContext(connection) as caught:
            browser.get(reverse("workflow:inbox"))
        return len(caught)

    _at_leader(world)
    count()
    one = count()
    for _ in range(3):
        _at_leader(world)
    assert count() == one


def test_leader_signs_many_after_a_preview_only(as_, world):
    codes = [_at_leader(world, text=f"Kết quả số {number}") for number in range(3)]
    browser = as_("leader")
    shown = browser.post(reverse("dossiers:sign_preview"), {"ma": [*codes, world.file().code]})
    body = shown.content.decode()
    assert all(f"Kết quả số {number}" in body for number in range(3)) and shown.context["ready"] == 3
    assert not Dossier.objects.filter(decided_at__isnull=False).exists()
    seen = shown.context["sealed"]
    assert browser.post(reverse("dossiers:sign_many"), {"ma": codes, "seen": "x"}).status_code == 404
    handling.send_back(codes[2], reason="Chưa đủ", actor=world.leader)
    done = browser.post(reverse("dossiers:sign_many"), {"ma": [codes[0], codes[2], "khác"], "seen": seen})
    assert done.context["done"] == [codes[0]] and set(done.context["refused"]) == {codes[2]}
    assert list(Dossier.objects.filter(decided_at__isnull=False).values_list("code", flat=True)) == [codes[0]]
    for who in ("head", "specialist", "control"):
        assert as_(who).post(reverse("dossiers:sign_many"), {"ma": codes, "seen": seen}).status_code == 404


def test_preview_leads_to_the_document_that_is_signed(as_, world):
    code = _at_leader(world)
    Dossier.objects.update(result_text="")
    browser, preview = as_("leader"), reverse("dossiers:sign_preview")
    assert not browser.post(preview, {"ma": [code]}, follow=True).context.get("ready")
    dossier = Dossier.objects.get(code=code)
    for version in (1, 2):
        ResultDocument.objects.create(
            dossier=dossier, version=version, template="giay-phep", unit=dossier.competent_unit, drafted_at=now(),
            drafted_by=world.specialist.code,
        )  # fmt: skip
    page = browser.post(preview, {"ma": [code]})
    assert page.context["ready"] == 1
    assert reverse("dossiers:result_version", args=[code, 2, "pdf"]) in page.content.decode()


def test_nothing_to_sign_leads_back_with_words(as_, world):
    answer = as_("leader").post(reverse("dossiers:sign_preview"), {"ma": [world.file().code]}, follow=True)
    assert "Chưa chọn hồ sơ nào ký được." in answer.content.decode()


def test_board_gives_and_takes_back(as_, world):
    mine, free = _at_specialist(world), _at_specialist(world)
    handling.claim(mine, actor=world.specialist)
    browser, board = as_("head"), reverse("dossiers:board")
    given = browser.post(board, {"ma": [mine, free], "giao_cho": world.colleague.code}, follow=True)
    assert "Hoàn tác lần giao vừa rồi (2 hồ sơ)" in given.content.decode()
    assert {run_of(code).assignee for code in (mine, free)} == {world.colleague}
    back = browser.post(reverse("dossiers:board_undo"), follow=True)
    assert "Đã thu hồi 2 hồ sơ." in back.content.decode() and "Hoàn tác" not in back.content.decode()
    assert (run_of(mine).assignee, run_of(free).assignee) == (world.specialist, None)
    assert browser.post(reverse("dossiers:board_undo")).status_code == 404
    assert as_("specialist").post(reverse("dossiers:board_undo")).status_code == 404


def test_board_does_not_take_back_what_went_on(as_, world):
    code = _at_specialist(world)
    browser = as_("head")
    browser.post(reverse("dossiers:board"), {"ma": [code], "giao_cho": world.colleague.code})
    handling.propose(code, actor=world.colleague, result_text="Cấp")
    handling.propose(code, actor=world.head)
    answer = browser.post(reverse("dossiers:board_undo"), follow=True)
    assert "Đã thu hồi" not in answer.content.decode()
    assert run_of(code).phase == "approve"


def test_giving_to_whoever_has_it_changes_nothing(world):
    code = _at_specialist(world)
    handling.claim(code, actor=world.specialist)
    given = giving.give_many([code, code, "khác"], to=world.specialist, actor=world.head)
    assert given.moves == [] and set(given.refused) == {"khác"}


def test_board_marks_who_is_away_and_measures_against_time(as_, world):
    _at_specialist(world)
    post = Post.objects.get(account=world.specialist)
    until = today() + timedelta(days=30)
    Delegation.objects.create(post=post, to_account=world.colleague, valid_from=today(), valid_to=until)
    page = as_("head").get(reverse("dossiers:board"))
    loads = {
        column["load"].account.code: column["load"] for column in page.context["columns"] if column["load"].account
    }
    away, here = loads[world.specialist.code], loads[world.colleague.code]
    assert (away.capacity, away.away_until, away.substitutes) == (0, until, (world.colleague.full_name,))
    assert here.capacity > 0 and here.away_until is None
    assert "nghỉ" in page.content.decode()


def test_stuck_page_names_what_stands_still(as_, world):
    stands, fresh = _at_specialist(world), _at_specialist(world)
    run_of(fresh).holdings.filter(ended_at__isnull=True).update(started_at=now())
    world.file()  # not received: it has a reply of its own to wait for
    for who in ("head", "leader", "control"):
        page = as_(who).get(reverse("dossiers:stuck"))
        assert [row["each"].run.subject for _unit, rows in page.context["units"] for row in rows] == [stands]
    assert as_("outsider").get(reverse("dossiers:stuck")).status_code == 404
    assert [each["code"] for each in as_("control").get("/api/v1/stuck-dossiers").json()] == [stands]


def test_api_tells_work_and_boards(as_, world):
    code = _at_specialist(world)
    other = _at_specialist(world)
    work = as_("specialist").get("/api/v1/my-work?q=nguyen&limit=1").json()
    assert [row["subject"] for row in work["work"]] == [code] and work["after"]
    rest = as_("specialist").get("/api/v1/my-work", {"q": "nguyen", "after": work["after"]}).json()
    assert [row["subject"] for row in rest["work"]] == [other] and rest["after"] is None
    assert as_("specialist").get("/api/v1/my-work/counts").json()["all"] == 2
    assert as_("citizen").get("/api/v1/my-work").status_code == 404
    kept = (
        as_("specialist")
        .post("/api/v1/my-work/views", {"name": "Gấp", "query": "due=soon"}, content_type="application/json")
        .json()
    )
    assert [view["name"] for view in as_("specialist").get("/api/v1/my-work/views").json()] == ["Gấp"]
    assert as_("specialist").delete(f"/api/v1/my-work/views/{kept['id']}").status_code == 204
    body = {"codes": [code], "to": world.colleague.code}
    given = as_("head").post("/api/v1/dossier-batches/give", body, content_type="application/json").json()
    assert given["moves"] == [{"code": code, "before": ""}]
    board = as_("head").get("/api/v1/boards/T.01").json()
    assert {load["account"]: load["dossiers"] for load in board}[world.colleague.code] == [code]
    as_("head").post("/api/v1/dossier-batches/give-back", given, content_type="application/json")
    assert run_of(code).assignee is None
    assert as_("head").get("/api/v1/boards/T.02").status_code == 404
    assert as_("head").get("/api/v1/boards/x").status_code == 404


def test_api_signs_what_was_previewed(as_, world):
    code = _at_leader(world)
    browser = as_("leader")
    drafts = browser.post("/api/v1/dossier-batches/drafts", {"codes": [code]}, content_type="application/json").json()
    assert drafts[0]["text"] == "Đồng ý cấp giấy phép"
    seen = {"seen": [{"code": code, "position": drafts[0]["position"]}]}
    assert browser.post("/api/v1/dossier-batches/sign", seen, content_type="application/json").json()["done"] == [code]
    again = browser.post("/api/v1/dossier-batches/sign", seen, content_type="application/json").json()
    assert again["done"] == [] and code in again["refused"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_desk_renders_in_both_languages(as_, world, language):
    _at_leader(world)
    browser = as_("leader")
    browser.cookies.load({"django_language": language})
    for name in ("workflow:inbox", "dossiers:board", "dossiers:stuck"):
        page = browser.get(reverse(name))
        assert page.status_code == 200 and f'lang="{language}"' in page.content.decode()
