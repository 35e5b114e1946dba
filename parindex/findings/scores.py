"""The findings of scorecards, P2xx where they do not fit their scheme, and of figures, P4xx."""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

SCORES: Final = (
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
        mark("Give in cell {cell} what the rule asks for, or points in the column of points."),
    ),
    Kind(
        "P206",
        "error",
        mark("the whole of the ratio is 0, so there is no rate"),
        mark("Give `points:`, or `not_applicable` where no case arose."),
        mark("Correct cell {cell}, or choose “does not apply” as the state where no case arose."),
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
        mark("Empty cell {cell}, and give points in the column of points."),
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
    Kind(
        "P231",
        "error",
        mark("the name beside this code is that of another criterion"),
        mark(
            "Look whether the table is one of another scheme, or of units; else correct the name or the code."
        ),
    ),
    Kind(
        "P232",
        "warning",
        mark("{count} names are worded otherwise than in the scheme: {cells}"),
        mark("Check that the table is one of this scheme; where it is, do nothing."),
    ),
    Kind(
        "P233",
        "warning",
        mark("{count} columns that are headed as points were not read: {cells}"),
        mark(
            "Where they hold scores, head them as the template does, or name them with --columns."
        ),
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
