"""What came of verifying results, for people and programs."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from parindex.analysis.verification import HASH, Verified
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language
from parindex.version import __version__

FORMAT: Final = "parindex-verify/1"
COLUMNS: Final = (
    *("unit", "year", "scheme", "version", "agrees", "path", "handed_on", "recomputed"),
)


def verify_record(verified: Verified) -> dict[str, Any]:
    """One result for programs, with what differs in it."""
    return {
        "unit": verified.unit,
        "year": verified.year,
        "scheme": verified.scheme,
        "version": verified.version,
        "agrees": verified.agrees,
        "has_scorecard": not verified.missing,
        "compared": verified.cells,
        "differences": [
            {
                "path": each.path,
                "handed_on": each.handed_on,
                "recomputed": each.recomputed,
                "counts": not each.extra,
            }
            for each in verified.differences
        ],
    }


def verify_tables(verified: Sequence[Verified], left: int, say: Language) -> Iterator[Table]:
    """One line for each result, then what differs in each; `left` scorecards have no result."""
    titles = {"compared": say("Compared")}
    keys = "result unit year scheme compared:number differ"
    builder = TableBuilder(columns(say, keys, **titles))
    for each in verified:
        builder.take(
            verify_record(each),
            result=_verdict(each, say),
            differ=sum(not difference.extra for difference in each.differences),
            strong=not each.agrees,
        )
    title = say("Recomputed by parindex {version}", version=__version__)
    yield builder.table(title, _notes(verified, left, say), keep=None)
    yield from (_differences(each, say) for each in verified if each.differences)


def _verdict(verified: Verified, say: Language) -> str:
    if verified.missing:
        return say("NO SCORECARD")
    return say("agrees") if verified.agrees else say("DIFFERS")


def _notes(verified: Sequence[Verified], left: int, say: Language) -> Iterator[str]:
    agree = sum(each.agrees for each in verified)
    yield say("{agree} of {all} results agree.", agree=agree, all=len(verified))
    compared = [each for each in verified if not each.missing]
    if any(each.path == HASH for one in compared for each in one.differences):
        yield say("The scheme is not the same any more: its hash differs.")
    elif compared:
        yield say("The hash of the scheme agrees.")
    versions = {each.version or "" for each in verified}
    if versions == {__version__}:
        yield say("Handed on by the same version.")
    for version in sorted(versions - {__version__}):
        if version:
            yield say("Handed on by version {version}: words were not compared.", version=version)
        else:
            yield say("The results do not say by which version: words were not compared.")
    if left:
        yield say("{count} scorecards have no result in the file.", count=left)


def _differences(verified: Verified, say: Language) -> Table:
    titles = {"handed_on": say("Handed on"), "recomputed": say("Recomputed")}
    keys = "what:code handed_on:number recomputed:number"
    builder = TableBuilder(columns(say, keys, **titles))
    for each in verified.differences:
        builder.add(what=each.path, handed_on=each.handed_on, recomputed=each.recomputed)
    extra = any(each.extra for each in verified.differences)
    notes = [say("What results do not have is not compared.")] if extra else []
    return builder.table(f"{verified.unit} · {verified.year}", notes, keep=None)
