"""Registers with their dated versions, entries with every change of them, who is trusted with confidential ones."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from motcua.organizations.models import Account, Unit
from motcua.organizations.states import UNIT_KINDS
from motcua.registers.rules.definitions import Definition, State, definition_from
from motcua.registers.states import DEEDS, DRAFT, PUBLISHED, VERSION_LABELS, VERSION_TONES

_CHECKED: dict[tuple[int | None, datetime], Definition] = {}  # definitions by version and instant of making
_MOST_CHECKED = 500


class Register(models.Model):
    """A book that units keep. Title and marks are those of its newest published version."""

    code = models.SlugField(max_length=40, unique=True)
    prefix = models.CharField(max_length=8, unique=True)  # begins the codes of its entries: DT-2026-0007
    title = models.CharField(max_length=300)
    basis = models.CharField(max_length=2000, blank=True)
    capability = models.CharField(max_length=60, blank=True)
    is_public = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    owner = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )  # checks besides those above

    def __str__(self) -> str:
        return self.title


class RegisterVersion(models.Model):
    """What the register is from one day to another; a draft until it is published, unchanged afterwards."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    data = models.JSONField()  # in the shape of rules.definitions
    source = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, default=DRAFT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="register_version_once"),
            models.UniqueConstraint(
                fields=["register", "valid_from"], condition=Q(state=PUBLISHED), name="register_version_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} v{self.number}"

    @cached_property
    def definition(self) -> Definition:
        """What the version says, checked; every row of a list has one, and checking costs a millisecond."""
        key = (self.pk, self.made_at)  # a draft that is written anew is made at another instant
        if key not in _CHECKED:
            if len(_CHECKED) >= _MOST_CHECKED:
                _CHECKED.clear()
            _CHECKED[key] = definition_from(self.data)
        return _CHECKED[key]

    @property
    def state_label(self) -> str:
        return str(VERSION_LABELS[self.state])

    @property
    def state_tone(self) -> str:
        return VERSION_TONES[self.state]

    @property
    def unit_words(self) -> str:
        """The kinds of unit that keep it, in words; "" for all."""
        return ", ".join(str(UNIT_KINDS.get(kind, kind)) for kind in self.definition.units)


class Entry(models.Model):
    """One line of a register. It keeps the version that it was written under; ``on`` dates it in every count."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    version = models.ForeignKey(RegisterVersion, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    on = models.DateField()
    state = models.CharField(max_length=40)
    state_kind = models.CharField(max_length=8)  # open, done, void
    title = models.CharField(max_length=300)
    values = models.JSONField(default=dict)  # {field: value} in the shape of rules.values
    words = models.TextField(blank=True)  # folded words to search in; nothing personal
    due_on = models.DateField(null=True, blank=True)  # while its state is one of those in which it is awaited
    closed_on = models.DateField(null=True, blank=True)  # while it is done, by the definition's own field for it
    number = models.PositiveIntegerField(default=1)  # of its newest change
    kept_by = models.CharField(max_length=40, blank=True)
    kept_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["register", "-on", "-id"], name="entry_of_register"),
            models.Index(fields=["unit", "register", "on"], name="entry_of_unit"),
            models.Index(fields=["due_on"], name="entry_due", condition=Q(due_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def definition(self) -> Definition:
        return self.version.definition

    @property
    def state_shown(self) -> State:
        return self.definition.by_state.get(self.state) or State(self.state, self.state, self.state_kind)

    @property
    def state_label(self) -> str:
        return self.state_shown.name

    @property
    def state_tone(self) -> str:
        return self.state_shown.tone


class EntryVersion(models.Model):
    """An entry as it was after one change: who, when, why. Changes are appended, never edited."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)
    deed = models.CharField(max_length=10)  # states.DEEDS
    move = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40)
    values = models.JSONField()
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} #{self.number}"

    @property
    def deed_label(self) -> str:
        return str(DEEDS[self.deed])


class LastNumber(models.Model):
    """The last number given in a register's year."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="register_last_number_once")]

    def __str__(self) -> str:
        return f"{self.register_id} {self.year}: {self.last}"


class Trust(models.Model):
    """Somebody who keeps a confidential register for a unit and all under it, besides the heads of agencies."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="trusts")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=40, blank=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "account", "unit"], condition=Q(ended_at__isnull=True), name="register_trust_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register_id}: {self.account_id}"


class ImportDraft(models.Model):
    """Rows read from a sheet that wait to be looked at; gone once they are taken in or given up."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows: Any = models.JSONField()  # [[line of the sheet, {field: text}]]
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.register_id}: {self.file_name}"
