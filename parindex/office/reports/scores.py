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


def traces(result: Result, say: Language) -> Traces | None:
    """How every score came to its points; None where there are none."""
    codes = [code for code in _codes(result) if code in result.scorecard.scores]
    sheets = (explanation_table(result, code, say) for code in codes)
    named = tuple(
        replace(sheet, title=f"{code} {say.name(result.scheme.by_code[code].name)}")
        for code, sheet in zip(codes, sheets, strict=True)
    )
    return Traces(say("How each score came about"), named) if named else None


def _codes(result: Result) -> Iterator[str]:
    """Every criterion, then the bonus and penalty that was reported."""
    for _, criterion in result.scheme.walk():
        yield criterion.code
    for block in result.scheme.adjustments:
        for item in block.items:
            if item.code in result.scorecard.scores:
                yield item.code
