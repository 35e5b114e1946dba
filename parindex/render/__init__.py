"""Renderers: tables as text, Rich tables, Markdown, CSV and JSON; JSON Schemas."""
