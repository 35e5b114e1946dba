"""The Python interface: the same steps as the command line, without its words."""

from collections.abc import Iterable
from os import PathLike, fspath

from parindex import catalog
from parindex.formats import scorecards
from parindex.formats.numerals import DecimalMark
from parindex.formats.write_yaml import write_yaml
from parindex.model.result import Result
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Scorecard, Stage
from parindex.scoring import score as score_under


def load_scheme(id_or_file: str | PathLike[str]) -> Scheme:
    """A scheme of the catalog by its id (`vn-province-2018`), or one from a YAML file.

    Raises:
        InputError: no such scheme, or every fault of the file.
    """
    return catalog.load_scheme(fspath(id_or_file))


def read_scorecards(
    file: str | PathLike[str], scheme: Scheme | None = None, decimal: DecimalMark | None = None
) -> list[Scorecard]:
    """The scorecards of a file, of a folder's files, or of standard input for `-`.

    Args:
        file: a YAML, JSON or CSV file, or a folder with such files.
        scheme: the scheme of all of them, whatever the file names.
        decimal: whether `comma` or `point` is the decimal mark; without it a
            number that can be read in two ways is refused.

    Raises:
        InputError: every fault of the file.
    """
    given = [] if scheme is None else [scheme]
    return list(scorecards.read_scorecards(fspath(file), given, decimal))


def score(scorecard: Scorecard, scheme: Scheme | None = None, stage: Stage | None = None) -> Result:
    """The exact result of a scorecard.

    Args:
        scorecard: what one unit reports for one year.
        scheme: the scheme; without it that of the scorecard's id, or the only
            one of the catalog that fits its level, year, province and group.
        stage: count only scores of this stage; without it the latest of each code.

    Returns:
        The result: points as exact rationals, percentages in hundredths.

    Raises:
        InputError: no scheme is known, or the scorecard does not fit it.
    """
    if scheme is None:
        card = scorecard
        scheme = catalog.find_scheme(card.scheme, card.level, card.year, card.province, card.group)
    return score_under(scorecard, scheme, stage)


def write_scorecard(scorecards: Iterable[Scorecard]) -> str:
    """Scorecards as YAML text that reads back as the same scorecards."""
    return write_yaml(scorecards)
