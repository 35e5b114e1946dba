"""Places where figures were read, and which of them nobody would cite."""

import re
from typing import Final
from urllib.parse import urlsplit

_COPIES: Final = frozenset(
    {
        "congchungbaonguyet.com.vn",
        "shipbolt.vn",
        "tothethao.com",
        "ufabetindo.in",
        "vietmaz.com",
        "xosobinhdinh.org",
        "yes8877.cc",
    }
)
"""Sites that repeat the text of a newspaper or a portal for ends of their own."""
_ADDRESS: Final = re.compile(r"[0-9]+(\.[0-9]+){3}|.*:.*")
_BETTING: Final = re.compile(r"bet[0-9]|[0-9]bet|casino|kuwin|lottery|ufabet|win88|xoso|[0-9]win")


def is_copy(source: str) -> bool:
    """Whether a source is an address that nobody would cite.

    Such are bare IP addresses, sites of bets and lotteries, and copies of other sites' texts.

    >>> is_copy("http://211.88.39.63/a.html"), is_copy("https://www.vietmaz.com/2021/")
    (True, True)
    >>> is_copy("https://baonghean.vn/a.html"), is_copy("Báo Lạng Sơn (LSO), 20/6/2017")
    (False, False)
    """
    try:
        host = urlsplit(source.strip()).hostname or ""
    except ValueError:  # a broken IPv6 address
        return True
    if not host:
        return False
    inner = any(host == each or host.endswith(f".{each}") for each in _COPIES)
    return inner or bool(_ADDRESS.fullmatch(host) or _BETTING.search(host))
