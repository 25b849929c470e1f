"""Paths that stand in notices are those of the pages."""

from django.urls import reverse

from motcua.plans.addresses import MY_TASKS, page_of, page_of_urging


def test_paths_in_notices_are_those_of_the_pages():
    assert reverse("plans:tasks") == MY_TASKS
    assert reverse("plans:task", args=["KH-1.PL1.1"]) == page_of("KH-1.PL1.1")
    assert reverse("plans:urging", args=["DD-2026-1"]) == page_of_urging("DD-2026-1")
