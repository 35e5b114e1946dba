"""The wing of many rows: dossiers counted by a column engine; its libraries are the extra `scale`."""
