"""A scorecard taken apart by the offices that answer for its rows: the other way of `merging`."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from parindex.office.merge.merging import is_bare
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language


def part_by_lead(card: Scorecard, scheme: Scheme) -> Mapping[str, Scorecard]:
    """The part of each lead office, in the order of the scheme; of no office under an empty name.

    Each office has a part, filled or not. What belongs to no row (totals, raw
    counts, printed figures) stands in the part of no office, which is there only
    where it holds something or a leaf has no lead. Merged, the parts are the
    scorecard again.
    """
    offices = dict.fromkeys(scheme.leads[leaf.code] for leaf in scheme.leaves)
    offices |= dict.fromkeys(scheme.leads.get(code, "") for code in card.scores)
    common = replace(card, scores={}, parts={}, total=None, counts={}, published=None)
    if common != replace(card, scores={}):
        offices[""] = None
    parts: dict[str, Scorecard] = {}
    for office in sorted(offices, key=bool, reverse=True):
        scores = {
            code: entry
            for code, entry in card.scores.items()
            if scheme.leads.get(code, "") == office
        }
        whole = common if office else card
        parts[office] = replace(whole, office=office or card.office, scores=scores)
    return parts


class PartFile(Struct, frozen=True):
    """The part of an office, empty for none: its file, and the leaves that are to be filled in."""

    path: str
    office: str
    card: Scorecard
    codes: tuple[str, ...]


def parts_sheet(files: Sequence[PartFile], card: Scorecard, scheme: Scheme, say: Language) -> Table:
    """A row for each file: how many rows it has, and how many of them are filled in already."""
    keys = "office rows filled:number file"
    table = TableBuilder(columns(say, keys, filled=say("Filled in")))
    filled = [sum(not is_bare(entry) for entry in each.card.scores.values()) for each in files]
    for each, count in zip(files, filled, strict=True):
        office = each.office or say("no office named")
        table.add(office=office, rows=len(each.codes), filled=count, file=each.path)
    rows = sum(len(each.codes) for each in files)
    table.add(office=say("Total"), rows=rows, filled=sum(filled), file="", strong=True)
    return table.table(f"{card.unit} · {card.year} · {say.name(scheme.title)}", keep=None)
