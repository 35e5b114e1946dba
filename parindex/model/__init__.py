"""What things are: scheme, scorecard, result, band, finding. Frozen, and without any I/O."""
