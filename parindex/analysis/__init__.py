"""What can be said about results: pure functions of them, computed before anything is shown."""
