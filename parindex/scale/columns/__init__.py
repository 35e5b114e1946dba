"""Units scored by columns: a scheme compiled into expressions, with the digits of the one engine."""
