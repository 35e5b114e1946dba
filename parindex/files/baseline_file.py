"""Earlier results as `score` wrote them, for the gate `--baseline`."""

from pydantic import ConfigDict

from parindex.analysis.gates import Earlier
from parindex.files.result_figures import SchemeForm
from parindex.files.result_file import results_of
from parindex.findings import InputError
from parindex.reading.document import fault, read_text
from parindex.reading.read_json import read_json
from parindex.reading.validate import read_as
from parindex.values.codes import EMPTY_FILE
from parindex.values.fields import Frozen, NameText, Number, Text, Year
from parindex.values.finding import Finding, Place, in_file


class AreaForm(Frozen):
    """The percentage of one area; what else a result tells of it is passed over."""

    model_config = ConfigDict(extra="ignore")

    code: Text
    percent: Number | None = None


class EarlierForm(Frozen):
    """One result."""

    model_config = ConfigDict(extra="ignore")

    unit: NameText
    unit_id: Text | None = None
    year: Year
    scheme: SchemeForm
    percent: Number | None = None
    low: Number | None = None
    criteria: tuple[AreaForm, ...] = ()

    def earlier(self) -> Earlier:
        """The result as the gate takes it."""
        return Earlier(
            self.unit,
            self.unit_id,
            self.year,
            self.scheme.sha256,
            self.low if self.percent is None else self.percent,
            {area.code: area.percent for area in self.criteria},
        )


def read_baseline(file: str) -> list[Earlier]:
    """The results of a file of JSON or NDJSON.

    Raises:
        InputError: every fault: the file cannot be read, or holds something else.
    """
    found: list[Earlier] = []
    findings: list[Finding] = []
    for document in read_json(read_text(file), file):
        findings += document.faults
        try:
            for each in results_of(document):
                form, faults = read_as(EarlierForm, dict(each.result), document, each.path)
                findings += faults
                if form is not None:
                    found.append(form.earlier())
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(sorted(findings, key=in_file))
    if not found:
        raise fault(EMPTY_FILE, Place(file))
    return found
