"""The characters of a page with their place as displayed, their font and their direction."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_INVISIBLE: Final = 3
_BOLD: Final = 600
_ITALIC_FLAG: Final = 1 << 6
# PDFium writes a hyphen at a line's end as one of these.
_HYPHENS: Final = frozenset({0x02, 0xAD, 0xFFFE})
_SCALE: Final = 1 << 10


class Glyph(NamedTuple):
    """One character: a tuple, as there are very many. Boxes are points from the page's top left corner, ``angle`` is
    whole degrees counter-clockwise.

    A space or line end that the file does not hold but its positions show is a blank without a box.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    angle: int
    invisible: bool


_BLANK: Final = Glyph(" ", 0, 0, 0, 0, 0, 0, False, False, 0, False)
_BREAK: Final = _BLANK._replace(text="\n")


@dataclass(frozen=True, slots=True)
class _Font:
    """What all characters of a text object share."""

    scale: float
    bold: bool
    italic: bool
    angle: int
    invisible: bool


def glyphs(page: pdfium.PdfPage) -> Iterator[Glyph]:
    """Characters in PDFium's order, those outside the page and those hidden under the same text left out."""
    text = page.get_textpage()
    try:
        yield from _uncovered(list(_read(page, text)))
    finally:
        text.close()


def _read(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> Iterator[Glyph]:
    place = _Placement(page)
    width, height = page.get_size()
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    font, known = _Font(1.0, False, False, 0, False), None
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        char = _char(code)
        if not char.strip():
            yield _BREAK if char in "\r\n" else _BLANK
            continue
        handle = pdfium_c.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value
        if address != known or address is None:
            font, known = _font(text, index, handle, place), address
        if not (
            pdfium_c.FPDFText_GetLooseCharBox(text, index, box) and pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        ):
            continue
        left, top, right, bottom = place.box(box.left, box.top, box.right, box.bottom)
        if not (0 <= (left + right) / 2 <= width and 0 <= (top + bottom) / 2 <= height):
            continue
        size = pdfium_c.FPDFText_GetFontSize(text, index) * font.scale
        origin = place.point(x.value, y.value)[1]
        yield Glyph(char, left, top, right, bottom, origin, size, font.bold, font.italic, font.angle, font.invisible)


def _char(code: int) -> str:
    """The character of a code; a blank for what has no shape. Signs of symbol fonts (private use) have one."""
    if code in _HYPHENS:
        return "-"
    known = 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    char = chr(code) if known else " "
    return char if char.isprintable() or char in "\r\n" or unicodedata.category(char) == "Co" else " "


def _font(text: pdfium.PdfTextPage, index: int, handle: object, place: _Placement) -> _Font:
    matrix, flags = pdfium_c.FS_MATRIX(), ctypes.c_int()
    pdfium_c.FPDFText_GetMatrix(text, index, matrix)
    name = ctypes.create_string_buffer(128)
    pdfium_c.FPDFText_GetFontInfo(text, index, name, 128, flags)
    written = name.value.decode("utf-8", "replace").casefold()
    heavy = pdfium_c.FPDFText_GetFontWeight(text, index) >= _BOLD
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle) if handle else 0
    turned = math.degrees(math.atan2(matrix.b, matrix.a)) - place.rotation
    return _Font(
        scale=math.hypot(matrix.c, matrix.d) or 1.0,
        bold=heavy or "bold" in written or "black" in written,
        italic=bool(flags.value & _ITALIC_FLAG) or "italic" in written or "oblique" in written,
        angle=round(turned) % 360,
        invisible=mode == _INVISIBLE,
    )


class _Placement:
    """Carries a page's own coordinates to points from its top left corner as displayed (rotation and crop applied)."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._x0, self._y0 = self._asked(page, 0, 0)
        x1, y1 = self._asked(page, 1000, 0)
        x2, y2 = self._asked(page, 0, 1000)
        self._a, self._b = (x1 - self._x0) / 1000, (y1 - self._y0) / 1000
        self._c, self._d = (x2 - self._x0) / 1000, (y2 - self._y0) / 1000
        self.rotation: Final = page.get_rotation()

    @staticmethod
    def _asked(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
        width, height = page.get_size()
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(width * _SCALE), round(height * _SCALE))
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value * width / size[0], down.value * height / size[1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as displayed."""
        return self._x0 + self._a * x + self._c * y, self._y0 + self._b * x + self._d * y

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom as displayed."""
        x1, y1 = self.point(left, top)
        x2, y2 = self.point(right, bottom)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _uncovered(found: list[Glyph]) -> Iterator[Glyph]:
    """Without invisible characters (of text recognition) where visible ones already say the same."""
    seen = {_cell(glyph) for glyph in found if not glyph.invisible and glyph.size}
    for glyph in found:
        if not (glyph.invisible and _cell(glyph) in seen):
            yield glyph


def _cell(glyph: Glyph) -> tuple[int, int]:
    return int((glyph.left + glyph.right) // 8), int((glyph.top + glyph.bottom) // 12)
