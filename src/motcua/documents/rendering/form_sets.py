"""The one-stop forms in force on a day (DOMAIN 4.7): law as data with dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SlipKind(StrEnum):
    """The slips a one-stop unit hands out, and the sheets it keeps."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class SlipForm:
    """A form: its number in the set, its title, and the symbol after its running number if known."""

    number: str
    title: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one circular, in force from ``valid_from`` to ``valid_to``, both included."""

    code: str
    instrument: str
    valid_from: date
    valid_to: date | None
    source: str
    forms: Mapping[SlipKind, SlipForm]

    def label(self, kind: SlipKind) -> str:
        """Return the line at the corner: ``Mẫu số 01 - Thông tư 03/2025/TT-VPCP``; "" where the set has no form."""
        number = self.forms[kind].number
        return f"Mẫu số {number} - {self.instrument}" if number else ""


_RECEIPT = SlipForm("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "TNHS")
_SUPPLEMENT = SlipForm("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
_REFUSAL = SlipForm("03", "Phiếu từ chối tiếp nhận, giải quyết hồ sơ")
_STOP, _CONTROL, _REGISTER = (
    "Thông báo dừng giải quyết hồ sơ",
    "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "Sổ theo dõi hồ sơ",
)

FORM_SETS: tuple[FormSet, ...] = (
    FormSet(
        code="A",
        instrument="Thông tư 01/2018/TT-VPCP",
        valid_from=date(2018, 11, 23),
        valid_to=date(2025, 9, 14),
        source="Thông tư 01/2018/TT-VPCP ban hành 23/11/2018; ngày hiệu lực, tên mẫu 04 chưa đối chiếu",
        forms={
            SlipKind.RECEIPT: _RECEIPT,
            SlipKind.SUPPLEMENT: _SUPPLEMENT,
            SlipKind.REFUSAL: _REFUSAL,
            SlipKind.APOLOGY: SlipForm("04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
            SlipKind.STOP: SlipForm("", _STOP),  # set A has no form for it
            SlipKind.CONTROL: SlipForm("05", _CONTROL),
            SlipKind.REGISTER: SlipForm("06", _REGISTER),
        },
    ),
    FormSet(
        code="B",
        instrument="Thông tư 03/2025/TT-VPCP",
        valid_from=date(2025, 9, 15),
        valid_to=None,
        source="Thông tư 03/2025/TT-VPCP, ngày ban hành 15/9/2025; ngày hiệu lực chưa đối chiếu",
        forms={
            SlipKind.RECEIPT: _RECEIPT,
            SlipKind.SUPPLEMENT: _SUPPLEMENT,
            SlipKind.REFUSAL: _REFUSAL,
            SlipKind.APOLOGY: SlipForm("04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
            SlipKind.STOP: SlipForm("05", _STOP),
            SlipKind.CONTROL: SlipForm("06", _CONTROL),
            SlipKind.REGISTER: SlipForm("07", _REGISTER),
        },
    ),
)


def form_set_on(day: date, sets: tuple[FormSet, ...] = FORM_SETS) -> FormSet:
    """Return the form set in force on ``day`` (R4.30).

    Raises:
        LookupError: no set was in force; forms before November 2018 are not loaded.
    """
    for form_set in sets:
        if form_set.valid_from <= day and (form_set.valid_to is None or day <= form_set.valid_to):
            return form_set
    raise LookupError(f"No form set in force on {day.isoformat()}")
