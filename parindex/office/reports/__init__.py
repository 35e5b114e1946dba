"""Documents that an office sends out: what stands in them, before any format is chosen."""
