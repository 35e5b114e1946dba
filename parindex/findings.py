"""Every finding code: its severity, what it says, and how to mend what it reports.

P1xx: the file cannot be read. P2xx: a scorecard does not fit its scheme. P3xx:
a scheme is not sound. P4xx: figures that disagree, or that cannot be told.
P5xx: a gate of the command line, in `findings_gates`. P6xx: what `parindex check` alone says,
in `findings_check`; P7xx: parts of a scorecard, in `findings_parts`; P14x, of Word templates, in
`findings_office`. Codes are stable: one that was published keeps its meaning and is never used
again for another.
"""

from collections.abc import Sequence
from typing import Final

from parindex.findings_check import CHECK_KINDS
from parindex.findings_gates import GATES
from parindex.findings_office import OFFICE
from parindex.findings_parts import PARTS
from parindex.language import Language, language, mark
from parindex.model.finding import Finding, Kind, Severity
from parindex.safe import visible

_KINDS = (
    Kind(
        "P101",
        "error",
        mark("the file cannot be read"),
        mark("Check the name and the permissions."),
    ),
    Kind(
        "P102",
        "error",
        mark("the file is larger than this tool reads"),
        mark("Split the file into smaller ones."),
    ),
    Kind(
        "P103",
        "error",
        mark("the text is not UTF-8"),
        mark("Save the file as UTF-8; a byte-order mark does no harm."),
    ),
    Kind(
        "P104",
        "error",
        mark("the file breaks the rules of its format"),
        mark("Look at the place named; a quote, colon or bracket before it is often the cause."),
    ),
    Kind(
        "P105",
        "error",
        mark("YAML tags, anchors and aliases are not read"),
        mark("Write the value out where it is needed."),
    ),
    Kind(
        "P106",
        "error",
        mark("the file is nested deeper, or holds more, than any scheme or scorecard"),
        mark("Check the brackets and the indentation."),
    ),
    Kind("P107", "error", mark("this key stands twice"), mark("Keep one of the two.")),
    Kind(
        "P108",
        "error",
        mark("this field does not belong here"),
        mark("Remove it, or correct its spelling."),
    ),
    Kind("P109", "error", mark("a field is missing"), mark("Add it.")),
    Kind(
        "P110",
        "error",
        mark("the value is not of the kind expected"),
        mark("Write it in the form that the message names."),
    ),
    Kind(
        "P111",
        "error",
        mark("the number or text is too long"),
        mark("No score needs so many digits or letters: check the value."),
    ),
    Kind(
        "P112",
        "error",
        mark("the number can be read in two ways"),
        mark("Write it with a decimal point and without separators of thousands."),
    ),
    Kind("P113", "error", mark("there is nothing in it"), mark("Check that it is the right file.")),
    Kind(
        "P114",
        "error",
        mark("the file cannot be written"),
        mark("Check the folder and the permissions, and that no other program has it open."),
    ),
    Kind(
        "P115",
        "error",
        mark("this file is read as input, so it is not written to"),
        mark("Name another file with -o."),
    ),
    Kind(
        "P116",
        "error",
        mark("the row does not have the cells of the heading"),
        mark("Look for a separator or quote too many or too few, here or in the row before."),
    ),
    Kind(
        "P117",
        "error",
        mark("the rows of this unit say different things about it"),
        mark("Columns about the unit hold the same in each of its rows."),
    ),
    Kind(
        "P118",
        "error",
        mark("no scorecards were found here"),
        mark("Scorecards end in .yaml, .yml, .json, .ndjson, .jsonl, .csv, .tsv or .xlsx."),
    ),
    Kind(
        "P119",
        "error",
        mark("no scorecard of this unit was found"),
        mark("Check the spelling of the name."),
    ),
    Kind(
        "P120",
        "error",
        mark("a second scorecard of this unit, year, scheme and period; another is at {other}"),
        mark("Keep one of the two; where they are two units, give each a `unit_id`."),
    ),
    Kind(
        "P131",
        "error",
        mark("no unit of this name is known"),
        mark("Check the spelling; marks, capitals and old or English names do not matter."),
    ),
    Kind(
        "P132",
        "error",
        mark("{unit} is no unit of {year}: since the merger it belongs to {other}"),
        mark("Name the unit of that year, or choose a year before."),
    ),
    Kind(
        "P133",
        "error",
        mark("this is no region of the year, or not that of the unit"),
        mark("Leave the region out: it follows from the unit and the year."),
    ),
    Kind(
        "P201",
        "error",
        mark("the scheme {scheme} has no criterion of this code"),
        mark("See the codes with `parindex schemes show ID --depth 9`."),
    ),
    Kind(
        "P202",
        "error",
        mark("the points are above the maximum"),
        mark("Check the number, and that the scheme is that of the scorecard's year."),
    ),
    Kind(
        "P203",
        "error",
        mark("the number is negative"),
        mark("Points, counts and percentages start at 0."),
    ),
    Kind(
        "P204",
        "error",
        mark("the points disagree with {other}"),
        mark("Correct one of the two, or give only the more detailed ones."),
    ),
    Kind(
        "P205",
        "error",
        mark("the criterion's rule takes another kind of input"),
        mark("Give what the rule asks for, or `points:`."),
    ),
    Kind(
        "P206",
        "error",
        mark("the whole of the ratio is 0, so there is no rate"),
        mark("Give `points:`, or `not_applicable` where no case arose."),
    ),
    Kind(
        "P207",
        "error",
        mark("the value lies outside what is possible"),
        mark("Check the value and its unit."),
    ),
    Kind(
        "P208",
        "error",
        mark("no scheme of this id is known"),
        mark("See the ids with `parindex schemes list`, or name a file with --scheme."),
    ),
    Kind(
        "P209",
        "error",
        mark("the scheme does not hold for this year"),
        mark("Choose the scheme of the year, or correct the year."),
    ),
    Kind(
        "P210",
        "error",
        mark("no scheme of this level and year is known"),
        mark("Name one with `scheme:` in the file or --scheme."),
    ),
    Kind(
        "P211",
        "error",
        mark("the maximum of this criterion is not known, so only points can be given"),
        mark("Give `points:`."),
    ),
    Kind(
        "P212",
        "error",
        mark("the unit's profile leaves this criterion out, and yet it has a score"),
        mark("Remove the score, or the profile."),
    ),
    Kind(
        "P213",
        "error",
        mark("the scheme {scheme} has no profile of this name"),
        mark("See the profiles in the scheme's file."),
    ),
    Kind(
        "P214",
        "error",
        mark("the scheme {scheme} has no partition or part of this name"),
        mark("See the parts with `parindex schemes show ID`."),
    ),
    Kind(
        "P215",
        "error",
        mark("several schemes fit"),
        mark("Name one with `scheme:` in the file or --scheme."),
    ),
    Kind(
        "P216",
        "error",
        mark("the scheme is for another level of unit"),
        mark("Choose a scheme of the unit's level, or correct the level."),
    ),
    Kind(
        "P217",
        "error",
        mark("the criterion's rule has no option, item or answer of this name"),
        mark("Write one of the names that the rule has."),
    ),
    Kind(
        "P220",
        "error",
        mark("the scheme's maximum is not known, so a maximum of one unit cannot be used"),
        mark("Remove it."),
    ),
    Kind(
        "P221",
        "error",
        mark("the points given for {other} include this criterion, so it cannot be changed alone"),
        mark("Change the criterion above, or give the scores of all criteria below it."),
    ),
    Kind(
        "P222",
        "error",
        mark(
            "the present points are not known as a decimal number, so they cannot be changed by some"
        ),
        mark("Give the new points, or what the rule asks for."),
    ),
    Kind(
        "P223",
        "error",
        mark("the maximum of the whole is not known, so there is no index to plan for"),
        mark("Name a scheme whose maximum is known, with --scheme."),
    ),
    Kind("P301", "error", mark("this code stands twice"), mark("Codes are unique in a scheme.")),
    Kind(
        "P302",
        "error",
        mark("the maxima below do not add up to the maximum"),
        mark("Correct one of them, or say `complete: false` where some are not known."),
    ),
    Kind(
        "P303",
        "error",
        mark("the maxima below are more than the maximum"),
        mark("Correct one of them."),
    ),
    Kind(
        "P304",
        "error",
        mark("only a leaf has a rule, and only where its maximum is known"),
        mark("Remove the rule, or add what is missing."),
    ),
    Kind(
        "P305",
        "error",
        mark("the rule cannot reach the maximum"),
        mark("The best case must give exactly the maximum points."),
    ),
    Kind(
        "P306",
        "error",
        mark("the rule gives points outside 0…maximum"),
        mark("Points of a rule lie between 0 and the maximum."),
    ),
    Kind(
        "P307",
        "error",
        mark("the steps overlap: this edge is not below the one before"),
        mark("Order the steps from the highest edge to the lowest."),
    ),
    Kind(
        "P308",
        "error",
        mark("the steps leave a gap at the bottom"),
        mark("End with a step `from: 0`."),
    ),
    Kind(
        "P309",
        "error",
        mark("the threshold lies outside what is possible"),
        mark(
            "Percentages lie between 0 and 100, and figures start at 0; a floor or target is above 0."
        ),
    ),
    Kind(
        "P310",
        "error",
        mark("these two parameters exclude each other"),
        mark("Keep one of the two."),
    ),
    Kind(
        "P311",
        "error",
        mark("the bands do not fall from one to the next"),
        mark("Order the bands from the highest edge to the lowest."),
    ),
    Kind(
        "P312",
        "error",
        mark("the bands of a year stand twice, or for a year that is not the scheme's"),
        mark("Give each year of the scheme one set of bands."),
    ),
    Kind(
        "P313",
        "error",
        mark("this refers to a code or part that the scheme does not have"),
        mark("Correct the spelling, or add what it refers to."),
    ),
    Kind(
        "P314",
        "error",
        mark("this leads in a circle back to itself"),
        mark("Take one of the references out."),
    ),
    Kind(
        "P315",
        "error",
        mark("the steps leave a gap above this one"),
        mark("Let each step end where the one before it begins."),
    ),
    Kind(
        "P316",
        "error",
        mark("the rungs of the ladder are out of order"),
        mark("From rung to rung days rise and points fall."),
    ),
    Kind(
        "P401",
        "error",
        mark(
            "an error in the source: it prints {published}, its parts give {computed}; "
            "the difference {difference} is more than rounding explains (at most {bound})"
        ),
        mark("Look for the misprint: in the total, in a part, or in what was copied."),
    ),
    Kind(
        "P402",
        "info",
        mark(
            "the source prints {published}, its parts give {computed}; "
            "the difference {difference} is within rounding (at most {bound})"
        ),
        mark("Nothing: a printed total is rounded from parts that were not."),
    ),
    Kind(
        "P403",
        "warning",
        mark("the published band is {published}, computed is {computed}"),
        mark("Check the year's thresholds and the published index."),
    ),
    Kind(
        "P404",
        "warning",
        mark("a figure for {found} was published, but it cannot be computed from these scores"),
        mark("Give the scores that it follows from."),
    ),
    Kind(
        "P405",
        "warning",
        mark("the published rank {published} is not one of {of}"),
        mark("Look for the misprint: in the rank, or in the number of units."),
    ),
    Kind(
        "P406",
        "warning",
        mark(
            "the points {points} do not count: criterion {found}, which this requires, got nothing"
        ),
        mark("Correct the score of either of the two, if one of them is wrong."),
    ),
    Kind(
        "P411",
        "warning",
        mark("rank {rank} stands for both {unit} and {other}"),
        mark("Look for the misprint, unless the source prints a shared rank."),
    ),
    Kind(
        "P412",
        "warning",
        mark(
            "{unit} has rank {rank} with {index}, {other} has rank {other_rank} with {other_index}"
        ),
        mark("A better rank goes with a higher index: look for the misprint."),
    ),
    Kind(
        "P413",
        "warning",
        mark("the printed change is {published}; the figures of both years give {computed}"),
        mark("Look for the misprint: in the change, or in one of the years."),
    ),
    Kind(
        "P414",
        "warning",
        mark("the sources disagree: {published} here, {computed} by {source}"),
        mark("Say `contradicted` or `misprint` in the column `doubt`."),
    ),
)

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (*_KINDS, *OFFICE, *GATES, *CHECK_KINDS, *PARTS)
}


