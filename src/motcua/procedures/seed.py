"""The demonstration's catalogue: all procedures, three routes, three procedures with forms, hundreds of offerings.

Only procedures whose limit and fee the national catalogue states beyond doubt are offered; the three showcase
procedures say in their source what was decided for them. Two fees are lower online, on a basis that says it is no law.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE, ONE_STOP
from motcua.procedures.actions.catalogue import NATIONAL_CATALOGUE, import_catalogue
from motcua.procedures.actions.eforms import load_form
from motcua.procedures.actions.fee_rates import NewRate, set_rates
from motcua.procedures.actions.offerings import NewOffering, offer
from motcua.procedures.models import FilingChannel, FormVersion, Offering, ProcedureVersion
from motcua.procedures.queries import forget_catalogue
from motcua.procedures.rules.places import place_of
from motcua.procedures.states import IN_PERSON, ONLINE, POST
from motcua.workflow.actions.routes import NewStep, publish_route
from motcua.workflow.models import Route

SHOWCASE = Path(__file__).parent / "data" / "showcase.json"
FORMS = Path(__file__).parent / "data" / "eforms"
PROVINCE_CODE = "42"
SINCE = date(2025, 7, 1)  # the two-level government begins: the demonstration's communes exist from this day
SOURCE = "Cổng Dịch vụ công quốc gia: thời hạn và phí của kênh nộp"
COMMUNE_ROUTE, DEPARTMENT_ROUTE = "xa-tham-quyen", "so-tham-quyen"
Progress = Callable[[str, int, int], None]


def load(*, progress: Progress, dossiers: int) -> None:
    """Load the catalogue, routes and offerings; what is there already is left alone."""
    import_catalogue(path=NATIONAL_CATALOGUE, actor="", valid_from=SINCE, progress=progress)
    _load_forms(progress)
    if Offering.objects.exists():
        return
    showcase = json.loads(SHOWCASE.read_text(encoding="utf-8"))
    routes = {route["code"]: _publish(route) for route in showcase["routes"]}
    units = _units()
    shown = [_showcased(one, routes, units) for one in showcase["procedures"]]
    codes = {one.procedure_code for one in shown}
    offerings = shown + [one for one in _taken_from_catalogue(routes, units) if one.procedure_code not in codes]
    progress("Thủ tục giải quyết tại tỉnh", 0, len(offerings))
    offer(offerings=offerings, valid_from=SINCE, actor="")
    set_rates(_rates(showcase["rates"]), actor=None)
    forget_catalogue()
    progress("Thủ tục giải quyết tại tỉnh", len(offerings), len(offerings))


def _load_forms(progress: Progress) -> None:
    """Publish the forms that are delivered with the house, for procedures that the catalogue has."""
    if FormVersion.objects.exists():
        return
    files = sorted(FORMS.glob("*.json"))
    for done, path in enumerate(files, start=1):
        definition = json.loads(path.read_text(encoding="utf-8"))
        if ProcedureVersion.objects.filter(procedure__code=definition["procedure"], valid_from=SINCE).exists():
            load_form(definition["procedure"], definition=definition, valid_from=SINCE, actor="")
        progress("Biểu mẫu điện tử", done, len(files))


def _publish(route: dict[str, Any]) -> Route:
    steps = [NewStep(**step) for step in route["steps"]]
    return publish_route(code=route["code"], name=route["name"], steps=steps, valid_from=SINCE, actor="")


def _units() -> dict[str, Unit]:
    """Return the province's own agencies by code."""
    province = Unit.objects.in_force().get(code=PROVINCE_CODE)
    found = Unit.objects.in_force().filter(parent=province).exclude(kind__in=[COMMUNE, ONE_STOP])
    return {unit.code: unit for unit in found.select_related("one_stop")}


def _showcased(one: dict[str, Any], routes: dict[str, Route], units: dict[str, Unit]) -> NewOffering:
    return NewOffering(
        procedure_code=one["code"], route=routes[one["route"]], unit=units.get(one["place"]),
        unit_kind=COMMUNE if one["place"] == COMMUNE else "", limit_value=one["limit_value"],
        limit_unit=one["limit_unit"], fee=one["fee"], source=one["source"],
    )  # fmt: skip


def _rates(rows: list[dict[str, Any]]) -> list[NewRate]:
    """Return the demonstration's own fees by channel; their basis says that no resolution stands behind them."""
    return [
        NewRate(row["procedure"], row["amount"], row["basis"], SINCE, channel=row["channel"], unit=row["unit"])
        for row in rows
    ]


def _taken_from_catalogue(routes: dict[str, Route], units: dict[str, Unit]) -> Iterator[NewOffering]:
    names = {unit.name: code for code, unit in units.items()}
    parts = "procedure__code", "issuing_agency", "executing_agencies"
    versions = ProcedureVersion.objects.filter(valid_from=SINCE).select_related("procedure").only(*parts)
    for version in versions.prefetch_related("channels").order_by("procedure__code"):
        channels = {channel.method: channel for channel in reversed(version.channels.all())}
        channel = next((channels[method] for method in (ONLINE, IN_PERSON, POST) if method in channels), None)
        place = place_of(version.executing_agencies, version.issuing_agency, names)
        if channel is None or not place or not _is_certain(channel):
            continue
        is_commune = place == COMMUNE
        yield NewOffering(
            procedure_code=version.procedure.code, route=routes[COMMUNE_ROUTE if is_commune else DEPARTMENT_ROUTE],
            unit=units.get(place), unit_kind=COMMUNE if is_commune else "", limit_value=int(channel.limit_value or 0),
            limit_unit=channel.limit_unit, fee=channel.fee or 0, is_online=ONLINE in channels, source=SOURCE,
        )  # fmt: skip


def _is_certain(channel: FilingChannel) -> bool:
    """Whether the channel states a whole limit with its unit, and one fee."""
    value = channel.limit_value
    return bool(value and value == int(value) and channel.limit_unit and channel.fee is not None)
