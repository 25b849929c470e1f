"""Filters of a list that an account keeps under a name, shares with the people of a unit, or lets a list open with."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.access import has_role_in
from motcua.organizations.events import VIEW_CHOSEN, VIEW_FORGOTTEN, VIEW_SAVED, VIEW_SHARED
from motcua.organizations.models import Account, SavedView, Unit
from motcua.organizations.queries import usable_views
from motcua.organizations.states import LEADER, UNIT_HEAD

MOST = 30  # for each list


@transaction.atomic
def save_view(*, page: str, name: str, query: str, actor: Account) -> SavedView:
    """Keep ``query`` (a query string without its "?") of the list ``page`` as ``name``; the same name is overwritten.

    Raises:
        Refused: no name, a name or query that is too long, or too many views of that list.
    """
    name, query = squash(name), query.lstrip("?")
    if not 0 < len(name) <= 80:
        raise Refused(gettext("Tên bộ lọc cần từ 1 đến 80 ký tự."), field="name")
    if len(query) > 1000 or "\0" in query + name:
        raise Refused(gettext("Bộ lọc này dài quá mức giữ được."), field="name")
    account = Account.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    owned = account.saved_views.filter(page=page)
    found = owned.filter(name=name).first()
    if found is None and owned.count() >= MOST:
        raise Refused(gettext("Đã có %(most)s bộ lọc; hãy bỏ bớt một bộ lọc.") % {"most": MOST}, field="name")
    view = found or SavedView(account=actor, page=page, name=name)
    view.query, view.at = query, now()
    view.save()
    if account.opens_with.get(page, {}).get("view") == view.pk:
        _open_with(account, page, view)
    record(VIEW_SAVED, subject=actor.code, actor=actor.code, unit="", page=page)
    return view


@transaction.atomic
def rename_view(pk: int, *, name: str, actor: Account) -> SavedView:
    """Give a view of the actor another name.

    Raises:
        Refused: it is not the actor's, the name is empty, too long or taken.
    """
    name = squash(name)
    view = SavedView.objects.select_for_update().filter(pk=pk, account=actor).first()
    if view is None:
        raise Refused(gettext("Không có bộ lọc này."))
    if not 0 < len(name) <= 80 or "\0" in name:
        raise Refused(gettext("Tên bộ lọc cần từ 1 đến 80 ký tự."), field="name")
    if SavedView.objects.filter(account=actor, page=view.page, name=name).exclude(pk=pk).exists():
        raise Refused(gettext("Bạn đã có bộ lọc “%(name)s”.") % {"name": name}, field="name")
    view.name = name
    view.save(update_fields=["name"])
    record(VIEW_SAVED, subject=actor.code, actor=actor.code, unit="", page=view.page)
    return view


@transaction.atomic
def forget_view(pk: int, *, actor: Account) -> None:
    """Drop a view of the actor; twice is once."""
    view = SavedView.objects.select_for_update().filter(pk=pk, account=actor).first()
    if view is None:
        return
    page, number = view.page, view.pk
    view.delete()
    account = Account.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    if account.opens_with.get(page, {}).get("view") == number:
        _open_with(account, page, None)
    record(VIEW_FORGOTTEN, subject=actor.code, actor=actor.code, unit="", page=page)


@transaction.atomic
def share_view(pk: int, *, unit: Unit | None, actor: Account) -> SavedView:
    """Let the people of ``unit`` use a view of the actor; None keeps it to oneself again.

    Raises:
        Refused: it is not the actor's, or the actor does not lead the unit.
    """
    view = SavedView.objects.select_for_update().filter(pk=pk, account=actor).first()
    if view is None:
        raise Refused(gettext("Không có bộ lọc này."))
    if unit is not None and not has_role_in(actor, unit, UNIT_HEAD, LEADER):
        raise Refused(gettext("Chỉ người đứng đầu đơn vị chia sẻ bộ lọc cho đơn vị."), field="unit")
    view.unit = unit
    view.save(update_fields=["unit"])
    record(VIEW_SHARED, subject=actor.code, actor=actor.code, unit=unit.code if unit else "", page=view.page)
    return view


@transaction.atomic
def open_with(page: str, *, view: int | None, actor: Account) -> None:
    """Let the list ``page`` of the actor open with a view that it may use; None: with everything again.

    Raises:
        Refused: there is no such view for the actor.
    """
    account = Account.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    found = None
    if view is not None:
        found = usable_views(actor, page).filter(pk=view).first()
        if found is None:
            raise Refused(gettext("Không có bộ lọc này."))
    _open_with(account, page, found)
    record(VIEW_CHOSEN, subject=actor.code, actor=actor.code, unit="", page=page)


def _open_with(account: Account, page: str, view: SavedView | None) -> None:
    account.opens_with.pop(page, None)
    if view is not None:
        account.opens_with[page] = {"view": view.pk, "query": view.query}
    account.save(update_fields=["opens_with"])
