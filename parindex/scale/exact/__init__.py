"""Scorecards of a table read and added up by columns, in whole numbers only."""
