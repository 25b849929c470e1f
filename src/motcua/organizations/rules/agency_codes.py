"""Codes of agencies in the two orders that coexist (DOMAIN 4.8, 4.9): which agency under which, whatever the order.

QCVN 102:2016 writes the lowest agency first, padded with zeros: ``000.17.22.H56`` is 17 under 22 under H56. Decision
20/2020 writes the highest first, in groups of letters and digits, 35 characters at most: ``H56.22.17``.
"""

import re
from dataclasses import dataclass

QCVN_102, DECISION_20 = "qcvn102", "decision20"
LONGEST = 35  # of a code under Decision 20/2020
_QCVN = re.compile(r"(\d{3})\.(\d{2})\.(\d{2})\.([A-Z]\d{2})")
_DECISION = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*")


@dataclass(frozen=True)
class AgencyCode:
    """A code that was understood: its scheme, and the agency's place from the highest level down."""

    scheme: str
    levels: tuple[str, ...]  # ("H56", "22", "17"): levels that the code leaves empty are not there

    @property
    def province(self) -> str:
        """The level-1 agency: a province (H…) or a ministry (G…)."""
        return self.levels[0]


def read_agency_code(code: str, scheme: str = "") -> AgencyCode:
    """Return what ``code`` says under ``scheme``, or under the one whose form it has.

    >>> read_agency_code("000.17.22.H56").levels
    ('H56', '22', '17')
    >>> read_agency_code("H56.22.17").levels
    ('H56', '22', '17')

    Raises:
        ValueError: it is of neither form, or not of the form of ``scheme``.
    """
    qcvn = _QCVN.fullmatch(code)
    if qcvn and scheme in ("", QCVN_102):
        lowest, third, second, first = qcvn.groups()
        levels = (first, second, third, lowest)
        kept = max((place for place, group in enumerate(levels) if group.strip("0")), default=0)
        return AgencyCode(QCVN_102, levels[: kept + 1])
    if not qcvn and scheme in ("", DECISION_20) and len(code) <= LONGEST and _DECISION.fullmatch(code):
        return AgencyCode(DECISION_20, tuple(code.split(".")))
    raise ValueError(f"not a code of an agency: {code!r}")


def is_agency_code(code: str, scheme: str) -> bool:
    """Say whether ``code`` has the form of ``scheme``; schemes that are not of agencies have no form to keep."""
    if scheme not in (QCVN_102, DECISION_20):
        return True
    try:
        read_agency_code(code, scheme)
    except ValueError:
        return False
    return True
