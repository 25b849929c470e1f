"""What happens to one dossier, planned: a list of moments along its route, in working time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from motcua.dossiers.simulation.calibration import (
    RATED_SHARE,
    REFUSED_SHARE,
    SATISFIED_SHARE,
    SENT_BACK_SHARE,
    STOPPED_SHARE,
    SUPPLEMENT_SHARE,
    WITHDRAWN_SHARE,
    Habit,
)
from motcua.organizations.rules.working_time import WorkingCalendar

DAY_MINUTES = 480
RESULT = "Chấp thuận theo đề nghị"
ITEMS = "Bản sao giấy tờ còn thiếu theo thành phần hồ sơ"
REASONS = {
    "refuse": "Không thuộc thẩm quyền giải quyết",
    "withdraw": "Người nộp không còn nhu cầu",
    "stop": "Không đủ điều kiện tiếp tục giải quyết",
    "send_back": "Bổ sung căn cứ vào dự thảo",
}

# What one step does to reach the next: the phase of the step, the phase after it -> the action.
PROPOSING = ("propose", "approve")


@dataclass(frozen=True)
class Step:
    """A step of the route as a life sees it: its phase and who does it (account code)."""

    phase: str
    actor: str


@dataclass(frozen=True)
class Life:
    """What is known when a dossier is filed."""

    filed_at: datetime
    is_online: bool
    has_fee: bool
    applicant: str  # account code, "" for one at the counter
    steps: Sequence[Step]
    legal_minutes: int
    habit: Habit


@dataclass(frozen=True)
class Planned:
    """One action: name, when, by whom, words, method: the fields of ``actions.past.Moment``."""

    action: str
    at: datetime
    actor: str
    words: str = ""
    method: str = ""


def plan(life: Life, calendar: WorkingCalendar, draw: Random) -> list[Planned]:
    """Return what happens to a dossier from its filing on, in order; the caller cuts it off at the present."""
    moments: list[Planned] = []
    counter = life.steps[0].actor
    received_at = life.filed_at
    if life.is_online:
        received_at = _later(calendar, life.filed_at, draw.randint(5, 200), draw)
        if draw.random() < REFUSED_SHARE:
            return [Planned("refuse", received_at, counter, REASONS["refuse"])]
        moments.append(Planned("receive", received_at, counter))
    handling, decided_at = _handled(life, calendar, received_at, draw)
    moments += _ended_early(handling, life, draw) or handling
    if life.has_fee and moments[-1].action == "approve":
        moments = _with_payment(moments, life, calendar, received_at, draw)
    if moments[-1].action == "approve" or moments[-1].action == "take_payment":
        moments += _returned(life, calendar, max(decided_at, moments[-1].at), draw)
    return moments


def _handled(
    life: Life, calendar: WorkingCalendar, received_at: datetime, draw: Random
) -> tuple[list[Planned], datetime]:
    """Return the moves from reception to the decision, and when that is; the applicant's time comes on top."""
    minutes = _minutes_to_decision(life, draw)
    weights = [draw.uniform(0.3, 1.0) * (4 if step.phase == "handle" else 1) for step in life.steps[:-1]]
    # The counter hands over within the first working hours; what is left is shared by the others.
    first = min(draw.randint(5, 150), minutes // 4)
    rest = sum(weights[1:]) or 1
    moments, at, after = [], received_at, first
    has_supplement = draw.random() < SUPPLEMENT_SHARE
    for number, (step, following) in enumerate(zip(life.steps, life.steps[1:], strict=False)):
        if number:
            after = round((minutes - first) * weights[number] / rest)
            if step.phase == "handle" and has_supplement:
                has_supplement = False
                asked_at = _later(calendar, at, after // 3, draw)
                at = _later(calendar, asked_at, draw.randint(200, 8 * DAY_MINUTES), draw)
                after -= after // 3
                who = life.applicant or life.steps[0].actor
                moments.append(Planned("request_supplement", asked_at, step.actor, ITEMS))
                moments.append(Planned("supply", at, who, "Đã bổ sung đủ"))
            elif step.phase in PROPOSING and draw.random() < SENT_BACK_SHARE:
                at = _later(calendar, at, after // 3, draw)
                moments.append(Planned("send_back", at, step.actor, REASONS["send_back"]))
                at = _later(calendar, at, after // 3, draw)
                earlier = life.steps[number - 1]
                moments.append(Planned(_leads_to(step.phase), at, earlier.actor, RESULT))
                after -= 2 * (after // 3)
        at = _later(calendar, at, after, draw)
        action = _leads_to(following.phase)
        moments.append(Planned(action, at, step.actor, RESULT if action == "propose" else ""))
    return moments, at


def _leads_to(next_phase: str) -> str:
    """Return the action that leads to a step of ``next_phase``."""
    if next_phase == "return":
        return "approve"
    return "propose" if next_phase in PROPOSING else "forward"


def _minutes_to_decision(life: Life, draw: Random) -> int:
    """Return the working minutes from reception to the decision: late as often as published, else about the mean."""
    legal = max(life.legal_minutes, 30)
    if draw.random() < life.habit.late_share:
        return legal + 1 + min(int(draw.expovariate(1 / (2.5 * DAY_MINUTES))), 40 * DAY_MINUTES)
    mean = min(max(life.habit.mean_days * DAY_MINUTES / legal, 0.15), 0.75)
    return max(10, int(legal * draw.betavariate(4 * mean, 4 * (1 - mean)) * 0.98))


def _ended_early(moments: Sequence[Planned], life: Life, draw: Random) -> list[Planned]:
    """Return the moments of a dossier that is withdrawn or stopped midway; [] for all others."""
    chance = draw.random()
    if chance > WITHDRAWN_SHARE + STOPPED_SHARE or len(moments) < 3:
        return []
    kept = list(moments[: draw.randint(1, len(moments) - 2)])
    action = "withdraw" if chance < WITHDRAWN_SHARE else "stop"
    actor = life.applicant or life.steps[0].actor
    if action == "stop":
        actor = next((step.actor for step in life.steps if step.phase == "approve"), actor)
    at = kept[-1].at + (moments[len(kept)].at - kept[-1].at) / 2
    if action == "withdraw":  # after reception it is asked, and answered by whoever holds the dossier
        following = moments[len(kept) :]
        holder = next(moment.actor for moment in following if moment.action != "supply")
        answered_at = at + (following[0].at - at) / 2
        return [
            *kept,
            Planned("ask_withdrawal", at, actor, REASONS[action]),
            Planned("confirm_withdrawal", answered_at, holder),
        ]
    return [*kept, Planned(action, at, actor, REASONS[action])]


def _with_payment(
    moments: list[Planned], life: Life, calendar: WorkingCalendar, received_at: datetime, draw: Random
) -> list[Planned]:
    """Return the moments with the payment: online soon after reception, in cash when the result is fetched."""
    counter = life.steps[0].actor
    if draw.random() < life.habit.paid_online_share:
        paid_at = _later(calendar, received_at, draw.randint(5, DAY_MINUTES), draw)
        paid_at = min(paid_at, moments[-1].at)
        paid = Planned("take_payment", paid_at, counter, f"GD{draw.randrange(10**9):09d}", "online")
        return sorted([*moments, paid], key=lambda moment: (moment.at, moment.action == "approve"))
    paid_at = _later(calendar, moments[-1].at, draw.randint(30, 2 * DAY_MINUTES), draw)
    return [*moments, Planned("take_payment", paid_at, counter, "", "cash")]


def _returned(life: Life, calendar: WorkingCalendar, after: datetime, draw: Random) -> list[Planned]:
    returned_at = _later(calendar, after, draw.randint(10, 3 * DAY_MINUTES), draw)
    method = "online" if life.is_online and draw.random() < 0.7 else "in_person"
    moments = [Planned("return", returned_at, life.steps[-1].actor, "", method)]
    if life.applicant and draw.random() < RATED_SHARE:
        answer = "yes" if draw.random() < SATISFIED_SHARE else "no"
        rated_at = returned_at + timedelta(minutes=draw.randint(5, 2000))
        moments.append(Planned("rate", rated_at, life.applicant, "", answer))
    return moments


def _later(calendar: WorkingCalendar, start: datetime, minutes: int, draw: Random) -> datetime:
    """Return ``start`` and so many working minutes, with seconds: people do not act on the full minute."""
    at = calendar.add_working_minutes(start, max(minutes, 1))
    return max(at + timedelta(seconds=draw.randrange(60)), start)
