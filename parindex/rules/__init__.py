"""Rules: how a leaf's points follow from what was reported. One module per kind.

A new kind is one module with a subclass of `Rule`, and one name in `AnyRule`.
"""

from typing import Annotated

from pydantic import Discriminator

from parindex.rules.base import Gain, Rule
from parindex.rules.checklist import ChecklistRule
from parindex.rules.choice import ChoiceRule
from parindex.rules.count import CountRule
from parindex.rules.deadline import DeadlineRule
from parindex.rules.deduct import DeductRule
from parindex.rules.linear import LinearRule
from parindex.rules.points import PointsRule
from parindex.rules.ratio import RatioRule
from parindex.rules.steps import StepsRule
from parindex.rules.survey import SurveyRule
from parindex.rules.watch import WatchRule

AnyRule = Annotated[
    PointsRule
    | ChoiceRule
    | ChecklistRule
    | StepsRule
    | RatioRule
    | LinearRule
    | DeductRule
    | CountRule
    | DeadlineRule
    | SurveyRule
    | WatchRule,
    Discriminator("kind"),
]

__all__ = ["AnyRule", "Gain", "PointsRule", "Rule"]
