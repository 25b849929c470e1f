"""The API's description is committed: a change of it is seen, and made on purpose.

After a wanted change: ./motcua api describe > docs/openapi.json
"""

import json
from pathlib import Path

import motcua
from motcua.site.api import api

PAGE = Path(motcua.__file__).parents[2] / "docs" / "openapi.json"


def _described():
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def test_description_is_the_committed_one():
    assert _described() == json.loads(PAGE.read_text(encoding="utf-8"))


def test_no_two_operations_share_an_address_or_a_name():
    operations = [
        (method, path, operation.operation_id)
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]
    for place in ([each[:2] for each in operations], [each[2] for each in operations if each[2]]):
        assert len(place) == len(set(place)), [each for each in place if place.count(each) > 1]


def test_every_operation_has_a_name_and_words():
    silent = [
        f"{method} {path}"
        for path, methods in _described()["paths"].items()
        for method, operation in methods.items()
        if not operation.get("description") or operation["operationId"].startswith("motcua_")
    ]
    assert silent == []
