"""Dossiers, their papers, supplement requests and ratings, and the numbers of the day."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.dossiers.states import (
    CHANNELS,
    CONSENTS,
    DECIDED,
    FILED,
    LABELS,
    NEXT,
    OPEN_STATES,
    OWN,
    RECEIVED,
    RETURN_METHODS,
    RETURNED,
    RUNNING_STATES,
    STANDING_STATES,
    SUPPLEMENT_BEFORE,
)
from motcua.organizations.models import Account, Unit
from motcua.procedures.models import FormVersion, Offering, ProcedureVersion


class Dossier(models.Model):
    """One request under one version of a procedure. Personal data stay in this row and in its papers."""

    code = models.CharField(max_length=60, unique=True)  # DOMAIN 4.8, never reused (R4.23)
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4)  # the same form sent twice is one dossier
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="+")
    # Null: it answered the questions of its offering.
    form_version = models.ForeignKey(
        FormVersion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    competent_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    receiving_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=12)
    state = models.CharField(max_length=24, default=FILED)

    applicant = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="dossiers", db_index=False
    )
    applicant_name = models.CharField(max_length=200)
    identity_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=250, blank=True)
    request_text = models.CharField(max_length=1000, blank=True)
    answers = models.JSONField(default=dict)
    organisation_name = models.CharField(max_length=250, blank=True)  # on whose behalf; "": the person's own matter
    # Who asks, as people type it without diacritics; folded once by the database, because a search looks at thousands.
    who_folded = models.GeneratedField(
        expression=Func(Concat(F("applicant_name"), Value(" "), F("organisation_name")), function="motcua_fold"),
        output_field=models.TextField(),
        db_persist=True,
    )
    organisation_tax_code = models.CharField(max_length=20, blank=True)
    # The official who filed it online for somebody, and how that person agreed ("": filed by the applicant).
    assisted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    consent = models.CharField(max_length=12, blank=True)  # of states.CONSENTS
    post_item = models.CharField(max_length=40, blank=True)  # number of the item that it came in
    ticket = models.CharField(max_length=40, blank=True)  # code of the number drawn in the hall
    is_received_elsewhere = models.BooleanField(default=False)  # at a counter that does not serve the competent unit
    repeats = models.CharField(max_length=60, blank=True)  # code of a like dossier that was known when it was filed
    return_method = models.CharField(max_length=12, blank=True)  # as the applicant wishes, of states.RETURN_METHODS
    return_address = models.CharField(max_length=250, blank=True)  # where the result is posted to

    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    first_due_at = models.DateTimeField(null=True, blank=True)  # promised on the slip
    due_at = models.DateTimeField(null=True, blank=True)  # after pauses
    decided_at = models.DateTimeField(null=True, blank=True)  # end of handling: what lateness is measured by
    returned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Exact bit kept when handling ends: times rounded to minutes gave wrong ratios.
    is_on_time = models.BooleanField(null=True, blank=True)

    has_fee = models.BooleanField(default=False)
    is_paid_online = models.BooleanField(default=False)
    is_digitised = models.BooleanField(default=False)
    is_satisfied = models.BooleanField(null=True, blank=True)  # the applicant's rating; null: none given
    result_text = models.CharField(max_length=1000, blank=True)
    result_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    review_note = models.CharField(max_length=500, blank=True)  # why a proposal was last given back
    end_reason = models.CharField(max_length=1000, blank=True)  # of refusal, withdrawal, stop

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[FILED, SUPPLEMENT_BEFORE, "refused", "withdrawn"])
                | Q(received_at__isnull=False),
                name="dossier_received_before_handled",
            ),
        ]
        # Every filing writes each of these: none is the beginning of another, none holds what most dossiers lack.
        indexes = [
            models.Index(fields=["competent_unit", "-received_at"], name="dossier_of_unit"),
            models.Index(fields=["applicant", "-filed_at"], name="dossier_of_applicant"),
            models.Index(fields=["decided_at"], name="dossier_decided", condition=Q(decided_at__isnull=False)),
            models.Index(fields=["received_at"], name="dossier_received"),
            # Registers, newest first: one range for a unit, a counter or the whole province.
            models.Index(fields=["competent_unit", "-filed_at", "-id"], name="dossier_register_unit"),
            models.Index(fields=["receiving_unit", "-filed_at", "-id"], name="dossier_register_counter"),
            models.Index(fields=["-filed_at", "-id"], name="dossier_register"),
            # Results that lie at counters: few of all.
            models.Index(
                fields=["receiving_unit", "decided_at"], name="dossier_uncollected", condition=Q(state=DECIDED)
            ),
            # A known applicant at the counter, and the dossiers that a new one may repeat.
            models.Index(
                fields=["identity_number", "-filed_at"],
                name="dossier_of_identity",
                condition=~Q(identity_number=""),
            ),
            models.Index(fields=["phone", "-filed_at"], name="dossier_of_phone", condition=~Q(phone="")),
            models.Index(
                fields=["assisted_by", "-filed_at"], name="dossier_assisted", condition=Q(assisted_by__isnull=False)
            ),
            models.Index(fields=["form_version"], name="dossier_of_form", condition=Q(form_version__isnull=False)),
            models.Index(fields=["result_file"], name="dossier_of_result", condition=Q(result_file__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state_label(self) -> str:
        return str(LABELS[self.state])

    @property
    def channel_label(self) -> str:
        return str(CHANNELS[self.channel])

    @property
    def consent_label(self) -> str:
        return str(CONSENTS.get(self.consent, ""))

    @property
    def return_method_label(self) -> str:
        return str(RETURN_METHODS.get(self.return_method, ""))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_clock_running(self) -> bool:
        return self.state in RUNNING_STATES

    @property
    def is_waiting_for_applicant(self) -> bool:
        return self.state in STANDING_STATES

    def enter(self, state: str) -> None:
        """Go to ``state`` if the table of the life allows it. Saves nothing.

        Raises:
            Refused: the table does not allow it from the present state.
        """
        if state not in NEXT[self.state]:
            raise Refused(
                gettext("Hồ sơ %(code)s đang ở trạng thái “%(now)s”, không thể chuyển sang “%(next)s”.")
                % {"code": self.code, "now": self.state_label, "next": LABELS[state]}
            )
        self.state = state

    def receive(self, *, at: datetime, due_at: datetime) -> None:
        """Be received, with the due instant that the slip promises. Saves nothing."""
        self.enter(RECEIVED)
        self.received_at, self.first_due_at, self.due_at = at, due_at, due_at

    def decide(self, *, at: datetime) -> None:
        """Have the result; lateness is measured here, once and exactly. Saves nothing."""
        self.enter(DECIDED)
        assert self.due_at is not None
        self.decided_at, self.is_on_time = at, at <= self.due_at

    def hand_over(self, *, at: datetime) -> None:
        """Be returned to the applicant. Saves nothing."""
        self.enter(RETURNED)
        self.returned_at = self.ended_at = at

    def end(self, state: str, *, at: datetime, reason: str) -> None:
        """End before a result: refused, withdrawn or stopped. Saves nothing."""
        self.enter(state)
        self.ended_at, self.end_reason = at, reason


class DossierPaper(models.Model):
    """A paper of the dossier: which component it answers, and its file where it was filed electronically."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    component_name = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    is_original = models.BooleanField(default=False)
    quantity = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["file"], name="paper_of_file", condition=Q(file__isnull=False))]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.component_name[:40]}"


class FilingDraft(models.Model):
    """A filing that was begun: one per account, way, procedure and unit; gone once it is a dossier.

    Holds personal data. ``way`` of states.WAYS: one's own, for somebody who is helped, or at a counter.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="filing_drafts")
    way = models.CharField(max_length=10, default=OWN)
    procedure = models.CharField(max_length=20)  # code
    unit = models.CharField(max_length=40)  # code of the unit filed with
    key = models.UUIDField(unique=True, default=uuid.uuid4)  # makes it one dossier however often it is sent
    values = models.JSONField(default=dict)  # as typed: {"applicant_name": ["…"]}
    files = models.JSONField(default=list)  # sent so far: {"id", "name", "size", "component"}
    ready = models.JSONField(default=dict)  # the filing itself, once the form was valid
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "way", "procedure", "unit"], name="filing_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.procedure} @ {self.unit}"


class SupplementRequest(models.Model):
    """What the applicant must add; one per dossier during handling (R4.12)."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="supplement")
    items = models.TextField()
    reason = models.TextField()
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=40)
    supplied_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id}"


class DailyNumber(models.Model):
    """The last number given at a unit on a day; dossier codes restart daily (DOMAIN 4.8)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="daily_number_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}: {self.last}"
