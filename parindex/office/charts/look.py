"""How pictures look: sizes, colours and letters, in a page, on paper and alone."""

from typing import Final, Literal

from msgspec import Struct

Size = Literal["page", "slide", "phone"]
"""Where a picture alone is to be seen; `page` is a column of a document or a newspaper."""

SERIES: Final = ("#0072b2", "#b84e00", "#00795a", "#8a4f9e")
"""Told apart also by most colour-blind readers; dashes and points say the same without colour."""
_SERIES_DARK: Final = ("#62b5ee", "#f0a05a", "#45c79c", "#d3a2e6")
_OFFICE: Final = "Times New Roman, Tinos, Libertinus Serif, DejaVu Serif, Noto Sans, serif"
_SANS: Final = "Noto Sans, Arial, Helvetica, sans-serif"
"""Noto Sans is in `fonts`, so that letters have their marks, and lie alike, on every machine."""


class Colours(Struct, frozen=True):
    """Of letters, what is said beside, lines and bars behind, the series, and the ground."""

    ink: str
    soft: str
    grid: str
    series: tuple[str, ...]
    ground: str | None = None

    @property
    def behind(self) -> str:
        """What is seen behind the picture, for hollow points and the edges of full ones."""
        return self.ground or ("var(--paper,#fff)" if self.ink == "currentColor" else "#fff")


_PAPER: Final = Colours("#111", "#444", "#999", SERIES)
_PAGE: Final = Colours(
    "currentColor",
    "currentColor",
    "var(--grid,#999)",
    tuple(f"var(--series-{at},{own})" for at, own in enumerate(SERIES, 1)),
)
_LIGHT: Final = Colours("#1b1d20", "#4a5058", "#9aa3ae", SERIES, "#ffffff")
_DARK: Final = Colours("#e9ebee", "#b7bec7", "#727c88", _SERIES_DARK, "#15181c")


class Look(Struct, frozen=True):
    """How a picture looks.

    `width` is in units of the drawing, and letters are `letters` of them high. `height` is what
    there is of it, as on a slide; None is as much as is needed. A `whole` picture has its title,
    source and notes in it; without, the document around it says them. Its letters may be `wide`
    percent as wide as those that are measured, where the typeface is another.
    """

    width: int
    letters: int
    font: str
    colours: Colours
    height: int | None = None
    whole: bool = False
    wide: int = 100

    @property
    def line(self) -> int:
        """From one line of text to the next."""
        return self.letters + 3

    def fitting(self, width: int) -> int:
        """How many letters fit into a width, as letters are wide in the mean."""
        return max(4, width * 10000 // (self.letters * 53 * self.wide))

    def width_of(self, letters: int) -> int:
        """How wide so many letters are, with some to spare."""
        return -(-letters * self.letters * 59 * self.wide // 10000)


WIDTH: Final = 430
"""Units from left to right in a document: few, so that letters can still be read on a phone."""
PAPER: Final = Look(WIDTH, 14, _OFFICE, _PAPER)
PAGE: Final = Look(WIDTH, 14, _SANS, _PAGE, wide=116)
WIDE: Final = Look(720, 14, _OFFICE, _PAPER)
"""For rows on paper, whose labels then stand at their left: as high as a document has room for."""
_SIZES: Final[dict[Size, tuple[int, int, int | None]]] = {
    "page": (720, 14, None),
    "slide": (960, 17, 540),
    "phone": (390, 14, None),
}


def alone(size: Size = "page", *, dark: bool = False) -> Look:
    """A picture that stands by itself, on white or on black."""
    width, letters, height = _SIZES[size]
    return Look(width, letters, _SANS, _DARK if dark else _LIGHT, height, whole=True)
