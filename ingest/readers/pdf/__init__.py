"""PDF files: text in reading order, with pages, the place of each line, and what each stretch of text is.

In the order of the work: ``opening`` (what can be opened at all), ``glyphs`` and ``words`` (what stands where),
``furniture`` (running heads, page numbers), ``columns`` and ``lines`` (reading order), ``tables``, ``paragraphs`` and
``styles`` (what it is), ``writing`` (the text). The library is PDFium; ``docs/formats.md`` says why.
"""

from ingest.readers.pdf.document import read

__all__ = ["read"]
