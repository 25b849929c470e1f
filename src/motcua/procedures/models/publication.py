"""How the catalogue changes: decisions with their rows, proposals, opinions, the national set, posted lists."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import UNIT_KINDS
from motcua.procedures.models.catalogue import Procedure, ProcedureVersion
from motcua.procedures.publishing_states import (
    CHANGE_LABELS,
    DECISION_KINDS,
    DECISION_STATES,
    DECISION_TONES,
    PLACES,
    PROPOSAL_STATES,
    PROPOSAL_TONES,
    REASONS,
    ROLES,
    TRAITS,
    VERDICTS,
    WAITING,
)


class Decision(models.Model):
    """A decision that changes the catalogue: uploaded and read, or drafted here (``origin``).

    ``basis_valid_on``: the latest day on which what it rests on takes effect (R5.01). ``public_on``: the day its rows
    became public here. ``sign_by``, ``public_by``: the last days for both (R5.01, R5.02), kept when it is confirmed, so
    that a later setting changes no judgement of the past. ``lines``: its text, shown beside the rows. ``stated``:
    change -> the number its text names.
    """

    code = models.CharField(max_length=40, unique=True)
    origin = models.CharField(max_length=10)  # read | drafted
    state = models.CharField(max_length=12, default=WAITING)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    title = models.TextField(blank=True)
    kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    basis_valid_on = models.DateField(null=True, blank=True)
    public_on = models.DateField(null=True, blank=True)
    sign_by = models.DateField(null=True, blank=True)
    public_by = models.DateField(null=True, blank=True)
    lines = models.JSONField(default=list)
    stated = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    message = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "-at"], name="decision_by_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"

    @property
    def label(self) -> str:
        return str(DECISION_STATES[self.state])

    @property
    def tone(self) -> str:
        return DECISION_TONES[self.state]

    @property
    def kind_labels(self) -> list[str]:
        return [str(DECISION_KINDS.get(kind, kind)) for kind in self.kinds]


class Proposal(models.Model):
    """That one procedure should become, change or end; published on its day as a new version, never by editing."""

    code = models.CharField(max_length=40, unique=True)
    procedure_code = models.CharField(max_length=20, db_index=True)
    name = models.TextField()
    change = models.CharField(max_length=12)
    reason = models.CharField(max_length=12)  # of publishing_states.REASONS
    parts = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # those that differ
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="proposals")
    valid_from = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "valid_from"], name="proposal_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "reason"], condition=Q(state="open"), name="one_open_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.procedure_code} {self.change}"

    @property
    def change_label(self) -> str:
        return str(CHANGE_LABELS[self.change])

    @property
    def reason_label(self) -> str:
        return str(REASONS[self.reason])

    @property
    def label(self) -> str:
        return str(PROPOSAL_STATES[self.state])

    @property
    def tone(self) -> str:
        return PROPOSAL_TONES[self.state]


class DecisionRow(models.Model):
    """A procedure that a decision lists, with the lines it was read from; corrected or dropped by a person."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=20, blank=True)
    name = models.TextField(blank=True)
    change = models.CharField(max_length=12)
    section = models.CharField(max_length=300, blank=True)
    line_start = models.PositiveIntegerField(default=0)
    line_end = models.PositiveIntegerField(default=0)
    is_dropped = models.BooleanField(default=False)
    is_corrected = models.BooleanField(default=False)
    content = models.JSONField(default=dict, blank=True)  # typed here, a row of the catalogue; {}: taken from elsewhere
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.change}"

    @property
    def change_label(self) -> str:
        return str(CHANGE_LABELS[self.change])


class Opinion(models.Model):
    """What a unit was asked to say of a draft decision, by when, and what it said."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="opinions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    verdict = models.CharField(max_length=12, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="one_opinion_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.unit_id} {self.verdict}"

    @property
    def verdict_label(self) -> str:
        return str(VERDICTS[self.verdict])


class NationalRecord(models.Model):
    """A procedure as the national set states it: what the province's own catalogue is compared with.

    ``content`` is the row as imported; ``is_list`` where only code, name, agencies and field are known (the portal's
    Excel exports).
    """

    procedure_code = models.CharField(max_length=20, unique=True)
    name = models.TextField()
    field = models.CharField(max_length=200, blank=True)
    issuing_agency = models.CharField(max_length=200, blank=True)
    executing_agencies = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    is_list = models.BooleanField(default=False)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=300)
    seen_on = models.DateField()

    def __str__(self) -> str:
        return self.procedure_code


class Authority(models.Model):
    """Who receives, decides or coordinates a procedure from one day to another (Decree 61/2018, 118/2025)."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="authorities")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    unit_kind = models.CharField(max_length=20, blank=True)  # where unit is null
    role = models.CharField(max_length=12)  # of publishing_states.ROLES
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(unit_kind=""), name="authority_has_a_unit_or_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.role}"

    @property
    def role_label(self) -> str:
        return str(ROLES[self.role])

    @property
    def unit_kind_label(self) -> str:
        return str(UNIT_KINDS.get(self.unit_kind, self.unit_kind))


class Trait(models.Model):
    """A mark of a procedure from one day to another: internal, vertical, free of territory, on the spot, by post."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="traits")
    trait = models.CharField(max_length=24)  # of publishing_states.TRAITS
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "trait", "valid_from"], name="trait_once"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.trait}"

    @property
    def label(self) -> str:
        return str(TRAITS[self.trait])


class Posting(models.Model):
    """That a unit posted its list, where and when, with the picture that proves it; ``digest`` is of the list."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    place = models.CharField(max_length=12)  # of publishing_states.PLACES
    on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)  # of the page, where it was posted on the web
    procedures = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.place} {self.on}"

    @property
    def place_label(self) -> str:
        return str(PLACES[self.place])
