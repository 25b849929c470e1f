"""Operations of notices, wishes and the outbox over the API."""

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema, Status

from motcua.base.guard import opens_to
from motcua.notifications.access import may_read_notices, may_see_outbox
from motcua.notifications.actions import contacts
from motcua.notifications.actions.notices import mark_read
from motcua.notifications.actions.outbox import drop, retry
from motcua.notifications.models import Notice
from motcua.notifications.queries import contact_points_of, notices_of, outbox, outbox_counts, wishes_of
from motcua.notifications.states import DEAD
from motcua.organizations.access import SignedInRequest

router = Router(tags=["notifications"])


class NoticeOut(Schema):
    """One notice of the caller."""

    id: int
    subject: str
    text: str
    link: str
    at: datetime
    read_at: datetime | None


class WishOut(Schema):
    """Whether messages of a kind are wanted through a channel; a closed channel sends nothing yet."""

    kind: str
    label: str
    channel: str
    is_wanted: bool
    is_open: bool


class WishesIn(Schema):
    """All that is wanted, as kind/channel; whatever is not named is not wanted."""

    wanted: list[str] = Field(max_length=200, examples=[["dossier.needs/email"]])


class ContactOut(Schema):
    """An address that the caller gave."""

    medium: str
    address: str
    verified_at: datetime | None


class AddressIn(Schema):
    """An address to be proved by a code."""

    address: str = Field(max_length=254)


class CodeIn(Schema):
    """The code that came."""

    code: str = Field(max_length=20)


class MessageOut(Schema):
    """A message of the outbox: never its words, its address masked."""

    id: int
    channel: str
    kind: str
    shown_address: str
    state: str
    attempts: int
    fault: str
    created_at: datetime
    ended_at: datetime | None


class OutboxOut(Schema):
    """Counts by channel and state, and the newest messages of one state."""

    counts: dict[str, dict[str, int]]
    messages: list[MessageOut]


@router.get("/notices", response=list[NoticeOut], operation_id="list_notices")
@opens_to(may_read_notices)
def list_notices(request: SignedInRequest, before: int | None = None) -> list[Notice]:
    """The newest notices of the caller; ``before`` is the number of the last one seen."""
    return notices_of(request.user, before=before)


@router.post("/notices/{notice_id}/read", response={204: None}, operation_id="read_notice")
@opens_to(may_read_notices)
def read_notice(request: SignedInRequest, notice_id: int) -> Status:
    """Mark a notice as read; one that is nobody's or somebody else's changes nothing."""
    mark_read(request.user, notice_id=min(notice_id, 2**63 - 1))
    return Status(204, None)


@router.get("/message-wishes", response=list[WishOut], operation_id="get_message_wishes")
@opens_to(may_read_notices)
def get_wishes(request: SignedInRequest) -> list[dict[str, Any]]:
    """What the caller wants to be told through which channel."""
    return [
        {
            "kind": kind.code,
            "label": str(kind.label),
            "channel": wish.channel,
            "is_wanted": wish.is_wanted,
            "is_open": wish.is_open,
        }
        for kind, row in wishes_of(request.user)
        for wish in row
    ]


@router.put("/message-wishes", response=list[WishOut], operation_id="set_message_wishes")
@opens_to(may_read_notices)
def set_wishes(request: SignedInRequest, form: WishesIn) -> list[dict[str, Any]]:
    """Say what is wanted."""
    named = (each.partition("/") for each in form.wanted)
    contacts.prefer(request.user, wanted={(kind, channel) for kind, _slash, channel in named})
    found: list[dict[str, Any]] = get_wishes(request)
    return found


@router.get("/contact-points", response=list[ContactOut], operation_id="list_contact_points")
@opens_to(may_read_notices)
def list_contact_points(request: SignedInRequest) -> list[Any]:
    """The addresses that the caller gave."""
    return list(contact_points_of(request.user).values())


@router.post("/contact-points/{medium}/code", response={204: None}, operation_id="send_contact_code")
@opens_to(may_read_notices)
def send_contact_code(request: SignedInRequest, medium: str, form: AddressIn) -> Status:
    """Send a code of six digits to an address (medium: email, phone)."""
    contacts.send_code(request.user, medium=medium, address=form.address)
    return Status(204, None)


@router.post("/contact-points/{medium}/verify", response={204: None}, operation_id="verify_contact_point")
@opens_to(may_read_notices)
def verify_contact_point(request: SignedInRequest, medium: str, form: CodeIn) -> Status:
    """Give the code back: the address counts from now on."""
    contacts.verify(request.user, medium=medium, code=form.code)
    return Status(204, None)


@router.delete("/contact-points/{medium}", response={204: None}, operation_id="remove_contact_point")
@opens_to(may_read_notices)
def remove_contact_point(request: SignedInRequest, medium: str) -> Status:
    """Forget an address."""
    contacts.remove_contact(request.user, medium=medium)
    return Status(204, None)


@router.get("/outbox", response=OutboxOut, operation_id="get_outbox")
@opens_to(may_see_outbox)
def get_outbox(request: SignedInRequest, state: str = DEAD) -> dict[str, Any]:
    """What waits, went or was given up, for administrators."""
    return {"counts": outbox_counts(), "messages": outbox(state)}


@router.post("/outbox/{message_id}/retry", response={204: None}, operation_id="retry_message")
@opens_to(may_see_outbox)
def retry_message(request: SignedInRequest, message_id: int) -> Status:
    """Try a message that was given up again."""
    retry(min(message_id, 2**63 - 1), actor=request.user)
    return Status(204, None)


@router.post("/outbox/{message_id}/drop", response={204: None}, operation_id="drop_message")
@opens_to(may_see_outbox)
def drop_message(request: SignedInRequest, message_id: int) -> Status:
    """Let a message that was given up go."""
    drop(min(message_id, 2**63 - 1), actor=request.user)
    return Status(204, None)
