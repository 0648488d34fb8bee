"""Opens a PDF file, or says why it cannot be read and what to do: damaged, locked, protected, too many pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.port import Limits, too_much
from kg.errors import UnreadableSourceError

# ISO 32000-2, table 22: bit 5 allows copying text.
_COPYING: Final = 1 << 4
PROTECTED_NOTE: Final = (
    "is protected against copying of its text; it was read because POLICYWEAVE_PROTECTED_PDF is 'read'"
)


@contextmanager
def opened(data: bytes, name: str, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """The document, closed afterwards. Raises UnreadableSourceError."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(name, error) from error
    try:
        if len(document) > limits.pages:
            raise too_much(name, f"{len(document):,} pages", f"{limits.pages:,}", "max_pages")
        if is_protected(document) and limits.protected_pdf != "read":
            raise UnreadableSourceError(
                f"{name} is protected: its author does not allow copying text from it. If you have the right to, "
                "set POLICYWEAVE_PROTECTED_PDF=read, or ask for a copy without protection."
            )
        yield document
    finally:
        document.close()


def is_protected(document: pdfium.PdfDocument) -> bool:
    """Whether the file is encrypted and its permissions forbid copying text."""
    encrypted = pdfium_c.FPDF_GetSecurityHandlerRevision(document) >= 0
    return encrypted and not pdfium_c.FPDF_GetDocPermissions(document) & _COPYING


def _refused(name: str, error: pdfium.PdfiumError) -> UnreadableSourceError:
    if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
        return UnreadableSourceError(
            f"{name} is locked with a password. Open it with the password in a PDF program and save a copy without one."
        )
    if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
        return UnreadableSourceError(
            f"{name} is encrypted in a way that cannot be read. Save a copy without encryption from a PDF program."
        )
    return UnreadableSourceError(
        f"{name} is no PDF file or is damaged (it has no pages that can be found). "
        "Fetch it again, or open it in a PDF program and save it anew."
    )
