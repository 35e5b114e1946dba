"""Tables of published figures as decisions, newspapers and portals print them."""
