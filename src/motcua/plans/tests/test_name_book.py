"""The book of names on the day of a document: who has today what was theirs."""

from datetime import date

import pytest

from motcua.organizations.actions.units import establish
from motcua.organizations.models import Succession
from motcua.organizations.states import DEPARTMENT
from motcua.plans.queries import name_book
from motcua.plans.states import SUCCESSOR, UNIT_FOUND

THEN = date(2023, 3, 1)
MERGED = date(2025, 3, 1)


@pytest.fixture
def province(world):
    return world.units["T"]


@pytest.fixture
def old_department(world):
    """A department that was merged into another one."""
    old = establish(
        code="T.09",
        name="Sở Trước Kia",
        kind=DEPARTMENT,
        parent=world.units["T"],
        valid_from=date(2018, 1, 1),
        actor="",
    )
    old.valid_to = MERGED
    old.save()
    Succession.objects.create(old=old, new=world.units["T.02"], on_day=MERGED)
    return old


def test_name_of_the_documents_day_is_answered_by_the_successor(world, province, old_department):
    found = name_book(province, THEN).find("Sở Trước Kia")
    assert (found.units, found.origin) == ((world.units["T.02"].pk,), SUCCESSOR)


def test_name_is_unknown_in_a_document_of_today(province, old_department):
    assert not name_book(province).find("Sở Trước Kia").is_resolved


def test_department_parted_among_several_is_left_to_a_person(world, province, old_department):
    Succession.objects.create(old=old_department, new=world.units["T.01"], on_day=MERGED)
    found = name_book(province, THEN).find("Sở Trước Kia")
    assert (found.is_resolved, set(found.candidates)) == (False, {world.units["T.01"].pk, world.units["T.02"].pk})


def test_unit_that_stands_is_found_on_either_day(world, province, old_department):
    for day in (None, THEN):
        found = name_book(province, day).find("Sở Thử Nghiệm")
        assert (found.units, found.origin) == ((world.units["T.01"].pk,), UNIT_FOUND)


def test_book_takes_the_same_statements_whatever_the_number_of_units(
    province, old_department, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        name_book(province, THEN)
