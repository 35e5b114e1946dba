"""Exact numbers, facts, fields, names and texts made harmless: what everything else is made of."""
