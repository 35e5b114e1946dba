"""The commands of the office wing."""
