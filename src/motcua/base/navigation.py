"""Items that modules put into the navigation, in their ``navigation.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Item:
    """One entry: shown to accounts for which ``opens_to`` holds, sorted by ``order``.

    ``g`` and ``key`` lead there. What has no key is needed now and then: in a long list it goes under "Thêm".
    """

    label: str | Promise
    url_name: str
    order: int
    opens_to: Callable[[Any], bool]
    key: str = ""
