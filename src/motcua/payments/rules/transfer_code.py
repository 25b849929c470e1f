"""The text of a transfer QR code: EMVCo merchant-presented mode with the fields of Vietnam's interbank transfers.

The layout is public (EMVCo QR Code Specification for Payment Systems 1.1; the bank's field 38 by NAPAS). Bank number,
account and name come from the table of collecting accounts, each row with its source.
"""

from motcua.base.text import fold

_NAPAS, _TO_ACCOUNT = "A000000727", "QRIBFTTA"
_DONG, _VIETNAM = "704", "VN"
LONGEST_NOTE = 25


def transfer_code(*, bank_bin: str, account_number: str, amount: int, note: str) -> str:
    """Return the text for a QR code that fills in a transfer of ``amount`` đồng with ``note``.

    ``note`` is cut to plain letters and digits, which every bank takes; it names the order, never a person.
    """
    bank = _field("00", bank_bin) + _field("01", account_number)
    receiver = _field("00", _NAPAS) + _field("01", bank) + _field("02", _TO_ACCOUNT)
    words = "".join(letter for letter in fold(note).upper() if letter.isalnum() or letter == " ")[:LONGEST_NOTE]
    told = (
        _field("00", "01")
        + _field("01", "12")  # for one payment, not a sign on a wall
        + _field("38", receiver)
        + _field("53", _DONG)
        + _field("54", str(amount))
        + _field("58", _VIETNAM)
        + _field("62", _field("08", words))
        + "6304"
    )
    return told + f"{checksum(told.encode()):04X}"


def checksum(told: bytes) -> int:
    """Return CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF), as EMVCo asks."""
    value = 0xFFFF
    for byte in told:
        value ^= byte << 8
        for _bit in range(8):
            value = ((value << 1) ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
