"""Pages of lateness, forms, remarks, papers, many dossiers at once, the board and the forecast."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from motcua.base.clock import VIETNAM
from motcua.dossiers.actions import ending, handling, lateness, reception, supplementing
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Apology, Dossier, Explanation, LateList, PaperHandOver, Remark
from motcua.dossiers.queries.dossier import run_of
from motcua.dossiers.rendering.slips import FORMS

LATER = MONDAY + timedelta(days=10)


@pytest.fixture
def late(world):
    code = world.file_at_counter(at=MONDAY).code
    handling.forward(code, actor=world.counter, at=MONDAY)
    lateness.make_round(at=LATER)
    return code


@pytest.fixture
def clock_at(monkeypatch):
    """Return what sets the clock of the house."""
    return lambda instant: monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


@pytest.fixture
def clock(clock_at):
    clock_at(LATER)


def _page(code):
    return reverse("dossiers:late", args=[code])


def _do(browser, code, action, **data):
    return browser.post(reverse("dossiers:late_act", args=[code, action]), data)


def test_late_dossier_is_explained_and_apologised_for_on_its_page(as_, world, late, clock):
    page = as_("specialist").get(_page(late)).content.decode()
    assert "Cần giải trình" in page and "hệ thống đề xuất" in page
    assert _do(as_("specialist"), late, "giai-trinh", text="").status_code == 422
    assert _do(as_("specialist"), late, "giai-trinh", text="Chờ ý kiến của Sở Phối Hợp").status_code == 302
    assert (
        _do(as_("specialist"), late, "soan-xin-loi", reason="Chờ", new_due_on="15/03/2026").status_code == 422
    )  # Sunday
    assert _do(as_("specialist"), late, "soan-xin-loi", reason="Chờ", new_due_on="18/03/2026").status_code == 302
    assert _do(as_("specialist"), late, "ky-xin-loi").status_code == 422
    assert _do(as_("leader"), late, "ky-xin-loi").status_code == 302
    assert _do(as_("counter"), late, "gui-xin-loi").status_code == 302
    letter = Apology.objects.get()
    assert letter.sent_at and letter.new_due_at == datetime(2026, 3, 18, 17, tzinfo=VIETNAM)
    assert Explanation.objects.get().text == "Chờ ý kiến của Sở Phối Hợp"


def test_public_reads_why_without_names_or_explanations(as_, world, late, clock):
    lateness.explain(late, text="Lời riêng trong cơ quan", actor=world.specialist)
    page = as_().get(reverse("dossiers:tracking", args=[late])).content.decode()
    assert "Vì sao trễ?" in page and "Sở Thử Nghiệm" in page
    assert "Người Thử" not in page and "Lời riêng" not in page
    answer = as_().get(f"/api/v1/tracking/{late}/delays").json()
    assert answer["is_late"] and "Người Thử" not in str(answer)
    named = as_("head").get(f"/api/v1/dossiers/{late}/delays").json()
    assert "Lời riêng" in str(named)


def test_outsider_finds_nothing_of_lateness(as_, world, late, clock):
    assert as_("outsider").get(_page(late)).status_code == 404
    for action in ("giai-trinh", "soan-xin-loi", "ky-xin-loi", "gui-xin-loi"):
        answer = _do(as_("outsider"), late, action, text="x", reason="x", new_due_on="18/03/2026")
        assert answer.status_code == 404, action
        assert _do(as_("citizen"), late, action).status_code == 404


def _walked(world):
    """Return a page's worth of dossiers so that every form of the set can be printed by one of them."""
    refused = world.file(at=MONDAY).code
    reception.refuse(refused, reason="Sai thẩm quyền", actor=world.counter, at=MONDAY)
    stopped = world.file_at_counter(at=MONDAY).code
    handling.forward(stopped, actor=world.counter, at=MONDAY)
    supplementing.request_supplement(
        stopped, items="Bản đồ\nSơ đồ", reason="Thiếu", actor=world.specialist, at=MONDAY + timedelta(hours=1)
    )
    ending.stop(stopped, reason="Không bổ sung", actor=world.leader, at=MONDAY + timedelta(days=1))
    return refused, stopped


