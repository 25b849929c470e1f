"""An electronic form in memory: parts of fields, each with its kind, its conditions and where its answer comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

# Kinds of field. A group repeats its fields; an address is a unit of one of the two trees with a street before it.
TEXT, LONG_TEXT, DATE, NUMBER, INTEGER, MONEY = "text", "long_text", "date", "number", "integer", "money"
CHOICE, CHOICES, CONFIRM, ADDRESS, GROUP = "choice", "choices", "confirm", "address", "group"
KINDS = (TEXT, LONG_TEXT, DATE, NUMBER, INTEGER, MONEY, CHOICE, CHOICES, CONFIRM, ADDRESS, GROUP)
NUMBERS = frozenset({NUMBER, INTEGER, MONEY})
WITH_CHOICES = frozenset({CHOICE, CHOICES})

# Where the answer comes from (DOMAIN 5.8): the filler, a store of the State, the province's own store, a computation.
DECLARED, REUSED_NATIONAL, REUSED_STORE, COMPUTED = "declared", "reused_national", "reused_store", "computed"
SOURCES = (DECLARED, REUSED_NATIONAL, REUSED_STORE, COMPUTED)

# Which store of the State holds the datum already, whether or not this form reuses it.
POPULATION, CIVIL_STATUS, BUSINESS, LAND, INSURANCE, VEHICLES, LICENCES = (
    "population", "civil_status", "business", "land", "insurance", "vehicles", "licences",
)  # fmt: skip
STORES = (POPULATION, CIVIL_STATUS, BUSINESS, LAND, INSURANCE, VEHICLES, LICENCES)

# Trees of units (DOMAIN 2.4): two levels since 1/7/2025, three until 30/6/2025; the filler chooses between both.
NEW_TREE, OLD_TREE, BOTH_TREES = "new", "old", "both"
TREES = (NEW_TREE, OLD_TREE, BOTH_TREES)

APPLICANT = ("name", "identity_number", "phone", "email", "address")

LONGEST_TEXT, LONGEST_LONG_TEXT, LONGEST_DETAIL = 500, 2000, 250
MOST_ITEMS = 30  # of a group, where the form says nothing
LONGEST_ANSWER, MOST_ALLOWED = 10_000, 100  # what a form may at most ask for: characters, items

# Patterns a text may have to follow, by the word that a form uses; Unicode-safe in JSON Schema's dialect.
PATTERNS = {
    "identity": r"^(\d{9}|\d{12})$",
    "tax": r"^\d{10}(-?\d{3})?$",
    "phone": r"^\+?\d{8,14}$",
    "year": r"^(19|20)\d{2}$",
    "plate": r"^[0-9]{2}[A-Z0-9]{1,3}[- ]?[0-9]{3}[.]?[0-9]{1,2}$",
}

Answer = str | bool


@dataclass(frozen=True)
class Condition:
    """That an earlier field has (or, negated, has not) one of ``values``; an unanswered field has none of them."""

    field: str
    values: tuple[Answer, ...]
    negated: bool = False


@dataclass(frozen=True)
class Field:
    """One thing asked. Limits are None where the kind has none: ``lowest``, ``highest`` of numbers, ``fewest``,
    ``most`` items of a group; ``longest`` characters of a text (0: the kind's own)."""

    name: str
    title: str
    kind: str = TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 0
    pattern: str = ""  # a key of PATTERNS
    lowest: int | None = None
    highest: int | None = None
    fewest: int | None = None
    most: int | None = None
    fields: tuple["Field", ...] = ()
    tree: str = ""
    when: tuple[Condition, ...] = ()  # all of them hold, or it is not asked
    source: str = DECLARED
    known_to: str = ""  # of STORES
    concept: str = ""  # what the datum is whichever form asks: "person.birth_date"; prefill goes by it


@dataclass(frozen=True)
class Part:
    """Fields under one heading."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    hint: str = ""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Dropped:
    """What the paper form asks and this one no longer does; ``known_to`` says who is asked instead ("" : nobody)."""

    title: str
    known_to: str = ""
    why: str = ""


@dataclass(frozen=True)
class Eform:
    """A whole form. ``applicant`` names the parts of the applicant's own data that the paper form asks for."""

    title: str
    parts: tuple[Part, ...] = ()
    addressee: str = ""  # Kính gửi
    pledge: str = ""
    applicant: tuple[str, ...] = APPLICANT
    dropped: tuple[Dropped, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Fields of all parts, in order; those inside groups stand in their group."""
        return tuple(field for part in self.parts for field in part.fields)

    @property
    def controlling(self) -> frozenset[str]:
        """Names of the fields on which something depends."""
        found = [one for part in self.parts for one in part.when]
        return frozenset(one.field for one in [*found, *(one for field in self.every_field() for one in field.when)])

    def every_field(self) -> Iterator[Field]:
        """Yield all fields, a group before the fields in it."""
        for field in self.fields:
            yield field
            yield from field.fields

    def find(self, name: str) -> Field | None:
        """Return the field of that name at the top, or None."""
        return next((field for field in self.fields if field.name == name), None)
