"""The pages: who sees what, forms that come back with what was typed, a round driven through the browser's forms."""

import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from motcua.assessments.actions import publishing, rounds, scoring
from motcua.assessments.grading_models import GradeList
from motcua.assessments.models import CriteriaSetVersion, Round
from motcua.assessments.seed import set_schemes
from motcua.assessments.set_reading import read_template
from motcua.base.clock import today
from motcua.documents.models import StoredFile
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.tests.papers import letter

pytestmark = pytest.mark.django_db
SHEET = "/danh-gia/{}/don-vi/T.01"


def _say(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.fixture
def made(world):
    return world.open()


def test_outsiders_see_nothing_and_neighbours_only_their_own(made, world, as_):
    address = SHEET.format(made.code)
    assert [as_(name).get(address).status_code for name in ("outsider", "neighbour", "specialist", "control")] == [
        404, 404, 200, 200,
    ]  # fmt: skip
    assert as_().get(address).status_code == 302
    board = _say(as_("neighbour").get(f"/danh-gia/{made.code}/"))
    assert "Sở Láng Giềng" in board and "Sở Thử Nghiệm" not in board
    assert as_("neighbour").get(f"/danh-gia/{made.code}/ket-qua").status_code == 404


def test_every_page_of_a_round_opens(made, world, as_):
    world.finish(made)
    world.finish(made, "T.02", "neighbour", survey="2")
    publishing.publish(made.code, actor=world.control)
    control = as_("control")
    for address in (
        "", "bo-tieu-chi/", "bo-tieu-chi/moi", f"bo-tieu-chi/{world.version.pk}", f"{made.code}/",
        f"{made.code}/ket-qua", f"{made.code}/don-vi/T.01", f"{made.code}/don-vi/T.01?nhom=2",
        f"{made.code}/don-vi/T.01/tieu-chi/1.1", "xep-loai/", "cong-bo/", f"cong-bo/{made.code}",
        f"cong-bo/{made.code}/don-vi/T.01", "bo-tieu-chi/mau.xlsx", f"bo-tieu-chi/{world.version.pk}/xuat.xlsx",
    ):  # fmt: skip
        assert control.get(f"/danh-gia/{address}").status_code == 200, address


def test_public_page_shows_points_and_no_words_of_people(made, world, as_):
    world.finish(made)
    world.finish(made, "T.02", "neighbour", survey="2")
    assert as_().get(f"/danh-gia/cong-bo/{made.code}").status_code == 404
    publishing.publish(made.code, actor=world.control)
    public = as_()
    page = _say(public.get(f"/danh-gia/cong-bo/{made.code}"))
    unit = _say(public.get(f"/danh-gia/cong-bo/{made.code}/don-vi/T.01"))
    assert "Sở Thử Nghiệm" in page and "13,75" in page
    assert "Mức độ hài lòng" in unit and "Không có thủ tục" not in unit and "example.vn" not in unit


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "csv", "json"])
def test_result_is_given_as_a_file(made, world, as_, file_format):
    world.finish(made)
    rounds.leave_out(made.code, "T.02", reason="Sáp nhập", actor=world.control)
    publishing.publish(made.code, actor=world.control)
    answer = as_("control").get(f"/danh-gia/{made.code}/ket-qua/xuat.{file_format}")
    assert (answer.status_code, len(answer.content) > 500) == (200, True)
    if file_format == "csv":
        rows = answer.content.decode("utf-8-sig").splitlines()
        assert len(rows) == 1 + len(made.tree.leaves) and rows[1].startswith(f"{made.code},1,2025,1,T.01,")


def test_unit_scores_itself_by_forms(made, world, as_):
    browser, address = as_("leader"), SHEET.format(made.code)
    page = _say(browser.get(address))
    assert 'name="choice:1.1"' in page and "không phát sinh" in page
    first = {"nhom": "1", "choice:1.1": "b", "none:1.2": "1", "note:1.2": ""}
    assert browser.post(f"{address}/viec/luu", first)["Location"] == f"{address}?nhom=1"
    second = {"nhom": "2", "value:2.1": "7,5", "value:2.3": "0", "note:2.1": "Bảy buổi"}
    browser.post(f"{address}/viec/luu", second)
    wrong = browser.post(f"{address}/viec/gui")
    assert "1.1 thiếu minh chứng" in _say(wrong, 422)
    browser.post(f"{address}/tieu-chi/1.1", {"add": "1", "link": "https://example.vn/kh", "words": "Kế hoạch 12"})
    assert browser.post(f"{address}/viec/gui").status_code == 302
    scores = {each.criterion: each.self_points for each in made.assessments.get(unit__code="T.01").scores.all()}
    assert scores == {"1.1": 1, "1.2": None, "2.1": 2, "2.2": None, "2.3": 0}


