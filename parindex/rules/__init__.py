"""Rules: how a leaf's points follow from what was reported. One module per kind.

A new kind is one module with a subclass of `Rule`: every module here is loaded, and
all that reads, prints, writes or explains rules asks the class.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Discriminator

from parindex.rules.base import KINDS, Gain, Rule
from parindex.rules.points import PointsRule

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_IN_ORDER = (
    "points choice checklist steps table ratio linear deduct count deadline survey mix formula watch standard"
)
"""The order in which pages and messages list the kinds; others come behind."""

for _name in (*_IN_ORDER.split(), *(each.name for each in iter_modules(__path__))):
    import_module(f"{__name__}.{_name}")


class _OneOfTheKinds:
    """Lets a field hold a rule of any kind, told apart by `kind`."""

    def __get_pydantic_core_schema__(self, _: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        kinds: Any = Union[tuple(KINDS.values())]  # noqa: UP007
        return handler.generate_schema(Annotated[kinds, Discriminator("kind")])


AnyRule = Annotated[Rule, _OneOfTheKinds()]

__all__ = ["KINDS", "AnyRule", "Gain", "PointsRule", "Rule"]
