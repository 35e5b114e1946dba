"""A filled-in scorecard as a workbook that is read back before it is kept, so that nothing is lost."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from msgspec.structs import replace

from parindex.files.open_scorecards import Reading
from parindex.findings import InputError
from parindex.office.merge.merging import is_bare, is_same
from parindex.office.xlsx.read import read_xlsx
from parindex.office.xlsx.template import filled_workbook
from parindex.reading.document import normal
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.tables.facts import fact_text
from parindex.values.codes import NO_PLACE_IN_WORKBOOK
from parindex.values.facts import UNKNOWN, Fact
from parindex.values.fields import short
from parindex.values.finding import Finding, Path
from parindex.values.language import Language
from parindex.values.normal import unseen_removed
from parindex.values.stages import STAGE_WORDS

_BESIDE: Final = ("note", "explanation", "evidence", "counts", "published", "reference")
_HEAD: Final = tuple(
    name
    for name in Scorecard.__struct_fields__
    if name not in ("scores", "places", "level", "scheme", "scheme_file", "doubts", "own")
)


def workbook_of(
    card: Scorecard, scheme: Scheme, say: Language, of: Collection[str] | None = None
) -> bytes:
    """The bytes of the workbook.

    A score without stages stands as what the unit itself reports, which is how
    it reads back.

    Args:
        card: what stands in it.
        scheme: its scheme, with criteria.
        say: the language of the sheet.
        of: the leaves of one part; without it all of them.

    Raises:
        InputError: P703 for everything that a workbook cannot hold.
    """
    data = filled_workbook(card, scheme, say, of)
    findings = []
    for where, path, found in _lost(card, _read_back(data, scheme), scheme, say):
        place = card.places.locate(path) if card.places else None
        findings.append(Finding(NO_PLACE_IN_WORKBOOK, where, {"found": found}, path, place))
    if findings:
        raise InputError(findings)
    return data


def _read_back(data: bytes, scheme: Scheme) -> Scorecard:
    [(card, _, findings)] = read_xlsx(data, "", Reading((scheme,), parts=True))
    bad = {finding.where for finding in findings}
    if card is None:
        return Scorecard("", 0)
    return replace(card, scores={c: entry for c, entry in card.scores.items() if c not in bad})


def _lost(
    card: Scorecard, read: Scorecard, scheme: Scheme, say: Language
) -> Iterator[tuple[str, Path, str]]:
    """What is no longer there, or no longer the same: whose it is, the way to it, and what it says."""
    for name in _HEAD:
        value = getattr(card, name)
        if _plain(value) != _plain(getattr(read, name)):
            yield name, (name,), short(value)
    for code in {**card.scores, **read.scores}:
        given, back = _said(card.scores.get(code)), _said(read.scores.get(code))
        if code in scheme.items and (code in card.scores) != (code in read.scores):
            given[""] = UNKNOWN
        criterion = scheme.by_code.get(code)
        for what in {**given, **back}:
            value = given.get(what)
            if not is_same(value, back.get(what)):
                rule = criterion.rule if criterion else None
                found = fact_text(value, rule, say) if isinstance(value, Fact) else short(value)
                stage, _, field = what.partition(".")
                about = say(STAGE_WORDS[stage].name) if stage in STAGE_WORDS else stage
                yield code, ("scores", code), ": ".join(filter(None, (about, field, found)))


def _said(entry: Entry | None) -> dict[str, Any]:
    """Everything that an entry says, by stage and field; what is unknown says nothing."""
    if entry is None or is_bare(entry):
        return {}
    found: dict[str, Any] = {"reason": entry.reason}
    stages = entry.stages or {"self": Entry(entry.fact)}
    for stage, each in stages.items():
        is_latest = stage == entry.stage or not entry.stages
        found[stage] = each.fact
        for name in _BESIDE:
            found[f"{stage}.{name}"] = getattr(each, name)
        found[f"{stage}.reason"] = None if is_latest else each.reason
        if each.fact == UNKNOWN and not (is_latest and len(stages) > 1):
            del found[stage]
    found |= {name: getattr(entry, name) for name in _BESIDE}
    return {what: _plain(value) for what, value in found.items() if value not in (None, (), {})}


def _plain(value: Any) -> Any:
    """Text as a cell keeps it: composed, without letters that nobody sees and spaces around it."""
    if not isinstance(value, str):
        return value
    return unseen_removed(normal(value.replace("\xa0", " "))).strip()
