"""Odd addresses, odd numbers and odd days are answered, never broken on."""

import pytest

from motcua.assessments.actions import publishing
from motcua.assessments.grading_models import GradeList, GradeScheme
from motcua.assessments.seed import set_schemes

pytestmark = pytest.mark.django_db
SUPERSCRIPT = "²"  # a digit to str.isdigit, no number to int


@pytest.fixture
def published(world):
    made = world.open()
    world.finish(made)
    world.finish(made, "T.02", "neighbour", survey="2")
    publishing.publish(made.code, actor=world.control)
    return made


def test_an_edition_row_or_evidence_that_is_no_number_is_not_found(published, world, as_):
    assert as_().get(f"/danh-gia/cong-bo/{published.code}?lan={SUPERSCRIPT}").status_code == 404
    set_schemes()
    control = as_("control")
    scheme = GradeScheme.objects.filter(basis="round").first()
    control.post("/danh-gia/xep-loai/", {"source": f"{scheme.pk}:{published.code}-1"})
    listed = GradeList.objects.get()
    answer = control.post(f"/danh-gia/xep-loai/{listed.code}/doi", {"row": SUPERSCRIPT, "grade": "x"})
    assert answer.status_code == 422
    open_one = world.open()
    page = as_("specialist").post(
        f"/danh-gia/{open_one.code}/don-vi/T.01/tieu-chi/1.1", {"remove": SUPERSCRIPT, "add": "1"}
    )
    assert page.status_code == 422
    left_out = {"unit": "\0", "reason": "Sáp nhập"}
    assert control.post(f"/danh-gia/{open_one.code}/dieu-hanh/bo-don-vi", left_out).status_code == 422


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/1899", "31/12/9999"])
def test_days_outside_of_all_records_are_told_at_their_field(world, as_, day):
    form = {
        "code": "thu",
        "title": "Cách thử",
        "basis": "round",
        "source": "Thử",
        "grades": "a | Tốt | 90\nb | Kém | 0",
    }
    answer = as_("control").post("/danh-gia/xep-loai/cach/moi", {**form, "valid_from": day})
    assert answer.status_code == 422 and "Nhập ngày theo dạng" in answer.content.decode()
    told = {"code": "thu", "name": "Bộ thử", "source": "Thử", "lines": "1 | Tỷ lệ | dossiers.on_time_rate"}
    assert as_("control").post("/chi-so/bo/", {**told, "valid_from": day}).status_code == 422


def test_a_further_scheme_takes_no_code_that_stands_or_that_is_the_page_itself(world, as_):
    set_schemes()
    taken = GradeScheme.objects.order_by("pk").first()
    form = {"title": "Cách thử", "basis": "round", "source": "Thử", "grades": "a | Tốt | 90\nb | Kém | 0",
            "valid_from": "1/1/2027"}  # fmt: skip
    for code in (taken.code, "moi"):
        answer = as_("control").post("/danh-gia/xep-loai/cach/moi", {**form, "code": code})
        assert answer.status_code == 422 and "Mã này đã dùng." in answer.content.decode()
    assert GradeScheme.objects.filter(code=taken.code).count() == 1
