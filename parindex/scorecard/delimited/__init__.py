"""CSV with commas, semicolons or tabs, read as it streams by."""
