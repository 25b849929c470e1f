"""Filters for money, days and numbers; tags for due instants, fields, filters and sorting."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from motcua.base.clock import VIETNAM, now
from motcua.ui.forms import dress, with_errors
from motcua.ui.rules import bar, due, numbers

register = template.Library()
EMPTY = ("", None)


@register.filter
def vnd(amount: int | Decimal | None) -> str:
    """``1234567`` as ``1.234.567 ₫``."""
    return "" if amount in EMPTY else f"{numbers.grouped(amount, 0)}\u00a0₫"


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """``1234.5`` as ``1.234,5``."""
    return "" if value in EMPTY else numbers.grouped(value, decimals)


@register.filter
def percent(part: int | float | Decimal | None, whole: int | float | Decimal | None = None) -> str:
    """A ratio ``0.8333`` as ``83,3 %``, or ``10|percent:12``; nothing of nothing is a dash."""
    return "–" if part in EMPTY else numbers.as_percent(part, whole)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date, or an instant's day in Vietnam, as ``09/02/2026``."""
    return numbers.as_day(value, VIETNAM) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """An instant as ``16:30 09/02/2026`` in Vietnam's zone."""
    return numbers.as_instant(value, VIETNAM) if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """The machine's form for ``<time datetime>``."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(VIETNAM)
    return value.isoformat() if value else ""


def words(distance: due.Distance) -> str:
    """Return the words for ``distance`` in the reader's language."""
    if distance.tone == "done":
        return gettext("xong trễ hạn") if distance.was_late else gettext("xong đúng hạn")
    if distance.tone == "paused":
        return gettext("tạm dừng tính giờ")
    n, late = distance.count, distance.tone == "late"
    if distance.measure == "working_minutes":
        late_form = ngettext("quá hạn %(n)s phút làm việc", "quá hạn %(n)s phút làm việc", n)
        left_form = ngettext("còn %(n)s phút làm việc", "còn %(n)s phút làm việc", n)
    elif distance.measure == "working_hours":
        late_form = ngettext("quá hạn %(n)s giờ làm việc", "quá hạn %(n)s giờ làm việc", n)
        left_form = ngettext("còn %(n)s giờ làm việc", "còn %(n)s giờ làm việc", n)
    elif distance.measure == "hours":
        late_form = ngettext("quá hạn %(n)s giờ", "quá hạn %(n)s giờ", n)
        left_form = ngettext("còn %(n)s giờ", "còn %(n)s giờ", n)
    elif distance.measure == "minutes":
        late_form = ngettext("quá hạn %(n)s phút", "quá hạn %(n)s phút", n)
        left_form = ngettext("còn %(n)s phút", "còn %(n)s phút", n)
    else:
        late_form = ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", n)
        left_form = ngettext("còn %(n)s ngày", "còn %(n)s ngày", n)
    return (late_form if late else left_form) % {"n": numbers.grouped(n)}


@register.filter
def due_words(due_at: datetime | None, working_minutes: int | None = None) -> str:
    """The distance from now in words: ``còn 3 giờ làm việc``, ``quá hạn 2 ngày``."""
    if not due_at:
        return ""
    return words(due.distance(due_at, now(), VIETNAM, working_minutes=working_minutes))


@register.simple_tag(name="due")
def due_tag(
    due_at: datetime | None,
    working_minutes: Any = None,
    done_at: datetime | None = None,
    paused: bool = False,
    at: datetime | None = None,
) -> SafeString:
    """The due instant with its distance in words: what ``<c-due>`` shows, cheaper in long tables."""
    if not due_at:
        return SafeString("")
    left = None if working_minutes in EMPTY else int(working_minutes)
    found = due.distance(
        due_at, at or now(), VIETNAM, working_minutes=left, done_at=done_at or None, paused=bool(paused)
    )
    return format_html(
        '<span class="mc-due mc-due--{}"><b>{}</b><time datetime="{}">{}</time></span>',
        found.tone, words(found), iso(due_at), instant(due_at),
    )  # fmt: skip


@register.simple_tag
def tag(state: Any, tone: str = "") -> SafeString:
    """A status as words with a tone; ``state`` is the words, or has ``label`` and perhaps ``tone``."""
    tone = tone or getattr(state, "tone", "") or "neutral"
    return format_html('<strong class="mc-tag mc-tag--{}">{}</strong>', tone, getattr(state, "label", state))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present query string with ``changes``: ``{% query page=2 %}``; an empty value drops the key.

    A change other than of the page itself goes back to the first page.
    """
    request: HttpRequest = context["request"]
    kept = request.GET.copy()
    if not {"page", "after", "before"} & changes.keys():
        for key in ("page", "after", "before"):
            kept.pop(key, None)
    for key, value in changes.items():
        if value in EMPTY:
            kept.pop(key, None)
        else:
            kept[key] = str(value)
    return f"?{kept.urlencode()}"


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, key: str, value: Any) -> str:
    """The present query string at another page; of ``page``, ``after`` and ``before`` only ``key`` stays."""
    return query(context, **{"page": None, "after": None, "before": None, key: value})


@register.simple_tag(takes_context=True)
def sort_state(context: template.Context, key: str, default: str = "") -> dict[str, str]:
    """For a column sorted by ``key``: ``aria`` (ascending, descending or nothing), ``url`` of the next order.

    The page's order stands in ``?sort=key`` or ``?sort=-key``; ``default`` is the order when none is asked.
    """
    request: HttpRequest = context["request"]
    present = request.GET.get("sort") or default
    aria = {key: "ascending", f"-{key}": "descending"}.get(present, "")
    return {"aria": aria, "url": query(context, sort=f"-{key}" if aria == "ascending" else key)}


@register.simple_tag
def page_numbers(current: int, last: int) -> list[int | None]:
    """The numbers a pagination offers; None is a gap."""
    return bar.page_numbers(int(current), int(last))


@register.simple_tag
def bar_width(value: Any, top: Any = 100) -> str:
    """``value`` of ``top`` as a width in percent for a bar."""
    return bar.share(value or 0, top or 0)


@register.inclusion_tag("ui/forms/field.html")
def dressed_field(field: BoundField, **options: Any) -> dict[str, Any]:
    """A bound field with label, hint, error and control in our classes. See ``motcua.ui.forms.dress``."""
    return dress(field, **options)


@register.filter
def errors_of(form: Any) -> list[dict[str, str]]:
    """Every error of a form (or of several in a list) with the id of the control it belongs to."""
    forms = form if isinstance(form, list | tuple) else [form]
    return [error for one in forms if one for error in with_errors(one)]
