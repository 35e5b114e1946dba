"""The Python interface of the office wing: merge and split, reports, charts, and annexes."""

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Literal, overload

from parindex.analysis.target import Target
from parindex.api.reading import CARD, check_scheme, scheme_of
from parindex.findings.wing import missing
from parindex.office.annexes.columns import columns_told
from parindex.office.annexes.importing import Imported, import_annex
from parindex.office.charts.picture import Drawable, Picture, picture_of
from parindex.office.documents.letterhead import read_letterhead
from parindex.office.documents.rendered import ReportFormat, rendered
from parindex.office.merge import merging
from parindex.office.merge.merging import Part
from parindex.office.merge.splitting import part_by_lead
from parindex.office.reports.analysis import analysis
from parindex.office.reports.blocks import Letterhead, Report, without_traces
from parindex.office.reports.plan import plan
from parindex.office.reports.ranked_groups import ranked_groups
from parindex.office.reports.ranking import ranking_report
from parindex.office.reports.self_assessment import self_assessment
from parindex.published_figures.context import published_context
from parindex.published_figures.published_tables import load_published
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.result import Result
from parindex.values.arguments import choice, each_of, expect, path_of
from parindex.values.language import Language, LanguageCode, language

ReportKind = Literal["self-assessment", "analysis", "ranking", "plan"]
_RESULT = "a Result (of score)"


def merge(parts: Mapping[str, Scorecard], scheme: Scheme | None = None) -> merging.Merged:
    """The parts that offices filled in, as one scorecard; and who delivered what.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> parindex.merge(parindex.split(card)).card.scores == card.scores
    True

    Args:
        parts: by a name for each, such as its file; all of one unit, year, scheme and period.
        scheme: their scheme; without it as for `score`.

    Returns:
        The whole as `card`, or None where `conflicts` holds what parts give
        differently; `deliveries` tells of each leaf which parts gave it.

    Raises:
        InputError: P701 a part is of another scorecard; or no scheme is known.
        ValueError: there are no parts.
    """
    expect("parts", parts, Mapping, "a mapping of names to scorecards")
    for name, card in parts.items():
        expect("parts", name, str, "names as text")
        expect(f"parts[{name!r}]", card, Scorecard, CARD)
    check_scheme(scheme)
    if not parts:
        raise ValueError("give at least one part")
    named = [Part(name, card, card.office) for name, card in parts.items()]
    return merging.merge(named, scheme or scheme_of(named[0].card))


def split(scorecard: Scorecard, scheme: Scheme | None = None) -> Mapping[str, Scorecard]:
    """The part of each lead office by its name, in the order of the scheme; of no office under "".

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> parts = parindex.split(card)
    >>> sum(len(part.scores) for part in parts.values()) == len(card.scores)
    True

    Args:
        scorecard: what is taken apart; merged, its parts are the same again.
        scheme: its scheme; without it as for `score`.

    Raises:
        InputError: no scheme is known.
    """
    expect("scorecard", scorecard, Scorecard, CARD)
    check_scheme(scheme)
    return part_by_lead(scorecard, scheme or scheme_of(scorecard))