def severity(finding: Finding) -> Severity:
    """How grave a finding is, by its code."""
    return KINDS[finding.code].severity


def message(finding: Finding, say: Language) -> str:
    """What a finding says, in the reader's language, without its place and code.

    `found`, `expected` and `near` follow in brackets where the message does
    not already hold them. They and names are as typed; the other parameters are figures,
    and get the decimal mark of the language.
    """
    template = KINDS[finding.code].message
    typed = ("found", "expected", "near", "scheme", "unit", "other", "source")
    parameters = {
        key: told(value) if key in typed else say.figures(told(value))
        for key, value in finding.parameters.items()
    }
    other = parameters.get("other")
    if other is not None:
        parameters["other"] = say(other)
    text = say(template, **parameters)
    words = {"found": say("found"), "expected": say("expected"), "near": say("did you mean")}
    more = [
        f"{word}: {say(parameters[key]) if key == 'expected' else parameters[key]}"
        for key, word in words.items()
        if parameters.get(key) and f"{{{key}}}" not in template
    ]
    return f"{text} ({'; '.join(more)})" if more else text


def describe(finding: Finding, say: Language | None = None) -> str:
    """One line for people: place, code, where and message."""
    say = say or language("en")
    place = f"{told(str(finding.place), LONGEST_PLACE)}: " if finding.place else ""
    where = f"{told(finding.where)}: " if finding.where else ""
    return f"{place}{finding.code} {where}{message(finding, say)}"


_LONGEST: Final = 300
LONGEST_PLACE: Final = 1_000


def told(text: str, most: int = _LONGEST) -> str:
    """Text from an input as a message repeats it: harmless, and not without end."""
    return visible(text if len(text) <= most else f"{text[:most]}…")


class InputError(ValueError):
    """The input cannot be used; `findings` holds every fault of it, not just the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(describe(finding) for finding in self.findings)
