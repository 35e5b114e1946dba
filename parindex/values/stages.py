"""The stages of a score: who scored, one after the other. A new stage is one line here, and its words."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, get_args

from parindex.values.language import N_

Stage = Literal["self", "appraised", "reappraised", "final"]
"""Who scored: the unit itself, the appraiser, the appraiser again after an
explanation, or the final decision. A later stage wins over an earlier one."""
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)


class StageWords(NamedTuple):
    """What a stage is called, marked for translation: what is done at it, and its points."""

    name: str
    points: str


STAGE_WORDS: Final[Mapping[str, StageWords]] = {
    "self": StageWords(N_("Self-assessment"), N_("Self-assessed points")),
    "appraised": StageWords(N_("Appraisal"), N_("Appraised points")),
    "reappraised": StageWords(N_("Second appraisal"), N_("Reappraised points")),
    "final": StageWords(N_("Final decision"), N_("Final points")),
}