@overload
def report(
    results: Result | Iterable[Result],
    kind: ReportKind,
    form: Literal["markdown", "html"] = "markdown",
    *,
    previous: Iterable[Result] = (),
    among: Iterable[Result] = (),
    target: Target | None = None,
    letterhead: str | PathLike[str] | None = None,
    annex: bool = True,
    lang: LanguageCode = "en",
) -> str: ...
@overload
def report(
    results: Result | Iterable[Result],
    kind: ReportKind,
    form: Literal["docx", "pdf"],
    *,
    previous: Iterable[Result] = (),
    among: Iterable[Result] = (),
    target: Target | None = None,
    letterhead: str | PathLike[str] | None = None,
    annex: bool = True,
    lang: LanguageCode = "en",
) -> bytes: ...
def report(
    results: Result | Iterable[Result],
    kind: ReportKind,
    form: ReportFormat = "markdown",
    *,
    previous: Iterable[Result] = (),
    among: Iterable[Result] = (),
    target: Target | None = None,
    letterhead: str | PathLike[str] | None = None,
    annex: bool = True,
    lang: LanguageCode = "en",
) -> str | bytes:
    """A document that an office sends out: self-assessment, analysis, ranking or plan.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> "Sóc Trăng" in parindex.report(result, "self-assessment", lang="en")
    True

    Args:
        results: the result of one unit; of a ranking those of all units.
        kind: what the document is for.
        form: `markdown` or `html` as text, `docx` or `pdf` as bytes.
        previous: results of the year before, for an analysis or a ranking.
        among: results of other units, for an analysis.
        target: what a plan is to reach, from `target`.
        letterhead: issuer, number, place, date, signature and recipients, a YAML file.
        annex: whether it is told how each score came about.
        lang: the language of the document.

    Raises:
        ValueError: there is no such kind or form; several results where one is meant.
        InputError: every fault of the letterhead; P158 the extra `office` is not installed.
    """
    choice("kind", kind, ReportKind)
    choice("form", form, ReportFormat)
    choice("lang", lang, LanguageCode)
    given = [results] if isinstance(results, Result) else results
    of = [*each_of("results", given, Result, _RESULT)]
    before = [*each_of("previous", previous, Result, _RESULT)]
    others = [*each_of("among", among, Result, _RESULT)]
    if target is not None:
        expect("target", target, Target, "a Target (of target)")
    head = (
        Letterhead() if letterhead is None else read_letterhead(path_of("letterhead", letterhead))
    )
    say = language(lang)
    if kind == "ranking":
        found = ranking_report(ranked_groups(of, before, say), say, head)
    elif len(of) == 1:
        found = _of_unit(of[0], kind, others, before, target, say, head)
    else:
        raise ValueError(f"results: expected one result for this kind; found {len(of)}")
    try:
        return rendered(found if annex else without_traces(found), form)
    except ModuleNotFoundError as error:
        raise missing(error.name or "", "office") from error


def _of_unit(
    result: Result,
    kind: ReportKind,
    others: list[Result],
    before: list[Result],
    target: Target | None,
    say: Language,
    head: Letterhead,
) -> Report:
    if kind == "self-assessment":
        return self_assessment(result, say, head)
    if kind == "plan":
        return plan(result, target, say, head)
    context = published_context(result, others, before, load_published(), say)
    return analysis(context, say, head)


def chart(thing: Drawable, lang: LanguageCode = "en") -> Picture:
    """The charts of a result, ranking, comparison or of whatever else the command line draws.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> result = parindex.score(card)
    >>> parindex.chart(result).svg()[:4]
    '<svg'

    Args:
        thing: a result, ranking, stability, comparison, losses or trend.
        lang: the language of its words and numbers.

    Returns:
        The charts: `svg()`, `png()` and `spec()` draw the first; a notebook shows all.

    Raises:
        TypeError: it has no chart.
        ValueError: there is no such language.
    """
    expect("thing", thing, Drawable, "a Result, Ranking, Stability, Comparison, Losses or Trend")
    choice("lang", lang, LanguageCode)
    return picture_of(thing, lang)


def import_scheme(
    annex: str | PathLike[str],
    *,
    sheet: str = "",
    table: int | None = None,
    columns: str = "",
    year: int | None = None,
) -> Imported:
    """A scheme out of the annex of a decision, as `schemes import` makes it.

    >>> imported = parindex.import_scheme("tests/annexes/merged.docx")
    >>> "criteria:" in imported.text("en")
    True

    Args:
        annex: the name of a .docx, .xlsx, .xls, .ods or .csv file.
        sheet: the sheet to take; without it the first with a table of criteria.
        table: the table of a document to take, counted from 1.
        columns: which column holds what, where headings do not say it: `code=A,name=B,maximum=C`.
        year: the year that is scored, where the title does not name it.

    Returns:
        The annex as it was read; `text(language)` is the scheme file.

    Raises:
        InputError: the file cannot be read, or has no such table.
        ValueError: `columns` names no columns.
    """
    name = path_of("annex", annex)
    told = columns_told(columns) if columns else None
    return import_annex(name, sheet=sheet, table=table, told=told, year=year)
