"""Shapes of the API of halls: kiosks, screens, officers' own programs."""

from datetime import date, datetime

from ninja import Field, Schema


class GroupLineOut(Schema):
    """A group's line; minutes are usual waiting from .. to for who comes now, null while no window is open."""

    letter: str = Field(examples=["A"])
    name: str
    waiting: int
    windows: int
    minutes_from: int | None
    minutes_to: int | None


class HallOut(Schema):
    """A hall in use."""

    code: str = Field(examples=["TTHCC"])
    name: str
    unit: str = Field(description="code of the one-stop unit")
    unit_name: str
    is_open: bool
    opens_at: datetime | None
    groups: list[GroupLineOut]


class CallOut(Schema):
    """A number at a window."""

    label: str = Field(examples=["A012"])
    window: int
    times: int = Field(description="how often it was called")
    is_serving: bool


class ScreenOut(Schema):
    """What the hall's screen shows; version changes when any of it does."""

    hall: HallOut
    waiting: int
    calls: list[CallOut] = Field(description="newest first")
    version: str


class NumberIn(Schema):
    """Which line, and whether its person is favoured."""

    group: str = Field(max_length=2, examples=["A"])
    priority: str = Field("", max_length=30, description="a code of /hall-priorities")
    is_kiosk: bool = False


class PriorityOut(Schema):
    """A kind of person who is called first, with where that stands."""

    code: str
    name: str
    name_en: str
    source: str


class TicketOut(Schema):
    """A number and its place: nothing about its person."""

    code: str = Field(description="opens the ticket's page and place; whoever has it sees them")
    label: str = Field(examples=["A012"])
    hall: str
    group: str
    state: str = Field(description="booked, waiting, called, serving, served, absent, cancelled or lapsed")
    window: int | None
    appointed_at: datetime | None
    taken_at: datetime | None
    before: int | None = Field(description="how many are called first; null unless waiting")
    minutes_from: int | None
    minutes_to: int | None
    address: str = Field(description="what the QR code on the slip holds")


class SlotOut(Schema):
    """A time that can be booked."""

    at: datetime
    places: int


class BookingIn(Schema):
    """An appointment wanted; at is one of the slots."""

    group: str = Field(max_length=2)
    at: datetime


class ActIn(Schema):
    """What the officer saw: the code of the ticket at the window, "" for none; null does not ask."""

    at_ticket: str | None = Field(None, max_length=20)


class PassIn(ActIn):
    """Where the person goes: a group's line or one window."""

    to_group: str = Field("", max_length=2)
    to_window: int | None = Field(None, ge=1, le=200)


class DeskOut(Schema):
    """A window after something was done at it."""

    window: int
    state: str = Field(description="open, paused or closed")
    ticket: CallOut | None
    ticket_code: str
    waiting: int


class WaitingOut(Schema):
    """Waiting until the first call, in seconds; null where nobody was called."""

    label: str
    taken: int
    called: int
    median: float | None
    ninety: float | None
    over_limit: int


class ServiceOut(Schema):
    """What a window did; seconds at the window."""

    window: int
    served: int
    missed: int
    passed_on: int
    median: float | None


class FiguresOut(Schema):
    """The figures of a hall, both days included."""

    first: date
    last: date
    total: WaitingOut
    served: int
    absent: int
    cancelled: int
    lapsed: int
    by_hour: list[WaitingOut]
    by_group: list[WaitingOut]
    by_window: list[ServiceOut]
