"""Reads a PDF file: all stages from its bytes to a source, in order, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.readers.pdf.columns import columns
from ingest.readers.pdf.facts import facts
from ingest.readers.pdf.furniture import set_apart
from ingest.readers.pdf.lines import Line, lines
from ingest.readers.pdf.opening import PROTECTED_NOTE, is_protected, opened
from ingest.readers.pdf.outline import outline
from ingest.readers.pdf.pages import page_words
from ingest.readers.pdf.paragraphs import Group, groups
from ingest.readers.pdf.scans import Scans, notes, unreadable
from ingest.readers.pdf.styles import body_of, with_counted_items, with_headings, with_notes
from ingest.readers.pdf.words import PageWords
from ingest.readers.pdf.writing import Writer
from ingest.readers.port import Limits
from kg.identifiers import sha256
from kg.records import Source

MEDIA_TYPE = "application/pdf"
_FIRST_PAGES = 3


def read(data: bytes, name: str, limits: Limits) -> Source:
    """The text of a PDF file in reading order, with pages, blocks and the place of each line.

    Raises UnreadableSourceError for a file that is damaged, locked, protected (as the settings say), too long, or that
    holds no text.
    """
    with opened(data, name, limits) as document:
        scans = Scans()
        pages = list(page_words(document, name, limits, scans))
        if not any(page.words or page.asides for page in pages):
            raise unreadable(name, scans, limits)
        writer = _written(pages, outline(document), name, limits)
        said = [PROTECTED_NOTE] if is_protected(document) else []
        end = next((page.start for page in writer.pages if page.number > _FIRST_PAGES), None)
        return Source(
            name=name,
            media_type=MEDIA_TYPE,
            sha256=sha256(data),
            text=writer.text,
            blocks=tuple(writer.blocks),
            pages=tuple(writer.pages),
            boxes=tuple(writer.boxes),
            facts=tuple(facts(document, writer.text[:end])),
            notes=(*said, *notes(pages, scans)),
        )


def _written(
    pages: Sequence[PageWords], bookmarks: Mapping[int, Mapping[str, int]], name: str, limits: Limits
) -> Writer:
    parted = set_apart(pages)
    laid = [[lines(column) for column in columns(page.words)] for page, _ in parted]
    body = body_of([line for page in laid for column in page for line in column])
    built = []
    for (page, _), page_columns in zip(parted, laid, strict=True):
        height = page.reading_size[1]
        kept, small = [], []
        for column in page_columns:
            above, below = with_notes(groups(column), body, height)
            kept += above
            small += below
        built.append([*with_counted_items(kept), *small])
    writer = Writer(name, limits)
    for (page, furniture), found in zip(parted, with_headings(built, body, bookmarks), strict=True):
        head, foot = _edges(furniture, page)
        writer.page(page, [*_furniture(head), *found, *_furniture(foot)])
    return writer


def _edges(furniture: Sequence[Line], page: PageWords) -> tuple[list[Line], list[Line]]:
    middle = page.reading_size[1] / 2
    return [line for line in furniture if line.top < middle], [line for line in furniture if line.top >= middle]


def _furniture(found: Sequence[Line]) -> Iterator[Group]:
    return (Group("meta", (line,)) for line in found)
