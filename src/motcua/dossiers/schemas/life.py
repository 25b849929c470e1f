"""Shapes of the API of a dossier's turns, of handing work on and of lists for the post."""

from datetime import date, datetime

from ninja import Field, Schema

from motcua.dossiers.schemas.dossier import StepIn

LINK_KIND = "^(linked|follows)$"


class ObligationIn(StepIn):
    """What the applicant owes beside the fee: to the State treasury, by the law or notice it rests on."""

    kind: str = Field(max_length=200, examples=["Lệ phí trước bạ"])
    amount: int = Field(ge=1, le=10**13, description="đồng")
    basis: str = Field(max_length=300)
    pay_to: str = Field(max_length=300)
    notice_number: str = Field("", max_length=80)
    pay_by: date | None = None


class ObligationOut(Schema):
    """A financial obligation and whether it was settled."""

    kind: str
    amount: int
    basis: str
    pay_to: str
    notice_number: str
    pay_by: date | None
    asked_at: datetime
    settled_at: datetime | None
    reference: str
    cancelled_at: datetime | None


class SettlementIn(Schema):
    """A receipt's number (officials), or the number of a file that proves it (the applicant must send one)."""

    reference: str = Field("", max_length=80)
    file_id: int | None = Field(None, ge=1, le=2**63 - 1)


class WithdrawalOut(Schema):
    """A withdrawal asked after reception; ``outcome`` "" while it is not answered."""

    reason: str
    asked_at: datetime
    answer_by: datetime
    outcome: str = Field(description="confirmed, turned_down, taken_back or empty")
    answered_at: datetime | None
    answer_reason: str


class GiveBackIn(Schema):
    """How the papers were given back, and which; no name."""

    method: str = Field(pattern="^(in_person|post)$")
    note: str = Field("", max_length=300)


class VisitIn(StepIn):
    """What is decided and taken in one visit."""

    result_text: str = Field("", max_length=1000)
    method: str = Field("in_person", pattern="^(in_person|post|online)$")
    payment_method: str = Field("", pattern="^(cash|transfer|online|)$")
    payment_reference: str = Field("", max_length=80)


class KinOut(Schema):
    """A dossier that goes with another; title and state are empty where it lies outside the system."""

    code: str
    relation: str
    title: str
    unit_name: str
    state_label: str
    is_here: bool
    is_waited_for: bool


class LinkIn(Schema):
    """``follows``: the dossier is not decided before the other."""

    other: str = Field(max_length=60)
    kind: str = Field("linked", pattern=LINK_KIND)


class BesideIn(Schema):
    """A procedure to open beside the dossier, and how the new one goes with it."""

    procedure: str = Field(max_length=20)
    unit: str = Field(max_length=40)
    kind: str = Field("linked", pattern=LINK_KIND)


class HeldOut(Schema):
    """A dossier that a person has claimed; ``refusal`` tells why it cannot go to the other."""

    code: str
    title: str
    position: int
    step_name: str
    unit: str
    due_at: datetime
    refusal: str

    @staticmethod
    def resolve_unit(held) -> str:
        return held.unit.code


class HandedIn(Schema):
    """A dossier with the step that the caller saw."""

    code: str = Field(max_length=60)
    at_step: int = Field(ge=0, le=32767)


class HandOnIn(Schema):
    """Whose work goes to whom (account codes)."""

    of: str = Field(max_length=40)
    to: str = Field(max_length=40)
    dossiers: list[HandedIn] = Field(max_length=200)


class ThingIn(Schema):
    """The result or the papers of a dossier, with the post's number where it is known."""

    code: str = Field(max_length=60)
    what: str = Field("result", pattern="^(result|papers)$")
    item_number: str = Field("", max_length=40)


class PostListIn(Schema):
    """What a counter gives to the post."""

    unit: str = Field(max_length=40, description="Code of the counter")
    things: list[ThingIn] = Field(max_length=200)


class NumbersIn(Schema):
    """The post's numbers, by the id of the item."""

    numbers: dict[int, str]


class PostedIn(Schema):
    """What the post did not get, in words without names."""

    missing: str = Field("", max_length=300)


class PostItemOut(Schema):
    """One thing on a list."""

    id: int
    code: str
    what: str
    item_number: str

    @staticmethod
    def resolve_code(item) -> str:
        return item.dossier.code


class PostListOut(Schema):
    """A list of things given to the post."""

    id: int
    unit: str
    day: date
    number: int
    sent_at: datetime | None
    confirmed_at: datetime | None
    missing: str
    items: list[PostItemOut]

    @staticmethod
    def resolve_unit(post_list) -> str:
        return post_list.unit.code

    @staticmethod
    def resolve_items(post_list) -> list:
        return list(post_list.items.select_related("dossier"))
