"""Markdown files: kept as they are; their markup is read later, when blocks and views are made."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.text import decode


@dataclass(frozen=True, slots=True)
class MarkdownReader:
    """Reads ``.md`` and ``.markdown`` files, YAML front matter included in the text."""

    suffixes: tuple[str, ...] = (".md", ".markdown")
    media_type: str = "text/markdown"

    def extract(self, data: bytes, name: str) -> str:
        """The decoded file as it is."""
        return decode(data, name)
