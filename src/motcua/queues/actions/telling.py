"""The last paragraph of every action on a ticket: the fact, in one shape."""

from datetime import datetime
from typing import Any

from motcua.base.facts import Event, record
from motcua.organizations.models import Account
from motcua.queues.models import Ticket, Window


def tell(event: Event, ticket: Ticket, *, actor: Account | None, at: datetime, **data: Any) -> None:
    """Record what happened to a ticket; without ``actor`` its person did it, or the night."""
    record(
        event,
        subject=ticket.code,
        actor=actor.code if actor else "",
        unit=ticket.unit.code,
        at=at,
        hall=ticket.hall.code,
        label=ticket.label,
        **data,
    )


def tell_of_window(event: Event, window: Window, *, actor: Account | None, at: datetime) -> None:
    """Record what happened to a window."""
    subject = f"{window.hall.code}/{window.number}"
    record(event, subject=subject, actor=actor.code if actor else "", unit=window.hall.unit.code, at=at)
