"""How long a procedure really takes here. Modules above that know it offer it in a file ``usual_times.py``."""

from dataclasses import dataclass

from motcua.base.modules import offered


@dataclass(frozen=True)
class UsualTime:
    """Working time of the dossiers resolved lately: the middle one, and what nine of ten did not exceed."""

    dossiers: int
    median_hours: float
    nine_of_ten_hours: float

    @property
    def median_days(self) -> float:
        """Working days of eight hours (R4.03)."""
        return self.median_hours / 8

    @property
    def nine_of_ten_days(self) -> float:
        return self.nine_of_ten_hours / 8


def usual_time_of(procedure_code: str) -> UsualTime | None:
    """Return the usual time of the last twelve months; None where too few dossiers tell it, or nobody keeps any."""
    for module in offered("usual_times"):
        found: UsualTime | None = module.usual_time_of(procedure_code)
        if found is not None:
            return found
    return None
