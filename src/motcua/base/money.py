"""Money in whole đồng."""

from decimal import Decimal

from motcua.base.refusal import Refused


def dong(amount: int | str | Decimal) -> int:
    """Return ``amount`` as whole đồng.

    Text may carry thousands separators as people write them: ``"1.234.567"``, ``"1,234,567 đồng"``.

    Raises:
        Refused: the amount is negative, has a fraction or is no number.
    """
    if isinstance(amount, str):
        bare = amount.lower().replace("đồng", "").replace("vnđ", "").replace("vnd", "").replace("₫", "")
        amount = bare.replace(".", "").replace(",", "").replace(" ", "").replace("\u00a0", "")
        if not amount.isascii() or not amount.isdigit():
            raise Refused(f"Số tiền không đọc được: “{bare.strip()}”.")
    value = Decimal(amount)
    if value != value.to_integral_value() or value < 0:
        raise Refused(f"Số tiền phải là số đồng nguyên, không âm: {amount}.")
    return int(value)


def format_dong(amount: int) -> str:
    """Return ``amount`` as it stands on a receipt: ``1.234.567 đồng``."""
    return f"{amount:,}".replace(",", ".") + " đồng"
