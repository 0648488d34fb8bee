"""Word documents (``.docx``): their paragraphs, lists, tables and notes as Word shows them, changes accepted."""

from ingest.readers.docx.document import read

__all__ = ["read"]
