"""Results as JSON or NDJSON, as `score` writes them, read with every number as its text."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from parindex.findings import InputError
from parindex.reading.document import Document, Tree, fault, mapping, read_text
from parindex.reading.read_json import read_json
from parindex.reading.source import STDIN
from parindex.values.codes import EMPTY_FILE, MISSING_FIELD, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Place, in_file

FORMAT: Final = "parindex-result/1"
_NEEDED: Final = ("unit", "year", "scheme")


class HandedOn(NamedTuple):
    """One result as it was handed on, the version that it says made it, and where it stands."""

    result: dict[str, Tree]
    version: str | None
    path: Path = ()


def read_results(file: str) -> list[HandedOn]:
    """The results of a file, or of standard input for `-`.

    Raises:
        InputError: every fault: the file cannot be read, or holds something else.
    """
    found: list[HandedOn] = []
    findings: list[Finding] = []
    try:
        for document in read_json(read_text(file), "<stdin>" if file == STDIN else file):
            if document.faults:
                findings += document.faults
                continue
            try:
                found += results_of(document)
            except InputError as error:
                findings += error.findings
    except InputError as error:
        findings += error.findings
    if findings:
        raise InputError(sorted(findings, key=in_file))
    if not found:
        raise fault(EMPTY_FILE, Place(file))
    return found


def results_of(document: Document) -> Iterator[HandedOn]:
    """The results of an object that holds several, or the one that a line is.

    Raises:
        InputError: the document is neither.
    """
    whole = mapping(document)
    if "format" not in whole and "results" not in whole:
        yield _result(document, whole, ())
        return
    if whole.get("format") != FORMAT:
        raise _not_one(document, ("format",), whole.get("format"), FORMAT)
    results = whole.get("results")
    if not isinstance(results, list):
        raise _not_one(document, ("results",), results, "[…]")
    version = _version(whole.get("tool"))
    for number, result in enumerate(results):
        yield _result(document, result, ("results", number))._replace(version=version)


def _result(document: Document, tree: Tree, path: Path) -> HandedOn:
    if not isinstance(tree, dict):
        raise _not_one(document, path, tree, "key: value")
    missing = [name for name in _NEEDED if name not in tree]
    if missing:
        place = document.locate(path)
        raise InputError(
            [Finding(MISSING_FIELD, "", {"expected": name}, place=place) for name in missing]
        )
    result = {name: value for name, value in tree.items() if name != "tool"}
    return HandedOn(result, _version(tree.get("tool")), path)


def _version(tool: Tree) -> str | None:
    version = tool.get("version") if isinstance(tool, dict) else None
    return short(version) if isinstance(version, str) else None


def _not_one(document: Document, path: Path, found: Tree, expected: str) -> InputError:
    shown = "–" if found is None else short(found)
    return fault(WRONG_TYPE, document.locate(path), found=shown, expected=expected)
