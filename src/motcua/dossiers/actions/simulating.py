"""A simulated year: the lives of the simulation for the units, people and offerings that there are, written in bulk."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from random import Random

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.refusal import Refused
from motcua.dossiers.actions.history import write_history
from motcua.dossiers.actions.staging import Desk, World, gather
from motcua.dossiers.simulation import Chance
from motcua.dossiers.simulation.calibration import ONLINE_SHARE, POST_SHARE
from motcua.dossiers.simulation.filing_times import FilingTimes
from motcua.dossiers.states import IN_PERSON, ONLINE, POST
from motcua.organizations.queries import calendar_for

BATCH = 2_000
Progress = Callable[[str, int, int], None]


def simulate(*, dossiers: int, year: int, seed: int, progress: Progress, until: datetime | None = None) -> int:
    """Write ``dossiers`` that were filed in ``year`` up to ``until`` (default: now), those still running included.

    The same seed, units, offerings and ``until`` give the same dossiers. Returns how many were written.

    Raises:
        Refused: the year has not begun, or no unit offers a procedure.
    """
    until = (until or now()).astimezone(VIETNAM)
    first, last = date(year, 1, 1), min(date(year, 12, 31), until.date())
    if last < first:
        raise Refused(gettext("Năm %(year)s chưa bắt đầu.") % {"year": year}, field="year")
    draw = Chance(seed)
    world = gather(last, draw)
    times = FilingTimes(calendar_for(), max(first, world.since), last)
    filings = sorted(_filings(world, times, dossiers, until, draw), key=lambda filing: filing[0])
    what = gettext("Hồ sơ mô phỏng")
    progress(what, 0, dossiers)
    written = 0
    for start in range(0, len(filings), BATCH):
        batch = [world.life(*filing, until, draw) for filing in filings[start : start + BATCH]]
        written += write_history(batch)
        progress(what, written, dossiers)
    return written


def _filings(
    world: World, times: FilingTimes, count: int, until: datetime, draw: Random
) -> Iterator[tuple[datetime, str, Desk]]:
    """Yield when, how and where each dossier is filed; what would be filed later today is drawn again."""
    yielded = 0
    while yielded < count:
        chance = draw.random()
        channel = ONLINE if chance < ONLINE_SHARE else POST if chance < ONLINE_SHARE + POST_SHARE else IN_PERSON
        filed_at = times.online(draw) if channel == ONLINE else times.at_counter(draw)
        desk = world.desk(draw)
        if filed_at < until:
            yielded += 1
            yield filed_at, channel, desk
