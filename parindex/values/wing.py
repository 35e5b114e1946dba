"""The doors to the wings: the main house names what it asks for and imports nothing of them.

The wings (`parindex.office`: workbooks, documents, split and merge; `parindex.scale`: many rows,
by a column engine) are asked for by name and only where a file, a command or an option needs
them; without them everything else works as before.
"""

from importlib import import_module
from typing import Any


def wing(module: str) -> Any:
    """A module of the office wing, like `xlsx.read`.

    Raises:
        ModuleNotFoundError: the wing, or a library that it needs, is not installed.
    """
    return import_module(f"parindex.office.{module}")


def scale(module: str) -> Any:
    """A module of the wing of many rows, like `api`; errors as `wing`."""
    return import_module(f"parindex.scale.{module}")
