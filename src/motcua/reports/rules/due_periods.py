"""Which periods a regime asks reports for: a quarter that a longer report replaces is not reported (DOMAIN 8.1)."""

from datetime import date

from motcua.base.refusal import Refused
from motcua.reports.rules.periods import ReportPeriod, regime_rules

_LONGER = {"H1": ("half", 1), "H2": ("half", 2), "year": ("year", 1)}
_LETTERS = {"quarter": "Q", "half": "H"}


def reported_as(period: ReportPeriod, regime: str) -> ReportPeriod:
    """Return the period whose report covers ``period``: under cchc the half year instead of quarter II.

    Raises:
        Refused: the regime knows no reports of that kind.
    """
    rules = regime_rules(regime)
    if period.kind not in rules["kinds"]:
        raise Refused(f"“{rules['name']}” không có báo cáo cho kỳ {period.label}.", field="period")
    instead = rules.get("replaced", {}).get(f"{_LETTERS.get(period.kind, '')}{period.index}")
    if instead is None:
        return period
    kind, index = _LONGER[instead]
    return reported_as(ReportPeriod(period.year, kind, index), regime)


def check_due(period: ReportPeriod, regime: str) -> None:
    """Do nothing where the regime asks for a report of ``period``.

    Raises:
        Refused: it asks for none, or a longer report replaces it (which one is said).
    """
    instead = reported_as(period, regime)
    if instead != period:
        raise Refused(
            f"{period.label} không lập báo cáo riêng: báo cáo {instead.label[:1].lower()}{instead.label[1:]} thay thế "
            f"(kỳ {instead.code}).",
            field="period",
        )


def due_periods(regime: str, year: int) -> list[ReportPeriod]:
    """Return the periods of a year that are reported, by the end of their windows."""
    counts = {"month": 12, "quarter": 4, "half": 2, "year": 1}
    all_of = [
        ReportPeriod(year, kind, index)
        for kind in regime_rules(regime)["kinds"]
        for index in range(1, counts[kind] + 1)
    ]
    return sorted(
        (period for period in all_of if reported_as(period, regime) == period),
        key=lambda period: (period.window(regime).last, period.window(regime).first),
    )


def last_due(regime: str, day: date) -> ReportPeriod:
    """Return the period whose window closed last before or on ``day``; of two, the longer one.

    A month counts only where the regime has nothing else: a quarter is what is looked for beside it.
    """
    has_only_months = regime_rules(regime)["kinds"] == ["month"]
    closed = [
        period
        for year in (day.year - 1, day.year)
        for period in due_periods(regime, year)
        if period.window(regime).last <= day and (period.kind != "month" or has_only_months)
    ]
    return max(closed, key=lambda period: (period.window(regime).last, -period.window(regime).first.toordinal()))


def before(period: ReportPeriod, regime: str) -> ReportPeriod | None:
    """Return the reported period just before, whose window ends the day before this one begins; None if none does."""
    first = period.window(regime).first
    for year in (period.year, period.year - 1):
        for other in reversed(due_periods(regime, year)):
            window = other.window(regime)
            if window.last.toordinal() + 1 == first.toordinal():
                return other
    return None
