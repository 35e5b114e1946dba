"""The findings that only `parindex check` tells: what is legal to score, and still looks wrong."""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

CHECK_KINDS: Final = (
    Kind(
        "P601",
        "warning",
        mark("the points differ from those of the stage before, and no reason is given"),
        mark("Say why (in YAML: `reason:`); the unit can answer only to a reason."),
        mark("Write the reason into cell {cell}; the unit can answer only to a reason."),
    ),
    Kind(
        "P602",
        "warning",
        mark(
            "points are claimed that need evidence, and there is neither evidence nor explanation"
        ),
        mark(
            "Name the documents (in YAML: `evidence:`), "
            "or explain why there are none (in YAML: `explanation:`)."
        ),
        mark("Name the documents in cell {cell}, one on each line: 12/KH-UBND, page 3."),
    ),
    Kind(
        "P603",
        "warning",
        mark("the evidence names neither section nor page"),
        mark("Add `section:` or `page:`, so that an appraiser finds the place."),
        mark("Add the page or the section in cell {cell}: 12/KH-UBND, section II, page 3."),
    ),
    Kind(
        "P604",
        "error",
        mark("the rate printed is {published} %, what stands beside it gives {computed} %"),
        mark("Look for the misprint: in the rate, or in one of the counts."),
    ),
    Kind(
        "P605",
        "warning",
        mark("more dossiers are settled than were received"),
        mark("Give `carried_over:`, those from before the period; a rate of such counts is wrong."),
    ),
    Kind(
        "P606",
        "warning",
        mark("the date lies outside the period"),
        mark("Check the year, and the `period:`; if the date is right, leave it."),
        mark(
            "Check the year in cell {cell}, and the period above the table; if it is right, leave it."
        ),
    ),
    Kind(
        "P607",
        "warning",
        mark("nothing is said of this criterion, so it counts as not yet known"),
        mark("Give its score, or say that it is not yet known (in YAML: `unknown`)."),
        mark("Fill in cell {cell}, or choose “not yet known” in the column of the state."),
    ),
    Kind(
        "P608",
        "error",
        mark("the counts cannot all be right"),
        mark("Look for the misprint: in the count of the whole, or in one of its parts."),
    ),
    Kind(
        "P611",
        "error",
        mark("the points do not follow from those of the criteria below"),
        mark("Compute the result anew from its scorecard; do not change it by hand."),
    ),
    Kind(
        "P612",
        "error",
        mark("the percentage does not follow from points and maximum"),
        mark("Compute the result anew from its scorecard; do not change it by hand."),
    ),
    Kind(
        "P613",
        "error",
        mark("the lost points are not the assessed maximum less the points"),
        mark("Compute the result anew from its scorecard; do not change it by hand."),
    ),
    Kind(
        "P614",
        "warning",
        mark("the result was computed by another version of the scheme {scheme}"),
        mark("Compute the result anew, or compare the two versions of the scheme."),
    ),
)
"""P60x and on of scorecards, P61x of results in JSON."""
