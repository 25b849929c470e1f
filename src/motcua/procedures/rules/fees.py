"""Fees as the portal words them, made a number only where one amount is certain.

The cells read ``Miễn phí``, ``Phí : 0 Đồng``, ``70,000 VNĐ(70.000 đồng/Giấy chứng nhận)``, ``Lệ phí : 1.5 USD``, a list
of amounts for several cases, or a reference to a circular; ``Miễn phí`` may stand beside a note that names a fee.
"""

import re

FREE = "Miễn phí"
NOT_STATED = "Không có thông tin"

_LABEL = re.compile(r"^(?:phí|lệ phí)\s*:\s*", re.IGNORECASE)
_ZERO = re.compile(r"^(?:0|o|không)\s*đồng$", re.IGNORECASE)
_CURRENCY = r"(?:Việt Nam Đồng|VNĐ|VND|đồng|đ)"
_AMOUNT = re.compile(rf"(\d{{1,3}}(?:[.,]\d{{3}})+|\d+)\s*{_CURRENCY}(?!\w)", re.IGNORECASE)
_LEADING = re.compile(rf"^(\d{{1,3}}(?:[.,]\d{{3}})+)\s*{_CURRENCY}(?!\w)", re.IGNORECASE)
# Words after which one amount no longer tells what an applicant pays.
_UNCERTAIN = re.compile(
    r"%|usd|\bmiễn\b|\bgiảm\b|mức (?:thu|phí)|áp dụng|riêng|trường hợp|từ ngày|/\s*(?:tấn|lần|m2|ha)\b",
    re.IGNORECASE,
)
_MONEY_WORDS = re.compile(r"phí|giá dịch vụ|mức thu|đồng|vnđ|vnd|usd", re.IGNORECASE)


def fee_of(fee: str, note: str) -> tuple[int | None, str]:
    """Return the fee in đồng, or None where the cells do not state one amount, and all that was said beside it.

    Nothing is lost: what the number does not say stays in the note.
    """
    stated = _LABEL.sub("", fee).strip()
    if fee == FREE or _ZERO.match(stated):
        is_free = not _MONEY_WORDS.search(note)
        return (0, note) if is_free else (None, _joined(fee, note))
    if fee in ("", NOT_STATED):
        return _certain_amount(note), note
    return _certain_amount(stated), _joined(fee, note)


def _certain_amount(text: str) -> int | None:
    found = _LEADING.match(text)
    if found is None or _UNCERTAIN.search(text):
        return None
    amounts = {_digits(amount) for amount in _AMOUNT.findall(text)}
    return amounts.pop() if len(amounts) == 1 else None


def _digits(amount: str) -> int:
    return int(amount.replace(".", "").replace(",", ""))


def _joined(fee: str, note: str) -> str:
    return "\n".join(part for part in (fee, note) if part)
