"""Shapes of the API of reception: filing, being taken in, being turned away and coming back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from ninja import Field, Schema

from motcua.dossiers.actions.handed_in import Circumstances
from motcua.dossiers.schemas.dossier import ApplicantIn, PaperIn, ReasonIn, StepIn


class CircumstancesIn(Schema):
    """How it came in and how the result shall go out."""

    post_item: str = Field(
        "", max_length=60, description="Number of the item that it came in", examples=["EE123456789VN"]
    )
    ticket: str = Field("", max_length=40, description="Code of the number drawn in the hall")
    repeats: str = Field("", max_length=60, description="Code of a like dossier that the caller knows of")
    return_method: str = Field("", pattern="^(|in_person|post|online)$", description="As the applicant wishes")
    return_address: str = Field("", max_length=250)


class DossierIn(Schema):
    """A dossier to be filed. The same ``submission_key`` sent twice makes one dossier."""

    procedure: str = Field(max_length=20, description="National code", examples=["1.000001"])
    unit: str = Field(max_length=40, description="Code of the competent unit", examples=["H27.04"])
    applicant: ApplicantIn
    papers: list[PaperIn] = Field(default_factory=list, max_length=100)
    answers: dict[str, Any] = Field(
        default_factory=dict, description="Answers as the form's JSON Schema says (get_procedure_form)"
    )
    request_text: str = Field("", max_length=1000)
    submission_key: UUID = Field(default_factory=uuid4)
    channel: str = Field(
        "online", pattern="^(online|in_person|post)$", description="in_person and post: filed and received at a counter"
    )
    circumstances: CircumstancesIn | None = None
    consent: str = Field(
        "", pattern="^(|signed|spoken)$", description="Online by an official for somebody: how that person agreed"
    )
    counter: str = Field("", max_length=40, description="The caller's counter, where there are several")
    hand_over: bool = Field(False, description="At a counter: on to who handles it at once")
    give_papers: bool = Field(False, description="The papers themselves leave with it")


class AtCounterIn(Schema):
    """What was handed in at a counter and is not received."""

    procedure: str = Field(max_length=20)
    unit: str = Field(max_length=40)
    applicant: ApplicantIn
    request_text: str = Field("", max_length=1000)
    submission_key: UUID = Field(default_factory=uuid4)
    channel: str = Field("in_person", pattern="^(in_person|post)$")
    circumstances: CircumstancesIn | None = None
    counter: str = Field("", max_length=40)


class RefuseAtCounterIn(AtCounterIn):
    """Refused, and why."""

    reason: str = Field(max_length=4000)


class GuideAtCounterIn(AtCounterIn):
    """Sent home to be completed: what must be added, one thing a line."""

    items: str = Field(max_length=4000)
    reason: str = Field("", max_length=4000)
    answers: dict[str, Any] = Field(default_factory=dict)


class ReceiveIn(StepIn):
    """``hand_over``: on to who handles it at once."""

    hand_over: bool = False
    give_papers: bool = False


class GuideIn(ReasonIn):
    """What must be added before reception, one thing a line."""

    items: str = Field(max_length=4000)
    reason: str = Field("", max_length=4000)


class ReceiveCompletedIn(Schema):
    """A dossier that was sent home, as its form stands now."""

    applicant: ApplicantIn
    papers: list[PaperIn] = Field(default_factory=list, max_length=100)
    answers: dict[str, Any] = Field(default_factory=dict)
    request_text: str = Field("", max_length=1000)
    circumstances: CircumstancesIn | None = None
    hand_over: bool = False
    give_papers: bool = False


class NumberIn(Schema):
    """A whole identity number, tax code or telephone number."""

    number: str = Field(max_length=40)


class KnownApplicantOut(Schema):
    """Somebody who filed before."""

    name: str
    identity_number: str
    phone: str
    email: str
    address: str
    organisation_name: str
    organisation_tax_code: str
    filed_on: date | None


class LikeIn(Schema):
    """Who asks for what."""

    procedure: str = Field(max_length=20)
    applicant: ApplicantIn


class LikeOut(Schema):
    """A like dossier."""

    code: str
    state: str
    state_label: str
    unit: str
    filed_at: datetime

    @staticmethod
    def resolve_unit(dossier) -> str:
        return dossier.competent_unit.code


def circumstances_of(given: CircumstancesIn | None) -> Circumstances:
    """Return what was said of the circumstances, as actions take it."""
    return Circumstances(**given.dict()) if given else Circumstances()
