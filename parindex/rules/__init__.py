"""Rules: how a leaf's points follow from what was reported. One module per kind.

A new kind is one module with a subclass of `Rule`, and one name in `AnyRule`.
"""

from typing import Annotated

from pydantic import Discriminator

from parindex.rules.points import PointsRule
from parindex.rules.ratio import RatioRule
from parindex.rules.steps import StepsRule

AnyRule = Annotated[PointsRule | StepsRule | RatioRule, Discriminator("kind")]

__all__ = ["AnyRule", "PointsRule", "RatioRule", "StepsRule"]
