"""Rules: how a leaf's points follow from what was reported. One module per kind.

A new kind is one module with a subclass of `Rule`: every module here is loaded, and
all that reads, prints, writes or explains rules asks the class.
"""

from importlib import import_module
from pkgutil import iter_modules

from parindex.rules.any_rule import AnyRule
from parindex.rules.base import KINDS, Gain, Rule
from parindex.rules.points import PointsRule

_IN_ORDER = "points choice checklist steps table ratio linear deduct count deadline survey mix formula by_unit watch standard"
"""The order in which pages and messages list the kinds; others come behind."""

for _name in (*_IN_ORDER.split(), *(each.name for each in iter_modules(__path__))):
    import_module(f"{__name__}.{_name}")


__all__ = ["KINDS", "AnyRule", "Gain", "PointsRule", "Rule"]
