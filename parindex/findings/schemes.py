"""The findings of schemes that are not sound, P3xx."""

from typing import Final

from parindex.values.finding import Kind
from parindex.values.language import mark

SCHEMES: Final = (
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
            "Percentages lie between 0 and 100, and figures start at 0; a floor or target is above 0; days late are at most 999,999, and a step is at least a hundred-thousandth of the maximum."
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
        mark(
            "From rung to rung days rise and points fall; from step to step points fall all the way, or rise all the way."
        ),
    ),
)
