"""The columns of scorecards in CSV, the same for reading and writing."""

from typing import Final

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
