"""The door to the office wing: the main house names what it asks for and imports nothing of it.

The wing (`parindex.office`: workbooks, documents, split and merge) is asked for by name and
only where a file or an option needs it; without the wing everything else works as before.
"""

from importlib import import_module
from typing import Any


def wing(module: str) -> Any:
    """A module of the office wing, like `xlsx.read`.

    Raises:
        ModuleNotFoundError: the wing, or a library that it needs, is not installed.
    """
    return import_module(f"parindex.office.{module}")
