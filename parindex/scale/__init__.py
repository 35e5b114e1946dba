"""The wing of many rows: dossiers counted, and units scored, by a column engine; its libraries are the extra `scale`."""
