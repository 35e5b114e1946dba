"""Workbooks, read and written."""
