"""Text with places: YAML, JSON, numerals, and their check against a form."""
