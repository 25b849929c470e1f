"""Private addresses of calendars of tasks."""

import secrets

from django.db import transaction

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.organizations.gateways.tokens import digest_of
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.models import CalendarFeed


@transaction.atomic
def make_calendar(*, actor: Account) -> str:
    """Return the token of a new private address of the actor's tasks; the address before it opens no more."""
    token = secrets.token_urlsafe(32)
    account = Account.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    CalendarFeed.objects.filter(account=account).delete()
    CalendarFeed.objects.create(account=account, digest=digest_of(token), at=now())
    record(events.CALENDAR_MADE, subject=actor.code, actor=actor.code)
    return token


@transaction.atomic
def end_calendar(*, actor: Account) -> None:
    """Let the actor's address open no more; twice is once."""
    CalendarFeed.objects.filter(account=actor).delete()
    record(events.CALENDAR_ENDED, subject=actor.code, actor=actor.code)
