"""A frame that a program gives, as one of Narwhals."""

from typing import Any

import narwhals as nw

from parindex.values.arguments import refuse


def native(frame: Any) -> Any:
    """A frame of Narwhals, lazy or not.

    Raises:
        TypeError: it is no frame, such as the name of a file.
        ValueError: two columns have one name, or a name is no text.
    """
    try:
        given = nw.from_native(frame)
    except TypeError:
        refuse("frame", frame, "a frame of Polars, DuckDB, pandas or PyArrow, as read_csv gives it")
    for name in given.collect_schema().names():
        if not isinstance(name, str):
            raise ValueError(  # noqa: TRY004  # the frame is of its type
                f"column {name!r}: expected its name as text, because as a number 1.10 would be 1.1"
            )
    return given
