"""Scenarios: what is changed, from the command line or from a file that can be replayed."""

import os
import re
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any, Final, Literal, NamedTuple

from pydantic import Field
from pydantic_core import PydanticCustomError

from parindex.analysis.scenario import Change, Shift
from parindex.reading.document import refused, without_halves
from parindex.reading.documents import documents, only, read_whole
from parindex.reading.folder import beside
from parindex.reading.numerals import DecimalMark, read_number
from parindex.reading.validate import read_as
from parindex.scheme.catalog import is_file
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.entry_file import FactForm
from parindex.scorecard.said import form_of_said, points_alone
from parindex.scorecard.scorecard import Stage
from parindex.values.codes import SYNTAX_BROKEN
from parindex.values.fields import Code, Frozen, NameText, Text, short
from parindex.values.finding import Finding, Path, Place, Places

FORMAT: Final = "parindex-scenario/1"
Given = Mapping[str, str | Mapping[str, Any]]
"""By code: a value as the criterion's rule takes it, a shift of points, or a score's long form."""


class ScenarioForm(Frozen):
    """A scenario as it stands in a file; its fields mean what options of the same names do."""

    format: Literal["parindex-scenario/1"]
    name: Text | None = None
    base: Text | None = None
    unit: NameText | None = None
    scheme: Text | None = None
    stage: Stage | None = None
    decimal: DecimalMark | None = None
    set_: dict[Code, Text | dict[str, Any]] = Field(alias="set", min_length=1)


class Scenario(NamedTuple):
    """A scenario that was read, what tells where its values stand, and its file."""

    form: ScenarioForm
    places: Places
    file: str

    def named(self, field: Literal["base", "scheme"]) -> list[str]:
        """The file of a field, or the id of a scheme; empty where there is none.

        Raises:
            InputError: P101 the file is not beside the scenario or below.
        """
        name: str | None = getattr(self.form, field)
        if name and (field == "base" or is_file(name)):
            name = beside(self.file, name, self.places.locate((field,)))
        return [name] if name else []


class _Typed:
    """The places of values that were typed as options."""

    def locate(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The option and the code."""
        return Place(f"--set {short(path[1])}" if len(path) > 1 else "--set")


TYPED: Final = _Typed()


def read_scenario(file: str) -> Scenario:
    """The scenario of a file.

    Raises:
        InputError: every fault of its form.
    """
    document = only(documents(file))
    return Scenario(read_whole(ScenarioForm, document), document, file)


def write_scenario(form: ScenarioForm, file: str) -> str:
    """A scenario as YAML that reads back the same, with paths as they are from its file."""
    import yaml

    folder = FilePath(file).resolve().parent
    filled = form.model_dump(by_alias=True, exclude_none=True)
    for field in ("base", "scheme"):
        if field in filled and (field == "base" or is_file(filled[field])):
            filled[field] = _from(folder, filled[field])
    return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=100)


def _from(folder: FilePath, file: str) -> str:
    try:
        return FilePath(os.path.relpath(FilePath(file).resolve(), folder)).as_posix()
    except ValueError:  # on another drive
        return str(FilePath(file).resolve())


def read_changes(
    given: Given, scheme: Scheme, places: Places = TYPED, mark: DecimalMark | None = None
) -> tuple[dict[str, Change], list[Finding]]:
    """The changes that values mean under a scheme, as far as they can be read, and every fault.

    A code that the scheme does not have is left for the simulation to tell.
    """
    changes: dict[str, Change] = {}
    findings: list[Finding] = []
    for code, value in given.items():
        criterion = scheme.by_code.get(code)
        letter = refused(f"{code}{value if isinstance(value, str) else ''}")
        if letter:
            place = places.locate(("set", without_halves(code)))
            findings.append(Finding(SYNTAX_BROKEN, "", {"found": letter}, place=place))
            continue
        try:
            change, faults = _change(code, value, criterion, places, mark)
        except PydanticCustomError as error:
            told = {k: str(v) for k, v in (error.context or {}).items() if k != "code"}
            change, faults = (
                None,
                [Finding(error.type, code, told, place=places.locate(("set", code)))],
            )
        findings += faults
        if change is not None:
            changes[code] = change
    return changes, findings


def _change(
    code: str,
    value: str | Mapping[str, Any],
    criterion: Criterion | None,
    places: Places,
    mark: DecimalMark | None,
) -> tuple[Change | None, list[Finding]]:
    most = criterion.max if criterion else None
    if isinstance(value, str) and re.match(r"[+-]\s*[0-9]", value):
        size = read_number(points_alone(value[1:]), mark, most)
        return Shift(size if value[0] == "+" else -size), []
    rule = criterion.rule if criterion else None
    form = form_of_said(value, rule) if isinstance(value, str) else dict(value)
    read, faults = read_as(FactForm, form, places, ("set", code), mark=mark, most=most)
    return read.fact(rule) if read else None, faults
