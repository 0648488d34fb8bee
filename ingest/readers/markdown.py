"""Markdown files: kept as they are; their markup is read later, when blocks and views are made."""

from __future__ import annotations

from ingest.readers import text
from ingest.readers.port import Limits
from kg.records import Source


def read(data: bytes, name: str, limits: Limits) -> Source:
    """The decoded file as it is, YAML front matter included in the text."""
    return text.read_as("text/markdown", data, name, limits)
