"""Keyset paging: the sort key of the last row shown, as text in the address."""

from datetime import datetime

from django.utils.translation import gettext

from motcua.base.refusal import Refused

Key = tuple[datetime, int]


def after_of(key: Key | None) -> str:
    """Return the text that asks for the page after ``key``; "" on the last page."""
    return f"{key[0].isoformat()}~{key[1]}" if key else ""


def key_of(text: str) -> Key:
    """Return the key that ``after_of`` wrote.

    Raises:
        Refused: the text is no such key.
    """
    instant, _, number = text.partition("~")
    try:
        key = datetime.fromisoformat(instant.replace(" ", "+")), int(number)
        if key[0].tzinfo is None or not 0 < key[1] < 2**63:
            raise ValueError(text)
    except (ValueError, OverflowError) as error:
        raise Refused(gettext("Không đọc được vị trí trang. Hãy mở lại danh sách từ đầu."), field="after") from error
    return key
