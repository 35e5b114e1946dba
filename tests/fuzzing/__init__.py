"""Files that nobody would write: mutators of every kind of file, for `test_fuzz.py` and `benchmarks/fuzz.py`."""
