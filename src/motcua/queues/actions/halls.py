"""Setting up a hall: its groups of services and its windows. Nothing is deleted: old tickets keep their group."""

import re
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account, Unit
from motcua.queues import events
from motcua.queues.access import may_set_up
from motcua.queues.models import Hall, ServiceGroup, Ticket, Window
from motcua.queues.states import AT_WINDOW, CLOSED

_CODE, _LETTER = re.compile(r"^[A-Za-z0-9-]{1,20}$"), re.compile(r"^[A-Z]$")
MOST_WINDOWS, MOST_MINUTES, MOST_APPOINTMENTS = 200, 240, 50


@transaction.atomic
def set_up_hall(code: str, *, name: str, unit: Unit, actor: Account | None, is_in_use: bool = True) -> Hall:
    """Establish a hall of a unit, or change its name or whether it is in use; without ``actor`` the seed does it.

    Raises:
        Http404: the hall is another's.
        Refused: no name, or a code that is no code.
    """
    name = squash(name)
    if not _CODE.match(code):
        raise Refused(
            gettext("Mã sảnh chỉ gồm chữ không dấu, chữ số và dấu gạch ngang, dài nhất 20 ký tự."), field="code"
        )
    if not name:
        raise Refused(gettext("Hãy đặt tên cho sảnh."), field="name")
    hall = Hall.objects.select_for_update(of=("self",)).select_related("unit").filter(code=code).first()
    hall = hall or Hall(code=code, unit=unit)
    if actor is not None and not may_set_up(actor, hall):
        raise Http404

    hall.name, hall.unit, hall.is_in_use = name[:120], unit, is_in_use
    hall.save()

    _tell(events.HALL_SET_UP, hall, actor, is_in_use=is_in_use)
    return hall


@transaction.atomic
def set_up_group(
    hall: Hall,
    letter: str,
    *,
    name: str,
    name_en: str = "",
    usual_minutes: int = 10,
    appointments: int = 0,
    is_in_use: bool = True,
    actor: Account | None,
) -> ServiceGroup:
    """Add a group of services to a hall, or change it.

    Raises:
        Http404: the hall is another's.
        Refused: no letter, no name, or numbers that make no sense.
    """
    if actor is not None and not may_set_up(actor, hall):
        raise Http404
    name = squash(name)
    if not _LETTER.match(letter):
        raise Refused(gettext("Ký hiệu của nhóm là một chữ cái từ A đến Z."), field="letter")
    if not name:
        raise Refused(gettext("Hãy đặt tên cho nhóm dịch vụ."), field="name")
    if not 1 <= usual_minutes <= MOST_MINUTES or not 0 <= appointments <= MOST_APPOINTMENTS:
        raise Refused(
            gettext("Số phút phải từ 1 đến %(minutes)s, số chỗ hẹn từ 0 đến %(places)s.")
            % {"minutes": MOST_MINUTES, "places": MOST_APPOINTMENTS},
            field="usual_minutes",
        )

    group, _is_new = ServiceGroup.objects.update_or_create(
        hall=hall,
        letter=letter,
        defaults={
            "name": name[:120],
            "name_en": squash(name_en)[:120],
            "position": ord(letter) - ord("A") + 1,
            "usual_minutes": usual_minutes,
            "appointments": appointments,
            "is_in_use": is_in_use,
        },
    )

    _tell(events.GROUP_SET_UP, hall, actor, letter=letter, is_in_use=is_in_use)
    return group


@transaction.atomic
def set_up_window(
    hall: Hall, number: int, *, letters: list[str], is_in_use: bool = True, actor: Account | None
) -> Window:
    """Add a window to a hall, or change which groups it serves.

    Raises:
        Http404: the hall is another's.
        Refused: a number that makes no sense, unknown groups, none, or the window is open and would go out of use.
    """
    if actor is not None and not may_set_up(actor, hall):
        raise Http404
    if not 1 <= number <= MOST_WINDOWS:
        raise Refused(gettext("Số quầy phải từ 1 đến %(most)s.") % {"most": MOST_WINDOWS}, field="number")
    groups = list(hall.groups.filter(letter__in=letters))
    if not groups or len(groups) != len(set(letters)):
        raise Refused(gettext("Hãy chọn ít nhất một nhóm dịch vụ của sảnh."), field="letters")
    Window.objects.get_or_create(hall=hall, number=number)
    window = Window.objects.select_for_update().get(hall=hall, number=number)
    if not is_in_use and (window.state != CLOSED or Ticket.objects.filter(window=window, state__in=AT_WINDOW).exists()):
        raise Refused(gettext("Quầy đang mở: đóng quầy trước khi ngừng dùng."), field="is_in_use")

    window.is_in_use = is_in_use
    window.save(update_fields=["is_in_use"])
    window.groups.set(groups)

    _tell(events.WINDOW_SET_UP, hall, actor, number=number, letters=sorted(set(letters)), is_in_use=is_in_use)
    return window


def _tell(event: events.Event, hall: Hall, actor: Account | None, **data: Any) -> None:
    record(event, subject=hall.code, actor=actor.code if actor else "", unit=hall.unit.code, **data)
