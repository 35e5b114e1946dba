"""The figures that come with the project: units, regions and published results, as CSV.

Every row has a source. What was not read is not there: nothing is filled in.
"""
