"""Shapes of the API of the province's own words: templates of results."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from motcua.dossiers.queries.result_templates import Version
from motcua.dossiers.rules.result_templates import row_of


class AskIn(Schema):
    """One thing that the drafter writes."""

    name: str = Field(max_length=40, description="Its place in the text: lower case, digits, underscores")
    label: str = Field(max_length=120)
    most: int = Field(500, ge=1, le=10_000, description="Letters at most")
    rows: int = Field(1, ge=1, le=20)
    is_required: bool = False


class ResultTemplateIn(Schema):
    """A version of a template; places are ``{name}``."""

    code: str = Field("", max_length=40, description='Of the template it takes the place of; "" is a new one')
    name: str = Field(max_length=120)
    kind: str = Field("", max_length=80, description='Kind of document; "" is a letter')
    subject: str = Field("", max_length=300)
    symbol: str = Field(max_length=20)
    valid_from: date
    procedures: list[str] = Field([], max_length=2000, description="Codes; empty is any")
    is_favourable: bool = True
    asks: list[AskIn] = Field([], max_length=20)
    legal_bases: str = Field("", max_length=40, description="Name of the ask whose lines are the legal bases")
    addressees: list[str] = Field([], max_length=30)
    body: list[dict[str, str]] = Field(
        max_length=100, description="Parts: paragraph, heading, items or paragraphs; with if or unless"
    )
    recipients: list[str] = Field([], max_length=30)
    source: str = Field(max_length=300, description="The instrument that issued the form")


class ResultTemplateOut(Schema):
    """A version of a template as it stands."""

    code: str
    name: str
    kind: str
    subject: str
    symbol: str
    valid_from: date
    valid_to: date | None
    procedures: list[str]
    is_favourable: bool
    asks: list[AskIn]
    legal_bases: str
    addressees: list[str]
    body: list[dict[str, str]]
    recipients: list[str]
    source: str
    is_shipped: bool
    set_by: str = Field(description='Account code; "" where nobody of the province set it')
    set_at: datetime | None

    @staticmethod
    def of(version: Version) -> dict[str, Any]:
        """Return a version of ``queries.result_templates`` in this shape."""
        own = version.own
        return row_of(version.template) | {
            "source": version.source,
            "is_shipped": version.is_shipped,
            "set_by": own.set_by if own else "",
            "set_at": own.set_at if own else None,
        }


class LastDayIn(Schema):
    """The last day."""

    on: date


class WordsOut(Schema):
    """What an event is told with in a channel today."""

    event: str
    label: str
    channel: str = Field(description="*: on the page and in channels without words of their own; sms, email, zalo")
    text: str
    source: str
    is_own: bool


class SetWordsOut(Schema):
    """One change of words; text "" is the shipped words again."""

    number: int = Field(alias="pk")
    event: str
    channel: str
    valid_from: date
    text: str
    source: str
    set_by: str
    set_at: datetime
    dropped_at: datetime | None


class WordsIn(Schema):
    """Words from a day on; text "" gives the shipped ones back."""

    event: str = Field(max_length=60)
    channel: str = Field("*", max_length=12)
    text: str = Field(max_length=1000)
    valid_from: date
    source: str = Field(max_length=300)
