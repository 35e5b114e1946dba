"""Workbooks of other programs, as LibreOffice 7 converted those that `tests/test_old_workbooks.py` writes."""
