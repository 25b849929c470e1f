"""Text that people type into a dossier: cleaned, within its length, or refused with the field's name."""

import re

from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Letters without a shape, and those that turn the direction of what follows: a name could hide or fake with them.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}|[0-9]{13}")  # of an organisation, a branch, a household
_IDENTITY = re.compile(r"[0-9]{9}|[0-9]{12}|[0-9]{10}(-[0-9]{3})?")  # old and new identity card, tax code


def line(value: str, *, field: str, label: str, longest: int, required: bool = False) -> str:
    """Return ``value`` as one clean line.

    Raises:
        Refused: it is missing though required, or longer than ``longest``.
    """
    return _checked(squash(_UNSEEN.sub("", _CONTROL.sub(" ", value))), field, label, longest, required)


def lines(value: str, *, field: str, label: str, longest: int, required: bool = False) -> str:
    """Return ``value`` clean, line ends kept.

    Raises:
        Refused: it is missing though required, or longer than ``longest``.
    """
    kept = nfc(value).replace("\r\n", "\n").replace("\r", "\n")
    return _checked(_UNSEEN.sub("", _CONTROL.sub(" ", kept)).strip(), field, label, longest, required)


def _checked(value: str, field: str, label: str, longest: int, required: bool) -> str:
    if required and not value:
        raise Refused(f"Cần ghi {label}.", field=field)
    if len(value) > longest:
        raise Refused(f"Mục “{label}” dài {len(value)} ký tự, tối đa {longest}.", field=field)
    return value


def email(value: str, *, field: str = "email") -> str:
    """Return a mail address, or "" where none is given.

    Raises:
        Refused: it is no mail address.
    """
    value = line(value, field=field, label="thư điện tử", longest=254)
    if value and not _EMAIL.fullmatch(value):
        raise Refused("Địa chỉ thư điện tử không đúng dạng.", field=field)
    return value


def phone(value: str, *, field: str = "phone") -> str:
    """Return a phone number without the separators people write, or "" where none is given.

    Raises:
        Refused: it is no phone number.
    """
    value = re.sub(r"[\s.()-]", "", line(value, field=field, label="số điện thoại", longest=30))
    if value and not _PHONE.fullmatch(value):
        raise Refused("Số điện thoại phải gồm 8 đến 15 chữ số.", field=field)
    return value


def identity_number(value: str, *, field: str = "identity_number") -> str:
    """Return the number of an identity card (9 or 12 digits) or a tax code (10, or 10-3), or "".

    Raises:
        Refused: it is neither.
    """
    value = line(value, field=field, label="số định danh", longest=20).replace(" ", "")
    if value and not _IDENTITY.fullmatch(value):
        raise Refused("Số định danh phải gồm 9 hoặc 12 chữ số; mã số thuế gồm 10 hoặc 13 chữ số.", field=field)
    return value


def tax_code(value: str, *, field: str = "organisation_tax_code") -> str:
    """Return the tax code of an organisation (10 digits, 10-3 of a branch, 12 of a household), or "".

    Raises:
        Refused: it is none.
    """
    value = line(value, field=field, label="mã số thuế", longest=20).replace(" ", "")
    if value and not _TAX_CODE.fullmatch(value):
        raise Refused("Mã số thuế của tổ chức gồm 10 chữ số, hoặc 13 chữ số với chi nhánh.", field=field)
    return value
