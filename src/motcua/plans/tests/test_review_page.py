"""The page of a review: parts of it for htmx, fields that save as they are left, pictures, many rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.base.refusal import Refused
from motcua.plans.actions import correcting
from motcua.plans.factories import plan_text
from motcua.plans.models import Plan, Task
from motcua.plans.rules.bodies.suggestions import nearest
from motcua.plans.web import review as review_web

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def control(client, world):
    client.force_login(world.control)
    return client


def act(client, plan, verb, row="", *, htmx=True, **data):
    address = reverse("plans:review_act", args=[plan.code, verb])
    return client.post(address, {"dong": row, **data}, **(HTMX if htmx else {}))


def typed(task, **changes):
    """Return what the form of a row sends."""
    names = ("number", "text", "product", "lead_text", "coordinating_text", "deadline_text")
    told = {name: getattr(task, name) for name in names} | {"seen": task.changed_at.isoformat()}
    return told | {"due_on": f"{task.due_on:%d/%m/%Y}" if task.due_on else ""} | changes


def test_fragment_is_the_right_side_of_the_page(control, world, draft):
    address = reverse("plans:review", args=[draft.code]) + "?dong=2"
    page, part = control.get(address).content.decode(), control.get(address, **HTMX).content.decode()
    assert "<html" not in part and 'id="review-source"' not in part
    assert part.count('class="mc-rows__open"') == page.count('class="mc-rows__open"') == 1
    assert control.get(address)["Vary"].count("HX-Request")


def test_left_field_is_saved_and_only_what_is_said_of_the_row_comes_back(control, world, draft):
    row = world.row(draft, "1")
    answer = act(control, draft, "tu-luu", "1", **typed(row, lead_text="Sở Phối Hợp"))
    said = answer.content.decode()
    after = Task.objects.get(pk=row.pk)
    assert (after.lead_text, answer.status_code) == ("Sở Phối Hợp", 200)
    assert 'id="row-state"' in said and "Đã lưu" in said and "<textarea" not in said
    assert f'value="{after.changed_at.isoformat()}"' in said  # the next field is saved over this one


def test_field_that_cannot_be_saved_says_why(control, world, draft):
    row = world.row(draft, "1")
    answer = act(control, draft, "tu-luu", "1", **typed(row, text=""))
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    correcting.check_task(row.code, actor=world.control)
    stale = act(control, draft, "tu-luu", "1", **typed(row, text="Muộn"))
    assert stale.status_code == 422 and Task.objects.get(pk=row.pk).text == row.text


def test_button_saves_what_was_typed_before_it_acts(control, world, draft):
    row = world.row(draft, "1")
    act(control, draft, "doi-chieu", "1", den="2", **typed(row, product="Sản phẩm mới"))
    after = Task.objects.get(pk=row.pk)
    assert (after.product, after.is_checked) == ("Sản phẩm mới", True)


def test_verb_by_htmx_answers_with_the_next_row_open_and_its_address(control, world, draft):
    answer = act(control, draft, "doi-chieu", "1", den="2", loc="chua")
    assert 'id="d-2" class="mc-rows__open"' in answer.content.decode()
    assert answer["HX-Push-Url"] == reverse("plans:review", args=[draft.code]) + "?dong=2&loc=chua"


def test_larger_steps_by_their_buttons(control, world, draft):
    Task.objects.filter(plan=draft).update(confidence=0.99)
    assert act(control, draft, "chon-don-vi", name="Báo Thử Nghiệm", unit="T.00").status_code == 200
    assert world.row(draft, "3").unresolved == []
    assert act(control, draft, "nhan-het").status_code == 200
    assert draft.tasks.filter(is_checked=True).count() == 4
    for _step in range(2):
        assert act(control, draft, "hoan-tac", htmx=False).status_code == 302
    assert draft.tasks.filter(is_checked=True).count() == 0 and world.row(draft, "3").unresolved
    assert act(control, draft, "hoan-tac").status_code == 422


@pytest.mark.parametrize(
    "query",
    ["?loc=mat", "?loc=thap", "?loc=deadline-external", "?loc=x", "?phan=9", "?trang=99", "?dong=99", "?nguon=anh",
     "?nhin=nguon", "?phan=x&trang=-1", "?dong=%00"],
)  # fmt: skip
def test_any_address_of_a_review_is_answered(control, draft, query):
    assert control.get(reverse("plans:review", args=[draft.code]) + query).status_code == 200


def test_unsure_field_says_how_sure_it_is(control, world, draft):
    draft.tasks.filter(number="1").update(field_confidence={"lead": 0.41, "text": 0.97})
    page = control.get(reverse("plans:review", args=[draft.code]) + "?dong=1", **HTMX).content.decode()
    assert page.count("mc-unsure") == 1 and "chưa chắc ô này (41 %)" in page


def test_poorly_recognised_line_is_marked(control, world, draft):
    row = world.row(draft, "1")
    spots = [[1, [10, 10, 100, 20], None, 0.55]] * len(draft.lines)
    Plan.objects.filter(pk=draft.pk).update(spots=spots)
    page = control.get(reverse("plans:review", args=[draft.code]) + f"?dong={row.short_code}").content.decode()
    assert "mc-poor" in page and "chỉ chắc 55 %" in page


def test_pictures_of_pages_carry_the_places_of_rows(control, world, draft, monkeypatch):
    spots = [[1, [59.5, 84.2, 119, 168.4], None, None]] * len(draft.lines)
    Plan.objects.filter(pk=draft.pk).update(spots=spots, pages=[[595, 842]])
    page = control.get(reverse("plans:review", args=[draft.code]) + "?dong=1").content.decode()
    assert "left:10.00%;top:10.00%;width:10.00%;height:10.00%" in page and "trang/1.png" in page
    made = []
    monkeypatch.setattr(review_web, "picture_of", lambda content, page, width: made.append(page) or b"PNG")
    address = reverse("plans:page_picture", args=[draft.code, 1])
    answer = control.get(address)
    assert (answer.content, answer["Content-Type"], made) == (b"PNG", "image/png", [1])
    again = control.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, made) == (304, [1])
    assert control.get(reverse("plans:page_picture", args=[draft.code, 2])).status_code == 404
    control.force_login(world.outsider)
    assert control.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 404


def test_picture_that_cannot_be_made_is_not_found(control, draft, monkeypatch):
    Plan.objects.filter(pk=draft.pk).update(pages=[[595, 842]])

    def refuse(*_told, **_options):
        raise Refused("")

    monkeypatch.setattr(review_web, "picture_of", refuse)
    assert control.get(reverse("plans:page_picture", args=[draft.code, 1])).status_code == 404


def test_many_rows_come_in_pages_with_as_many_statements_as_few(control, world):
    def asked(plan, row):
        control.get(reverse("plans:review", args=[plan.code]) + f"?dong={row}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = control.get(reverse("plans:review", args=[plan.code]) + f"?dong={row}")
        assert f'id="d-{row}" class="mc-rows__open"' in page.content.decode()
        return len(seen), page.content.decode().count('class="mc-rows__row')

    row = ("Việc thứ {} của kế hoạch rà soát thủ tục", "Sở Thử Nghiệm", "", "Báo cáo", "Tháng 6/2026")
    many = [(str(n), row[0].format(n), *row[1:]) for n in range(1, 401)]
    few = world.read()
    long = world.read(plan_text(many, number="13/KH-UBND"), name="dai.txt")
    assert asked(long, "390") == (asked(few, "2")[0], 49)


def test_nearest_units_are_those_whose_names_are_alike():
    units = [("1", "Sở Nội vụ"), ("2", "Sở Tư pháp"), ("3", "Ủy ban nhân dân xã Bình An")]
    assert nearest("Sở Nội  vu", units)[0] == ("1", "Sở Nội vụ")
    assert nearest("UBND xã Bình An", units)[0][0] == "3"
    assert nearest("zzzz", units) == []


def test_every_fragment_tells_the_approval_what_was_seen(control, world, draft):
    """Else whoever corrected a row without leaving the page could not approve what they see."""
    correcting.check_task(world.row(draft, "3").code, actor=world.control)
    steps = [
        lambda: act(control, draft, "doi-chieu", "1"),
        lambda: act(control, draft, "tu-luu", "1", **typed(world.row(draft, "1"), product="Khác")),
    ]
    for step in steps:
        said = step().content.decode()
        seen = Plan.objects.get(pk=draft.pk).changed_at.isoformat()
        approval = said[said.index('id="approve-state"') :]
        assert 'hx-swap-oob="true"' in approval and f'name="seen" value="{seen}"' in approval
    assert act(control, draft, "duyet", htmx=False, seen=seen).url == reverse("plans:plan", args=[draft.code])
