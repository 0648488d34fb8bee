"""XML of scholarly papers: JATS (journals' tag suite) and TEI (text encoding), told by their root element."""

from ingest.readers.xml.article import read

__all__ = ["read"]
