"""The bookmarks of a PDF file: which titles they name on which pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pypdfium2 as pdfium

from ingest.readers.pdf.styles import folded


def outline(document: pdfium.PdfDocument) -> Mapping[int, Mapping[str, int]]:
    """Folded titles with their levels (from 1), by page number. Bookmarks that lead to no page are left out."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for mark in document.get_toc():
        target = mark.get_dest()
        page = target.get_index() if target is not None else None
        title = folded(mark.get_title())
        if page is not None and title:
            found[page + 1].setdefault(title, mark.level + 1)
    return found
