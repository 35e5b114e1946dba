"""Scorecards: what one unit reports, read from and written to files of every kind."""
