"""What the modules of the house offer, found by file name, so that a new module costs one folder and one line."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


def offered(file_name: str) -> Iterator[ModuleType]:
    """Yield ``motcua.<module>.<file_name>`` of every installed module that has such a file, in installation order."""
    for config in apps.get_app_configs():
        if config.name.startswith("motcua.") and find_spec(f"{config.name}.{file_name}"):
            yield import_module(f"{config.name}.{file_name}")
