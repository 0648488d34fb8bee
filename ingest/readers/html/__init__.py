"""Web pages: the main text of a page with its headings, lists, tables and notes, and what the page says of itself."""

from ingest.readers.html.page import read

__all__ = ["read"]
