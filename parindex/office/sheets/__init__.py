"""Tables of other programs' files as sheets, so that one reader takes them all."""
