"""Takes the pages of an open document apart, one at a time, so that memory holds words and no page twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from ingest.readers.pdf.glyphs import Glyph, glyphs
from ingest.readers.pdf.scans import Scans, is_scan, recognise
from ingest.readers.pdf.words import Aside, PageWords, direction, words
from ingest.readers.port import Limits


def page_words(document: pdfium.PdfDocument, name: str, limits: Limits, scans: Scans) -> Iterator[PageWords]:
    """The words of each page in turn; what becomes of scanned ones is written down in ``scans``."""
    for index in range(len(document)):
        page = document[index]
        try:
            found = _taken_apart(document, page, index)
            if not found.words and not found.asides and is_scan(page):
                read = recognise(page, name, limits)
                (scans.recognised if read else scans.unread).append(found.number)
                found = replace(found, words=tuple(read or ()))
            yield found
        finally:
            page.close()


def _taken_apart(document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> PageWords:
    found = list(glyphs(page))
    turn = direction(found)
    width, height = page.get_size()
    label = document.get_page_label(index).strip()
    number = index + 1
    empty = PageWords(number, label if label not in {"", str(number)} else None, width, height, turn, ())
    upright = [_turned(glyph, empty) for glyph in found if glyph.angle == turn or not glyph.size]
    visible = sum(1 for glyph in found if glyph.size and not glyph.invisible)
    inked = sum(1 for glyph in found if glyph.size)
    return replace(
        empty, words=tuple(words(upright)), asides=tuple(_asides(found, turn)), recognised=inked > 2 * visible
    )


def _turned(glyph: Glyph, page: PageWords) -> Glyph:
    """A character in the page's reading direction."""
    if page.turn == 0 or not glyph.size:
        return glyph
    box = (glyph.left, glyph.top, glyph.right, glyph.bottom)
    if page.turn == 90:
        left, top, right, bottom = page.height - box[3], box[0], page.height - box[1], box[2]
    elif page.turn == 180:
        left, top, right, bottom = page.width - box[2], page.height - box[3], page.width - box[0], page.height - box[1]
    else:
        left, top, right, bottom = box[1], page.width - box[2], box[3], page.width - box[0]
    return glyph._replace(left=left, top=top, right=right, bottom=bottom, baseline=bottom - 0.22 * (bottom - top))


def _asides(found: Sequence[Glyph], turn: int) -> Iterator[Aside]:
    """Lines in other directions, in the order of their characters."""
    line: list[Glyph] = []
    gap = ""
    text = ""
    for glyph in found:
        odd = glyph.size and glyph.angle != turn
        if odd and line and glyph.angle == line[-1].angle:
            text += gap + glyph.text
            line.append(glyph)
        elif odd:
            yield from _aside(line, text)
            line, text = [glyph], glyph.text
        elif glyph.text == "\n" or glyph.size:
            yield from _aside(line, text)
            line, text = [], ""
        gap = " " if not glyph.size else ""
    yield from _aside(line, text)


def _aside(line: Sequence[Glyph], text: str) -> Iterator[Aside]:
    if text.strip():
        edges = [(glyph.left, glyph.top, glyph.right, glyph.bottom) for glyph in line]
        lefts, tops, rights, bottoms = zip(*edges, strict=True)
        yield Aside(text, (min(lefts), min(tops), max(rights), max(bottoms)))
