"""Taking in the definitions that are shipped: each code and first day once."""

from django.db import transaction

from motcua.registers.actions.defining import draft, publish
from motcua.registers.models import RegisterVersion
from motcua.registers.shipped import shipped_definitions
from motcua.registers.states import DRAFT, PUBLISHED


@transaction.atomic
def take_in_shipped() -> int:
    """Publish the shipped versions that are not there yet and return how many; what an officer made stays.

    A shipped version that would begin before one that is published, or while a draft is being written, is left.
    """
    taken = 0
    for definition in shipped_definitions():
        versions = RegisterVersion.objects.filter(register__code=definition.code)
        newer = versions.filter(state=PUBLISHED, valid_from__gte=definition.valid_from)
        if newer.exists() or versions.filter(state=DRAFT).exists():
            continue
        draft(definition.data, actor=None)
        publish(definition.code, actor=None)
        taken += 1
    return taken
