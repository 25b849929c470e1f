"""How much, how late, how long, how paid: read from the published counts of 2026 (see data/README.md)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COUNTS = Path(__file__).parent.parent / "data" / "dossier_counts_2026.csv"

ONLINE_SHARE = 0.949  # of the nation's dossiers, 2026 to 10 October
POST_SHARE = 0.006  # assumed: no published figure splits the rest
FEE_SHARE = 0.61  # of Gia Lai's dossiers; for units that published none
PAID_ONLINE_SHARE = 0.92  # of those with a fee; for units that published none
# Assumed, no published figure: supplements, refusals, withdrawals, stops, reworks, digitised papers, ratings.
SUPPLEMENT_SHARE = 0.04
REFUSED_SHARE = 0.012
WITHDRAWN_SHARE = 0.008
STOPPED_SHARE = 0.004
SENT_BACK_SHARE = 0.03
DIGITISED_SHARE = 0.82
RATED_SHARE = 0.35
SATISFIED_SHARE = 0.965
SHOWCASE_SHARE = 0.04  # of all dossiers, for each unit of the walk: real shares would leave them with a few
MODEL_PROVINCE = "H21"  # Gia Lai: the only province whose departments are published one by one


@dataclass(frozen=True)
class Habit:
    """What a unit does: its load, how much is late, mean days of handling, how much has a fee, is paid online."""

    weight: float
    late_share: float
    mean_days: float
    fee_share: float = FEE_SHARE
    paid_online_share: float = PAID_ONLINE_SHARE


@dataclass(frozen=True)
class Calibration:
    """Habits of departments by name, the habits that communes have, and what all departments do together."""

    departments: dict[str, Habit]
    communes: tuple[Habit, ...]
    commune_load: float  # dossiers of all communes of the model province
    usual_department: Habit

    def department(self, name: str) -> Habit:
        """Return the habit of the department of that name, or the usual one with the load of a small department."""
        return self.departments.get(name, self.usual_department)


@cache
def calibration() -> Calibration:
    """Read the published counts."""
    with COUNTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    departments = {row["name"]: _habit(row) for row in rows if row["level"] == "department" and int(row["received"])}
    communes = tuple(_habit(row) for row in rows if row["level"] == "commune")
    province = next(row for row in rows if row["code"] == MODEL_PROVINCE)
    small = [habit for habit in departments.values() if habit.weight < 1_000]
    return Calibration(
        departments=departments,
        communes=communes,
        commune_load=int(province["received"]) - sum(habit.weight for habit in departments.values()),
        usual_department=Habit(
            weight=sum(habit.weight for habit in small) / len(small),
            late_share=sum(habit.weight * habit.late_share for habit in small) / sum(habit.weight for habit in small),
            mean_days=sum(habit.weight * habit.mean_days for habit in small) / sum(habit.weight for habit in small),
        ),
    )


def _habit(row: dict[str, str]) -> Habit:
    received = int(row["received"])
    with_fee, online = int(row["dossiers_with_fee"] or 0), int(row["paid_online"] or 0)
    return Habit(
        received,
        int(row["overdue"]) / received,
        float(row["avg_processing_days"]),
        fee_share=with_fee / received if row["dossiers_with_fee"] else FEE_SHARE,
        paid_online_share=online / with_fee if with_fee else PAID_ONLINE_SHARE,
    )
