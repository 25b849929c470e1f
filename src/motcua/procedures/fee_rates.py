"""What a filing costs: the rate in force for its unit, channel and day, on its basis; else the fee of the offering."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic

from django.db.models import QuerySet

from motcua.organizations.models import Unit, in_force
from motcua.procedures.models import FeeRate, Offering
from motcua.procedures.rules.fee_choice import Rate, chosen
from motcua.procedures.states import FEE_CHANNELS

RATES_KEPT_FOR = 30  # seconds: how late another process may learn of a rate


@dataclass(frozen=True)
class FeeAsked:
    """An amount in đồng (0: nothing is asked) and the legal basis on which it is asked."""

    amount: int
    basis: str

    def __bool__(self) -> bool:
        return self.amount > 0


def fee_for(offering: Offering, channel: str, day: date, *, unit: Unit) -> FeeAsked:
    """Return what is asked of a dossier under ``offering``, filed by ``channel`` with ``unit`` (competent) on ``day``.

    Rates are kept in memory for some seconds, so that a filing costs no more statements.
    """
    rates = _rates_of(offering.procedure_id, int(monotonic() // RATES_KEPT_FOR))
    rate = chosen(rates, unit_id=unit.pk, unit_kind=unit.kind, channel=channel, day=day)
    return FeeAsked(rate.amount, rate.basis) if rate else FeeAsked(offering.fee, offering.source)


@lru_cache(maxsize=8192)
def _rates_of(procedure_id: int, _period: int) -> tuple[Rate, ...]:
    return tuple(as_rule(one) for one in FeeRate.objects.filter(procedure=procedure_id))


def forget_fee_rates() -> None:
    """Make the next filing look again; for what changes rates, and for tests."""
    _rates_of.cache_clear()


def as_rule(rate: FeeRate) -> Rate:
    """Return a row as the value that rules compare."""
    return Rate(rate.unit_id, rate.unit_kind, rate.channel, rate.amount, rate.basis, rate.valid_from, rate.valid_to)


def rates(*, words: str = "", day: date | None = None) -> QuerySet[FeeRate]:
    """Return rates with procedure and unit, narrowed to a procedure's code or a day."""
    found = FeeRate.objects.select_related("procedure", "unit")
    if words:
        found = found.filter(procedure__code__startswith=words)
    return found.filter(in_force(day)) if day else found


@dataclass(frozen=True)
class FeesShown:
    """What one place asks, by channel: one line of the procedure's page."""

    place: str
    by_channel: list[tuple[str, FeeAsked]]  # (label, what is asked), in the order of states.FEE_CHANNELS
    saved_online: int  # đồng less than in person; 0: not less

    @property
    def bases(self) -> list[str]:
        """Return each legal basis once."""
        return list(dict.fromkeys(fee.basis for _label, fee in self.by_channel if fee.basis))


def fees_shown(offerings: list[Offering], day: date) -> list[FeesShown]:
    """Return the fees of a procedure by place and channel, where a rate is set; for the plain page."""
    found: dict[tuple[str, ...], FeesShown] = {}
    for offering in offerings:
        set_rates = _rates_of(offering.procedure_id, int(monotonic() // RATES_KEPT_FOR))
        if not any(rate.is_in_force(day) for rate in set_rates):
            continue
        for unit_id, kind, place in _places(offering, set_rates, day):
            asked = {
                channel: chosen(set_rates, unit_id=unit_id, unit_kind=kind, channel=channel, day=day)
                for channel in FEE_CHANNELS
            }
            fees = {
                channel: FeeAsked(rate.amount, rate.basis) if rate else FeeAsked(offering.fee, offering.source)
                for channel, rate in asked.items()
            }
            saved = max(0, fees["in_person"].amount - fees["online"].amount)
            lines = [(str(label), fees[channel]) for channel, label in FEE_CHANNELS.items()]
            found.setdefault((place, *(str(fee) for _label, fee in lines)), FeesShown(place, lines, saved))
    return list(found.values())


def _places(offering: Offering, set_rates: tuple[Rate, ...], day: date) -> list[tuple[int, str, str]]:
    """Return (unit, kind, words) of each place that asks differently under one offering."""
    if offering.unit is not None:
        return [(offering.unit.pk, offering.unit.kind, offering.unit.name)]
    own = {rate.unit_id for rate in set_rates if rate.unit_id and rate.is_in_force(day)}
    units = Unit.objects.filter(pk__in=own, kind=offering.unit_kind) if own else []
    return [(0, offering.unit_kind, ""), *((unit.pk, unit.kind, unit.name) for unit in units)]
