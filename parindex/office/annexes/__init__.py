"""Schemes out of the annexes of decisions, and annexes out of schemes."""
