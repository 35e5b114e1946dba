"""The findings of files that cannot be read, P1xx."""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

FILES: Final = (
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
        mark("Scorecards end in .yaml, .yml, .json, .ndjson, .jsonl, .csv, .tsv, .xlsx or .xlsm."),
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
        mark("Keep one of the two; where they are two units, write “Unit id:” above each table."),
    ),
    Kind(
        "P121",
        "error",
        mark("this stands in the folder and is not read: {other}"),
        mark(
            "Do as the message says, or pass it over with --skip-unreadable, where the command has it."
        ),
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
)
