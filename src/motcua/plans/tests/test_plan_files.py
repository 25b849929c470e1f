"""Plans read and understood in the limited process: the same as here, and what was lost is an error of the reading."""

from dataclasses import replace
from pathlib import Path

from motcua.plans.plan_files import read_plan_file
from motcua.plans.rules.reader import understand
from motcua.reading.reader import read

PLAN = Path(__file__).parents[1] / "data" / "thach_chau_2023.txt"


def test_plan_from_the_limited_process_equals_the_one_read_here():
    document = read(PLAN)
    assert read_plan_file(PLAN, PLAN.name) == (document, understand(document))


def test_lost_pages_are_losses_of_the_reading():
    lost = understand(replace(read(PLAN), losses=("Trang 7–9 không đọc được: hết giờ.",)))
    assert lost.has_losses
    assert [each.message for each in lost.warnings if each.code == "page-lost"] == [
        "Trang 7–9 không đọc được: hết giờ."
    ]
