"""What every page's frame needs: the navigation that this account may use."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from motcua.base.modules import offered
from motcua.base.navigation import Item


def face(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation: items of every module's ``navigation.py`` that open to this account."""
    account = getattr(request, "user", None)
    match = request.resolver_match
    items: list[Item] = sorted(
        # The ground's navigation.py holds the shape of an item, and no item.
        (item for module in offered("navigation") for item in getattr(module, "NAVIGATION", ())),
        key=lambda item: item.order,
    )
    return {
        "navigation": [
            {
                "label": item.label,
                "url": reverse(item.url_name),
                "active": bool(match) and match.view_name.split(":")[0] == item.url_name.split(":")[0],
            }
            for item in items
            if account is not None and item.opens_to(account)
        ]
    }
