"""What a PDF file says of itself that can be believed: title and authors that its first pages show too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pypdfium2 as pdfium

# Titles of fewer words name a file or a kind of document.
_FEWEST_WORDS: Final = 3
_SHOWN: Final = 0.8
_FILE: Final = re.compile(
    r"\.(?:docx?|pdf|indd|rtf|odt|pptx?|xlsx?|tex|dvi|qxd|p65)\b|^(?:microsoft word|untitled)", re.I
)


def facts(document: pdfium.PdfDocument, first_pages: str) -> Iterator[tuple[str, str]]:
    """Names and values, sorted by name. A name that programs put there by themselves is found nowhere in the text."""
    words = frozenset(_words(first_pages))
    authors = _tidy(document.get_metadata_value("Author"))
    names = [name for part in re.split(r"\s*[;,&]\s*|\s+and\s+", authors) if (name := part.strip())]
    if names and all(len(_words(name)) > 1 and words.issuperset(_words(name)) for name in names):
        yield "authors", "; ".join(names)
    title = _tidy(document.get_metadata_value("Title"))
    said = _words(title)
    shown = sum(word in words for word in said)
    if len(said) >= _FEWEST_WORDS and not _FILE.search(title) and shown >= _SHOWN * len(said):
        yield "title", title


def _tidy(value: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.casefold())
