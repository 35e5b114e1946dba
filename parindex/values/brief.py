"""What `repr` shows of something large."""

from parindex.values.escaping import xml_text
from parindex.values.fields import short


def brief(thing: object, *said: object) -> str:
    """The class of a thing and a few words about it, on one harmless line; None says nothing."""
    words = (xml_text(short(each)) for each in said if each is not None)
    return f"<{type(thing).__name__}: {', '.join(words)}>"
