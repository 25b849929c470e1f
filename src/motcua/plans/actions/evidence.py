"""What shows that work was done, checked at the door."""

from dataclasses import dataclass
from decimal import Decimal
from typing import IO
from urllib.parse import urlsplit

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.documents.actions.storing import keep
from motcua.documents.models import StoredFile
from motcua.organizations.models import Account
from motcua.plans.models import Task

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Evidence:
    """What shows that something was done: a file (with its name), a link, a number; any of them may be absent."""

    file: IO[bytes] | None = None
    name: str = ""
    link: str = ""
    number: Decimal | None = None

    @property
    def kind(self) -> str:
        return "file" if self.file else "link" if self.link else "number" if self.number is not None else ""


NO_EVIDENCE = Evidence()


def clear_note(text: str, *, most: int = LONGEST_NOTE, field: str = "note") -> str:
    """Return ``text`` in NFC, trimmed.

    Raises:
        Refused: it is too long, or holds a character that nothing keeps.
    """
    clear = nfc(text).strip()
    if len(clear) > most or "\0" in clear:
        raise Refused(
            gettext("Nội dung quá dài (tối đa %(most)s ký tự) hoặc có ký tự không dùng được.") % {"most": most},
            field=field,
        )
    return clear


def clear_link(address: str) -> str:
    """Return a web address as given, "" for none.

    Raises:
        Refused: it is none of the web's.
    """
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    # Anything but the web could run in the reader's browser.
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > 500 or "\0" in address:
        raise Refused(gettext("Đường dẫn phải bắt đầu bằng http:// hoặc https://, tối đa 500 ký tự."), field="link")
    return address


def kept_file(evidence: Evidence, task: Task, actor: Account) -> StoredFile | None:
    """Keep the file of ``evidence``, if there is one.

    Raises:
        Refused: it is of no kind that is taken.
    """
    if evidence.file is None:
        return None
    return keep(evidence.file, name=evidence.name, subject=task.code, actor=actor)
