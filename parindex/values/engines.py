"""How many units in one table are added up: unit by unit, or by columns."""

from typing import Literal

Engine = Literal["rows", "columns"]
