"""What a filing costs, as pages say it before it is asked."""

from datetime import date

from django import template

from motcua.base.clock import today
from motcua.organizations.models import Unit
from motcua.procedures.fee_rates import FeeAsked, fee_for
from motcua.procedures.models import Offering

register = template.Library()


@register.simple_tag
def fee_asked(offering: Offering, unit: Unit, channel: str, day: date | None = None) -> FeeAsked:
    """Return what is asked by a channel on a day: ``{% fee_asked place.offering unit "online" as asked %}``."""
    return fee_for(offering, channel, day or today(), unit=unit)