def test_every_form_comes_as_pdf_and_word_with_its_number(as_, world, late, clock):
    refused, stopped = _walked(world)
    of = {"giay-tiep-nhan": late, "phieu-yeu-cau-bo-sung": stopped, "phieu-tu-choi": refused, "van-ban-xin-loi": late,
          "thong-bao-dung": stopped, "phieu-kiem-soat": late}  # fmt: skip
    numbers = {"giay-tiep-nhan": "01", "phieu-yeu-cau-bo-sung": "02", "phieu-tu-choi": "03", "van-ban-xin-loi": "04",
               "thong-bao-dung": "05", "phieu-kiem-soat": "06"}  # fmt: skip
    assert set(of) == set(FORMS) - {"giay-tra-ket-qua"}  # a slip of our own, of no set
    for slug, code in of.items():
        pdf = as_("leader").get(reverse("dossiers:form", args=[code, slug, "pdf"]))
        assert pdf.content.startswith(b"%PDF"), slug
        word = Document(io.BytesIO(as_("leader").get(reverse("dossiers:form", args=[code, slug, "docx"])).content))
        said = " ".join(part.text or "" for part in word.element.body.iter() if part.tag.endswith("}t"))
        assert f"Mẫu số {numbers[slug]} - Thông tư 03/2025/TT-VPCP" in said, slug
        assert code in said
    assert as_("citizen").get(reverse("dossiers:form", args=[late, "phieu-kiem-soat", "pdf"])).status_code == 404
    assert as_("leader").get(reverse("dossiers:form", args=[late, "khong-co", "pdf"])).status_code == 404
    assert as_("leader").get(reverse("dossiers:form", args=[late, "phieu-tu-choi", "pdf"])).status_code == 404


def test_forms_of_the_former_set_bear_its_numbers(as_, world):
    earlier = datetime(2025, 3, 3, 8, tzinfo=VIETNAM)
    code = world.file_at_counter(at=earlier).code
    handling.forward(code, actor=world.counter, at=earlier)
    ending.stop(code, reason="Không đủ", actor=world.leader, at=earlier + timedelta(hours=2))
    found = {}
    for slug in ("giay-tiep-nhan", "phieu-kiem-soat", "thong-bao-dung"):
        word = Document(io.BytesIO(as_("leader").get(reverse("dossiers:form", args=[code, slug, "docx"])).content))
        found[slug] = " ".join(part.text or "" for part in word.element.body.iter() if part.tag.endswith("}t"))
    assert "Mẫu số 01 - Thông tư 01/2018/TT-VPCP" in found["giay-tiep-nhan"]
    assert "Mẫu số 05 - Thông tư 01/2018/TT-VPCP" in found["phieu-kiem-soat"]
    assert "Mẫu số" not in found["thong-bao-dung"]  # set A has no such form


def test_applicant_prints_the_letter_only_once_it_was_sent(as_, world, clock):
    dossier = world.file(at=MONDAY)
    reception.receive(dossier.code, actor=world.counter, at=MONDAY)
    handling.forward(dossier.code, actor=world.counter, at=MONDAY)
    lateness.make_round(at=LATER)
    address = reverse("dossiers:form", args=[dossier.code, "van-ban-xin-loi", "pdf"])
    lateness.approve_apology(dossier.code, actor=world.leader)
    assert as_("citizen").get(address).status_code == 404
    lateness.send_apology(dossier.code, actor=world.counter)
    assert as_("citizen").get(address).content.startswith(b"%PDF")
    assert "Văn bản xin lỗi" in as_("citizen").get(_page(dossier.code)).content.decode()


