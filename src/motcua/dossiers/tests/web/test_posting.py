"""Lists for the post: what waits, drawn up, numbered, sent, confirmed."""

import pytest
from django.http import Http404
from django.urls import reverse

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import handling, payment, posting
from motcua.dossiers.actions.posting import Thing
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Dossier, PostItem, PostList
from motcua.dossiers.queries.posting import waiting_for_post


@pytest.fixture
def decided(world, monkeypatch):
    """Return what makes a dossier whose result is decided and wished by post."""
    monkeypatch.setattr("motcua.dossiers.queries.posting.now", lambda: MONDAY)

    def make(*, is_paid=True, wish="post"):
        code = world.file_at_counter().code
        Dossier.objects.filter(code=code).update(return_method=wish, return_address="Số 1 đường Thử Nghiệm")
        handling.forward(code, actor=world.counter, at=MONDAY)
        handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY)
        handling.propose(code, actor=world.head, at=MONDAY)
        handling.approve(code, actor=world.leader, at=MONDAY)
        if is_paid:
            payment.take_payment(code, method="cash", reference="", actor=world.counter, at=MONDAY)
        return code

    return make


def listed(world, *codes, **numbers):
    things = [Thing(code, item_number=numbers.get("number", "")) for code in codes]
    return posting.make_list(world.units["T.MC"], things=things, actor=world.counter)


def test_what_waits_is_what_goes_by_post_and_is_on_no_list(world, decided):
    first, _other = decided(), decided(wish="in_person")
    counter = world.units["T.MC"]
    assert [each.code for each in waiting_for_post(counter)] == [first]
    listed(world, first)
    assert waiting_for_post(counter) == []


def test_sending_returns_the_results_and_the_post_signs_once(world, decided):
    code = decided()
    made = listed(world, code)
    assert (made.number, made.subject) == (1, f"BC-{made.unit_id}-{made.day.year}-1")
    with pytest.raises(Refused):
        posting.confirm_list(made, actor=world.counter)
    posting.number_items(made, numbers={made.items.get().pk: "EB123456789VN"}, actor=world.counter)
    posting.send_list(made, actor=world.counter, at=MONDAY)
    dossier = Dossier.objects.get(code=code)
    assert (dossier.state, dossier.result_return.item_number) == ("returned", "EB123456789VN")
    posting.confirm_list(made, missing="Thiếu một phong bì", actor=world.counter)
    with pytest.raises(Refused):
        posting.confirm_list(made, actor=world.counter)
    verbs = list(Fact.objects.filter(subject=made.subject).order_by("id").values_list("verb", flat=True))
    assert verbs == ["post_list.made", "post_list.sent", "post_list.confirmed"]
    assert Fact.objects.filter(subject=code, verb="dossier.given_to_post").count() == 1


def test_unpaid_result_keeps_the_whole_list_back(world, decided):
    paid, unpaid = decided(), decided(is_paid=False)
    made = listed(world, paid, unpaid)
    with pytest.raises(Refused, match=unpaid):
        posting.send_list(made, actor=world.counter)
    assert Dossier.objects.get(code=paid).state == "decided"
    posting.drop_item(made, item=made.items.get(dossier__code=unpaid).pk, actor=world.counter)
    posting.send_list(made, actor=world.counter)
    assert Dossier.objects.get(code=paid).state == "returned"


def test_numbers_of_lists_run_and_numbers_of_the_post_are_used_once(world, decided):
    first, second = decided(), decided()
    listed(world, first, number="EB1")
    assert listed(world, second).number == 2
    with pytest.raises(Refused) as refusal:
        listed(world, second, number="EB1")
    assert refusal.value.field == "item_number"


@pytest.mark.parametrize("thing", [Thing("X"), Thing("", "result"), Thing("000", "gold")])
def test_unknown_things_are_refused(world, thing):
    with pytest.raises(Refused):
        posting.make_list(world.units["T.MC"], things=[thing], actor=world.counter)
    assert not PostList.objects.exists()


def test_one_thing_stands_once_on_a_list_and_open_results_do_not(world, decided):
    code = decided()
    with pytest.raises(Refused):
        listed(world, code, code)
    running = world.file_at_counter().code
    with pytest.raises(Refused):
        listed(world, running)
    papers = posting.make_list(world.units["T.MC"], things=[Thing(running, "papers")], actor=world.counter)
    assert papers.items.get().what_label == "Giấy tờ"


def test_another_counter_has_nothing_to_do_with_it(world, decided):
    made = listed(world, decided())
    for doing in (
        lambda: posting.send_list(made, actor=world.commune_all),
        lambda: posting.make_list(world.units["T.MC"], things=[Thing("X")], actor=world.commune_all),
    ):
        with pytest.raises(Http404):
            doing()


def test_pages_draw_up_number_print_send_and_confirm(as_, world, decided):
    code = decided()
    counter = as_("counter")
    assert code in counter.get(reverse("dossiers:post_lists")).content.decode()
    answer = counter.post(reverse("dossiers:post_lists"), {"ma": [code], f"so-{code}": "EB7"})
    made = PostList.objects.get()
    assert answer.url == reverse("dossiers:post_list", args=[made.pk])
    assert "EB7" in counter.get(answer.url).content.decode()
    sheet = counter.get(reverse("dossiers:post_list_sheet", args=[made.pk]))
    assert sheet.content.startswith(b"%PDF")
    for action in ("giao", "ky-nhan"):
        counter.post(reverse("dossiers:change_post_list", args=[made.pk, action]))
    made.refresh_from_db()
    assert made.confirmed_at and PostItem.objects.get().item_number == "EB7"
    assert as_("specialist").get(reverse("dossiers:post_lists")).status_code == 404
    assert as_("commune_all").get(answer.url).status_code == 404
