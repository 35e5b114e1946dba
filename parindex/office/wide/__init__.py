"""Wide tables, as offices keep them: a row for each unit, a column for each area or criterion."""