def test_register_of_a_period_is_taken_along(as_, world, late, clock):
    period = {"don_vi": "T.01", "tu": "01/03/2026", "den": "31/03/2026"}
    assert as_("leader").get(reverse("dossiers:book"), period).status_code == 200
    workbook = as_("leader").get(reverse("dossiers:book_file", args=["xlsx"]), period)
    cells = [cell.value for row in load_workbook(io.BytesIO(workbook.content)).active.iter_rows() for cell in row]
    assert late in cells and "Nguyễn Văn Thử" in cells
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert as_("leader").get(reverse("dossiers:book_file", args=[kind]), period).content.startswith(start)
    csv = b"".join(as_("leader").get(reverse("dossiers:book_file", args=["csv"]), period).streaming_content).decode()
    assert late in csv
    assert as_("leader").get(reverse("dossiers:book_file", args=["exe"]), period).status_code == 404
    assert as_("outsider").get(reverse("dossiers:book_file", args=["xlsx"]), period).status_code == 422
    backwards = period | {"tu": "31/03/2026", "den": "01/03/2026"}
    assert as_("leader").get(reverse("dossiers:book_file", args=["xlsx"]), backwards).status_code == 422


def test_remark_calls_a_colleague_and_nobody_else(as_, world, late):
    say = reverse("dossiers:say", args=[late])
    assert as_("specialist").post(say, {"text": "@outsider xem giúp"}).status_code == 422
    assert as_("specialist").post(say, {"text": "@head xem giúp <b>nhé</b>"}).status_code == 302
    assert Remark.objects.get().mentioned == [world.head.code]
    page = as_("head").get(reverse("dossiers:dossier", args=[late])).content.decode()
    assert "xem giúp &lt;b&gt;nhé" in page
    assert as_("citizen").post(say, {"text": "Tôi"}).status_code == 404
    assert "xem giúp" not in as_().get(reverse("dossiers:tracking", args=[late])).content.decode()


def test_papers_are_given_and_signed_for(as_, world, late):
    give = reverse("dossiers:move_papers", args=[late, "giao"])
    take = reverse("dossiers:move_papers", args=[late, "nhan"])
    as_("specialist").post(give)
    assert not PaperHandOver.objects.exists()  # they lie at the counter
    as_("counter").post(give, {"note": "Một bộ"})
    as_("counter").post(give)
    given = PaperHandOver.objects.get()
    assert (given.from_unit.code, given.to_unit.code, given.received_at) == ("T.MC", "T.01", None)
    as_("counter").post(take)
    assert PaperHandOver.objects.get().received_at is None
    as_("specialist").post(take)
    assert PaperHandOver.objects.get().received_by == world.specialist.code


def _sealed(answer):
    return answer.context["sealed"]


def test_many_are_forwarded_after_a_preview_and_taken_back(as_, world):
    codes = [world.file_at_counter().code for _ in range(3)]
    before = {code: run_of(code).step_due_at for code in codes}
    browser = as_("counter")
    assert browser.get(reverse("dossiers:bulk")).content.decode().count('name="ma"') == 3
    seen = browser.post(reverse("dossiers:bulk_preview"), {"ma": codes})
    assert [run_of(code).position for code in codes] == [1, 1, 1]
    handling.forward(codes[0], actor=world.counter)  # a colleague is faster
    done = browser.post(reverse("dossiers:bulk_forward"), {"moves": _sealed(seen)})
    assert done.context["done"] == codes[1:] and list(done.context["refused"]) == codes[:1]
    handling.claim(codes[1], actor=world.specialist)
    undone = browser.post(reverse("dossiers:bulk_undo"), {"moves": _sealed(done)})
    assert undone.context["done"] == codes[2:] and list(undone.context["refused"]) == codes[1:2]
    run = run_of(codes[2])
    assert (run.position, run.step_due_at) == (1, before[codes[2]])
    assert browser.post(reverse("dossiers:bulk_forward"), {"moves": "x"}).status_code == 404


def test_nobody_takes_back_what_another_forwarded(as_, world, late):
    seen = as_("counter").post(reverse("dossiers:bulk_preview"), {"ma": [world.file_at_counter().code]})
    done = as_("counter").post(reverse("dossiers:bulk_forward"), {"moves": _sealed(seen)})
    undone = as_("specialist").post(reverse("dossiers:bulk_undo"), {"moves": _sealed(done)})
    assert undone.context["done"] == []