def test_refused_form_comes_back_with_what_was_typed_and_names_the_field(made, as_):
    address = SHEET.format(made.code)
    answer = as_("leader").post(f"{address}/viec/luu", {"nhom": "2", "value:2.1": "bảy", "note:2.1": "Chữ <b>đậm</b>"})
    page = _say(answer, 422)
    assert 'href="#c-2.1"' in page and 'value="bảy"' in page and "Chữ &lt;b&gt;đậm&lt;/b&gt;" in page
    assert 'aria-invalid="true"' in page


def test_verifier_judges_side_by_side(made, world, as_):
    world.send(made)
    address = SHEET.format(made.code)
    theirs = _say(as_("verifier").get(f"{address}?nhom=2"))
    assert 'name="points:2.2"' in theirs and 'name="points:2.1"' not in theirs
    as_("verifier").post(f"{address}/viec/tham-dinh", {"nhom": "2", "points:2.2": "5,5"})
    control = as_("control")
    refused = control.post(f"{address}/viec/tham-dinh", {"nhom": "1", "points:1.1": "1", "reason:1.1": ""})
    assert "vì sao khác điểm tự chấm" in _say(refused, 422)
    control.post(f"{address}/viec/tham-dinh", {"nhom": "1", "points:1.1": "1", "reason:1.1": "Muộn", "void:1.2": "1"})
    control.post(f"{address}/viec/cong-nhan", {"nhom": "1"})
    assert control.post(f"{address}/viec/tham-dinh-xong").status_code == 302
    explain = _say(as_("leader").get(address))
    assert 'name="words:1.1"' in explain and "Muộn" in explain
    as_("leader").post(f"{address}/viec/giai-trinh", {"words:1.1": "Đã ký đúng hạn", "words:2.2": ""})
    assert "Đã ký đúng hạn" in _say(control.get(address))


def test_file_of_evidence_goes_to_those_who_see_the_assessment(made, world, as_):
    address = SHEET.format(made.code)
    file = io.BytesIO(to_pdf(letter()))
    file.name = "ke-hoach.pdf"
    answer = as_("specialist").post(f"{address}/tieu-chi/1.1", {"add": "1", "file": file})
    assert answer.status_code == 302, answer.content.decode()
    kept = StoredFile.objects.get(subject=f"{made.code}.T.01")
    evidence = made.assessments.get(unit__code="T.01").scores.get(criterion="1.1").evidence.get()
    assert evidence.file == kept
    link = f"{address}/minh-chung/{evidence.pk}"
    assert as_("neighbour").get(link).status_code == 404
    for name in ("control", "verifier"):
        assert as_(name).get(link).getvalue().startswith(b"%PDF")
    as_("specialist").post(f"{address}/tieu-chi/1.1", {"remove": str(evidence.pk)})
    assert as_("control").get(link).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"subject": "KHONG-CO"}, "không có báo cáo"),
        ({}, "Chọn đúng một minh chứng"),
        ({"link": "https://a.vn", "subject": "X"}, "Chọn đúng một minh chứng"),
    ],
)
def test_evidence_that_is_none_is_refused_in_place(made, as_, typed, told):
    answer = as_("specialist").post(f"{SHEET.format(made.code)}/tieu-chi/1.1", {"add": "1", **typed})
    assert told in _say(answer, 422)


def test_evidence_by_code_leads_to_the_subject(made, world, as_):
    as_("specialist").post(f"{SHEET.format(made.code)}/tieu-chi/1.1", {"add": "1", "subject": made.code})
    assert made.code in _say(as_("specialist").get(f"{SHEET.format(made.code)}/tieu-chi/1.1"))


def _set_form(**more):
    return {
        "title": "Bộ cấp xã", "unit": "T", "basis": "Quyết định thử", "unit_kinds": "commune",
        "valid_from": "01/01/2026", "source": "Tự dựng để thử", "lines": "1 | Sáng kiến | 2 | thẩm định",
        "bands": "", "tie_breakers": "", "decimals": "2", **more,
    }  # fmt: skip


