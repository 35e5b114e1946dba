"""Readers and renderers: the only code that knows what a file or a terminal looks like."""
