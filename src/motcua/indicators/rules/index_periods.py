"""Periods over which the index is scored: calendar months, quarters and the year to date (DOMAIN 3.7). Pure.

The portal takes calendar quarters here, not the 15th to 14th of the reform reports.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from motcua.base.refusal import Refused

MONTH, QUARTER, YEAR = "month", "quarter", "year"
_CODE = re.compile(r"(20\d\d)(?:(Q)([1-4])|(M)(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True)
class IndexPeriod:
    """A month ("2026M10"), a quarter ("2026Q3") or a year ("2026")."""

    year: int
    kind: str
    number: int = 0

    @classmethod
    def parse(cls, code: str) -> "IndexPeriod":
        """Return the period of a code.

        Raises:
            Refused: there is no such period.
        """
        found = _CODE.fullmatch(code)
        if found is None:
            words = gettext("“%(code)s” không phải là kỳ: viết 2026, 2026Q3 hoặc 2026M10.")
            raise Refused(words % {"code": code[:20]}, field="period")
        year, is_quarter, quarter, is_month, month = found.groups()
        if is_quarter:
            return cls(int(year), QUARTER, int(quarter))
        return cls(int(year), MONTH, int(month)) if is_month else cls(int(year), YEAR)

    @classmethod
    def of_month(cls, day: date) -> "IndexPeriod":
        return cls(day.year, MONTH, day.month)

    @property
    def code(self) -> str:
        if self.kind == YEAR:
            return str(self.year)
        return f"{self.year}Q{self.number}" if self.kind == QUARTER else f"{self.year}M{self.number:02}"

    @property
    def label(self) -> str:
        """The period in the words of a report."""
        if self.kind == YEAR:
            return gettext("năm %(year)s") % {"year": self.year}
        if self.kind == QUARTER:
            return gettext("quý %(number)s/%(year)s") % {"number": self.number, "year": self.year}
        return gettext("tháng %(number)s/%(year)s") % {"number": f"{self.number:02}", "year": self.year}

    @property
    def first(self) -> date:
        return date(self.year, self._first_month, 1)

    @property
    def last(self) -> date:
        month = {YEAR: 12, QUARTER: self._first_month + 2, MONTH: self.number}[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def _first_month(self) -> int:
        return {YEAR: 1, QUARTER: 3 * self.number - 2, MONTH: self.number}[self.kind]

    def before(self) -> "IndexPeriod":
        """Return the period of the same length that ended the day before this one began."""
        if self.kind == YEAR:
            return IndexPeriod(self.year - 1, YEAR)
        if self.number > 1:
            return IndexPeriod(self.year, self.kind, self.number - 1)
        return IndexPeriod(self.year - 1, self.kind, 4 if self.kind == QUARTER else 12)


def periods_until(day: date, years: int = 2) -> list[IndexPeriod]:
    """Return the periods that began by ``day``, newest first: years, quarters and months of ``years`` years."""
    found = []
    for year in range(day.year, day.year - years, -1):
        found.append(IndexPeriod(year, YEAR))
        found += [IndexPeriod(year, QUARTER, number) for number in range(4, 0, -1)]
        found += [IndexPeriod(year, MONTH, number) for number in range(12, 0, -1)]
    return [each for each in found if each.first <= day]
