"""Reminding units and verifiers of a round's last days: once some days ahead, once on the day, once after it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from motcua.assessments.models import Assessment
from motcua.assessments.states import OPEN, VERIFIED, VERIFYING
from motcua.base.clock import today
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account, Post, in_force
from motcua.organizations.states import LEADER, UNIT_HEAD

AHEAD = timedelta(days=3)  # ours, no rule of law
STAGES = {"ahead": AHEAD, "on": timedelta(0), "after": timedelta(days=-1)}


@transaction.atomic
def remind(day: date | None = None) -> int:
    """Write the notices of ``day`` (default: today) and return how many are new; told once for each stage."""
    day = day or today()
    count = 0
    for stage, distance in STAGES.items():
        for assessment in _due(day + distance):
            key = f"assessment:{assessment.pk}:{assessment.state}:{assessment.due_on()}:{stage}"
            count += sum(_tell(person, assessment, key) for person in _people(assessment, day))
    return count


def _due(last: date) -> list[Assessment]:
    rows = Assessment.objects.filter(state__in=[OPEN, VERIFIED, *VERIFYING], agreed_at__isnull=True)
    loaded = rows.select_related("round__version__set", "round__unit", "unit").order_by("pk")
    return [row for row in loaded if row.due_on() == last]


def _people(assessment: Assessment, day: date) -> Iterable[Account]:
    """Return who is to act: heads of the unit, or of the units that verify."""
    codes = {assessment.unit.code}
    if assessment.state in VERIFYING:
        codes = set(assessment.round.tree.verifiers) - {assessment.unit.code}
    posts = Post.objects.filter(
        in_force(day), in_force(day, "unit__"), unit__code__in=codes, role__in=[UNIT_HEAD, LEADER]
    )
    return [post.account for post in posts.select_related("account").order_by("account", "pk").distinct("account")]


def _tell(person: Account, assessment: Assessment, key: str) -> bool:
    words = gettext("%(title)s: %(unit)s, %(state)s, hạn %(day)s.")
    text = words % {
        "title": assessment.round.title,
        "unit": assessment.unit.name,
        "state": assessment.state_label,
        "day": f"{assessment.due_on():%d/%m/%Y}",
    }
    link = reverse("assessments:sheet", args=[assessment.round.code, assessment.unit.code])
    return notify(person, key=key, subject=assessment.code, text=text, link=link)
