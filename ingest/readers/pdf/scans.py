"""Pages that are pictures of text: which they are, what a user is told of them, and reading them with tesseract."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pypdfium2 as pdfium

from ingest.readers.pdf.words import PageWords, Word
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError

PROGRAM: Final = "tesseract"
# Dots per inch that tesseract was trained for, and points per inch.
_RESOLUTION: Final = 300
_POINTS: Final = 72
# Pixels of a page at most: larger sheets are read at a lower resolution.
_PIXELS: Final = 40_000_000
_LINE_LEVEL: Final = "4"
_WORD_LEVEL: Final = "5"
# Recognised words that tesseract itself gives less than this (of 100) are specks.
_SURE: Final = 20.0


@dataclass(slots=True)
class Scans:
    """What became of the pages without text: numbers of those left unread, and of those recognised here."""

    unread: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)


def is_scan(page: pdfium.PdfPage) -> bool:
    """Whether a page that has no text shows anything at all."""
    return next(iter(page.get_objects(max_depth=1)), None) is not None


def recognise(page: pdfium.PdfPage, name: str, limits: Limits) -> list[Word] | None:
    """The words of a page as tesseract reads them; None where it shall not be asked or is not installed."""
    program = shutil.which(PROGRAM) if limits.ocr == "auto" else None
    if program is None:
        return None
    width, height = page.get_size()
    scale = min(_RESOLUTION / _POINTS, (_PIXELS / (width * height)) ** 0.5)
    command = [program, "stdin", "stdout", "-l", limits.ocr_languages, "--dpi", str(round(scale * _POINTS)), "tsv"]
    # One thread: the same result and no fight with the other processes of this machine.
    asked = subprocess.run(
        command,
        check=False,
        input=_picture(page, scale),
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    if asked.returncode:
        said = asked.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableSourceError(
            f"{name}: tesseract failed ({said[-1] if said else asked.returncode}). Install the data of the languages "
            f"'{limits.ocr_languages}', name others with POLICYWEAVE_OCR_LANGUAGES, or set POLICYWEAVE_OCR=never."
        )
    return list(_words(asked.stdout.decode("utf-8", "replace"), scale))


def _picture(page: pdfium.PdfPage, scale: float) -> bytes:
    """The page in grey as a PGM file."""
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        raw = bytes(bitmap.buffer)
        rows = (raw[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
    finally:
        bitmap.close()


def _words(table: str, scale: float) -> Iterator[Word]:
    """Words with the height of their line, which says more of the font's size than a single word's."""
    top = bottom = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, upper, width, height = (float(row[name]) / scale for name in ("left", "top", "width", "height"))
        if row["level"] == _LINE_LEVEL:
            top, bottom = upper, upper + height
        text = (row["text"] or "").strip()
        if row["level"] == _WORD_LEVEL and text and float(row["conf"]) >= _SURE:
            yield Word(text, left, top, left + width, bottom, bottom, bottom - top, False, False, True)


def unreadable(name: str, scans: Scans, limits: Limits) -> UnreadableSourceError:
    """The error for a document without any text."""
    if not scans.unread:
        return UnreadableSourceError(f"{name} holds no text: its pages are empty. Remove it.")
    count = len(scans.unread)
    pages = f"{count} page{'s' if count > 1 else ''}"
    if limits.ocr == "auto":
        found = shutil.which(PROGRAM) is not None
        why = "tesseract found no words in them" if found else "tesseract is not installed: install it"
        return UnreadableSourceError(f"{name} needs OCR: {pages} without text, and {why}, or give a copy with text.")
    return UnreadableSourceError(
        f"{name} needs OCR: {pages} without text. Install tesseract and set POLICYWEAVE_OCR=auto, "
        "or give a copy that was read by an OCR program."
    )


def notes(pages: Sequence[PageWords], scans: Scans) -> Iterator[str]:
    """What a user should know of pages that are scans."""
    if scans.unread:
        yield f"needs OCR: {_named(scans.unread)} without text (set POLICYWEAVE_OCR=auto where tesseract is installed)"
    if scans.recognised:
        yield f"read by OCR here: {_named(scans.recognised)}; its text may hold errors"
    hidden = [page.number for page in pages if page.recognised]
    if hidden:
        yield f"scanned: the text of {_named(hidden)} was put there by an OCR program and may hold errors"


def _named(numbers: Iterable[int]) -> str:
    """Page numbers as people write them.

    >>> _named([1, 2, 3, 7])
    'pages 1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"page{'s' if len(texts) > 1 or '-' in texts[0] else ''} {', '.join(texts)}"
