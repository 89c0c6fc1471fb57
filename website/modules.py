"""Finding all modules of one kind: every models.py, every rules.py."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

FLOORS = ("backstage", "accounts", "awards", "events", "website")


def modules_called(name: str) -> Iterator[ModuleType]:
    """Every module of the floors with topics that is called so ("models"), imported, floor by floor."""
    for floor in FLOORS:
        package = importlib.import_module(floor)
        for module in pkgutil.walk_packages(package.__path__, prefix=f"{floor}."):
            if module.name.endswith(f".{name}"):
                yield importlib.import_module(module.name)
