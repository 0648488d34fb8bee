"""The works that a document lists as its references."""

from __future__ import annotations

from ingest.references.entries import entries
from ingest.references.parsing import parse
from ingest.text.layout import Layout
from kg.identifiers import mint
from kg.records import Reference

__all__ = ["collect"]


def collect(layout: Layout, text: str) -> tuple[Reference, ...]:
    """A record for each entry, in order; what the entry does not say plainly stays open."""
    made = []
    for ordinal, entry in enumerate(entries(layout, text)):
        work = parse(entry.words)
        made.append(
            Reference(
                id=mint("reference", layout.document.id, entry.start, entry.end),
                document=layout.document.id,
                section=entry.section,
                ordinal=ordinal,
                start=entry.start,
                end=entry.end,
                text=text[entry.start : entry.end],
                mark=entry.mark,
                authors=work.authors,
                year=work.year,
                title=work.title,
                venue=work.venue,
                doi=work.doi,
                url=work.url,
            )
        )
    return tuple(made)