def test_officer_types_tries_keeps_and_publishes_a_set(world, as_):
    control = as_("control")
    tried = _say(control.post("/danh-gia/bo-tieu-chi/moi", _set_form(**{"try": "1"})))
    assert "Sáng kiến" in tried and not CriteriaSetVersion.objects.filter(set__title="Bộ cấp xã").exists()
    answer = control.post("/danh-gia/bo-tieu-chi/moi", _set_form(keep="1"))
    pk = int(answer["Location"].rpartition("/")[2])
    draft = CriteriaSetVersion.objects.get(pk=pk)
    assert (draft.published_at, draft.unit_kinds) == (None, ["commune"])
    assert as_("leader").get(f"/danh-gia/bo-tieu-chi/{pk}").status_code == 404  # drafts are for who makes them
    control.post(f"/danh-gia/bo-tieu-chi/{pk}/ban-hanh")
    draft.refresh_from_db()
    assert draft.published_at is not None
    assert as_("leader").get(f"/danh-gia/bo-tieu-chi/{pk}").status_code == 200
    assert control.post(f"/danh-gia/bo-tieu-chi/{pk}", _set_form(keep="1")).status_code == 404


def test_faults_of_a_set_are_listed_with_their_lines(world, as_):
    lines = "1 | A | hai | thẩm định\n2 | B | 2 | tỷ lệ | 95 | nothing.here"
    page = _say(as_("control").post("/danh-gia/bo-tieu-chi/moi", _set_form(lines=lines, keep="1")), 422)
    assert "Có 2 chỗ cần sửa" in page and "Dòng 2, cột “Số đo”" in page and "hai" in page


def test_template_is_read_back(world, as_):
    control = as_("control")
    template = control.get("/danh-gia/bo-tieu-chi/mau.xlsx").content
    assert [sheet.title for sheet in load_workbook(io.BytesIO(template)).worksheets] == ["Tiêu chí", "Hướng dẫn"]
    file = io.BytesIO(template)
    file.name = "mau.xlsx"
    page = _say(control.post("/danh-gia/bo-tieu-chi/moi", {"file": file}))
    assert "1.2 | Hồ sơ giải quyết đúng hạn | 3 | tỷ lệ | 95 | dossiers.on_time_rate" in page


def test_exported_version_is_the_same_set_again(world, as_):
    content = as_("control").get(f"/danh-gia/bo-tieu-chi/{world.version.pk}/xuat.xlsx").content
    reading, _lines = read_template(content, "bo.xlsx")
    assert (reading.faults, reading.definition["criteria"]) == ([], world.version.definition["criteria"])


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK\x03\x04broken"), ("a.csv", b"1,2"), ("a.xlsx", b"")])
def test_file_that_is_no_template_is_refused(world, as_, name, content):
    file = io.BytesIO(content)
    file.name = name
    assert as_("control").post("/danh-gia/bo-tieu-chi/moi", {"file": file}).status_code == 422


def test_round_is_opened_for_every_unit_of_the_kind(world, as_):
    day = f"{today():%d/%m/%Y}"
    form = {"version": world.version.pk, "title": "Năm 2025", "period": "2025", "units": ""}
    form |= dict.fromkeys(("self_score_by", "verify_by", "explain_by", "publish_by"), day)
    answer = as_("control").post("/danh-gia/", form)
    made = Round.objects.get()
    assert answer["Location"] == f"/danh-gia/{made.code}/"
    assert sorted(made.assessments.values_list("unit__code", flat=True)) == ["T.01", "T.02", "T.03"]


def test_board_runs_the_round(made, world, as_):
    control, address = as_("control"), f"/danh-gia/{made.code}/dieu-hanh"
    world.send(made)
    world.verify(made)
    scoring.agree(made.code, "T.01", actor=world.leader)
    assert "chưa chốt điểm" in _say(control.post(f"{address}/cong-bo"), 422)
    control.post(f"{address}/chot")
    control.post(f"{address}/bo-don-vi", {"unit": "T.02", "reason": "Sáp nhập"})
    assert control.post(f"{address}/cong-bo").status_code == 302
    assert made.publications.get().content["left_out"] == ["Sở Láng Giềng"]
    assert as_("leader").post(f"{address}/chot").status_code == 422


