"""Published figures against computed ones, within what rounding explains.

A printed total was rounded from unrounded parts. With n parts rounded to the
scheme's digits the sum of the printed parts can differ from it by at most
(n + 1) half units of the last digit: each part by half a unit, and the total
itself by another. Parts that a rule computed exactly add nothing to the bound.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from parindex.scheme.scheme import Criterion
from parindex.scheme.unknown_code import told_of
from parindex.scorecard.scorecard import Published
from parindex.scoring.result import Node, Result
from parindex.values.codes import (
    PUBLISHED_BAND_DIFFERS,
    PUBLISHED_INDEX_ROUNDED,
    PUBLISHED_INDEX_WRONG,
    PUBLISHED_NOT_COMPUTABLE,
    PUBLISHED_RANK_IMPOSSIBLE,
    UNKNOWN_CODE,
)
from parindex.values.exact import ZERO, decimals, half_unit, points_unit, rounded, to_text
from parindex.values.facts import Percent, Points
from parindex.values.finding import Finding, Path


def compare_published(result: Result) -> Iterator[Finding]:
    """Findings about every published figure that differs from the computed one."""
    published = result.scorecard.published
    if published is None:
        return
    whole = result.total
    blur = _whole_blur(result)
    if published.index is not None:
        yield from _compare(result, whole, "percent", published.index, blur, ("index",))
    if published.total is not None:
        yield from _compare(result, whole, "points", published.total, blur, ("total",))
    for field, figures in (("percent", published.percent), ("points", published.points)):
        for code, figure in figures.items():
            path: Path = (field, code)
            if code not in result.scheme.by_code:
                yield _finding(result, UNKNOWN_CODE, code, path, **told_of(result.scheme, code))
                continue
            blur = _blur(result, (result.scheme.by_code[code],))
            yield from _compare(result, result.node(code), field, figure, blur, path)
    yield from _ranks(result, published)
    if published.band is not None:
        yield from _band(result, published.band)


def _ranks(result: Result, published: Published) -> Iterator[Finding]:
    """Ranks are kept, not computed; they must be among the units, and their codes known."""
    ranks = {"": published.rank, **published.ranks}
    for code, rank in ranks.items():
        path: Path = ("ranks", code) if code else ("rank",)
        if code and code not in result.scheme.by_code:
            yield _finding(result, UNKNOWN_CODE, code, path, **told_of(result.scheme, code))
        elif rank is not None and not 1 <= rank <= (published.of or rank):
            of = str(published.of or "—")
            yield _finding(
                result, PUBLISHED_RANK_IMPOSSIBLE, code, path, published=str(rank), of=of
            )


def _whole_blur(result: Result) -> Fraction:
    """By how many points the parts of the total may have been rounded, at most."""
    unit = points_unit(result.scheme.rounding.index)
    if result.basis == "total":
        return unit
    if result.basis == "parts":
        return unit * sum(len(given) for given in result.scorecard.parts.values())
    return _blur(result, result.scheme.criteria)


def _blur(result: Result, criteria: tuple[Criterion, ...]) -> Fraction:
    """By how many points the scores under some criteria may have been rounded, at most."""
    digits = result.scheme.rounding.index
    blur = ZERO
    for criterion in criteria:
        entry = result.scorecard.entry(criterion.code, result.asked_stage)
        if entry is not None and isinstance(entry.fact, Points):
            blur += points_unit(digits)
        elif entry is not None and isinstance(entry.fact, Percent):
            blur += half_unit(digits) * (criterion.maximum or ZERO) / 100
        else:
            blur += _blur(result, criterion.children)
    return blur


def _compare(
    result: Result, node: Node, field: str, figure: Decimal, blur: Fraction, path: Path
) -> Iterator[Finding]:
    """A printed percentage, or printed points, against the computed ones."""
    digits, whole = result.scheme.rounding.index, node.applicable_max
    if field == "percent":
        computed = node.percent
        bound = (blur * 100 / whole if whole else ZERO) + half_unit(digits)
    else:
        computed = node.final if node.complete else None
        bound = blur + points_unit(digits)
    if computed is None:
        found = ".".join(map(str, path))
        yield _finding(result, PUBLISHED_NOT_COMPUTABLE, node.code, path, found=found)
        return
    if result.printed(computed) == figure:
        return
    difference = Fraction(figure) - computed
    yield _finding(
        result,
        PUBLISHED_INDEX_ROUNDED if abs(difference) <= bound else PUBLISHED_INDEX_WRONG,
        node.code,
        path,
        published=f"{figure:f}",
        computed=to_text(rounded(computed, max(digits, decimals(figure)))),
        difference=to_text(rounded(difference, digits + 2)),
        bound=to_text(rounded(bound, digits + 2)),
    )


def _band(result: Result, band: str) -> Iterator[Finding]:
    if not result.bands:
        yield _finding(result, PUBLISHED_NOT_COMPUTABLE, "", ("band",), found="band")
    elif band not in result.bands:
        computed = ", ".join(name or "?" for name in result.bands)
        yield _finding(
            result, PUBLISHED_BAND_DIFFERS, "", ("band",), published=band, computed=computed
        )


def _finding(result: Result, code: str, where: str, path: Path, **parameters: str) -> Finding:
    whole: Path = ("published", *path)
    places = result.scorecard.places
    place = places.locate(whole, key=code == UNKNOWN_CODE) if places else None
    return Finding(code, where, parameters, whole, place)