def test_head_reassigns_on_the_board(as_, world, late):
    board = reverse("dossiers:board")
    assert as_("specialist").get(board).status_code == 404
    assert late in as_("head").get(board).content.decode()
    assert as_("head").post(board, {"ma": [late], "giao_cho": ""}).status_code == 422
    assert as_("head").post(board, {"ma": [late], "giao_cho": world.leader.code}).status_code == 422
    assert as_("head").post(board, {"ma": [late], "giao_cho": world.colleague.code}).status_code == 302
    assert run_of(late).assignee == world.colleague


def test_forecast_and_counts_open_to_heads_and_control_only(as_, world, late, clock):
    for who in ("head", "leader", "control"):
        page = as_(who).get(reverse("dossiers:forecast"), {"don_vi": "T.01"}).content.decode()
        assert late in page, who
        assert "Sở Thử Nghiệm" in as_(who).get(reverse("dossiers:late_counts")).content.decode()
    for who in ("citizen", "specialist", "counter", ""):
        assert as_(who).get(reverse("dossiers:forecast")).status_code in (302, 404)
        assert as_(who).get(reverse("dossiers:late_counts")).status_code in (302, 404)
    assert "Cần kiểm tra" in as_("control").get(reverse("dossiers:late_counts")).content.decode()
    assert "Cần kiểm tra" not in as_("head").get(reverse("dossiers:late_counts")).content.decode()
    assert [each["code"] for each in as_("head").get("/api/v1/dossier-forecasts?unit=T.01").json()] == [late]
    assert as_("outsider").get("/api/v1/dossier-forecasts?unit=T.01").status_code == 404


def test_list_of_the_month_is_public_and_names_nobody(as_, world, late, clock_at):
    assert "Chưa có danh sách" in as_().get(reverse("dossiers:late_list")).content.decode()
    clock_at(datetime(2026, 4, 6, 8, tzinfo=VIETNAM))
    assert as_("leader").post(reverse("dossiers:publish_late_list"), {"thang": "2026-03"}).status_code == 404
    assert as_("control").post(reverse("dossiers:publish_late_list"), {"thang": "2026-03"}).status_code == 302
    page = as_().get(reverse("dossiers:late_list_of", args=["2026-03"])).content.decode()
    assert late in page and "Nguyễn" not in page and "Người Thử" not in page
    assert LateList.objects.get().month == date(2026, 3, 1)
    assert as_().get("/ho-so-tre-han/2026-99").status_code == 404
    assert as_().get("/api/v1/late-lists").json() == ["2026-03-01"]
    assert as_().get("/api/v1/late-lists/2026-03-01").json()["rows"][0]["code"] == late


def test_api_walks_lateness(as_, world, late, clock):
    def post(who, path, body=None):
        return as_(who).post(f"/api/v1/dossiers/{late}/{path}", body or {}, content_type="application/json")

    assert as_("leader").get(f"/api/v1/dossiers/{late}/lateness").json()["actions"] == [
        "explain", "draft_apology", "approve_apology"
    ]  # fmt: skip
    assert post("specialist", "explanation", {"text": "Chờ"}).status_code == 200
    new_due = {"reason": "Chờ", "new_due_at": "2026-03-18T17:00:00+07:00"}
    assert post("specialist", "apology", new_due).json()["is_proposed"] is False
    assert post("specialist", "apology", new_due | {"new_due_at": "2026-03-18T17:00:00"}).status_code == 409
    assert post("leader", "apology/sign").status_code == 200
    assert post("counter", "apology/send").json()["is_in_time"] is False
    assert post("specialist", "remarks", {"text": "Xong"}).status_code == 201
    assert post("counter", "papers/give").json()["to_unit"] == "T.01"
    assert post("specialist", "papers/take").json()["received_at"]
    assert post("head", "assign", {"to": world.colleague.code}).status_code == 200
    forms = [each["form"] for each in as_("leader").get(f"/api/v1/dossiers/{late}/forms").json()]
    assert forms == ["giay-tiep-nhan", "van-ban-xin-loi", "phieu-kiem-soat"]
    assert as_("leader").get(f"/api/v1/dossiers/{late}/forms/phieu-kiem-soat?kind=docx").content.startswith(b"PK")
    assert Dossier.objects.get(code=late).is_open
