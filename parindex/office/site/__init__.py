"""A static site of the published figures: pages that need no server and no network."""
