"""What every page's frame needs: the navigation that this account may use."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from motcua.base.modules import offered
from motcua.base.navigation import Item

MOST_ENTRIES = 8  # that stand in a row at 1366 pixels


def face(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation: items of every module's ``navigation.py`` that open to this account."""
    account = getattr(request, "user", None)
    items: list[Item] = sorted(
        # The ground's navigation.py holds the shape of an item, and no item.
        (item for module in offered("navigation") for item in getattr(module, "NAVIGATION", ())),
        key=lambda item: item.order,
    )
    shown = [(item, reverse(item.url_name)) for item in items if account is not None and item.opens_to(account)]
    # The page belongs to the entry with the longest address above it: /ho-so/X to /ho-so/, not to /ho-so-cua-toi/.
    above = [url for _item, url in shown if request.path.startswith(url) and url != "/"]
    active = max(above, key=len, default="")
    entries = [{"label": item.label, "url": url, "active": url == active, "key": item.key} for item, url in shown]
    is_long = len(entries) > MOST_ENTRIES
    return {
        "navigation": [entry for entry in entries if entry["key"] or not is_long],
        "more": [entry for entry in entries if is_long and not entry["key"]],
    }
