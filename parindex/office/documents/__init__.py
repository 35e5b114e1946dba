"""Documents, drawn as HTML, Word, PDF and Markdown."""
