"""Schemes (bộ tiêu chí): their model, the proof at load, and the catalog."""
