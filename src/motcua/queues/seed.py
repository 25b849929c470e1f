"""The demonstration's hall: four groups and four windows at the provincial centre, two days up to now."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from motcua.base.clock import now
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.states import ONE_STOP, RECEPTION
from motcua.queues.actions.days import end_days_before
from motcua.queues.actions.halls import set_up_group, set_up_hall, set_up_window
from motcua.queues.actions.simulating import simulate_day
from motcua.queues.models import Hall

CENTRE = "H27.TTHCC"
CODE = "TTHCC"
DAYS, PEOPLE, SEED = 2, 44, 4683
GROUPS = [
    # letter, name, English, usual minutes, appointments in a slot
    ("A", "Đất đai, xây dựng", "Land and building", 12, 2),
    ("B", "Tư pháp, hộ tịch, chứng thực", "Civil status and certification", 8, 2),
    ("C", "Đăng ký kinh doanh, đầu tư", "Business and investment", 10, 1),
    ("D", "Nhận kết quả, hỏi đáp", "Results and questions", 4, 0),
]
WINDOWS = {1: "AD", 2: "BC", 3: "BD", 4: "AC"}


@transaction.atomic
def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Set the hall up and let some days pass in it; does nothing when there is one, or the centre is not there."""
    unit = Unit.objects.in_force().filter(code=CENTRE, kind=ONE_STOP).first()
    if unit is None or Hall.objects.exists():
        return
    hall = set_up_hall(CODE, name="Sảnh tầng 1", unit=unit, actor=None)
    for letter, name, name_en, minutes, appointments in GROUPS:
        set_up_group(
            hall, letter, name=name, name_en=name_en, usual_minutes=minutes, appointments=appointments, actor=None
        )
    for number, letters in WINDOWS.items():
        set_up_window(hall, number, letters=list(letters), actor=None)
    officers = {number: _officer(unit, number) for number in (1, 2)}  # the others wait for a visitor to open them
    at = now()
    days = [at.date() - timedelta(days=back) for back in range(20, -1, -1)]
    try:
        calendar = calendar_for(unit.code)
        days = [day for day in days if calendar.is_working_day(day)][-DAYS:]
    except CalendarRefused:
        days = []
    for done, day in enumerate(days):
        progress("Sảnh một cửa", done, len(days))
        simulate_day(hall, day, people=PEOPLE, officers=officers, until=at, seed=SEED + day.toordinal())
    end_days_before(at.date())
    progress("Sảnh một cửa", 1, 1)


def _officer(unit: Unit, number: int) -> Account:
    account = open_account(
        username=f"quay{number}.{CODE.lower()}", full_name=f"Người thử quầy {number}", password=None, actor=""
    )
    give_post(account, unit=unit, role=RECEPTION, valid_from=unit.valid_from, actor="")
    return account
