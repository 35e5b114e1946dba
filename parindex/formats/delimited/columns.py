"""The columns of scorecards in CSV, the same for reading and writing."""

from typing import Final

from parindex.formats.entry_file import KINDS

UNIT: Final = (
    "unit_id",
    "province",
    "parent",
    "unit",
    "level",
    "group",
    "year",
    "scheme",
    "profile",
    "applicable_max",
)
"""Columns that say which scorecard a row belongs to, and what holds for all of it."""
SCORE: Final = ("part", "stage", *KINDS, "reason", "note")
"""Columns with the score; of the kinds of input exactly one is filled."""
COMPUTED: Final = (
    "name_vi",
    "maximum",
    "applicable",
    "index",
    "lost",
    "band",
    "complete",
    "low",
    "high",
)
"""Columns that say what was computed; a reader of scorecards passes over them."""