def test_board_asks_as_often_for_one_unit_as_for_three(world, as_):
    counts = []
    for codes in (("T.01",), ("T.01", "T.02", "T.03")):
        made = world.open(codes=codes)
        browser = as_("control")
        browser.get(f"/danh-gia/{made.code}/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            _say(browser.get(f"/danh-gia/{made.code}/"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_grades_are_proposed_changed_and_approved_by_forms(made, world, as_):
    set_schemes()
    world.finish(made)
    world.finish(made, "T.02", "neighbour", survey="2")
    publishing.publish(made.code, actor=world.control)
    control = as_("control")
    assert f"{made.title}, năm 2025" in _say(control.get("/danh-gia/xep-loai/"))
    page = control.get("/danh-gia/xep-loai/")
    source = page.context["form"].fields["source"].choices[0][0]
    answer = control.post("/danh-gia/xep-loai/", {"source": source})
    found = GradeList.objects.get()
    address = f"/danh-gia/xep-loai/{found.code}"
    assert answer["Location"] == address
    row = found.grades.get(unit__code="T.02", head=None)
    refused = control.post(f"{address}/doi", {"row": row.pk, "grade": "failed", "reason": ""})
    assert "Ghi rõ lý do" in _say(refused, 422)
    control.post(f"{address}/doi", {"row": row.pk, "grade": "failed", "reason": "Có vi phạm"})
    row.refresh_from_db()
    assert (row.grade, row.is_changed, Decimal(row.share)) == ("failed", True, Decimal("66.67"))
    assert as_("leader").get(address).status_code == 404
    for file_format in ("pdf", "docx", "xlsx", "csv"):
        assert control.get(f"{address}/xuat.{file_format}").status_code == 200
    head = found.grades.get(unit__code="T.02", head__isnull=False)
    assert "xếp cao hơn đơn vị" in _say(as_("chairman").post(f"{address}/phe-duyet"), 422)
    control.post(f"{address}/doi", {"row": head.pk, "grade": "failed", "reason": "Theo đơn vị"})
    assert as_("chairman").post(f"{address}/phe-duyet").status_code == 302


def test_control_sets_a_scheme_by_its_form_and_leaders_read_it(world, as_):
    set_schemes()
    control, address = as_("control"), "/danh-gia/xep-loai/cach/task-completion"
    page = _say(control.get(address))
    assert "excellent | Hoàn thành xuất sắc nhiệm vụ | 90" in page
    assert "Nguồn" in _say(as_("chairman").get(address)) and "<textarea" not in _say(as_("chairman").get(address))
    form = {"title": "Cách của tỉnh", "basis": "round", "source": "Quyết định thử", "valid_from": f"{today():%d/%m/%Y}"}
    form |= {"grades": "a | Đạt | 50\nb | Không đạt | 0", "bars": "nothing | >= 1 | b | x", "limits": ""}
    assert "Không có số đo" in _say(control.post(address, form), 422)
    assert control.post(address, form | {"bars": ""})["Location"] == address
    assert "Cách của tỉnh" in _say(control.get("/danh-gia/xep-loai/"))
    assert as_("chairman").post(address, form).status_code == 404
    further = control.post("/danh-gia/xep-loai/cach/moi", form | {"bars": "", "code": "rieng"})
    assert further["Location"] == "/danh-gia/xep-loai/cach/rieng"
    assert control.get("/danh-gia/xep-loai/cach/khong-co").status_code == 404


def test_the_ranking_leads_onlookers_to_what_everybody_reads_and_shows_them_no_correction_under_way(made, world, as_):
    world.finish(made)
    world.finish(made, "T.02", "neighbour", survey="2")
    publishing.publish(made.code, actor=world.control)
    address = f"/danh-gia/{made.code}/ket-qua"
    page = _say(as_("neighbour").get(address))
    assert f'href="/danh-gia/cong-bo/{made.code}/don-vi/T.01"' in page
    assert f'href="/danh-gia/{made.code}/don-vi/T.02"' in page
    assert f'href="/danh-gia/{made.code}/don-vi/T.01"' in _say(as_("control").get(address))
    publishing.reopen(made.code, "T.01", reason="Cộng nhầm", actor=world.control)
    answer = as_("neighbour").get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/danh-gia/cong-bo/{made.code}")
    assert as_("control").get(address).status_code == 200


def test_a_page_opened_earlier_does_not_undo_what_a_colleague_scored_since(made, world, as_):
    address = f"{SHEET.format(made.code)}"
    page = _say(as_("specialist").get(f"{address}?nhom=2"))
    stale = {"nhom": "2", "value:2.1": "5", "note:2.1": "", "seen:2.1": ""}
    assert 'name="seen:2.1" value=""' in page
    colleague = as_("leader")
    assert colleague.post(f"{address}/viec/luu", {**stale, "value:2.1": "12"}).status_code == 302
    answer = as_("specialist").post(f"{address}/viec/luu", stale)
    told = _say(answer, 422)
    assert "vừa được chấm lại từ một trang khác" in told
    row = made.assessments.get(unit__code="T.01").scores.get(criterion="2.1")
    assert row.self_value == Decimal(12) and f'name="seen:2.1" value="{row.stamp}"' in told
    again = as_("specialist").post(f"{address}/viec/luu", {**stale, "seen:2.1": row.stamp})
    row.refresh_from_db()
    assert (again.status_code, row.self_value) == (302, Decimal(5))
