"""How much a form asks (DOMAIN 5.8): what is declared of what the paper form asks, and what the State knows already."""

from dataclasses import dataclass

from motcua.procedures.rules.eforms.form import CONFIRM, DECLARED, GROUP, Eform, Field

TARGET = 0.2  # at least a fifth less to declare (seed 001 #19)


@dataclass(frozen=True)
class Burden:
    """Counts of one form; fields of a group count once, an address is one field, a pledge to tick is none.

    ``before`` is what the paper form asks, ``declared`` what the filler still types, ``reused`` what is filled in from
    a store (the applicant's own data come from the account), ``dropped`` what is no longer asked, ``known_but_asked``
    what the State has already and is typed again.
    """

    before: int
    declared: int
    required: int
    reused: int
    dropped: int
    known_but_asked: int
    attachments: int

    @property
    def cut(self) -> float:
        """The share of the paper form that need not be declared any more; 0 where it asks nothing."""
        return 1 - self.declared / self.before if self.before else 0.0

    @property
    def meets_target(self) -> bool:
        return self.before > 0 and self.declared <= self.before * (1 - TARGET)


def burden_of(form: Eform, attachments: int = 0) -> Burden:
    """Return the burden of ``form`` with the number of papers to be attached."""
    asked = [field for field in form.every_field() if _counts(field)]
    declared = [field for field in asked if field.source == DECLARED]
    reused = len(asked) - len(declared) + len(form.applicant)
    return Burden(
        before=len(asked) + len(form.applicant) + len(form.dropped),
        declared=len(declared),
        required=sum(field.required for field in declared),
        reused=reused,
        dropped=len(form.dropped),
        known_but_asked=sum(bool(field.known_to) for field in declared),
        attachments=attachments,
    )


def _counts(field: Field) -> bool:
    return field.kind not in (GROUP, CONFIRM)
