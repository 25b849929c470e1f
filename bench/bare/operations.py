"""The operation that is compared with, on its own router so that a bare and a signed-in API can offer it."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from bare.models import Entry

router = Router()


class EntryIn(Schema):
    """What comes in."""

    code: str
    name: str
    text: str


class EntryOut(EntryIn):
    """What goes out."""

    id: int
    at: datetime


@router.post("/entries", response={201: EntryOut})
def add_entry(request: HttpRequest, form: EntryIn) -> tuple[int, Entry]:
    """Insert one row; it is committed by itself."""
    return 201, Entry.objects.create(**form.dict())
