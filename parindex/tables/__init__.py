"""What each command shows: results as sheets for people, and as data for programs."""
