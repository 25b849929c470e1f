"""The catalogue as linked open data: public services of the European core vocabulary CPSV-AP, as JSON-LD."""

from collections.abc import Iterable
from typing import Any

from motcua.procedures.models import ProcedureVersion

CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def linked_data(versions: Iterable[ProcedureVersion], *, base: str) -> dict[str, Any]:
    """Return a JSON-LD document with one public service for each version; ``base`` is the catalogue's address."""
    return {"@context": CONTEXT, "@graph": [_service(one, base) for one in versions]}


def _service(version: ProcedureVersion, base: str) -> dict[str, Any]:
    code = version.procedure.code
    service: dict[str, Any] = {
        "@id": f"{base}{code}",
        "@type": "cpsv:PublicService",
        "dct:identifier": code,
        "dct:title": _words(version.name),
        "dct:description": _words(version.steps),
        "cv:thematicArea": _words(version.field),
        "cv:hasCompetentAuthority": [
            {"@type": "cv:PublicOrganisation", "dct:title": _words(name)}
            for name in version.executing_agencies or [version.issuing_agency]
        ],
        "cv:hasLegalResource": [
            {"@type": "cv:LegalResource", "dct:identifier": one} for one in version.legal_references
        ],
        "cpsv:produces": [
            {"@type": "cpsv:Output", "dct:title": _words(one.name)} for one in version.results.all()
        ],
        "cv:hasChannel": [_channel(one) for one in version.channels.all()],
        "schema:startDate": {"@type": "xsd:date", "@value": version.valid_from.isoformat()},
    }  # fmt: skip
    return {key: value for key, value in service.items() if value}


def _channel(channel: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "cv:Channel", "dct:type": _words(channel.method)}
    if channel.limit_value is not None:
        found["cv:processingTime"] = f"{channel.limit_value.normalize():f} {channel.limit_unit}".strip()
    if channel.fee is not None:
        found["cv:hasCost"] = {"@type": "cv:Cost", "cv:value": channel.fee, "cv:currency": "VND"}
    return found


def _words(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "vi"}
