"""How sure ranks are, by seeded draws in NumPy."""
