"""Units over time, accounts, posts, delegations, API tokens and the days of the working calendar."""

from __future__ import annotations

import secrets
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from motcua.base.clock import today
from motcua.base.statements import Question
from motcua.base.text import sort_key
from motcua.organizations.session_models import Session as Session  # a table of its own, found with the others
from motcua.organizations.states import ROLES, UNIT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_force(day: date | Any, prefix: str = "") -> Q:
    """Return the condition that a dated row is valid on ``day``; open ends are null."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_force(self, day: date | None = None) -> UnitQuerySet:
        """Units that exist on ``day`` (default: today)."""
        return self.filter(in_force(day or today()))

    def below(self, *units: Unit) -> UnitQuerySet:
        """The units themselves and everything under them."""
        condition = Q(pk__in=[])
        for unit in units:
            condition |= Q(path__startswith=unit.path)
        return self.filter(condition)


class Unit(models.Model):
    """An agency or one of its parts, as it was from ``valid_from`` to ``valid_to`` (R2.3).

    ``code`` is our public code, unique at any one time; the same code may name a later unit. ``path`` holds the
    numbers of the units above and its own ("1/55/"), so that a subtree is one index range.
    """

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, db_index=True)
    one_stop = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="served")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return str(UNIT_KINDS.get(self.kind, self.kind))

    @property
    def sort_key(self) -> tuple[str, str]:
        return sort_key(self.name)

    def holds(self, other: Unit) -> bool:
        """Whether ``other`` is this unit or stands under it."""
        return other.path.startswith(self.path)


class UnitCode(models.Model):
    """An official code of a unit under one scheme, with its dates."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "scheme", "valid_from"], name="unit_code_per_scheme")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class Succession(models.Model):
    """``old`` went, wholly or in part, into ``new`` on a day: merges have many olds, splits many news."""

    old = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    new = models.ForeignKey(Unit, models.CASCADE, related_name="origins")
    on_day = models.DateField()
    is_partial = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.old} -> {self.new}"


def new_account_code() -> str:
    """Return an opaque public code: facts and logs name people by it, so it must tell nothing."""
    return "A" + secrets.token_hex(6)


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A person who signs in: a citizen, or an official who holds posts. What facts say of the person is ``code``."""

    code = models.CharField(max_length=40, unique=True, default=new_account_code)
    username = models.CharField(max_length=80, unique=True)
    full_name = models.CharField(max_length=120)
    identity_number = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=250, blank=True)
    is_active = models.BooleanField(default=True)
    failed_sign_ins = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What a list opens with: {"workflow:my_work": {"view": 7, "query": "due=soon"}}. Here and not asked of SavedView,
    # because a list must not cost a statement more for it.
    opens_with = models.JSONField(default=dict, blank=True)

    USERNAME_FIELD = "username"

    objects = AccountManager()

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def posts_now(self) -> list[Post]:
        """Return the posts this account acts in today, its own and those delegated to it, with their units."""
        return _POSTS_ON(account=self.pk, day=today())

    @property
    def is_official(self) -> bool:
        return bool(self.posts_now)

    @property
    def role_names(self) -> list[str]:
        """Return the words for the roles held today, for the account menu."""
        return [f"{post.role_label} – {post.unit.name}" for post in self.posts_now]

    def has_role(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts_now)

    def units_as(self, *roles: str) -> Iterable[Unit]:
        """Return the units in which the account holds one of ``roles`` (any role when none is named) today."""
        return [post.unit for post in self.posts_now if not roles or post.role in roles]


class Post(models.Model):
    """A role that a person holds in a unit from one day to another."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30)
    title = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "unit", "role", "valid_from"], name="post_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} ({self.role_label}, {self.unit})"

    @property
    def role_label(self) -> str:
        return str(ROLES.get(self.role, self.role))


class Delegation(models.Model):
    """A post whose powers somebody else uses from one day to another; the post's holder keeps them too."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    to_account = models.ForeignKey(Account, models.PROTECT, related_name="delegations_received")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="delegation_dates_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.post} -> {self.to_account}"


# Every request of an official asks it: own posts and those delegated to the account, with their units.
_POSTS_ON = Question(
    lambda account, day: Post.objects.filter(
        Q(account=account)
        | Q(pk__in=Delegation.objects.filter(in_force(day), to_account=account).order_by().values("post")),
        in_force(day),
    ).select_related("unit__one_stop", "unit__parent")
)


class ApiToken(models.Model):
    """A key for machines; only its digest is kept, so it is shown once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day off, or a Saturday worked instead of another day (R4.11). Without unit it holds for everybody."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="calendar_days")
    day = models.DateField()
    kind = models.CharField(max_length=20)  # day_off | working_saturday
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="calendar_day_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class WorkingHours(models.Model):
    """The sessions in which work is done on some weekdays, from one day to another; a unit's own go before all's."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="working_hours")
    weekdays = models.JSONField()  # 0 is Monday
    sessions = models.JSONField()  # [["07:30", "11:30"], ["13:00", "17:00"]]
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.weekdays}: {self.sessions}"


class SavedView(models.Model):
    """A list's filters under a name that an account gave them; ``page`` names the list ("plans:tasks").

    With ``unit`` its head shares them: whoever holds a post in the unit may use them, the account alone changes them.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    at = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "page", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
