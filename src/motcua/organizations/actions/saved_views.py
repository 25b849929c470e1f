"""Filters of a list that an account keeps under a name."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.events import VIEW_FORGOTTEN, VIEW_SAVED
from motcua.organizations.models import Account, SavedView

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
    owned = Account.objects.select_for_update(of=("self",)).get(pk=actor.pk).saved_views.filter(page=page)
    found = owned.filter(name=name).first()
    if found is None and owned.count() >= MOST:
        raise Refused(gettext("Đã có %(most)s bộ lọc; hãy bỏ bớt một bộ lọc.") % {"most": MOST}, field="name")
    view = found or SavedView(account=actor, page=page, name=name)
    view.query, view.at = query, now()
    view.save()
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
    page = view.page
    view.delete()
    record(VIEW_FORGOTTEN, subject=actor.code, actor=actor.code, unit="", page=page)
