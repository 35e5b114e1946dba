"""What published figures, areas, parts and regions are called where people read them."""

import re
from functools import cache
from typing import Final

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.published_tables import scheme_of
from parindex.published_figures.units import regions, table
from parindex.tables.score import PARTS
from parindex.values.language import N_, Language

_FIGURES: Final = (
    ("average_index", N_("Mean index (%)")),
    ("highest_index", N_("Highest index (%)")),
    ("lowest_index", N_("Lowest index (%)")),
    ("range_highest_minus_lowest", N_("Highest index minus lowest")),
    ("ratio_highest_to_lowest", N_("Highest index divided by lowest")),
    ("change_of_average", N_("Change of the mean index")),
    ("change_of_index", N_("Change of the index")),
    ("sipas", N_("SIPAS of all (%)")),
    ("sipas_highest", N_("Highest SIPAS (%)")),
    ("sipas_lowest", N_("Lowest SIPAS (%)")),
    ("sipas_province_level", N_("SIPAS of offices of provinces (%)")),
    ("sipas_district_level", N_("SIPAS of offices of districts (%)")),
    ("sipas_units_with_increase", N_("Units whose SIPAS rose")),
    ("sipas_policy", N_("SIPAS of policies (%)")),
    ("sipas_services", N_("SIPAS of services (%)")),
    ("sipas_among_lowest", N_("By SIPAS among the last")),
    ("among_lowest", N_("Among the last")),
    ("max_points_sipas", N_("Maximum of points of SIPAS")),
    ("framework_subcriteria", N_("Framework: sub-criteria")),
    ("survey_forms", N_("Survey forms")),
    ("framework_areas", N_("Framework: areas")),
    ("framework_criteria", N_("Framework: criteria")),
    ("framework_appraised_max", N_("Framework: points by appraisal")),
    ("framework_survey_(max|points)", N_("Framework: points by surveys")),
    ("max_points_area_(?P<area>[0-9]+)", N_("Maximum of points of area {area}")),
    ("average_index_of_area_(?P<area>[0-9]+)", N_("Mean index of area {area} (%)")),
    ("units_over_average", N_("Units above the mean")),
    ("units_with_increase", N_("Units whose index rose")),
    ("units_with_decrease", N_("Units whose index fell")),
    ("units_rank_up", N_("Units whose rank rose")),
    ("units_over_(?P<low>[0-9_]+)", N_("Units above {low} %")),
    ("units_from_(?P<low>[0-9_]+)", N_("Units from {low} % on")),
    ("units_under_(?P<high>[0-9_]+)", N_("Units below {high} %")),
    ("units_(?P<low>[0-9_]+)_to_(?P<high>[0-9_]+)", N_("Units from {low} to {high} %")),
)
"""The codes of figures as they stand in the tables, and what people call them."""

_BETWEEN: Final = "; "
"""What stands between the pieces of a note."""


def figure_name(code: str, say: Language) -> str:
    """What a figure is called; a code that is not known stands as it is."""
    for pattern, words in _FIGURES:
        found = re.fullmatch(pattern, code)
        if found:
            values = {
                name: say.figures(text.replace("_", "."))
                for name, text in found.groupdict().items()
            }
            return say(words, **values)
    return code


def code_name(row: PublishedRow, say: Language) -> str:
    """What an area or a part is called in its year; its code where no scheme names it."""
    code = row.code or ""
    if row.kind == "figure":
        return figure_name(code, say)
    if row.kind == "part":
        return say(PARTS[code]) if code in PARTS else code
    scheme = scheme_of(row)
    criterion = scheme.by_code.get(code) if scheme else None
    return f"{code}. {say.name(criterion.name)}" if criterion else code


def region_name(row: PublishedRow, say: Language) -> str:
    """What the region of a row is called; its code where no list has it."""
    for each in regions():
        if (each.list, each.id) == (row.list, row.region):
            return say.pick((each.name, each.name_en))
    return row.region or ""


def note_text(note: str, say: Language) -> str:
    """A note of the project's tables in the language of the reader; what a user notes stays as it is."""
    pieces = note.split(_BETWEEN)
    return _BETWEEN.join(say.pick((_notes().get(piece, piece), piece)) for piece in pieces)


@cache
def _notes() -> dict[str, str]:
    """What each piece of a note says in Vietnamese."""
    return {row["note"]: row["vi"] for row in table("notes")}
