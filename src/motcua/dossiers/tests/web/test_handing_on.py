"""All that one person has in hand goes to another: previewed, done, undone."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import bulk, handling, supplementing
from motcua.workflow.models import Run


@pytest.fixture
def held(world):
    """Three dossiers that the specialist has claimed, one of them waiting for its applicant."""
    codes = []
    for _ in range(3):
        code = world.file_at_counter().code
        handling.forward(code, actor=world.counter)
        handling.claim(code, actor=world.specialist)
        codes.append(code)
    supplementing.request_supplement(codes[2], items="A", reason="B", actor=world.specialist)
    return codes


def holders(codes):
    return {run.subject: run.assignee and run.assignee.username for run in Run.objects.filter(subject__in=codes)}


def asked(world, of, to):
    names = {"cua": getattr(world, of).code, "cho": getattr(world, to).code}
    return f"{reverse('dossiers:handing_on')}?{urlencode(names)}"


def test_preview_shows_all_and_changes_nothing(as_, world, held):
    page = as_("head").get(asked(world, "specialist", "colleague")).content.decode()
    assert page.count('name="ma"') == 3
    assert set(holders(held).values()) == {"specialist"}


def test_handed_on_and_back_again(as_, world, held):
    head = as_("head")
    form = {
        "cua": world.specialist.code,
        "cho": world.colleague.code,
        "ma": [f"{code}@{Run.objects.get(subject=code).position}" for code in held],
    }
    answer = head.post(reverse("dossiers:hand_on"), form)
    assert set(holders(held).values()) == {"colleague"}
    assert Fact.objects.filter(verb="dossier.assigned", data__to=world.colleague.code).count() == 3
    handed = answer.context["sealed"]
    handling.assign(held[0], to=world.specialist, actor=world.head)  # somebody took one back meanwhile
    answer = head.post(reverse("dossiers:hand_on_undo"), {"handed": handed})
    assert set(holders(held).values()) == {"specialist"}
    assert list(answer.context["refused"]) == [held[0]]


def test_whoever_lacks_the_role_gets_nothing(as_, world, held):
    page = as_("head").get(asked(world, "specialist", "leader")).content.decode()
    assert 'name="ma"' not in page and "Không giao" in page
    with pytest.raises(Refused):
        bulk.hand_on(held[0], of=world.specialist, to=world.leader, actor=world.head)


def test_only_heads_hand_on_and_only_of_their_unit(as_, world, held):
    assert as_("specialist").get(reverse("dossiers:handing_on")).status_code == 404
    assert bulk.held_by(world.specialist, to=None, actor=world.commune_all) == []
    forged = {"cua": world.specialist.code, "cho": world.partner.code, "ma": [f"{held[0]}@2"]}
    assert as_("head").post(reverse("dossiers:hand_on"), forged).status_code == 404


def test_same_person_twice_is_refused_in_words(as_, world, held):
    answer = as_("head").get(asked(world, "specialist", "specialist"))
    assert answer.status_code == 422
