"""Results as `score` and `rank` write them in JSON, read as the scorecards that they were computed from."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from parindex.findings import InputError
from parindex.reading.document import Document, Tree, mapping
from parindex.reading.numerals import DecimalMark
from parindex.scheme.scheme import Scheme
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.scorecard_file import HeadForm, scorecard_of
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.codes import MISSING_FIELD, OTHER_FILE_KIND, WRONG_TYPE
from parindex.values.exact import to_text
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place
from parindex.values.language import N_

_FORMAT: Final = "parindex-result/"
_NUMBER: Final = re.compile(r"-?[0-9]{1,90}(?:[./][0-9]{1,90})?")
_RANKING: Final = "parindex-ranking/"
_OURS: Final = "parindex-"
_HEAD: Final = ("unit", "year", "level", "unit_id", "group", "source")
_STATES: Final = ("no_evidence", "not_applicable")
ANALYSES: Final = (
    "unit_id,unit,year,scheme,by,",
    "level,province,group,parent,unit,code_before,",
)
"""How tables in CSV begin that `losses` and `compare` wrote."""
_ANALYSIS: Final = N_("an analysis that parindex wrote")
_SCORED: Final = N_("scorecards, or what `score` wrote of them as .xlsx, .csv or .json")
_DEEP: Final = N_("all criteria: write it by `score --depth 9 -f json`")
_WHOLE: Final = N_("the scorecard itself: what is added or taken away is not in a result")


def is_result(document: Document) -> bool:
    """Whether a document holds results or a ranking; one of `losses` or `compare` is refused.

    Raises:
        InputError: P150 it is an analysis, which has no scores.
    """
    tree = document.tree if isinstance(document.tree, dict) else {}
    said = tree.get("format")
    if not isinstance(said, str):
        return {"tool", "criteria"} <= set(tree)
    is_ours = said.startswith((_FORMAT, _RANKING))
    if said.startswith(_OURS) and not is_ours:
        raise refused(document.locate(("format",)))
    return is_ours


def refused(place: Place) -> InputError:
    """The error of a file that an analysis was written to."""
    told = {"other": _ANALYSIS, "expected": _SCORED}
    return InputError([Finding(OTHER_FILE_KIND, "", told, place=place)])


def scorecards_of(
    document: Document, scheme_of: Callable[[HeadForm], Scheme], mark: DecimalMark | None
) -> Iterator[Read]:
    """The scorecards of the results of a document: what was reported, and points where nothing was.

    One whose points are others when they are computed again is refused.
    """
    tree = mapping(document)
    if str(tree.get("format", "")).startswith(_RANKING):
        yield from _ranked(document, tree, scheme_of, mark)
        return
    results = tree.get("results", [tree])
    for number, result in enumerate(results if isinstance(results, list) else []):
        path: Path = ("results", number) if "results" in tree else ()
        if isinstance(result, dict):
            yield _Result(document, result, path).read(scheme_of, mark)


def _ranked(
    document: Document,
    tree: dict[str, Tree],
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
) -> Iterator[Read]:
    """The units of a ranking: each with its points as a total, or without any where it has no place."""
    for path, group in _mappings(tree, "groups", ()):
        for name in ("ranked", "not_ranked", "unknown"):
            for at, unit in _mappings(group, name, path):
                said = {key: group.get(key) for key in ("year", "level", "province", "group")}
                said |= {key: unit.get(key) for key in ("unit", "unit_id", "parent", "scheme")}
                points = unit.get("points") if name == "ranked" else None
                head = {key: value for key, value in said.items() if value not in (None, "")}
                whole = {} if points is None else {"total": points}
                places: dict[Path, Place] = {(): document.locate(at)}
                form = Document(document.file, {**head, **whole, "scores": {}}, places)
                card, scheme, faults = scorecard_of(form, scheme_of, mark, empty=points is None)
                if card is not None and scheme is not None and not faults:
                    faults = _other_index(document, score(card, scheme), unit.get("index"), at)
                yield card, scheme, faults


def _other_index(document: Document, result: Result, said: Tree, at: Path) -> list[Finding]:
    """The fault of an index that the points alone do not give: part of the maximum did not apply."""
    index = result.printed_percent(result.total)
    if said is None or (index is not None and _fraction(said) == index):
        return []
    told = {"found": short(str(said)), "expected": "" if index is None else f"{index:f}"}
    return [Finding(WRONG_TYPE, "index", told, place=document.locate((*at, "index")))]


def _fraction(said: Tree) -> Fraction | None:
    """A number, or a quotient, of so many digits that it can be read; None of all else."""
    try:
        return Fraction(str(said)) if _NUMBER.fullmatch(str(said)) else None
    except ZeroDivisionError:
        return None


def _mappings(
    tree: dict[str, Tree], name: str, path: Path
) -> Iterator[tuple[Path, dict[str, Tree]]]:
    found = tree.get(name)
    for number, each in enumerate(found if isinstance(found, list) else []):
        if isinstance(each, dict):
            yield (*path, name, number), each


class _Result:
    """One result, and the scorecard that it was computed from."""

    def __init__(self, document: Document, result: dict[str, Tree], path: Path) -> None:
        self._document, self._result, self._path = document, result, path
        self._places: dict[Path, Place] = {(): document.locate(path)}
        self._faults: list[Finding] = []

    def read(self, scheme_of: Callable[[HeadForm], Scheme], mark: DecimalMark | None) -> Read:
        tree: dict[str, Tree] = {}
        for name in _HEAD:
            if self._result.get(name) is not None:
                tree[name] = self._result[name]
                self._places[name,] = self._document.locate((*self._path, name))
        scheme = self._result.get("scheme")
        if isinstance(scheme, dict) and scheme.get("id"):
            tree["scheme"] = scheme["id"]
            self._places["scheme",] = self._document.locate((*self._path, "scheme", "id"))
        scores: dict[str, Tree] = {}
        self._nodes(self._result, "criteria", self._path, scores)
        blocks = self._result.get("adjustments")
        given = (
            [each for each in blocks if isinstance(each, dict) and each.get("items")]
            if isinstance(blocks, list)
            else []
        )
        if given or self._result.get("partitions"):
            self._faults.append(self._fault(MISSING_FIELD, ("adjustments",), expected=_WHOLE))
        tree["scores"] = scores
        if not scores and self._result.get("points") is not None:
            tree["total"] = self._result["points"]
            if self._result.get("applicable_max") != self._result.get("max"):
                tree["applicable_max"] = self._result.get("applicable_max")
        form = Document(self._document.file, tree, self._places)
        card, under, faults = scorecard_of(form, scheme_of, mark)
        faults = [*faults, *self._faults]
        if card is not None and under is not None and not faults:
            faults = self._other_figures(score(card, under))
        return card, under, faults

    def _nodes(self, of: dict[str, Tree], name: str, path: Path, scores: dict[str, Tree]) -> None:
        nodes = of.get(name)
        for number, node in enumerate(nodes if isinstance(nodes, list) else []):
            at: Path = (*path, name, number)
            if not isinstance(node, dict) or not isinstance(node.get("code"), str):
                continue
            if node.get("children"):
                self._nodes(node, "children", at, scores)
                continue
            told = self._entry(node, at)
            if told is not None:
                code = str(node["code"])
                scores[code] = told
                self._places["scores", code] = self._document.locate(at)

    def _entry(self, node: dict[str, Tree], at: Path) -> Tree:
        """What was reported of a criterion, else its state or its points."""
        state, points = node.get("state"), node.get("points")
        if isinstance(node.get("input"), dict):
            return node["input"]
        if state in _STATES:
            return state
        if state == "partial" or "points_exact" in node:
            self._faults.append(self._fault(MISSING_FIELD, at, found=node["code"], expected=_DEEP))
            return None
        return points

    def _fault(self, code: str, at: Path, **told: object) -> Finding:
        place = self._document.locate((*self._path, *at[len(self._path) :]))
        return Finding(code, "", {name: str(each) for name, each in told.items()}, place=place)

    def _other_figures(self, result: Result) -> list[Finding]:
        """The fault of points or an index that are others than those of the scorecard made of them."""
        total = result.total
        said = self._result.get("points_exact") or self._result.get("points")
        stored = _fraction(said)
        index = None if result.index is None else f"{result.index:f}"
        percent, named = self._result.get("percent"), self._result.get("index", index)
        if stored not in (total.points, total.final):
            what, found = "points", said
            expected = "" if total.final is None else to_text(total.final)
        elif percent != index:
            what, found, expected = "percent", percent, index or ""
        elif named != index:
            what, found, expected = "index", named, index or ""
        else:
            return []
        told = {"found": short(str(found)), "expected": expected}
        return [self._fault(WRONG_TYPE, (*self._path, what), **told)]
