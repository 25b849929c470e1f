"""What people do themselves: take a number, book an appointment, come to it, give a number up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.queues import events
from motcua.queues.actions.finding import group_in_use, hall_in_use, lock_ticket
from motcua.queues.actions.limiting import count_request
from motcua.queues.actions.numbering import next_label
from motcua.queues.actions.telling import tell
from motcua.queues.models import ServiceGroup, Ticket
from motcua.queues.opening import opening_of, slots_for
from motcua.queues.rules.hall_rules import HallRules, hall_rules_on
from motcua.queues.rules.labels import series_of
from motcua.queues.rules.priorities import priorities_on
from motcua.queues.states import APPOINTMENT, BOOKED, CANCELLED, CHANNELS, WAITING
from motcua.ui.rules.numbers import as_instant


@transaction.atomic
def take_number(
    hall_code: str,
    *,
    group: str,
    channel: str,
    priority: str = "",
    address: str = "",
    actor: Account | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Give the next number of a group to somebody who stands in the hall.

    ``address`` is where the request comes from, for counting only. ``actor`` is the officer who takes it for somebody.

    Raises:
        Http404: no such hall.
        Refused: the hall is closed, no such group or priority, or too many were asked for.
    """
    at = (at or now()).astimezone(VIETNAM)
    hall, rules = hall_in_use(hall_code), hall_rules_on(at.date())
    opening = opening_of(hall, at)
    if not opening.is_open:
        raise Refused(_closed_words(opening.opens_at))
    chosen = group_in_use(hall, group)
    if priority and priority not in {each.code for each in priorities_on(at.date())}:
        raise Refused(gettext("Không có diện ưu tiên này."), field="priority")
    if channel not in CHANNELS:
        raise Refused(gettext("Không có cách lấy số này."), field="channel")
    count_request(hall, address, rules, at=at)

    ticket = Ticket.objects.create(
        hall=hall,
        unit=hall.unit,
        group=chosen,
        day=at.date(),
        label=next_label(hall, at.date(), series_of(chosen.letter, is_appointment=False)),
        channel=channel,
        priority=priority,
        taken_at=at,
        lined_up_at=at,
    )

    tell(events.TAKEN, ticket, actor=actor, at=at, group=group, channel=channel, is_favoured=bool(priority))
    return ticket


def _closed_words(opens_at: datetime | None) -> str:
    if opens_at is None:
        return gettext("Bộ phận Một cửa đang đóng cửa.")
    return gettext("Bộ phận Một cửa đang đóng cửa, mở lại lúc %(when)s.") % {"when": as_instant(opens_at, VIETNAM)}


@transaction.atomic
def book(
    hall_code: str, *, group: str, appointed_at: datetime, address: str = "", at: datetime | None = None
) -> Ticket:
    """Book an appointment; the person is asked for nothing and known by the code alone.

    Raises:
        Http404: no such hall.
        Refused: no such group, the slot is no slot, over or full, or too many were asked for.
    """
    at = (at or now()).astimezone(VIETNAM)
    hall = hall_in_use(hall_code)
    # The group's row is what two who want the last place wait for.
    chosen = ServiceGroup.objects.select_for_update().get(pk=group_in_use(hall, group).pk)
    chosen.hall = hall
    if appointed_at not in {slot.at for slot in slots_for(chosen, at)}:
        raise Refused(gettext("Giờ hẹn này không còn chỗ. Hãy chọn giờ khác."), field="appointed_at")
    count_request(hall, address, hall_rules_on(at.date()), at=at)

    day = appointed_at.astimezone(VIETNAM).date()
    ticket = Ticket.objects.create(
        hall=hall,
        unit=hall.unit,
        group=chosen,
        day=day,
        label=next_label(hall, day, series_of(chosen.letter, is_appointment=True)),
        channel=APPOINTMENT,
        state=BOOKED,
        booked_at=at,
        appointed_at=appointed_at,
    )

    tell(events.BOOKED, ticket, actor=None, at=at, group=group, appointed_at=appointed_at.isoformat())
    return ticket


@transaction.atomic
def arrive(code: str, *, actor: Account | None = None, at: datetime | None = None) -> Ticket:
    """Put somebody who came to an appointment into the line.

    Raises:
        Http404: no such ticket.
        Refused: too early, too late, or there is no appointment to come to.
    """
    at = (at or now()).astimezone(VIETNAM)
    ticket = lock_ticket(code)
    ticket.enter(WAITING)
    if ticket.appointed_at is None or ticket.booked_at is None or ticket.taken_at is not None:
        raise Refused(gettext("Số %(label)s không phải là số đặt hẹn.") % {"label": ticket.label})
    if reason := _misfit_of_arrival(ticket.appointed_at, hall_rules_on(ticket.day), at):
        raise Refused(reason)

    ticket.taken_at = ticket.lined_up_at = at
    ticket.save(update_fields=["state", "taken_at", "lined_up_at"])

    tell(events.ARRIVED, ticket, actor=actor, at=at)
    return ticket


def _misfit_of_arrival(appointed_at: datetime, rules: HallRules, at: datetime) -> str:
    words = {"when": as_instant(appointed_at, VIETNAM), "minutes": rules.check_in_before_minutes}
    if at < appointed_at - timedelta(minutes=rules.check_in_before_minutes):
        return gettext("Hẹn lúc %(when)s: chỉ báo có mặt được từ %(minutes)s phút trước giờ hẹn.") % words
    if at > appointed_at + timedelta(minutes=rules.check_in_after_minutes):
        return gettext("Đã quá giờ hẹn %(when)s. Hãy lấy số mới.") % words
    return ""


@transaction.atomic
def cancel(code: str, *, actor: Account | None = None, at: datetime | None = None) -> Ticket:
    """Give a number or an appointment up.

    Raises:
        Http404: no such ticket.
        Refused: it is at a window already, or over.
    """
    at = at or now()
    ticket = lock_ticket(code)
    if ticket.state not in (BOOKED, WAITING):
        raise Refused(
            gettext("Số %(label)s: %(state)s, không hủy được nữa.")
            % {"label": ticket.label, "state": ticket.state_label.lower()}
        )

    ticket.enter(CANCELLED)
    ticket.ended_at = at
    ticket.save(update_fields=["state", "ended_at"])

    tell(events.CANCELLED, ticket, actor=actor, at=at)
    return ticket
