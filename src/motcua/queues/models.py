"""Halls, groups of services, windows, tickets and their turns. No table here knows a person who waits."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext

from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.queues.states import AT_WINDOW, CLOSED, LABELS, NEXT, WAITING, WINDOW_LABELS

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when read aloud or typed


def new_ticket_code() -> str:
    """Return what stands in the address of a ticket: who has it sees the place in the line, nobody can guess it."""
    return "".join(secrets.choice(_LETTERS) for _position in range(10))


class Hall(models.Model):
    """A hall with windows, of one one-stop unit."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class ServiceGroup(models.Model):
    """Services with a line of their own; the letter begins their numbers."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="groups")
    letter = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    usual_minutes = models.PositiveSmallIntegerField(default=10)  # at the window, until our own figures tell
    appointments = models.PositiveSmallIntegerField(default=0)  # most in one slot; 0: none are given
    is_in_use = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "letter"], name="queue_letter_once")]

    def __str__(self) -> str:
        return f"{self.letter} – {self.shown_name}"

    @property
    def shown_name(self) -> str:
        """The name in the reader's language, where there is one."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


class Window(models.Model):
    """A place at the counter: what it serves, who sits there now."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField()
    groups = models.ManyToManyField(ServiceGroup, related_name="windows")
    state = models.CharField(max_length=10, default=CLOSED)
    officer = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "number"], name="queue_window_once"),
            models.UniqueConstraint(fields=["officer"], name="queue_officer_at_one_window"),
            models.CheckConstraint(
                condition=Q(state=CLOSED, officer__isnull=True) | (~Q(state=CLOSED) & Q(officer__isnull=False)),
                name="queue_open_window_has_officer",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Quầy %(number)s") % {"number": self.number}

    @property
    def state_label(self) -> str:
        return str(WINDOW_LABELS[self.state])


class Ticket(models.Model):
    """A number of one day. ``code`` stands in its address, ``label`` ("A012") on slip and screen.

    ``lined_up_at`` orders the line. Whoever is favoured (``priority``, an appointment whose time has come, passed on
    from another window) stands in a line of their own; ``rules.line`` says whose turn it is.
    """

    code = models.CharField(max_length=20, unique=True, default=new_ticket_code)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="tickets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the hall's on that day, for measures
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="+")
    day = models.DateField()
    label = models.CharField(max_length=10)
    channel = models.CharField(max_length=12)
    priority = models.CharField(max_length=30, blank=True)  # a code of data/priorities.csv
    state = models.CharField(max_length=12, default=WAITING)
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")  # the last one
    wanted_window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")
    is_passed_on = models.BooleanField(default=False)
    booked_at = models.DateTimeField(null=True, blank=True)
    appointed_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)  # in the hall: waiting begins
    lined_up_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)  # first call: waiting ends
    ended_at = models.DateTimeField(null=True, blank=True)
    waited_seconds = models.PositiveIntegerField(null=True, blank=True)
    # Exact bit kept at the first call: the limit of R4.08 is dated and shares are not rounded minutes.
    is_within_limit = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "day", "label"], name="queue_label_once_a_day"),
            models.UniqueConstraint(
                fields=["window"], condition=Q(state__in=sorted(AT_WINDOW)), name="queue_one_at_a_window"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "lined_up_at", "id"], name="queue_line", condition=Q(state=WAITING)),
            models.Index(fields=["hall", "day"], name="queue_day_of_hall"),
            models.Index(fields=["unit", "taken_at"], name="queue_taken"),
            models.Index(fields=["unit", "called_at"], name="queue_called"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def state_label(self) -> str:
        return str(LABELS[self.state])

    @property
    def waited_minutes(self) -> float | None:
        """Waiting until the first call, in minutes."""
        return None if self.waited_seconds is None else self.waited_seconds / 60

    def enter(self, state: str) -> None:
        """Go to ``state`` if the table of the life allows it. Saves nothing.

        Raises:
            Refused: the table does not allow it from the present state.
        """
        if state not in NEXT[self.state]:
            raise Refused(
                gettext("Số %(label)s đang ở trạng thái “%(now)s”, không thể chuyển sang “%(next)s”.")
                % {"label": self.label, "now": self.state_label, "next": LABELS[state]}
            )
        self.state = state


class Turn(models.Model):
    """A ticket at a window, from the first call to the end; passed on, it has another turn elsewhere."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="turns")
    window = models.ForeignKey(Window, models.PROTECT, related_name="turns")
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="+")
    was_favoured = models.BooleanField(default=False)
    called_at = models.DateTimeField()
    last_called_at = models.DateTimeField()
    calls = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["window", "-called_at"], name="queue_turns_of_window"),
            models.Index(fields=["group", "-ended_at"], name="queue_turns_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} @ {self.window_id}"


class LastNumber(models.Model):
    """The last number of a series ("A", "AH" for appointments) on a day; every day begins with 1."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="+")
    day = models.DateField()
    series = models.CharField(max_length=4)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day", "series"], name="queue_last_number_once")]

    def __str__(self) -> str:
        return f"{self.series}{self.last}"


class RequestCount(models.Model):
    """How many numbers were asked for in a minute, by hall and by address; of an address only a keyed digest."""

    key = models.CharField(max_length=64)
    minute = models.BigIntegerField()  # since 1970
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "minute"], name="queue_request_count_once")]

    def __str__(self) -> str:
        return f"{self.minute}: {self.count}"
