"""An empty workbook for each unit of a list: `parindex template SCHEME --units list.csv -o folder`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from parindex.cli.output import check_office
from parindex.cli.progress import progress
from parindex.cli.words import _, current
from parindex.cli.writing import write_all
from parindex.findings.wing import wing
from parindex.reading.source import read_bytes, shown
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.fuzzy import fold_name

_LONGEST: Final = 60
"""Letters of a unit in the name of its file: with the folders around it a path must stay usable."""
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)))
)
"""Names that Windows keeps for itself, whatever the ending."""


def write_templates(scheme: Scheme, year: int, units: str, folder: str) -> list[str]:
    """Write a workbook for each unit of a list, all or none; those that are there already stay.

    Args:
        scheme: the scheme, with criteria.
        year: the year.
        units: the name of the list, or `-`.
        folder: where the files go; it is made.

    Returns:
        The names of the files.

    Raises:
        InputError: what is wrong with the list, or P704 for each file that is there
            and is another.
    """
    check_office("xlsxwriter", "--units")
    listed = wing("sheets.unit_list").units_in(read_bytes(units), shown(units), scheme.id, year)
    cards: list[Scorecard] = listed
    contents: dict[str, str | bytes] = {}
    names = [*_names(cards)]
    workbook_of = wing("xlsx.scorecard").workbook_of
    for number, name in enumerate(progress(names, _("Making workbooks"))):
        contents[str(Path(folder) / name)] = workbook_of(cards[number], scheme, current())
    write_all(Path(folder), contents)
    return [str(Path(folder) / name) for name in names]


def _names(cards: Sequence[Scorecard]) -> Iterator[str]:
    """The names of the files: letters without marks, figures and hyphens, each once."""
    met: set[str] = set()
    for card in cards:
        stem = fold_name(card.unit)[:_LONGEST].strip("-") or "unit"
        number = 1
        name = f"{stem}-1" if stem in _DEVICES else stem
        while name in met:
            number += 1
            name = f"{stem}-{number}"
        met.add(name)
        yield f"{name}.xlsx"
