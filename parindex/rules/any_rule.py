"""A field that holds a rule of any kind, in a criterion and in a rule made of rules."""

from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Discriminator

from parindex.rules.base import KINDS, Rule

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class _OneOfTheKinds:
    """Lets a field hold a rule of any kind, told apart by `kind`."""

    def __get_pydantic_core_schema__(self, _: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        kinds: Any = Union[tuple(KINDS.values())]  # noqa: UP007
        return handler.generate_schema(Annotated[kinds, Discriminator("kind")])


AnyRule = Annotated[Rule, _OneOfTheKinds()]
