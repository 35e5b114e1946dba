"""What was scored, stage by stage, and how every score came to its points."""

from collections.abc import Iterator

from msgspec.structs import replace

from parindex.analysis.stages import Staged, by_stage
from parindex.office.reports.blocks import Traces
from parindex.scoring.result import Result
from parindex.tables.explain import explanation_table
from parindex.values.language import Language


def staged(result: Result) -> Staged:
    """The stages side by side; scores without stages are what the unit itself says."""
    if result.asked_stage is not None:
        return Staged(result, {result.asked_stage: result})
    found = by_stage(result)
    return found if found.stages else Staged(result, {"self": result})


def traces(result: Result, say: Language) -> Iterator[Traces]:
    """How every score came to its points, also those of bonus and penalty; nothing if there are none."""
    scheme, scores = result.scheme, result.scorecard.scores
    criteria = (*(criterion for _, criterion in scheme.walk()), *scheme.items.values())
    named = tuple(
        replace(
            explanation_table(result, each.code, say), title=f"{each.code} {say.name(each.name)}"
        )
        for each in criteria
        if each.code in scores
    )
    if named:
        yield Traces(say("How each score came about"), named)
