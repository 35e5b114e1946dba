"""Files with faults, and what the tests of them share."""
